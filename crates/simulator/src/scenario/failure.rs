//! Why a run failed, in words.

use super::Mismatch;
use serde::{Deserialize, Serialize};

/// Why a run failed, and at which step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Failure {
    /// Where the step stands in its file.
    pub line: usize,
    /// What was not as it should be.
    pub reason: Reason,
}

/// What was not as it should be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum Reason {
    /// A frame has not said INITIALIZED.
    #[error("the widget was not ready after {seconds} s: {ready} of {frames} frames said INITIALIZED")]
    NotReady { ready: usize, frames: usize, seconds: f64 },
    /// A message did not come.
    #[error("{who} did not say {kind} within {seconds} s{}", heard(.instead))]
    NotSent { who: Sender, kind: String, seconds: f64, instead: Vec<String> },
    /// Another message about a call came first.
    #[error("the widget said {said} where {wanted} should come")]
    SentInstead { wanted: String, said: String },
    /// A field of the message is not as expected.
    #[error("{kind}: {mismatch}")]
    Field { kind: String, mismatch: Mismatch },
    /// The page did not come back after it was reloaded.
    #[error("the page was not loaded again within {seconds} s")]
    NotReloaded { seconds: f64 },
    /// No entry of the timeline is as expected.
    #[error("the timeline of {record} has no such entry{}", and_the_nearest(.nearest))]
    NoEntry { record: String, nearest: Option<Mismatch> },
    /// HubSpot shows no such alert.
    #[error("there is no alert with {text:?} in it; shown: {shown:?}")]
    NoAlert { text: String, shown: Vec<String> },
    /// A message about a call that no step waited for.
    #[error("the widget also said {0}, which no step waits for")]
    SentBesides(String),
    /// The protocol check found other things than the scenario says.
    #[error("the protocol check found {found:?}, expected {expected:?}")]
    Findings { found: Vec<String>, expected: Vec<String> },
    /// Calls stayed without an end.
    #[error("{found} calls were never completed, expected {expected}")]
    GhostCalls { found: usize, expected: usize },
    /// What somebody should do in the widget, or the page, could not be done.
    #[error("{0}")]
    NotDone(String),
}

/// Sender should have spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sender {
    /// The one under test.
    Widget,
    /// The simulator.
    HubSpot,
}

impl std::fmt::Display for Sender {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Widget => "the widget",
            Self::HubSpot => "HubSpot",
        })
    }
}

fn heard(instead: &[String]) -> String {
    if instead.is_empty() { String::new() } else { format!(", but {}", instead.join(", ")) }
}

fn and_the_nearest(mismatch: &Option<Mismatch>) -> String {
    mismatch.as_ref().map_or_else(|| ": it is empty".to_owned(), |mismatch| format!(": {mismatch}"))
}
