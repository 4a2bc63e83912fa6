//! Host to guest.

use super::{CallerIdType, EngagementOfCall, ErrorInfo, Ms, ObjectCoordinates, messages};
use crate::codec::{Id, Value, payload};

messages! {
    /// What HubSpot says to a widget. READY is missing here: it is raised at home when the handshake is done.
    pub enum HostMessage {
        /// The user clicked a phone number.
        DialNumber(DialNumber) = "DIAL_NUMBER",
        /// Deprecated: hosts say [`HostMessage::CreateEngagementSucceeded`] now.
        EngagementCreated(Engagement) = "ENGAGEMENT_CREATED",
        /// HubSpot has made the call's engagement.
        CreateEngagementSucceeded(Engagement) = "CREATE_ENGAGEMENT_SUCCEEDED",
        /// HubSpot could not make the call's engagement.
        CreateEngagementFailed(Engagement) = "CREATE_ENGAGEMENT_FAILED" | "ENGAGEMENT_CREATED_FAILED",
        /// HubSpot has saved the call.
        UpdateEngagementSucceeded(Engagement) = "UPDATE_ENGAGEMENT_SUCCEEDED",
        /// HubSpot could not save the call.
        UpdateEngagementFailed(Engagement) = "UPDATE_ENGAGEMENT_FAILED",
        /// The engagement will not change any more.
        FinalizeEngagementSucceeded(EngagementOfCall) = "FINALIZE_ENGAGEMENT_SUCCEEDED",
        /// HubSpot could not finalize the engagement.
        FinalizeEngagementFailed(EngagementOfCall) = "FINALIZE_ENGAGEMENT_FAILED",
        /// Deprecated: see [`HostMessage::FinalizeEngagementSucceeded`].
        PublishToChannelSucceeded(EngagementOfCall) = "PUBLISH_TO_CHANNEL_SUCCEEDED",
        /// Deprecated: see [`HostMessage::FinalizeEngagementFailed`].
        PublishToChannelFailed(EngagementOfCall) = "PUBLISH_TO_CHANNEL_FAILED",
        /// HubSpot could not show the record.
        NavigateToRecordFailed(NavigateToRecordFailed) = "NAVIGATE_TO_RECORD_FAILED",
        /// HubSpot has looked up who calls.
        CallerIdMatchSucceeded(CallerIdMatches) = "CALLER_ID_MATCH_SUCCEEDED",
        /// HubSpot could not look up who calls.
        CallerIdMatchFailed(Failure) = "CALLER_ID_MATCH_FAILED",
        /// The widget was minimized, hidden or shown again.
        VisibilityChanged(Visibility) = "VISIBILITY_CHANGED",
        /// From HubSpot's help desk; nobody documents what is in it.
        SetCallState(Value) = "SET_CALL_STATE",
        /// The user ended the call on HubSpot's side: hang up.
        EndCall(Value) = "END_CALL",
        /// Undocumented; seen with a `callId`.
        InitiateCallIdSucceeded(Value) = "INITIATE_CALL_ID_SUCCEEDED",
        /// Undocumented.
        InitiateCallIdFailed(Value) = "INITIATE_CALL_ID_FAILED",
        /// HubSpot did not take the widget's new address.
        SetWidgetUrlFailed(Value) = "SET_WIDGET_URL_FAILED",
        /// Something failed.
        Failed(Failure) = "FAILED",
        /// The page goes away; no host is known to send it.
        Unloading(Value) = "UNLOADING",
    }
}

payload! {
    /// A number that the user clicked. Everything may be absent, the number included.
    pub struct DialNumber {
        /// The whole payload as it came, to be handed back unchanged as the call's `dialingContext`. Only reading fills it.
        context: Option<Value> = "",
        /// The number, as the record spells it.
        phone_number: Option<String> = "phoneNumber" | "phone_number",
        /// The user as an owner of records.
        owner_id: Option<Id> = "ownerId",
        /// The record that the call is about.
        subject_id: Option<Id> = "subjectId",
        /// The record on the page; 0 when there is none.
        object_id: Option<Id> = "objectId",
        /// `CONTACT`, `COMPANY`, `TICKET` and others.
        object_type: Option<String> = "objectType",
        /// The account.
        portal_id: Option<Id> = "portalId" | "PortalId",
        /// The country to read the number in, two letters.
        country_code: Option<String> = "countryCode",
        /// Who is called; trust this above the ids beside it.
        callee_info: Option<CalleeInfo> = "calleeInfo",
        /// When the user clicked.
        start_timestamp: Option<Ms> = "startTimestamp",
        /// Which property of the record the number is from.
        to_phone_number_src: Option<String> = "toPhoneNumberSrc",
    }
}

payload! {
    /// Who is called.
    pub struct CalleeInfo {
        /// The record.
        callee_id: Option<Id> = "calleeId" | "calleeID",
        /// The type of the record: `0-1` for a contact, `0-2` for a company, or a custom object's.
        callee_object_type_id: Option<String> = "calleeObjectTypeId" | "calleeObjectTypeID" | "objectTypeID",
    }
}

payload! {
    /// An engagement, or why there is none.
    pub struct Engagement {
        /// HubSpot's record of the call.
        engagement_id: Option<Id> = "engagementId" | "engagement.id",
        /// The call, by the app's own id; many hosts leave it out.
        external_call_id: Option<String> = "externalCallId",
        /// Why it did not work; in `…_FAILED` alone.
        error: Option<ErrorInfo> = "error",
    }
}

payload! {
    /// A failure.
    pub struct Failure {
        /// What HubSpot says of it.
        error: Option<ErrorInfo> = "error",
    }
}

payload! {
    /// A record that could not be shown.
    pub struct NavigateToRecordFailed {
        /// The call that goes on.
        engagement_id: Option<Id> = "engagementId",
        /// Which record.
        object_coordinates: Option<ObjectCoordinates> = "objectCoordinates",
    }
}

payload! {
    /// Who the caller may be; possibly nobody.
    pub struct CallerIdMatches {
        /// One for each record with the number.
        caller_id_matches: Vec<CallerIdMatch> = "callerIdMatches",
    }
}

payload! {
    /// A record with the caller's number.
    pub struct CallerIdMatch {
        /// A contact or a company.
        caller_id_type: Option<CallerIdType> = "callerIdType",
        /// Which record.
        object_coordinates: Option<ObjectCoordinates> = "objectCoordinates",
        /// A contact's first name.
        first_name: Option<String> = "firstName",
        /// A contact's last name.
        last_name: Option<String> = "lastName",
        /// A contact's address.
        email: Option<String> = "email",
        /// A company's name.
        name: Option<String> = "name",
    }
}

payload! {
    /// How the widget is shown.
    pub struct Visibility {
        /// Only its bar is shown.
        is_minimized: Option<bool> = "isMinimized",
        /// It is not shown at all.
        is_hidden: Option<bool> = "isHidden",
    }
}
