//! Parses scenario files. Errors have line numbers.

mod problem;
mod step;
#[cfg(test)]
mod tests;

pub use problem::{Problem, ScenarioError};

use self::step::RawStep;
use super::{
    Scenario,
    step::{LocalizedText, Setup, Step, StepKind},
};
use crate::{apps::Placement, check::Rule, faults::Faults};
use calling_extensions::codec::Value;
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use toml::Spanned;

/// The default time limit of a step, in milliseconds.
pub(super) const DEFAULT_TIMEOUT_MS: f64 = 10_000.0;

/// How long a widget may take to load, in milliseconds.
const LOAD_TIMEOUT_MS: f64 = 30_000.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    description: LocalizedText,
    #[serde(default)]
    setup: Option<Spanned<RawSetup>>,
    #[serde(default)]
    step: Vec<Spanned<RawStep>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawSetup {
    #[serde(default)]
    frames: Placement,
    #[serde(default = "yes")]
    logged_in: bool,
    faults: Option<Value>,
    #[serde(default)]
    findings: Vec<Rule>,
    #[serde(default)]
    ghost_calls: usize,
    #[serde(default)]
    needs: Vec<String>,
}

fn yes() -> bool {
    true
}

impl Scenario {
    /// Parses the text of a file.
    ///
    /// # Errors
    /// The first error, with its line.
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
        let mut captured = BTreeSet::new();
        let mut steps = Vec::new();
        for raw in file.step {
            let line = line_at(text, raw.span().start);
            steps.push(read_step(raw.into_inner(), line, &mut captured).map_err(|problem| wrong(line, problem))?);
        }
        let steps = with_setup_and_end(steps, &setup);
        Ok(Self { name: name.to_owned(), description: file.description, setup, steps })
    }
}

/// Adds the steps that come before and after those of every file.
pub(super) fn with_setup_and_end(steps: Vec<Step>, setup: &Setup) -> Vec<Step> {
    let step = |line, kind, within| Step { line, kind, within };
    let first = steps.first().map_or(1, |step| step.line);
    let last = steps.last().map_or(1, |step| step.line);
    let mut all =
        vec![step(first, StepKind::SetUp, LOAD_TIMEOUT_MS), step(first, StepKind::FramesReady, LOAD_TIMEOUT_MS)];
    if setup.logged_in {
        all.push(step(first, StepKind::LoggedIn, DEFAULT_TIMEOUT_MS));
    }
    all.extend(steps);
    all.push(step(last, StepKind::End, DEFAULT_TIMEOUT_MS));
    all
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            frames: Placement::default(),
            logged_in: true,
            faults: Faults::default(),
            findings: Vec::new(),
            ghost_calls: 0,
            needs: Vec::new(),
        }
    }
}

fn read_setup(raw: RawSetup) -> Result<Setup, Problem> {
    Ok(Setup {
        frames: raw.frames,
        logged_in: raw.logged_in,
        faults: raw.faults.as_ref().map_or_else(|| Ok(Faults::default()), read_faults)?,
        findings: raw.findings,
        ghost_calls: raw.ghost_calls,
        needs: raw.needs,
    })
}

fn read_step(raw: RawStep, line: usize, captured: &mut BTreeSet<String>) -> Result<Step, Problem> {
    let within = raw.within_seconds.map_or(DEFAULT_TIMEOUT_MS, |seconds| seconds * 1_000.0);
    if !(within > 0.0 && within <= 120_000.0) {
        return Err(Problem::Time);
    }
    let kind = raw.into_kind()?;
    if let StepKind::WidgetSends { with, .. } | StepKind::HubSpotSends { with, .. } | StepKind::Timeline { with, .. } =
        &kind
    {
        let mut unknown = None;
        let mut new = Vec::new();
        with.names(&mut |name, is_capture| {
            if is_capture {
                new.push(name.to_owned());
            } else if !captured.contains(name) {
                unknown.get_or_insert_with(|| name.to_owned());
            }
        });
        if let Some(name) = unknown {
            return Err(Problem::NothingCaptured(name));
        }
        captured.extend(new);
    }
    Ok(Step { line, kind, within })
}

/// Rejects unknown names: a misspelled fault would otherwise be inactive.
fn read_faults(faults: &Value) -> Result<Faults, Problem> {
    let known: Value = convert(&Faults::default()).map_err(Problem::Faults)?;
    if let Some((name, _)) =
        faults.as_map().into_iter().flat_map(|map| map.iter()).find(|(name, _)| known.get(name).is_none())
    {
        return Err(Problem::Faults(format!("there is no fault `{name}`")));
    }
    convert(faults).map_err(Problem::Faults)
}

/// Converts between types with the same serialized form.
pub(super) fn convert<T: DeserializeOwned>(from: &impl serde::Serialize) -> Result<T, String> {
    let json = serde_json::to_value(from).map_err(|error| error.to_string())?;
    serde_json::from_value(json).map_err(|error| error.to_string())
}

fn line_at(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or_default().matches('\n').count() + 1
}
