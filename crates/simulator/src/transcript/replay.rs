//! A recording, said again: HubSpot's part of it, to a widget that is here now.
//!
//! What the person did in the widget a replay cannot do. So each of HubSpot's messages waits for the call message of the widget that
//! came before it in the recording, then for as long as it took there.

use super::{Direction, Transcript};
use crate::hubspot::FrameId;
use calling_extensions::{
    codec::{Map, Value},
    message::{GuestMessage, Message},
};
use std::collections::{BTreeMap, VecDeque};

/// Said by HubSpot's side of the handshake, or in answer to what only the recorded widget said.
const NOT_REPLAYED: [&str; 5] = ["SYNC", "SYNC_ACK", "SYNC_ACK_FAILED", "READY", "ERROR"];

/// One message of HubSpot's that is to be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The widget must have said this first.
    pub awaits: Option<String>,
    /// So many milliseconds after that, or after the step before.
    pub delay: f64,
    /// The type.
    pub kind: String,
    /// The payload.
    pub data: Option<Value>,
}

/// What a replay is to say: of several frames in the recording, what was said to the one that heard most.
pub fn plan(transcript: &Transcript) -> Plan {
    let is_said = |entry: &super::Entry| {
        entry.direction == Direction::ToWidget && !entry.kind().is_empty() && !NOT_REPLAYED.contains(&entry.kind())
    };
    let mut heard: BTreeMap<&FrameId, usize> = BTreeMap::new();
    for (_, entry) in transcript.iter().filter(|(_, entry)| is_said(entry)) {
        *heard.entry(&entry.frame).or_default() += 1;
    }
    let Some((frame, _)) = heard.into_iter().max_by_key(|(_, count)| *count) else { return Plan::default() };
    let mut plan = Plan::default();
    let mut last: Option<f64> = None;
    let mut awaits = None;
    for (_, entry) in transcript.iter() {
        match entry.direction {
            // Calls are spoken of by whichever frame has them.
            Direction::FromWidget => {
                if let Some(call) = starts(&entry.message) {
                    plan.calls.push(call);
                }
                if is_about_calls(entry.kind()) && entry.ignored.is_none() {
                    awaits = Some(entry.kind().to_owned());
                    last = Some(entry.at);
                }
            }
            Direction::ToWidget if entry.frame == *frame && is_said(entry) => {
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

/// A recording as a replay reads it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// What is to be said, in this order.
    pub steps: Vec<Step>,
    /// The calls of the recording by the recorded widget's own ids, in the order of their beginnings.
    pub calls: Vec<String>,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Say this, and ask again.
    Send {
        /// The type.
        kind: String,
        /// The payload, with this widget's ids of the calls in the place of the recorded ones.
        data: Option<Value>,
    },
    /// Ask again after so many milliseconds.
    Wait(f64),
    /// Ask again when the widget has said something of this type: the person has to do it there.
    Await(String),
    /// All is said.
    Done,
}

/// A replay that is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    steps: VecDeque<Step>,
    recorded: Vec<String>,
    /// The calls of the widget that is here.
    calls: Vec<Value>,
    speed: f64,
    since: f64,
}

impl Replay {
    /// Begins now; at speed 2 it takes half the time.
    pub fn new(plan: Plan, speed: f64, now: f64) -> Self {
        let speed = if speed.is_finite() && speed > 0.0 { speed } else { 1.0 };
        Replay { steps: plan.steps.into(), recorded: plan.calls, calls: Vec::new(), speed, since: now }
    }

    /// The widget said something.
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

    /// The person does not want to wait: the next message is due.
    pub fn skip(&mut self) {
        if let Some(step) = self.steps.front_mut() {
            (step.awaits, step.delay) = (None, 0.0);
        }
    }

    /// How many messages are still to be said.
    pub fn left(&self) -> usize {
        self.steps.len()
    }

    /// What is to be done now.
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
        let place = recorded.and_then(|id| self.recorded.iter().position(|call| *call == id));
        if let Some(own) = place.and_then(|place| self.calls.get(place)) {
            map.set("externalCallId", own.clone());
        }
        Value::Map(map)
    }
}

/// The call that a message starts.
fn starts(message: &Value) -> Option<String> {
    let kind = message.get("type").and_then(Value::as_text)?;
    let started = matches!(kind, "OUTGOING_CALL_STARTED" | "INCOMING_CALL");
    started.then(|| message.get("data")?.get("externalCallId")?.read())?
}

/// Whether a widget says this of a call, or of what it asks for: not of who is there, nor of its looks.
fn is_about_calls(kind: &str) -> bool {
    let aside = ["INITIALIZED", "ERROR", "RESIZE_WIDGET", "SET_WIDGET_URL", "CALL_DATA"].contains(&kind);
    !aside && GuestMessage::decode(kind, None).is_some_and(|message| !message.is_presence())
}
