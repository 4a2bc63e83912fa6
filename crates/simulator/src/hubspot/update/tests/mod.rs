#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calls;
mod dialing;
mod engagements;
mod frames;
// proptest does not build for wasm.
mod faults;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod tasks;

use super::*;
use crate::{
    crm::RecordId,
    hubspot::{CallPhase, Dial},
};
use calling_extensions::message::IframeLocation;

/// A simulated HubSpot with a clock, and its effects.
struct TestHarness {
    state: State,
    now: Ms,
    /// The messages to widgets: frame, type and payload.
    sent: Vec<(String, String, Value)>,
    /// All other effects.
    effects: Vec<Effect>,
}

impl TestHarness {
    fn new() -> Self {
        TestHarness { state: State::default(), now: 1_000_000.0, sent: Vec::new(), effects: Vec::new() }
    }

    /// With the initialized frame `a` on a record.
    fn ready() -> Self {
        let mut harness = TestHarness::new();
        harness.frame("a", IframeLocation::Widget);
        harness
    }

    /// With a call with an engagement in the frame `a`.
    fn calling() -> (Self, u64) {
        let mut harness = TestHarness::ready();
        harness.receive(
            "a",
            "OUTGOING_CALL_STARTED",
            r#"{"externalCallId": "c1", "toNumber": "+16175550111", "createEngagement": true}"#,
        );
        let engagement = harness.call("c1").engagement.unwrap();
        harness.clear();
        (harness, engagement)
    }

    fn frame(&mut self, id: &str, location: IframeLocation) {
        self.dispatch(Action::FrameOpened {
            frame: frame(id),
            location,
            uses_calling_window: None,
            supports_inbound_calling: true,
        });
        self.dispatch(Action::FrameReady { frame: frame(id) });
        self.receive(id, "INITIALIZED", r#"{"isLoggedIn": true, "isAvailable": false}"#);
        self.clear();
    }

    fn dispatch(&mut self, action: Action) {
        self.now += 10.0;
        let (state, effects) = update(&self.state, self.now, action);
        self.state = state;
        for effect in effects {
            match effect {
                Effect::Post { frame, message, .. } => {
                    let text = message.get("type").and_then(Value::as_text).unwrap().to_owned();
                    self.sent.push((frame.0, text, message.get("data").cloned().unwrap_or_default()));
                }
                effect => self.effects.push(effect),
            }
        }
    }

    /// Receives a message from a widget. The payload is JSON.
    #[track_caller]
    fn receive(&mut self, id: &str, kind: &str, data: &str) {
        self.dispatch(Action::FromWidget { frame: frame(id), kind: kind.into(), data: Some(json(data)) });
    }

    fn clear(&mut self) {
        self.sent.clear();
        self.effects.clear();
    }

    /// Takes the messages since the last call, as frame and type: `a DIAL_NUMBER`.
    fn kinds(&mut self) -> Vec<String> {
        self.sent.drain(..).map(|(frame, kind, _)| format!("{frame} {kind}")).collect()
    }

    /// Takes the only message since the last call.
    #[track_caller]
    fn answer(&mut self) -> (String, Value) {
        assert_eq!(self.sent.len(), 1, "{:?}", self.sent);
        let (_, kind, data) = self.sent.remove(0);
        (kind, data)
    }

    #[track_caller]
    fn call(&self, external_call_id: &str) -> &Call {
        let mut calls = self.state.calls.iter().rev();
        calls.find(|call| call.external_call_id == external_call_id).expect("a call of that id")
    }

    /// The app's ids of the calls on a record's timeline.
    fn timeline(&self, id: &str) -> Vec<&str> {
        self.state.timeline(&record(id)).map(|call| call.external_call_id.as_str()).collect()
    }
}

fn frame(id: &str) -> FrameId {
    FrameId(id.to_owned())
}

#[track_caller]
fn record(id: &str) -> RecordId {
    id.parse().expect("a record's id")
}

#[track_caller]
fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// A click on the first number of a record, on its own page.
fn click(frame_id: Option<&str>, id: &str) -> Action {
    let callee = record(id);
    let number = crate::crm::Account::get().record(&callee).unwrap().numbers[0].clone();
    let frame = frame_id.map(frame);
    Action::Dial(Dial { frame, record: callee.clone(), callee, property: number.property, number: number.number })
}
