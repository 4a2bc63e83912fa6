//! The errors in scenario files.

use super::step::KEYWORDS;
use crate::crm::{NotARecordId, RecordId};

/// An error in a scenario file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scenario {name}, line {line}: {problem}")]
pub struct ScenarioError {
    /// The name of the scenario.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// The error.
    pub problem: Problem,
}

/// What is wrong in a scenario file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Invalid TOML, or an unknown field.
    #[error("{0}")]
    Syntax(String),
    /// A step without a keyword.
    #[error("a step needs one of {}", KEYWORDS.join(", "))]
    NoKeyword,
    /// A step with several keywords.
    #[error("a step has exactly one keyword; this one has {0}")]
    PageActions(String),
    /// A field that does not belong to the keyword.
    #[error("`{field}` is not allowed with `{keyword}`")]
    Stray { field: &'static str, keyword: &'static str },
    /// A field that the keyword requires.
    #[error("`{keyword}` requires `{field}`")]
    Missing { field: &'static str, keyword: &'static str },
    /// A message type that the sender does not have.
    #[error("{kind} is not a message of {who}")]
    UnknownMessage { who: &'static str, kind: String },
    /// An invalid matcher.
    #[error("{0}")]
    Matcher(String),
    /// A name that no earlier step has captured.
    #[error("no earlier step has captured `{0}`")]
    NothingCaptured(String),
    /// An unknown fault, or an invalid value.
    #[error("faults: {0}")]
    Faults(String),
    /// An invalid record id.
    #[error(transparent)]
    Record(#[from] NotARecordId),
    /// A number that is not on the record's page.
    #[error("{record} has no number {number}")]
    NoSuchNumber { record: RecordId, number: String },
    /// An invalid time limit.
    #[error("`within-seconds` must be more than 0 and at most 120")]
    Time,
    /// A scenario without steps.
    #[error("there is no [[step]]")]
    NoSteps,
}
