//! Persistence: the state over a reload. HubSpot reloads the frame when the user goes to another record, and the call must go on.
//!
//! The state is written to session storage. Where the browser blocks that in a frame of another site, it is written to
//! `history.state`, which no other origin can read: it survives a reload of the frame itself, but not of the page around it.

use crate::runtime::RuntimeHandle;
use call_model::{HostLink, State};
use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_kit::json;
use web_sys::{History, PerformanceNavigation, Storage};

/// The form in which the state is written. A state of another form is discarded when it is read: raise this when the meaning of a
/// field changes. A state in which a field is missing is discarded anyway.
const VERSION: u32 = 1;

const STATE: &str = "cti-state";
/// Written when the page is left. The copy of a tab gets the storage of a page that has not been left: it does not get the call.
const LEFT: &str = "cti-left";

/// What is written.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    version: u32,
    state: State,
}

/// Where the state is stored.
#[derive(Clone)]
pub struct StateStore {
    place: Rc<RefCell<Place>>,
    stores_token: bool,
    _listeners: Rc<[EventListener]>,
}

enum Place {
    Session(Storage),
    History(History),
    Nowhere,
}

impl StateStore {
    /// The frame's storage. `stores_token` says whether the token of the session is written as well.
    pub fn open(stores_token: bool, runtime: RuntimeHandle) -> Self {
        let window = web_sys::window();
        let session = window.as_ref().and_then(|window| window.session_storage().ok().flatten());
        let history = || window.as_ref().and_then(|window| window.history().ok());
        let place = match session {
            Some(storage) => Place::Session(storage),
            None => history().map_or(Place::Nowhere, Place::History),
        };
        let place = Rc::new(RefCell::new(place));
        let listeners = window.iter().flat_map(|window| {
            let mark = |event: &'static str, left: &'static str| {
                let place = place.clone();
                EventListener::new(window, event, move |_| place.borrow().set(LEFT, Some(left)))
            };
            let ask = {
                let (place, runtime) = (place.clone(), runtime.clone());
                EventListener::new_with_options(
                    window,
                    "beforeunload",
                    EventListenerOptions::enable_prevent_default(),
                    move |event| {
                        if !matches!(*place.borrow(), Place::Session(_)) && has_live_call(&runtime) {
                            event.prevent_default();
                        }
                    },
                )
            };
            [mark("pagehide", "yes"), mark("pageshow", "no"), ask]
        });
        let listeners = listeners.collect();
        StateStore { place, stores_token, _listeners: listeners }
    }

    /// Whether session storage is blocked: a call does not survive a reload of the page around the frame.
    pub fn is_blocked(&self) -> bool {
        !matches!(*self.place.borrow(), Place::Session(_))
    }

    /// From now on writes to this storage, which the browser has granted.
    pub fn use_storage(&self, storage: Storage) {
        self.clear();
        self.place.replace(Place::Session(storage));
    }

    /// The stored state, if there is one of this version. Without its call when the page is the copy of a tab.
    pub fn restore(&self) -> Option<State> {
        let place = self.place.borrow();
        let json = place.get(STATE)?;
        let left = match &*place {
            // What is written while the page is left does not get into the history; but a copy is no reload.
            Place::History(_) => is_reload(),
            _ => place.get(LEFT).as_deref() == Some("yes"),
        };
        place.set(LEFT, Some("no"));
        let snapshot = json::from_str::<Snapshot>(&json).ok().filter(|snapshot| snapshot.version == VERSION);
        let Some(Snapshot { mut state, .. }) = snapshot else {
            web_sys::console::info_1(&"discarded the stored state: it is of another version, or broken".into());
            place.set(STATE, None);
            return None;
        };
        (state.host, state.link) = (None, HostLink::Waiting); // the handshake is to come
        if !left {
            state.call = None;
            state.pending_engagements.clear();
        }
        Some(state)
    }

    /// Stores the state; after a log-out nothing stays stored.
    pub fn store(&self, state: &State) {
        let Some(session) = &state.session else { return self.clear() };
        let session = if self.stores_token { session.clone() } else { Rc::new(session.without_token()) };
        let snapshot = Snapshot { version: VERSION, state: State { session: Some(session), ..state.clone() } };
        if let Ok(json) = json::to_string(&snapshot) {
            self.place.borrow().set(STATE, Some(&json));
        }
    }

    /// Removes the stored state.
    pub fn clear(&self) {
        self.place.borrow().set(STATE, None);
    }
}

fn is_reload() -> bool {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.is_some_and(|performance| performance.navigation().type_() == PerformanceNavigation::TYPE_RELOAD)
}

fn has_live_call(runtime: &RuntimeHandle) -> bool {
    runtime.with(|runtime| runtime.state().call.as_ref().is_some_and(|call| !call.is_over())).unwrap_or_default()
}

impl Place {
    fn get(&self, key: &str) -> Option<String> {
        match self {
            Place::Session(storage) => storage.get_item(key).ok()?,
            Place::History(history) => Reflect::get(&history.state().ok()?, &key.into()).ok()?.as_string(),
            Place::Nowhere => None,
        }
    }

    /// A storage that is full keeps the last value that fitted.
    fn set(&self, key: &str, value: Option<&str>) {
        let _: Result<(), JsValue> = match (self, value) {
            (Place::Session(storage), Some(value)) => storage.set_item(key, value),
            (Place::Session(storage), None) => storage.remove_item(key),
            (Place::History(history), value) => set_in_history(history, key, value),
            (Place::Nowhere, _) => Ok(()),
        };
    }
}

/// Other scripts may keep something in `history.state` too: it stays.
fn set_in_history(history: &History, key: &str, value: Option<&str>) -> Result<(), JsValue> {
    let state = Object::assign(&Object::new(), history.state()?.as_ref().unchecked_ref());
    Reflect::set(&state, &key.into(), &value.map_or(JsValue::UNDEFINED, JsValue::from))?;
    history.replace_state_with_url(&state, "", None)
}
