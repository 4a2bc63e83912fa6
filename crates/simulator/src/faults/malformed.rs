use calling_extensions::codec::{Map, Value};
use serde::{Deserialize, Serialize};

/// What a widget must bear though no HubSpot says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MalformedMessage {
    /// SYNC once more, from a host that the widget has answered.
    SecondSync,
    /// A type that nobody knows.
    UnknownType,
    /// `toString`: a type that a careless look-up takes for a handler.
    InheritedType,
    /// `null` instead of a message.
    Null,
    /// A text instead of a message.
    Text,
    /// A message without a type.
    NoType,
    /// A message without an id.
    NoMessageId,
    /// DIAL_NUMBER without anything in it.
    EmptyDialNumber,
    /// CALLER_ID_MATCH_SUCCEEDED whose matches are no list.
    MistypedMatches,
    /// A payload that is nested a thousand levels deep.
    TooDeep,
    /// A text of two million characters.
    TooLong,
}

impl MalformedMessage {
    /// All of them, in the order of the panel.
    pub const ALL: [MalformedMessage; 11] = [
        MalformedMessage::SecondSync,
        MalformedMessage::UnknownType,
        MalformedMessage::InheritedType,
        MalformedMessage::Null,
        MalformedMessage::Text,
        MalformedMessage::NoType,
        MalformedMessage::NoMessageId,
        MalformedMessage::EmptyDialNumber,
        MalformedMessage::MistypedMatches,
        MalformedMessage::TooDeep,
        MalformedMessage::TooLong,
    ];

    /// The very value that is posted, under this id. `sync` is what the widget was greeted with, for the one that repeats it.
    pub fn value(self, message_id: &str, sync: &Map) -> Value {
        let message = |kind: &str, data: Option<Value>| {
            let mut map = Map::new();
            map.set("type", kind);
            map.set("messageId", message_id);
            if let Some(data) = data {
                map.set("data", data);
            }
            Value::Map(map)
        };
        let object = |name: &str, value: Value| {
            let mut map = Map::new();
            map.set(name, value);
            Value::Map(map)
        };
        match self {
            MalformedMessage::SecondSync => {
                let mut map = Map::new();
                map.set("type", "SYNC");
                map.add_missing(sync);
                if map.get("messageId").is_none() {
                    map.set("messageId", message_id);
                }
                Value::Map(map)
            }
            MalformedMessage::UnknownType => {
                message("A_TYPE_THAT_NOBODY_KNOWS", Some(object("answer", Value::Number(42.0))))
            }
            MalformedMessage::InheritedType => message("toString", None),
            MalformedMessage::Null => Value::Null,
            MalformedMessage::Text => Value::from("not a message at all"),
            MalformedMessage::NoType => object("messageId", Value::from(message_id)),
            MalformedMessage::NoMessageId => object("type", Value::from("DIAL_NUMBER")),
            MalformedMessage::EmptyDialNumber => message("DIAL_NUMBER", None),
            MalformedMessage::MistypedMatches => {
                message("CALLER_ID_MATCH_SUCCEEDED", Some(object("callerIdMatches", Value::Number(7.0))))
            }
            MalformedMessage::TooDeep => {
                let nested = (0..1_000).fold(Value::Null, |inner, _| object("deeper", inner));
                message("SET_CALL_STATE", Some(nested))
            }
            MalformedMessage::TooLong => {
                message("SET_CALL_STATE", Some(object("text", Value::from("x".repeat(2_000_000)))))
            }
        }
    }
}
