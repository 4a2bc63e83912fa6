//! The state machine that runs a scenario.

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

/// The messages about calls. One that no step expects is a failure; other messages may come at any time.
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

/// How long unexpected messages are awaited after the last step, in milliseconds.
const QUIET_PERIOD_MS: f64 = 300.0;

/// The maximum number of stored messages, so that a flood does not fill the browser's storage.
const MAX_ENTRIES: usize = 2_000;

/// A run of a scenario. It is saved, and continues after the page reloads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    scenario: Scenario,
    at: usize,
    /// When the step started.
    since: f64,
    captures: Captures,
    logged_in: bool,
    ready: BTreeSet<FrameId>,
    /// Messages of the widget that no step has matched.
    from_widget: Unmatched,
    /// Messages of HubSpot that no step has matched.
    from_hubspot: Unmatched,
    entries: Vec<Entry>,
    outcome: Option<Outcome>,
}

/// The result of evaluating a step.
enum StepResult {
    Done,
    Wait,
    Fail(Reason),
}

impl Run {
    /// Starts a run.
    pub fn start(scenario: Scenario, now: f64) -> (Self, Vec<Command>) {
        let mut run = Self {
            scenario,
            at: 0,
            since: now,
            captures: Captures::new(),
            logged_in: false,
            ready: BTreeSet::new(),
            from_widget: Unmatched::default(),
            from_hubspot: Unmatched::default(),
            entries: Vec::new(),
            outcome: None,
        };
        let commands = run.start_step(now);
        (run, commands)
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The messages since the start.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The findings of the protocol check in these messages.
    pub fn findings(&self) -> Vec<Finding> {
        let mut check = Check::new();
        let mut findings: Vec<_> = self.entries.iter().flat_map(|entry| check.feed(entry)).collect();
        let now = self.entries.last().map_or(0.0, |entry| entry.at);
        findings.extend(check.at_end(now));
        findings
    }

    /// The outcome, once the run has ended.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// The index of the current step in [`Scenario::steps`].
    pub fn at(&self) -> usize {
        self.at
    }

    /// The action to perform in the widget now.
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

    /// Handles an event and runs all steps that can be done now.
    pub fn on(&mut self, event: Event, snapshot: &Snapshot, now: f64) -> Vec<Command> {
        if self.outcome.is_some() {
            return Vec::new();
        }
        let is_tick = event == Event::Tick;
        let done = match event {
            Event::Tick => false,
            Event::Message(entry) => {
                self.on_message(entry);
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
            StepKind::Send { kind, data } => Some(Command::Send { kind: kind.clone(), data: data.clone() }),
            StepKind::MalformedMessage(malformed) => Some(Command::MalformedMessage(*malformed)),
            StepKind::Faults(faults) => Some(Command::Faults(faults.clone())),
            StepKind::HubSpotAction(action) => Some(Command::HubSpotAction(*action)),
            _ => None,
        });
        command.into_iter().collect()
    }

    fn fail(&mut self, reason: Reason) {
        let line = self.step().map_or(1, |step| step.line);
        self.outcome = Some(Outcome::Failed(Failure { line, reason }));
    }

    fn on_message(&mut self, entry: Entry) {
        let kind = entry.kind().to_owned();
        let data = entry.message.get("data").cloned();
        match entry.direction {
            Direction::FromWidget if entry.ignored.is_none() => {
                let is_logged_in = || data.as_ref().and_then(|data| data.get("isLoggedIn")?.read::<bool>());
                match kind.as_str() {
                    "INITIALIZED" => {
                        self.ready.insert(entry.frame.clone());
                        self.logged_in = is_logged_in().unwrap_or(self.logged_in);
                    }
                    "LOGGED_IN" => self.logged_in = true,
                    "LOGGED_OUT" => self.logged_in = false,
                    _ => {}
                }
                if kind != "SYNC_ACK" {
                    self.from_widget.add(kind, data);
                }
            }
            Direction::FromWidget => {}
            // Dropped messages were not received.
            Direction::ToWidget if entry.ignored.is_some() => {}
            Direction::ToWidget => self.from_hubspot.add(kind, data),
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
            StepKind::SetUp
            | StepKind::Dial(_)
            | StepKind::Send { .. }
            | StepKind::Faults(_)
            | StepKind::MalformedMessage(_) => StepResult::Done,
            StepKind::HubSpotAction(HubSpotAction::ReloadPage) => missing(Reason::NotReloaded { seconds }),
            StepKind::HubSpotAction(_) => StepResult::Done,
            StepKind::FramesReady => {
                let (ready, frames) = (self.ready.len(), frames(self.scenario.setup.frames));
                if ready >= frames { StepResult::Done } else { missing(Reason::NotReady { ready, frames, seconds }) }
            }
            // These wait for a person, without a time limit.
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
            StepKind::WidgetSends { kind, with } => {
                match self.from_widget.take(kind, with, &mut self.captures, &ABOUT_CALLS) {
                    Match::Found => StepResult::Done,
                    Match::Unexpected(reason) => StepResult::Fail(reason),
                    Match::Missing(instead) => {
                        missing(Reason::NotSent { who: Sender::Widget, kind: kind.clone(), seconds, instead })
                    }
                }
            }
            StepKind::HubSpotSends { kind, with } => {
                match self.from_hubspot.take(kind, with, &mut self.captures, &[]) {
                    Match::Found => StepResult::Done,
                    Match::Unexpected(reason) => StepResult::Fail(reason),
                    Match::Missing(instead) => {
                        missing(Reason::NotSent { who: Sender::HubSpot, kind: kind.clone(), seconds, instead })
                    }
                }
            }
            StepKind::Timeline { record, with } => {
                let mut nearest = None;
                for (_, entry) in snapshot.timeline.iter().filter(|(of, _)| of == record) {
                    match with.check(Some(entry), &mut self.captures) {
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
                if let Some(kind) = self.from_widget.first_of(&ABOUT_CALLS) {
                    return StepResult::Fail(Reason::SentBesides(kind.to_owned()));
                }
                // The check processes all messages again, so it does not run for every message of a flood.
                if !is_tick || now - self.since < QUIET_PERIOD_MS {
                    return StepResult::Wait;
                }
                self.final_problem(snapshot).map_or(StepResult::Done, missing)
            }
        }
    }

    /// Whether the widget has sent the message that the next step expects, or one that fails it: then the action is done.
    fn is_answered(&self) -> bool {
        let Some(Step { kind: StepKind::WidgetSends { kind, .. }, .. }) = self.scenario.steps.get(self.at + 1) else {
            return false;
        };
        self.from_widget.first_of(&[kind]).or_else(|| self.from_widget.first_of(&ABOUT_CALLS)).is_some()
    }

    /// What is still wrong after the last step.
    fn final_problem(&self, snapshot: &Snapshot) -> Option<Reason> {
        let found: BTreeSet<Rule> = self.findings().into_iter().map(|finding| finding.rule).collect();
        let expected: BTreeSet<Rule> = self.scenario.setup.findings.iter().copied().collect();
        // Advice counts only if the scenario expects it.
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
