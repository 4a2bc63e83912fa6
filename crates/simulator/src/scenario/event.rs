//! The input and output of a run.

use super::{Failure, HubSpotAction, LocalizedText, Place, Setup, file::convert};
use crate::{
    crm::RecordId,
    faults::{Faults, MalformedMessage},
    hubspot::{AlertText, Dial, State},
    transcript::Entry,
};
use calling_extensions::codec::Value;
use serde::{Deserialize, Serialize};

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// All steps succeeded.
    Passed,
    /// A step failed.
    Failed(Failure),
}

/// The input of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Time has passed, or the state of the simulated HubSpot has changed.
    Tick,
    /// A message was sent in either direction.
    Message(Entry),
    /// The prompted action is done.
    Done,
    /// The prompted action cannot be done.
    NotDone(String),
    /// The page was loaded and this run restored.
    PageLoaded,
}

/// The output of a run: what the page has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Reset the account, set the faults, and load the widget in these frames.
    SetUp(Setup),
    /// Click a number.
    Dial(Dial),
    /// Set the active faults.
    Faults(Faults),
    /// Send this message to every frame.
    Send { kind: String, data: Option<Value> },
    /// Send a malformed message.
    MalformedMessage(MalformedMessage),
    /// Perform an action of HubSpot or its user.
    HubSpotAction(HubSpotAction),
}

/// What HubSpot shows at one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// The entries of all timelines.
    pub timeline: Vec<(RecordId, Value)>,
    /// The alerts.
    pub alerts: Vec<String>,
    /// The number of ghost calls.
    pub ghost_calls: usize,
}

impl Snapshot {
    /// The snapshot of a state. A timeline entry has the fields of [`crate::hubspot::Call`].
    pub fn of(state: &State) -> Self {
        let entries = state.calls.iter().filter(|call| call.engagement.is_some()).flat_map(|call| {
            let entry: Value = convert(call).unwrap_or_default();
            call.associations.iter().map(move |record| (record.clone(), entry.clone()))
        });
        let alerts = state.alerts.iter().map(|alert| match &alert.text {
            AlertText::Widget(text) => text.clone(),
            AlertText::FrameTimedOut => "the widget does not respond".to_owned(),
            AlertText::InboundNotSupported => "the app does not receive calls".to_owned(),
            AlertText::NotPersisted => "the state cannot be saved".to_owned(),
            AlertText::NotDialled(number) => format!("{number} was not dialed"),
        });
        Self {
            timeline: entries.collect(),
            alerts: alerts.collect(),
            ghost_calls: state.calls.iter().filter(|call| state.is_ghost(call)).count(),
        }
    }
}

/// An action that a person or a test driver has to perform in the widget.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// The index of the step, so that it is not done twice.
    pub step: usize,
    /// The action: `log-in`, `call`, …
    pub action: String,
    /// The value to enter.
    pub value: Option<String>,
    /// The frame.
    pub place: Place,
    /// The scenario's instruction. Without it the action has a standard one.
    pub words: Option<LocalizedText>,
}
