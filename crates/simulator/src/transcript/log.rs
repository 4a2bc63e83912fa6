use super::{Entry, RoundTrips, Transcript};
use crate::check::{Check, Finding};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// No more findings are listed; further ones are counted.
pub const MAX_FINDINGS: usize = 1_000;

/// The messages with all that is known of them. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Messages {
    /// The messages themselves.
    pub transcript: Rc<Transcript>,
    /// What is wrong, in the order in which it was found. A finding may be about a message that is gone.
    pub findings: Rc<Vec<Finding>>,
    /// How many further findings there are.
    pub unlisted: u64,
    /// How many milliseconds an answer took, by the answer's number.
    pub round_trips: Rc<BTreeMap<u64, f64>>,
}

impl Messages {
    /// How many findings there are.
    pub fn count(&self) -> u64 {
        self.findings.len() as u64 + self.unlisted
    }

    /// The numbers of the messages that something is wrong with.
    pub fn faulty(&self) -> BTreeSet<u64> {
        self.findings.iter().map(|finding| finding.entry).collect()
    }

    /// What was found in one message.
    pub fn findings_of(&self, number: u64) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.entry == number)
    }
}

/// Keeps the messages, and has them checked as they come.
#[derive(Debug)]
pub struct Log {
    messages: Messages,
    check: Check,
    trips: RoundTrips,
}

impl Default for Log {
    fn default() -> Self {
        Log { messages: Messages::default(), check: Check::new(), trips: RoundTrips::default() }
    }
}

impl Log {
    /// Messages that were kept or recorded elsewhere.
    pub fn of(transcript: Transcript) -> Self {
        let check = match transcript.first() {
            0 => Check::new(),
            first => Check::from_the_middle(first),
        };
        let mut log = Log { messages: Messages::default(), check, trips: RoundTrips::default() };
        for (number, entry) in transcript.iter() {
            log.look_at(number, entry);
        }
        log.messages.transcript = Rc::new(transcript);
        log
    }

    /// Takes the next message.
    pub fn add(&mut self, entry: Entry) {
        let number = self.messages.transcript.next();
        self.look_at(number, &entry);
        let transcript = Rc::make_mut(&mut self.messages.transcript);
        transcript.add(entry);
        let first = transcript.first();
        if self.messages.round_trips.first_key_value().is_some_and(|(number, _)| *number < first) {
            let kept = Rc::make_mut(&mut self.messages.round_trips).split_off(&first);
            self.messages.round_trips = Rc::new(kept);
        }
    }

    /// Forgets the messages and what was found in them. What is known of the calls stays, so that their ends are understood.
    pub fn clear(&mut self) {
        Rc::make_mut(&mut self.messages.transcript).clear();
        let transcript = Rc::clone(&self.messages.transcript);
        self.messages = Messages { transcript, ..Messages::default() };
    }

    /// How things are.
    pub fn messages(&self) -> Messages {
        self.messages.clone()
    }

    /// What would be wrong besides if nothing more came.
    pub fn at_end(&self, now: f64) -> Vec<Finding> {
        self.check.at_end(now)
    }

    fn look_at(&mut self, number: u64, entry: &Entry) {
        if let Some(took) = self.trips.feed(entry) {
            Rc::make_mut(&mut self.messages.round_trips).insert(number, took);
        }
        for finding in self.check.feed(entry) {
            if self.messages.findings.len() < MAX_FINDINGS {
                Rc::make_mut(&mut self.messages.findings).push(finding);
            } else {
                self.messages.unlisted += 1;
            }
        }
    }
}
