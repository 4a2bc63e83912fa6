//! Words and payloads that both directions use.

use crate::codec::{Id, payload, text_enum};

/// A time or a duration in milliseconds; a time counts from 1970, UTC.
pub type Ms = f64;

text_enum! {
    /// How a call ended.
    pub enum EndStatus {
        /// It was answered and then hung up by either side.
        Completed = "COMPLETED",
        /// It could not be made, or broke off.
        Failed = "FAILED",
        /// The caller hung up before anyone answered.
        Canceled = "CANCELED",
        /// The other side was on the phone.
        Busy = "BUSY",
        /// Nobody answered an outbound call.
        NoAnswer = "NO_ANSWER",
        /// An incoming call was declined.
        Rejected = "REJECTED",
        /// An incoming call was not answered.
        Missed = "MISSED",
    }
}

impl EndStatus {
    /// The status that the engagement gets: `hs_call_status` knows neither REJECTED nor MISSED.
    pub const fn engagement_status(self) -> EndStatus {
        match self {
            EndStatus::Rejected => EndStatus::Canceled,
            EndStatus::Missed => EndStatus::NoAnswer,
            status => status,
        }
    }
}

text_enum! {
    /// Which way a call goes, seen from the user of HubSpot.
    pub enum Direction {
        /// Somebody calls the user.
        Inbound = "INBOUND",
        /// The user calls somebody.
        Outbound = "OUTBOUND",
    }
}

text_enum! {
    /// Where a record opens.
    pub enum OpenIn {
        /// In the tab that shows the widget.
        CurrentTab = "CURRENT_TAB",
        /// In a tab of its own.
        NewTab = "NEW_TAB",
    }
}

text_enum! {
    /// What kind of record a caller was found in.
    pub enum CallerIdType {
        /// A person.
        Contact = "CONTACT",
        /// A company.
        Company = "COMPANY",
    }
}

payload! {
    /// Which record is meant.
    pub struct ObjectCoordinates {
        /// The account.
        portal_id: Option<Id> = "portalId" | "PortalId",
        /// The record.
        object_id: Option<Id> = "objectId" | "objectID",
        /// `0-1` for a contact, `0-2` for a company, or the id of a custom object's type.
        object_type_id: Option<String> = "objectTypeId" | "objectTypeID",
    }
}

payload! {
    /// A call and its engagement: what FINALIZE_ENGAGEMENT and PUBLISH_TO_CHANNEL send, and their results bring.
    pub struct EngagementOfCall {
        /// The call, by the app's own id.
        external_call_id: String = "externalCallId",
        /// HubSpot's record of the call.
        engagement_id: Option<Id> = "engagementId" | "engagement.id",
        /// Why it did not work; in `…_FAILED` alone.
        error: Option<ErrorInfo> = "error",
    }
}

payload! {
    /// What HubSpot says of a failure.
    pub struct ErrorInfo {
        /// The reason in words.
        message: Option<String> = "message",
    }
}
