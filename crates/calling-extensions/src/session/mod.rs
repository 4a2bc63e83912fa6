//! The handshake and the rules of delivery, without a browser. A session takes messages and times and returns [`Output`]s.
//!
//! # The handshake
//!
//! When its frame has loaded, the host sends SYNC with its own address in `hostUrl`, and again every 100 ms. The guest answers
//! with SYNC_ACK: all fields of the SYNC, `messageId` included, and in addition its version, its address and its debug mode.
//! From then on each side accepts messages from that origin and window only. Every message is an object
//! `{type, messageId, data}`. A message id is `<instance>_<suffix>`; the instance changes when a side starts again, so a SYNC
//! of another instance starts a new session.
//!
//! ```text
//!            valid SYNC                 close()
//!  Waiting ─────────────▶ Ready ─────────────────▶ Closed        (guest)
//!             ▲            │
//!             └────────────┘ SYNC of another instance
//!
//!            SYNC_ACK             the frame loads or changes its URL
//!  Waiting ─────────────▶ Ready ─────────────────────────▶ Waiting      (host)
//!     └─ 30 s without an answer ─▶ Closed ─ the frame loads ─▶ Waiting
//! ```

mod envelope;
#[cfg(feature = "guest")]
mod guest;
#[cfg(feature = "host")]
mod host;
#[cfg(feature = "guest")]
mod presence;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::{
    codec::{Unreadable, Value},
    origin::Origin,
};

#[cfg(feature = "guest")]
pub use guest::{Event, GuestConfig, GuestSession};
#[cfg(feature = "host")]
pub use host::{HostConfig, HostEvent, HostSession};

/// The version of the npm package whose protocol this crate implements. The guest sends it in SYNC_ACK. It is independent of
/// the version of this crate.
pub const PROTOCOL_VERSION: &str = "0.9.7";
/// The maximum number of messages that wait for the handshake. Further ones are refused with [`SendError::QueueFull`].
pub const MAX_QUEUED: usize = 64;

/// The state of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    /// The handshake is not complete.
    Waiting,
    /// The handshake is complete: messages are sent and received.
    Ready,
    /// The session was closed, has no frame, or its handshake timed out. Nothing is sent.
    Closed,
}

/// A message that the window received, not yet checked or read.
pub struct Incoming<'a> {
    /// `event.origin`.
    pub origin: &'a str,
    /// Whether `event.source` is the window of the other side: the parent for a guest, the frame for a host.
    pub from_peer: bool,
    /// Reads `event.data`. It is called only after the origin and the window were accepted.
    pub read: &'a dyn Fn() -> Result<Value, Unreadable>,
}

/// What the caller of a session must do, in the order of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Output<E> {
    /// Post this message to the window of the other side.
    Post {
        /// The whole message.
        message: Value,
        /// The target origin of `postMessage`.
        to: Origin,
    },
    /// Answer the received message, whose type is unknown, with [`unknown_type_error`]. The caller adds the original.
    AnswerUnknown {
        /// The id of the answer.
        message_id: String,
        /// The target origin of `postMessage`.
        to: Origin,
    },
    /// Pass this event to the program.
    Raise(E),
    /// The received message was ignored. Nothing else is returned with it.
    Ignored(Ignored),
}

/// Why a received message was ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// The session is closed, or the page is not in a frame.
    NoSession,
    /// It came from a window that is not the other side's.
    OtherWindow,
    /// Its origin is not allowed, or is not the origin of the session.
    OtherOrigin,
    /// It is not an object with a `type` and a `messageId`.
    NotAMessage,
    /// It exceeds a limit, or refers to itself.
    Unreadable(Unreadable),
    /// The address in SYNC or SYNC_ACK is invalid, or differs from the origin of the message.
    ForeignAddress,
    /// A SYNC of this host instance has been answered already.
    SyncAgain,
    /// The handshake is not complete.
    BeforeHandshake,
    /// It answers a message of this side that needs no answer.
    AnswersOwn,
    /// A message of the handshake that is not expected in this state.
    Misplaced,
}

impl Ignored {
    /// The reason as a text for developers.
    pub const fn reason(self) -> &'static str {
        match self {
            Ignored::NoSession => "the page is not in a frame, or the session is closed",
            Ignored::OtherWindow => "it comes from another window than the one expected",
            Ignored::OtherOrigin => "its origin is not allowed; see AllowedOrigins",
            Ignored::NotAMessage => "it has no type or no messageId",
            Ignored::Unreadable(Unreadable::TooDeep) => "it is nested too deeply or refers to itself",
            Ignored::Unreadable(Unreadable::TooLarge) => "it is too large",
            Ignored::ForeignAddress => "the address in it is invalid or differs from its origin",
            Ignored::SyncAgain => "this host has already been answered",
            Ignored::BeforeHandshake => "the handshake is not complete",
            Ignored::AnswersOwn => "it answers a message that needs no answer",
            Ignored::Misplaced => "this part of the handshake is not expected now",
        }
    }

    /// Whether it indicates a misconfiguration or an attack and is logged as a warning. The others are normal.
    pub const fn deserves_warning(self) -> bool {
        matches!(self, Ignored::OtherOrigin | Ignored::Unreadable(_) | Ignored::ForeignAddress)
    }
}

/// Why a message was not sent. The session has not kept it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The page is not in a frame, so there is no host.
    #[error("the page is not in a frame: there is no host to send to")]
    NoHost,
    /// The session was closed, or the other side did not answer in time.
    #[error("the session is closed: connect again")]
    Closed,
    /// [`MAX_QUEUED`] messages are waiting already.
    #[error("too many messages are waiting for the handshake: send this one again later")]
    QueueFull,
    /// The session itself sends the messages of the handshake.
    #[error("this type is reserved for the handshake")]
    Reserved,
}

/// The ERROR that answers a message of unknown type. The caller adds the received message as `data.data.originalMessage`.
pub fn unknown_type_error(message_id: &str) -> Value {
    let mut data = crate::codec::Map::new();
    data.set("type", "UNKNOWN_MESSAGE_TYPE");
    data.set("data", crate::codec::Map::new());
    envelope::message("ERROR", message_id, Some(Value::Map(data)))
}
