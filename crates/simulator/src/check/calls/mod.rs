//! Checks the life cycle of calls: each starts, may be answered, ends, and is completed, once and in this order. Any frame can send
//! these messages: the navigation bar and the calling window share their calls.

mod engagement;

pub use engagement::SeenMessages;

use super::{Finding, Rule, fields::find};
use calling_extensions::codec::{Id, Value};
use engagement::PendingEngagements;
use std::collections::{HashMap, VecDeque};

/// The number of calls that are stored.
const MAX_CALLS: usize = 2_000;

/// All calls of a conversation.
#[derive(Debug, Default)]
pub struct Calls {
    calls: HashMap<String, Call>,
    /// Their names in the order in which they started.
    order: VecDeque<String>,
    pending_engagements: PendingEngagements,
    /// The number of calls without an `externalCallId`.
    unnamed: u32,
}

#[derive(Debug, Default)]
struct Call {
    started: u64,
    direction: Option<Direction>,
    answered: bool,
    transferred: bool,
    /// The entry of its end, and the end status.
    ended: Option<(u64, Option<String>)>,
    completed: bool,
    /// Its start is not in this conversation, so earlier messages are not missed.
    is_adopted: bool,
    reported: bool,
    engagement: Option<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Inbound,
    Outbound,
}

/// A message of a widget, for the check of calls.
pub struct WidgetMessage<'a> {
    pub entry: u64,
    pub at: f64,
    pub kind: &'a str,
    pub data: Option<&'a Value>,
    /// Calls can have started before this conversation.
    pub lenient: bool,
}

impl WidgetMessage<'_> {
    fn finding(&self, rule: Rule, call: &str) -> Finding {
        Finding::new(self.entry, rule, self.kind).call((!call.starts_with('\0')).then_some(call))
    }
}

impl Calls {
    /// HubSpot sent a message, which can assign an engagement.
    pub fn on_host_message(&mut self, kind: &str, data: Option<&Value>, at: f64) {
        if let Some((call, id)) = self.pending_engagements.on_host_message(kind, data, at)
            && let Some(call) = self.calls.get_mut(&call)
        {
            call.engagement = Some(id);
        }
    }

    /// Whether HubSpot created this engagement for one of them.
    pub fn has_engagement(&self, engagement: &Id) -> bool {
        self.calls.values().any(|call| call.engagement.as_ref() == Some(engagement))
    }

    /// Checks the next message.
    pub fn check(&mut self, message: &WidgetMessage) -> Vec<Finding> {
        let named: Option<String> = find(message.data, "externalCallId").and_then(Value::read);
        match message.kind {
            "OUTGOING_CALL_STARTED" => self.start(message, named, Direction::Outbound),
            "INCOMING_CALL" => self.start(message, named, Direction::Inbound),
            "CALL_ANSWERED"
            | "CALL_TRANSFERRED"
            | "CALL_ENDED"
            | "CALL_COMPLETED"
            | "FINALIZE_ENGAGEMENT"
            | "PUBLISH_TO_CHANNEL" => self.continue_call(message, named),
            _ => Vec::new(),
        }
    }

    fn start(&mut self, message: &WidgetMessage, named: Option<String>, direction: Direction) -> Vec<Finding> {
        let mut found = Vec::new();
        if direction == Direction::Outbound {
            found.extend(self.abandoned_calls());
        }
        let name = named.unwrap_or_else(|| {
            self.unnamed += 1;
            format!("\0{}", self.unnamed)
        });
        if self.calls.contains_key(&name) {
            found.push(message.finding(Rule::StartedTwice, &name));
            return found;
        }
        if find(message.data, "createEngagement") == Some(&Value::Bool(true)) {
            self.pending_engagements.expect(&name, message.at);
        }
        self.add(name, Call { started: message.entry, direction: Some(direction), ..Call::default() });
        found
    }

    fn continue_call(&mut self, message: &WidgetMessage, named: Option<String>) -> Vec<Finding> {
        let mut found = Vec::new();
        let name = named.or_else(|| self.latest()).unwrap_or_default();
        if !self.calls.contains_key(&name) {
            if !message.lenient {
                return vec![message.finding(Rule::NotStarted, &name)];
            }
            self.add(name.clone(), Call { started: message.entry, is_adopted: true, ..Call::default() });
        }
        let other = self.is_of_other(&name, message.data);
        let Some(call) = self.calls.get_mut(&name) else { return found };
        let over = call.ended.is_some() || call.completed;
        match message.kind {
            "CALL_ANSWERED" if over => found.push(message.finding(Rule::AfterEnd, &name)),
            "CALL_ANSWERED" if call.answered => found.push(message.finding(Rule::AnsweredTwice, &name)),
            "CALL_ANSWERED" => call.answered = true,
            "CALL_TRANSFERRED" if over => found.push(message.finding(Rule::AfterEnd, &name)),
            "CALL_TRANSFERRED" => call.transferred = true,
            "CALL_ENDED" if call.ended.is_some() => found.push(message.finding(Rule::EndedTwice, &name)),
            "CALL_ENDED" => {
                let status = text(message.data, "callEndStatus");
                if let Some(status) = status.filter(|status| call.contradicts_end(status)) {
                    found.push(message.finding(Rule::Contradiction, &name).field("callEndStatus").value(status));
                }
                call.ended = Some((message.entry, status.map(str::to_owned)));
            }
            "CALL_COMPLETED" if call.completed => found.push(message.finding(Rule::CompletedTwice, &name)),
            "CALL_COMPLETED" => {
                if call.ended.is_none() && !call.transferred && !call.is_adopted {
                    found.push(message.finding(Rule::CompletedBeforeEnd, &name));
                }
                found.extend(call.contradictions(message, &name));
                call.completed = true;
                self.pending_engagements.completed(&name);
            }
            _ => {}
        }
        if let Some(id) = other {
            found.push(message.finding(Rule::EngagementOfOther, &name).field("engagementId").value(id.text()));
        }
        found
    }

