//! The state over a reload. HubSpot loads the frame anew when the user goes to another record; the call must still be there.
//!
//! It is kept in the session storage of the frame, which may be blocked in a frame of another site: then nothing is kept.

use call_model::State;
use call_model::state::Link;
use calling_extensions::codec::js;
use gloo::events::EventListener;
use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::{Storage, Window};

const STATE: &str = "cti-state";
/// Set when the page is left. A copy of a tab gets the storage of a page that has not been left: the call is not the copy's.
const LEFT: &str = "cti-left";

/// Where the state is kept.
pub struct Keeping {
    storage: Option<Storage>,
    _listeners: Vec<EventListener>,
}

impl Keeping {
    /// The frame's storage, or none where it is blocked.
    pub fn open() -> Self {
        let window = web_sys::window();
        let storage = window.as_ref().and_then(|window| window.session_storage().ok().flatten());
        let listeners = match (&window, &storage) {
            (Some(window), Some(storage)) => {
                vec![mark(window, storage, "pagehide", "yes"), mark(window, storage, "pageshow", "no")]
            }
            _ => vec![],
        };
        Keeping { storage, _listeners: listeners }
    }

    /// What was kept, if it is this version's and whole. Without its call when the page is a copy.
    pub fn restore(&self) -> Option<State> {
        let storage = self.storage.as_ref()?;
        let text = storage.get_item(STATE).ok()??;
        let left = storage.get_item(LEFT).ok().flatten().as_deref() == Some("yes");
        let _ = storage.set_item(LEFT, "no");
        let state =
            JSON::parse(&text).ok().and_then(|value| js::read(&value).ok()).and_then(|value| State::from_value(&value));
        let Some(mut state) = state else {
            web_sys::console::info_1(&"discarded a kept state: it is of another version, or broken".into());
            self.clear();
            return None;
        };
        (state.host, state.link) = (None, Link::Waiting); // it has to shake hands again
        if !left {
            state.call = None;
            state.awaited.clear();
        }
        Some(state)
    }

    /// Keeps the state; after a log-out nothing is kept.
    pub fn keep(&self, state: &State) {
        let Some(storage) = &self.storage else { return };
        if !state.logged_in {
            return self.clear();
        }
        let text = JSON::stringify(&js::write(&state.to_value())).ok().and_then(|text| text.as_string());
        if let Some(text) = text {
            let _ = storage.set_item(STATE, &text); // a full storage keeps the last state that fitted
        }
    }

    /// Nothing is kept.
    pub fn clear(&self) {
        if let Some(storage) = &self.storage {
            let _ = storage.remove_item(STATE);
        }
    }
}

fn mark(window: &Window, storage: &Storage, event: &'static str, left: &'static str) -> EventListener {
    let storage = storage.clone();
    EventListener::new(window, event, move |_| {
        let _: Result<(), JsValue> = storage.set_item(LEFT, left);
    })
}
