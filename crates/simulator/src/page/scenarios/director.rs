//! Runs a scenario on this page, whatever the page shows meanwhile.

use crate::{
    apps::Shown,
    desk::Action,
    rim::{Handle, storage},
    scenario::{self, Event, HubSpotDoes, Look, Order, Outcome, Prompt, Run, Scenario, ScenarioError},
};
use calling_extensions::message::IframeLocation;
use gloo::timers::callback::Interval;
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use yew::Callback;

/// How often a run looks at the messages and the desk, in milliseconds.
const EVERY: u32 = 50;

/// What the page does for a scenario.
#[derive(Clone, PartialEq)]
pub struct Doing {
    /// Opens the widget in these frames; anew, or as it is if it is there.
    pub stage: Callback<(Shown, bool)>,
    /// Opens the widget again where it was.
    pub open: Callback<()>,
    /// Opens the calling window, or closes it.
    pub window: Callback<bool>,
}

/// A scenario that is not shipped: a file that somebody opened, or a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Own {
    pub name: String,
    pub text: String,
}

/// The runs of this page. It never changes; what changes is what it gives.
#[derive(Clone)]
pub struct Director(Rc<Inner>);

impl PartialEq for Director {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Inner {
    desk: Handle,
    doing: RefCell<Option<Doing>>,
    kept: RefCell<Kept>,
    own: RefCell<Vec<Own>>,
    ticking: RefCell<Option<Interval>>,
    draw: RefCell<Rc<dyn Fn()>>,
}

/// What is kept over a reload of the page.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    run: Option<Run>,
    /// The number of the next message that the run hears.
    next: u64,
    results: BTreeMap<String, Outcome>,
}

impl Director {
    pub fn open(desk: Handle) -> Self {
        Director(Rc::new(Inner {
            desk,
            doing: RefCell::default(),
            kept: RefCell::new(storage::load(storage::RUN).unwrap_or_default()),
            own: RefCell::new(storage::load(storage::SCENARIOS).unwrap_or_default()),
            ticking: RefCell::default(),
            draw: RefCell::new(Rc::new(|| {})),
        }))
    }

    /// The page is there: a run that was kept goes on, or else the scenario that its address names is started.
    pub fn begin(&self, doing: Doing, named: Option<&str>) {
        self.0.doing.replace(Some(doing));
        if self.is_running() {
            if let Some(shown) = self.run(|run| run.scenario().setup.frames) {
                self.emit(|doing| doing.stage.emit((shown, false)));
            }
            self.start_ticking();
            self.pass(Event::PageLoaded);
        } else if let Some(scenario) = named.and_then(|name| self.named(name)) {
            self.start(scenario);
        }
        if named.is_some() {
            forget_the_name();
        }
    }

    /// Whether this is the page that runs scenarios: the others have no widget to open.
    pub fn is_here(&self) -> bool {
        self.0.doing.borrow().is_some()
    }

    /// Calls `draw` whenever there is something new.
    pub fn connect(&self, draw: impl Fn() + 'static) {
        self.0.draw.replace(Rc::new(draw));
    }

    /// Whether a scenario is being run.
    pub fn is_running(&self) -> bool {
        self.run(|run| run.outcome().is_none()).unwrap_or_default()
    }

    /// Something of the latest run.
    pub fn run<T>(&self, part: impl FnOnce(&Run) -> T) -> Option<T> {
        self.0.kept.borrow().run.as_ref().map(part)
    }

    /// What somebody is to do now in the widget.
    pub fn prompt(&self) -> Option<Prompt> {
        self.run(Run::prompt).flatten()
    }

    /// How the last run of this scenario ended.
    pub fn result(&self, name: &str) -> Option<Outcome> {
        self.0.kept.borrow().results.get(name).cloned()
    }

    /// The scenarios that are not shipped, each read.
    pub fn own(&self) -> Vec<(Own, Result<Scenario, ScenarioError>)> {
        let own = self.0.own.borrow();
        own.iter().map(|own| (own.clone(), Scenario::read(&own.name, &own.text))).collect()
    }

    /// Keeps a scenario, in the place of one of the same name.
    pub fn add_own(&self, new: Own) {
        self.0.own.borrow_mut().retain(|own| own.name != new.name);
        self.0.own.borrow_mut().push(new);
        self.keep_own();
    }

    pub fn remove_own(&self, name: &str) {
        self.0.own.borrow_mut().retain(|own| own.name != name);
        self.keep_own();
    }

    pub fn start(&self, scenario: Scenario) {
        let (run, orders) = Run::start(scenario, js_sys::Date::now());
        self.0.kept.borrow_mut().run = Some(run);
        self.obey(orders);
        // The set-up has forgotten the messages before.
        self.0.kept.borrow_mut().next = self.0.desk.messages().transcript.next();
        self.keep();
        self.start_ticking();
        self.tick();
    }

    /// Ends the run without a result.
    pub fn stop(&self) {
        self.0.kept.borrow_mut().run = None;
        self.keep();
    }

    pub fn done(&self) {
        self.pass(Event::Done);
    }

    pub fn not_done(&self, why: String) {
        self.pass(Event::NotDone(why));
    }

