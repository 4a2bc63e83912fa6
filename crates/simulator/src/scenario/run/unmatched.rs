//! What was said and no step has taken yet.

use crate::scenario::{Captures, Matcher, Reason};
use calling_extensions::codec::Value;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// More messages than these do not wait: the oldest are forgotten.
const MAX_MESSAGES: usize = 2_000;

/// The messages of one side, the oldest first: type and payload.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unmatched(VecDeque<(String, Option<Value>)>);

/// What came of looking for a message.
pub enum Match {
    /// It was there, and as expected.
    Yes,
    /// It was not there, but these were.
    No(Vec<String>),
    /// It was not as expected, or another one came first that may not be passed over.
    Other(Reason),
}

impl Unmatched {
    pub fn add(&mut self, kind: String, data: Option<Value>) {
        if self.0.len() >= MAX_MESSAGES {
            self.0.pop_front();
        }
        self.0.push_back((kind, data));
    }

    /// The type of the first message that is of one of these.
    pub fn first_of(&self, kinds: &[&str]) -> Option<&str> {
        self.0.iter().map(|(kind, _)| kind.as_str()).find(|kind| kinds.contains(kind))
    }

    /// Takes the first message of this kind, with all before it; one of the `strict` kinds ends the search.
    pub fn take(&mut self, wanted: &str, with: &Matcher, kept: &mut Captures, strict: &[&str]) -> Match {
        let Some(place) = self.0.iter().position(|(kind, _)| kind == wanted || strict.contains(&kind.as_str())) else {
            return Match::No(self.0.iter().map(|(kind, _)| kind.clone()).collect());
        };
        let Some((kind, data)) = self.0.drain(..=place).next_back() else { return Match::No(Vec::new()) };
        if kind != wanted {
            return Match::Other(Reason::SentInstead { wanted: wanted.to_owned(), said: kind });
        }
        match with.check(data.as_ref(), kept) {
            Ok(()) => Match::Yes,
            Err(mismatch) => Match::Other(Reason::Field { kind, mismatch }),
        }
    }
}
