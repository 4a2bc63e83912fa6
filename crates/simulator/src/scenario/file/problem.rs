//! What can be wrong with a scenario's file.

use super::step::KEYWORDS;
use crate::crm::{NotARecordId, RecordId};

/// A file that is no scenario: which, where, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scenario {name}, line {line}: {problem}")]
pub struct ScenarioError {
    /// The name of the scenario.
    pub name: String,
    /// Where in its file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is no TOML, or has fields that no scenario has.
    #[error("{0}")]
    Syntax(String),
    /// A step without a keyword.
    #[error("a step needs one of {}", KEYWORDS.join(", "))]
    NoKeyword,
    /// A step with several verbs.
    #[error("one step, one keyword: this one has {0}")]
    PageActions(String),
    /// A field that goes with another keyword.
    #[error("`{field}` does not go with `{keyword}`")]
    Stray { field: &'static str, keyword: &'static str },
    /// A field that the keyword needs.
    #[error("`{keyword}` needs `{field}`")]
    Missing { field: &'static str, keyword: &'static str },
    /// A message that the one who should say it does not know.
    #[error("{who} says no {kind}")]
    UnknownMessage { who: &'static str, kind: String },
    /// A matcher for a field that is not understood.
    #[error("{0}")]
    Matcher(String),
    /// A name that no earlier step keeps.
    #[error("nothing is kept as `{0}` before this step")]
    NothingCaptured(String),
    /// A switch of trouble that there is not.
    #[error("faults: {0}")]
    Faults(String),
    /// A record that is not written as one.
    #[error(transparent)]
    Record(#[from] NotARecordId),
    /// A number that the record does not have: nobody could click it.
    #[error("{record} has no number {number}")]
    NoSuchNumber { record: RecordId, number: String },
    /// A time that is none.
    #[error("`within-seconds` is more than 0 and at most 120")]
    Time,
    /// No steps at all.
    #[error("there is no [[step]] in it")]
    NoSteps,
}
