//! Files of steps and expectations, and how they are run.
//!
//! A scenario is a TOML file, read from top to bottom like a play: who does or says what, in which order. See
//! `crates/simulator/scenarios/README.md` for the format, [`Scenario::read`] for what reads it, [`Run`] for what runs it: events and
//! times go in, orders and at last an [`Outcome`] come out. No browser in it.

mod event;
mod failure;
mod file;
mod pattern;
mod record;
mod run;
mod shipped;
mod step;
mod write;

pub use event::{Event, Look, Order, Outcome, Prompt};
pub use failure::{Failure, Reason, Who};
pub use file::{Problem, ScenarioError};
pub use pattern::{Kept, Mismatch, Pattern};
pub use record::recorded;
pub use run::Run;
pub use shipped::{FILES, shipped};
pub use step::{HubSpotDoes, Place, Scenario, Setup, Step, Verb, Words};
pub use write::write;
