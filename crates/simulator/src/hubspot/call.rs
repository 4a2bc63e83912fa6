//! A call, as far as HubSpot knows of it.

use super::FrameId;
use crate::crm::RecordId;
use calling_extensions::message::{Direction, EndStatus, EngagementProperties, Ms};
use serde::{Deserialize, Serialize};

/// A call that a widget has told of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Tells the calls of the desk apart: apps have been seen to use an id twice.
    pub serial: u64,
    /// The app's own id.
    pub external_call_id: String,
    /// The frame that spoke of it last.
    pub frame: FrameId,
    /// Who called whom.
    pub direction: Direction,
    /// The caller's number.
    pub from_number: Option<String>,
    /// The number that was called.
    pub to_number: Option<String>,
    /// HubSpot's record of it; absent when none was asked for, or making it failed.
    pub engagement: Option<u64>,
    /// The records on whose timelines it is.
    pub associations: Vec<RecordId>,
    /// How far it is.
    pub phase: Phase,
    /// When it began.
    pub started_at: Ms,
    /// When it was answered.
    pub answered_at: Option<Ms>,
    /// When it ended.
    pub ended_at: Option<Ms>,
    /// How the app says it ended.
    pub end_status: Option<EndStatus>,
    /// It was given to somebody else.
    pub transferred: bool,
    /// The engagement will not change any more.
    pub finalized: bool,
    /// What the app has saved.
    pub properties: EngagementProperties,
    /// Nobody will complete it any more: the app has begun another one, or the user closed the frame.
    pub abandoned: bool,
}

/// How far a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Not answered yet.
    Ringing,
    /// Answered.
    Talking,
    /// Over; the user writes notes.
    Ended,
    /// Given away unanswered: nothing more comes.
    TransferredUnanswered,
    /// Completed, but not saved.
    NotSaved,
    /// Completed and saved.
    Saved,
}

impl Call {
    /// Whether it goes on, ringing included.
    pub fn is_on(&self) -> bool {
        matches!(self.phase, Phase::Ringing | Phase::Talking) && !self.abandoned
    }

    /// Whether the app still has to complete it.
    pub fn is_open(&self) -> bool {
        !self.is_done() && !self.abandoned
    }

    /// Whether nothing more has to come.
    pub fn is_done(&self) -> bool {
        matches!(self.phase, Phase::TransferredUnanswered | Phase::NotSaved | Phase::Saved)
    }

    /// How long they talked, as the app says, else as HubSpot has seen it.
    pub fn duration(&self) -> Option<Ms> {
        let said = self.properties.hs_call_duration.as_deref().and_then(|text| text.trim().parse::<Ms>().ok());
        let seen = || Some((self.ended_at? - self.answered_at?).max(0.0));
        said.filter(|ms| ms.is_finite()).or_else(seen)
    }

    /// How it ended, as the app says.
    pub fn status(&self) -> Option<EndStatus> {
        self.properties.hs_call_status.or(self.end_status)
    }

    /// The number of the other side.
    pub fn number(&self) -> Option<&str> {
        match self.direction {
            Direction::Inbound => self.from_number.as_deref(),
            Direction::Outbound => self.to_number.as_deref(),
        }
    }
}
