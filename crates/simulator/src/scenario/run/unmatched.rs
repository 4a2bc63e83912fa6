//! Messages that no step has matched yet.

use crate::scenario::{Captures, Matcher, Reason};
use calling_extensions::codec::Value;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The maximum number of messages. Beyond it the oldest are removed.
const MAX_MESSAGES: usize = 2_000;

/// The messages of one side, oldest first: type and payload.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unmatched(VecDeque<(String, Option<Value>)>);

/// The result of looking for a message.
pub enum Match {
    /// A message matches.
    Found,
    /// There is no such message, only these.
    Missing(Vec<String>),
    /// The message does not match, or another one came first that must not be skipped.
    Unexpected(Reason),
}

impl Unmatched {
    pub fn add(&mut self, kind: String, data: Option<Value>) {
        if self.0.len() >= MAX_MESSAGES {
            self.0.pop_front();
        }
        self.0.push_back((kind, data));
    }

    /// The type of the first message with one of these types.
    pub fn first_of(&self, kinds: &[&str]) -> Option<&str> {
        self.0.iter().map(|(kind, _)| kind.as_str()).find(|kind| kinds.contains(kind))
    }

    /// Removes the first message of this type and all messages before it. A message of a `strict` type ends the search.
    pub fn take(&mut self, wanted: &str, with: &Matcher, captures: &mut Captures, strict: &[&str]) -> Match {
        let Some(position) = self.0.iter().position(|(kind, _)| kind == wanted || strict.contains(&kind.as_str()))
        else {
            return Match::Missing(self.0.iter().map(|(kind, _)| kind.clone()).collect());
        };
        let Some((kind, data)) = self.0.drain(..=position).next_back() else { return Match::Missing(Vec::new()) };
        if kind != wanted {
            return Match::Unexpected(Reason::SentInstead { wanted: wanted.to_owned(), sent: kind });
        }
        match with.check(data.as_ref(), captures) {
            Ok(()) => Match::Found,
            Err(mismatch) => Match::Unexpected(Reason::Field { kind, mismatch }),
        }
    }
}
