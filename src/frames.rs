//! Several frames, one brain.
//!
//! HubSpot loads an app with a calling window more than once: as `remote` in the navigation bar of each tab, as `window` in
//! the calling window. Whoever holds the Web Lock `cti:{portalId}:{userId}` acts; the others mirror it over a
//! BroadcastChannel of the same name. Frames queue for the lock, so that the next one acts as soon as the holder is gone,
//! however it went; there is no heartbeat, as timers sleep in background tabs. A `window` takes the lock from whoever
//! holds it, after it has asked for the state.
//!
//! Without locks or channel, and as `widget`, a frame acts alone.

use crate::runtime::{Handle, Role};
use call_model::state::HostInfo;
use call_model::{Action, State};
use calling_extensions::codec::{Id, Map, Value, js};
use calling_extensions::message::{IframeLocation, Ms};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// How long a calling window waits for the state before it takes the lock without it, in milliseconds.
const PATIENCE: Ms = 300.0;

/// What frames tell each other.
enum Note {
    /// A frame has come and wants to know the state.
    Hello,
    /// The state of the frame that acts.
    State(State),
    /// The frame that acts shall let this happen.
    Do(Action),
}

/// This frame among the others. It is alone until it has joined them.
#[derive(Clone)]
pub struct Frames {
    runtime: Handle,
    joined: Rc<RefCell<Option<Joined>>>,
}

struct Joined {
    name: String,
    channel: BroadcastChannel,
    /// Called once, when the state has come or was waited for long enough.
    on_state: Option<Box<dyn FnOnce()>>,
    _listener: EventListener,
}

impl Frames {
    /// A frame that is alone.
    pub fn new(runtime: Handle) -> Self {
        Frames { runtime, joined: Rc::default() }
    }

    /// Finds its place once HubSpot has said where it is. Says why when it stays alone though others may be there.
    pub fn join(&self, host: &HostInfo) -> Result<(), Alone> {
        let Some(location @ (IframeLocation::Remote | IframeLocation::Window)) = host.location else { return Ok(()) };
        let name = lock_name(host);
        if self.joined.borrow().as_ref().is_some_and(|joined| joined.name == name) {
            return Ok(()); // the host has shaken hands again
        }
        if locks().is_none() {
            return Err(Alone::NoLocks);
        }
        let channel = BroadcastChannel::new(&name).map_err(|_| Alone::NoChannel)?;
        let listener = {
            let frames = self.clone();
            EventListener::new(&channel, "message", move |event| {
                if let Some(note) = event.dyn_ref::<MessageEvent>().and_then(|event| read(&event.data())) {
                    frames.hear(note);
                }
            })
        };
        *self.joined.borrow_mut() = Some(Joined { name: name.clone(), channel, on_state: None, _listener: listener });
        // Until the lock is held, another frame may be the one that acts: better to wait for it than to act twice.
        self.runtime.with(|runtime| runtime.set_role(Role::Mirroring));
        if location == IframeLocation::Window && host.uses_calling_window != Some(false) {
            let frames = self.clone();
            self.when_state_has_come(move || frames.ask_for_lock(true));
        } else {
            self.ask_for_lock(false);
        }
        self.post(&Note::Hello);
        Ok(())
    }

    /// Whether this frame has not joined any others.
    pub fn is_alone(&self) -> bool {
        self.joined.borrow().is_none()
    }

    fn when_state_has_come(&self, then: impl FnOnce() + 'static) {
        if let Some(joined) = self.joined.borrow_mut().as_mut() {
            joined.on_state = Some(Box::new(then));
        }
        let frames = self.clone();
        Timeout::new(PATIENCE as u32, move || frames.state_has_come()).forget();
    }

    fn state_has_come(&self) {
        let then = self.joined.borrow_mut().as_mut().and_then(|joined| joined.on_state.take());
        if let Some(then) = then {
            then();
        }
    }

