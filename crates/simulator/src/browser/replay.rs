//! Replays a recording to a widget of this page. Meanwhile the recording answers the widget, not the simulated HubSpot.

use super::HubSpotHandle;
use crate::{
    hubspot::{Effect, FrameId},
    transcript::{Direction, Entry, Next, Plan, Replay},
};
use calling_extensions::codec::{Map, Value};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;

#[derive(Default)]
pub struct ActiveReplay(RefCell<Option<Running>>);

struct Running {
    frame: FrameId,
    replay: Replay,
    awaits: Option<String>,
    /// The timer for the next message.
    due: Option<Timeout>,
}

/// The progress of a replay.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// The number of messages that are left.
    pub left: usize,
    /// The message type that the widget has to send first.
    pub awaits: Option<String>,
}

impl HubSpotHandle {
    /// Starts a replay to a widget of this page. A running replay ends.
    pub fn replay(&self, frame: FrameId, plan: Plan, speed: f64) {
        let replay = Replay::new(plan, speed, js_sys::Date::now());
        self.0.active_replay.0.replace(Some(Running { frame, replay, awaits: None, due: None }));
        self.continue_replay();
    }

    /// Sends the next message now.
    pub fn skip_in_replay(&self) {
        if let Some(running) = &mut *self.0.active_replay.0.borrow_mut() {
            running.replay.skip();
        }
        self.continue_replay();
    }

    /// Ends the replay.
    pub fn stop_replay(&self) {
        self.0.active_replay.0.take();
        self.schedule_render();
    }

    /// The progress of the running replay.
    pub fn replay_progress(&self) -> Option<Progress> {
        let running = self.0.active_replay.0.borrow();
        running.as_ref().map(|running| Progress { left: running.replay.left(), awaits: running.awaits.clone() })
    }

    /// Whether a replay to this frame is running.
    pub fn is_replaying_to(&self, frame: &FrameId) -> bool {
        self.0.active_replay.0.borrow().as_ref().is_some_and(|running| running.frame == *frame)
    }

    fn continue_replay(&self) {
        loop {
            let Some((frame, next)) = self.next_in_replay() else { return self.schedule_render() };
            match next {
                Next::Send { kind, data } => {
                    let message = self.message(&kind, data);
                    self.perform(Effect::Post { frame, message, after: 0.0 });
                }
                Next::Wait(_) | Next::Await(_) => return self.schedule_render(),
                Next::Done => return self.stop_replay(),
            }
        }
    }

    fn message(&self, kind: &str, data: Option<Value>) -> Value {
        let mut message = Map::new();
        message.set("type", kind);
        message.set("messageId", format!("replay{:.0}_{}", js_sys::Date::now(), self.messages().transcript.next()));
        if let Some(data) = data {
            message.set("data", data);
        }
        Value::Map(message)
    }

    fn next_in_replay(&self) -> Option<(FrameId, Next)> {
        let mut running = self.0.active_replay.0.borrow_mut();
        let running = running.as_mut()?;
        let next = running.replay.next(js_sys::Date::now());
        running.awaits = None;
        running.due = None;
        match &next {
            Next::Await(kind) => running.awaits = Some(kind.clone()),
            Next::Wait(ms) => {
                let handle = self.clone();
                // A timeout cannot be longer than this.
                let ms = ms.ceil().clamp(1.0, f64::from(i32::MAX)) as u32;
                running.due = Some(Timeout::new(ms, move || handle.continue_replay()));
            }
            Next::Send { .. } | Next::Done => {}
        }
        Some((running.frame.clone(), next))
    }
}

/// Whether a replay may be waiting for this message.
pub fn concerns(handle: &HubSpotHandle, entry: &Entry) -> bool {
    entry.direction == Direction::FromWidget && handle.is_replaying_to(&entry.frame)
}

/// Passes a message to the replay, which may be waiting for it.
pub fn on_message(handle: &HubSpotHandle, entry: &Entry) {
    if let Some(running) = &mut *handle.0.active_replay.0.borrow_mut() {
        running.replay.on_message(&entry.message, entry.at);
    }
    handle.continue_replay();
}
