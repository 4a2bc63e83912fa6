//! The rules: what each is called, how grave it is to break it, and who says so.

use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// HubSpot loses something, or misunderstands it.
    Error,
    /// It works still, and HubSpot has said that it will not for ever, or documents it no longer.
    Deprecated,
    /// It works; another way would be better.
    Advice,
}

/// Where a rule is written down: HubSpot's documentation (an address), or a file of the npm package.
mod source {
    pub const EVENTS: &str =
        "https://developers.hubspot.com/docs/api-reference/crm-calling-extensions-v3/calling-sdk#events";
    pub const USING: &str = "https://developers.hubspot.com/docs/api-reference/crm-calling-extensions-v3/calling-sdk#using-the-calling-extensions-sdk";
    pub const QUESTIONS: &str = "https://developers.hubspot.com/docs/api-reference/crm-calling-extensions-v3/calling-sdk#calling-sdk-%7C-frequently-asked-questions";
    pub const PROPERTIES: &str = "https://developers.hubspot.com/docs/api/crm/calls#properties";
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
        /// What a widget has to keep. The sentences that people read are in [`crate::i18n`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $id)] $rule,)*
        }

        impl Rule {
            /// All of them.
            pub const ALL: &[Rule] = &[$(Rule::$rule),*];

            /// Its name in files and on the command line.
            pub const fn id(self) -> &'static str {
                match self { $(Rule::$rule => $id,)* }
            }

            /// How grave it is to break it.
            pub const fn severity(self) -> Severity {
                match self { $(Rule::$rule => Severity::$severity,)* }
            }

            /// Where it is written down: an address, or a file of the npm package.
            pub const fn source(self) -> &'static str {
                match self { $(Rule::$rule => source::$source,)* }
            }
        }
    };
}

rules! {
    /// A message is an object with a `type`.
    NotAMessage = "not-a-message", Advice, FRAME;
    /// It can be read: not too deep, not cyclic, not too large.
    Unreadable = "unreadable", Error, FRAME;
    /// It comes from the origin of the widget's address.
    OtherOrigin = "other-origin", Error, FRAME;
    /// Every message has a `messageId`.
    MessageIdMissing = "message-id-missing", Error, FRAME;
    /// No `messageId` comes twice.
    MessageIdTwice = "message-id-twice", Error, FRAME;
    /// A `messageId` is not one of HubSpot's: that would be an answer.
    MessageIdOfHost = "message-id-of-host", Error, FRAME;
    /// The type is one of those that HubSpot knows.
    UnknownType = "unknown-type", Error, CONSTANTS;
    /// The handshake's own types are left to the handshake.
    Misplaced = "handshake-misplaced", Error, FRAME;

    /// SYNC is answered within 30 s.
    SyncUnanswered = "sync-unanswered", Error, FRAME;
    /// A SYNC is answered once.
    SyncAckTwice = "sync-ack-twice", Error, FRAME;
    /// SYNC_ACK carries the `messageId` of a SYNC.
    SyncAckStray = "sync-ack-stray", Error, FRAME;
    /// SYNC_ACK echoes the fields of SYNC and adds the widget's own.
    SyncAckIncomplete = "sync-ack-incomplete", Error, FRAME;
    /// `iFrameUrl` in SYNC_ACK is where the widget is.
    SyncAckAddress = "sync-ack-address", Error, FRAME;
    /// Nothing is said before the handshake is done.
    BeforeReady = "before-ready", Error, USING;
    /// INITIALIZED comes first.
    BeforeInitialized = "before-initialized", Advice, EVENTS;
    /// INITIALIZED comes at all.
    NeverInitialized = "never-initialized", Error, EVENTS;

    /// A required field is there.
    MissingField = "missing-field", Error, TYPES;
    /// A field is of a documented kind.
    MistypedField = "mistyped-field", Error, TYPES;
    /// A field with a fixed set of values has one of them.
    UnknownValue = "unknown-value", Error, TYPES;
    /// Fields stand in `data`, not beside it.
    FieldOutsideData = "field-outside-data", Error, MESSAGES;
    /// A call is named by `externalCallId`.
    CallNotNamed = "call-not-named", Deprecated, EVENTS;
    /// The type is not deprecated.
    DeprecatedType = "deprecated-type", Deprecated, TYPES;
    /// The field is not deprecated.
    DeprecatedField = "deprecated-field", Deprecated, EVENTS;
    /// Times are milliseconds since 1970.
    TimeNotMilliseconds = "time-not-milliseconds", Error, EVENTS;
    /// Sizes are pixels, more than none.
    SizeNotPositive = "size-not-positive", Error, EVENTS;
    /// The widget's address is http or https.
    AddressNotHttp = "address-not-http", Error, TYPES;
    /// The widget understands what HubSpot says.
    TypeNotUnderstood = "type-not-understood", Advice, MESSAGES;

    /// Statuses are the plain words.
    InternalStatus = "internal-status", Error, CONSTANTS;
    /// REJECTED and MISSED are end statuses only.
    EndStatusInProperties = "end-status-in-properties", Error, PROPERTIES;
    /// A status or direction fits the call.
    Contradiction = "contradiction", Advice, PROPERTIES;
    /// Engagement properties are text.
    PropertyNotText = "property-not-text", Error, ENGAGEMENTS;
    /// `hs_timestamp` is required.
    TimestampMissing = "timestamp-missing", Error, TYPES;
    /// Recordings do not come as `hs_call_recording_url` any more.
    RecordingUrlRetired = "recording-url-retired", Deprecated, RECORDINGS;
    /// The engagement is the call's own.
    EngagementOfOther = "engagement-of-other", Error, EVENTS;

    /// A call starts once.
    StartedTwice = "started-twice", Error, EVENTS;
    /// A call starts before anything else is said of it.
    NotStarted = "not-started", Error, EVENTS;
    /// A call is answered once.
    AnsweredTwice = "answered-twice", Error, EVENTS;
    /// A call ends once.
    EndedTwice = "ended-twice", Error, EVENTS;
    /// A call is completed once.
    CompletedTwice = "completed-twice", Error, EVENTS;
    /// A call is neither answered nor given away when it is over.
    AfterEnd = "after-end", Error, EVENTS;
    /// A call ends before it is completed.
    CompletedBeforeEnd = "completed-before-end", Error, EVENTS;
    /// A call ends.
    NeverEnded = "never-ended", Error, EVENTS;
    /// A call is completed.
    NeverCompleted = "never-completed", Error, GHOSTS;

    /// `dialingContext` is the payload of a DIAL_NUMBER, unchanged.
    ContextChanged = "dialing-context-changed", Error, QUESTIONS;
    /// `dialingContext` belongs to the number that was clicked last, and is used once.
    ContextMisplaced = "dialing-context-misplaced", Error, QUESTIONS;
    /// A call from a ticket or a custom object hands `dialingContext` back.
    ContextMissing = "dialing-context-missing", Advice, QUESTIONS;
}
