use super::{Action, FrameId};
use crate::crm::RecordId;
use calling_extensions::{codec::Value, message::Size};
use serde::{Deserialize, Serialize};

/// What follows from an action, for the page that has the frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// Say this to the widget; trouble may befall it on the way.
    Post { frame: FrameId, kind: String, data: Option<Value> },
    /// Give the frame another size.
    Resize { frame: FrameId, size: Size },
    /// Close the frame: the call is saved.
    Close { frame: FrameId },
    /// Load the frame anew.
    Reload { frame: FrameId },
    /// Show a record, in this tab or in a new one.
    Show { frame: FrameId, record: RecordId, new_tab: bool },
    /// Come back with this action after so many milliseconds.
    After { ms: f64, action: Box<Action> },
}
