//! Messages from the guest to the host.

use super::{EndStatus, EngagementOfCall, Ms, ObjectCoordinates, OpenIn, messages, shared::Direction};
use crate::codec::{Id, Map, Value, payload};

messages! {
    /// A message from the widget to HubSpot.
    pub enum GuestMessage {
        /// The phone can be used. Every other message about a call comes after this one.
        Initialized(Initialized) = "INITIALIZED",
        /// The user takes incoming calls.
        UserAvailable = "USER_AVAILABLE",
        /// The user takes no incoming calls.
        UserUnavailable = "USER_UNAVAILABLE",
        /// The user has logged in to the calling app.
        LoggedIn = "LOGGED_IN",
        /// The user has logged out of the calling app.
        LoggedOut = "LOGGED_OUT",
        /// A call to the user is ringing.
        IncomingCall(IncomingCall) = "INCOMING_CALL",
        /// The user has dialed a number.
        OutgoingCall(OutgoingCall) = "OUTGOING_CALL_STARTED",
        /// The call was answered by either side.
        CallAnswered(CallOnly) = "CALL_ANSWERED",
        /// The call was transferred to another person. If the call was not answered before, this is its last message.
        CallTransferred(CallOnly) = "CALL_TRANSFERRED",
        /// The call is over; the user may still write notes.
        CallEnded(CallEnded) = "CALL_ENDED",
        /// The user has finished the notes. HubSpot saves the call on the timeline of the record.
        CallCompleted(CallCompleted) = "CALL_COMPLETED",
        /// The engagement will not be changed again.
        FinalizeEngagement(EngagementOfCall) = "FINALIZE_ENGAGEMENT",
        /// Deprecated in the npm package in favor of [`GuestMessage::FinalizeEngagement`].
        PublishToChannel(EngagementOfCall) = "PUBLISH_TO_CHANNEL",
        /// Asks HubSpot to open a record.
        NavigateToRecord(NavigateToRecord) = "NAVIGATE_TO_RECORD",
        /// Data about a call, of any form.
        CallData(Value) = "CALL_DATA",
        /// Asks HubSpot to show an alert. Either side also answers a message of unknown type with ERROR.
        Error(ErrorMessage) = "ERROR",
        /// Asks HubSpot for another size of the widget.
        ResizeWidget(Size) = "RESIZE_WIDGET",
        /// Asks HubSpot to load another URL into the frame.
        SetWidgetUrl(WidgetUrl) = "SET_WIDGET_URL",
    }
}

impl GuestMessage {
    /// Whether the message is about log-in or availability. Such messages are never queued, since INITIALIZED contains the same
    /// data.
    pub fn is_presence(&self) -> bool {
        use GuestMessage::*;
        matches!(self, UserAvailable | UserUnavailable | LoggedIn | LoggedOut)
    }

    /// The calling app's id of the call that the message is about. `None` for a message that is not about a call, and for
    /// CALL_DATA.
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
    /// The state of the phone.
    pub struct Initialized {
        /// Whether the user is logged in to the calling app.
        is_logged_in: Option<bool> = "isLoggedIn",
        /// Whether the user takes incoming calls.
        is_available: Option<bool> = "isAvailable",
        /// The engagement of a call that continues after a reload.
        engagement_id: Option<Id> = "engagementId",
        /// The size that the widget asks for.
        size_info: Option<Size> = "sizeInfo",
    }
}

payload! {
    /// A size in CSS pixels.
    pub struct Size {
        /// The width in CSS pixels.
        width: f64 = "width",
        /// The height in CSS pixels.
        height: f64 = "height",
    }
}

impl Size {
    /// A size in CSS pixels.
    pub const fn new(width: f64, height: f64) -> Self {
        Size { width, height, other: Map::new() }
    }
}

payload! {
    /// An incoming call.
    pub struct IncomingCall {
        /// The calling app's id of the call.
        external_call_id: String = "externalCallId",
        /// The number of the caller.
        from_number: String = "fromNumber",
        /// The number of the user that is called.
        to_number: String = "toNumber",
        /// When the call started to ring.
        call_start_time: Option<Ms> = "callStartTime",
        /// Whether HubSpot creates the engagement; absent means no.
        create_engagement: Option<bool> = "createEngagement",
    }
}

