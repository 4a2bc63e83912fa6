//! What the pages of the simulator tell each other.

use crate::{
    hubspot::{Action, Effect, State},
    transcript::{Entry, Transcript},
};
use serde::{Deserialize, Serialize};

/// The channel between the pages, and the lock of the one that keeps the desk.
pub const NAME: &str = "simulator";

/// From one page to all others, as JSON.
#[derive(Debug, Serialize, Deserialize)]
pub enum SyncMessage {
    /// A page has come and asks how things are.
    Joined,
    /// How things are: the state, and all messages for those that have come.
    Snapshot { state: State, transcript: Option<Transcript> },
    /// This is to happen.
    Dispatch(Action),
    /// This was said.
    Logged(Entry),
    /// This is to be done by the page that has the frame.
    Perform(Effect),
    /// The messages so far are forgotten.
    TranscriptCleared,
}
