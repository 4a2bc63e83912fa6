//! The simulator without a person: a scenario is started, and what it asks for is done in the widget.

mod selectors;
mod simulator;

pub use selectors::{OUR_WIDGET, Selectors};
pub use simulator::{Opening, Outcome, Simulator};
