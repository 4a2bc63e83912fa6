//! What can be true at once, and nothing else. What one frame shows for itself (a draft, a caret, an open menu) is not here.

use crate::phone::{CallId, Capabilities};
use calling_extensions::codec::{Id, Value};
use calling_extensions::message::{CallerIdMatch, Direction, EndStatus, IframeLocation, Ms};
use calling_extensions::origin::Origin;

/// The whole of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// What the phone system can do.
    pub capabilities: Capabilities,
    /// Whether there is anybody to talk to.
    pub link: Link,
    /// The user has refused the microphone, and the phone system cannot do without.
    pub microphone_refused: bool,
    /// Who embeds the widget; absent until HubSpot has shaken hands.
    pub host: Option<HostInfo>,
    /// The user has asked to be let in, in this frame, and there is no answer yet.
    pub logging_in: bool,
    /// The user has logged in to the calling app.
    pub logged_in: bool,
    /// The user takes incoming calls. Never true without a log-in.
    pub available: bool,
    /// Incoming calls are silent.
    pub silent: bool,
    /// HubSpot shows the widget minimized, or not at all.
    pub out_of_sight: bool,
    /// Which of the user's numbers calls next.
    pub from_number: String,
    /// The number that was clicked in HubSpot last and has not been dialled.
    pub requested: Option<DialRequest>,
    /// The call that is on, or in wrap-up.
    pub call: Option<Call>,
    /// The engagement of the READY, until a call takes it.
    pub inherited_engagement: Option<Id>,
    /// Calls for which HubSpot owes an answer about their engagement, oldest first.
    pub awaited: Vec<Awaited>,
    /// The call that was completed last, until HubSpot has said that it is saved.
    pub unsaved: Option<Unsaved>,
    /// What the user has to be told, oldest first.
    pub notices: Vec<Notice>,
}

/// Whether HubSpot is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// It has not shaken hands yet.
    #[default]
    Waiting,
    /// It should have shaken hands by now.
    Overdue,
    /// The page is in no frame.
    NoFrame,
    /// It has shaken hands.
    Connected,
}

/// What HubSpot said of itself in the handshake.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HostInfo {
    /// The account.
    pub portal_id: Option<Id>,
    /// The user of the account.
    pub user_id: Option<Id>,
    /// Where the widget is shown.
    pub location: Option<IframeLocation>,
    /// False when calls stay in the remote frame though there is a calling window.
    pub uses_calling_window: Option<bool>,
    /// HubSpot's own address.
    pub url: Option<String>,
}

/// A phone number that the user clicked in HubSpot.
#[derive(Debug, Clone, PartialEq)]
pub struct DialRequest {
    /// The number, ready to dial.
    pub number: String,
    /// What HubSpot sent, whole: it gets it back with the call.
    pub context: Value,
    /// Tells two clicks on the same number apart.
    pub serial: u32,
}

/// One call, from the first ring to the end of its wrap-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The app's own id.
    pub id: CallId,
    /// Who called whom.
    pub direction: Direction,
    /// The other side's number.
    pub number: String,
    /// The user's number.
    pub own_number: String,
    /// When it was dialled, or began to ring.
    pub started_at: Ms,
    /// How far it is.
    pub phase: Phase,
    /// HubSpot's record of it.
    pub engagement: EngagementState,
    /// What the user has written.
    pub notes: String,
    /// Counts the changes of the notes.
    pub notes_revision: u32,
    /// Who the caller may be, as HubSpot found by the number.
    pub callers: Vec<CallerIdMatch>,
    /// When the recording that is on began.
    pub recording_since: Option<Ms>,
    /// How long earlier recordings of this call were.
    pub recorded: Ms,
    /// What came of it, as one of the account's call outcomes.
    pub disposition: Option<String>,
    /// The digits that were sent during the call.
    pub digits: String,
}

/// How far a call is.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Outbound: not answered yet.
    Dialing,
    /// Inbound: not answered yet.
    Ringing,
    /// Answered.
    Talking {
        /// When it was answered.
        since: Ms,
        /// The user cannot be heard.
        muted: bool,
        /// The other side is on hold.
        held: bool,
    },
    /// Over: the user writes notes.
    WrapUp {
        /// When it ended.
        ended_at: Ms,
        /// How long they talked; 0 when nobody answered.
        talked: Ms,
        /// What HubSpot is told.
        status: EndStatus,
        /// What the user is told.
        reason: EndReason,
        /// Whether HubSpot was asked to finalize the engagement.
        finalize: Finalize,
    },
}

/// Why a call ended, for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// The user hung up.
    HungUp,
    /// The other side hung up.
    OtherHungUp,
    /// The user ended it in HubSpot.
    EndedInHubSpot,
    /// The user hung up before anyone answered.
    Canceled,
    /// The other side is on the phone.
    Busy,
    /// Nobody answered.
    NotAnswered,
    /// The call could not be made.
    Failed,
    /// The call broke off.
    Dropped,
    /// The user declined it.
    Rejected,
    /// The caller hung up before the user answered.
    Missed,
    /// The user gave it to somebody else.
    Transferred,
}

