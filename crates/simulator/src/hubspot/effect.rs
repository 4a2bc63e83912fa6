use super::{Action, FrameId};
use crate::{crm::RecordId, faults::MalformedMessage};
use calling_extensions::{codec::Value, message::Size};
use serde::{Deserialize, Serialize};

/// What an action causes. The page that contains the frame performs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// Post this message unchanged after `after` milliseconds. Faults are already applied.
    Post { frame: FrameId, message: Value, after: f64 },
    /// Add this message to the transcript as dropped.
    Lost { frame: FrameId, message: Value },
    /// Post a malformed message with this id.
    PostMalformed { frame: FrameId, malformed: MalformedMessage, message_id: String },
    /// Resize the frame.
    Resize { frame: FrameId, size: Size },
    /// Remove the frame from the page.
    Close { frame: FrameId },
    /// Reload the frame. The next SYNC is [`State::sync`](super::State::sync).
    Reload { frame: FrameId },
    /// Show a record, in this tab or a new one.
    Show { frame: FrameId, record: RecordId, new_tab: bool },
    /// Dispatch this action after `ms` milliseconds.
    After { ms: f64, action: Box<Action> },
}
