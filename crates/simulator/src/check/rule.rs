//! The rules with their ids, severities and sources.

use serde::{Deserialize, Serialize};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// HubSpot loses or misinterprets something.
    Error,
    /// It still works, but HubSpot has announced its removal or no longer documents it.
    Deprecated,
    /// It works, but another way is better.
    Advice,
}

/// The sources of the rules: pages of HubSpot's documentation, and files of the npm package.
mod source {
    pub const EVENTS: &str =
        "https://developers.hubspot.com/docs/api-reference/latest/crm/extensions/calling-extensions/calling-sdk#events";
    pub const USING: &str = "https://developers.hubspot.com/docs/api-reference/latest/crm/extensions/calling-extensions/calling-sdk#using-the-calling-extensions-sdk";
    pub const QUESTIONS: &str = "https://developers.hubspot.com/docs/api-reference/latest/crm/extensions/calling-extensions/calling-sdk#calling-sdk-%7C-frequently-asked-questions";
    pub const PROPERTIES: &str =
        "https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide#properties";
    pub const ENGAGEMENTS: &str = "https://developers.hubspot.com/docs/api/crm/extensions/use-hubspot-owned-engagements-to-create-and-update-call-engagements";
    pub const RECORDINGS: &str = "https://developers.hubspot.com/changelog/new-recording-transcripts-api-replaces-hs_call_recording_url-for-call-engagements";
    pub const GHOSTS: &str = "https://github.com/HubSpot/calling-extensions-sdk/issues/46";
    pub const FRAME: &str = "@hubspot/calling-extensions-sdk 0.9.7, src/IFrameManager.ts";
    pub const TYPES: &str = "@hubspot/calling-extensions-sdk 0.9.7, src/types.ts";
    pub const CONSTANTS: &str = "@hubspot/calling-extensions-sdk 0.9.7, src/Constants.ts";
    pub const MESSAGES: &str = "@hubspot/calling-extensions-sdk 0.9.7, src/CallingExtensions.ts";
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $id:literal, $severity:ident, $source:ident;)*) => {
        /// The rules for widgets. [`crate::i18n`] has the texts for users.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $id)] $rule,)*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Rule] = &[$(Rule::$rule),*];

            /// The id in files and on the command line.
            pub const fn id(self) -> &'static str {
                match self { $(Rule::$rule => $id,)* }
            }

            /// The severity of breaking it.
            pub const fn severity(self) -> Severity {
                match self { $(Rule::$rule => Severity::$severity,)* }
            }

            /// The source: a URL, or a file of the npm package.
            pub const fn source(self) -> &'static str {
                match self { $(Rule::$rule => source::$source,)* }
            }
        }
    };
}

