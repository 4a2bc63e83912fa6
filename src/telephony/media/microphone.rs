//! Opens the microphone.

use super::devices::media_devices;
use super::{AudioSettings, Device, available, devices};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// Why there is no sound of a microphone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MicrophoneError {
    /// The user or the browser has refused it, or the page is not allowed to ask.
    #[error("the browser does not let this page use the microphone")]
    Refused,
    /// There is no microphone.
    #[error("there is no microphone")]
    Missing,
    /// It cannot be opened, for instance because another program uses it.
    #[error("the microphone cannot be opened: {0}")]
    Failed(String),
}

/// An open microphone. It is released when this is dropped: the browser no longer shows that the page uses it.
#[derive(Debug)]
pub struct Microphone(MediaStream);

impl Microphone {
    /// A microphone that somebody else has opened.
    pub fn of_stream(stream: MediaStream) -> Self {
        Microphone(stream)
    }

    /// Its sound.
    pub fn stream(&self) -> &MediaStream {
        &self.0
    }

    /// Its track; absent only where the stream has none.
    pub fn track(&self) -> Option<MediaStreamTrack> {
        Some(self.0.get_audio_tracks().get(0)).filter(|track| track.is_object()).map(JsCast::unchecked_into)
    }

    pub(super) fn release(&self) {
        self.0.get_audio_tracks().iter().for_each(|track| track.unchecked_into::<MediaStreamTrack>().stop());
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        self.release();
    }
}

/// Opens the microphone of the settings; the one that the system chooses while that is not there or cannot be opened.
///
/// # Errors
///
/// When the page may not use it, when there is none, or when it cannot be opened.
pub async fn open(settings: &AudioSettings) -> Result<Microphone, MicrophoneError> {
    let there = devices::list().await.microphones;
    let chosen = available(settings.microphone.as_ref(), &there);
    match open_device(settings, chosen).await {
        Err(MicrophoneError::Missing | MicrophoneError::Failed(_)) if chosen.is_some() => {
            open_device(settings, None).await
        }
        result => result,
    }
}

/// Opens this microphone; `None` stands for the one that the system chooses.
pub(super) async fn open_device(
    settings: &AudioSettings,
    device: Option<&Device>,
) -> Result<Microphone, MicrophoneError> {
    let devices = media_devices().ok_or(MicrophoneError::Refused)?;
    let promise = devices.get_user_media_with_constraints(&constraints(settings, device)).map_err(error)?;
    let stream = JsFuture::from(promise).await.map_err(error)?;
    Ok(Microphone(stream.unchecked_into()))
}

/// What the browser is asked for.
fn constraints(settings: &AudioSettings, device: Option<&Device>) -> MediaStreamConstraints {
    let audio = Object::new();
    let set = |name: &str, value: JsValue| {
        // A new object takes every property.
        let _ = Reflect::set(&audio, &name.into(), &value);
    };
    set("echoCancellation", settings.echo_cancellation.into());
    set("noiseSuppression", settings.noise_suppression.into());
    set("autoGainControl", settings.auto_gain_control.into());
    if let Some(Device { id, .. }) = device {
        // Without `exact` another one may be opened though this one is there.
        let exact = Object::new();
        let _ = Reflect::set(&exact, &"exact".into(), &id.into());
        set("deviceId", exact.into());
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&audio);
    constraints
}

fn error(error: JsValue) -> MicrophoneError {
    let text =
        |name: &str| Reflect::get(&error, &name.into()).ok().and_then(|text| text.as_string()).unwrap_or_default();
    match text("name").as_str() {
        "NotAllowedError" | "SecurityError" => MicrophoneError::Refused,
        "NotFoundError" | "OverconstrainedError" => MicrophoneError::Missing,
        _ => MicrophoneError::Failed(text("message")),
    }
}
