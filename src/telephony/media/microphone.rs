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

/// Opens the microphone of the settings; the one that the system chooses while that is not there.
///
/// # Errors
///
/// When the page may not use it, when there is none, or when it cannot be opened.
pub async fn open(settings: &AudioSettings) -> Result<MediaStream, MicrophoneError> {
    let there = devices::list().await.microphones;
    open_device(settings, available(settings.microphone.as_ref(), &there)).await
}

/// Opens this microphone; `None` stands for the one that the system chooses.
pub(super) async fn open_device(
    settings: &AudioSettings,
    device: Option<&Device>,
) -> Result<MediaStream, MicrophoneError> {
    let devices = media_devices().ok_or(MicrophoneError::Refused)?;
    let promise = devices.get_user_media_with_constraints(&constraints(settings, device)).map_err(error)?;
    let stream = JsFuture::from(promise).await.map_err(error)?;
    Ok(stream.unchecked_into())
}

/// What the browser is asked for.
pub fn constraints(settings: &AudioSettings, device: Option<&Device>) -> MediaStreamConstraints {
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

/// Releases the microphone: the browser no longer shows that the page uses it.
pub fn release(stream: &MediaStream) {
    audio_tracks(stream).for_each(|track| track.stop());
}

pub(super) fn audio_tracks(stream: &MediaStream) -> impl Iterator<Item = MediaStreamTrack> {
    stream.get_audio_tracks().to_vec().into_iter().map(JsCast::unchecked_into)
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
