//! Asks for the microphone, for phone systems that hear the user through the browser.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// Asks, and says whether it was granted. The stream itself is stopped at once: the phone system opens its own.
pub fn ask(answer: impl Fn(bool) + Clone + 'static) {
    let Ok(asked) = request() else { return answer(false) };
    let granted = {
        let answer = answer.clone();
        Closure::once_into_js(move |stream: MediaStream| {
            for track in stream.get_tracks() {
                track.unchecked_into::<MediaStreamTrack>().stop();
            }
            answer(true);
        })
    };
    let refused = Closure::once_into_js(move |_reason: JsValue| answer(false));
    // One of the two is called, once; the other is never freed, which happens once for each log-in.
    let _ = js_sys::Reflect::get(&asked, &"then".into())
        .and_then(|then| then.unchecked_into::<js_sys::Function>().call2(&asked, &granted, &refused));
}

fn request() -> Result<Promise, JsValue> {
    let devices = web_sys::window().ok_or(JsValue::NULL)?.navigator().media_devices()?;
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::TRUE);
    devices.get_user_media_with_constraints(&constraints)
}
