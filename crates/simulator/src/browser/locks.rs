//! Web Locks, which web-sys counts as unstable.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    /// The locks that the pages of an origin share.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &JsValue) -> Promise;
}

/// Queues for a lock. `granted` is called when it is there, and it is held until the page is gone. False where the browser has
/// no locks: on pages that are neither on this machine nor served over https.
pub fn queue(name: &str, granted: impl FnOnce() + 'static, refused: impl FnOnce() + 'static) -> bool {
    let locks = web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"locks".into()).ok());
    let Some(locks) = locks.filter(JsValue::is_object) else { return false };
    let locks: LockManager = locks.unchecked_into();
    let granted = Closure::once_into_js(move |_lock: JsValue| {
        granted();
        // Never settled, or the lock would be given back.
        Promise::new(&mut |_, _| {})
    });
    let refused = Closure::once(move |_reason: JsValue| refused());
    let _ = locks.request(name, &Object::new(), &granted).catch(&refused);
    refused.forget();
    true
}
