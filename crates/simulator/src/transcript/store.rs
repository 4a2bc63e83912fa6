use super::Entry;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// How many messages are kept.
pub const MAX_ENTRIES: usize = 2_000;
/// So many go at once when there is no more room, so that a flood is not paid for with each message.
const EVICTED_AT_ONCE: usize = MAX_ENTRIES / 10;

/// The messages so far, the oldest first. Each has a number for life: the first of all is 0. When there is no more room the oldest
/// go, and it is told how many.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Transcript {
    /// The number of the first message that is kept.
    first: u64,
    /// How many have gone for want of room since it was last cleared.
    dropped: u64,
    entries: Vec<Rc<Entry>>,
}

/// Two states of one transcript: a message never changes, so its number stands for it.
impl PartialEq for Transcript {
    fn eq(&self, other: &Self) -> bool {
        let last = |transcript: &Self| transcript.entries.last().map(Rc::as_ptr);
        (self.first, self.dropped, self.entries.len(), last(self))
            == (other.first, other.dropped, other.entries.len(), last(other))
    }
}

impl Transcript {
    /// What was recorded elsewhere, after so many messages that are gone.
    pub fn of(entries: Vec<Entry>, dropped: u64) -> Self {
        let skipped = entries.len().saturating_sub(MAX_ENTRIES);
        let gone = dropped + skipped as u64;
        Transcript { first: gone, dropped: gone, entries: entries.into_iter().skip(skipped).map(Rc::new).collect() }
    }

    /// Takes the next message; gives its number.
    pub fn add(&mut self, entry: Entry) -> u64 {
        if self.entries.len() >= MAX_ENTRIES {
            self.entries.drain(..EVICTED_AT_ONCE);
            self.first += EVICTED_AT_ONCE as u64;
            self.dropped += EVICTED_AT_ONCE as u64;
        }
        self.entries.push(Rc::new(entry));
        self.next() - 1
    }

    /// Forgets all messages; numbers go on.
    pub fn clear(&mut self) {
        self.first = self.next();
        self.dropped = 0;
        self.entries.clear();
    }

    /// The newest messages; what is left out counts as gone.
    pub fn newest(&self, count: usize) -> Self {
        let skipped = self.entries.len().saturating_sub(count);
        let entries = self.entries.iter().skip(skipped).cloned().collect();
        Transcript { first: self.first + skipped as u64, dropped: self.dropped + skipped as u64, entries }
    }

    /// The messages with their numbers.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, &Rc<Entry>)> + ExactSizeIterator {
        let first = self.first;
        self.entries.iter().enumerate().map(move |(place, entry)| (first + place as u64, entry))
    }

    /// The messages from this number on.
    pub fn since(&self, number: u64) -> impl Iterator<Item = &Rc<Entry>> {
        self.entries.iter().skip(number.saturating_sub(self.first) as usize)
    }

    /// The message of this number, if it is still here.
    pub fn get(&self, number: u64) -> Option<&Rc<Entry>> {
        self.entries.get(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    /// The number of the first message that is here.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The number that the next message gets.
    pub fn next(&self) -> u64 {
        self.first + self.entries.len() as u64
    }

    /// How many have gone for want of room.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// How many are here.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is here.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
