//! One call: its phases, its record in HubSpot, and why it ended.

use crate::phone::CallId;
use calling_extensions::codec::{Id, Map};
use calling_extensions::message::{CallerIdMatch, Direction, EndStatus, Ms};
use serde::{Deserialize, Serialize};

/// One call, from the first ring to the end of its wrap-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The app's own id.
    pub id: CallId,
    /// Who called whom.
    pub direction: Direction,
    /// The other side's number.
    pub number: String,
    /// The user's number.
    pub own_number: String,
    /// When it was dialled, or began to ring, in milliseconds since 1970.
    pub started_at: Ms,
    /// Its phase.
    pub phase: CallPhase,
    /// HubSpot's record of it.
    #[serde(default)]
    pub engagement: EngagementState,
    /// What the user has written.
    #[serde(default)]
    pub notes: String,
    /// Goes up with each change of the notes.
    #[serde(default)]
    pub notes_revision: u32,
    /// The records that HubSpot found by the caller's number; empty until it has answered.
    #[serde(default)]
    pub callers: Vec<CallerIdMatch>,
    /// When the current recording began, in milliseconds since 1970; absent while nothing is recorded.
    pub recording_since: Option<Ms>,
    /// How long earlier recordings of this call were, in milliseconds.
    #[serde(default)]
    pub recorded: Ms,
    /// The outcome, as the id of one of the account's dispositions; absent until the user has chosen one.
    pub disposition: Option<String>,
    /// The digits that were sent during the call.
    #[serde(default)]
    pub digits: String,
    /// Further properties of the engagement, by their internal names: custom ones, or those of HubSpot that the widget does
    /// not set. All values are text. A call begins with those of the account
    /// ([`Account::call_properties`](crate::Account::call_properties)); the phone system adds to them
    /// ([`CallEvent::Property`](crate::CallEvent::Property)), and so do screens
    /// ([`UserAction::SetProperty`](crate::UserAction::SetProperty)). They are sent when the call is completed. Where the
    /// widget sets a property of the same name, its own value is sent.
    #[serde(default)]
    pub properties: Map,
    /// An outgoing call that nobody has answered yet rings at the other side.
    #[cfg(feature = "softphone")]
    #[serde(default)]
    pub rings: bool,
    /// Whom the user asks before the call is transferred to them.
    #[cfg(feature = "softphone")]
    #[serde(default)]
    pub consultation: Option<crate::consultation::Consultation>,
}

/// The phase of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum CallPhase {
    /// Outbound: not answered yet.
    Dialing,
    /// Inbound: not answered yet.
    Ringing,
    /// Answered.
    Talking {
        /// When it was answered, in milliseconds since 1970.
        since: Ms,
        /// The user's microphone is muted.
        muted: bool,
        /// The other side is on hold.
        held: bool,
    },
    /// Over: the user writes notes.
    WrapUp {
        /// When it ended, in milliseconds since 1970.
        ended_at: Ms,
        /// How long they talked, in milliseconds; 0 when nobody answered.
        talked: Ms,
        /// The status that HubSpot gets.
        status: EndStatus,
        /// The reason that the user sees.
        reason: EndReason,
        /// Why the phone system ended it, in its own words; absent when it gave none.
        detail: Option<String>,
        /// Whether HubSpot was asked to finalize the engagement.
        finalize: Finalize,
    },
}

/// Why a call ended, for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndReason {
    /// The user hung up.
    HungUp,
    /// The other side hung up.
    OtherHungUp,
    /// The user ended it in HubSpot.
    EndedInHubSpot,
    /// The user hung up before anyone answered.
    Canceled,
    /// The line was busy.
    Busy,
    /// Nobody answered.
    NotAnswered,
    /// The call could not be connected.
    Failed,
    /// The connection was lost during the call.
    Dropped,
    /// The user declined it.
    Rejected,
    /// The caller hung up before the user answered.
    Missed,
    /// The user transferred it.
    Transferred,
}

/// Whether the engagement is finalized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Finalize {
    /// It is not.
    #[default]
    No,
    /// HubSpot was asked and has not answered.
    Asked,
    /// HubSpot has confirmed it.
    Done,
}

/// HubSpot's record of a call.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum EngagementState {
    /// HubSpot has not answered yet, or has not been sent the call yet.
    #[default]
    Pending,
    /// HubSpot has created it, under this id.
    Known(Id),
    /// HubSpot could not create it: the call has none.
    Failed,
}

impl EngagementState {
    /// The id, when it is known.
    pub fn id(&self) -> Option<&Id> {
        match self {
            EngagementState::Known(id) => Some(id),
            _ => None,
        }
    }
}

impl Call {
    /// The caller's number: the other side's of an incoming call, else the user's.
    pub fn from_number(&self) -> &str {
        if self.direction == Direction::Inbound { &self.number } else { &self.own_number }
    }

    /// The number that was called.
    pub fn to_number(&self) -> &str {
        if self.direction == Direction::Inbound { &self.own_number } else { &self.number }
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, CallPhase::WrapUp { .. })
    }

    /// How much of it has been recorded, in milliseconds.
    pub fn recorded_until(&self, now: Ms) -> Ms {
        self.recorded + self.recording_since.map_or(0.0, |since| (now - since).max(0.0))
    }
}
