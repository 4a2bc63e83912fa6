//! A page of the widget: the runtime, its election among the pages, the guest's side of the protocol, and what the browser does for
//! them.

use crate::hubspot::{self, HUBSPOT};
use crate::world::World;
use crate::{exchange, locks, user};
use call_model::{Action, CallId, Capabilities, Command, Notice, State};
use calling_extensions::codec::Value;
use calling_extensions::message::{HostMessage, Message, Ms, Ready};
use calling_extensions::origin::AllowedOrigins;
use calling_extensions::session::{Event, GuestConfig, GuestSession, Incoming, Output};
use demo_app_rust::runtime::election::{Effect, Election, SyncMessage};
use demo_app_rust::runtime::{FrameRequest, FrameRole, Platform, Runtime, RuntimeHandle};
use soak::faults::Storage;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

pub const WIDGET: &str = "https://widget.example";
/// How long a message to the other pages takes, in milliseconds.
const CHANNEL_TIME: f64 = 1.0;
/// How long a call rings, in milliseconds.
const RING_TIME: Ms = 20_000.0;

pub struct Page {
    tab: usize,
    /// Which load of its tab this is.
    pub loads: u32,
    pub runtime: Rc<Runtime>,
    guest: RefCell<GuestSession>,
    /// None until the page has joined the others.
    election: RefCell<Option<Election>>,
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
            election: RefCell::default(),
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
        locks::release(world, &page);
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

    pub fn leads(&self) -> bool {
        self.has_joined() && self.runtime.role() == FrameRole::Leader
    }

    /// Whether it is among the other pages.
    pub fn has_joined(&self) -> bool {
        self.election.borrow().is_some()
    }

    fn join(&self, world: &Rc<World>, ready: Ready) {
        if let Some(election) = &mut *self.election.borrow_mut() {
            election.forget_handshake();
        } else {
            let (election, effects) = Election::join(ready);
            self.election.replace(Some(election));
            return self.do_all(world, effects);
        }
        self.runtime.dispatch(Action::HubSpotReady(ready));
    }

    /// Something has happened that the election has to know.
    pub fn elect(&self, world: &Rc<World>, change: impl FnOnce(&mut Election) -> Vec<Effect>) {
        let effects = self.election.borrow_mut().as_mut().map(change);
        self.do_all(world, effects.unwrap_or_default());
    }

    fn do_all(&self, world: &Rc<World>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Dispatch(action) => self.runtime.dispatch(*action),
                Effect::SetRole(role) => {
                    world.trace(|| format!("page {}: {role:?}, {:?}", self.tab, self.runtime.state().call));
                    self.runtime.set_role(role);
                }
                Effect::Adopt(state) => {
                    world.trace(|| format!("page {} adopts {:?}", self.tab, state.call));
                    self.runtime.adopt(*state);
                }
                Effect::ShowState => self.show(world, &self.runtime.state()),
                Effect::Post(message) => self.tell_others(world, &message),
                Effect::RequestLock(request) => locks::request(world, self, request),
                Effect::Leave => unreachable!("locks are never denied here"),
                Effect::Start(wait) => {
                    let (tab, loads) = (self.tab, self.loads);
                    world.plan(wait.longest(), move |world| {
                        if let Some(page) = world.page(tab).filter(|page| page.loads == loads) {
                            page.elect(world, |election| election.on_timeout(wait));
                        }
                    });
                }
            }
        }
    }

    /// Shows the state to the pages that follow.
    fn show(&self, world: &World, state: &State) {
        if self.has_joined() {
            self.tell_others(world, &SyncMessage::State(Box::new(state.clone())));
        }
    }

    fn tell_others(&self, world: &World, message: &SyncMessage) {
        for other in world.pages().into_iter().filter(|other| other.tab != self.tab) {
            let (tab, loads, message) = (other.tab, other.loads, message.clone());
            world.plan(CHANNEL_TIME, move |world| {
                if let Some(page) = world.page(tab).filter(|page| page.loads == loads) {
                    let changed_at = page.runtime.state().changed_at;
                    page.elect(world, |election| election.on_message(message, changed_at));
                }
            });
        }
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
        self.with(|world, page| page.elect(world, |election| election.forward(request)));
    }

    fn log(&self, _line: &str) {}
}
