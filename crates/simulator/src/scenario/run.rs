//! Runs a scenario: events and times in, orders and an outcome out.

mod unmatched;

use self::unmatched::{Match, Unmatched};
use super::{
    Captures, Command, Event, Failure, HubSpotAction, Outcome, Place, Prompt, Reason, Scenario, Snapshot, Step,
    StepKind, failure::Sender,
};
use crate::{
    apps::Placement,
    check::{Check, Finding, Rule, Severity},
    hubspot::FrameId,
    transcript::{Direction, Entry},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The messages about calls. One that no step waits for is a failure; others may come at any time.
const ABOUT_CALLS: [&str; 8] = [
    "INCOMING_CALL",
    "OUTGOING_CALL_STARTED",
    "CALL_ANSWERED",
    "CALL_TRANSFERRED",
    "CALL_ENDED",
    "CALL_COMPLETED",
    "FINALIZE_ENGAGEMENT",
    "PUBLISH_TO_CHANNEL",
];

/// After the last step the widget has so many milliseconds to say too much.
const QUIET_PERIOD_MS: f64 = 300.0;

/// More messages than these are not kept: a widget that floods does not fill the browser's storage.
const MAX_ENTRIES: usize = 2_000;

/// A scenario that is being run. It is kept over a reload of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    scenario: Scenario,
    at: usize,
    /// When the time of the step began.
    since: f64,
    kept: Captures,
    logged_in: bool,
    ready: BTreeSet<FrameId>,
    /// What the widget said that no step has taken.
    said: Unmatched,
    /// The same of HubSpot.
    told: Unmatched,
    entries: Vec<Entry>,
    outcome: Option<Outcome>,
}

/// What came of looking at the step.
enum StepResult {
    Done,
    Wait,
    Fail(Reason),
}

impl Run {
    /// Begins.
    pub fn start(scenario: Scenario, now: f64) -> (Self, Vec<Command>) {
        let mut run = Self {
            scenario,
            at: 0,
            since: now,
            kept: Captures::new(),
            logged_in: false,
            ready: BTreeSet::new(),
            said: Unmatched::default(),
            told: Unmatched::default(),
            entries: Vec::new(),
            outcome: None,
        };
        let commands = run.start_step(now);
        (run, commands)
    }

    /// What is run.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The messages since the beginning.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What the protocol check finds in them.
    pub fn findings(&self) -> Vec<Finding> {
        let mut check = Check::new();
        let mut findings: Vec<_> = self.entries.iter().flat_map(|entry| check.feed(entry)).collect();
        let now = self.entries.last().map_or(0.0, |entry| entry.at);
        findings.extend(check.at_end(now));
        findings
    }

    /// How it ended, once it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// The step that it is at, by its place in [`Scenario::steps`].
    pub fn at(&self) -> usize {
        self.at
    }

    /// What somebody is to do now inside the widget.
    pub fn prompt(&self) -> Option<Prompt> {
        if self.outcome.is_some() {
            return None;
        }
        let (action, value, place, words) = match &self.step()?.kind {
            StepKind::LoggedIn => ("log-in", None, Place::default(), None),
            StepKind::InWidget { action, value, place, prompt } => {
                (action.as_str(), value.clone(), *place, prompt.clone())
            }
            _ => return None,
        };
        Some(Prompt { step: self.at, action: action.to_owned(), value, place, words })
    }

