//! Values as findings quote them.

use calling_extensions::codec::{Map, Value};
use std::hash::{DefaultHasher, Hash, Hasher};

/// So much of a value is quoted, in characters.
const QUOTED: usize = 60;

/// A value in a few words: as JSON has it, cut short.
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

/// Whether two values say the same: fields may stand in another order, and what is null may be absent.
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

/// What tells one value from another, in little room.
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