    /// What is missing if no more messages come.
    pub fn at_end(&self) -> Vec<Finding> {
        let calls = self.order.iter().filter_map(|name| Some((name, self.calls.get(name)?)));
        calls.filter(|(_, call)| !call.reported).filter_map(|(name, call)| call.missing(name)).collect()
    }

    /// Calls that ended and were not completed before the next call.
    fn abandoned_calls(&mut self) -> Vec<Finding> {
        let mut found = Vec::new();
        for name in &self.order {
            if let Some(call) = self.calls.get_mut(name).filter(|call| call.ended.is_some() && !call.reported)
                && let Some(finding) = call.missing(name)
            {
                call.reported = true;
                found.push(finding);
            }
        }
        found
    }

    /// The call of a message without an id: the latest that is not completed, otherwise the latest.
    fn latest(&self) -> Option<String> {
        let open = |name: &&String| self.calls.get(*name).is_some_and(|call| !call.completed);
        self.order.iter().rev().find(open).or_else(|| self.order.back()).cloned()
    }

    fn add(&mut self, name: String, call: Call) {
        if self.order.len() >= MAX_CALLS
            && let Some(oldest) = self.order.pop_front()
        {
            self.calls.remove(&oldest);
        }
        self.order.push_back(name.clone());
        self.calls.insert(name, call);
    }

    /// The engagement in a message, if it belongs to another call.
    fn is_of_other(&self, name: &str, data: Option<&Value>) -> Option<Id> {
        let id: Id = find(data, "engagementId")?.read()?;
        if id.is_none() {
            return None;
        }
        let own = self.calls.get(name)?.engagement.as_ref();
        let other = match own {
            Some(own) => *own != id,
            None => self.has_engagement(&id),
        };
        other.then_some(id)
    }
}

impl Call {
    /// What is missing if there are no more messages about it.
    fn missing(&self, name: &str) -> Option<Finding> {
        if self.completed || self.transferred {
            return None;
        }
        let (entry, rule, kind) = match &self.ended {
            Some((entry, _)) => (*entry, Rule::NeverCompleted, "CALL_ENDED"),
            None if self.is_adopted => return None,
            None if self.direction == Some(Direction::Inbound) => (self.started, Rule::NeverEnded, "INCOMING_CALL"),
            None => (self.started, Rule::NeverEnded, "OUTGOING_CALL_STARTED"),
        };
        Some(Finding::new(entry, rule, kind).call((!name.starts_with('\0')).then_some(name)))
    }

    fn contradicts_end(&self, status: &str) -> bool {
        let unanswered = ["BUSY", "NO_ANSWER", "CANCELED", "REJECTED", "MISSED"].contains(&status);
        let incoming_only = ["REJECTED", "MISSED"].contains(&status);
        (self.answered && unanswered) || (self.direction == Some(Direction::Outbound) && incoming_only)
    }

    fn contradictions(&self, message: &WidgetMessage, name: &str) -> Vec<Finding> {
        let status = text(message.data, "engagementProperties.hs_call_status");
        let ended = self.ended.as_ref().and_then(|(_, status)| status.as_deref()).map(|status| match status {
            "REJECTED" => "CANCELED",
            "MISSED" => "NO_ANSWER",
            status => status,
        });
        // Invalid statuses have their own finding.
        let is_end = |status: &str| ["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER"].contains(&status);
        let other_status =
            |status: &&str| is_end(status) && ended.is_some_and(|ended| is_end(ended) && ended != *status);
        let direction = text(message.data, "engagementProperties.hs_call_direction");
        let other_direction = |direction: &&str| match self.direction {
            Some(Direction::Inbound) => *direction == "OUTBOUND",
            Some(Direction::Outbound) => *direction == "INBOUND",
            None => false,
        };
        let status = status.filter(other_status).map(|status| ("hs_call_status", status));
        let direction = direction.filter(other_direction).map(|direction| ("hs_call_direction", direction));
        let finding = |(field, value): (&str, &str)| {
            let field = format!("engagementProperties.{field}");
            message.finding(Rule::Contradiction, name).field(field).value(value)
        };
        [status, direction].into_iter().flatten().map(finding).collect()
    }
}

fn text<'a>(data: Option<&'a Value>, path: &str) -> Option<&'a str> {
    find(data, path)?.as_text()
}