    /// Takes an event and goes on as far as that allows.
    pub fn on(&mut self, event: Event, snapshot: &Snapshot, now: f64) -> Vec<Command> {
        if self.outcome.is_some() {
            return Vec::new();
        }
        let is_tick = event == Event::Tick;
        let done = match event {
            Event::Tick => false,
            Event::Said(entry) => {
                self.hear(entry);
                false
            }
            Event::Done => matches!(self.step().map(|step| &step.kind), Some(StepKind::InWidget { .. })),
            Event::PageLoaded => {
                matches!(self.step().map(|step| &step.kind), Some(StepKind::HubSpotAction(HubSpotAction::ReloadPage)))
            }
            Event::NotDone(why) => {
                self.fail(Reason::NotDone(why));
                false
            }
        };
        let mut commands = Vec::new();
        if done {
            commands.extend(self.next_step(now));
        }
        while self.outcome.is_none() {
            match self.evaluate_step(snapshot, now, is_tick) {
                StepResult::Done => commands.extend(self.next_step(now)),
                StepResult::Wait => break,
                StepResult::Fail(reason) => self.fail(reason),
            }
        }
        commands
    }

    fn step(&self) -> Option<&Step> {
        self.scenario.steps.get(self.at)
    }

    fn next_step(&mut self, now: f64) -> Vec<Command> {
        self.at += 1;
        if self.step().is_none() {
            self.outcome = Some(Outcome::Passed);
        }
        self.start_step(now)
    }

    fn start_step(&mut self, now: f64) -> Vec<Command> {
        self.since = now;
        let command = self.step().and_then(|step| match &step.kind {
            StepKind::SetUp => Some(Command::SetUp(self.scenario.setup.clone())),
            StepKind::Dial(dial) => Some(Command::Dial(dial.clone())),
            StepKind::MalformedMessage(malformed) => Some(Command::MalformedMessage(*malformed)),
            StepKind::Faults(faults) => Some(Command::Faults(faults.clone())),
            StepKind::HubSpotAction(does) => Some(Command::Do(*does)),
            _ => None,
        });
        command.into_iter().collect()
    }

    fn fail(&mut self, reason: Reason) {
        let line = self.step().map_or(1, |step| step.line);
        self.outcome = Some(Outcome::Failed(Failure { line, reason }));
    }

    fn hear(&mut self, entry: Entry) {
        let kind = entry.kind().to_owned();
        let data = entry.message.get("data").cloned();
        match entry.direction {
            Direction::FromWidget if entry.ignored.is_none() => {
                let says_logged_in = || data.as_ref().and_then(|data| data.get("isLoggedIn")?.read::<bool>());
                match kind.as_str() {
                    "INITIALIZED" => {
                        self.ready.insert(entry.frame.clone());
                        self.logged_in = says_logged_in().unwrap_or(self.logged_in);
                    }
                    "LOGGED_IN" => self.logged_in = true,
                    "LOGGED_OUT" => self.logged_in = false,
                    _ => {}
                }
                if kind != "SYNC_ACK" {
                    self.said.add(kind, data);
                }
            }
            Direction::FromWidget => {}
            // What is lost on purpose nobody heard.
            Direction::ToWidget if entry.ignored.is_some() => {}
            Direction::ToWidget => self.told.add(kind, data),
        }
        if self.entries.len() < MAX_ENTRIES {
            self.entries.push(entry);
        }
    }

