//! What HubSpot does for a calling app: engagements, timelines, caller ids, alerts, queues. No browser in it:
//! `update(&State, now, Action) -> (State, Vec<Effect>)`.

mod action;
mod effect;
mod state;

pub use action::Action;
pub use effect::Effect;
pub use state::State;

use serde::{Deserialize, Serialize};

/// A frame with a widget in it. The page that makes the frame makes the id, unique among all pages of the simulator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FrameId(pub String);
