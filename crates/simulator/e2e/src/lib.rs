//! The simulator in the browser of `tests/e2e`. [`Simulator`] opens its page and runs a scenario without a person, with the code of
//! `calling-simulator`: [`Selectors`] say how the actions are performed in a widget. Browser, servers and frames are those of the
//! harness of `tests/e2e`.
//!
//! A failed expectation panics, as in the harness.
#![allow(clippy::expect_used, clippy::panic, reason = "a test harness: panicking is how a test fails")]

mod simulator;

pub use self::simulator::{Simulator, act};
pub use calling_simulator::selectors::Selectors;
pub use calling_simulator::simulator_page::Outcome;

/// The selectors of the widget of this repository.
pub const OUR_WIDGET: &str = include_str!("../../widgets/demo-app-rust.toml");

/// How to open the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opening<'a> {
    /// The widget's URL; without it the page takes the one that is served beside it.
    pub widget: Option<&'a str>,
    /// The scenario to start.
    pub scenario: Option<&'a str>,
    /// The texts of scenarios that are not shipped, by their names.
    pub own_scenarios: &'a [(String, String)],
}
