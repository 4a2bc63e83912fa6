//! The call model: what can be true, what can happen, and what follows. No browser in it, no framework, no clock.
//!
//! Read [`state`] first, then [`action`], then [`update()`]. Time and ids come from outside with every action, so a run can
//! be replayed from the list of its actions.
#![warn(missing_docs)]

pub mod action;
mod kept;
pub mod phone;
pub mod phone_number;
pub mod state;
mod update;

pub use action::{Action, Command, Stamped};
pub use phone::{CallId, Capabilities, PhoneCommand, PhoneEvent, PhoneNews};
pub use state::{Call, EndReason, EngagementState, Notice, Phase, Screen, State};
pub use update::{Outcome, update};