    fn named(&self, name: &str) -> Option<Scenario> {
        let own = self.own().into_iter().filter(|(own, _)| own.name == name).find_map(|(_, read)| read.ok());
        own.or_else(|| scenario::shipped().flatten().find(|scenario| scenario.name == name))
    }

    fn start_ticking(&self) {
        let director = self.clone();
        self.0.ticking.replace(Some(Interval::new(EVERY, move || director.tick())));
    }

    fn tick(&self) {
        if !self.is_running() {
            self.0.ticking.take();
            return;
        }
        let transcript = self.0.desk.messages().transcript;
        let next = self.0.kept.borrow().next.max(transcript.first());
        let mut is_changed = false;
        for (number, entry) in (next..).zip(transcript.since(next)) {
            // First, so that a page that is loaded anew does not hear it again.
            self.0.kept.borrow_mut().next = number + 1;
            is_changed |= self.hand_on(Event::Said((**entry).clone()));
        }
        is_changed |= self.hand_on(Event::Tick);
        // Once for all: a widget that floods must not fill the time with storing.
        if is_changed {
            self.keep();
        }
    }

    fn pass(&self, event: Event) {
        if self.hand_on(event) {
            self.keep();
        }
    }

    /// Gives it to the run, and says whether anything is new since.
    fn hand_on(&self, event: Event) -> bool {
        let is_tick = event == Event::Tick;
        let look = Look::at(&self.0.desk.state());
        let orders = {
            let mut kept = self.0.kept.borrow_mut();
            let Some(run) = kept.run.as_mut() else { return false };
            let before = run.at();
            let orders = run.on(event, &look, js_sys::Date::now());
            let (at, outcome) = (run.at(), run.outcome().cloned());
            if is_tick && at == before && outcome.is_none() {
                return false;
            }
            if let Some(outcome) = outcome {
                let name = run.scenario().name.clone();
                kept.results.insert(name, outcome);
            }
            orders
        };
        self.obey(orders);
        true
    }

    fn obey(&self, orders: Vec<Order>) {
        let desk = &self.0.desk;
        for order in orders {
            match order {
                Order::SetUp(setup) => {
                    desk.reset();
                    desk.dispatch(Action::SetTrouble(setup.trouble));
                    self.emit(|doing| doing.stage.emit((setup.frames, true)));
                    let is_there = desk.state().frames.iter().any(|frame| frame.location == IframeLocation::Window);
                    if setup.frames == Shown::RemoteAndWindow || is_there {
                        self.emit(|doing| doing.window.emit(setup.frames == Shown::RemoteAndWindow));
                    }
                }
                Order::Dial(dial) => {
                    self.see_to_a_frame();
                    desk.dispatch(Action::Dial(dial));
                }
                Order::Trouble(trouble) => desk.dispatch(Action::SetTrouble(trouble)),
                Order::Mischief(mischief) => {
                    for frame in desk.frames() {
                        desk.dispatch(Action::Mischief { frame: frame.id, mischief });
                    }
                }
                Order::Do(does) => self.do_it(does),
            }
        }
    }

    fn do_it(&self, does: HubSpotDoes) {
        let desk = &self.0.desk;
        match does {
            HubSpotDoes::EndCall => desk.dispatch(Action::EndCall),
            HubSpotDoes::ReloadPage => {
                // What comes after is heard by the page that comes.
                self.0.ticking.take();
                self.keep();
                desk.reload_page();
            }
            HubSpotDoes::ReloadFrame => {
                for frame in desk.frames() {
                    desk.dispatch(Action::ReloadFrame { frame: frame.id });
                }
            }
            HubSpotDoes::OpenWindow => self.emit(|doing| doing.window.emit(true)),
            HubSpotDoes::CloseWindow => self.emit(|doing| doing.window.emit(false)),
            HubSpotDoes::StartQueue => desk.dispatch(Action::StartQueue),
            HubSpotDoes::CallTask => {
                self.see_to_a_frame();
                desk.dispatch(Action::CallTask { frame: None });
            }
            HubSpotDoes::SkipTask => desk.dispatch(Action::SkipTask),
            HubSpotDoes::LeaveQueue => desk.dispatch(Action::LeaveQueue),
        }
    }

    /// HubSpot closes the widget after a call, and opens it for the next number.
    fn see_to_a_frame(&self) {
        if self.0.desk.state().frames.is_empty() {
            self.emit(|doing| doing.open.emit(()));
        }
    }

    fn emit(&self, what: impl FnOnce(&Doing)) {
        if let Some(doing) = &*self.0.doing.borrow() {
            what(doing);
        }
    }

    fn keep(&self) {
        // A run that the browser does not keep goes on until the page is loaded anew.
        storage::keep(storage::RUN, &*self.0.kept.borrow());
        self.draw();
    }

    fn keep_own(&self) {
        storage::keep(storage::SCENARIOS, &*self.0.own.borrow());
        self.draw();
    }

    fn draw(&self) {
        let draw = Rc::clone(&self.0.draw.borrow());
        draw();
    }
}

/// Takes the scenario out of the page's address: a reload does not start it again.
fn forget_the_name() {
    let window = gloo::utils::window();
    let Ok(url) = window.location().href().and_then(|href| web_sys::Url::new(&href)) else { return };
    url.search_params().delete("scenario");
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url.href()));
    }
}
