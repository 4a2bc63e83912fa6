use super::{Field, Value, number};

/// An id that HubSpot assigned: of an account, a user, an owner, an engagement or a record.
///
/// HubSpot sends ids as numbers or as text, with leading zeros or greater than 2^53. An id is sent back in the form in which it was
/// received. Ids are compared by value:
///
/// ```
/// use calling_extensions::codec::Id;
/// assert_eq!(Id::from("00123"), Id::from(123.0));
/// ```
#[derive(Debug, Clone)]
pub enum Id {
    /// Received as a number.
    Number(f64),
    /// Received as text.
    Text(String),
}

impl Id {
    /// The id as text, with the leading zeros that it was received with.
    pub fn text(&self) -> String {
        match self {
            Id::Number(number) => number::to_text(*number).unwrap_or_default(),
            Id::Text(text) => text.clone(),
        }
    }

    /// Whether this means that there is no id: HubSpot then sends 0 or an empty text.
    pub fn is_none(&self) -> bool {
        self.text().bytes().all(|byte| byte == b'0')
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        significant(&self.text()) == significant(&other.text())
    }
}

impl Eq for Id {}

/// The text without leading zeros if it consists of digits, otherwise unchanged.
fn significant(text: &str) -> &str {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.trim_start_matches('0') } else { text }
}

impl From<f64> for Id {
    fn from(number: f64) -> Self {
        Id::Number(number)
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Id::Text(text.to_owned())
    }
}

impl Field for Id {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number::to_text(*number).map(|_| Id::Number(*number)),
            Value::Text(text) => Some(Id::Text(text.clone())),
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(match self {
            Id::Number(number) => Value::Number(*number),
            Id::Text(text) => Value::Text(text.clone()),
        })
    }
}
