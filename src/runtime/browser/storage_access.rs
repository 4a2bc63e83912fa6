//! Asks the browser for storage in a frame of another site, where it blocks it: the Storage Access API, which web-sys lacks in
//! its newer form.

use js_sys::{Function, Object, Promise, Reflect};
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;

/// Asks for access; the request itself is made before this returns, as it needs the user's click. Resolves to the session
/// storage; to `None` where the browser or the user refuses, or where the browser cannot grant it.
pub fn request() -> impl Future<Output = Option<Storage>> {
    let asked = ask();
    async {
        let granted = JsFuture::from(asked?).await.ok()?;
        // Newer browsers return the storage as a part of a handle; others unblock the one of the window.
        let of_handle = Reflect::get(&granted, &"sessionStorage".into()).ok().filter(JsValue::is_object);
        match of_handle {
            Some(storage) => Some(storage.unchecked_into()),
            None => web_sys::window()?.session_storage().ok()?,
        }
    }
}

fn ask() -> Option<Promise> {
    let document = web_sys::window()?.document()?;
    let request: Function = Reflect::get(&document, &"requestStorageAccess".into()).ok()?.dyn_into().ok()?;
    let types = Object::new();
    Reflect::set(&types, &"sessionStorage".into(), &JsValue::TRUE).ok()?;
    request.call1(&document, &types).ok()?.dyn_into().ok()
}
