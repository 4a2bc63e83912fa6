//! Web Locks, which are unstable in web-sys.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    /// The locks of an origin.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &JsValue) -> Promise;
}

/// Requests a lock. `granted` is called when the page gets it, and the page keeps it until it is closed; `refused` is called if the
/// request fails. Returns false if the browser has no locks: on pages that are neither on a loopback host nor served over https.
pub fn queue(name: &str, granted: impl FnOnce() + 'static, refused: impl FnOnce() + 'static) -> bool {
    let locks = web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"locks".into()).ok());
    let Some(locks) = locks.filter(JsValue::is_object) else { return false };
    let locks: LockManager = locks.unchecked_into();
    let granted = Closure::once_into_js(move |_lock: JsValue| {
        granted();
        // Never settled, because that would release the lock.
        Promise::new(&mut |_, _| {})
    });
    let refused = Closure::once(move |_reason: JsValue| refused());
    let _ = locks.request(name, &Object::new(), &granted).catch(&refused);
    refused.forget();
    true
}
