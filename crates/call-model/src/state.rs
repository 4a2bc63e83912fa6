//! The state: what can be true at the same time, and nothing else. What one frame displays for itself (a draft, a caret, an
//! open menu) is not here.

use crate::account::Session;
use crate::call::{Call, CallPhase};
use crate::phone::{CallId, Capabilities};
use calling_extensions::codec::{Id, Value};
use calling_extensions::message::{IframeLocation, Ms};
use calling_extensions::origin::Origin;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The whole state. It is stored over a reload and shown to the frames that follow. Each new state begins as a copy of the last one,
/// so what is large and rarely changes is shared.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct State {
    /// When the frame that leads changed it last, in milliseconds since 1970; 0 while nobody has logged in. Of two frames that have stored
    /// a state, the one with the later state knows more. It goes up with each change, even if the clock is set back.
    #[serde(default)]
    pub changed_at: Ms,
    /// What the phone system can do.
    pub capabilities: Capabilities,
    /// Whether the user can ask somebody before a call is transferred to them.
    #[cfg(feature = "softphone")]
    #[serde(default)]
    pub can_consult: bool,
    /// How long an incoming call rings before it is transferred, in milliseconds.
    pub ring_time: Ms,
    /// Whether the page is connected to HubSpot.
    pub link: HostLink,
    /// Whether the phone system is connected.
    pub line: Line,
    /// The user has refused the microphone, and the phone system needs it.
    pub microphone_refused: bool,
    /// Who embeds the widget; absent until the handshake.
    pub host: Option<Rc<HostInfo>>,
    /// The user has asked to be logged in, in this frame, and there is no answer yet.
    pub logging_in: bool,
    /// The session and its account; absent while nobody is logged in.
    pub session: Option<Rc<Session>>,
    /// The user is available for incoming calls. Never true without a log-in.
    pub available: bool,
    /// Incoming calls are silent.
    pub ringtone_muted: bool,
    /// HubSpot shows the widget minimized, or not at all.
    pub hidden: bool,
    /// Which of the user's numbers calls next; empty while there is none.
    pub from_number: String,
    /// The number that was clicked last in HubSpot and has not been dialled.
    pub dial_request: Option<Rc<DialRequest>>,
    /// The call that is on, or in wrap-up.
    pub call: Option<Call>,
    /// The sound of the call.
    #[cfg(feature = "audio")]
    #[serde(default)]
    pub audio: crate::audio::CallAudio,
    /// The engagement id of READY, until a call takes it.
    pub inherited_engagement: Option<Id>,
    /// Calls whose engagement HubSpot was asked for and has not answered, oldest first.
    pub pending_engagements: Vec<PendingEngagement>,
    /// The engagement that HubSpot has reported last. It may be reported again, and the next call must not get it.
    pub last_engagement: Option<Id>,
    /// The call that was completed last, until HubSpot has confirmed that it is saved.
    pub unsaved: Option<Unsaved>,
    /// What the user has to be notified of, oldest first.
    pub notices: Vec<Notice>,
    /// Values of the app beside the call, as JSON by their names: a list of recent calls, a chosen device. They are stored and
    /// shared between frames with everything else, and are removed when the user logs out.
    pub extras: BTreeMap<String, String>,
}

/// Whether the page is connected to HubSpot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum HostLink {
    /// The handshake has not come yet.
    #[default]
    Waiting,
    /// The handshake should have come by now.
    Overdue,
    /// The page is not in a frame.
    NoFrame,
    /// The handshake is complete.
    Connected,
}

/// Whether the phone system is connected.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Line {
    /// Nobody is logged in, so there is nothing to connect.
    #[default]
    Offline,
    /// It is being connected.
    Connecting,
    /// It is connected.
    Connected,
    /// The connection is lost; the phone system tries to get it back.
    Lost {
        /// Why, in words for the user; absent when that is not known.
        reason: Option<String>,
    },
}

/// What HubSpot reported about itself in the handshake. All of it may be absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HostInfo {
    /// The account.
    pub portal_id: Option<Id>,
    /// The user of the account.
    pub user_id: Option<Id>,
    /// The user as an owner of records.
    pub owner_id: Option<Id>,
    /// Where the widget is shown.
    pub location: Option<IframeLocation>,
    /// False when calls stay in the remote frame though there is a calling window.
    pub uses_calling_window: Option<bool>,
    /// The address of HubSpot's page.
    pub url: Option<String>,
}

/// A phone number that the user clicked in HubSpot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DialRequest {
    /// The number, ready to dial.
    pub number: String,
    /// The whole payload of DIAL_NUMBER: HubSpot gets it back with the call.
    pub context: Value,
    /// Distinguishes two clicks on the same number.
    pub serial: u32,
}

/// A call whose engagement HubSpot was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingEngagement {
    /// The call.
    pub call: CallId,
    /// When HubSpot was asked, in milliseconds since 1970.
    pub asked_at: Ms,
}

