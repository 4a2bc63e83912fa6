//! Messages from the host to the guest.

use super::{CallerIdType, EngagementOfCall, ErrorInfo, Ms, ObjectCoordinates, messages};
use crate::codec::{Id, Value, payload};

messages! {
    /// A message from HubSpot to the widget. READY is not one of them: the guest raises it itself after the handshake.
    pub enum HostMessage {
        /// The user clicked a phone number.
        DialNumber(DialNumber) = "DIAL_NUMBER",
        /// Deprecated in the npm package in favor of [`HostMessage::CreateEngagementSucceeded`].
        EngagementCreated(Engagement) = "ENGAGEMENT_CREATED",
        /// HubSpot has created the engagement of the call.
        CreateEngagementSucceeded(Engagement) = "CREATE_ENGAGEMENT_SUCCEEDED",
        /// HubSpot could not create the engagement of the call.
        CreateEngagementFailed(Engagement) = "CREATE_ENGAGEMENT_FAILED" | "ENGAGEMENT_CREATED_FAILED",
        /// HubSpot has saved the call.
        UpdateEngagementSucceeded(Engagement) = "UPDATE_ENGAGEMENT_SUCCEEDED",
        /// HubSpot could not save the call.
        UpdateEngagementFailed(Engagement) = "UPDATE_ENGAGEMENT_FAILED",
        /// HubSpot has finalized the engagement.
        FinalizeEngagementSucceeded(EngagementOfCall) = "FINALIZE_ENGAGEMENT_SUCCEEDED",
        /// HubSpot could not finalize the engagement.
        FinalizeEngagementFailed(EngagementOfCall) = "FINALIZE_ENGAGEMENT_FAILED",
        /// Deprecated in the npm package in favor of [`HostMessage::FinalizeEngagementSucceeded`].
        PublishToChannelSucceeded(EngagementOfCall) = "PUBLISH_TO_CHANNEL_SUCCEEDED",
        /// Deprecated in the npm package in favor of [`HostMessage::FinalizeEngagementFailed`].
        PublishToChannelFailed(EngagementOfCall) = "PUBLISH_TO_CHANNEL_FAILED",
        /// HubSpot could not open the record.
        NavigateToRecordFailed(NavigateToRecordFailed) = "NAVIGATE_TO_RECORD_FAILED",
        /// HubSpot has looked up the number of a caller.
        CallerIdMatchSucceeded(CallerIdMatches) = "CALLER_ID_MATCH_SUCCEEDED",
        /// HubSpot could not look up the number of a caller.
        CallerIdMatchFailed(Failure) = "CALLER_ID_MATCH_FAILED",
        /// The widget was minimized, hidden or shown again.
        VisibilityChanged(Visibility) = "VISIBILITY_CHANGED",
        /// From HubSpot's help desk. The payload is not documented.
        SetCallState(Value) = "SET_CALL_STATE",
        /// The user has ended the call in HubSpot. The widget must hang up. The payload is not documented.
        EndCall(Value) = "END_CALL",
        /// Not documented. Some hosts send a `callId`.
        InitiateCallIdSucceeded(Value) = "INITIATE_CALL_ID_SUCCEEDED",
        /// Not documented.
        InitiateCallIdFailed(Value) = "INITIATE_CALL_ID_FAILED",
        /// HubSpot has refused the new URL of the widget.
        SetWidgetUrlFailed(Value) = "SET_WIDGET_URL_FAILED",
        /// An operation failed.
        Failed(Failure) = "FAILED",
        /// The page of the host is unloading. No known host sends it.
        Unloading(Value) = "UNLOADING",
    }
}

payload! {
    /// A phone number that the user clicked. Any field may be absent, the number included.
    pub struct DialNumber {
        /// The whole payload as it was received, to be sent back as [`OutgoingCall::dialing_context`]. It is set when the message
        /// is read and is ignored when the message is sent.
        ///
        /// [`OutgoingCall::dialing_context`]: super::OutgoingCall::dialing_context
        context: Option<Value> = "",
        /// The number as it is written in the record.
        phone_number: Option<String> = "phoneNumber" | "phone_number",
        /// The id of the user as an owner of records.
        owner_id: Option<Id> = "ownerId",
        /// The id of the record that the call is about.
        subject_id: Option<Id> = "subjectId",
        /// The id of the record on the page; 0 if there is none.
        object_id: Option<Id> = "objectId",
        /// The type of the record: `CONTACT`, `COMPANY`, `TICKET` or another.
        object_type: Option<String> = "objectType",
        /// The id of the account.
        portal_id: Option<Id> = "portalId" | "PortalId",
        /// The country of the number as a two-letter code.
        country_code: Option<String> = "countryCode",
        /// The record to call. It is more reliable than the other ids of this payload.
        callee_info: Option<CalleeInfo> = "calleeInfo",
        /// When the user clicked the number.
        start_timestamp: Option<Ms> = "startTimestamp",
        /// The property of the record that contains the number.
        to_phone_number_src: Option<String> = "toPhoneNumberSrc",
    }
}

payload! {
    /// The record to call.
    pub struct CalleeInfo {
        /// The id of the record.
        callee_id: Option<Id> = "calleeId" | "calleeID",
        /// The type of the record: `0-1` for a contact, `0-2` for a company, or that of a custom object.
        callee_object_type_id: Option<String> = "calleeObjectTypeId" | "calleeObjectTypeID" | "objectTypeID",
    }
}

payload! {
    /// An engagement, or the reason why there is none.
    pub struct Engagement {
        /// The engagement: HubSpot's record of the call.
        engagement_id: Option<Id> = "engagementId" | "engagement.id",
        /// The calling app's id of the call. Many hosts do not send it.
        external_call_id: Option<String> = "externalCallId",
        /// The reason for the failure; only in `…_FAILED`.
        error: Option<ErrorInfo> = "error",
    }
}

payload! {
    /// A failure.
    pub struct Failure {
        /// HubSpot's description of the failure.
        error: Option<ErrorInfo> = "error",
    }
}

payload! {
    /// A record that could not be opened.
    pub struct NavigateToRecordFailed {
        /// The engagement of the call in progress.
        engagement_id: Option<Id> = "engagementId",
        /// The record.
        object_coordinates: Option<ObjectCoordinates> = "objectCoordinates",
    }
}

payload! {
    /// The records that match the number of a caller.
    pub struct CallerIdMatches {
        /// One entry for each record. Empty if no record matches.
        caller_id_matches: Vec<CallerIdMatch> = "callerIdMatches",
    }
}

payload! {
    /// A record that matches the number of a caller.
    pub struct CallerIdMatch {
        /// The type of the record.
        caller_id_type: Option<CallerIdType> = "callerIdType",
        /// The record.
        object_coordinates: Option<ObjectCoordinates> = "objectCoordinates",
        /// The first name of a contact.
        first_name: Option<String> = "firstName",
        /// The last name of a contact.
        last_name: Option<String> = "lastName",
        /// The email address of a contact.
        email: Option<String> = "email",
        /// The name of a company.
        name: Option<String> = "name",
    }
}

payload! {
    /// The visibility of the widget.
    pub struct Visibility {
        /// Whether only the title bar is shown.
        is_minimized: Option<bool> = "isMinimized",
        /// Whether the widget is hidden.
        is_hidden: Option<bool> = "isHidden",
    }
}
