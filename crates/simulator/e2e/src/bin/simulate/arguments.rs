//! What is to be run, and against which widget.

use simulator::scenario::{Scenario, StepKind, shipped};
use simulator_e2e::{OUR_WIDGET, Selectors};
use std::path::Path;

pub struct Arguments {
    pub task: Task,
    /// The widget's URL; without it the one of this repository is run.
    pub widget: Option<String>,
    pub selectors: Selectors,
    pub scenarios: Vec<Chosen>,
    /// Name and text of those that are not shipped.
    pub own: Vec<(String, String)>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    List,
    Run,
}

pub struct Chosen {
    pub name: String,
    pub description: String,
    /// What its phone system must be able to do, and the actions of the steps.
    pub needs: Vec<String>,
}

impl Arguments {
    /// `[--list] [--widget URL] [--selectors FILE] [NAME or FILE.toml…]`; without names all shipped scenarios.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            task: Task::Run,
            widget: None,
            selectors: Selectors::read(OUR_WIDGET)?,
            scenarios: Vec::new(),
            own: Vec::new(),
        };
        let shipped = shipped().collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
        let mut arguments = arguments.into_iter();
        let needs = |option: &str| format!("{option} needs a value");
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--list" => parsed.task = Task::List,
                "--widget" => parsed.widget = Some(arguments.next().ok_or_else(|| needs("--widget"))?),
                "--selectors" => {
                    let file = arguments.next().ok_or_else(|| needs("--selectors"))?;
                    parsed.selectors = Selectors::read(&read(&file)?).map_err(|error| format!("{file}: {error}"))?;
                }
                file if file.ends_with(".toml") => {
                    let text = read(file)?;
                    let name = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
                    let scenario = Scenario::read(&name, &text).map_err(|error| error.to_string())?;
                    parsed.scenarios.push(Chosen::of(&scenario));
                    parsed.own.push((name, text));
                }
                option if option.starts_with('-') => return Err(format!("there is no option {option}")),
                name => {
                    let scenario = shipped.iter().find(|scenario| scenario.name == name);
                    let scenario =
                        scenario.ok_or_else(|| format!("there is no scenario {name}; --list says which there are"))?;
                    parsed.scenarios.push(Chosen::of(scenario));
                }
            }
        }
        if parsed.scenarios.is_empty() {
            parsed.scenarios = shipped.iter().map(Chosen::of).collect();
        }
        Ok(parsed)
    }
}

impl Chosen {
    /// Why this widget cannot run it, if something that it needs is unsupported.
    pub fn unsupported<'a>(&self, selectors: &'a Selectors) -> Option<&'a str> {
        self.needs.iter().find_map(|action| selectors.unsupported(action))
    }

    fn of(scenario: &Scenario) -> Self {
        let actions = scenario.steps.iter().filter_map(|step| match &step.kind {
            StepKind::InWidget { action, .. } => Some(action.clone()),
            _ => None,
        });
        Self {
            name: scenario.name.clone(),
            description: scenario.description.en.clone(),
            needs: scenario.setup.needs.iter().cloned().chain(actions).collect(),
        }
    }
}

fn read(file: &str) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{file} cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<&[&str], &str>) {
        let parsed = Arguments::parse(line.split_whitespace().map(str::to_owned));
        let names =
            parsed.as_ref().map(|parsed| parsed.scenarios.iter().map(|it| it.name.as_str()).collect::<Vec<_>>());
        match (names, expected) {
            (Ok(names), Ok(expected)) => assert_eq!(names, expected, "{line}"),
            (Err(error), Err(part)) => assert!(error.contains(part), "{line}: {error}"),
            (names, expected) => panic!("{line}: {names:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn a_scenario_that_needs_something_unsupported_is_recognized() {
        let scenarios = Arguments::parse(["transferred", "busy", "saved"].map(str::to_owned)).unwrap().scenarios;
        let file = "transfer = { unsupported = \"no button\" }\nbusy-line = { unsupported = \"always answered\" }";
        let selectors = Selectors::read(file).unwrap();
        let reasons: Vec<_> = scenarios.iter().map(|scenario| scenario.unsupported(&selectors)).collect();
        assert_eq!(reasons, [Some("no button"), Some("always answered"), None]);
    }

    #[test]
    fn the_arguments_name_what_is_run() {
        check("saved", Ok(&["saved"]));
        check("--widget http://localhost:3000/ saved", Ok(&["saved"]));
        check("--widget", Err("--widget needs a value"));
        check("--wigdet x", Err("no option --wigdet"));
        check("svaed", Err("no scenario svaed"));
        check("nowhere.toml", Err("nowhere.toml cannot be read"));
        check("--selectors nowhere.txt", Err("nowhere.txt cannot be read"));
        assert_eq!(Arguments::parse(["--list".to_owned()]).unwrap().task, Task::List);
    }
}
