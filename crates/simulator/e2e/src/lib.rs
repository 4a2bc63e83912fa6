//! The simulator in a real browser. [`Simulator`] opens its page and runs a scenario without a person: [`Selectors`] say how the
//! actions are performed in a widget. Browser, servers and frames are those of the harness of `tests/e2e`.
//!
//! A failed expectation panics, as in the harness.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test harness: panicking is how a test fails"
)]

mod selectors;
mod simulator;

pub use self::selectors::{OUR_WIDGET, Selectors};
pub use self::simulator::{Opening, Outcome, Simulator};
