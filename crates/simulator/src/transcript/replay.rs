//! Replays HubSpot's messages of a recording to a widget.
//!
//! A replay cannot perform the user's actions in the widget. Each of HubSpot's messages therefore waits for the widget's message about
//! calls that preceded it in the recording, and then for the recorded time.

use super::{Direction, Transcript};
use crate::hubspot::FrameId;
use calling_extensions::{
    codec::{Map, Value},
    message::{GuestMessage, Message},
};
use std::collections::{BTreeMap, VecDeque};

/// Messages of the handshake, and answers that depend on the recorded widget.
const NOT_REPLAYED: [&str; 5] = ["SYNC", "SYNC_ACK", "SYNC_ACK_FAILED", "READY", "ERROR"];

/// A message to send.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The message type that the widget must send first.
    pub awaits: Option<String>,
    /// The delay after that message, or after the previous step, in milliseconds.
    pub delay: f64,
    /// The type.
    pub kind: String,
    /// The payload.
    pub data: Option<Value>,
}

/// The plan for a recording. If it has several frames, the one that received most messages is replayed.
pub fn plan(transcript: &Transcript) -> Plan {
    let is_replayed = |entry: &super::Entry| {
        entry.direction == Direction::ToWidget && !entry.kind().is_empty() && !NOT_REPLAYED.contains(&entry.kind())
    };
    let mut counts: BTreeMap<&FrameId, usize> = BTreeMap::new();
    for (_, entry) in transcript.iter().filter(|(_, entry)| is_replayed(entry)) {
        *counts.entry(&entry.frame).or_default() += 1;
    }
    let Some((frame, _)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return Plan::default() };
    let mut plan = Plan::default();
    let mut last: Option<f64> = None;
    let mut awaits = None;
    for (_, entry) in transcript.iter() {
        match entry.direction {
            // Any frame can send messages about calls.
            Direction::FromWidget => {
                if let Some(call) = starts(&entry.message) {
                    plan.calls.push(call);
                }
                if is_about_calls(entry.kind()) && entry.ignored.is_none() {
                    awaits = Some(entry.kind().to_owned());
                    last = Some(entry.at);
                }
            }
            Direction::ToWidget if entry.frame == *frame && is_replayed(entry) => {
                plan.steps.push(Step {
                    awaits: awaits.take(),
                    delay: last.map_or(0.0, |last| (entry.at - last).max(0.0)),
                    kind: entry.kind().to_owned(),
                    data: entry.message.get("data").cloned(),
                });
                last = Some(entry.at);
            }
            Direction::ToWidget => {}
        }
    }
    plan
}

/// The plan of a replay.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The messages to send, in this order.
    pub steps: Vec<Step>,
    /// The recorded widget's ids of the calls, in the order in which they started.
    pub calls: Vec<String>,
}

/// The next action of a replay.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Send this message, then ask again.
    Send {
        /// The type.
        kind: String,
        /// The payload, with the current widget's call ids instead of the recorded ones.
        data: Option<Value>,
    },
    /// Ask again after this time, in milliseconds.
    Wait(f64),
    /// Ask again when the widget has sent a message of this type, which takes an action of the user.
    Await(String),
    /// The replay is complete.
    Done,
}

/// A running replay.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    steps: VecDeque<Step>,
    recorded: Vec<String>,
    /// The call ids of the current widget.
    calls: Vec<Value>,
    speed: f64,
    since: f64,
}

impl Replay {
    /// Starts a replay. At speed 2 it takes half the time.
    pub fn new(plan: Plan, speed: f64, now: f64) -> Self {
        let speed = if speed.is_finite() && speed > 0.0 { speed } else { 1.0 };
        Replay { steps: plan.steps.into(), recorded: plan.calls, calls: Vec::new(), speed, since: now }
    }

    /// The widget sent a message.
    pub fn on_message(&mut self, message: &Value, now: f64) {
        if starts(message).is_some()
            && let Some(id) = message.get("data").and_then(|data| data.get("externalCallId"))
        {
            self.calls.push(id.clone());
        }
        let kind = message.get("type").and_then(Value::as_text);
        if let Some(step) = self.steps.front_mut().filter(|step| step.awaits.as_deref() == kind && kind.is_some()) {
            step.awaits = None;
            self.since = now;
        }
    }

    /// Skips the wait for the next message.
    pub fn skip(&mut self) {
        if let Some(step) = self.steps.front_mut() {
            (step.awaits, step.delay) = (None, 0.0);
        }
    }

    /// The number of messages that are left.
    pub fn left(&self) -> usize {
        self.steps.len()
    }

    /// The next action.
    pub fn next(&mut self, now: f64) -> Next {
        let Some(step) = self.steps.front() else { return Next::Done };
        if let Some(kind) = &step.awaits {
            return Next::Await(kind.clone());
        }
        let left = step.delay / self.speed - (now - self.since);
        if left > 0.0 {
            return Next::Wait(left);
        }
        self.since = now;
        match self.steps.pop_front() {
            Some(step) => Next::Send { kind: step.kind, data: step.data.map(|data| self.with_own_calls(&data)) },
            None => Next::Done,
        }
    }

    fn with_own_calls(&self, data: &Value) -> Value {
        let Value::Map(map) = data else { return data.clone() };
        let mut map: Map = map.clone();
        let recorded: Option<String> = map.get("externalCallId").and_then(Value::read);
        let position = recorded.and_then(|id| self.recorded.iter().position(|call| *call == id));
        if let Some(own) = position.and_then(|position| self.calls.get(position)) {
            map.set("externalCallId", own.clone());
        }
        Value::Map(map)
    }
}

/// The id of the call that a message starts.
fn starts(message: &Value) -> Option<String> {
    let kind = message.get("type").and_then(Value::as_text)?;
    let started = matches!(kind, "OUTGOING_CALL_STARTED" | "INCOMING_CALL");
    started.then(|| message.get("data")?.get("externalCallId")?.read())?
}

/// Whether this is a message about calls or a request, not about presence or the size of the frame.
fn is_about_calls(kind: &str) -> bool {
    let aside = ["INITIALIZED", "ERROR", "RESIZE_WIDGET", "SET_WIDGET_URL", "CALL_DATA"].contains(&kind);
    !aside && GuestMessage::decode(kind, None).is_some_and(|message| !message.is_presence())
}
