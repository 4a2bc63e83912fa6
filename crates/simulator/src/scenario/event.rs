//! What happens to a run, and what comes of it.

use super::{Failure, HubSpotAction, LocalizedText, Place, Setup, file::convert};
use crate::{
    crm::RecordId,
    faults::{Faults, MalformedMessage},
    hubspot::{AlertText, Dial, State},
    transcript::Entry,
};
use calling_extensions::codec::Value;
use serde::{Deserialize, Serialize};

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Everything was as the scenario says.
    Passed,
    /// Something was not.
    Failed(Failure),
}

/// What happens to a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Time passes, or the desk has changed.
    Tick,
    /// A message passed.
    Said(Entry),
    /// What the prompt asks for is done.
    Done,
    /// It cannot be done.
    NotDone(String),
    /// The page was loaded, with this run in its storage.
    PageLoaded,
}

/// What the page is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Reset the account, set the switches, and load the widget anew in these frames.
    SetUp(Setup),
    /// Click this number of this record.
    Dial(Dial),
    /// Set the switches.
    Faults(Faults),
    /// Say what no HubSpot says.
    MalformedMessage(MalformedMessage),
    /// Do what HubSpot or its user does.
    Do(HubSpotAction),
}

/// What HubSpot shows by now.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// The entries of all timelines.
    pub timeline: Vec<(RecordId, Value)>,
    /// The alerts.
    pub alerts: Vec<String>,
    /// How many calls stay without an end.
    pub ghost_calls: usize,
}

impl Snapshot {
    /// What is seen of the desk. An entry of a timeline is the call as [`crate::hubspot::Call`] has it.
    pub fn at(state: &State) -> Self {
        let entries = state.calls.iter().filter(|call| call.engagement.is_some()).flat_map(|call| {
            let entry: Value = convert(call).unwrap_or_default();
            call.associations.iter().map(move |record| (record.clone(), entry.clone()))
        });
        let alerts = state.alerts.iter().map(|alert| match &alert.text {
            AlertText::Widget(text) => text.clone(),
            AlertText::FrameTimedOut => "the widget does not answer".to_owned(),
            AlertText::NotPersisted => "nothing is kept over a reload".to_owned(),
            AlertText::NotDialled(number) => format!("{number} was not dialled"),
        });
        Self {
            timeline: entries.collect(),
            alerts: alerts.collect(),
            ghost_calls: state.calls.iter().filter(|call| state.is_ghost(call)).count(),
        }
    }
}

/// What somebody is to do inside the widget.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// The number of the step, so that nothing is done twice.
    pub step: usize,
    /// `log-in`, `call`, …
    pub action: String,
    /// What is typed.
    pub value: Option<String>,
    /// In which frame.
    pub place: Place,
    /// What the scenario tells the person; without it the action has a text of its own.
    pub words: Option<LocalizedText>,
}
