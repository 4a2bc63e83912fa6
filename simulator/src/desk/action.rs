use super::FrameId;
use crate::{crm::RecordId, trouble::Trouble};
use calling_extensions::{codec::Value, message::IframeLocation};
use serde::{Deserialize, Serialize};

/// Everything that can happen at the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// A page has made a frame.
    FrameOpened { frame: FrameId, location: IframeLocation },
    /// The widget in it has shaken hands.
    FrameReady { frame: FrameId },
    /// The widget in it did not answer for 30 s.
    FrameSilent { frame: FrameId },
    /// The frame loads anew.
    FrameLost { frame: FrameId },
    /// The frame, or its page, is gone.
    FrameGone { frame: FrameId },
    /// The widget said something of a known type. (What is unknown, the transcript has.)
    FromWidget { frame: FrameId, kind: String, data: Option<Value> },
    /// The user clicked a number of a record.
    Dial { record: RecordId, number: String, property: String },
    /// The user ended the call on HubSpot's side.
    EndCall,
    /// The user minimized, hid or showed the frame.
    Visibility { frame: FrameId, minimized: bool, hidden: bool },
    /// Switches of trouble.
    SetTrouble(Trouble),
    /// Back to the account as it was made up.
    Reset,
}
