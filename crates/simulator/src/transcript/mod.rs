//! The log of all messages: storage, filters, export and import, and replay.

mod file;
mod log;
mod replay;
mod round_trips;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use file::{ImportError, MAX_BYTES, export, import, pretty};
pub use log::{Log, MAX_FINDINGS, Messages};
pub use replay::{Next, Plan, Replay, Step, plan};
pub use round_trips::RoundTrips;
pub use store::{MAX_ENTRIES, Transcript};
pub use view::{Filter, View, frames, view};

use crate::hubspot::FrameId;
use calling_extensions::codec::Value;
use serde::{Deserialize, Serialize};

/// The direction of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From HubSpot to the widget.
    ToWidget,
    /// From the widget to HubSpot.
    FromWidget,
}

/// The reason for messages that were dropped by fault injection.
pub const LOST: &str = "dropped by fault injection";

/// A message in the transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The time in milliseconds since 1970.
    pub at: f64,
    /// The frame of the widget.
    pub frame: FrameId,
    /// The direction.
    pub direction: Direction,
    /// The whole message. Null if it could not be read.
    pub message: Value,
    /// Why it was ignored. Absent for messages that were handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignored: Option<String>,
}

impl Entry {
    /// The type of the message, empty if it has none.
    pub fn kind(&self) -> &str {
        self.message.get("type").and_then(Value::as_text).unwrap_or_default()
    }
}
