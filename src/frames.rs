//! Several frames, one brain.
//!
//! HubSpot loads an app with a calling window more than once: as `remote` in the navigation bar of each tab, as `window` in
//! the calling window. Whoever holds the Web Lock `cti:{portalId}:{userId}` acts; the others mirror it over a
//! BroadcastChannel of the same name. Frames queue for the lock, so that the next one acts as soon as the holder is gone,
//! however it went; there is no heartbeat, as timers sleep in background tabs. A `window` takes the lock from whoever
//! holds it, after it has asked for the state; whoever holds it acts no more from then on.
//!
//! HubSpot hears INITIALIZED when a frame knows how things are: a frame that comes late is logged in if the others are.
//!
//! Without locks or channel, and as `widget`, a frame acts alone.

mod locks;
mod notes;

use self::locks::{Ask, LockManager};
use self::notes::Note;
use crate::runtime::{Handle, Role};
use call_model::{Action, State};
use calling_extensions::codec::Id;
use calling_extensions::message::{IframeLocation, Ready};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::mem::take;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// How long a frame waits to be told how things are, in milliseconds: the one that acts may be stuck.
const PATIENCE: u32 = 300;
/// How long a frame waits for another to take over that has said that it will, in milliseconds.
const HANDOVER: u32 = 1_000;

/// This frame among the others. It is alone until it has joined them.
#[derive(Clone)]
pub struct Frames {
    runtime: Handle,
    joined: Rc<RefCell<Option<Joined>>>,
}

struct Joined {
    name: String,
    channel: BroadcastChannel,
    /// The handshake, until it is known how things are: HubSpot hears that with the answer.
    greeting: Option<Ready>,
    /// Take the lock as soon as it is known how things are.
    steals: bool,
    /// This frame has the lock.
    holds: bool,
    /// Another frame has shown its state since this one acted last.
    mirrors: bool,
    /// What happened while nobody acted.
    pending: Vec<Action>,
    _listener: EventListener,
}

impl Frames {
    /// A frame that is alone.
    pub fn new(runtime: Handle) -> Self {
        Frames { runtime, joined: Rc::default() }
    }

    /// HubSpot has shaken hands and said where this frame is: it finds its place among the others, if there may be any.
    pub fn join(&self, ready: Ready) {
        if let Some(joined) = &mut *self.joined.borrow_mut() {
            joined.greeting = None; // the host has shaken hands again: the older handshake is void
        } else if matches!(ready.iframe_location, Some(IframeLocation::Remote | IframeLocation::Window)) {
            return match self.open_channel(&ready) {
                Ok(()) => self.come_in(),
                Err(why) => self.be_alone(why, Some(ready), vec![]),
            };
        }
        let known = self.runtime.with(|runtime| runtime.state().host.is_some()).unwrap_or_default();
        self.runtime.dispatch(Action::HubSpotReady(ready));
        if !known && self.acts() {
            self.runtime.dispatch(Action::TakeOver { tell: false });
        }
    }

    fn open_channel(&self, ready: &Ready) -> Result<(), Alone> {
        LockManager::of_browser().ok_or(Alone::NoLocks)?;
        let name = lock_name(ready);
        let channel = BroadcastChannel::new(&name).map_err(|_| Alone::NoChannel)?;
        let listener = {
            let frames = self.clone();
            EventListener::new(&channel, "message", move |event| {
                if let Some(note) = event.dyn_ref::<MessageEvent>().and_then(|event| Note::read(&event.data())) {
                    frames.hear(note);
                }
            })
        };
        self.joined.replace(Some(Joined {
            name,
            channel,
            greeting: Some(ready.clone()),
            steals: ready.iframe_location == Some(IframeLocation::Window) && ready.uses_calling_window != Some(false),
            holds: false,
            mirrors: false,
            pending: vec![],
            _listener: listener,
        }));
        Ok(())
    }

    /// Until the lock is held, another frame may be the one that acts: better to wait for it than to act twice.
    fn come_in(&self) {
        self.runtime.with(|runtime| runtime.set_role(Role::Mirroring));
        let steals = self.joined.borrow().as_ref().is_some_and(|joined| joined.steals);
        if steals {
            self.ask_for_lock(Ask::IfFree);
        } else {
            self.ask_for_lock(Ask::Queue);
            self.post(Note::Hello { takes_over: false });
        }
        let frames = self.clone();
        Timeout::new(PATIENCE, move || frames.settle()).forget();
    }

    /// It is known how things are, or was waited for long enough: HubSpot has its answer, and a calling window takes over.
    fn settle(&self) {
        let (greeting, steals) = match &mut *self.joined.borrow_mut() {
            Some(joined) => (joined.greeting.take(), take(&mut joined.steals) && !joined.holds),
            None => return,
        };
        if let Some(ready) = greeting {
            self.runtime.dispatch(Action::HubSpotReady(ready));
        }
        if steals {
            self.ask_for_lock(Ask::Steal);
        }
    }

