//! Scenarios: files of steps and expectations, and their execution.
//!
//! A scenario is a TOML file whose steps run from top to bottom. `crates/simulator/scenarios/README.md` describes the format,
//! [`Scenario::read`] parses it, and [`Run`] is the state machine that runs it: it takes events and times, and returns commands and
//! finally an [`Outcome`]. It needs no browser.

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
