//! What happens to a run, and what comes of it.

use super::{Failure, HubSpotDoes, Place, Setup, Words};
use crate::{crm::RecordId, transcript::Entry, trouble::Trouble};
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
pub enum Order {
    /// Reset the account, set the switches, and load the widget anew in these frames.
    SetUp(Setup),
    /// Click this number of this record.
    Dial { record: RecordId, number: String },
    /// Set the switches.
    Trouble(Trouble),
    /// Do what HubSpot or its user does.
    Do(HubSpotDoes),
}

/// What HubSpot shows by now.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// The entries of all timelines.
    pub timeline: Vec<(RecordId, Value)>,
    /// The alerts.
    pub alerts: Vec<String>,
    /// How many calls stay without an end.
    pub ghost_calls: usize,
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
    pub words: Option<Words>,
}
