use super::{Action, FrameId};
use crate::{crm::RecordId, faults::MalformedMessage};
use calling_extensions::{codec::Value, message::Size};
use serde::{Deserialize, Serialize};

/// What follows from an action, for the page that has the frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// Post this message, whole as it is, after so many milliseconds. Faults has befallen it already.
    Post { frame: FrameId, message: Value, after: f64 },
    /// This message was lost on purpose: only the transcript has it.
    Lost { frame: FrameId, message: Value },
    /// Post what no HubSpot says, under this id.
    PostMalformed { frame: FrameId, malformed: MalformedMessage, message_id: String },
    /// Give the frame another size.
    Resize { frame: FrameId, size: Size },
    /// Take the frame out of the page: the call is saved, or the user closes it.
    Close { frame: FrameId },
    /// Load the frame anew; [`State::sync`](super::State::sync) says what SYNC says then.
    Reload { frame: FrameId },
    /// Show a record, in this tab or in a new one.
    Show { frame: FrameId, record: RecordId, new_tab: bool },
    /// Come back with this action after so many milliseconds.
    After { ms: f64, action: Box<Action> },
}
