//! The other end of `early.js`.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

/// The array in which the script keeps what comes before the program runs.
const EARLY: &str = "callingExtensionsEarly";

/// Takes what the script has kept, and sends it home. Nothing when the page does without it.
pub fn take_over(window: &Window) -> Vec<MessageEvent> {
    let Ok(early) = Reflect::get(window, &EARLY.into()) else { return Vec::new() };
    let Some(kept) = early.dyn_ref::<Array>().map(Array::to_vec) else { return Vec::new() };
    if let Some(Ok(listener)) = Reflect::get(&early, &"listener".into()).ok().map(JsCast::dyn_into) {
        let _ = window.remove_event_listener_with_callback("message", &listener);
    }
    let _ = Reflect::set(window, &EARLY.into(), &JsValue::UNDEFINED);
    kept.into_iter().filter_map(|event| event.dyn_into().ok()).collect()
}
