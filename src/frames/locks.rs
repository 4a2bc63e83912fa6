//! Web Locks, which web-sys counts as unstable.

use calling_extensions::codec::{Map, js};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Ask {
    /// After all others who have asked.
    Queue,
    /// Now, or not at all.
    IfFree,
    /// Now, whoever holds it.
    Steal,
}

#[wasm_bindgen]
extern "C" {
    /// The locks that the pages of an origin share.
    pub type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &JsValue) -> Promise;
}

impl LockManager {
    /// The browser's, where it has them.
    pub fn of_browser() -> Option<Self> {
        let navigator = web_sys::window()?.navigator();
        let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
        locks.is_object().then(|| locks.unchecked_into())
    }

    /// Asks for the lock. `granted` is called when it is there, and with `false` when it should be free and is not; then the lock
    /// is held until the page is gone or another page takes it, of which `lost` hears. It hears of a refusal too.
    pub fn ask(&self, name: &str, ask: Ask, granted: impl FnOnce(bool) + 'static, lost: impl FnOnce() + 'static) {
        let mut options = Map::new();
        options.set("ifAvailable", ask == Ask::IfFree);
        options.set("steal", ask == Ask::Steal);
        let granted = Closure::once_into_js(move |lock: JsValue| {
            granted(!lock.is_null());
            // Never settled, or the lock would be given back.
            if lock.is_null() { JsValue::UNDEFINED } else { Promise::new(&mut |_, _| {}).into() }
        });
        let lost = Closure::once(move |_reason: JsValue| lost());
        let _ = self.request(name, &js::write(&options.into()), &granted).catch(&lost);
        lost.forget(); // it is called at most once, when this frame has long moved on
    }
}
