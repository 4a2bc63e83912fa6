//! One frame: SYNC, SYNC_ACK, and what may be said when.

use super::{
    Finding, Rule,
    ids::{Ids, instance, is_clock},
    values::same,
};
use calling_extensions::codec::{Id, Value};
use std::collections::{HashSet, VecDeque};

/// How long HubSpot waits for SYNC_ACK, in milliseconds.
const SYNC_TIMEOUT_MS: f64 = 30_000.0;
/// How long a widget may take from the handshake to INITIALIZED before it counts as abandoned_calls, in milliseconds.
const INITIALIZED_TIMEOUT_MS: f64 = 5_000.0;
/// In 30 s HubSpot says SYNC 300 times.
const MAX_SYNCS: usize = 400;
/// What SYNC_ACK adds to the fields of the SYNC. (`debugMode` is left out by whoever leaves the option out.)
const ADDED: [&str; 2] = ["version", "iFrameUrl"];

/// A frame with a widget in it, through all its lives.
#[derive(Debug, Default)]
pub struct Frame {
    /// SYNCs that were said: id and whole message.
    syncs: VecDeque<(String, Value)>,
    host_instances: HashSet<String>,
    answered: HashSet<String>,
    /// Since when a SYNC waits for its answer, and how many have been said meanwhile.
    waiting: Option<(f64, u32)>,
    ready_at: Option<f64>,
    initialized: bool,
    ids: Ids,
}

impl Frame {
    /// HubSpot said something.
    pub fn on_host_message(&mut self, kind: &str, message: &Value, at: f64) {
        let Some(id) = message_id(message) else { return };
        self.host_instances.insert(instance(&id).to_owned());
        if kind == "SYNC" {
            let (since, count) = self.waiting.unwrap_or((at, 0));
            self.waiting = Some((since, count + 1));
            if self.syncs.len() >= MAX_SYNCS {
                self.syncs.pop_front();
            }
            self.syncs.push_back((id, message.clone()));
        }
    }

    /// The engagement of a call that went on before this life of the frame, as HubSpot says in SYNC.
    pub fn resumed(&self) -> Option<Id> {
        let (_, sync) = self.syncs.back()?;
        sync.get("engagementId")?.read().filter(|id: &Id| !id.is_none())
    }

    /// What an id of the widget's breaks.
    pub fn check_id(&mut self, kind: &str, message: &Value, at: f64, fingerprint: u64) -> Option<Rule> {
        let Some(id) = message_id(message) else { return Some(Rule::MessageIdMissing) };
        if kind == "SYNC_ACK" {
            return None;
        }
        if self.host_instances.contains(instance(&id)) {
            return Some(Rule::MessageIdOfHost);
        }
        self.ids.is_reused(&id, at, fingerprint).then_some(Rule::MessageIdTwice)
    }

    /// The widget answers a SYNC.
    pub fn on_sync_ack(&mut self, ack: &Value, at: f64, entry: u64, from_start: bool) -> Vec<Finding> {
        let finding = |rule| Finding::new(entry, rule, "SYNC_ACK");
        let id = message_id(ack).unwrap_or_default();
        let life = instance(&id).to_owned();
        let sync = self.syncs.iter().rev().find(|(said, _)| *said == id).map(|(_, sync)| sync);
        let Some(sync) = sync else {
            let unseen = self.syncs.is_empty() && !from_start;
            self.begin(at);
            return if unseen { Vec::new() } else { vec![finding(Rule::SyncAckStray).value(id)] };
        };
        // HubSpot's own package says SYNC to a frame that loads anew with the same instance; ours takes another.
        let again = self.answered.contains(&life) && !is_clock(&life);
        if again || (self.ready_at.is_some() && self.waiting.is_none()) {
            return vec![finding(Rule::SyncAckTwice).value(id)];
        }
        let echoed = sync.as_map().into_iter().flat_map(|map| map.iter());
        let lost =
            echoed.filter(|(name, value)| *name != "type" && !same(value, ack.get(name).unwrap_or(&Value::Null)));
        let mut missing: Vec<String> = lost.map(|(name, _)| name.to_owned()).collect();
        let added = ADDED.iter().filter(|name| !matches!(ack.get(name), Some(Value::Text(text)) if !text.is_empty()));
        missing.extend(added.map(|name| (*name).to_owned()));
        self.answered.insert(life);
        self.begin(at);
        missing.into_iter().map(|field| finding(Rule::SyncAckIncomplete).field(field)).collect()
    }

    fn begin(&mut self, at: f64) {
        self.waiting = None;
        self.ready_at = Some(at);
        self.initialized = false;
    }

    /// What is wrong with saying this now.
    pub fn check_order(&mut self, kind: &str, too_early: bool, from_start: bool) -> Option<Rule> {
        let never_ready = self.ready_at.is_none() && (from_start || !self.syncs.is_empty());
        if too_early || never_ready {
            return Some(Rule::BeforeReady);
        }
        match kind {
            "INITIALIZED" => {
                self.initialized = true;
                None
            }
            // An error and a size make sense from the first moment on.
            "ERROR" | "RESIZE_WIDGET" | "SET_WIDGET_URL" => None,
            _ if self.initialized || self.ready_at.is_none() => None,
            // Once is enough.
            _ => {
                self.initialized = true;
                Some(Rule::BeforeInitialized)
            }
        }
    }

    /// What is missing if nothing more comes.
    pub fn at_end(&self, now: f64) -> Option<Rule> {
        match (self.waiting, self.ready_at) {
            // A single SYNC to a widget that has shaken hands is a question that needs no answer.
            (Some((since, count)), ready) if now - since > SYNC_TIMEOUT_MS && (ready.is_none() || count > 1) => {
                Some(Rule::SyncUnanswered)
            }
            (None, Some(ready)) if !self.initialized && now - ready > INITIALIZED_TIMEOUT_MS => {
                Some(Rule::NeverInitialized)
            }
            _ => None,
        }
    }
}

/// The id of a message: text, or a number.
pub fn message_id(message: &Value) -> Option<String> {
    let id: String = message.get("messageId")?.read()?;
    (!id.is_empty()).then_some(id)
}
