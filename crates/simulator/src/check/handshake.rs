//! Checks the handshake of a frame, and the order of its first messages.

use super::{
    Finding, Rule,
    ids::{Ids, instance, is_clock},
    values::same,
};
use calling_extensions::codec::{Id, Value};
use std::collections::{HashSet, VecDeque};

/// How long HubSpot waits for SYNC_ACK, in milliseconds.
const SYNC_TIMEOUT_MS: f64 = 30_000.0;
/// How long a widget may take from the handshake to INITIALIZED, in milliseconds.
const INITIALIZED_TIMEOUT_MS: f64 = 5_000.0;
/// The number of SYNCs that are stored. HubSpot sends 300 of them in 30 s.
const MAX_SYNCS: usize = 400;
/// The fields that SYNC_ACK adds to those of SYNC. `debugMode` is missing if the app does not set that option.
const ADDED: [&str; 2] = ["version", "iFrameUrl"];

/// A frame with a widget, through all its reloads.
#[derive(Debug, Default)]
pub struct Frame {
    /// The SYNCs that were sent: id and whole message.
    syncs: VecDeque<(String, Value)>,
    host_instances: HashSet<String>,
    answered: HashSet<String>,
    /// Since when a SYNC has been waiting for its answer, and how many were sent since then.
    waiting: Option<(f64, u32)>,
    ready_at: Option<f64>,
    initialized: bool,
    ids: Ids,
}

impl Frame {
    /// HubSpot sent a message.
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

    /// The engagement in the last SYNC: a call that was active before the frame was reloaded.
    pub fn resumed_engagement(&self) -> Option<Id> {
        let (_, sync) = self.syncs.back()?;
        sync.get("engagementId")?.read().filter(|id: &Id| !id.is_none())
    }

    /// Checks the id of a message from the widget.
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

    /// The widget answered a SYNC.
    pub fn on_sync_ack(&mut self, ack: &Value, at: f64, entry: u64, from_start: bool) -> Vec<Finding> {
        let finding = |rule| Finding::new(entry, rule, "SYNC_ACK");
        let id = message_id(ack).unwrap_or_default();
        let instance_id = instance(&id).to_owned();
        let sync = self.syncs.iter().rev().find(|(sent, _)| *sent == id).map(|(_, sync)| sync);
        let Some(sync) = sync else {
            let is_unknown = self.syncs.is_empty() && !from_start;
            self.begin(at);
            return if is_unknown { Vec::new() } else { vec![finding(Rule::SyncAckStray).value(id)] };
        };
        // The npm package sends SYNC to a reloaded frame with the same instance, ours with a new one.
        let again = self.answered.contains(&instance_id) && !is_clock(&instance_id);
        if again || (self.ready_at.is_some() && self.waiting.is_none()) {
            return vec![finding(Rule::SyncAckTwice).value(id)];
        }
        let echoed = sync.as_map().into_iter().flat_map(|map| map.iter());
        let lost =
            echoed.filter(|(name, value)| *name != "type" && !same(value, ack.get(name).unwrap_or(&Value::Null)));
        let mut missing: Vec<String> = lost.map(|(name, _)| name.to_owned()).collect();
        let added = ADDED.iter().filter(|name| !matches!(ack.get(name), Some(Value::Text(text)) if !text.is_empty()));
        missing.extend(added.map(|name| (*name).to_owned()));
        self.answered.insert(instance_id);
        self.begin(at);
        missing.into_iter().map(|field| finding(Rule::SyncAckIncomplete).field(field)).collect()
    }

    fn begin(&mut self, at: f64) {
        self.waiting = None;
        self.ready_at = Some(at);
        self.initialized = false;
    }

    /// Checks whether this message may be sent now.
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
            // These are allowed before INITIALIZED.
            "ERROR" | "RESIZE_WIDGET" | "SET_WIDGET_URL" => None,
            _ if self.initialized || self.ready_at.is_none() => None,
            // Report this only once.
            _ => {
                self.initialized = true;
                Some(Rule::BeforeInitialized)
            }
        }
    }

    /// What is missing if no more messages come.
    pub fn at_end(&self, now: f64) -> Option<Rule> {
        match (self.waiting, self.ready_at) {
            // A single SYNC after the handshake needs no answer.
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

/// The id of a message, which is a text or a number.
pub fn message_id(message: &Value) -> Option<String> {
    let id: String = message.get("messageId")?.read()?;
    (!id.is_empty()).then_some(id)
}
