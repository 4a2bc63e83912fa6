//! Takes over the messages that `early.js` stored.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

/// The global variable of the script: an array of message events with the property `listener`.
const EARLY: &str = "callingExtensionsEarly";

/// Returns the stored messages, oldest first, and removes the script's listener. Empty when the page has no such script.
pub fn take_messages(window: &Window) -> Vec<MessageEvent> {
    let Ok(early) = Reflect::get(window, &EARLY.into()) else { return Vec::new() };
    let Some(events) = early.dyn_ref::<Array>().map(Array::to_vec) else { return Vec::new() };
    if let Some(Ok(listener)) = Reflect::get(&early, &"listener".into()).ok().map(JsCast::dyn_into) {
        let _ = window.remove_event_listener_with_callback("message", &listener);
    }
    let _ = Reflect::set(window, &EARLY.into(), &JsValue::UNDEFINED);
    events.into_iter().filter_map(|event| event.dyn_into().ok()).collect()
}
