//! Reads a scenario's file. What is wrong in it is told with the line.

mod problem;
mod step;
#[cfg(test)]
mod tests;

pub use problem::{Problem, ScenarioError};

use self::step::RawStep;
use super::{
    Scenario,
    step::{Setup, Step, Verb, Words},
};
use crate::{apps::Shown, check::Rule, trouble::Trouble};
use calling_extensions::codec::Value;
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use toml::Spanned;

/// How long a step may take if it says nothing else, in milliseconds.
pub(super) const WITHIN: f64 = 10_000.0;

/// How long a widget may take to load, in milliseconds.
const LOADING: f64 = 30_000.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    description: Words,
    #[serde(default)]
    setup: Option<Spanned<RawSetup>>,
    #[serde(default)]
    step: Vec<Spanned<RawStep>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawSetup {
    #[serde(default)]
    frames: Shown,
    #[serde(default = "yes")]
    logged_in: bool,
    trouble: Option<Value>,
    #[serde(default)]
    findings: Vec<Rule>,
    #[serde(default)]
    ghost_calls: usize,
}

fn yes() -> bool {
    true
}

impl Scenario {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line.
    pub fn read(name: &str, text: &str) -> Result<Self, ScenarioError> {
        let wrong = |line, problem| ScenarioError { name: name.to_owned(), line, problem };
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_at(text, span.start));
            wrong(line, Problem::Syntax(error.message().to_owned()))
        })?;
        if file.step.is_empty() {
            return Err(wrong(1, Problem::NoSteps));
        }
        let setup_line = file.setup.as_ref().map_or(1, |setup| line_at(text, setup.span().start));
        let setup = match file.setup {
            Some(setup) => read_setup(setup.into_inner()).map_err(|problem| wrong(setup_line, problem))?,
            None => Setup::default(),
        };
        let mut kept = BTreeSet::new();
        let mut steps = Vec::new();
        for raw in file.step {
            let line = line_at(text, raw.span().start);
            steps.push(read_step(raw.into_inner(), line, &mut kept).map_err(|problem| wrong(line, problem))?);
        }
        let steps = with_frame(steps, &setup);
        Ok(Self { name: name.to_owned(), description: file.description, setup, steps })
    }
}

/// What comes before and after the steps of every file.
pub(super) fn with_frame(steps: Vec<Step>, setup: &Setup) -> Vec<Step> {
    let step = |line, verb, within| Step { line, verb, within };
    let first = steps.first().map_or(1, |step| step.line);
    let last = steps.last().map_or(1, |step| step.line);
    let mut all = vec![step(first, Verb::SetUp, LOADING), step(first, Verb::FramesReady, LOADING)];
    if setup.logged_in {
        all.push(step(first, Verb::LoggedIn, WITHIN));
    }
    all.extend(steps);
    all.push(step(last, Verb::End, WITHIN));
    all
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            frames: Shown::default(),
            logged_in: true,
            trouble: Trouble::default(),
            findings: Vec::new(),
            ghost_calls: 0,
        }
    }
}

fn read_setup(raw: RawSetup) -> Result<Setup, Problem> {
    Ok(Setup {
        frames: raw.frames,
        logged_in: raw.logged_in,
        trouble: raw.trouble.as_ref().map_or_else(|| Ok(Trouble::default()), read_trouble)?,
        findings: raw.findings,
        ghost_calls: raw.ghost_calls,
    })
}

fn read_step(raw: RawStep, line: usize, kept: &mut BTreeSet<String>) -> Result<Step, Problem> {
    let within = raw.within_seconds.map_or(WITHIN, |seconds| seconds * 1_000.0);
    if !(within > 0.0 && within <= 120_000.0) {
        return Err(Problem::Time);
    }
    let verb = raw.verb()?;
    if let Verb::WidgetSays { with, .. } | Verb::HubSpotSays { with, .. } | Verb::Timeline { with, .. } = &verb {
        let mut unknown = None;
        let mut new = Vec::new();
        with.names(&mut |name, keeps| {
            if keeps {
                new.push(name.to_owned());
            } else if !kept.contains(name) {
                unknown.get_or_insert_with(|| name.to_owned());
            }
        });
        if let Some(name) = unknown {
            return Err(Problem::NothingKept(name));
        }
        kept.extend(new);
    }
    Ok(Step { line, verb, within })
}

/// A switch that is misspelt would be one that is off.
fn read_trouble(switches: &Value) -> Result<Trouble, Problem> {
    let known: Value = convert(&Trouble::default()).map_err(Problem::Trouble)?;
    if let Some((name, _)) =
        switches.as_map().into_iter().flat_map(|map| map.iter()).find(|(name, _)| known.get(name).is_none())
    {
        return Err(Problem::Trouble(format!("there is no switch `{name}`")));
    }
    convert(switches).map_err(Problem::Trouble)
}

/// From one of serde's types to another of the same shape.
pub(super) fn convert<T: DeserializeOwned>(from: &impl serde::Serialize) -> Result<T, String> {
    let json = serde_json::to_value(from).map_err(|error| error.to_string())?;
    serde_json::from_value(json).map_err(|error| error.to_string())
}

fn line_at(text: &str, place: usize) -> usize {
    text.get(..place).unwrap_or_default().matches('\n').count() + 1
}
