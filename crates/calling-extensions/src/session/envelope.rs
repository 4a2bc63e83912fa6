use super::{Ignored, Incoming};
use crate::codec::{Map, Value};

/// The types that make the handshake, and go no other way.
pub const HANDSHAKE: [&str; 4] = ["SYNC", "SYNC_ACK", "SYNC_ACK_FAILED", "READY"];

/// A message that has been opened.
pub struct Envelope {
    pub kind: String,
    pub message_id: Option<Value>,
    /// The whole of it.
    pub fields: Map,
}

impl Envelope {
    /// Reads a message and looks whether it is one.
    pub fn open(incoming: &Incoming, ids: &Ids) -> Result<Self, Ignored> {
        let Value::Map(fields) = (incoming.read)().map_err(Ignored::Unreadable)? else {
            return Err(Ignored::NotAMessage);
        };
        let kind = match fields.get("type") {
            Some(Value::Text(kind)) if !kind.is_empty() => kind.clone(),
            _ => return Err(Ignored::NotAMessage),
        };
        let message_id = match fields.get("messageId") {
            Some(id @ Value::Text(text)) if !text.is_empty() => Some(id.clone()),
            Some(id @ Value::Number(_)) => Some(id.clone()),
            _ => None,
        };
        // Only SYNC may do without.
        if message_id.is_none() && kind != "SYNC" {
            return Err(Ignored::NotAMessage);
        }
        let envelope = Envelope { kind, message_id, fields };
        if ids.made(&envelope.instance()) && envelope.kind != "SYNC_ACK" {
            return Err(Ignored::AnswersOwn);
        }
        Ok(envelope)
    }

    /// The life of the side that made the message id.
    pub fn instance(&self) -> String {
        let id: String = self.message_id.as_ref().and_then(Value::read).unwrap_or_default();
        match id.split_once('_') {
            Some((instance, _)) => instance.to_owned(),
            None => id,
        }
    }

    /// The payload, if there is one.
    pub fn data(&self) -> Option<&Value> {
        self.fields.get("data")
    }

    /// Whether it belongs to the handshake.
    pub fn is_handshake(&self) -> bool {
        HANDSHAKE.contains(&self.kind.as_str())
    }

    /// Whether it reports that something failed.
    pub fn is_failure(&self) -> bool {
        self.kind == "FAILED" || self.kind.ends_with("_FAILED")
    }
}

/// A message of this side.
pub fn message(kind: &str, message_id: &str, data: Option<Value>) -> Value {
    let mut message = Map::new();
    message.set("type", kind);
    message.set("messageId", message_id);
    if let Some(data) = data {
        message.set("data", data);
    }
    Value::Map(message)
}

/// Message ids: `<instance>_<n>`, never one twice.
pub struct Ids {
    base: String,
    instance: String,
    lives: u32,
    last: u32,
}

impl Ids {
    /// `seed` tells this page's life from every other's.
    pub fn new(seed: &str) -> Self {
        // The npm package takes every id that begins with its own instance, a number, for its own: a letter in front
        // keeps ours apart from all of them.
        let mut base = String::from("rs");
        base.extend(seed.chars().filter(char::is_ascii_alphanumeric));
        Ids { instance: base.clone(), base, lives: 0, last: 0 }
    }

    /// Begins another life: its ids have another instance.
    pub fn renew(&mut self) {
        self.lives += 1;
        self.instance = self.base.clone();
        self.instance.push('-');
        self.instance.push_str(&self.lives.to_string());
    }

    pub fn next(&mut self) -> String {
        self.last += 1;
        let mut id = self.instance.clone();
        id.push('_');
        id.push_str(&self.last.to_string());
        id
    }

    /// Whether that is the present life.
    pub fn is_present(&self, instance: &str) -> bool {
        instance == self.instance
    }

    /// Whether that is any life of this side. Compared whole: an instance that only begins alike is another's.
    pub fn made(&self, instance: &str) -> bool {
        instance.split_once('-').map_or(instance, |(base, _)| base) == self.base
    }
}
