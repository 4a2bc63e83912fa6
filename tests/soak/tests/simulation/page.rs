//! A page of the widget: the runtime, the guest's side of the protocol, and what the browser does for them. What a page does among
//! the others is a copy of `src/runtime/browser/frames.rs` without the browser.

use crate::hubspot::{self, HUBSPOT};
use crate::world::World;
use crate::{exchange, user};
use call_model::{Action, CallId, Capabilities, Command, Notice, State};
use calling_extensions::codec::Value;
use calling_extensions::message::{HostMessage, Message, Ms, Ready};
use calling_extensions::origin::AllowedOrigins;
use calling_extensions::session::{Event, GuestConfig, GuestSession, Incoming, Output};
use demo_app_rust::runtime::{FrameRequest, FrameRole, Platform, Runtime, RuntimeHandle};
use soak::faults::Storage;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

pub const WIDGET: &str = "https://widget.example";
/// How long a page waits for the state of the leader, in milliseconds.
const STATE_TIMEOUT: f64 = 300.0;
/// How long it takes until a lock gets to the next page, in milliseconds.
const LOCK_TIME: f64 = 2.0;
/// How long a call rings, in milliseconds.
const RING_TIME: Ms = 20_000.0;

pub struct Page {
    tab: usize,
    /// Which load of its tab this is.
    pub loads: u32,
    pub runtime: Rc<Runtime>,
    guest: RefCell<GuestSession>,
    pub has_joined: Cell<bool>,
    /// The leader has shown its state since this page led last.
    follows: Cell<bool>,
    ready: RefCell<Option<Ready>>,
    pending: RefCell<Vec<FrameRequest>>,
    /// Timers are slow in a tab in the background.
    pub is_in_background: Cell<bool>,
    loaded_at: f64,
}

impl Page {
    /// Loads a page into a tab, with the state that the browser has kept.
    pub fn load(world: &Rc<World>, tab: usize) {
        let loads = world.tabs[tab].loads.get() + 1;
        world.tabs[tab].loads.set(loads);
        let stored = world.tabs[tab].stored.borrow().clone().or_else(|| world.tabs[tab].in_history.borrow().clone());
        let stored = stored.and_then(|json| serde_json::from_str::<State>(&json).ok());
        let fresh = State::new(Capabilities::ALL, RING_TIME);
        let first = stored.map_or(fresh, State::restored);
        let runtime = Runtime::new(|runtime| {
            let ids = Cell::default();
            (first, Box::new(SimulatedPlatform { world: Rc::downgrade(world), tab, loads, ids, runtime }))
        });
        let guest = GuestSession::new(GuestConfig {
            seed: format!("{tab}g{loads}"),
            own_origin: WIDGET.into(),
            allowed: AllowedOrigins::for_widget_at(WIDGET),
            debug_mode: false,
            framed: true,
        });
        world.tabs[tab].page.replace(Some(Rc::new(Page {
            tab,
            loads,
            runtime,
            guest: RefCell::new(guest),
            has_joined: Cell::default(),
            follows: Cell::default(),
            ready: RefCell::default(),
            pending: RefCell::default(),
            is_in_background: Cell::default(),
            loaded_at: world.time(),
        })));
        world.trace(|| format!("page {tab} is loaded: {:?}", world.tabs[tab].stored));
        hubspot::frame_loaded(world, tab);
    }

    /// How long the page has been there, in milliseconds.
    pub fn age(&self, world: &World) -> f64 {
        world.time() - self.loaded_at
    }

    pub fn tab(&self) -> usize {
        self.tab
    }

    /// The page is left.
    pub fn unload(world: &Rc<World>, tab: usize) {
        let Some(page) = world.page(tab) else { return };
        world.trace(|| format!("page {tab} goes"));
        page.runtime.leave();
        exchange::disconnect(world, &page);
        world.tabs[tab].page.replace(None);
        if world.leader.get() == Some(tab) {
            world.leader.set(None);
            // The next one in the queue for the lock gets it after what this page has said last.
            world.plan(LOCK_TIME, |world| {
                if let (None, Some(next)) = (world.leader.get(), world.pages().first()) {
                    next.lead(world);
                }
            });
        }
    }

