//! The reasons for a failed run.

use super::Mismatch;
use serde::{Deserialize, Serialize};

/// The reason for a failed run, and its step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Failure {
    /// The line of the step in its file.
    pub line: usize,
    /// The reason.
    pub reason: Reason,
}

/// The reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum Reason {
    /// A frame has not sent INITIALIZED.
    #[error("the widget was not ready after {seconds} s: {ready} of {frames} frames sent INITIALIZED")]
    NotReady { ready: usize, frames: usize, seconds: f64 },
    /// An expected message was not sent.
    #[error("{who} did not send {kind} within {seconds} s{}", sent_instead(.instead))]
    NotSent { who: Sender, kind: String, seconds: f64, instead: Vec<String> },
    /// Another message about a call was sent first.
    #[error("the widget sent {sent} instead of {wanted}")]
    SentInstead { wanted: String, sent: String },
    /// A field of the message does not match.
    #[error("{kind}: {mismatch}")]
    Field { kind: String, mismatch: Mismatch },
    /// The page did not reload.
    #[error("the page did not reload within {seconds} s")]
    NotReloaded { seconds: f64 },
    /// No entry of the timeline matches.
    #[error("the timeline of {record} has no such entry{}", nearest_mismatch(.nearest))]
    NoEntry { record: String, nearest: Option<Mismatch> },
    /// No alert contains the text.
    #[error("no alert contains {text:?}; shown: {shown:?}")]
    NoAlert { text: String, shown: Vec<String> },
    /// A message about a call that no step expects.
    #[error("the widget also sent {0}, which no step expects")]
    SentBesides(String),
    /// The findings of the protocol check differ from the expected ones.
    #[error("the protocol check found {found:?}, expected {expected:?}")]
    Findings { found: Vec<String>, expected: Vec<String> },
    /// The number of ghost calls differs.
    #[error("{found} calls were never completed, expected {expected}")]
    GhostCalls { found: usize, expected: usize },
    /// An action in the widget or the page could not be performed.
    #[error("{0}")]
    NotDone(String),
}

/// The sender of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sender {
    /// The widget under test.
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

fn sent_instead(instead: &[String]) -> String {
    if instead.is_empty() { String::new() } else { format!(", but {}", instead.join(", ")) }
}

fn nearest_mismatch(mismatch: &Option<Mismatch>) -> String {
    mismatch.as_ref().map_or_else(|| ": it is empty".to_owned(), |mismatch| format!(": {mismatch}"))
}
