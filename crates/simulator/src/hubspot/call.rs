//! Calls as HubSpot sees them.

use super::FrameId;
use crate::crm::RecordId;
use calling_extensions::message::{Direction, EndStatus, EngagementProperties, Ms};
use serde::{Deserialize, Serialize};

/// A call that a widget has reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Unique among all calls. `external_call_id` is not: some apps use an id twice.
    pub serial: u64,
    /// The app's id of the call.
    pub external_call_id: String,
    /// The frame that sent the last message about it.
    pub frame: FrameId,
    /// Incoming or outgoing.
    pub direction: Direction,
    /// The caller's number.
    pub from_number: Option<String>,
    /// The called number.
    pub to_number: Option<String>,
    /// The id of the engagement. Absent if the app asked for none, or creating it failed.
    pub engagement: Option<u64>,
    /// The records whose timelines show it.
    pub associations: Vec<RecordId>,
    /// The current phase.
    pub phase: CallPhase,
    /// When it started.
    pub started_at: Ms,
    /// When it was answered.
    pub answered_at: Option<Ms>,
    /// When it ended.
    pub ended_at: Option<Ms>,
    /// The end status that the app sent.
    pub end_status: Option<EndStatus>,
    /// Whether it was transferred.
    pub transferred: bool,
    /// Whether the engagement was finalized.
    pub finalized: bool,
    /// The engagement properties that the app saved.
    pub properties: EngagementProperties,
    /// Whether the call was abandoned: the app started another one, or the user closed the frame.
    pub abandoned: bool,
}

/// The phase of a call, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallPhase {
    /// Not answered yet.
    Ringing,
    /// Answered.
    Talking,
    /// Ended; the user writes notes.
    Ended,
    /// Transferred before it was answered; no more messages are expected.
    TransferredUnanswered,
    /// Completed, but not saved.
    NotSaved,
    /// Completed and saved.
    Saved,
}

impl Call {
    /// Whether it is active, including ringing.
    pub fn is_active(&self) -> bool {
        matches!(self.phase, CallPhase::Ringing | CallPhase::Talking) && !self.abandoned
    }

    /// Whether the app still has to complete it.
    pub fn is_open(&self) -> bool {
        !self.is_done() && !self.abandoned
    }

    /// Whether no more messages are expected.
    pub fn is_done(&self) -> bool {
        matches!(self.phase, CallPhase::TransferredUnanswered | CallPhase::NotSaved | CallPhase::Saved)
    }

    /// The duration in milliseconds: what the app sent, otherwise the time between answer and end.
    pub fn duration(&self) -> Option<Ms> {
        let reported = self.properties.hs_call_duration.as_deref().and_then(|text| text.trim().parse::<Ms>().ok());
        let measured = || Some((self.ended_at? - self.answered_at?).max(0.0));
        reported.filter(|ms| ms.is_finite()).or_else(measured)
    }

    /// The status that the app sent.
    pub fn status(&self) -> Option<EndStatus> {
        self.properties.hs_call_status.or(self.end_status)
    }

    /// The number of the other party.
    pub fn number(&self) -> Option<&str> {
        match self.direction {
            Direction::Inbound => self.from_number.as_deref(),
            Direction::Outbound => self.to_number.as_deref(),
        }
    }
}
