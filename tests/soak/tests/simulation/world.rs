//! The simulated time, and who lives in it.

use crate::exchange::Exchange;
use crate::hubspot::HubSpot;
use crate::locks::Lock;
use crate::page::Page;
use crate::user;
use soak::faults::Faults;
use soak::ledger::Ledger;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The number of browser tabs. Each has a page of HubSpot with the widget in it.
pub const TABS: usize = 2;
/// A run that takes longer than this for one call hangs, in simulated milliseconds.
const TOO_LONG: f64 = 3_600_000.0;

type Task = Box<dyn FnOnce(&Rc<World>)>;

pub struct World {
    /// Milliseconds since the run began.
    time: Cell<f64>,
    /// How far the clock on the wall is from that.
    pub clock_error: Cell<f64>,
    /// What is still to happen, by time and by the order in which it was planned.
    tasks: RefCell<BTreeMap<(u64, u64), Task>>,
    planned: Cell<u64>,
    random: RefCell<fastrand::Rng>,
    /// When the last answer of HubSpot arrives.
    last_answer: Cell<f64>,
    is_traced: bool,
    pub faults: Faults,
    pub tabs: Vec<Tab>,
    /// For which the pages queue.
    pub lock: RefCell<Lock>,
    pub exchange: RefCell<Exchange>,
    pub ledger: RefCell<Ledger>,
    /// No call begins any more.
    pub is_closing: Cell<bool>,
}

pub struct Tab {
    pub hubspot: RefCell<HubSpot>,
    pub page: RefCell<Option<Rc<Page>>>,
    /// What the browser keeps over a reload of the page.
    pub stored: RefCell<Option<String>>,
    /// What it keeps when its storage is full: for reloads of the frame, not of the page around it.
    pub in_history: RefCell<Option<String>>,
    pub loads: Cell<u32>,
}

impl World {
    pub fn new(seed: u64, faults: Faults) -> Rc<Self> {
        let tab = |index| Tab {
            hubspot: RefCell::new(HubSpot::new(index, 0, &faults)),
            page: RefCell::default(),
            stored: RefCell::default(),
            in_history: RefCell::default(),
            loads: Cell::default(),
        };
        let world = Rc::new(World {
            time: Cell::new(0.0),
            clock_error: Cell::new(0.0),
            tasks: RefCell::default(),
            planned: Cell::default(),
            last_answer: Cell::default(),
            random: RefCell::new(fastrand::Rng::with_seed(seed)),
            is_traced: std::env::var("SOAK_TRACE").is_ok(),
            faults,
            tabs: (0..TABS).map(tab).collect(),
            lock: RefCell::default(),
            exchange: RefCell::default(),
            ledger: RefCell::default(),
            is_closing: Cell::default(),
        });
        (0..TABS).for_each(|tab| Page::load(&world, tab));
        world.until("the first log-in", |world| world.state_of_leader().is_some());
        world.plan(0.0, user::step);
        world
    }

    /// Lets the user make calls, and waits until all are saved.
    pub fn run(self: &Rc<Self>, calls: u64) {
        self.is_closing.set(false);
        let target = self.ledger.borrow().started() + calls;
        while self.ledger.borrow().started() < target {
            let before = self.ledger.borrow().started();
            self.until("the next call", |world| world.ledger.borrow().started() > before);
        }
        self.is_closing.set(true);
        self.until("the end of the last call", |world| {
            world.state_of_leader().is_some_and(|state| state.call.is_none() && state.is_logged_in())
        });
    }

