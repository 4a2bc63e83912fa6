//! The reasons for a failed run. [`crate::i18n`] has the texts for users.

use super::Mismatch;
use crate::i18n::ENGLISH;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The reason for a failed run, and its step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// The line of the step in its file.
    pub line: usize,
    /// The reason.
    pub reason: Reason,
}

/// The reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// A frame has not sent INITIALIZED.
    NotReady { ready: usize, frames: usize, seconds: f64 },
    /// An expected message was not sent.
    NotSent { who: Sender, kind: String, seconds: f64, instead: Vec<String> },
    /// Another message about a call was sent first.
    SentInstead { wanted: String, sent: String },
    /// A field of the message does not match.
    Field { kind: String, mismatch: Mismatch },
    /// The page did not reload.
    NotReloaded { seconds: f64 },
    /// No entry of the timeline matches.
    NoEntry { record: String, nearest: Option<Mismatch> },
    /// No alert contains the text.
    NoAlert { text: String, shown: Vec<String> },
    /// A message about a call that no step expects.
    SentBesides(String),
    /// The findings of the protocol check differ from the expected ones.
    Findings { found: Vec<String>, expected: Vec<String> },
    /// The number of ghost calls differs.
    GhostCalls { found: usize, expected: usize },
    /// An action in the widget or the page could not be performed.
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

/// The English text, for test drivers.
impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&ENGLISH.scenarios.failure(self))
    }
}