/// Whether the engagement is finalized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Finalize {
    /// Nobody asked.
    #[default]
    No,
    /// HubSpot was asked and has not answered.
    Asked,
    /// HubSpot says that it is.
    Done,
}

/// HubSpot's record of a call.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum EngagementState {
    /// HubSpot has been asked for one, or has not heard of the call yet.
    #[default]
    Awaited,
    /// This is it.
    Known(Id),
    /// HubSpot could not make one: the call has none.
    Failed,
}

impl EngagementState {
    /// The id, when it is known.
    pub fn id(&self) -> Option<&Id> {
        match self {
            EngagementState::Known(id) => Some(id),
            _ => None,
        }
    }
}

/// A call whose engagement HubSpot was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Awaited {
    /// The call.
    pub call: CallId,
    /// When HubSpot was asked.
    pub asked_at: Ms,
}

/// A completed call, kept so that nothing is lost should HubSpot fail to save it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsaved {
    /// The call.
    pub call: CallId,
    /// HubSpot's record of it.
    pub engagement: Option<Id>,
    /// What the user wrote.
    pub notes: String,
}

/// What the user has to be told.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The user was not let in.
    LogInRefused {
        /// Why, in the words of whoever knows the users.
        reason: String,
    },
    /// HubSpot has no record of the call; the call goes on.
    EngagementFailed {
        /// HubSpot's reason, when it gave one.
        reason: Option<String>,
    },
    /// HubSpot did not save the call.
    SaveFailed {
        /// HubSpot's reason, when it gave one.
        reason: Option<String>,
        /// What the user wrote, to be copied.
        notes: String,
    },
    /// HubSpot did not finalize the engagement.
    FinalizeFailed,
    /// HubSpot could not show the record.
    RecordNotShown,
    /// A number that was clicked in HubSpot cannot be dialled.
    CannotDial {
        /// What HubSpot sent.
        number: String,
    },
    /// Somebody called while another call was on, and was told that the line is busy.
    RefusedCall {
        /// Who called.
        number: String,
    },
    /// The call could not be given away.
    TransferFailed,
    /// The frame that held the call is gone, and this one goes on with it.
    TakenOver,
}

/// What a person sees: it follows from the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Not logged in.
    Login,
    /// The phone cannot hear the user.
    NoMicrophone,
    /// No call.
    Keypad,
    /// Somebody calls.
    Incoming,
    /// The other side's phone rings.
    Dialing,
    /// They talk.
    Calling,
    /// Wrap-up.
    CallEnded,
}

impl Screen {
    /// How large HubSpot is asked to show it, in pixels across and down. The screens of a call are all of one size, so that
    /// nothing moves under the pointer while it goes on.
    pub const fn size(self) -> (f64, f64) {
        match self {
            Screen::Login | Screen::NoMicrophone | Screen::Incoming => (400.0, 560.0),
            Screen::Keypad | Screen::Dialing | Screen::Calling | Screen::CallEnded => (400.0, 650.0),
        }
    }
}

impl State {
    /// Nothing has happened yet.
    pub fn new(capabilities: Capabilities, from_number: &str) -> Self {
        State { capabilities, from_number: from_number.to_owned(), ..State::default() }
    }

    /// The one screen that shows this state.
    pub fn screen(&self) -> Screen {
        if !self.logged_in {
            return Screen::Login;
        }
        match self.call.as_ref().map(|call| &call.phase) {
            None if self.microphone_refused => Screen::NoMicrophone,
            None => Screen::Keypad,
            Some(Phase::Dialing) => Screen::Dialing,
            Some(Phase::Ringing) => Screen::Incoming,
            Some(Phase::Talking { .. }) => Screen::Calling,
            Some(Phase::WrapUp { .. }) => Screen::CallEnded,
        }
    }
}

impl HostInfo {
    /// The address of HubSpot's calling window, for whoever may open it: the frame in the navigation bar, unless HubSpot opens
    /// the window by itself. The origin is the one that has shaken hands; nothing else of what the host has said gets into it.
    pub fn calling_window(&self) -> Option<String> {
        if self.location != Some(IframeLocation::Remote) || self.uses_calling_window == Some(true) {
            return None;
        }
        let origin = Origin::of_url(self.url.as_ref()?)?;
        let portal = self.portal_id.as_ref()?.text();
        let is_number = !portal.is_empty() && portal.bytes().all(|byte| byte.is_ascii_digit());
        is_number
            .then(|| [origin.as_str(), "/calling-integration-popup-ui/", &portal, "?usesCallingWindow=false"].concat())
    }
}

impl Call {
    /// The caller's number: the other side's of an incoming call, else the user's.
    pub fn from_number(&self) -> &str {
        if self.direction == Direction::Inbound { &self.number } else { &self.own_number }
    }

    /// The number that was called.
    pub fn to_number(&self) -> &str {
        if self.direction == Direction::Inbound { &self.own_number } else { &self.number }
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::WrapUp { .. })
    }

    /// How much of it has been recorded, in milliseconds.
    pub fn recorded_until(&self, now: Ms) -> Ms {
        self.recorded + self.recording_since.map_or(0.0, |since| (now - since).max(0.0))
    }
}
