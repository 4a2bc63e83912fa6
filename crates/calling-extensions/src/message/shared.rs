//! Types that both directions use.

use crate::codec::{Id, payload, text_enum};

/// A duration in milliseconds, or a time in milliseconds since 1970-01-01 UTC.
pub type Ms = f64;

text_enum! {
    /// How a call ended.
    pub enum EndStatus {
        /// It was answered, and later ended by either side.
        Completed = "COMPLETED",
        /// It could not be connected, or the connection was lost.
        Failed = "FAILED",
        /// The caller hung up before anyone answered.
        Canceled = "CANCELED",
        /// The line of the person called was busy.
        Busy = "BUSY",
        /// An outbound call was not answered.
        NoAnswer = "NO_ANSWER",
        /// An incoming call was declined.
        Rejected = "REJECTED",
        /// An incoming call was not answered.
        Missed = "MISSED",
    }
}

impl EndStatus {
    /// The status for the engagement: `hs_call_status` has neither REJECTED nor MISSED.
    pub const fn engagement_status(self) -> EndStatus {
        match self {
            EndStatus::Rejected => EndStatus::Canceled,
            EndStatus::Missed => EndStatus::NoAnswer,
            status => status,
        }
    }
}

text_enum! {
    /// The direction of a call, as seen by the HubSpot user.
    pub enum Direction {
        /// To the user.
        Inbound = "INBOUND",
        /// From the user.
        Outbound = "OUTBOUND",
    }
}

text_enum! {
    /// Where a record opens.
    pub enum OpenIn {
        /// In the tab that shows the widget.
        CurrentTab = "CURRENT_TAB",
        /// In a new tab.
        NewTab = "NEW_TAB",
    }
}

text_enum! {
    /// The type of record that matches a caller.
    pub enum CallerIdType {
        /// A contact.
        Contact = "CONTACT",
        /// A company.
        Company = "COMPANY",
    }
}

payload! {
    /// Identifies a record.
    pub struct ObjectCoordinates {
        /// The id of the account.
        portal_id: Option<Id> = "portalId" | "PortalId",
        /// The id of the record.
        object_id: Option<Id> = "objectId" | "objectID",
        /// The type of the record: `0-1` for a contact, `0-2` for a company, or that of a custom object.
        object_type_id: Option<String> = "objectTypeId" | "objectTypeID",
    }
}

payload! {
    /// A call and its engagement: the payload of FINALIZE_ENGAGEMENT, PUBLISH_TO_CHANNEL and their results.
    pub struct EngagementOfCall {
        /// The calling app's id of the call.
        external_call_id: String = "externalCallId",
        /// The engagement: HubSpot's record of the call.
        engagement_id: Option<Id> = "engagementId" | "engagement.id",
        /// The reason for the failure; only in `…_FAILED`.
        error: Option<ErrorInfo> = "error",
    }
}

payload! {
    /// HubSpot's description of a failure.
    pub struct ErrorInfo {
        /// The reason as text.
        message: Option<String> = "message",
    }
}
