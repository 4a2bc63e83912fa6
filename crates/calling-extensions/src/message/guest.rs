//! Guest to host.

use super::{EndStatus, EngagementOfCall, Ms, ObjectCoordinates, OpenIn, messages, shared::Direction};
use crate::codec::{Id, Map, Value, payload};

messages! {
    /// What a widget says to HubSpot.
    pub enum GuestMessage {
        /// The phone can be used from now on.
        Initialized(Initialized) = "INITIALIZED",
        /// The user takes incoming calls.
        UserAvailable = "USER_AVAILABLE",
        /// The user takes no incoming calls.
        UserUnavailable = "USER_UNAVAILABLE",
        /// The user has logged in to the calling app.
        LoggedIn = "LOGGED_IN",
        /// The user has logged out of the calling app.
        LoggedOut = "LOGGED_OUT",
        /// Somebody calls.
        IncomingCall(IncomingCall) = "INCOMING_CALL",
        /// The user calls somebody.
        OutgoingCall(OutgoingCall) = "OUTGOING_CALL_STARTED",
        /// The call was answered.
        CallAnswered(CallOnly) = "CALL_ANSWERED",
        /// The call was given to somebody else. For a call not yet answered this is its last message.
        CallTransferred(CallOnly) = "CALL_TRANSFERRED",
        /// The call is over; the user may still write notes.
        CallEnded(CallEnded) = "CALL_ENDED",
        /// The user is done with the call: HubSpot puts it on the timeline.
        CallCompleted(CallCompleted) = "CALL_COMPLETED",
        /// The engagement will not change any more.
        FinalizeEngagement(EngagementOfCall) = "FINALIZE_ENGAGEMENT",
        /// Deprecated: say [`GuestMessage::FinalizeEngagement`].
        PublishToChannel(EngagementOfCall) = "PUBLISH_TO_CHANNEL",
        /// HubSpot shall show a record.
        NavigateToRecord(NavigateToRecord) = "NAVIGATE_TO_RECORD",
        /// Anything about a call.
        CallData(Value) = "CALL_DATA",
        /// HubSpot shall show an alert. Also what either side answers to an unknown type.
        Error(ErrorMessage) = "ERROR",
        /// The widget wants another size.
        ResizeWidget(Size) = "RESIZE_WIDGET",
        /// The widget moves to another address.
        SetWidgetUrl(WidgetUrl) = "SET_WIDGET_URL",
    }
}

impl GuestMessage {
    /// Whether it tells who is there and not what happens in a call: INITIALIZED brings it up to date, so it is never queued.
    pub fn is_presence(&self) -> bool {
        use GuestMessage::*;
        matches!(self, UserAvailable | UserUnavailable | LoggedIn | LoggedOut)
    }

    /// The call that it speaks of, by the app's own id.
    pub fn external_call_id(&self) -> Option<&str> {
        use GuestMessage::*;
        match self {
            IncomingCall(call) => Some(&call.external_call_id),
            OutgoingCall(call) => Some(&call.external_call_id),
            CallAnswered(call) | CallTransferred(call) => Some(&call.external_call_id),
            CallEnded(call) => Some(&call.external_call_id),
            CallCompleted(call) => Some(&call.external_call_id),
            FinalizeEngagement(call) | PublishToChannel(call) => Some(&call.external_call_id),
            _ => None,
        }
    }
}

payload! {
    /// The state of the phone when it can be used.
    pub struct Initialized {
        /// Whether the user is logged in to the calling app.
        is_logged_in: Option<bool> = "isLoggedIn",
        /// Whether the user takes incoming calls.
        is_available: Option<bool> = "isAvailable",
        /// The call that goes on after a reload.
        engagement_id: Option<Id> = "engagementId",
        /// The size that the widget wants.
        size_info: Option<Size> = "sizeInfo",
    }
}

payload! {
    /// A size in pixels.
    pub struct Size {
        /// Pixels across.
        width: f64 = "width",
        /// Pixels down.
        height: f64 = "height",
    }
}

impl Size {
    /// A size in pixels.
    pub const fn new(width: f64, height: f64) -> Self {
        Size { width, height, other: Map::new() }
    }
}

payload! {
    /// An incoming call.
    pub struct IncomingCall {
        /// The call, by the app's own id.
        external_call_id: String = "externalCallId",
        /// Who calls.
        from_number: String = "fromNumber",
        /// Which of the user's numbers is called.
        to_number: String = "toNumber",
        /// When it began to ring.
        call_start_time: Option<Ms> = "callStartTime",
        /// Whether HubSpot makes the engagement; absent means no.
        create_engagement: Option<bool> = "createEngagement",
    }
}

