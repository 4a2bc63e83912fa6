use super::FrameId;
use crate::{
    crm::RecordId,
    faults::{Faults, MalformedMessage},
};
use calling_extensions::{codec::Value, message::IframeLocation};
use serde::{Deserialize, Serialize};

/// Everything that can happen at the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// A page has made a frame.
    FrameOpened { frame: FrameId, location: IframeLocation, uses_calling_window: Option<bool> },
    /// The widget in it has shaken hands.
    FrameReady { frame: FrameId },
    /// The widget in it did not answer for 30 s.
    FrameTimedOut { frame: FrameId },
    /// The frame loads anew.
    FrameReloading { frame: FrameId },
    /// The frame, or its page, is gone.
    FrameRemoved { frame: FrameId },
    /// The widget said something of a known type. (What is unknown, the transcript has.)
    FromWidget { frame: FrameId, kind: String, data: Option<Value> },
    /// The user clicked a number on a record's page.
    Dial(Dial),
    /// The user closes a frame; if a call held it, the user has been asked.
    CloseFrame { frame: FrameId },
    /// HubSpot loads a frame anew, as it does when the user goes to another record.
    ReloadFrame { frame: FrameId },
    /// The user ended the call on HubSpot's side.
    EndCall,
    /// The user minimized, hid or showed the frame.
    Visibility { frame: FrameId, minimized: bool, hidden: bool },
    /// HubSpot says this: for the messages that nobody knows the occasion of.
    Send { frame: FrameId, kind: String, data: Option<Value> },
    /// The widget gets what no HubSpot says.
    SendMalformed { frame: FrameId, malformed: MalformedMessage },
    /// Switches of trouble.
    SetFaults(Faults),
    /// Nobody has overtaken the message that waits for it.
    Release { frame: FrameId },
    /// The user begins with the first task.
    StartQueue,
    /// The user calls the number of the current task.
    CallTask { frame: Option<FrameId> },
    /// The user leaves the current task for the next one.
    SkipTask,
    /// The user leaves the queue.
    LeaveQueue,
    /// The browser does not keep the desk over a reload: its storage is full, or switched off.
    NotPersisted,
    /// The user has read an alert.
    Dismiss { alert: u64 },
    /// Back to the account as it was made up. The frames stay.
    Reset,
}

/// A click on a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dial {
    /// The frame of the page where it was clicked; absent when that has none yet: then the next one that is ready dials.
    pub frame: Option<FrameId>,
    /// The record on the page.
    pub record: RecordId,
    /// The record that has the number: the same, or one that is associated with it.
    pub callee: RecordId,
    /// The property with the number.
    pub property: String,
    /// The number as the record spells it.
    pub number: String,
}
