//! Every message that passed, in the order in which it did: kept, looked through, written to files and said again.

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

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// HubSpot said it.
    ToWidget,
    /// The widget said it.
    FromWidget,
}

/// Why nobody took a message that was lost on the way, by a switch of the trouble panel.
pub const LOST: &str = "lost on purpose";

/// A message that passed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    pub at: f64,
    /// Which frame it went to or came from.
    pub frame: FrameId,
    /// Which way.
    pub direction: Direction,
    /// The whole message. Null when it could not be read.
    pub message: Value,
    /// Why nobody took it; absent for messages that were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignored: Option<String>,
}

impl Entry {
    /// The type of the message; empty when it has none.
    pub fn kind(&self) -> &str {
        self.message.get("type").and_then(Value::as_text).unwrap_or_default()
    }
}
