use super::{Ignored, Incoming};
use crate::codec::{Map, Value};

/// The types that belong to the handshake. A program cannot send them, and they are never raised as messages.
pub const HANDSHAKE: [&str; 4] = ["SYNC", "SYNC_ACK", "SYNC_ACK_FAILED", "READY"];

/// A received message whose `type` and `messageId` have been read.
pub struct Envelope {
    pub kind: String,
    /// Absent only in a SYNC.
    pub message_id: Option<String>,
    /// The whole message.
    pub fields: Map,
}

impl Envelope {
    /// Reads a message.
    ///
    /// # Errors
    /// [`Ignored`] when it is not a message of the protocol, or has an id that this side created.
    pub fn read(incoming: &Incoming, ids: &Ids) -> Result<Self, Ignored> {
        let Value::Map(fields) = (incoming.read)().map_err(Ignored::Unreadable)? else {
            return Err(Ignored::NotAMessage);
        };
        let kind = match fields.get("type") {
            Some(Value::Text(kind)) if !kind.is_empty() => kind.clone(),
            _ => return Err(Ignored::NotAMessage),
        };
        let message_id = match fields.get("messageId") {
            Some(Value::Text(id)) if !id.is_empty() => Some(id.clone()),
            Some(id @ Value::Number(_)) => Some(id.read().unwrap_or_default()),
            _ => None,
        };
        if message_id.is_none() && kind != "SYNC" {
            return Err(Ignored::NotAMessage);
        }
        let envelope = Envelope { kind, message_id, fields };
        if ids.is_own(envelope.instance()) && envelope.kind != "SYNC_ACK" {
            return Err(Ignored::AnswersOwn);
        }
        Ok(envelope)
    }

    /// The instance that created the message id: the part before `_`.
    pub fn instance(&self) -> &str {
        let id = self.message_id.as_deref().unwrap_or_default();
        // By bytes: in a flood of messages the search of `str` takes a visible part of the time.
        id.bytes().position(|byte| byte == b'_').and_then(|end| id.get(..end)).unwrap_or(id)
    }

    /// The payload, if there is one.
    pub fn data(&self) -> Option<&Value> {
        self.fields.get("data")
    }

    /// Whether the type belongs to the handshake.
    pub fn is_handshake(&self) -> bool {
        HANDSHAKE.contains(&self.kind.as_str())
    }

    /// Whether the type reports a failure.
    #[cfg(feature = "guest")]
    pub fn is_failure(&self) -> bool {
        self.kind == "FAILED" || self.kind.ends_with("_FAILED")
    }
}

/// Creates a message.
pub fn message(kind: &str, message_id: &str, data: Option<Value>) -> Value {
    let mut message = Map::new();
    message.set("type", kind);
    message.set("messageId", message_id);
    if let Some(data) = data {
        message.set("data", data);
    }
    Value::Map(message)
}

/// Creates message ids, `<instance>_<number>`. An id is never used twice.
#[derive(Debug)]
pub struct Ids {
    /// What all instances of this session begin with.
    base: String,
    instance: String,
    #[cfg(feature = "host")]
    instances: u32,
    last: u32,
}

impl Ids {
    /// `seed` must differ between any two pages.
    pub fn new(seed: &str) -> Self {
        // The npm package treats every id that begins with its own instance, a number, as its own. The letters at the beginning
        // keep these ids different from any of those.
        let mut base = String::from("rs");
        base.extend(seed.chars().filter(char::is_ascii_alphanumeric));
        Ids {
            instance: base.clone(),
            base,
            #[cfg(feature = "host")]
            instances: 0,
            last: 0,
        }
    }

    pub fn next(&mut self) -> String {
        self.last += 1;
        let mut id = self.instance.clone();
        id.push('_');
        id.push_str(&self.last.to_string());
        id
    }

    /// Whether this is any instance of this session. A common prefix is not enough.
    pub fn is_own(&self, instance: &str) -> bool {
        instance.strip_prefix(&self.base).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

/// A guest has one instance for as long as its page exists.
#[cfg(feature = "host")]
impl Ids {
    /// Starts a new instance, which the other side takes for a new session.
    pub fn start_instance(&mut self) {
        self.instances += 1;
        self.instance = self.base.clone();
        self.instance.push('-');
        self.instance.push_str(&self.instances.to_string());
    }

    /// Whether this is the current instance.
    pub fn is_current(&self, instance: &str) -> bool {
        instance == self.instance
    }
}
