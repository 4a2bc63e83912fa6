//! Reads a scenario's file. What is wrong in it is told with the line.

use super::{
    Pattern, Scenario,
    step::{HubSpotDoes, Place, Setup, Step, Verb, Words},
};
use crate::{
    apps::Shown,
    check::Rule,
    crm::{Account, NotARecordId, RecordId},
    desk::Dial,
    trouble::{Mischief, Trouble},
};
use calling_extensions::{
    codec::Value,
    message::{GuestMessage, HostMessage, Message},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use toml::Spanned;

/// A file that is no scenario: which, where, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scenario {name}, line {line}: {problem}")]
pub struct ScenarioError {
    /// The name of the scenario.
    pub name: String,
    /// Where in its file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is no TOML, or has fields that no scenario has.
    #[error("{0}")]
    Syntax(String),
    /// A step without a verb.
    #[error("a step needs one of {}", VERBS.join(", "))]
    NoVerb,
    /// A step with several verbs.
    #[error("one step, one verb: this one has {0}")]
    Verbs(String),
    /// A field that goes with another verb.
    #[error("`{field}` does not go with `{verb}`")]
    Stray { field: &'static str, verb: &'static str },
    /// A field that the verb needs.
    #[error("`{verb}` needs `{field}`")]
    Missing { field: &'static str, verb: &'static str },
    /// A message that the one who should say it does not know.
    #[error("{who} says no {kind}")]
    UnknownMessage { who: &'static str, kind: String },
    /// A wish for a field that is not understood.
    #[error("{0}")]
    Pattern(String),
    /// A name that no earlier step keeps.
    #[error("nothing is kept as `{0}` before this step")]
    NothingKept(String),
    /// A switch of trouble that there is not.
    #[error("trouble: {0}")]
    Trouble(String),
    /// A record that is not written as one.
    #[error(transparent)]
    Record(#[from] NotARecordId),
    /// A number that the record does not have: nobody could click it.
    #[error("{record} has no number {number}")]
    NoSuchNumber { record: RecordId, number: String },
    /// A time that is none.
    #[error("`within-seconds` is more than 0 and at most 120")]
    Time,
    /// No steps at all.
    #[error("there is no [[step]] in it")]
    NoSteps,
}

const VERBS: [&str; 9] =
    ["in-widget", "dial", "widget-says", "hubspot-says", "hubspot", "trouble", "mischief", "timeline-of", "alert"];

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

/// Every field of every step; [`RawStep::verb`] sorts out which go together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawStep {
    in_widget: Option<String>,
    value: Option<String>,
    place: Option<Place>,
    prompt: Option<Words>,
    dial: Option<String>,
    of: Option<String>,
    widget_says: Option<String>,
    hubspot_says: Option<String>,
    with: Option<Value>,
    hubspot: Option<HubSpotDoes>,
    trouble: Option<Value>,
    mischief: Option<Mischief>,
    timeline_of: Option<String>,
    alert: Option<String>,
    within_seconds: Option<f64>,
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

impl RawStep {
    fn verb(self) -> Result<Verb, Problem> {
        let there = [
            self.in_widget.is_some(),
            self.dial.is_some(),
            self.widget_says.is_some(),
            self.hubspot_says.is_some(),
            self.hubspot.is_some(),
            self.trouble.is_some(),
            self.mischief.is_some(),
            self.timeline_of.is_some(),
            self.alert.is_some(),
        ];
        let mut verbs = VERBS.into_iter().zip(there).filter(|(_, there)| *there).map(|(verb, _)| verb);
        let verb = verbs.next().ok_or(Problem::NoVerb)?;
        if let Some(second) = verbs.next() {
            return Err(Problem::Verbs(format!("`{verb}` and `{second}`")));
        }
        for (field, there, verbs) in [
            ("value", self.value.is_some(), &["in-widget"][..]),
            ("place", self.place.is_some(), &["in-widget"]),
            ("prompt", self.prompt.is_some(), &["in-widget"]),
            ("of", self.of.is_some(), &["dial"]),
            ("with", self.with.is_some(), &["widget-says", "hubspot-says", "timeline-of"]),
        ] {
            if there && !verbs.contains(&verb) {
                return Err(Problem::Stray { field, verb });
            }
        }
        let with = self.with.as_ref().map_or(Ok(Pattern::ANY), Pattern::read).map_err(Problem::Pattern);
        if let Some(action) = self.in_widget {
            let place = self.place.unwrap_or_default();
            return Ok(Verb::InWidget { action, value: self.value, place, prompt: self.prompt });
        }
        if let Some(number) = self.dial {
            let record = self.of.ok_or(Problem::Missing { field: "of", verb })?;
            let record: RecordId = record.parse()?;
            let on_page = Account::get().numbers_on_page(&record);
            let found = on_page.into_iter().find(|(_, on_page)| on_page.number == number);
            let Some((callee, on_page)) = found else { return Err(Problem::NoSuchNumber { record, number }) };
            let (callee, property) = (callee.id.clone(), on_page.property.clone());
            return Ok(Verb::Dial(Dial { frame: None, record, callee, property, number }));
        }
        if let Some(kind) = self.widget_says {
            return Ok(Verb::WidgetSays { kind: known::<GuestMessage>("a widget", kind)?, with: with? });
        }
        if let Some(kind) = self.hubspot_says {
            return Ok(Verb::HubSpotSays { kind: known::<HostMessage>("HubSpot", kind)?, with: with? });
        }
        if let Some(record) = self.timeline_of {
            return Ok(Verb::Timeline { record: record.parse()?, with: with? });
        }
        if let Some(does) = self.hubspot {
            return Ok(Verb::HubSpotDoes(does));
        }
        if let Some(trouble) = self.trouble {
            return Ok(Verb::Trouble(read_trouble(&trouble)?));
        }
        if let Some(mischief) = self.mischief {
            return Ok(Verb::Mischief(mischief));
        }
        self.alert.map(Verb::Alert).ok_or(Problem::NoVerb)
    }
}

/// A message that nobody says would be waited for in vain.
fn known<M: Message>(who: &'static str, kind: String) -> Result<String, Problem> {
    if M::KINDS.contains(&kind.as_str()) { Ok(kind) } else { Err(Problem::UnknownMessage { who, kind }) }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_file_becomes_a_scenario() {
        let text = r#"
description.en = "A call"

[setup]
frames = "remote-and-window"
trouble.creation_fails = true

[[step]]
dial = "+1 617 555 0111"
of = "0-1/51"

[[step]]
in-widget = "type-notes"
value = "Yes."
place = "window"

[[step]]
widget-says = "CALL_ENDED"
with.externalCallId.keep-as = "call"
with.callEndStatus = "BUSY"
within-seconds = 2.5
"#;
        let scenario = Scenario::read("a-call", text).unwrap();
        assert_eq!(scenario.description, Words { en: "A call".to_owned(), fr: None });
        assert_eq!(scenario.setup.frames, Shown::RemoteAndWindow);
        assert!(scenario.setup.trouble.creation_fails && scenario.setup.logged_in);
        let lines: Vec<_> = scenario.steps.iter().map(|step| step.line).collect();
        assert_eq!(lines, [8, 8, 8, 8, 12, 17, 17]);
        assert_eq!(scenario.steps[5].within, 2_500.0);
        let Verb::WidgetSays { kind, with: Pattern::Fields(fields) } = &scenario.steps[5].verb else { panic!() };
        assert_eq!((kind.as_str(), fields.len()), ("CALL_ENDED", 2));
    }

    #[track_caller]
    fn check(steps: &str, line: usize, part: &str) {
        let text = format!("description.en = \"x\"\n{steps}");
        let error = Scenario::read("broken", &text).unwrap_err();
        let words = error.to_string();
        assert!(error.line == line && words.contains(part), "{steps}: {words}");
        assert!(words.starts_with("scenario broken, line "), "{words}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        check("", 1, "no [[step]]");
        check("[[step]\n", 2, "");
        check("[[step]]\n\n[[step]]\nalert = \"x\"", 2, "needs one of in-widget, dial");
        check("[[step]]\nalert = \"x\"\nhubspot = \"end-call\"", 2, "`hubspot` and `alert`");
        check("[[step]]\nalret = \"x\"", 3, "alret");
        check("[[step]]\nalert = 5", 3, "invalid type");
        check("[[step]]\nhubspot = \"end-cal\"", 3, "end-cal");
        check("[[step]]\nalert = \"x\"\nvalue = \"y\"", 2, "`value` does not go with `alert`");
        check("[[step]]\ndial = \"1\"", 2, "`dial` needs `of`");
        check("[[step]]\ndial = \"1\"\nof = \"101\"", 2, "\"101\" names no record");
        check("[[step]]\ndial = \"112\"\nof = \"0-1/51\"", 2, "0-1/51 has no number 112");
        check("[[step]]\nmischief = \"nothing\"", 3, "nothing");
        check("[[step]]\nwidget-says = \"CALL_BEGAN\"", 2, "a widget says no CALL_BEGAN");
        check("[[step]]\nhubspot-says = \"CALL_ENDED\"", 2, "HubSpot says no CALL_ENDED");
        check("[[step]]\nwidget-says = \"CALL_ENDED\"\nwith.a.is-an = 1", 2, "no wish `is-an`");
        check("[[step]]\nwidget-says = \"CALL_ENDED\"\nwith.a.same-as = \"call\"", 2, "kept as `call`");
        check("[[step]]\ntrouble.creation_fail = true", 2, "no switch `creation_fail`");
        check("[[step]]\ntrouble.delay = \"long\"", 2, "invalid type");
        check("[[step]]\nalert = \"x\"\nwithin-seconds = 0", 2, "`within-seconds`");
        check("[setup]\nfindings = [\"twice\"]\n[[step]]\nalert = \"x\"", 3, "twice");
        check("[setup]\ntrouble.dealy = 1\n[[step]]\nalert = \"x\"", 2, "no switch `dealy`");
    }
}
