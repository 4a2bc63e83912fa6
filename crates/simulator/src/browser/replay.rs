//! A recording that is said again to a widget of this page. The desk is silent meanwhile: HubSpot's part comes from the recording.

use super::HubSpotHandle;
use crate::{
    hubspot::{Effect, FrameId},
    transcript::{Direction, Entry, Next, Plan, Replay},
};
use calling_extensions::codec::{Map, Value};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;

#[derive(Default)]
pub struct Replaying(RefCell<Option<Running>>);

struct Running {
    frame: FrameId,
    replay: Replay,
    awaits: Option<String>,
    /// Until the next message is due.
    due: Option<Timeout>,
}

/// How far a replay is.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// How many messages are still to be said.
    pub left: usize,
    /// What the widget has to say first; the person has to make it.
    pub awaits: Option<String>,
}

impl HubSpotHandle {
    /// Says a recording again to a widget of this page, at so many times its speed. One that was under way is over.
    pub fn replay(&self, frame: FrameId, plan: Plan, speed: f64) {
        let replay = Replay::new(plan, speed, js_sys::Date::now());
        self.0.replaying.0.replace(Some(Running { frame, replay, awaits: None, due: None }));
        self.go_on();
    }

    /// Waits for nothing: the next message is said now.
    pub fn skip_in_replay(&self) {
        if let Some(running) = &mut *self.0.replaying.0.borrow_mut() {
            running.replay.skip();
        }
        self.go_on();
    }

    /// Ends the replay; the desk answers again.
    pub fn stop_replay(&self) {
        self.0.replaying.0.take();
        self.schedule_render();
    }

    /// How far the replay is; nothing when there is none.
    pub fn replay_progress(&self) -> Option<Progress> {
        let running = self.0.replaying.0.borrow();
        running.as_ref().map(|running| Progress { left: running.replay.left(), awaits: running.awaits.clone() })
    }

    /// Whether a recording is said to this frame.
    pub fn is_replaying_to(&self, frame: &FrameId) -> bool {
        self.0.replaying.0.borrow().as_ref().is_some_and(|running| running.frame == *frame)
    }

    fn go_on(&self) {
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
        let mut running = self.0.replaying.0.borrow_mut();
        let running = running.as_mut()?;
        let next = running.replay.next(js_sys::Date::now());
        running.awaits = None;
        running.due = None;
        match &next {
            Next::Await(kind) => running.awaits = Some(kind.clone()),
            Next::Wait(ms) => {
                let handle = self.clone();
                // What is more than a month away is not waited for.
                let ms = ms.ceil().clamp(1.0, f64::from(i32::MAX)) as u32;
                running.due = Some(Timeout::new(ms, move || handle.go_on()));
            }
            Next::Send { .. } | Next::Done => {}
        }
        Some((running.frame.clone(), next))
    }
}

/// Whether a replay may have waited for this message.
pub fn concerns(handle: &HubSpotHandle, entry: &Entry) -> bool {
    entry.direction == Direction::FromWidget && handle.is_replaying_to(&entry.frame)
}

/// A message has passed that the replay may have waited for.
pub fn on_message(handle: &HubSpotHandle, entry: &Entry) {
    if let Some(running) = &mut *handle.0.replaying.0.borrow_mut() {
        running.replay.on_message(&entry.message, entry.at);
    }
    handle.go_on();
}