    /// Acts from now on.
    fn act(&self, stolen: bool) {
        let (mirrored, pending) = match &mut *self.joined.borrow_mut() {
            Some(joined) => {
                joined.holds = true;
                (take(&mut joined.mirrors), take(&mut joined.pending))
            }
            None => return,
        };
        self.settle();
        self.runtime.with(|runtime| runtime.set_role(Role::Acting));
        // The user is told when the frame that acted is gone: not when this is the first, or has taken the lock.
        self.runtime.dispatch(Action::TakeOver { tell: mirrored && !stolen });
        pending.into_iter().for_each(|action| self.runtime.dispatch(action));
    }

    /// Acts no more, as another frame is about to take the lock: two that act would both tell HubSpot.
    fn yield_to_another(&self) {
        self.runtime.with(|runtime| {
            self.show(&runtime.state());
            runtime.set_role(Role::Mirroring);
        });
        let frames = self.clone();
        Timeout::new(HANDOVER, move || {
            let still_holds = frames.joined.borrow().as_ref().is_some_and(|joined| joined.holds);
            if still_holds && !frames.acts() {
                frames.act(false);
            }
        })
        .forget();
    }

    fn acts(&self) -> bool {
        self.runtime.with(|runtime| runtime.role() == Role::Acting).unwrap_or_default()
    }

    /// The lock was taken away, or is not to be had.
    fn lose(&self) {
        let held = self.joined.borrow_mut().as_mut().is_some_and(|joined| take(&mut joined.holds));
        if held {
            self.runtime.with(|runtime| runtime.set_role(Role::Mirroring));
            self.ask_for_lock(Ask::Queue);
        } else if let Some(joined) = self.joined.take() {
            self.be_alone(Alone::NoLocks, joined.greeting, joined.pending);
        }
    }

    fn be_alone(&self, why: Alone, greeting: Option<Ready>, pending: Vec<Action>) {
        web_sys::console::warn_1(&why.to_string().into());
        self.runtime.with(|runtime| runtime.set_role(Role::Acting));
        if let Some(ready) = greeting {
            self.runtime.dispatch(Action::HubSpotReady(ready));
        }
        self.runtime.dispatch(Action::TakeOver { tell: false });
        pending.into_iter().for_each(|action| self.runtime.dispatch(action));
    }

    /// Shows the state to the frames that mirror it.
    pub fn show(&self, state: &State) {
        if self.joined.borrow().is_some() {
            self.post(Note::State(state.clone()));
        }
    }

    /// Asks the frame that acts to let this happen, as soon as there is one.
    pub fn forward(&self, action: Action) {
        if let Some(joined) = &mut *self.joined.borrow_mut()
            && !joined.mirrors
        {
            return joined.pending.push(action);
        }
        self.post(Note::Do(action));
    }

    fn hear(&self, note: Note) {
        match note {
            Note::Hello { takes_over: true } if self.acts() => self.yield_to_another(),
            Note::Hello { .. } if self.acts() => {
                self.runtime.with(|runtime| self.show(&runtime.state()));
            }
            Note::Do(action) if self.acts() => self.runtime.dispatch(action),
            Note::Do(action) => {
                if let Some(joined) = &mut *self.joined.borrow_mut()
                    && joined.holds
                {
                    joined.pending.push(action);
                }
            }
            Note::State(state) if !self.acts() => {
                let pending = match &mut *self.joined.borrow_mut() {
                    Some(joined) => {
                        joined.mirrors = true;
                        take(&mut joined.pending)
                    }
                    None => return,
                };
                self.runtime.with(|runtime| runtime.adopt(state));
                self.settle();
                pending.into_iter().for_each(|action| self.post(Note::Do(action)));
            }
            Note::Hello { .. } | Note::State(_) => {}
        }
    }

    fn post(&self, note: Note) {
        if let (Some(joined), Some(note)) = (&*self.joined.borrow(), note.write()) {
            // Plain values can always be cloned; should the channel be closed, nobody is there to hear it.
            let _ = joined.channel.post_message(&note);
        }
    }

    /// Acts for as long as the lock is held; when it is taken away, mirrors and queues again.
    fn ask_for_lock(&self, ask: Ask) {
        let Some(name) = self.joined.borrow().as_ref().map(|joined| joined.name.clone()) else { return };
        let Some(locks) = LockManager::of_browser() else { return };
        let (frames, loser) = (self.clone(), self.clone());
        let granted = move |granted: bool| {
            if granted {
                frames.act(ask == Ask::Steal);
            } else {
                // Another frame has it: it is taken when the state is here.
                frames.post(Note::Hello { takes_over: true });
            }
        };
        locks.ask(&name, ask, granted, move || loser.lose());
    }
}

/// Why a frame acts alone.
#[derive(Debug, thiserror::Error)]
enum Alone {
    /// The browser has no Web Locks, not on a page without TLS, or not in other sites' pages.
    #[error(
        "this browser gives no Web Locks here: each frame acts alone, and two of them may both call; serve the page over https"
    )]
    NoLocks,
    /// The browser gives no channel to frames in other sites' pages.
    #[error("this browser gives no BroadcastChannel here: each frame acts alone, and two of them may both call")]
    NoChannel,
}

fn lock_name(ready: &Ready) -> String {
    let text = |id: &Option<Id>| id.as_ref().map(Id::text).unwrap_or_default();
    ["cti:", &text(&ready.portal_id), ":", &text(&ready.user_id)].concat()
}
