//! The simulated HubSpot: engagements, timelines, caller matching, alerts and task queues. It needs no browser:
//! `update(&State, now, Action) -> (State, Vec<Effect>)`.
//!
//! Undocumented behavior of HubSpot that is assumed here is listed in `crates/simulator/GUESSES.md`.

mod action;
mod call;
mod effect;
mod samples;
mod state;
mod update;

pub use action::{Action, Dial};
pub use call::{Call, CallPhase};
pub use effect::Effect;
pub use samples::sample;
pub use state::{Alert, AlertText, Frame, FramePhase, Presence, Queue, State, TimelineStatus};
pub use update::update;

use serde::{Deserialize, Serialize};

/// The id of a frame, unique among all pages of the simulator. The page that opens the frame creates it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FrameId(pub String);
