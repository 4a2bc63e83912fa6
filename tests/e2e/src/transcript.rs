//! The messages that a page of the tests has recorded.

use serde_json::Value;

/// The direction of a message, from the view of the page that recorded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The page's SDK posted it.
    Sent,
    /// It arrived at the window, from any sender.
    Received,
    /// The page's SDK gave it to its handler.
    Handled,
}

/// One line of a transcript.
#[derive(Clone, Debug)]
pub struct Entry {
    pub direction: Direction,
    /// Milliseconds since 1970, by the page's clock.
    pub at: f64,
    /// Of a received message; empty otherwise.
    pub origin: String,
    /// As JSON: `undefined` is absent, and values that JSON does not have are text.
    pub message: Value,
    /// The name of the handler, where the SDK has one for each type.
    pub handler: Option<String>,
}

impl Entry {
    /// Reads what `pages/transcript.js` wrote.
    pub(crate) fn read(value: &Value) -> Self {
        Self {
            direction: match value["direction"].as_str() {
                Some("sent") => Direction::Sent,
                Some("received") => Direction::Received,
                Some("handled") => Direction::Handled,
                _ => panic!("not a line of a transcript: {value}"),
            },
            at: value["at"].as_f64().expect("every line has its time"),
            origin: value["origin"].as_str().unwrap_or_default().to_owned(),
            message: value["message"].clone(),
            handler: value["handler"].as_str().map(str::to_owned),
        }
    }

    /// The message's type, or nothing if it has none that is text.
    pub fn kind(&self) -> &str {
        self.message["type"].as_str().unwrap_or_default()
    }
}