rules! {
    /// A message is an object with a `type`.
    NotAMessage = "not-a-message", Advice, FRAME;
    /// A message can be read: it is not too deep, cyclic or too large.
    Unreadable = "unreadable", Error, FRAME;
    /// A message comes from the origin of the widget's address.
    OtherOrigin = "other-origin", Error, FRAME;
    /// Every message has a `messageId`.
    MessageIdMissing = "message-id-missing", Error, FRAME;
    /// No `messageId` is used twice.
    MessageIdTwice = "message-id-twice", Error, FRAME;
    /// A `messageId` does not have the prefix of HubSpot's ids, which marks answers.
    MessageIdOfHost = "message-id-of-host", Error, FRAME;
    /// The type is known to HubSpot.
    UnknownType = "unknown-type", Error, CONSTANTS;
    /// A widget does not send HubSpot's messages of the handshake.
    Misplaced = "handshake-misplaced", Error, FRAME;

    /// SYNC is answered within 30 s.
    SyncUnanswered = "sync-unanswered", Error, FRAME;
    /// A SYNC is answered once.
    SyncAckTwice = "sync-ack-twice", Error, FRAME;
    /// SYNC_ACK has the `messageId` of a SYNC.
    SyncAckStray = "sync-ack-stray", Error, FRAME;
    /// SYNC_ACK repeats the fields of SYNC and adds its own.
    SyncAckIncomplete = "sync-ack-incomplete", Error, FRAME;
    /// `iFrameUrl` in SYNC_ACK is the address of the widget.
    SyncAckAddress = "sync-ack-address", Error, FRAME;
    /// Nothing is sent before the handshake is complete.
    BeforeReady = "before-ready", Error, USING;
    /// INITIALIZED is sent before other messages.
    BeforeInitialized = "before-initialized", Advice, EVENTS;
    /// INITIALIZED is sent.
    NeverInitialized = "never-initialized", Error, EVENTS;

    /// Required fields are present.
    MissingField = "missing-field", Error, TYPES;
    /// A field has a documented kind.
    MistypedField = "mistyped-field", Error, TYPES;
    /// An enumerated field has one of its values.
    UnknownValue = "unknown-value", Error, TYPES;
    /// Fields are inside `data`, not beside it.
    FieldOutsideData = "field-outside-data", Error, MESSAGES;
    /// Messages about a call have its `externalCallId`.
    CallNotNamed = "call-not-named", Deprecated, EVENTS;
    /// The type is not deprecated.
    DeprecatedType = "deprecated-type", Deprecated, TYPES;
    /// The field is not deprecated.
    DeprecatedField = "deprecated-field", Deprecated, EVENTS;
    /// Times are milliseconds since 1970.
    TimeNotMilliseconds = "time-not-milliseconds", Error, EVENTS;
    /// Sizes are positive numbers of pixels.
    SizeNotPositive = "size-not-positive", Error, EVENTS;
    /// The widget's address is http or https.
    AddressNotHttp = "address-not-http", Error, TYPES;
    /// The widget knows HubSpot's message types.
    TypeNotUnderstood = "type-not-understood", Advice, MESSAGES;

    /// Statuses are values, not names of constants.
    InternalStatus = "internal-status", Error, CONSTANTS;
    /// REJECTED and MISSED are end statuses only.
    EndStatusInProperties = "end-status-in-properties", Error, PROPERTIES;
    /// Status and direction match the call.
    Contradiction = "contradiction", Advice, PROPERTIES;
    /// Engagement properties are strings.
    PropertyNotText = "property-not-text", Error, ENGAGEMENTS;
    /// `hs_timestamp` is required.
    TimestampMissing = "timestamp-missing", Error, TYPES;
    /// `hs_call_recording_url` is not used for recordings.
    RecordingUrlRetired = "recording-url-retired", Deprecated, RECORDINGS;
    /// The engagement belongs to the call.
    EngagementOfOther = "engagement-of-other", Error, EVENTS;

    /// A call starts once.
    StartedTwice = "started-twice", Error, EVENTS;
    /// A call is started before other messages about it.
    NotStarted = "not-started", Error, EVENTS;
    /// A call is answered once.
    AnsweredTwice = "answered-twice", Error, EVENTS;
    /// A call ends once.
    EndedTwice = "ended-twice", Error, EVENTS;
    /// A call is completed once.
    CompletedTwice = "completed-twice", Error, EVENTS;
    /// A call is not answered or transferred after its end.
    AfterEnd = "after-end", Error, EVENTS;
    /// A call ends before it is completed.
    CompletedBeforeEnd = "completed-before-end", Error, EVENTS;
    /// A call ends.
    NeverEnded = "never-ended", Error, EVENTS;
    /// A call is completed.
    NeverCompleted = "never-completed", Error, GHOSTS;

    /// `dialingContext` is the payload of a DIAL_NUMBER, unchanged.
    ContextChanged = "dialing-context-changed", Error, QUESTIONS;
    /// `dialingContext` belongs to the number that was clicked last, and is sent once.
    ContextMisplaced = "dialing-context-misplaced", Error, QUESTIONS;
    /// A call from a ticket or a custom object has a `dialingContext`.
    ContextMissing = "dialing-context-missing", Advice, QUESTIONS;
}
