//! The protocol check: finds errors in the messages of a widget.
//!
//! [`Check::feed`] takes the entries of a transcript one by one and returns the findings. [`Check::at_end`] returns the findings that
//! depend on the end of the session. Only the widget is checked; HubSpot's messages provide context: SYNC, clicked numbers and
//! engagements. What HubSpot's documentation shows is never a finding, and calls from before the transcript are accepted.

mod calls;
mod dialing;
pub mod fields;
mod finding;
mod handshake;
mod ids;
mod properties;
mod rule;
#[cfg(test)]
mod tests;
mod values;

pub use finding::Finding;
pub use rule::{Rule, Severity};

use crate::{
    hubspot::FrameId,
    transcript::{Direction, Entry},
};
use calling_extensions::{
    codec::{Unreadable, Value},
    message::{GuestMessage, HostMessage, Message},
    session::Ignored,
};
use calls::{Calls, SeenMessages, WidgetMessage};
use dialing::Dialing;
use handshake::Frame;
use std::collections::BTreeMap;

/// The message types of the handshake that a widget does not send.
const HANDSHAKE: [&str; 3] = ["SYNC", "READY", "SYNC_ACK_FAILED"];

/// The check of one conversation.
#[derive(Debug, Default)]
pub struct Check {
    next: u64,
    from_start: bool,
    frames: BTreeMap<FrameId, Frame>,
    calls: Calls,
    dialing: Dialing,
    seen_messages: BTreeMap<FrameId, SeenMessages>,
}

impl Check {
    /// For a conversation that is known from its first message.
    pub fn new() -> Self {
        Check { from_start: true, ..Check::default() }
    }

    /// For a conversation whose start is not known. The next entry has this number.
    pub fn starting_at(next: u64) -> Self {
        Check { next, ..Check::default() }
    }

    /// Checks the next entry. A finding can refer to an earlier entry.
    pub fn feed(&mut self, entry: &Entry) -> Vec<Finding> {
        let number = self.next;
        self.next += 1;
        match entry.direction {
            Direction::ToWidget => {
                self.on_host_message(entry);
                Vec::new()
            }
            Direction::FromWidget => self.on_widget_message(entry, number),
        }
    }

    /// The findings if no more messages come: calls that did not end or were not completed, frames that did not answer. Findings about a
    /// frame refer to the latest entry.
    pub fn at_end(&self, now: f64) -> Vec<Finding> {
        let last = self.next.saturating_sub(1);
        let frames = self.frames.values().filter_map(|frame| frame.at_end(now));
        let frames = frames
            .map(|rule| Finding::new(last, rule, if rule == Rule::SyncUnanswered { "SYNC" } else { "INITIALIZED" }));
        self.calls.at_end().into_iter().chain(frames).collect()
    }

    fn on_host_message(&mut self, entry: &Entry) {
        // The widget did not receive a dropped message.
        if entry.ignored.is_some() {
            return;
        }
        let kind = entry.kind();
        let frame = self.frames.entry(entry.frame.clone()).or_default();
        frame.on_host_message(kind, &entry.message, entry.at);
        let seen_messages = self.seen_messages.entry(entry.frame.clone()).or_default();
        if kind == "SYNC" || !seen_messages.is_new(&entry.message) {
            return;
        }
        let data = entry.message.get("data");
        match (kind, data) {
            ("DIAL_NUMBER", Some(payload)) => self.dialing.on_host_message(payload, entry.at),
            _ => self.calls.on_host_message(kind, data, entry.at),
        }
    }

    fn on_widget_message(&mut self, entry: &Entry, number: u64) -> Vec<Finding> {
        let ignored = |why: Ignored| entry.ignored.as_deref() == Some(why.reason());
        let kind = entry.kind();
        let finding = |rule| Finding::new(number, rule, kind);
        // Messages of other windows are not the widget's.
        if ignored(Ignored::OtherWindow) || ignored(Ignored::NoSession) {
            return Vec::new();
        }
        if ignored(Ignored::OtherOrigin) {
            return vec![finding(Rule::OtherOrigin)];
        }
        if [Unreadable::TooDeep, Unreadable::TooLarge].into_iter().any(|why| ignored(Ignored::Unreadable(why))) {
            return vec![finding(Rule::Unreadable)];
        }
        if kind.is_empty() {
            return vec![finding(Rule::NotAMessage).value(values::brief(&entry.message))];
        }
        let from_start = self.from_start;
        let frame = self.frames.entry(entry.frame.clone()).or_default();
        let mut found = Vec::new();
        let print = values::fingerprint(&entry.message);
        if let Some(rule) = frame.check_id(kind, &entry.message, entry.at, print) {
            let id = handshake::message_id(&entry.message);
            found.push(Finding { value: id, ..finding(rule).field("messageId") });
        }
        if kind == "SYNC_ACK" {
            if ignored(Ignored::ForeignAddress) {
                let address = entry.message.get("iFrameUrl").map(values::brief);
                found.push(Finding { value: address, ..finding(Rule::SyncAckAddress).field("iFrameUrl") });
            } else {
                found.extend(frame.on_sync_ack(&entry.message, entry.at, number, from_start));
            }
            return found;
        }
        if HANDSHAKE.contains(&kind) {
            found.push(finding(Rule::Misplaced));
            return found;
        }
        let early = frame.check_order(kind, ignored(Ignored::BeforeHandshake), from_start);
        found.extend(early.filter(|rule| *rule == Rule::BeforeReady || is_known(kind)).map(finding));
        if !is_known(kind) {
            found.push(finding(Rule::UnknownType));
            return found;
        }
        // HubSpot can name a call that started before this conversation.
        let resumes = frame.resumed_engagement().is_some_and(|id| !self.calls.has_engagement(&id));
        let message = WidgetMessage {
            entry: number,
            at: entry.at,
            kind,
            data: entry.message.get("data").filter(|data| **data != Value::Null),
            lenient: !from_start || resumes,
        };
        found.extend(self.check_content(&entry.message, &message));
        found
    }

    fn check_content(&mut self, envelope: &Value, message: &WidgetMessage) -> Vec<Finding> {
        let WidgetMessage { entry, at, kind, data, .. } = *message;
        let finding = |rule| Finding::new(entry, rule, kind);
        if kind == "ERROR"
            && let Some(original) = not_understood(data)
        {
            let known = HostMessage::decode(original, None).is_some();
            return known.then(|| finding(Rule::TypeNotUnderstood).value(original)).into_iter().collect();
        }
        let mut found = Vec::new();
        if kind == "PUBLISH_TO_CHANNEL" {
            found.push(finding(Rule::DeprecatedType));
        }
        fields::check(kind, envelope, &mut found, entry);
        properties::check(kind, data, &mut found, entry);
        if kind == "OUTGOING_CALL_STARTED" {
            let rule = self.dialing.check(data, at, self.from_start);
            found.extend(rule.map(|rule| finding(rule).field("dialingContext")));
        }
        found.extend(self.calls.check(message));
        found
    }
}

fn is_known(kind: &str) -> bool {
    GuestMessage::KINDS.contains(&kind)
}

/// The message type that the widget reports as unknown with this ERROR.
fn not_understood(data: Option<&Value>) -> Option<&str> {
    let data = data.filter(|data| data.get("type").and_then(Value::as_text) == Some("UNKNOWN_MESSAGE_TYPE"))?;
    let original = data.get("data").and_then(|data| data.get("originalMessage"));
    Some(original.and_then(|original| original.get("type")).and_then(Value::as_text).unwrap_or_default())
}
