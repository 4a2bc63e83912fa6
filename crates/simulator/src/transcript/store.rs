use super::Entry;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The maximum number of messages.
pub const MAX_ENTRIES: usize = 2_000;
/// The number of messages that are removed at once, so that a flood does not move the list for each message.
const EVICTED_AT_ONCE: usize = MAX_ENTRIES / 10;

/// The messages so far, oldest first. Each has a permanent number; the first message has 0. Beyond the maximum the oldest are removed
/// and counted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Transcript {
    /// The number of the oldest message.
    first: u64,
    /// How many were removed since the list was cleared.
    dropped: u64,
    entries: Vec<Rc<Entry>>,
}

/// Compares two states of one transcript. Messages never change, so their number is enough.
impl PartialEq for Transcript {
    fn eq(&self, other: &Self) -> bool {
        let last = |transcript: &Self| transcript.entries.last().map(Rc::as_ptr);
        (self.first, self.dropped, self.entries.len(), last(self))
            == (other.first, other.dropped, other.entries.len(), last(other))
    }
}

impl Transcript {
    /// An imported transcript, of which `dropped` earlier messages are missing.
    pub fn of(entries: Vec<Entry>, dropped: u64) -> Self {
        let skipped = entries.len().saturating_sub(MAX_ENTRIES);
        let first = dropped + skipped as u64;
        Transcript { first, dropped: first, entries: entries.into_iter().skip(skipped).map(Rc::new).collect() }
    }

    /// Adds a message and returns its number.
    pub fn add(&mut self, entry: Entry) -> u64 {
        if self.entries.len() >= MAX_ENTRIES {
            self.entries.drain(..EVICTED_AT_ONCE);
            self.first += EVICTED_AT_ONCE as u64;
            self.dropped += EVICTED_AT_ONCE as u64;
        }
        self.entries.push(Rc::new(entry));
        self.next() - 1
    }

    /// Removes all messages. Numbers continue.
    pub fn clear(&mut self) {
        self.first = self.next();
        self.dropped = 0;
        self.entries.clear();
    }

    /// The newest messages. The others count as removed.
    pub fn newest(&self, count: usize) -> Self {
        let skipped = self.entries.len().saturating_sub(count);
        let entries = self.entries.iter().skip(skipped).cloned().collect();
        Transcript { first: self.first + skipped as u64, dropped: self.dropped + skipped as u64, entries }
    }

    /// The messages with their numbers.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, &Rc<Entry>)> + ExactSizeIterator {
        let first = self.first;
        self.entries.iter().enumerate().map(move |(index, entry)| (first + index as u64, entry))
    }

    /// The messages from this number on.
    pub fn since(&self, number: u64) -> impl Iterator<Item = &Rc<Entry>> {
        self.entries.iter().skip(number.saturating_sub(self.first) as usize)
    }

    /// The number of the oldest message.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The number of the next message.
    pub fn next(&self) -> u64 {
        self.first + self.entries.len() as u64
    }

    /// How many messages were removed.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The number of messages.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no messages.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
