use super::FrameId;
use crate::{
    crm::RecordId,
    faults::{Faults, MalformedMessage},
};
use calling_extensions::{codec::Value, message::IframeLocation};
use serde::{Deserialize, Serialize};

/// Everything that can happen to the simulated HubSpot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// A page has opened a frame.
    FrameOpened {
        frame: FrameId,
        location: IframeLocation,
        uses_calling_window: Option<bool>,
        /// The setting `supportsInboundCalling` of the app.
        supports_inbound_calling: bool,
    },
    /// The widget has completed the handshake.
    FrameReady { frame: FrameId },
    /// The widget did not answer SYNC for 30 s.
    FrameTimedOut { frame: FrameId },
    /// The frame is reloading.
    FrameReloading { frame: FrameId },
    /// The frame was removed, or its page was closed.
    FrameRemoved { frame: FrameId },
    /// The widget sent a message of a known type. Unknown types are only in the transcript.
    FromWidget { frame: FrameId, kind: String, data: Option<Value> },
    /// The user clicked a number on a record's page.
    Dial(Dial),
    /// The user closes a frame. If a call is active in it, the user has confirmed this.
    CloseFrame { frame: FrameId },
    /// HubSpot reloads a frame, as it does when the user opens another record.
    ReloadFrame { frame: FrameId },
    /// The user ends the call in HubSpot.
    EndCall,
    /// The user minimizes, hides or shows a frame.
    Visibility { frame: FrameId, minimized: bool, hidden: bool },
    /// HubSpot sends this message, which the user chose.
    Send { frame: FrameId, kind: String, data: Option<Value> },
    /// The widget receives a malformed message.
    SendMalformed { frame: FrameId, malformed: MalformedMessage },
    /// Replaces the active faults.
    SetFaults(Faults),
    /// No later message has come: the held message is delivered.
    Release { frame: FrameId },
    /// The user starts the task queue.
    StartQueue,
    /// The user calls the number of the current task.
    CallTask { frame: Option<FrameId> },
    /// The user skips the current task.
    SkipTask,
    /// The user leaves the task queue.
    LeaveQueue,
    /// The browser cannot save the state: its storage is full or turned off.
    NotPersisted,
    /// The user dismisses an alert.
    Dismiss { alert: u64 },
    /// Resets everything except the frames.
    Reset,
}

/// A click on a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dial {
    /// The frame of the page where it was clicked. If absent, the page has no frame yet, and the next frame that is ready dials.
    pub frame: Option<FrameId>,
    /// The record on the page.
    pub record: RecordId,
    /// The record that has the number: the same one, or an associated one.
    pub callee: RecordId,
    /// The property that contains the number.
    pub property: String,
    /// The number as it is written in the record.
    pub number: String,
}
