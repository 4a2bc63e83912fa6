use calling_extensions::codec::{Map, Value};
use serde::{Deserialize, Serialize};

/// A message that HubSpot never sends, and that a widget must ignore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MalformedMessage {
    /// A repeated SYNC of a host that the widget has already answered.
    SecondSync,
    /// An unknown type.
    UnknownType,
    /// The type `toString`, which a careless lookup in an object finds as a handler.
    InheritedType,
    /// `null`.
    Null,
    /// A string.
    Text,
    /// A message without a type.
    NoType,
    /// A message without an id.
    NoMessageId,
    /// DIAL_NUMBER without a payload.
    EmptyDialNumber,
    /// CALLER_ID_MATCH_SUCCEEDED with matches that are not a list.
    MistypedMatches,
    /// A payload with a thousand levels of nesting.
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

    /// The value to post, with this id. `sync` is the last SYNC to the widget, which [`Self::SecondSync`] repeats.
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
