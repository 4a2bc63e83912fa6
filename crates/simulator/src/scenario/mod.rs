//! Files of steps and expectations, and how they are run.
//!
//! A scenario is a TOML file, read from top to bottom like a play: who does or says what, in which order. See
//! `crates/simulator/scenarios/README.md` for the format, [`Scenario::read`] for what reads it, [`Run`] for what runs it: events and
//! times go in, orders and at last an [`Outcome`] come out. No browser in it.

mod event;
mod failure;
mod file;
mod matcher;
mod record;
mod run;
mod shipped;
mod step;
mod write;

pub use event::{Command, Event, Outcome, Prompt, Snapshot};
pub use failure::{Failure, Reason, Sender};
pub use file::{Problem, ScenarioError};
pub use matcher::{Captures, Matcher, Mismatch};
pub use record::from_recording;
pub use run::Run;
pub use shipped::{FILES, shipped};
pub use step::{HubSpotAction, LocalizedText, Place, Scenario, Setup, Step, StepKind};
pub use write::write;
