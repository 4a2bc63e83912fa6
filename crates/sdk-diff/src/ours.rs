//! What the crate has for the names of the package.

use calling_extensions::{
    codec::{FieldInfo, Payload},
    message::{
        CallCompleted, CallEnded, CallOnly, CallerIdMatch, CallerIdType, Direction, EndStatus, EngagementOfCall,
        EngagementProperties, ErrorMessage, IncomingCall, Initialized, NavigateToRecord, ObjectCoordinates, OpenIn,
        OutgoingCall, Size, WidgetUrl,
    },
};

/// The counterpart of a type of the package.
pub enum Counterpart {
    /// A payload.
    Payload { rust_name: &'static str, fields: &'static [FieldInfo] },
    /// The texts that a field can have.
    Texts(&'static str),
    /// None is needed: the package's own options.
    NotNeeded,
}

macro_rules! payloads {
    ($($name:literal => $payload:ident,)*) => {
        /// The payloads by the names of their types in the package.
        const PAYLOADS: &[(&str, &str, &[FieldInfo])] =
            &[$(($name, stringify!($payload), <$payload as Payload>::FIELDS),)*];
    };
}

payloads! {
    "OnResize" => Size,
    "OnInitialized" => Initialized,
    "OnIncomingCall" => IncomingCall,
    "OnOutgoingCall" => OutgoingCall,
    "OnCallAnswered" => CallOnly,
    "OnCallTransferred" => CallOnly,
    "OnPublishToChannel" => EngagementOfCall,
    "OnFinalizeEngagement" => EngagementOfCall,
    "OnSetWidgetUrl" => WidgetUrl,
    "OnCallEnded" => CallEnded,
    "RawEngagementProperties" => EngagementProperties,
    "OnCallCompleted" => CallCompleted,
    "ObjectCoordinates" => ObjectCoordinates,
    "OnNavigateToRecord" => NavigateToRecord,
    "OnError" => ErrorMessage,
    "ContactIdMatch" => CallerIdMatch,
    "CompanyIdMatch" => CallerIdMatch,
}

/// Types that describe the package's own functions and no message.
const NOT_NEEDED: &[&str] =
    &["EventHandlers", "IframeOptions", "IframeManagerOptions", "Options", "OnMessage", "SizeInfo"];

/// The counterpart of a type of this name; `None` for one that nobody has looked at.
pub fn counterpart(name: &str) -> Option<Counterpart> {
    if let Some((_, rust_name, fields)) = PAYLOADS.iter().find(|(known, ..)| *known == name) {
        return Some(Counterpart::Payload { rust_name, fields });
    }
    if name == "EndStatus" {
        return Some(Counterpart::Texts("EndStatus"));
    }
    NOT_NEEDED.contains(&name).then_some(Counterpart::NotNeeded)
}

/// The names of the package's types that have a counterpart.
pub fn types() -> impl Iterator<Item = &'static str> {
    PAYLOADS.iter().map(|(name, ..)| *name).chain(["EndStatus"])
}

/// The types of the package that have this payload as their counterpart.
pub fn types_of(rust_name: &str) -> impl Iterator<Item = &'static str> {
    PAYLOADS.iter().filter(move |(_, name, _)| *name == rust_name).map(|(name, ..)| *name)
}

/// The texts of an enum of the crate; `None` when it is none of the enums that the package describes.
pub fn texts(rust_name: &str) -> Option<Vec<&'static str>> {
    Some(match rust_name {
        "EndStatus" => EndStatus::ALL.iter().map(|it| it.text()).collect(),
        "Direction" => Direction::ALL.iter().map(|it| it.text()).collect(),
        "OpenIn" => OpenIn::ALL.iter().map(|it| it.text()).collect(),
        "CallerIdType" => CallerIdType::ALL.iter().map(|it| it.text()).collect(),
        _ => return None,
    })
}

/// The methods of the class `CallingExtensions`, and what they send; nothing for those that send no message of their own.
pub const METHODS: &[(&str, Option<&str>)] = &[
    ("initialized", Some("INITIALIZED")),
    ("userAvailable", Some("USER_AVAILABLE")),
    ("userUnavailable", Some("USER_UNAVAILABLE")),
    ("userLoggedIn", Some("LOGGED_IN")),
    ("userLoggedOut", Some("LOGGED_OUT")),
    ("incomingCall", Some("INCOMING_CALL")),
    ("outgoingCall", Some("OUTGOING_CALL_STARTED")),
    ("callAnswered", Some("CALL_ANSWERED")),
    ("callTransferred", Some("CALL_TRANSFERRED")),
    ("navigateToRecord", Some("NAVIGATE_TO_RECORD")),
    ("callData", Some("CALL_DATA")),
    ("callEnded", Some("CALL_ENDED")),
    ("callCompleted", Some("CALL_COMPLETED")),
    ("sendError", Some("ERROR")),
    ("resizeWidget", Some("RESIZE_WIDGET")),
    ("publishToChannel", Some("PUBLISH_TO_CHANNEL")),
    ("finalizeEngagement", Some("FINALIZE_ENGAGEMENT")),
    ("setWidgetUrl", Some("SET_WIDGET_URL")),
    ("constructor", None),
    ("sendMessage", None),
    ("logDebugMessage", None),
    ("onMessageHandler", None),
];

/// The messages of the handshake, which are none of the crate's enums.
pub const HANDSHAKE: &[&str] = &["READY", "SYNC", "SYNC_ACK", "SYNC_ACK_FAILED"];

/// Constants that are compared, and those that are none of the protocol.
pub const CONSTANTS: &[(&str, &str)] = &[
    ("messageType", "compared"),
    ("thirdPartyToHostEvents", "compared"),
    ("hostToThirdPartyEvents", "compared as a part of messageType"),
    ("messageHandlerNames", "compared"),
    ("errorType", "compared"),
    ("callEndStatus", "compared"),
    ("callerIdTypes", "compared"),
    ("callStatus", "in no message"),
    ("callRingingStatus", "in no message"),
    ("callInProgressStatus", "in no message"),
    ("callEndingStatus", "in no message"),
    ("debugMessageType", "for the console"),
];

/// What an ERROR about an unknown type contains.
pub const ERROR_TYPES: &[&str] = &["UNKNOWN_MESSAGE_TYPE"];

/// Differences that are as they should be, and why.
pub const WANTED: &[(&str, &str)] = &[
    ("field OnInitialized.isAvailable", "HubSpot's own demo sends it"),
    ("field OnInitialized.sizeInfo", "HubSpot's own demo sends it"),
    ("field OnOutgoingCall.dialingContext", "HubSpot needs it for tickets and custom objects"),
    ("field OnPublishToChannel.error", "PUBLISH_TO_CHANNEL_FAILED has the same payload, and an error"),
    ("field OnFinalizeEngagement.error", "FINALIZE_ENGAGEMENT_FAILED has the same payload, and an error"),
];
