//! Quotes and compares values.

use calling_extensions::codec::{Map, Value};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The maximum length of a quoted value, in characters.
const QUOTED: usize = 60;

/// The value as JSON, truncated.
pub fn brief(value: &Value) -> String {
    let text = match value {
        Value::Text(text) => text.clone(),
        other => serde_json::to_string(other).unwrap_or_default(),
    };
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Whether two values are equal, regardless of the order of fields. Null equals an absent field.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Map(one), Value::Map(other)) => {
            let within =
                |a: &Map, b: &Map| a.iter().all(|(name, value)| same(value, b.get(name).unwrap_or(&Value::Null)));
            within(one, other) && within(other, one)
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        _ => one == other,
    }
}

/// A hash of a value.
pub fn fingerprint(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    digest(value, &mut hasher);
    hasher.finish()
}

fn digest(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Bool(bool) => (1_u8, bool).hash(hasher),
        Value::Number(number) => (2_u8, number.to_bits()).hash(hasher),
        Value::Text(text) => (3_u8, text).hash(hasher),
        Value::List(list) => {
            (4_u8, list.len()).hash(hasher);
            list.iter().for_each(|value| digest(value, hasher));
        }
        Value::Map(map) => {
            (5_u8, map.len()).hash(hasher);
            for (name, value) in map.iter() {
                name.hash(hasher);
                digest(value, hasher);
            }
        }
    }
}
