//! The scenarios that come with the simulator.

use super::{Scenario, ScenarioError};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../scenarios/", $name, ".toml")))),*]
    };
}

/// Name and text of each scenario, in the order of the list.
pub const FILES: &[(&str, &str)] = files![
    "saved",
    "busy",
    "no-answer",
    "dropped",
    "hung-up-while-dialing",
    "creation-failed",
    "update-failed",
    "inbound-answered",
    "rejected",
    "transferred-unanswered",
    "transferred",
    "end-call",
    "frame-reload",
    "host-reload",
    "duplicate-delivery",
    "window-and-remote",
    "task-queue",
    "set-call-state",
    "help-desk-inbound",
];

/// All of them, parsed. A test makes sure that there are no errors.
pub fn shipped() -> impl Iterator<Item = Result<Scenario, ScenarioError>> {
    FILES.iter().map(|(name, text)| Scenario::read(name, text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn every_file_is_shipped_and_valid() {
        let mut shipped: Vec<_> = FILES.iter().map(|(name, _)| format!("{name}.toml")).collect();
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios")).unwrap();
        let mut files: Vec<_> = folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        files.retain(|name| name.ends_with(".toml"));
        shipped.sort_unstable();
        files.sort_unstable();
        assert_eq!(shipped, files);
        for scenario in super::shipped() {
            let scenario = scenario.unwrap();
            assert!(scenario.description.fr.is_some(), "{} has no French", scenario.name);
        }
    }
}
