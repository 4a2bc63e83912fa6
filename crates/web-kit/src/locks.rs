//! The [Web Locks API](https://developer.mozilla.org/docs/Web/API/Web_Locks_API), whose bindings in web-sys are unstable.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The locks that the pages and frames of an origin share.
    #[derive(Clone, Debug)]
    pub type LockManager;

    #[wasm_bindgen(method, js_name = request)]
    fn request_js(this: &LockManager, name: &str, options: &LockOptions, granted: &JsValue) -> Request;

    /// The promise of a request: settled when the lock is released, rejected when it is denied or stolen.
    type Request;

    #[wasm_bindgen(method)]
    fn catch(this: &Request, rejected: &JsValue) -> JsValue;

    #[wasm_bindgen(extends = Object)]
    type LockOptions;

    #[wasm_bindgen(method, setter, js_name = ifAvailable)]
    fn set_if_available(this: &LockOptions, value: bool);

    #[wasm_bindgen(method, setter, js_name = steal)]
    fn set_steal(this: &LockOptions, value: bool);
}

/// How a lock is requested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LockRequest {
    /// After all requests that were made before.
    Queue,
    /// Now, or not at all.
    IfFree,
    /// Now. A page that holds the lock loses it.
    Steal,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LockEvent {
    /// The lock is held from now on.
    Granted,
    /// The lock was to be free and is not. Only for [`LockRequest::IfFree`]; nothing follows.
    Unavailable,
    /// The browser does not allow locks here, for instance because it blocks storage for this frame. Nothing follows.
    Denied,
    /// Another page has stolen the lock. Nothing follows.
    Lost,
}

impl LockManager {
    /// The browser's lock manager; absent in pages without TLS and in old browsers.
    pub fn of_browser() -> Option<Self> {
        let navigator = web_sys::window()?.navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
        locks.is_object().then(|| locks.unchecked_into())
    }

    /// Requests the exclusive lock of this name and calls `on_event` with what becomes of it, always in a later task.
    pub fn request(&self, name: &str, request: LockRequest, on_event: impl Fn(LockEvent) + 'static) -> Lock {
        let state = Rc::new(RefCell::new(State { on_event: Some(Rc::new(on_event)), release: None }));
        let options: LockOptions = Object::new().unchecked_into();
        options.set_if_available(request == LockRequest::IfFree);
        options.set_steal(request == LockRequest::Steal);
        let granted = {
            let state = state.clone();
            // The browser frees both closures with the promise that refers to them.
            let granted = Closure::once(move |lock: JsValue| {
                if lock.is_null() {
                    notify(&state, LockEvent::Unavailable);
                    return JsValue::UNDEFINED;
                }
                // The lock is held until this promise settles. A request that was withdrawn releases it at once.
                let Some(held) = hold(&state) else { return JsValue::UNDEFINED };
                notify(&state, LockEvent::Granted);
                held.into()
            });
            granted.into_js_value()
        };
        let rejected = {
            let state = state.clone();
            let rejected = Closure::once(move |_reason: JsValue| {
                let was_held = state.borrow_mut().release.take().is_some();
                notify(&state, if was_held { LockEvent::Lost } else { LockEvent::Denied });
            });
            rejected.into_js_value()
        };
        self.request_js(name, &options, &granted).catch(&rejected);
        Lock { state }
    }
}

/// A request for a lock, and the lock once it is granted. Dropping it withdraws the request or releases the lock; no event
/// follows. Other pages get the lock in a later task, not before the drop returns.
#[must_use = "dropping it withdraws the request"]
pub struct Lock {
    state: Rc<RefCell<State>>,
}

impl Lock {
    /// Whether the lock is held.
    pub fn is_held(&self) -> bool {
        self.state.borrow().release.is_some()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let State { on_event, release } = &mut *self.state.borrow_mut();
        *on_event = None;
        if let Some(release) = release.take() {
            // A resolving function does not throw.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

struct State {
    /// Absent once the [`Lock`] is dropped.
    on_event: Option<Rc<dyn Fn(LockEvent)>>,
    /// Settles the promise for which the lock is held; absent while it is not held.
    release: Option<Function>,
}

/// The promise for which the lock is held; none when nobody wants it any more.
fn hold(state: &RefCell<State>) -> Option<Promise> {
    let mut state = state.borrow_mut();
    state.on_event.as_ref()?;
    let mut release = None;
    let held = Promise::new(&mut |resolve, _reject| release = Some(resolve));
    state.release = release;
    Some(held)
}

fn notify(state: &RefCell<State>, event: LockEvent) {
    // Not borrowed during the call, which may drop the lock or request another.
    let on_event = state.borrow().on_event.clone();
    if let Some(on_event) = on_event {
        on_event(event);
    }
}