payload! {
    /// An outgoing call.
    pub struct OutgoingCall {
        /// The call, by the app's own id.
        external_call_id: String = "externalCallId",
        /// Who is called. Older hosts read `phoneNumber`.
        to_number: Option<String> = "toNumber" | "phoneNumber",
        /// Which of the user's numbers calls.
        from_number: Option<String> = "fromNumber",
        /// When the user dialled.
        call_start_time: Option<Ms> = "callStartTime",
        /// Whether HubSpot makes the engagement; absent means no.
        create_engagement: Option<bool> = "createEngagement",
        /// The whole payload of the DIAL_NUMBER that led to this call, unchanged; absent for a number that was typed.
        /// HubSpot needs it for tickets and custom objects.
        dialing_context: Option<Value> = "dialingContext",
    }
}

payload! {
    /// A call and nothing else.
    pub struct CallOnly {
        /// The call, by the app's own id.
        external_call_id: String = "externalCallId",
    }
}

impl CallOnly {
    /// The payload that names this call.
    pub fn new(external_call_id: impl Into<String>) -> Self {
        CallOnly { external_call_id: external_call_id.into(), other: Map::new() }
    }
}

payload! {
    /// The end of a call.
    pub struct CallEnded {
        /// The call, by the app's own id.
        external_call_id: String = "externalCallId",
        /// HubSpot's record of the call; absent while none is known.
        engagement_id: Option<Id> = "engagementId",
        /// How it ended.
        call_end_status: Option<EndStatus> = "callEndStatus",
    }
}

payload! {
    /// A call that the user is done with.
    pub struct CallCompleted {
        /// The call, by the app's own id.
        external_call_id: String = "externalCallId",
        /// HubSpot's record of the call; absent while none is known.
        engagement_id: Option<Id> = "engagementId",
        /// Whether HubSpot closes the widget; absent means yes. In a task queue HubSpot ignores it.
        hide_widget: Option<bool> = "hideWidget",
        /// What the engagement shall say.
        engagement_properties: Option<EngagementProperties> = "engagementProperties",
    }
}

payload! {
    /// The properties of a call on HubSpot's timeline; all of them are text there.
    pub struct EngagementProperties {
        /// When the call was, in milliseconds: its place on the timeline. HubSpot requires it.
        hs_timestamp: Option<String> = "hs_timestamp",
        /// The notes.
        hs_call_body: Option<String> = "hs_call_body",
        /// A title.
        hs_call_title: Option<String> = "hs_call_title",
        /// How long they talked, in milliseconds.
        hs_call_duration: Option<String> = "hs_call_duration",
        /// How it ended; see [`EndStatus::engagement_status`].
        hs_call_status: Option<EndStatus> = "hs_call_status",
        /// Who called whom.
        hs_call_direction: Option<Direction> = "hs_call_direction",
        /// What came of it: the id of one of the account's call outcomes.
        hs_call_disposition: Option<String> = "hs_call_disposition",
        /// The caller's number.
        hs_call_from_number: Option<String> = "hs_call_from_number",
        /// The number that was called.
        hs_call_to_number: Option<String> = "hs_call_to_number",
        /// The record of the other side.
        hs_call_callee_object_id: Option<String> = "hs_call_callee_object_id",
        /// The type of that record.
        hs_call_callee_object_type: Option<String> = "hs_call_callee_object_type",
        /// Where the recording is. HubSpot has retired it for recordings and transcripts.
        hs_call_recording_url: Option<String> = "hs_call_recording_url",
        /// `INTEGRATIONS_PLATFORM` for HubSpot's recording pipeline.
        hs_call_source: Option<String> = "hs_call_source",
        /// Who made the call, as an owner of records.
        hubspot_owner_id: Option<String> = "hubspot_owner_id",
        /// The type of the call, one of the account's.
        hs_activity_type: Option<String> = "hs_activity_type",
        /// Attached files, ids with semicolons between them.
        hs_attachment_ids: Option<String> = "hs_attachment_ids",
    }
}

payload! {
    /// A record that HubSpot shall show.
    pub struct NavigateToRecord {
        /// The call that goes on; HubSpot gives it back in the next SYNC if it loads the frame anew.
        engagement_id: Option<Id> = "engagementId",
        /// Which record.
        object_coordinates: ObjectCoordinates = "objectCoordinates",
        /// Where; absent leaves it to HubSpot.
        open_in: Option<OpenIn> = "openIn",
    }
}

payload! {
    /// An error that HubSpot shows to the user.
    pub struct ErrorMessage {
        /// What happened, in words for the user.
        message: Option<String> = "message",
    }
}

payload! {
    /// Another address of the widget.
    pub struct WidgetUrl {
        /// The whole URL.
        i_frame_url: String = "iFrameUrl",
    }
}
