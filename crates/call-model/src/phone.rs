//! The commands to a phone system and its events. The phone system itself is the app's: see its `Telephony` trait.

use calling_extensions::message::Ms;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A call, by the app's own id: what HubSpot knows as `externalCallId`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct CallId(pub String);

impl fmt::Display for CallId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for CallId {
    fn from(id: &str) -> Self {
        CallId(id.to_owned())
    }
}

/// What a phone system can do. A control is shown when its capability is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Capabilities {
    /// The user's microphone can be muted.
    pub mute: bool,
    /// The other side can be put on hold.
    pub hold: bool,
    /// The call can be recorded.
    pub record: bool,
    /// Digits can be sent during a call.
    pub digits: bool,
    /// A call can be transferred to another number.
    pub transfer: bool,
    /// An incoming call can be simulated, to try the app out.
    pub simulate_incoming: bool,
    /// Audio comes from the microphone of the browser: without permission for it there are no calls.
    pub microphone: bool,
}

impl Capabilities {
    /// All capabilities, except that no microphone is needed.
    pub const ALL: Capabilities = Capabilities {
        mute: true,
        hold: true,
        record: true,
        digits: true,
        transfer: true,
        simulate_incoming: true,
        microphone: false,
    };
}

/// What the phone system is to do with a call. The result is a [`CallEvent`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneCommand {
    /// Call a number.
    Dial {
        /// The number to call.
        to: String,
        /// Which of the user's numbers calls; empty when the account has none.
        from: String,
    },
    /// Answer an incoming call.
    Answer,
    /// Decline an incoming call.
    Reject,
    /// Signal to the caller that the line is busy.
    RejectAsBusy,
    /// End the call.
    HangUp,
    /// Mute the user's microphone, or unmute it.
    Mute(bool),
    /// Put the other side on hold, or resume.
    Hold(bool),
    /// Start recording, or stop.
    Record(bool),
    /// Send one of `0`-`9`, `*`, `#`.
    Digit(char),
    /// Transfer the call. `None` transfers an unanswered call to where the phone system sends those.
    Transfer(Option<String>),
    /// Ask somebody before the call is transferred to them.
    #[cfg(feature = "softphone")]
    Consult(crate::consultation::Consult),
    /// Simulate an incoming call.
    SimulateIncoming {
        /// Who calls.
        from: String,
        /// Which of the user's numbers is called.
        to: String,
    },
}

/// Something that the phone system reports. It may be reported before the command that led to it has returned.
#[derive(Debug, Clone, PartialEq)]
pub enum PhoneEvent {
    /// The phone system is connected: calls can be made and received.
    Connected,
    /// The connection to the phone system is lost or was refused. It reports [`PhoneEvent::Connected`] when it is back.
    Disconnected {
        /// Why, in words for the user; absent when that is not known.
        reason: Option<String>,
    },
    /// The phone system no longer accepts the session's token.
    SessionExpired,
    /// What it can do is now known, or has changed: it depends on the account.
    #[cfg(feature = "softphone")]
    Capabilities {
        /// What it can do.
        can: Capabilities,
        /// Whether the user can ask somebody before a call is transferred to them.
        consult: bool,
    },
    /// Something happened to a call.
    Call {
        /// Which call.
        call: CallId,
        /// What happened.
        event: CallEvent,
    },
}

/// What can happen to a call.
#[derive(Debug, Clone, PartialEq)]
pub enum CallEvent {
    /// The user is called.
    Incoming {
        /// Who calls.
        from: String,
        /// Which of the user's numbers is called.
        to: String,
    },
    /// The other side's phone rings.
    #[cfg(feature = "softphone")]
    Ringing,
    /// Somebody else calls during a call, and waits. When the user's call is over, this one is reported as
    /// [`CallEvent::Incoming`].
    #[cfg(feature = "softphone")]
    Waiting {
        /// Who calls.
        from: String,
    },
    /// The other side has answered.
    Answered,
    /// The user has answered the incoming call on another device: it no longer belongs to this app.
    AnsweredElsewhere,
    /// The line is busy.
    Busy,
    /// The other side did not answer in time.
    NotAnswered,
    /// The call could not be connected, or was disconnected for a known reason.
    Failed {
        /// Why, in words for the user; absent when that is not known.
        reason: Option<String>,
    },
    /// The connection of the call was lost.
    Dropped,
    /// The other side hung up. Before the call was answered: an incoming call is missed, an outgoing one declined.
    HungUp,
    /// The user's microphone is muted, or not.
    Muted(bool),
    /// The other side is on hold, or not.
    Held(bool),
    /// The call is recorded, or not.
    Recording(bool),
    /// The phone system knows something about the call that is saved with it, until the end of wrap-up: see
    /// [`Call::properties`](crate::Call::properties).
    Property {
        /// HubSpot's internal name of the property.
        name: String,
        /// The value; it replaces an earlier one.
        value: String,
    },
    /// Something about the sound of the call.
    #[cfg(feature = "audio")]
    Audio(crate::audio::AudioEvent),
    /// Something happened to the call to somebody whom the user asks first.
    #[cfg(feature = "softphone")]
    Consult(crate::consultation::ConsultEvent),
    /// The call was transferred.
    Transferred,
    /// The call could not be transferred.
    TransferFailed,
    /// After a reload: the call is still on.
    Resumed {
        /// When it was answered, in milliseconds since 1970; absent while it is ringing.
        answered_at: Option<Ms>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_call_is_written_as_it_is() {
        assert_eq!(CallId::from("call-7").to_string(), "call-7");
    }
}
