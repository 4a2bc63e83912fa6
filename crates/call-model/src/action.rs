//! Everything that can happen, and everything that can follow.

use crate::account::Session;
use crate::phone::{CallId, PhoneCommand, PhoneEvent};
use crate::state::Notice;
use calling_extensions::message::{GuestMessage, HostMessage, Ms, OpenIn, Ready};
use serde::{Deserialize, Serialize};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The user did something.
    User(UserAction),
    /// The user asks to be logged in. The answer is [`UserAction::LoggedIn`] or [`UserAction::LogInRefused`].
    LogInRequested,
    /// HubSpot has completed the handshake, for the first time or again.
    HubSpotReady(Ready),
    /// HubSpot sent a message.
    HubSpot(HostMessage),
    /// The phone system reported something.
    Phone(PhoneEvent),
    /// The page is not in a frame: no handshake will come.
    NoFrame,
    /// The handshake should have come by now.
    HandshakeOverdue,
    /// The browser's storage is blocked: a call does not survive a reload of the page.
    StorageBlocked,
    /// The browser lets the page use the microphone, or the user has refused it.
    Microphone(bool),
    /// An incoming call has rung for as long as it may.
    RingTimeout(CallId),
    /// This frame takes over the state: after a reload, or because the leading frame is gone.
    TakeOver {
        /// Whether the user is notified that the call continues in this frame.
        notify: bool,
    },
    /// The back end has renewed the session, for instance with a fresh token.
    SessionRenewed(Session),
    /// The back end no longer accepts the session: the user is logged out.
    SessionEnded {
        /// Why, in words for the user; absent when the phone system gave no reason.
        reason: Option<String>,
    },
}

/// Something that the user did, in any frame. A following frame forwards it to the leading one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum UserAction {
    /// The user was logged in, with a password or by single sign-on.
    LoggedIn(Session),
    /// The user was not logged in, for this reason.
    LogInRefused(String),
    /// The user logs out.
    LogOut,
    /// The user is available for incoming calls, or not.
    SetAvailable(bool),
    /// The user chooses the number to call from.
    ChooseFromNumber(String),
    /// The user calls a number.
    Dial(String),
    /// The user answers the incoming call.
    Answer,
    /// The user ends the call: declines it, cancels dialing, or hangs up.
    HangUp,
    /// The user mutes or unmutes the microphone.
    Mute(bool),
    /// The user puts the other side on hold, or resumes.
    Hold(bool),
    /// The user starts or stops recording.
    Record(bool),
    /// The user presses a key during the call.
    SendDigit(char),
    /// The user transfers the call to another number.
    Transfer(String),
    /// The user asks somebody before the call is transferred to them.
    #[cfg(feature = "softphone")]
    Consult(crate::consultation::Consult),
    /// The user edits the notes.
    SetNotes {
        /// Whose notes they are: in another frame, the next call may have begun.
        call: CallId,
        /// The whole text.
        text: String,
        /// One more than the revision of the notes that were edited: two frames may edit at the same time.
        revision: u32,
    },
    /// The user chooses the outcome of the call, by the id of a disposition.
    SetDisposition(Option<String>),
    /// The user enters something that is saved with the call: see [`Call::properties`](crate::Call::properties).
    SetProperty {
        /// HubSpot's internal name of the property.
        name: String,
        /// The value; it replaces an earlier one.
        value: String,
    },
    /// The user saves the call and leaves wrap-up.
    SaveCall,
    /// The user finalizes the engagement: it will not change any more.
    Finalize,
    /// The user opens the record of the caller, by its index among the matches.
    OpenRecord(usize, OpenIn),
    /// The user simulates an incoming call from this number.
    SimulateIncoming(String),
    /// Incoming calls are to play a ringtone, or not.
    SetRingtone(bool),
    /// The user has read the oldest notice.
    DismissNotice,
    /// The user asks for the microphone permission again.
    RetryMicrophone,
    /// The app stores a value beside the call: see [`State::extras`](crate::State::extras).
    SetExtra {
        /// The name of the value.
        key: String,
        /// The value as JSON.
        json: String,
    },
}

impl From<UserAction> for Action {
    fn from(action: UserAction) -> Self {
        Action::User(action)
    }
}

/// An action with what [`update`](crate::update()) cannot know by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamped {
    /// When it happened, in milliseconds since 1970.
    pub now: Ms,
    /// An id that no call has had, for a call that this action may begin.
    pub fresh_id: CallId,
    /// What happened.
    pub action: Action,
}

/// Something to do outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Send a message to HubSpot.
    Send(GuestMessage),
    /// Connect the phone system with this session.
    Connect(Session),
    /// Disconnect the phone system: the user has logged out.
    Disconnect,
    /// Send a command to the phone system, about this call.
    Phone(CallId, PhoneCommand),
    /// Let the phone system resume a call after a reload, or after another frame has become the leader.
    Resume(CallId),
    /// Ask the back end to renew the session. The answer is [`Action::SessionRenewed`] or [`Action::SessionEnded`].
    RenewSession(Session),
    /// Notify the back end that the user has logged out.
    EndSession(Session),
    /// Ask the user for the microphone. The answer is [`Action::Microphone`].
    AskForMicrophone,
    /// Ask the browser for storage, if it is blocked. The answer is [`Action::StorageBlocked`] when it stays blocked.
    AskForStorage,
    /// Let HubSpot show this to the user, because the widget is hidden.
    Alert(Notice),
    /// Let this action happen after so many milliseconds.
    After(Ms, Action),
}
