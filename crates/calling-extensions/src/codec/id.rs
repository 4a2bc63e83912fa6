use super::{Field, Value, number};

/// An id of HubSpot's: of a portal, a user, an owner, an engagement, a record.
///
/// It comes as a number from one page and as text from another, sometimes with leading zeros or above 2^53. It is echoed
/// in the form in which it came, and compared by what it says: `Id::from("00123") == Id::from(123.0)`.
#[derive(Debug, Clone)]
pub enum Id {
    /// It came as a number.
    Number(f64),
    /// It came as text.
    Text(String),
}

impl Id {
    /// The id in words, as it came.
    pub fn text(&self) -> String {
        match self {
            Id::Number(number) => number::to_text(*number).unwrap_or_default(),
            Id::Text(text) => text.clone(),
        }
    }

    /// Whether it stands for "none": HubSpot sends 0 or an empty text where there is no id.
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

/// Without the zeros that lead a run of digits; any other text is compared as it is.
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
