//! Persistence: the state over a reload. HubSpot reloads the frame when the user goes to another record, and the call must go on.
//!
//! The state is written to session storage. Where the browser blocks that in a frame of another site, or the storage is full, it is
//! written to `history.state`, which no other origin can read: it survives a reload of the frame itself, but not of the page around
//! it.

use super::warn;
use crate::runtime::RuntimeHandle;
use crate::runtime::stored_state::{self, Restored, Unreadable};
use call_model::{Notice, State};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use js_sys::{Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{History, PerformanceNavigation, Storage};

const STATE: &str = "cti-state";
/// Written when the page is left. The copy of a tab gets the storage of a page that has not been left: it does not get the call.
const LEFT: &str = "cti-left";
/// How long after `beforeunload` a page may still be left, in milliseconds: the answer of the server for the next page is awaited in
/// this time. If it is over, the page stays.
const LEAVE_TIMEOUT: u32 = 30_000;

/// Where the state is stored.
#[derive(Clone)]
pub struct StateStore {
    places: Rc<Places>,
    stores_token: bool,
    _listeners: Rc<[EventListener]>,
}

struct Places {
    /// Absent where the browser blocks it.
    session: RefCell<Option<Storage>>,
    history: Option<History>,
    /// The last state did not fit in the session storage.
    is_full: Cell<bool>,
    /// Runs from `beforeunload` on, until it is clear whether the page is left.
    leaves: RefCell<Option<Timeout>>,
}

impl StateStore {
    /// The frame's storage. `stores_token` says whether the token of the session is written as well.
    pub fn open(stores_token: bool, runtime: RuntimeHandle) -> Self {
        let window = web_sys::window();
        let places = Rc::new(Places {
            session: RefCell::new(window.as_ref().and_then(|window| window.session_storage().ok().flatten())),
            history: window.as_ref().and_then(|window| window.history().ok()),
            is_full: Cell::default(),
            leaves: RefCell::default(),
        });
        let listeners = window.iter().flat_map(|window| {
            let mark = |event: &'static str, left: &'static str| {
                let places = places.clone();
                EventListener::new(window, event, move |_| {
                    places.leaves.take();
                    places.mark(left);
                })
            };
            let ask = {
                let (places, runtime) = (places.clone(), runtime.clone());
                EventListener::new_with_options(
                    window,
                    "beforeunload",
                    EventListenerOptions::enable_prevent_default(),
                    move |event| {
                        if places.is_blocked() && has_live_call(&runtime) {
                            event.prevent_default();
                        }
                    },
                )
            };
            let may_leave = {
                let places = places.clone();
                EventListener::new(window, "beforeunload", move |_| places.may_leave())
            };
            [may_leave, mark("pagehide", "yes"), mark("pageshow", "no"), ask]
        });
        let listeners = listeners.collect();
        StateStore { places, stores_token, _listeners: listeners }
    }

    /// Whether session storage is blocked or full: a call does not survive a reload of the page around the frame.
    pub fn is_blocked(&self) -> bool {
        self.places.is_blocked()
    }

    /// Whether session storage is there and the last state did not fit in it.
    pub fn is_full(&self) -> bool {
        self.places.is_full.get() && self.places.session.borrow().is_some()
    }

    /// From now on writes to this storage, which the browser has granted.
    pub fn use_storage(&self, storage: Storage) {
        self.clear();
        self.places.session.replace(Some(storage));
    }

    /// The stored state, as far as it can be read: another version of the app may have stored it. Without its call when the page is
    /// the copy of a tab.
    pub fn restore(&self) -> Option<State> {
        let (stored, left) = self.places.take()?;
        let state = match stored_state::read(&stored) {
            Ok(Restored { state, lost }) => {
                for name in lost {
                    warn(&["a field of the stored state cannot be read: ", &name].concat());
                }
                state
            }
            Err(error) => {
                warn(&["discarded the stored state: ", &error.to_string()].concat());
                self.clear();
                let Unreadable::OtherVersion { notice: Some(notice), .. } = error else { return None };
                State { notices: vec![notice], ..State::default() }
            }
        };
        let mut state = state.restored();
        if !left {
            state.call = None;
            state.pending_engagements.clear();
            state.notices.retain(|notice| !matches!(notice, Notice::CallNotRestored { .. }));
        }
        Some(state)
    }

    /// Stores the state; after a log-out nothing stays stored.
    pub fn store(&self, state: &State) {
        let Some(session) = &state.session else { return self.clear() };
        let session = if self.stores_token { session.clone() } else { Rc::new(session.without_token()) };
        if let Some(stored) = stored_state::write(&State { session: Some(session), ..state.clone() }) {
            self.places.set(Some(&stored));
        }
    }

    /// Removes the stored state.
    pub fn clear(&self) {
        self.places.set(None);
    }
}

/// Whether a state is stored, and nothing says that its page was left.
pub fn is_unmarked(session: &Storage) -> bool {
    let item = |name| session.get_item(name).ok().flatten();
    item(STATE).is_some() && item(LEFT).as_deref() != Some("yes")
}

/// The page that has stored the state is gone.
pub fn mark_as_left(session: &Storage) {
    let _ = session.set_item(LEFT, "yes");
}

fn is_reload() -> bool {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.is_some_and(|performance| performance.navigation().type_() == PerformanceNavigation::TYPE_RELOAD)
}

fn has_live_call(runtime: &RuntimeHandle) -> bool {
    runtime.with(|runtime| runtime.state().call.as_ref().is_some_and(|call| !call.is_over())).unwrap_or_default()
}

impl Places {
    fn is_blocked(&self) -> bool {
        self.is_full.get() || self.session.borrow().is_none()
    }

    /// The stored state, and whether its page was left: if not, this page is a copy.
    fn take(&self) -> Option<(String, bool)> {
        let session = self.session.borrow();
        let stored = session.as_ref().and_then(|session| session.get_item(STATE).ok().flatten());
        let Some(stored) = stored else {
            let stored = Reflect::get(&self.history.as_ref()?.state().ok()?, &STATE.into()).ok()?.as_string()?;
            // What is written while the page is left does not get into the history; but a copy is no reload.
            return Some((stored, is_reload()));
        };
        let mark = session.as_ref().and_then(|session| session.get_item(LEFT).ok().flatten());
        self.mark("no");
        Some((stored, mark.as_deref() == Some("yes")))
    }

    /// Firefox loses what a frame of another site writes at `pagehide`, when the page around it is reloaded: the mark is set before.
    /// The user may stay all the same, as after a click on a download.
    fn may_leave(self: &Rc<Self>) {
        self.mark("yes");
        let places = Rc::downgrade(self);
        let stays = move || {
            if let Some(places) = places.upgrade() {
                places.mark("no");
            }
        };
        self.leaves.replace(Some(Timeout::new(LEAVE_TIMEOUT, stays)));
    }

    fn mark(&self, left: &str) {
        if let Some(session) = &*self.session.borrow() {
            // It fails when the storage is full; then the state is in the history, which needs no mark.
            let _ = session.set_item(LEFT, left);
        }
    }

    /// Stores the state in one place and removes it from the other: an older state would bring a call back that is over.
    fn set(&self, state: Option<&str>) {
        let fits = self.session.borrow().as_ref().is_some_and(|session| match state {
            Some(state) => session.set_item(STATE, state).is_ok(),
            None => session.remove_item(STATE).is_ok(),
        });
        if let (false, Some(session)) = (fits, &*self.session.borrow()) {
            let _ = session.remove_item(STATE);
        }
        self.is_full.set(!fits);
        if let Some(history) = &self.history {
            let _ = set_in_history(history, STATE, state.filter(|_| !fits));
        }
    }
}

/// Other scripts may keep something in `history.state` too: it stays.
fn set_in_history(history: &History, key: &str, value: Option<&str>) -> Result<(), JsValue> {
    let before = history.state()?;
    let is_there = Reflect::get(&before, &key.into()).is_ok_and(|value| !value.is_undefined());
    if value.is_none() && !is_there {
        return Ok(());
    }
    let state = Object::assign(&Object::new(), before.unchecked_ref());
    Reflect::set(&state, &key.into(), &value.map_or(JsValue::UNDEFINED, JsValue::from))?;
    history.replace_state_with_url(&state, "", None)
}
