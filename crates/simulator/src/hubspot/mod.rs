//! What HubSpot does for a calling app: engagements, timelines, caller ids, alerts, queues. No browser in it:
//! `update(&State, now, Action) -> (State, Vec<Effect>)`.
//!
//! What is guessed, because nobody documents it, is listed in `crates/simulator/GUESSES.md`.

mod action;
mod call;
mod effect;
mod samples;
mod state;
mod update;

pub use action::{Action, Dial};
pub use call::{Call, Phase};
pub use effect::Effect;
pub use samples::sample;
pub use state::{Alert, AlertText, Frame, FramePhase, Presence, Queue, State, TimelineStatus};
pub use update::update;

use serde::{Deserialize, Serialize};

/// A frame with a widget in it. The page that makes the frame makes the id, unique among all pages of the simulator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FrameId(pub String);
