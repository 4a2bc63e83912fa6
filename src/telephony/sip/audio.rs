//! The microphone and the voice of the other side, for as long as a call is on.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAudioElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};
use yew::platform::spawn_local;

/// The user's microphone. It is released when this is dropped.
pub struct Microphone(MediaStream);

impl Microphone {
    /// Opens it.
    ///
    /// # Errors
    /// There is none, or the user does not allow it.
    pub async fn open() -> Result<Self, JsValue> {
        let devices = web_sys::window().ok_or(JsValue::NULL)?.navigator().media_devices()?;
        let constraints = MediaStreamConstraints::new();
        constraints.set_audio(&JsValue::TRUE);
        let stream = JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?;
        Ok(Microphone(stream.unchecked_into()))
    }

    /// The stream that is sent.
    pub fn stream(&self) -> &MediaStream {
        &self.0
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// What the other side says. It is silent when this is dropped.
pub struct Voice(HtmlAudioElement);

impl Voice {
    /// Plays a stream. `None` where there is no sound at all.
    pub fn play(stream: &MediaStream) -> Option<Self> {
        let element = HtmlAudioElement::new().ok()?;
        element.set_src_object(Some(stream));
        wait_for(element.play());
        Some(Voice(element))
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        self.0.set_src_object(None);
    }
}

/// A refused playback is no error of the call.
fn wait_for(promise: Result<Promise, JsValue>) {
    if let Ok(promise) = promise {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}