    /// A message of HubSpot has arrived.
    pub fn receive(self: &Rc<Self>, world: &Rc<World>, message: &Value) {
        let incoming = Incoming { origin: HUBSPOT, from_peer: true, read: &|| Ok(message.clone()) };
        let outputs = self.guest.borrow_mut().receive(&incoming);
        self.execute(world, outputs);
    }

    fn send(&self, world: &Rc<World>, kind: &str, data: Option<Value>) {
        let outputs = self.guest.borrow_mut().send(kind, data);
        self.execute(world, outputs.unwrap());
    }

    fn execute(&self, world: &Rc<World>, outputs: Vec<Output<Event>>) {
        for output in outputs {
            match output {
                Output::Post { message, .. } => self.post(world, message),
                Output::Raise(Event::Ready(ready)) => self.join(world, ready),
                Output::Raise(Event::Message(message)) => self.on_hubspot(message),
                Output::AnswerUnknown { .. } | Output::Raise(_) => {}
                Output::Ignored(_) => {}
            }
        }
    }

    fn post(&self, world: &Rc<World>, message: Value) {
        let kind = message.get("type").and_then(Value::as_text).unwrap_or_default();
        world.trace(|| format!("page {} posts {message:?}", self.tab));
        world.ledger.borrow_mut().posted(kind, message.get("data"));
        let (tab, loads) = (self.tab, world.tabs[self.tab].hubspot.borrow().loads);
        world.plan(world.time_between(0, 3), move |world| {
            if world.tabs[tab].hubspot.borrow().loads == loads {
                hubspot::receive(world, tab, &message);
            }
        });
    }

    /// What could not be saved is shown to the user.
    fn on_hubspot(&self, message: HostMessage) {
        let unsaved = self.runtime.state().unsaved.clone().filter(|_| self.leads());
        let has_failed = matches!(message, HostMessage::UpdateEngagementFailed(_));
        self.runtime.dispatch(Action::HubSpot(message));
        if let Some(unsaved) = unsaved.filter(|_| has_failed) {
            let notices = &self.runtime.state().notices;
            let shown = notices
                .iter()
                .any(|notice| matches!(notice, Notice::SaveFailed { notes, .. } if *notes == unsaved.notes));
            assert!(shown, "{unsaved:?} was not shown: {notices:?}");
        }
    }

    fn leads(&self) -> bool {
        self.runtime.role() == FrameRole::Leader
    }

    fn join(&self, world: &Rc<World>, ready: Ready) {
        if self.has_joined.replace(true) {
            self.ready.take();
            self.runtime.dispatch(Action::HubSpotReady(ready));
            return;
        }
        self.ready.replace(Some(ready));
        self.runtime.set_role(FrameRole::Follower);
        let Some(leader) = world.leader.get().and_then(|tab| world.page(tab)) else { return self.lead(world) };
        let (tab, loads) = (self.tab, self.loads);
        world.plan(2.0, move |world| leader.show(world, &leader.runtime.state()));
        world.plan(STATE_TIMEOUT, move |world| {
            if let Some(page) = world.page(tab).filter(|page| page.loads == loads) {
                page.answer_handshake();
            }
        });
    }

    fn answer_handshake(&self) {
        if let Some(ready) = self.ready.take() {
            self.runtime.dispatch(Action::HubSpotReady(ready));
        }
    }

    fn lead(&self, world: &Rc<World>) {
        world.leader.set(Some(self.tab));
        world.trace(|| format!("page {} leads: {:?}", self.tab, self.runtime.state().call));
        let notify = self.follows.replace(false);
        self.answer_handshake();
        self.runtime.set_role(FrameRole::Leader);
        self.runtime.dispatch(Action::TakeOver { notify });
        self.pending.take().into_iter().for_each(|request| self.runtime.dispatch(request));
    }

    /// Takes the lock from a leader whose state is older.
    fn lead_instead(&self, world: &Rc<World>) {
        if let Some(leader) = world.leader.get().and_then(|tab| world.page(tab)) {
            leader.runtime.set_role(FrameRole::Follower);
        }
        self.lead(world);
    }

    /// Shows the state to the pages that follow.
    fn show(&self, world: &World, state: &State) {
        if !self.leads() {
            return;
        }
        for other in world.pages().into_iter().filter(|other| other.tab != self.tab) {
            let state = state.clone();
            world.plan(1.0, move |world| other.on_state(world, state));
        }
    }

