//! What the widget has sent about each call, and what the user has typed.

use calling_extensions::codec::Value;
use calling_extensions::message::{GuestMessage, Message};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

#[derive(Default)]
pub struct Ledger {
    calls: BTreeMap<String, Entry>,
    engagements: BTreeMap<String, String>,
    /// Notes that could not be saved, as they were shown to the user.
    shown: BTreeSet<String>,
}

#[derive(Default, Debug)]
struct Entry {
    sent: Vec<&'static str>,
    typed: String,
    /// The number of the other side, as it was sent first.
    number: String,
    saved: Option<Saved>,
}

#[derive(Debug)]
struct Saved {
    notes: Option<String>,
    engagement: Option<String>,
    numbers: [Option<String>; 2],
}

impl Ledger {
    /// How many calls have begun.
    pub fn started(&self) -> u64 {
        self.calls.len() as u64
    }

    /// The widget has posted a message.
    pub fn posted(&mut self, kind: &str, data: Option<&Value>) {
        let Some(message) = GuestMessage::decode(kind, data) else { return };
        let kind = message.kind();
        let (call, number, saved) = match message {
            GuestMessage::OutgoingCall(call) => (call.external_call_id, call.to_number, None),
            GuestMessage::IncomingCall(call) => (call.external_call_id, Some(call.from_number), None),
            GuestMessage::CallAnswered(call) | GuestMessage::CallTransferred(call) => {
                (call.external_call_id, None, None)
            }
            GuestMessage::CallEnded(call) => (call.external_call_id, None, None),
            GuestMessage::CallCompleted(call) => {
                let properties = call.engagement_properties.unwrap_or_default();
                let saved = Saved {
                    notes: properties.hs_call_body,
                    engagement: call.engagement_id.map(|id| id.text()),
                    numbers: [properties.hs_call_from_number, properties.hs_call_to_number],
                };
                (call.external_call_id, None, Some(saved))
            }
            _ => return,
        };
        let entry = self.calls.entry(call).or_default();
        entry.sent.push(kind);
        entry.number = number.unwrap_or(std::mem::take(&mut entry.number));
        entry.saved = saved.or(entry.saved.take());
    }

    /// The user has written this.
    pub fn typed(&mut self, call: &str, notes: &str) {
        self.calls.entry(call.to_owned()).or_default().typed = notes.to_owned();
    }

    /// The user was told that these notes were not saved.
    pub fn shown(&mut self, notes: &str) {
        self.shown.insert(notes.to_owned());
    }

    /// The id of a new engagement that HubSpot creates for a call; the same one when it is asked again.
    pub fn engagement_of(&mut self, call: &str) -> u32 {
        let next = self.engagements.len() as u32 + 1;
        let id = self.engagements.entry(call.to_owned()).or_insert(next.to_string());
        id.parse().unwrap_or(next)
    }

    /// HubSpot has created an engagement with this id for a call.
    pub fn engagement_created(&mut self, call: &str, id: &str) {
        self.engagements.insert(call.to_owned(), id.to_owned());
    }

    pub fn completed_without_engagement(&self) -> usize {
        self.saved().filter(|saved| saved.engagement.is_none()).count()
    }

    fn saved(&self) -> impl Iterator<Item = &Saved> {
        self.calls.values().filter_map(|entry| entry.saved.as_ref())
    }

    /// Every call has begun once, and is completed once with its own data, or was transferred before anyone answered.
    pub fn check(&self) {
        for (call, entry) in &self.calls {
            let count = |kind| entry.sent.iter().filter(|sent| **sent == kind).count();
            let why = format!("{call}: {entry:?}");
            assert_eq!(count("OUTGOING_CALL_STARTED") + count("INCOMING_CALL"), 1, "{why}");
            assert!(count("CALL_ANSWERED") <= 1 && count("CALL_TRANSFERRED") <= 1, "{why}");
            assert_eq!(count("CALL_ENDED"), count("CALL_COMPLETED"), "{why}");
            match &entry.saved {
                None => assert_eq!(count("CALL_TRANSFERRED"), 1, "neither saved nor transferred: {why}"),
                Some(saved) => {
                    assert_eq!(count("CALL_COMPLETED"), 1, "{why}");
                    let is_saved = saved.notes.as_ref() == Some(&entry.typed);
                    assert!(is_saved || self.shown.contains(&entry.typed), "{why}");
                    assert!(saved.numbers.contains(&Some(entry.number.clone())), "{why}");
                    let own = self.engagements.get(call);
                    assert!(
                        saved.engagement.is_none() || saved.engagement.as_ref() == own,
                        "{why}, its own is {own:?}"
                    );
                }
            }
        }
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (saved, without) = (self.saved().count(), self.completed_without_engagement());
        let transferred = self.calls.len() - saved;
        write!(
            f,
            "{} calls: {saved} saved, {without} of them without an engagement, {transferred} transferred",
            self.calls.len()
        )
    }
}
