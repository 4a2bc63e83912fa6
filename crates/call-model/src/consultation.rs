//! A consultation: during a call the user asks somebody, before the call is transferred to them.

use calling_extensions::message::Ms;
use serde::{Deserialize, Serialize};

/// A second call, during which the first one is on hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Consultation {
    /// The number of the one who is asked.
    pub number: String,
    /// When they answered, in milliseconds since 1970; absent until then.
    pub answered_at: Option<Ms>,
}

/// What the user, or the model, wants to do about a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consult {
    /// Put the other side on hold and call this number. The results are [`ConsultEvent`]s.
    Begin(String),
    /// Transfer the call to the one who is asked. The result is that of a transfer.
    Transfer,
    /// End the consultation and go back to the other side.
    End,
}

/// What can happen to a consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsultEvent {
    /// The one who is asked has answered.
    Answered,
    /// It is over, or nobody has answered. The other side of the call is no longer on hold for it.
    Ended {
        /// Why, in words for the user; absent when that is not known.
        reason: Option<String>,
    },
}
