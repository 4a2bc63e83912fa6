use super::{Entry, RoundTrips, Transcript};
use crate::check::{Check, Finding};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// The maximum number of findings that are listed. Further ones are only counted.
pub const MAX_FINDINGS: usize = 1_000;

/// The messages with their findings and latencies. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Messages {
    /// The messages.
    pub transcript: Rc<Transcript>,
    /// The findings, in the order in which they were found. A finding can refer to a removed message.
    pub findings: Rc<Vec<Finding>>,
    /// The number of findings that are not listed.
    pub unlisted: u64,
    /// The latency of answers in milliseconds, by the number of the answer.
    pub round_trips: Rc<BTreeMap<u64, f64>>,
}

impl Messages {
    /// The number of all findings.
    pub fn count(&self) -> u64 {
        self.findings.len() as u64 + self.unlisted
    }

    /// The numbers of the messages with findings.
    pub fn numbers_with_findings(&self) -> BTreeSet<u64> {
        self.findings.iter().map(|finding| finding.entry).collect()
    }

    /// The findings of one message.
    pub fn findings_of(&self, number: u64) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.entry == number)
    }
}

/// Stores messages and checks them as they come.
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
    /// The log of saved or imported messages.
    pub fn of(transcript: Transcript) -> Self {
        let check = match transcript.first() {
            0 => Check::new(),
            first => Check::starting_at(first),
        };
        let mut log = Log { messages: Messages::default(), check, trips: RoundTrips::default() };
        for (number, entry) in transcript.iter() {
            log.look_at(number, entry);
        }
        log.messages.transcript = Rc::new(transcript);
        log
    }

    /// Adds a message.
    pub fn add(&mut self, entry: Entry) {
        let number = self.messages.transcript.next();
        self.look_at(number, &entry);
        let transcript = Rc::make_mut(&mut self.messages.transcript);
        transcript.add(entry);
        let first = transcript.first();
        if self.messages.round_trips.first_key_value().is_some_and(|(number, _)| *number < first) {
            let rest = Rc::make_mut(&mut self.messages.round_trips).split_off(&first);
            self.messages.round_trips = Rc::new(rest);
        }
    }

    /// Removes the messages and findings. The check keeps the state of the calls, which may still end.
    pub fn clear(&mut self) {
        Rc::make_mut(&mut self.messages.transcript).clear();
        let transcript = Rc::clone(&self.messages.transcript);
        self.messages = Messages { transcript, ..Messages::default() };
    }

    /// The current messages.
    pub fn messages(&self) -> Messages {
        self.messages.clone()
    }

    /// The additional findings if no more messages come.
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
