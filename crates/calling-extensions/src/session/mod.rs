//! The handshake and the rules of delivery, without a browser: messages and times go in, [`Output`]s come out.
//!
//! # The handshake
//!
//! The host sends SYNC when its frame has loaded and every 100 ms after that, with its own address in `hostUrl`. The guest
//! answers with SYNC_ACK: every field of the SYNC, `messageId` included, with its version, its address and its debug mode
//! added. From then on each side takes messages from that one origin and window alone. Every message is an object
//! `{type, messageId, data}`; a message id is `<instance>_<suffix>`, an instance being one life of one side.
//!
//! ```text
//!            good SYNC                  closed
//!  Waiting ─────────────▶ Ready ─────────────────▶ Lost          (guest)
//!             ▲   SYNC of  │
//!             └─ another ──┘ instance: a new session
//!
//!            SYNC_ACK             the frame loads or moves
//!  Waiting ─────────────▶ Ready ─────────────────────────▶ Waiting      (host)
//!     └─ 30 s without an answer ─▶ Lost ─ the frame loads ─▶ Waiting
//! ```

mod envelope;
mod guest;
mod host;
mod presence;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::{
    codec::{Unreadable, Value},
    origin::Origin,
};

pub use guest::{Event, GuestConfig, GuestSession};
pub use host::{HostConfig, HostEvent, HostSession};

/// The version of the npm package whose wire this crate speaks. The guest says it in SYNC_ACK; it is not this crate's own.
pub const WIRE_VERSION: &str = "0.9.7";
/// How many messages wait for the other side at most.
pub const MAX_QUEUED: usize = 64;

/// How far the two sides are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The other side has not shaken hands yet.
    Waiting,
    /// Both sides may speak.
    Ready,
    /// Nobody is expected any more: the session was closed, never had a frame, or its handshake timed out.
    Lost,
}

/// A message as a window received it.
pub struct Incoming<'a> {
    /// `event.origin`.
    pub origin: &'a str,
    /// Whether `event.source` is the window of the other side: the parent for a guest, the frame for a host.
    pub from_peer: bool,
    /// Reads `event.data`; called only once origin and window are found good.
    pub read: &'a dyn Fn() -> Result<Value, Unreadable>,
}

/// What a session wants done, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output<E> {
    /// Post this to the other side's window, if that still has this origin.
    Post {
        /// The whole message.
        message: Value,
        /// The origin that must be there for the browser to deliver it.
        to: Origin,
    },
    /// Answer the message that just came with [`unknown_type`], the very value that came inside.
    AnswerUnknown {
        /// The answer's own id.
        message_id: String,
        /// The origin that must be there for the browser to deliver it.
        to: Origin,
    },
    /// Tell the program.
    Raise(E),
    /// The message that just came is nobody's: log why.
    Ignored(Ignored),
}

/// Why a message was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// The session is closed, or the page is in no frame.
    NoSession,
    /// It came from a window that is not the other side's.
    OtherWindow,
    /// Its origin is not allowed, or not that of the session.
    OtherOrigin,
    /// It is no object with a `type` and a `messageId`.
    NotAMessage,
    /// It is too deep, cyclic or too large.
    Unreadable(Unreadable),
    /// The address in the handshake is broken, or not the one that the message came from.
    ForeignAddress,
    /// This host has its answer already.
    SyncAgain,
    /// The other side has not shaken hands yet.
    BeforeHandshake,
    /// It answers a message of this side, and nobody asked.
    AnswersOwn,
    /// It belongs to the handshake, and that is not where the session is.
    Misplaced,
}

impl Ignored {
    /// The reason in words.
    pub const fn reason(self) -> &'static str {
        match self {
            Ignored::NoSession => "the page is in no frame, or the session is closed",
            Ignored::OtherWindow => "it comes from another window than the other side's",
            Ignored::OtherOrigin => "its origin is not allowed here; see AllowedOrigins",
            Ignored::NotAMessage => "it has no type or no messageId",
            Ignored::Unreadable(Unreadable::TooDeep) => "it nests too deep or refers to itself",
            Ignored::Unreadable(Unreadable::TooLarge) => "it is too large",
            Ignored::ForeignAddress => "the address in it is broken, or not the one that it comes from",
            Ignored::SyncAgain => "this host has its answer already",
            Ignored::BeforeHandshake => "the other side has not shaken hands yet",
            Ignored::AnswersOwn => "it answers a message that asked nothing",
            Ignored::Misplaced => "this part of the handshake is not expected here",
        }
    }

    /// Whether a developer should look at it. The rest is everyday noise.
    pub const fn is_remarkable(self) -> bool {
        matches!(self, Ignored::OtherOrigin | Ignored::Unreadable(_) | Ignored::ForeignAddress)
    }
}

/// Why a message was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The page is in no frame, so there is nobody to hear it.
    #[error("the page is in no frame: there is no host to send to")]
    NoHost,
    /// The session is closed, or the other side never answered.
    #[error("the session is over: connect again")]
    Closed,
    /// [`MAX_QUEUED`] messages wait already. Those are kept; this one is not.
    #[error("too many messages wait for the handshake: send this one again later")]
    QueueFull,
    /// The type belongs to the handshake.
    #[error("this type belongs to the handshake: send another")]
    Reserved,
}

/// The payload of the ERROR that answers a message of unknown type, without `originalMessage`: that goes inside `data`.
pub fn unknown_type(message_id: &str) -> Value {
    let mut data = crate::codec::Map::new();
    data.set("type", "UNKNOWN_MESSAGE_TYPE");
    data.set("data", crate::codec::Map::new());
    envelope::message("ERROR", message_id, Some(Value::Map(data)))
}
