//! The widget in a real browser for a long time: [`Pages`] move the clock of all pages forward, so hours pass in minutes, [`User`] uses
//! the widget by scripts, which is faster than a driver, and [`Resources`] is what pages can leave behind.
//!
//! A failed expectation panics, as in the harness of `tests/e2e`.
#![allow(clippy::expect_used, clippy::panic, reason = "a test harness: panicking is how a test fails")]

mod pages;
mod resources;
mod run_length;
mod user;

pub use pages::Pages;
pub use resources::{Resources, WIDGET_COUNTS};
pub use run_length::{RunLength, number_in};
pub use user::{Step, User};

// <simulator>
pub mod plan;
mod simulator;

pub use simulator::Simulator;
// </simulator>
