//! Serialization of [`Value`], [`Map`], [`Id`] and of the messages, for programs that store state or exchange it between
//! frames. The format must describe itself (JSON does), since a [`Value`] can be anything.

use super::{Field, Id, Map, Value, number};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// 2^53 - 1: up to here JavaScript's numbers are exact.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(bool) => serializer.serialize_bool(*bool),
            // 5 instead of 5.0, so that ids look the same in JSON as in a message. Serializers for JavaScript reject larger integers.
            Value::Number(number) => match number::to_text(*number) {
                Some(_) if number.abs() < MAX_SAFE_INTEGER => serializer.serialize_i64(*number as i64),
                _ => serializer.serialize_f64(*number),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(list) => serializer.collect_seq(list),
            Value::Map(map) => map.serialize(serializer),
        }
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self.iter() {
            fields.serialize_entry(name, value)?;
        }
        fields.end()
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

impl<'de> Deserialize<'de> for Map {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Map(map) => Ok(map),
            _ => Err(de::Error::custom("expected an object")),
        }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Id::from_value(&value).ok_or_else(|| de::Error::custom("expected an id: a number or a text"))
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Value, E> {
        Ok(Value::Bool(bool))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let entries = std::iter::from_fn(|| fields.next_entry::<String, Value>().transpose());
        Ok(Value::Map(entries.collect::<Result<_, _>>()?))
    }
}

/// The field in which [`put_whole`] stores the original payload. No known host sends a field of this name.
const WHOLE: &str = "$context";

/// Conversion to and from the form that serde stores: the message as it is sent, and in addition what is not sent.
pub trait Stored: Sized {
    /// Converts to the stored form.
    fn to_stored(&self) -> Value;

    /// Reads the stored form. `None` when the value cannot be read as this type.
    fn from_stored(value: Value) -> Option<Self>;
}

impl Stored for Value {
    fn to_stored(&self) -> Value {
        self.clone()
    }

    fn from_stored(value: Value) -> Option<Self> {
        Some(value)
    }
}

/// Stores a field that contains the original payload; its name in the protocol is empty. Other fields are not changed. The original
/// cannot be restored from the other fields, since their spelling and order may differ.
pub fn put_whole<T: Field>(map: &mut Map, name: &str, field: &T) {
    if name.is_empty() {
        map.set(WHOLE, field.to_value().unwrap_or_default());
    }
}

/// Removes what [`put_whole`] stored and returns it. `None` for any other field, and for a payload that was not stored by it.
pub fn take_whole<T: Field + Default>(value: &mut Value, name: &str) -> Option<T> {
    match value {
        Value::Map(map) if name.is_empty() => map.remove(WHOLE).map(|whole| whole.read().unwrap_or_default()),
        _ => None,
    }
}

/// Writes a message as `{"type": …, "data": …}`.
pub fn serialize_message<S: Serializer>(serializer: S, kind: &str, data: Option<Value>) -> Result<S::Ok, S::Error> {
    let data = data.map(|data| ("data".to_owned(), data));
    Map::from_iter([("type".to_owned(), kind.into())].into_iter().chain(data)).serialize(serializer)
}

/// Reads what [`serialize_message`] writes: the type and the payload. Fields beside them are ignored.
pub fn deserialize_message<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(String, Option<Value>), D::Error> {
    let mut message = Map::deserialize(deserializer)?;
    let Some(Value::Text(kind)) = message.remove("type") else { return Err(de::Error::missing_field("type")) };
    Ok((kind, message.remove("data")))
}
