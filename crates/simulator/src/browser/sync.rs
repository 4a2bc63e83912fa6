//! The messages between the pages of the simulator.

use crate::{
    hubspot::{Action, Effect, State},
    transcript::{Entry, Transcript},
};
use serde::{Deserialize, Serialize};

/// The name of the channel between the pages, and of the leader's lock.
pub const NAME: &str = "simulator";

/// A message from one page to all others, sent as JSON.
#[derive(Debug, Serialize, Deserialize)]
pub enum SyncMessage {
    /// A page has joined and needs a snapshot.
    Joined,
    /// The leader's state, and for a new page the transcript.
    Snapshot { state: State, transcript: Option<Transcript> },
    /// The leader has to process this action.
    Dispatch(Action),
    /// A page has recorded this message.
    Logged(Entry),
    /// The page with the frame has to perform this effect.
    Perform(Effect),
    /// The transcript was cleared.
    TranscriptCleared,
}
