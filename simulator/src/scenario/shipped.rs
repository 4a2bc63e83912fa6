//! The scenarios that come with the simulator.

use super::{Scenario, ScenarioError};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../scenarios/", $name, ".toml")))),*]
    };
}

/// Name and text of each, in the order in which they are shown.
pub const FILES: &[(&str, &str)] = files![
    "saved",
];

/// All of them, read. The tests see to it that there is no error.
pub fn shipped() -> impl Iterator<Item = Result<Scenario, ScenarioError>> {
    FILES.iter().map(|(name, text)| Scenario::read(name, text))
}
