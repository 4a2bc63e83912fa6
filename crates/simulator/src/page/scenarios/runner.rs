//! Runs scenarios on this page, independently of the visible panel.

use crate::{
    apps::Placement,
    browser::{HubSpotHandle, storage},
    hubspot::Action,
    scenario::{self, Command, Event, HubSpotAction, Outcome, Prompt, Run, Scenario, ScenarioError, Snapshot},
};
use calling_extensions::message::IframeLocation;
use gloo::timers::callback::Interval;
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use yew::Callback;

/// The interval at which a run checks messages and state, in milliseconds.
const TICK_INTERVAL_MS: u32 = 50;

/// The page's actions for a scenario.
#[derive(Clone, PartialEq)]
pub struct PageControls {
    /// Opens the widget with a placement; true replaces an open widget.
    pub load_widget: Callback<(Placement, bool)>,
    /// Opens the widget with its last placement.
    pub open_widget: Callback<()>,
    /// Opens (true) or closes the calling window.
    pub set_calling_window: Callback<bool>,
}

/// A scenario of the user: an opened file, or a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UserScenario {
    pub name: String,
    pub text: String,
}

/// The scenario runs of this page. Cheap to clone; all clones are equal.
#[derive(Clone)]
pub struct ScenarioRunner(Rc<Inner>);

impl PartialEq for ScenarioRunner {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Inner {
    hubspot: HubSpotHandle,
    controls: RefCell<Option<PageControls>>,
    saved: RefCell<Saved>,
    user_scenarios: RefCell<Vec<UserScenario>>,
    interval: RefCell<Option<Interval>>,
    on_change: RefCell<Rc<dyn Fn()>>,
}

/// The state that survives a reload of the page.
#[derive(Default, Serialize, Deserialize)]
struct Saved {
    run: Option<Run>,
    /// The number of the next message for the run.
    next: u64,
    results: BTreeMap<String, Outcome>,
}

impl ScenarioRunner {
    pub fn open(hubspot: HubSpotHandle) -> Self {
        ScenarioRunner(Rc::new(Inner {
            hubspot,
            controls: RefCell::default(),
            saved: RefCell::new(storage::load(storage::RUN).unwrap_or_default()),
            user_scenarios: RefCell::new(storage::load(storage::SCENARIOS).unwrap_or_default()),
            interval: RefCell::default(),
            on_change: RefCell::new(Rc::new(|| {})),
        }))
    }

    /// Connects the runner with the page. A saved run continues; otherwise the scenario in the page's address starts.
    pub fn attach(&self, controls: PageControls, named: Option<&str>) {
        self.0.controls.replace(Some(controls));
        if self.is_running() {
            if let Some(placement) = self.run(|run| run.scenario().setup.frames) {
                self.emit(|controls| controls.load_widget.emit((placement, false)));
            }
            self.start_ticking();
            self.pass(Event::PageLoaded);
        } else if let Some(scenario) = named.and_then(|name| self.named(name)) {
            self.start(scenario);
        }
        if named.is_some() {
            remove_scenario_from_url();
        }
    }

    /// Whether this page can run scenarios: only the main page can.
    pub fn can_run(&self) -> bool {
        self.0.controls.borrow().is_some()
    }

    /// Sets the callback for changes.
    pub fn connect(&self, on_change: impl Fn() + 'static) {
        self.0.on_change.replace(Rc::new(on_change));
    }

    /// Whether a scenario is running.
    pub fn is_running(&self) -> bool {
        self.run(|run| run.outcome().is_none()).unwrap_or_default()
    }

    /// A part of the latest run.
    pub fn run<T>(&self, part: impl FnOnce(&Run) -> T) -> Option<T> {
        self.0.saved.borrow().run.as_ref().map(part)
    }

    /// The action to perform in the widget now.
    pub fn prompt(&self) -> Option<Prompt> {
        self.run(Run::prompt).flatten()
    }

    /// The result of the last run of this scenario.
    pub fn result(&self, name: &str) -> Option<Outcome> {
        self.0.saved.borrow().results.get(name).cloned()
    }

    /// The user's scenarios, parsed.
    pub fn user_scenarios(&self) -> Vec<(UserScenario, Result<Scenario, ScenarioError>)> {
        let scenario = self.0.user_scenarios.borrow();
        scenario.iter().map(|scenario| (scenario.clone(), Scenario::read(&scenario.name, &scenario.text))).collect()
    }

    /// Adds a scenario, or replaces the one with the same name.
    pub fn add_user_scenario(&self, new: UserScenario) {
        self.0.user_scenarios.borrow_mut().retain(|scenario| scenario.name != new.name);
        self.0.user_scenarios.borrow_mut().push(new);
        self.save_user_scenarios();
    }

    pub fn remove_user_scenario(&self, name: &str) {
        self.0.user_scenarios.borrow_mut().retain(|scenario| scenario.name != name);
        self.save_user_scenarios();
    }

    pub fn start(&self, scenario: Scenario) {
        let (run, commands) = Run::start(scenario, js_sys::Date::now());
        self.0.saved.borrow_mut().run = Some(run);
        self.execute(commands);
        // The setup has removed earlier messages.
        self.0.saved.borrow_mut().next = self.0.hubspot.messages().transcript.next();
        self.save();
        self.start_ticking();
        self.tick();
    }

    /// Ends the run without a result.
    pub fn stop(&self) {
        self.0.saved.borrow_mut().run = None;
        self.save();
    }

    pub fn done(&self) {
        self.pass(Event::Done);
    }

    pub fn not_done(&self, why: String) {
        self.pass(Event::NotDone(why));
    }

