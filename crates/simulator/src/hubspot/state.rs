use super::{
    Dial, FrameId,
    call::{Call, CallPhase},
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

/// The state of the simulated HubSpot. It is saved in the browser and shared by all pages of the simulator. It contains neither the
/// view state of a page (the open record, an open menu) nor the records, which never change.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The active faults.
    pub faults: Faults,
    /// The frames with widgets on all pages, oldest first.
    pub frames: Vec<Frame>,
    /// The presence that the app sent last, in any frame.
    pub presence: Presence,
    /// The calls, oldest first.
    pub calls: Vec<Call>,
    /// The alerts that are shown, oldest first.
    pub alerts: Vec<Alert>,
    /// The task queue, while the user works in it.
    pub queue: Option<Queue>,
    /// A clicked number that waits until the widget can dial.
    pub pending_dial: Option<Dial>,
    /// The last number that was sent with DIAL_NUMBER. An outgoing call without `dialingContext` can refer to it.
    pub last_dial: Option<Dial>,
    /// The number of ids that were created. It is never reset, so that no id is used twice.
    pub ids: u64,
}

/// A frame with a widget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The id.
    pub id: FrameId,
    /// Where HubSpot shows it.
    pub location: IframeLocation,
    /// The value of `usesCallingWindow` in SYNC. If absent, SYNC does not have the field.
    pub uses_calling_window: Option<bool>,
    /// Whether the app receives calls. Otherwise its INCOMING_CALL is ignored.
    pub supports_inbound_calling: bool,
    /// The phase of the widget.
    pub phase: FramePhase,
    /// The presence that the app sent in this frame.
    pub presence: Presence,
    /// Whether the user has minimized it.
    pub minimized: bool,
    /// Whether it is hidden.
    pub hidden: bool,
    /// The size that the widget requested.
    pub size: Option<Size>,
    /// The address that the widget announced with SET_WIDGET_URL.
    pub url: Option<String>,
    /// The message that is held back, if messages are reordered.
    pub held: Option<Value>,
}

/// The phase of the widget in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FramePhase {
    /// The widget is loading, or has not answered SYNC yet.
    #[default]
    Loading,
    /// The handshake is complete.
    Ready,
    /// The widget has sent INITIALIZED.
    Initialized,
    /// The widget did not answer SYNC for 30 s.
    TimedOut,
}

impl FramePhase {
    /// Whether it can receive messages.
    pub fn is_ready(self) -> bool {
        matches!(self, FramePhase::Ready | FramePhase::Initialized)
    }
}

/// The presence of the user, as sent by the app. `None` is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Presence {
    /// The user is logged in to the calling app.
    pub logged_in: Option<bool>,
    /// The user can receive calls.
    pub available: Option<bool>,
}

/// The status of a call on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimelineStatus {
    /// Not answered yet.
    Ringing,
    /// Answered.
    Talking,
    /// Ended; the user writes notes.
    WrapUp,
    /// Transferred before it was answered.
    TransferredUnanswered,
    /// Saved.
    Saved,
    /// Completed, but saving failed.
    NotSaved,
    /// Never completed, and no frame is left that could complete it.
    Ghost,
}

/// An alert that HubSpot shows until the user dismisses it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// The id.
    pub id: u64,
    /// When it was raised last.
    pub at: Ms,
    /// The text.
    pub text: AlertText,
    /// How often it was raised.
    pub times: u32,
}

/// The text of an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertText {
    /// The message of an ERROR from the widget.
    Widget(String),
    /// The widget in a frame did not answer SYNC for 30 s.
    FrameTimedOut,
    /// A clicked number was not dialed, because the widget closed or did not answer.
    NotDialled(String),
    /// An app without `supportsInboundCalling` has sent INCOMING_CALL.
    InboundNotSupported,
    /// The browser cannot save the state.
    NotPersisted,
}

/// The task queue: the account's tasks in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Queue {
    /// The index of the current task.
    pub at: usize,
    /// How many of the previous tasks were done. The others were skipped.
    pub done: usize,
    /// The serial of the current task's call, once it has started.
    pub call: Option<u64>,
}

impl Queue {
    /// The current task. `None` after the last one.
    pub fn task(&self) -> Option<&'static Task> {
        Account::get().tasks.get(self.at)
    }
}

impl State {
    /// The frame with this id.
    pub fn frame(&self, id: &FrameId) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.id == *id)
    }

    /// The calls on a record's timeline, newest first.
    pub fn timeline(&self, record: &RecordId) -> impl Iterator<Item = &Call> {
        let is_on = |call: &&Call| call.engagement.is_some() && call.associations.contains(record);
        self.calls.iter().rev().filter(is_on)
    }

    /// The latest call that is active and whose frame still exists. While there is one, leaving the page needs a confirmation.
    pub fn active_call(&self) -> Option<&Call> {
        self.calls.iter().rev().find(|call| call.is_active() && self.frame(&call.frame).is_some())
    }

    /// Whether a call is active in this frame, so that closing it or leaving its page needs a confirmation.
    pub fn has_active_call(&self, frame: &FrameId) -> bool {
        self.calls.iter().any(|call| call.is_active() && call.frame == *frame)
    }

    /// The latest call that is not completed or abandoned.
    pub fn open_call(&self) -> Option<&Call> {
        self.calls.iter().rev().find(|call| call.is_open())
    }

    /// Whether a call is a ghost call: it is on a timeline, was never completed, and no frame is left that could complete it.
    pub fn is_ghost(&self, call: &Call) -> bool {
        let is_left = call.abandoned || (call.is_open() && self.frames.is_empty());
        call.engagement.is_some() && !call.is_done() && is_left
    }

    /// The status of a call on a timeline.
    pub fn timeline_status(&self, call: &Call) -> TimelineStatus {
        match call.phase {
            CallPhase::Saved => TimelineStatus::Saved,
            CallPhase::NotSaved => TimelineStatus::NotSaved,
            CallPhase::TransferredUnanswered => TimelineStatus::TransferredUnanswered,
            _ if self.is_ghost(call) || call.abandoned => TimelineStatus::Ghost,
            CallPhase::Ended => TimelineStatus::WrapUp,
            CallPhase::Talking => TimelineStatus::Talking,
            CallPhase::Ringing => TimelineStatus::Ringing,
        }
    }

    /// The SYNC for a frame that loads now, without `host_url`, which the page fills in. While a call is open, it contains the call's
    /// engagement.
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

/// An id that is sent as a number. All ids here are far below 2^53.
pub(super) fn number_id(id: u64) -> Id {
    Id::from(id as f64)
}
