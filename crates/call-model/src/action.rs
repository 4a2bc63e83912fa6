//! Everything that can happen, and everything that can follow.

use crate::phone::{CallId, PhoneCommand, PhoneEvent};
use crate::state::Notice;
use calling_extensions::message::{GuestMessage, HostMessage, Ms, OpenIn, Ready};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The user asks to be let in. Who it is, the model does not know: whoever knows the users answers with one of the next two.
    AskToLogIn,
    /// The user was let in, by name or by single sign-on.
    LogIn,
    /// The user was not let in, for this reason.
    LogInRefused(String),
    /// The user logs out.
    LogOut,
    /// The user takes incoming calls, or not.
    SetAvailable(bool),
    /// The user chooses the number to call from.
    ChooseFromNumber(String),
    /// The user calls a number.
    Dial(String),
    /// The user takes the incoming call.
    Answer,
    /// The user ends the call: declines it, gives up dialing, or hangs up.
    HangUp,
    /// The user's voice shall be cut off, or not.
    Mute(bool),
    /// The other side shall be put on hold, or not.
    Hold(bool),
    /// The call shall be recorded, or not.
    Record(bool),
    /// The user presses a key during the call.
    SendDigit(char),
    /// The user gives the call to another number.
    Transfer(String),
    /// The user writes.
    SetNotes {
        /// All that is written.
        text: String,
        /// One more than that of the notes that were changed: two frames may be written in.
        revision: u32,
    },
    /// The user says what came of the call.
    SetDisposition(Option<String>),
    /// The user is done with the call.
    SaveCall,
    /// The engagement will not change any more.
    Finalize,
    /// The user wants to see the record of the caller, by its place in the list.
    OpenRecord(usize, OpenIn),
    /// The user wants to see what an incoming call is like.
    TestIncoming(String),
    /// Incoming calls shall be heard, or not.
    SetRinging(bool),
    /// The user has read the oldest notice.
    DismissNotice,
    /// HubSpot has shaken hands.
    HubSpotReady(Ready),
    /// HubSpot says something.
    FromHubSpot(HostMessage),
    /// The phone system says something.
    FromPhone(PhoneEvent),
    /// The page is in no frame: nobody will shake hands.
    NoFrame,
    /// HubSpot should have shaken hands by now.
    HandshakeOverdue,
    /// The browser lets the phone hear the user, or the user has refused it.
    Microphone(bool),
    /// The user wants to be asked for the microphone once more.
    AskAgain,
    /// An incoming call has rung long enough.
    RangOut(CallId),
    /// The page was loaded anew with this state, or the frame that held the call is gone: the call goes on here.
    TakeOver {
        /// Whether the user shall be told: another frame is gone.
        tell: bool,
    },
}

/// An action with what `update` cannot know by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamped {
    /// When it happened.
    pub now: Ms,
    /// An id that no call has had, for a call that this action may begin.
    pub fresh_id: CallId,
    /// What happened.
    pub action: Action,
}

/// Something to do outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Tell HubSpot.
    Tell(GuestMessage),
    /// Tell the phone system, about this call.
    Phone(CallId, PhoneCommand),
    /// Let the phone system take a call up again: the page, or the frame that held it, is a new one.
    Resume(CallId),
    /// Ask the user for the microphone.
    AskForMicrophone,
    /// Let HubSpot show this to the user, who does not see the widget at the moment.
    Alert(Notice),
    /// Let this happen after so many milliseconds.
    After(Ms, Action),
}
