use super::{Field, number};

/// Any value of a message, as in JSON. The order of fields is kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// `null`, `undefined`, or a value that the protocol does not have, such as a date or a buffer.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A JavaScript number.
    Number(f64),
    /// A string, or the digits of a BigInt of up to 64 bits.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// A plain object.
    Map(Map),
}

impl Value {
    /// The text, if this is a text. A number is not converted; [`Value::read`] does that.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The object, if this is an object.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The field of that name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_map()?.get(name)
    }

    /// Reads the value leniently as `T`; see [`Field`]. `None` when it cannot be read.
    pub fn read<T: Field>(&self) -> Option<T> {
        T::from_value(self)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value {
    fn from(bool: bool) -> Self {
        Value::Bool(bool)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Value::Map(map)
    }
}

/// The fields of an object in their original order. Fields are found by linear search, since the objects of the protocol are
/// small.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map(Vec<(String, Value)>);

impl Map {
    /// An object without fields.
    pub const fn new() -> Self {
        Map(Vec::new())
    }

    /// The field of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Sets the field of that name. An existing field keeps its position.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.get_mut(name) {
            Some(old) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Removes the field of that name and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(index).1)
    }

    /// Adds those fields of `other` whose names this object does not have.
    pub fn add_missing(&mut self, other: &Map) {
        for (name, value) in other.iter() {
            if self.get(name).is_none() {
                self.0.push((name.to_owned(), value.clone()));
            }
        }
    }

    /// An object of these fields. No two may have the same name.
    pub(crate) fn from_pairs(pairs: Vec<(String, Value)>) -> Self {
        Map(pairs)
    }

    /// The fields in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Value)> for Map {
    /// If a name occurs twice, the last value is used, as in JavaScript.
    fn from_iter<T: IntoIterator<Item = (String, Value)>>(fields: T) -> Self {
        let mut map = Map::new();
        for (name, value) in fields {
            match map.get_mut(&name) {
                Some(old) => *old = value,
                None => map.0.push((name, value)),
            }
        }
        map
    }
}

impl Field for Value {
    fn from_value(value: &Value) -> Option<Self> {
        (*value != Value::Null).then(|| value.clone())
    }

    fn from_owned(value: Value) -> Option<Self> {
        (value != Value::Null).then_some(value)
    }

    fn to_value(&self) -> Option<Value> {
        (*self != Value::Null).then(|| self.clone())
    }
}

impl Field for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(bool) => Some(*bool),
            Value::Number(number) => Some(*number != 0.0),
            Value::Text(text) if text == "true" || text == "1" => Some(true),
            Value::Text(text) if text == "false" || text == "0" => Some(false),
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }
}

impl Field for f64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => number::from_text(text),
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(Value::Number(*self))
    }
}

impl Field for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => number::to_text(*number),
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(Value::Text(self.clone()))
    }
}