    /// Shows the state to the frames that mirror it.
    pub fn show(&self, state: &State) {
        if self.joined.borrow().is_some() {
            self.post(&Note::State(state.clone()));
        }
    }

    /// Asks the frame that acts to let this happen.
    pub fn forward(&self, action: &Action) {
        self.post(&Note::Do(action.clone()));
    }

    fn hear(&self, note: Note) {
        let acting = self.runtime.with(|runtime| runtime.role() == Role::Acting).unwrap_or_default();
        match note {
            Note::Hello if acting => {
                self.runtime.with(|runtime| self.show(&runtime.state()));
            }
            Note::Do(action) if acting => self.runtime.dispatch(action),
            Note::State(state) if !acting => {
                self.runtime.with(|runtime| runtime.adopt(state));
                self.state_has_come();
            }
            _ => {}
        }
    }

    fn post(&self, note: &Note) {
        let Some((kind, value)) = write(note) else { return };
        let mut map = Map::new();
        map.set(kind, value);
        if let Some(joined) = &*self.joined.borrow() {
            // Plain values can always be cloned; should the channel be closed, nobody is there to hear it.
            let _ = joined.channel.post_message(&js::write(&map.into()));
        }
    }

    /// Acts for as long as the lock is held; when it is taken away, mirrors and queues again.
    fn ask_for_lock(&self, steal: bool) {
        let Some(name) = self.joined.borrow().as_ref().map(|joined| joined.name.clone()) else { return };
        let Some(locks) = locks() else { return };
        let options = js::write(&Value::Map([("steal".to_owned(), steal.into())].into_iter().collect()));
        let held = {
            let frames = self.clone();
            Closure::once_into_js(move || {
                frames.runtime.with(|runtime| runtime.set_role(Role::Acting));
                frames.runtime.with(|runtime| frames.show(&runtime.state()));
                // Never settled: the lock is held until the frame is gone or another frame takes it.
                js_sys::Promise::new(&mut |_, _| {})
            })
        };
        let lost = {
            let frames = self.clone();
            Closure::once(move |_reason: JsValue| {
                frames.runtime.with(|runtime| runtime.set_role(Role::Mirroring));
                frames.ask_for_lock(false);
            })
        };
        let _ = locks.request(&name, &options, &held).catch(&lost);
        lost.forget(); // it is called at most once, when this frame has long moved on
    }
}

/// Why a frame acts alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Alone {
    /// The browser has no Web Locks, or not on a page without TLS.
    #[error(
        "this browser has no Web Locks here: each frame acts alone, and two of them may both call; serve the page over https"
    )]
    NoLocks,
    /// The browser gives no channel to frames in other sites' pages.
    #[error("this browser gives no BroadcastChannel here: each frame acts alone, and two of them may both call")]
    NoChannel,
}

fn lock_name(host: &HostInfo) -> String {
    let text = |id: &Option<Id>| id.as_ref().map(Id::text).unwrap_or_default();
    ["cti:", &text(&host.portal_id), ":", &text(&host.user_id)].concat()
}

fn write(note: &Note) -> Option<(&'static str, Value)> {
    Some(match note {
        Note::Hello => ("hello", Value::Null),
        Note::State(state) => ("state", state.to_value()),
        Note::Do(action) => ("do", action.to_value()?),
    })
}

fn read(data: &JsValue) -> Option<Note> {
    let value = js::read(data).ok()?;
    let (kind, value) = value.as_map()?.iter().next()?;
    match kind {
        "hello" => Some(Note::Hello),
        "state" => State::from_value(value).map(Note::State),
        "do" => Action::from_value(value).map(Note::Do),
        _ => None,
    }
}

#[wasm_bindgen]
extern "C" {
    /// Web Locks, which web-sys counts as unstable.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &JsValue, held: &JsValue) -> js_sys::Promise;
}

/// The browser's locks, where it has them.
fn locks() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