    fn on_state(self: Rc<Self>, world: &Rc<World>, state: State) {
        if self.leads() || !world.page(self.tab).is_some_and(|page| Rc::ptr_eq(&page, &self)) {
            return;
        }
        if !self.follows.get() && self.runtime.state().changed_at > state.changed_at {
            return self.lead_instead(world);
        }
        self.follows.set(true);
        world.trace(|| format!("page {} adopts {:?}", self.tab, state.call));
        self.runtime.adopt(state);
        self.answer_handshake();
        self.pending.take().into_iter().for_each(|request| self.forward(world, request));
    }

    fn forward(&self, world: &World, request: FrameRequest) {
        if !self.follows.get() {
            return self.pending.borrow_mut().push(request);
        }
        world.plan(1.0, move |world| {
            if let Some(leader) = world.leader.get().and_then(|tab| world.page(tab)) {
                leader.runtime.dispatch(request);
            }
        });
    }
}

struct SimulatedPlatform {
    world: Weak<World>,
    tab: usize,
    loads: u32,
    ids: Cell<u32>,
    runtime: RuntimeHandle,
}

impl SimulatedPlatform {
    /// Runs a function for the page, while it is there.
    fn with(&self, run: impl FnOnce(&Rc<World>, &Rc<Page>)) {
        let Some(world) = self.world.upgrade() else { return };
        if let Some(page) = world.page(self.tab).filter(|page| page.loads == self.loads) {
            run(&world, &page);
        }
    }

    fn dispatch_later(&self, delay: f64, action: Action) {
        let runtime = self.runtime.clone();
        self.with(|world, page| {
            // A browser lets timers of the background fire once a second.
            let delay = if page.is_in_background.get() { (delay / 1_000.0).ceil() * 1_000.0 } else { delay };
            world.plan(delay, move |_| runtime.dispatch(action));
        });
    }
}

impl Platform for SimulatedPlatform {
    fn now(&self) -> Ms {
        self.world.upgrade().map_or(0.0, |world| world.clock())
    }

    fn fresh_id(&self) -> CallId {
        self.ids.set(self.ids.get() + 1);
        CallId(format!("out-{}-{}-{}", self.tab, self.loads, self.ids.get()))
    }

    fn execute(&self, command: Command) {
        match command {
            Command::Send(message) => self.with(|world, page| page.send(world, message.kind(), message.data())),
            Command::Connect(_) => self.with(|world, page| exchange::connect(world, page)),
            Command::Disconnect => self.with(|world, page| exchange::disconnect(world, page)),
            Command::Phone(call, command) => self.with(|world, _| exchange::command(world, &call, command)),
            Command::Resume(call) => self.with(|world, _| exchange::resume(world, &call)),
            Command::RenewSession(_) => self.dispatch_later(60.0, Action::SessionRenewed(user::session())),
            Command::After(delay, action) => self.dispatch_later(delay, action),
            Command::EndSession(_) | Command::AskForMicrophone | Command::AskForStorage | Command::Alert(_) => {}
        }
    }

    fn schedule_flush(&self) {
        let runtime = self.runtime.clone();
        self.with(|world, _| {
            world.plan(0.0, move |_| {
                runtime.with(Runtime::flush);
            });
        });
    }

    fn publish(&self, state: &State) {
        self.with(|world, page| {
            let stored = state.session.is_some().then(|| serde_json::to_string(state).unwrap());
            let is_full = world.faults.storage == Storage::IsFull && world.chance(25);
            let (tab, is_full) = (&world.tabs[self.tab], is_full && stored.is_some());
            tab.stored.replace(stored.clone().filter(|_| !is_full));
            tab.in_history.replace(stored.filter(|_| is_full));
            for notice in &state.notices {
                if let Notice::SaveFailed { notes, .. } = notice {
                    world.ledger.borrow_mut().shown(notes);
                }
            }
            page.show(world, state);
        });
    }

    fn follow(&self) {
        self.with(|world, _| {
            world.tabs[self.tab].stored.take();
            world.tabs[self.tab].in_history.take();
        });
    }

    fn hand_over(&self) {
        self.with(|world, page| exchange::disconnect(world, page));
    }

    fn forward(&self, request: FrameRequest) {
        self.with(|world, page| page.forward(world, request));
    }

    fn log(&self, _line: &str) {}
}
