use super::{
    Dial, FrameId,
    call::{Call, Phase},
};
use crate::{
    crm::{self, Account, RecordId, Task},
    faults::Faults,
};
use calling_extensions::{
    codec::{Id, Value},
    message::{IframeLocation, Ms, Size, Sync},
};
use serde::{Deserialize, Serialize};

/// What HubSpot knows. It is kept in the browser and shared by all pages of the simulator; what one page alone shows (the open
/// record, an open menu) is not in it, and the records are not either: they never change.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// The frames with widgets on all pages, the oldest first.
    pub frames: Vec<Frame>,
    /// What the app said last about its user, in whichever frame.
    pub presence: Presence,
    /// The calls, the oldest first.
    pub calls: Vec<Call>,
    /// What is shown to the user, the oldest first.
    pub alerts: Vec<Alert>,
    /// The task queue; absent while the user works in none.
    pub queue: Option<Queue>,
    /// A click on a number that waits until the widget can dial.
    pub pending_dial: Option<Dial>,
    /// The last DIAL_NUMBER: an outgoing call without a context of its own may be about it.
    pub last_dial: Option<Dial>,
    /// How many ids have been given out. It is never set back, so that no id is used twice.
    pub ids: u64,
}

/// A frame with a widget in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Which.
    pub id: FrameId,
    /// Where HubSpot shows it.
    pub location: IframeLocation,
    /// What SYNC says of the calling window; absent leaves it out.
    pub uses_calling_window: Option<bool>,
    /// How far the widget in it is.
    pub phase: FramePhase,
    /// What the app said in it about its user.
    pub presence: Presence,
    /// The user has minimized it.
    pub minimized: bool,
    /// It is not shown.
    pub hidden: bool,
    /// The size that the widget asked for.
    pub size: Option<Size>,
    /// Where the widget said it would move.
    pub url: Option<String>,
    /// The message that waits to be overtaken.
    pub held: Option<Value>,
}

/// How far a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FramePhase {
    /// It loads, or has not answered yet.
    #[default]
    Loading,
    /// It has shaken hands.
    Ready,
    /// It has said that its phone can be used.
    Initialized,
    /// It did not answer for 30 s.
    TimedOut,
}

impl FramePhase {
    /// Whether it hears what is said.
    pub fn is_ready(self) -> bool {
        matches!(self, FramePhase::Ready | FramePhase::Initialized)
    }
}

/// What the app said about its user; `None` where it said nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Presence {
    /// The user is logged in to the calling app.
    pub logged_in: Option<bool>,
    /// The user takes incoming calls.
    pub available: Option<bool>,
}

/// How a call stands on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimelineStatus {
    /// Not answered yet.
    Ringing,
    /// They talk.
    Talking,
    /// Over; the user writes notes.
    WrapUp,
    /// Given to somebody else unanswered.
    TransferredUnanswered,
    /// Saved.
    Saved,
    /// Completed, but saving failed.
    NotSaved,
    /// Never completed, and nobody will.
    Ghost,
}

/// Something that HubSpot shows to the user until it is dismissed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Tells alerts apart.
    pub id: u64,
    /// When it came, the last time.
    pub at: Ms,
    /// What it says.
    pub text: AlertText,
    /// How often it came.
    pub times: u32,
}

/// What an alert says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertText {
    /// The widget's own words, by ERROR.
    Widget(String),
    /// The widget in a frame did not answer for 30 s.
    FrameTimedOut,
    /// A number was clicked, and the widget that should call it went away.
    NotDialled(String),
    /// The browser does not keep the desk over a reload.
    NotPersisted,
}

/// The task queue: the tasks of the account, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Queue {
    /// Which task is next.
    pub at: usize,
    /// How many of those before it were done; the others were skipped.
    pub done: usize,
    /// The call of the current task, once it has begun.
    pub call: Option<u64>,
}

impl Queue {
    /// The task that is next; `None` when all are behind.
    pub fn task(&self) -> Option<&'static Task> {
        Account::get().tasks.get(self.at)
    }
}

impl State {
    /// The frame of that id.
    pub fn frame(&self, id: &FrameId) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.id == *id)
    }

    /// The calls on a record's timeline, the newest first.
    pub fn timeline(&self, record: &RecordId) -> impl Iterator<Item = &Call> {
        let is_on = |call: &&Call| call.engagement.is_some() && call.associations.contains(record);
        self.calls.iter().rev().filter(is_on)
    }

    /// The call that holds the user on the page: it goes on, and some frame is there to end it. Leaving and closing ask first.
    pub fn active_call(&self) -> Option<&Call> {
        self.calls.iter().rev().find(|call| call.is_on() && self.frame(&call.frame).is_some())
    }

    /// Whether the user must be asked before this frame is closed or its page is left.
    pub fn has_active_call(&self, frame: &FrameId) -> bool {
        self.calls.iter().any(|call| call.is_on() && call.frame == *frame)
    }

    /// The latest call that is not done with.
    pub fn open_call(&self) -> Option<&Call> {
        self.calls.iter().rev().find(|call| call.is_open())
    }

    /// Whether a call stays on the timeline without an end: it was never completed, and nobody is there any more who would.
    pub fn is_ghost(&self, call: &Call) -> bool {
        let is_left = call.abandoned || (call.is_open() && self.frames.is_empty());
        call.engagement.is_some() && !call.is_done() && is_left
    }

    /// How a call stands, for whoever looks at a timeline.
    pub fn timeline_status(&self, call: &Call) -> TimelineStatus {
        match call.phase {
            Phase::Saved => TimelineStatus::Saved,
            Phase::NotSaved => TimelineStatus::NotSaved,
            Phase::TransferredUnanswered => TimelineStatus::TransferredUnanswered,
            _ if self.is_ghost(call) || call.abandoned => TimelineStatus::Ghost,
            Phase::Ended => TimelineStatus::WrapUp,
            Phase::Talking => TimelineStatus::Talking,
            Phase::Ringing => TimelineStatus::Ringing,
        }
    }

    /// What SYNC says to the widget in a frame that loads now; `host_url` is the page's to fill in. A frame that loads
    /// while a call is open hears the call's engagement.
    pub fn sync(&self, location: IframeLocation, uses_calling_window: Option<bool>) -> Sync {
        let engagement = self.open_call().and_then(|call| call.engagement);
        Sync {
            portal_id: Some(number_id(crm::PORTAL_ID.into())),
            user_id: Some(number_id(crm::USER_ID.into())),
            owner_id: Some(number_id(crm::OWNER_ID.into())),
            engagement_id: engagement.map(number_id),
            iframe_location: Some(location),
            uses_calling_window,
            ..Sync::default()
        }
    }
}

/// An id as a number on the wire. All ids here are far below 2^53.
pub(super) fn number_id(id: u64) -> Id {
    Id::from(id as f64)
}