payload! {
    /// An outgoing call.
    pub struct OutgoingCall {
        /// The calling app's id of the call.
        external_call_id: String = "externalCallId",
        /// The number that was dialed.
        to_number: Option<String> = "toNumber" | "phoneNumber",
        /// The number of the user that the call is made from.
        from_number: Option<String> = "fromNumber",
        /// When the user dialed.
        call_start_time: Option<Ms> = "callStartTime",
        /// Whether HubSpot creates the engagement; absent means no.
        create_engagement: Option<bool> = "createEngagement",
        /// The unchanged payload of the DIAL_NUMBER that caused this call; absent if the user typed the number. HubSpot needs it
        /// for tickets and custom objects.
        dialing_context: Option<Value> = "dialingContext",
    }
}

payload! {
    /// The payload of messages that only name a call.
    pub struct CallOnly {
        /// The calling app's id of the call.
        external_call_id: String = "externalCallId",
    }
}

impl CallOnly {
    /// Names this call.
    pub fn new(external_call_id: impl Into<String>) -> Self {
        CallOnly { external_call_id: external_call_id.into(), other: Map::new() }
    }
}

payload! {
    /// The end of a call.
    pub struct CallEnded {
        /// The calling app's id of the call.
        external_call_id: String = "externalCallId",
        /// The engagement: HubSpot's record of the call. Absent while it is not known.
        engagement_id: Option<Id> = "engagementId",
        /// How the call ended.
        call_end_status: Option<EndStatus> = "callEndStatus",
    }
}

payload! {
    /// A call whose notes the user has finished.
    pub struct CallCompleted {
        /// The calling app's id of the call.
        external_call_id: String = "externalCallId",
        /// The engagement: HubSpot's record of the call. Absent while it is not known.
        engagement_id: Option<Id> = "engagementId",
        /// Whether HubSpot closes the widget; absent means yes. HubSpot ignores it in a task queue.
        hide_widget: Option<bool> = "hideWidget",
        /// The properties of the engagement.
        engagement_properties: Option<EngagementProperties> = "engagementProperties",
    }
}

payload! {
    /// The properties of a call on HubSpot's timeline. All of them are text.
    pub struct EngagementProperties {
        /// The time of the call in milliseconds since 1970-01-01 UTC, which is its position on the timeline. HubSpot requires it.
        hs_timestamp: Option<String> = "hs_timestamp",
        /// The notes.
        hs_call_body: Option<String> = "hs_call_body",
        /// The title.
        hs_call_title: Option<String> = "hs_call_title",
        /// The duration of the call in milliseconds.
        hs_call_duration: Option<String> = "hs_call_duration",
        /// How it ended; see [`EndStatus::engagement_status`].
        hs_call_status: Option<EndStatus> = "hs_call_status",
        /// The direction of the call.
        hs_call_direction: Option<Direction> = "hs_call_direction",
        /// The outcome of the call: the id of one of the account's call outcomes.
        hs_call_disposition: Option<String> = "hs_call_disposition",
        /// The caller's number.
        hs_call_from_number: Option<String> = "hs_call_from_number",
        /// The number that was called.
        hs_call_to_number: Option<String> = "hs_call_to_number",
        /// The id of the record of the person called.
        hs_call_callee_object_id: Option<String> = "hs_call_callee_object_id",
        /// The type of that record.
        hs_call_callee_object_type: Option<String> = "hs_call_callee_object_type",
        /// The URL of the recording. HubSpot no longer uses it for recordings and transcripts (since 2024-09-30).
        hs_call_recording_url: Option<String> = "hs_call_recording_url",
        /// `INTEGRATIONS_PLATFORM` for HubSpot's recording pipeline.
        hs_call_source: Option<String> = "hs_call_source",
        /// The id of the user as an owner of records.
        hubspot_owner_id: Option<String> = "hubspot_owner_id",
        /// The type of the call: one of the account's call types.
        hs_activity_type: Option<String> = "hs_activity_type",
        /// The ids of attached files, separated by semicolons.
        hs_attachment_ids: Option<String> = "hs_attachment_ids",
    }
}

payload! {
    /// A record to open.
    pub struct NavigateToRecord {
        /// The engagement of the call in progress. If HubSpot reloads the frame, the next SYNC contains it.
        engagement_id: Option<Id> = "engagementId",
        /// The record.
        object_coordinates: ObjectCoordinates = "objectCoordinates",
        /// Where to open it; absent means that HubSpot decides.
        open_in: Option<OpenIn> = "openIn",
    }
}

payload! {
    /// An error that HubSpot shows to the user.
    pub struct ErrorMessage {
        /// The text for the user.
        message: Option<String> = "message",
    }
}

payload! {
    /// A new URL of the widget.
    pub struct WidgetUrl {
        /// The absolute URL.
        i_frame_url: String = "iFrameUrl",
    }
}
