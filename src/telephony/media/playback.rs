//! Plays sound on the device that the user has chosen.

use super::Device;
use gloo::events::EventListener;
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlAudioElement, MediaStream, MediaStreamTrack};

#[wasm_bindgen]
extern "C" {
    /// An element that plays sound. The method may not exist.
    type Sink;

    #[wasm_bindgen(method, catch, js_name = setSinkId)]
    async fn set_sink_id(this: &Sink, id: &str) -> Result<(), JsValue>;
}

/// What a browser counts as a sign of the user that sound may be played.
const GESTURES: [&str; 2] = ["click", "keydown"];

/// Plays the tracks of a call, until it is dropped. When the browser does not allow that yet, it plays from the next click or key
/// on the page on.
pub struct Playback {
    element: HtmlAudioElement,
    stream: MediaStream,
    on_blocked: Box<dyn Fn(bool)>,
    /// There while the browser does not allow the sound.
    gestures: RefCell<Vec<EventListener>>,
    this: Weak<Playback>,
}

impl Playback {
    /// Plays nothing yet. `on_blocked` is called with `true` when the browser does not allow the sound, and with `false` when it
    /// plays.
    ///
    /// # Errors
    ///
    /// Where the page has no sound.
    pub fn new(on_blocked: impl Fn(bool) + 'static) -> Result<Rc<Self>, JsValue> {
        let (element, stream) = (HtmlAudioElement::new()?, MediaStream::new()?);
        Ok(Rc::new_cyclic(|this| Playback {
            element,
            stream,
            on_blocked: Box::new(on_blocked),
            gestures: RefCell::default(),
            this: this.clone(),
        }))
    }

    /// Plays this track too.
    pub fn add(&self, track: &MediaStreamTrack) {
        self.stream.add_track(track);
        // Chromium plays nothing of a stream that was empty when the element got it.
        self.element.set_src_object(Some(&self.stream));
        self.play();
    }

    /// Plays on this device; `None` stands for the one that the system chooses. False when the browser refuses: the device
    /// stays as it was.
    pub async fn set_device(&self, device: Option<&Device>) -> bool {
        play_on(&self.element, device).await
    }

    fn play(&self) {
        let Ok(playing) = self.element.play() else { return };
        let this = self.this.clone();
        spawn_local(async move {
            let result = JsFuture::from(playing).await;
            let Some(this) = this.upgrade() else { return };
            match result {
                Ok(_) => this.allowed(),
                Err(error) if name_of(&error) == "NotAllowedError" => this.blocked(),
                Err(_) => {} // another call of `play` has replaced this one
            }
        });
    }

    fn allowed(&self) {
        self.gestures.borrow_mut().clear();
        (self.on_blocked)(false);
    }

    fn blocked(&self) {
        let document = gloo::utils::document();
        let listener = |name: &'static str| {
            let this = self.this.clone();
            EventListener::new(&document, name, move |_| {
                if let Some(this) = this.upgrade() {
                    this.play();
                }
            })
        };
        self.gestures.replace(GESTURES.map(listener).into());
        (self.on_blocked)(true);
    }
}

impl Drop for Playback {
    fn drop(&mut self) {
        self.element.set_src_object(None);
    }
}

/// Lets an element play on a device; `None` stands for the one that the system chooses. False when the browser refuses, or has no
/// choice of devices.
pub(super) async fn play_on(element: &HtmlAudioElement, device: Option<&Device>) -> bool {
    let id = device.map_or("", |device| device.id.as_str());
    element.unchecked_ref::<Sink>().set_sink_id(id).await.is_ok()
}

fn name_of(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}
