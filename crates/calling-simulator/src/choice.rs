//! Which scenarios are run.

use crate::{error::Error, selectors::Selectors};
use simulator::scenario::{Scenario, StepKind, shipped};
use std::{collections::BTreeMap, path::Path};

/// The scenarios that are run, in their order.
#[derive(Debug, Default)]
pub struct Choice {
    pub scenarios: Vec<Chosen>,
    /// Name and text of those that are not shipped.
    pub own: Vec<(String, String)>,
}

/// A scenario that is run.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub name: String,
    pub description: String,
    /// What its phone system must be able to do, and the actions of the steps.
    pub needs: Vec<String>,
}

impl Choice {
    /// Those with these names, or in these files, which end in `.toml`; without any, all shipped scenarios.
    ///
    /// # Errors
    /// When there is no such scenario, or a file cannot be read or has a mistake.
    pub fn of(names: &[String]) -> Result<Self, Error> {
        let shipped = all_shipped()?;
        let mut choice = Self::default();
        for name in names {
            if name.ends_with(".toml") {
                let (name, text, scenario) = read(Path::new(name))?;
                if choice.scenarios.iter().chain(&shipped).any(|other| other.name == name) {
                    return Err(Error::ScenarioTwice(name));
                }
                choice.scenarios.push(Chosen::of(&scenario));
                choice.own.push((name, text));
            } else {
                let scenario = shipped.iter().find(|scenario| scenario.name == *name);
                choice.scenarios.push(scenario.cloned().ok_or_else(|| Error::NoScenario(name.clone()))?);
            }
        }
        if choice.scenarios.is_empty() {
            choice.scenarios = shipped;
        }
        Ok(choice)
    }
}

impl Chosen {
    /// Why this widget cannot run it, if something that it needs is unsupported.
    pub fn unsupported<'a>(&self, selectors: &'a Selectors) -> Option<&'a str> {
        self.needs.iter().find_map(|action| selectors.unsupported(action))
    }

    fn of(scenario: &Scenario) -> Self {
        Self {
            name: scenario.name.clone(),
            description: scenario.description.en.clone(),
            needs: scenario.setup.needs.iter().cloned().chain(actions(scenario).map(str::to_owned)).collect(),
        }
    }
}

/// All shipped scenarios.
///
/// # Errors
/// Never: a test makes sure that each of them can be read.
pub fn all_shipped() -> Result<Vec<Chosen>, Error> {
    shipped()
        .map(|scenario| scenario.map(|scenario| Chosen::of(&scenario)))
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Scenario(error.to_string()))
}

/// A file of selectors to fill in: each action of the shipped scenarios, and how many of them need it.
///
/// # Errors
/// As [`all_shipped`].
pub fn template() -> Result<String, Error> {
    let mut actions: BTreeMap<String, usize> = BTreeMap::new();
    let mut needs: BTreeMap<String, usize> = BTreeMap::new();
    for scenario in shipped() {
        let scenario = scenario.map_err(|error| Error::Scenario(error.to_string()))?;
        let mut of_scenario: Vec<_> = self::actions(&scenario).collect();
        of_scenario.sort_unstable();
        of_scenario.dedup();
        of_scenario.into_iter().for_each(|action| *actions.entry(action.to_owned()).or_default() += 1);
        scenario.setup.needs.iter().for_each(|need| *needs.entry(need.clone()).or_default() += 1);
    }
    let line = |(name, count): (&String, &usize)| {
        let scenarios = if *count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") };
        format!("{name} = {{ unsupported = \"not described yet\" }} # {scenarios}\n")
    };
    let actions: String = actions.iter().map(line).collect();
    let needs: String = needs.iter().map(line).collect();
    Ok(format!("{TEMPLATE_HEAD}\n{actions}\n{TEMPLATE_NEEDS}\n{needs}"))
}

const TEMPLATE_HEAD: &str = "\
# How each action of the scenarios is performed in the widget, step by step. Replace what the widget can do, for example:
#
#   log-in = [{ type = \"#user\" }, { click = \"#log-in\" }]
#
#   click = \"…\"    clicks this element
#   type = \"…\"     replaces the content of this field with the action's value
#   press = \"…\"    presses a key in the focused element: Escape, Enter, Tab
#   unless = \"…\"   with one of the above: only if this element is not on the screen
#
# A name is a data-test-id. One that starts with #, [ or . is a CSS selector, with // an XPath.
# A scenario that needs an action which is unsupported is ignored, with the reason.
";

const TEMPLATE_NEEDS: &str = "\
# What the widget's phone system does with certain numbers. Remove the line of what it does: +1 617 555 0101 is busy (busy-line),
# nobody answers +1 617 555 0102 (no-answer), a call to +1 617 555 0103 ends by itself (dropped-line).
";

/// The actions that a user performs in the widget.
fn actions(scenario: &Scenario) -> impl Iterator<Item = &str> {
    let log_in = scenario.setup.logged_in.then_some("log-in");
    log_in.into_iter().chain(scenario.steps.iter().filter_map(|step| match &step.kind {
        StepKind::InWidget { action, .. } => Some(action.as_str()),
        _ => None,
    }))
}

fn read(path: &Path) -> Result<(String, String, Scenario), Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let scenario = Scenario::read(&name, &text).map_err(|error| Error::Scenario(error.to_string()))?;
    Ok((name, text, scenario))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[&str]) -> Result<Vec<String>, String> {
        let of: Vec<_> = of.iter().map(|name| (*name).to_owned()).collect();
        let choice = Choice::of(&of).map_err(|error| error.to_string())?;
        Ok(choice.scenarios.into_iter().map(|chosen| chosen.name).collect())
    }

    #[test]
    fn scenarios_are_chosen_by_name_or_file() {
        assert_eq!(names(&["saved", "busy"]).unwrap(), ["saved", "busy"]);
        assert_eq!(names(&[]).unwrap().len(), simulator::scenario::FILES.len());
        for (name, part) in [
            ("svaed", "no scenario svaed"),
            ("nowhere.toml", "nowhere.toml cannot be read"),
            ("../simulator/scenarios/saved.toml", "two scenarios are called saved"),
            ("Cargo.toml", "Cargo"),
        ] {
            let error = names(&[name]).unwrap_err();
            assert!(error.contains(part), "{name}: {error}");
        }
    }

    #[test]
    fn a_scenario_that_needs_something_unsupported_is_recognized() {
        let scenarios = Choice::of(&["transferred", "busy", "saved"].map(str::to_owned)).unwrap().scenarios;
        let file = "transfer = { unsupported = \"no button\" }\nbusy-line = { unsupported = \"always answered\" }";
        let selectors = Selectors::read(file).unwrap();
        let reasons: Vec<_> = scenarios.iter().map(|scenario| scenario.unsupported(&selectors)).collect();
        assert_eq!(reasons, [Some("no button"), Some("always answered"), None]);
    }

    #[test]
    fn with_the_template_as_it_is_every_scenario_is_ignored() {
        let selectors = Selectors::read(&template().unwrap()).unwrap();
        for scenario in all_shipped().unwrap() {
            assert_eq!(scenario.unsupported(&selectors), Some("not described yet"), "{}", scenario.name);
        }
    }
}