    fn evaluate_step(&mut self, snapshot: &Snapshot, now: f64, is_tick: bool) -> StepResult {
        let Some(step) = self.scenario.steps.get(self.at) else { return StepResult::Wait };
        let (within, seconds) = (step.within, step.within / 1_000.0);
        let late = now - self.since >= within;
        let missing = |reason| if late { StepResult::Fail(reason) } else { StepResult::Wait };
        match &step.kind {
            StepKind::SetUp | StepKind::Dial(_) | StepKind::Faults(_) | StepKind::MalformedMessage(_) => {
                StepResult::Done
            }
            StepKind::HubSpotAction(HubSpotAction::ReloadPage) => missing(Reason::NotReloaded { seconds }),
            StepKind::HubSpotAction(_) => StepResult::Done,
            StepKind::FramesReady => {
                let (ready, frames) = (self.ready.len(), frames(self.scenario.setup.frames));
                if ready >= frames { StepResult::Done } else { missing(Reason::NotReady { ready, frames, seconds }) }
            }
            // Nobody is hurried: these wait for a person.
            StepKind::LoggedIn => {
                if self.logged_in {
                    StepResult::Done
                } else {
                    StepResult::Wait
                }
            }
            StepKind::InWidget { .. } => {
                if self.is_answered() {
                    StepResult::Done
                } else {
                    StepResult::Wait
                }
            }
            StepKind::WidgetSends { kind, with } => match self.said.take(kind, with, &mut self.kept, &ABOUT_CALLS) {
                Match::Yes => StepResult::Done,
                Match::Other(reason) => StepResult::Fail(reason),
                Match::No(instead) => {
                    missing(Reason::NotSent { who: Sender::Widget, kind: kind.clone(), seconds, instead })
                }
            },
            StepKind::HubSpotSends { kind, with } => match self.told.take(kind, with, &mut self.kept, &[]) {
                Match::Yes => StepResult::Done,
                Match::Other(reason) => StepResult::Fail(reason),
                Match::No(instead) => {
                    missing(Reason::NotSent { who: Sender::HubSpot, kind: kind.clone(), seconds, instead })
                }
            },
            StepKind::Timeline { record, with } => {
                let mut nearest = None;
                for (_, entry) in snapshot.timeline.iter().filter(|(of, _)| of == record) {
                    match with.check(Some(entry), &mut self.kept) {
                        Ok(()) => return StepResult::Done,
                        Err(mismatch) => nearest = Some(mismatch),
                    }
                }
                let record = record.to_string();
                missing(Reason::NoEntry { record, nearest })
            }
            StepKind::Alert(text) => {
                if snapshot.alerts.iter().any(|alert| alert.contains(text)) {
                    return StepResult::Done;
                }
                missing(Reason::NoAlert { text: text.clone(), shown: snapshot.alerts.clone() })
            }
            StepKind::End => {
                if let Some(kind) = self.said.first_of(&ABOUT_CALLS) {
                    return StepResult::Fail(Reason::SentBesides(kind.to_owned()));
                }
                // The check reads everything again, so it is not asked at every message of a widget that floods.
                if !is_tick || now - self.since < QUIET_PERIOD_MS {
                    return StepResult::Wait;
                }
                self.final_problem(snapshot).map_or(StepResult::Done, missing)
            }
        }
    }

    /// Whether the widget has said what the next step waits for, or what fails it: then what was to be done is done.
    fn is_answered(&self) -> bool {
        let Some(Step { kind: StepKind::WidgetSends { kind, .. }, .. }) = self.scenario.steps.get(self.at + 1) else {
            return false;
        };
        self.said.first_of(&[kind]).or_else(|| self.said.first_of(&ABOUT_CALLS)).is_some()
    }

    /// What is not as it should be when all steps are done.
    fn final_problem(&self, snapshot: &Snapshot) -> Option<Reason> {
        let found: BTreeSet<Rule> = self.findings().into_iter().map(|finding| finding.rule).collect();
        let expected: BTreeSet<Rule> = self.scenario.setup.findings.iter().copied().collect();
        // Advice is no fault, unless the scenario looks for it.
        let faults = found.iter().filter(|rule| rule.severity() != Severity::Advice || expected.contains(rule));
        if !faults.copied().eq(expected.iter().copied()) {
            let ids = |rules: BTreeSet<Rule>| rules.into_iter().map(|rule| rule.id().to_owned()).collect();
            return Some(Reason::Findings { found: ids(found), expected: ids(expected) });
        }
        let (found, expected) = (snapshot.ghost_calls, self.scenario.setup.ghost_calls);
        (found != expected).then_some(Reason::GhostCalls { found, expected })
    }
}

fn frames(frames: Placement) -> usize {
    match frames {
        Placement::Widget | Placement::Remote => 1,
        Placement::RemoteAndWindow => 2,
    }
}

#[cfg(test)]
mod tests;