    /// The size of what the leading page holds and stores, when there is no call.
    pub fn size_when_idle(self: &Rc<Self>) -> usize {
        self.is_closing.set(true);
        self.until("an idle page", |world| {
            world
                .state_of_leader()
                .is_some_and(|state| state.call.is_none() && state.is_logged_in() && state.notices.is_empty())
        });
        let pending = self.state_of_leader().map_or(0, |state| state.pending_engagements.len());
        assert!(pending <= 64, "{pending} calls wait for their engagement");
        let state = self.state_of_leader().unwrap();
        // What may be there of the last call.
        let (unsaved, dial_request, pending_engagements) = (None, None, vec![]);
        let idle = call_model::State { unsaved, dial_request, pending_engagements, ..(*state).clone() };
        serde_json::to_string(&idle).unwrap().len()
    }

    pub fn state_of_leader(&self) -> Option<Rc<call_model::State>> {
        self.pages().into_iter().find(|page| page.leads()).map(|page| page.runtime.state())
    }

    pub fn page(&self, tab: usize) -> Option<Rc<Page>> {
        self.tabs[tab].page.borrow().clone()
    }

    /// The pages that have joined the others.
    pub fn pages(&self) -> Vec<Rc<Page>> {
        (0..TABS).filter_map(|tab| self.page(tab)).filter(|page| page.has_joined()).collect()
    }

    /// Milliseconds since the run began: what timers use.
    pub fn time(&self) -> f64 {
        self.time.get()
    }

    /// The clock on the wall, in milliseconds since 1970.
    pub fn clock(&self) -> f64 {
        1.8e12 + self.time.get() + self.clock_error.get()
    }

    /// Lets something happen after `delay` milliseconds.
    pub fn plan(&self, delay: f64, task: impl FnOnce(&Rc<World>) + 'static) {
        self.planned.set(self.planned.get() + 1);
        let at = ((self.time.get() + delay.max(0.0)) * 1_000.0) as u64;
        self.tasks.borrow_mut().insert((at, self.planned.get()), Box::new(task));
    }

    /// With SOAK_TRACE prints what happens.
    pub fn trace(&self, what: impl FnOnce() -> String) {
        if self.is_traced {
            println!("{:>10} {}", self.time.get(), what());
        }
    }

    fn until(self: &Rc<Self>, what: &str, holds: impl Fn(&Self) -> bool) {
        let began = self.time.get();
        while !holds(self) {
            let ((at, _), task) =
                self.tasks.borrow_mut().pop_first().unwrap_or_else(|| panic!("no {what}: nothing happens"));
            self.time.set(self.time.get().max(at as f64 / 1_000.0));
            let state = || self.state_of_leader();
            assert!(self.time.get() - began < TOO_LONG, "no {what}, at {} ms: {:?}", self.time.get(), state());
            task(self);
        }
    }

    /// A random time, in milliseconds.
    pub fn time_between(&self, from: u32, to: u32) -> f64 {
        f64::from(self.random.borrow_mut().u32(from..to))
    }

    /// True in so many of a hundred cases.
    pub fn chance(&self, percent: u32) -> bool {
        self.random.borrow_mut().u32(0..100) < percent
    }

    pub fn one_of<'a, T>(&self, choices: &'a [T]) -> &'a T {
        self.random.borrow_mut().choice(choices).unwrap()
    }

    /// A delay that keeps the answers of HubSpot in order: without a name only their order says which call they are about.
    pub fn after_the_last_answer(&self, delay: f64) -> f64 {
        let at = (self.time.get() + delay).max(self.last_answer.get() + 1.0);
        self.last_answer.set(at);
        at - self.time.get()
    }

    /// When a message arrives: twice, late or as usual. `may_be_lost` is true of the answers of a server alone: windows and frames of
    /// one browser lose nothing.
    pub fn arrivals(&self, may_be_lost: bool) -> Vec<f64> {
        if may_be_lost && self.chance(self.faults.lost) {
            return vec![];
        }
        let usual = self.time_between(1, 80);
        if self.chance(self.faults.late) {
            vec![usual + self.time_between(1_000, 8_000)]
        } else if self.chance(self.faults.doubled) {
            vec![usual, usual + self.time_between(0, 500)]
        } else {
            vec![usual]
        }
    }
}
