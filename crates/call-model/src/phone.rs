//! What the model and a phone system say to each other. The phone system itself is the app's: see its `Telephony` trait.

use calling_extensions::message::Ms;
use std::fmt;

/// A call, by the app's own id: what HubSpot knows as `externalCallId`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
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

/// What a phone system can do. A control shows when its capability is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// The user's voice can be cut off.
    pub mute: bool,
    /// The other side can be put on hold.
    pub hold: bool,
    /// The call can be recorded.
    pub record: bool,
    /// Digits can be sent during a call.
    pub digits: bool,
    /// A call can be given to another number.
    pub transfer: bool,
    /// An incoming call can be made up for trying the app.
    pub test_incoming: bool,
    /// It hears the user through the browser: without the microphone there is no call.
    pub microphone: bool,
}

impl Capabilities {
    /// Everything, and no need of the microphone.
    pub const ALL: Capabilities = Capabilities {
        mute: true,
        hold: true,
        record: true,
        digits: true,
        transfer: true,
        test_incoming: true,
        microphone: false,
    };
}

/// What the phone system shall do with a call. What comes of it is told by a [`PhoneEvent`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneCommand {
    /// Call a number.
    Dial {
        /// The number to call.
        to: String,
        /// Which of the user's numbers calls.
        from: String,
    },
    /// Take an incoming call.
    Answer,
    /// Decline an incoming call.
    Reject,
    /// Tell the caller that the line is busy.
    RefuseAsBusy,
    /// End the call.
    HangUp,
    /// Cut the user's voice off, or let it through.
    Mute(bool),
    /// Put the other side on hold, or take it back.
    Hold(bool),
    /// Record, or stop.
    Record(bool),
    /// Send one of `0`-`9`, `*`, `#`.
    Digit(char),
    /// Give the call away. `None` gives it to whoever takes unanswered calls.
    Transfer(Option<String>),
    /// Make up an incoming call.
    TestIncoming {
        /// Who calls.
        from: String,
        /// Which of the user's numbers is called.
        to: String,
    },
}

/// Something that happened to a call, told by the phone system. It may come before the command that led to it has returned.
#[derive(Debug, Clone, PartialEq)]
pub struct PhoneEvent {
    /// Which call.
    pub call: CallId,
    /// What happened.
    pub news: PhoneNews,
}

/// What can happen to a call.
#[derive(Debug, Clone, PartialEq)]
pub enum PhoneNews {
    /// Somebody calls.
    Incoming {
        /// Who.
        from: String,
        /// Which of the user's numbers.
        to: String,
    },
    /// The other side has answered.
    Answered,
    /// The other side is on the phone.
    Busy,
    /// The other side did not answer in time.
    NotAnswered,
    /// The call could not be made.
    Failed,
    /// The call broke off.
    Dropped,
    /// The other side hung up. Before the call was answered: an incoming call is missed, an outgoing one declined.
    HungUp,
    /// The user's voice is cut off, or not.
    Muted(bool),
    /// The other side is on hold, or not.
    Held(bool),
    /// The call is recorded, or not.
    Recording(bool),
    /// The call now belongs to somebody else.
    Transferred,
    /// The call could not be given away.
    TransferFailed,
    /// After a reload: the call is still on, or was answered at that time.
    Resumed {
        /// When it was answered; absent while it is ringing.
        answered_at: Option<Ms>,
    },
}