    fn named(&self, name: &str) -> Option<Scenario> {
        let scenario = self
            .user_scenarios()
            .into_iter()
            .filter(|(scenario, _)| scenario.name == name)
            .find_map(|(_, read)| read.ok());
        scenario.or_else(|| scenario::shipped().flatten().find(|scenario| scenario.name == name))
    }

    fn start_ticking(&self) {
        let runner = self.clone();
        self.0.interval.replace(Some(Interval::new(TICK_INTERVAL_MS, move || runner.tick())));
    }

    fn tick(&self) {
        if !self.is_running() {
            self.0.interval.take();
            return;
        }
        let transcript = self.0.hubspot.messages().transcript;
        let next = self.0.saved.borrow().next.max(transcript.first());
        let mut is_changed = false;
        for (number, entry) in (next..).zip(transcript.since(next)) {
            // Set before, so that a reloaded page does not handle the message again.
            self.0.saved.borrow_mut().next = number + 1;
            is_changed |= self.forward(Event::Message((**entry).clone()));
        }
        is_changed |= self.forward(Event::Tick);
        // Saved once for all messages, in case of a flood.
        if is_changed {
            self.save();
        }
    }

    fn pass(&self, event: Event) {
        if self.forward(event) {
            self.save();
        }
    }

    /// Passes an event to the run. Returns whether the run has changed.
    fn forward(&self, event: Event) -> bool {
        let is_tick = event == Event::Tick;
        let snapshot = Snapshot::of(&self.0.hubspot.state());
        let commands = {
            let mut saved = self.0.saved.borrow_mut();
            let Some(run) = saved.run.as_mut() else { return false };
            let before = run.at();
            let commands = run.on(event, &snapshot, js_sys::Date::now());
            let (at, outcome) = (run.at(), run.outcome().cloned());
            if is_tick && at == before && outcome.is_none() {
                return false;
            }
            if let Some(outcome) = outcome {
                let name = run.scenario().name.clone();
                saved.results.insert(name, outcome);
            }
            commands
        };
        self.execute(commands);
        true
    }

    fn execute(&self, commands: Vec<Command>) {
        let hubspot = &self.0.hubspot;
        for command in commands {
            match command {
                Command::SetUp(setup) => {
                    hubspot.reset();
                    hubspot.dispatch(Action::SetFaults(setup.faults));
                    self.emit(|controls| controls.load_widget.emit((setup.frames, true)));
                    let is_there = hubspot.state().frames.iter().any(|frame| frame.location == IframeLocation::Window);
                    if setup.frames == Placement::RemoteAndWindow || is_there {
                        self.emit(|controls| {
                            controls.set_calling_window.emit(setup.frames == Placement::RemoteAndWindow)
                        });
                    }
                }
                Command::Dial(dial) => {
                    self.ensure_frame();
                    hubspot.dispatch(Action::Dial(dial));
                }
                Command::Faults(faults) => hubspot.dispatch(Action::SetFaults(faults)),
                Command::Send { kind, data } => {
                    for frame in &hubspot.state().frames {
                        let (frame, kind, data) = (frame.id.clone(), kind.clone(), data.clone());
                        hubspot.dispatch(Action::Send { frame, kind, data });
                    }
                }
                Command::MalformedMessage(malformed) => {
                    for frame in hubspot.frames() {
                        hubspot.dispatch(Action::SendMalformed { frame: frame.id, malformed });
                    }
                }
                Command::HubSpotAction(action) => self.perform(action),
            }
        }
    }

    fn perform(&self, action: HubSpotAction) {
        let hubspot = &self.0.hubspot;
        match action {
            HubSpotAction::EndCall => hubspot.dispatch(Action::EndCall),
            HubSpotAction::ReloadPage => {
                // The reloaded page handles later messages.
                self.0.interval.take();
                self.save();
                hubspot.reload_page();
            }
            HubSpotAction::ReloadFrame => {
                for frame in hubspot.frames() {
                    hubspot.dispatch(Action::ReloadFrame { frame: frame.id });
                }
            }
            HubSpotAction::OpenWindow => self.emit(|controls| controls.set_calling_window.emit(true)),
            HubSpotAction::CloseWindow => self.emit(|controls| controls.set_calling_window.emit(false)),
            HubSpotAction::StartQueue => hubspot.dispatch(Action::StartQueue),
            HubSpotAction::CallTask => {
                self.ensure_frame();
                hubspot.dispatch(Action::CallTask { frame: None });
            }
            HubSpotAction::SkipTask => hubspot.dispatch(Action::SkipTask),
            HubSpotAction::LeaveQueue => hubspot.dispatch(Action::LeaveQueue),
        }
    }

    /// Opens the widget if it is closed, which HubSpot does after a call.
    fn ensure_frame(&self) {
        if self.0.hubspot.state().frames.is_empty() {
            self.emit(|controls| controls.open_widget.emit(()));
        }
    }

    fn emit(&self, what: impl FnOnce(&PageControls)) {
        if let Some(controls) = &*self.0.controls.borrow() {
            what(controls);
        }
    }

    fn save(&self) {
        // If it cannot be saved, the run continues until the page reloads.
        storage::save(storage::RUN, &*self.0.saved.borrow());
        self.on_change();
    }

    fn save_user_scenarios(&self) {
        storage::save(storage::SCENARIOS, &*self.0.user_scenarios.borrow());
        self.on_change();
    }

    fn on_change(&self) {
        let on_change = Rc::clone(&self.0.on_change.borrow());
        on_change();
    }
}

/// Removes the scenario from the page's address, so that a reload does not start it again.
fn remove_scenario_from_url() {
    let window = gloo::utils::window();
    let Ok(url) = window.location().href().and_then(|href| web_sys::Url::new(&href)) else { return };
    url.search_params().delete("scenario");
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url.href()));
    }
}