/// A completed call. Its notes are shown to the user if HubSpot cannot save it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsaved {
    /// The call.
    pub call: CallId,
    /// HubSpot's record of it.
    pub engagement: Option<Id>,
    /// What the user wrote.
    pub notes: String,
}

/// What the user has to be notified of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// The user was not logged in.
    LogInRefused {
        /// Why, in the words of the back end.
        reason: String,
    },
    /// The back end no longer accepts the session; the user was logged out.
    SessionEnded {
        /// Why, in the words of the back end; absent when it gave none.
        reason: Option<String>,
    },
    /// The phone system does not accept the account, not even with a renewed session; the user was logged out.
    AccountRefused,
    /// HubSpot could not create a record of the call; the call continues.
    EngagementFailed {
        /// HubSpot's reason; absent when it gave none.
        reason: Option<String>,
    },
    /// HubSpot did not save the call.
    SaveFailed {
        /// HubSpot's reason; absent when it gave none.
        reason: Option<String>,
        /// What the user wrote, to be copied.
        notes: String,
    },
    /// The call that was stored cannot be read: another version of the app had stored it.
    CallNotRestored {
        /// What the user wrote, to be copied.
        notes: String,
    },
    /// HubSpot did not finalize the engagement.
    FinalizeFailed,
    /// HubSpot could not look up who is calling.
    CallerMatchFailed,
    /// HubSpot could not show the record.
    RecordNotShown,
    /// A number that was clicked in HubSpot cannot be dialled.
    CannotDial {
        /// What HubSpot sent.
        number: String,
    },
    /// Somebody called during another call and got the busy tone.
    RefusedCall {
        /// Who called.
        number: String,
    },
    /// Somebody calls during another call, and waits until it is over.
    #[cfg(feature = "softphone")]
    WaitingCall {
        /// Who calls.
        number: String,
    },
    /// The incoming call was answered on another device.
    AnsweredElsewhere,
    /// The call could not be transferred.
    TransferFailed,
    /// The one whom the user asked before a transfer has hung up, or did not answer. The call goes on.
    #[cfg(feature = "softphone")]
    ConsultationEnded {
        /// Why, in words for the user; absent when that is not known.
        reason: Option<String>,
    },
    /// Another audio device is used in the call from now on.
    #[cfg(feature = "audio")]
    DeviceChanged(crate::audio::DeviceChange),
    /// The leading frame was closed, and this one continues its call.
    TakenOver,
    /// The browser's storage is blocked: a call does not survive a reload.
    StorageBlocked,
}

/// The screen that is shown: it follows from the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Screen {
    /// Not logged in.
    Login,
    /// The page may not use the microphone.
    NoMicrophone,
    /// No call.
    Keypad,
    /// An incoming call rings.
    Incoming,
    /// An outgoing call rings.
    Dialing,
    /// A call is on.
    Calling,
    /// Wrap-up.
    CallEnded,
}

impl Screen {
    /// The size that HubSpot is asked for: width and height in pixels. The screens of a call all have the same size, so that
    /// nothing moves under the pointer during a call.
    pub const fn size(self) -> (f64, f64) {
        match self {
            Screen::Login | Screen::NoMicrophone | Screen::Incoming => (400.0, 560.0),
            Screen::Keypad | Screen::Dialing | Screen::Calling | Screen::CallEnded => (400.0, 650.0),
        }
    }
}

impl State {
    /// The state before anything has happened. `ring_time` is in milliseconds.
    pub fn new(capabilities: Capabilities, ring_time: Ms) -> Self {
        State { capabilities, ring_time, ..State::default() }
    }

    /// This state in a page that was loaded again: the handshake is to come, and nothing can be dialled until the phone system is
    /// connected again.
    pub fn restored(mut self) -> Self {
        (self.host, self.link) = (None, HostLink::Waiting);
        if self.is_logged_in() {
            self.line = Line::Connecting;
        }
        self
    }

    /// Whether the user is logged in.
    pub fn is_logged_in(&self) -> bool {
        self.session.is_some()
    }

    /// Whether a call can be dialled: the phone system is connected.
    pub fn can_dial(&self) -> bool {
        self.line == Line::Connected
    }

    /// The one screen that shows this state.
    pub fn screen(&self) -> Screen {
        if !self.is_logged_in() {
            return Screen::Login;
        }
        match self.call.as_ref().map(|call| &call.phase) {
            None if self.microphone_refused => Screen::NoMicrophone,
            None => Screen::Keypad,
            Some(CallPhase::Dialing) => Screen::Dialing,
            Some(CallPhase::Ringing) => Screen::Incoming,
            Some(CallPhase::Talking { .. }) => Screen::Calling,
            Some(CallPhase::WrapUp { .. }) => Screen::CallEnded,
        }
    }
}

impl HostInfo {
    /// The address of HubSpot's calling window, for the frame that may open it: the one in the navigation bar, unless HubSpot
    /// opens the window by itself; absent for other frames. The address consists of the origin of the handshake and
    /// the number of the account; nothing else that the host sent becomes a part of it.
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
