//! The audio devices that the browser shows to this page.

use super::Device;
use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAudioElement, MediaDeviceInfo, MediaDeviceKind, MediaDevices};

/// The ids with which Chromium lists the devices of the system a second time.
const OF_SYSTEM: [&str; 2] = ["default", "communications"];

/// The audio devices that are there, without a second entry for the one that the system chooses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Devices {
    /// What can be spoken into.
    pub microphones: Vec<Device>,
    /// What can be heard with. Empty where the page cannot choose among them.
    pub speakers: Vec<Device>,
}

/// Lists the devices. Before the page may use the microphone they have neither names nor ids, and are left out; so are all where
/// the browser refuses.
pub async fn list() -> Devices {
    devices().await.unwrap_or_default()
}

async fn devices() -> Option<Devices> {
    let promise = media_devices()?.enumerate_devices().ok()?;
    let all: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let of_kind = |kind: MediaDeviceKind| {
        all.iter()
            .map(JsCast::unchecked_into::<MediaDeviceInfo>)
            .filter(|info| info.kind() == kind)
            .map(|info| Device { id: info.device_id(), label: info.label() })
            .filter(|device| !device.id.is_empty() && !OF_SYSTEM.contains(&device.id.as_str()))
            .collect::<Vec<_>>()
    };
    let speakers = if can_choose_speaker() { of_kind(MediaDeviceKind::Audiooutput) } else { Vec::new() };
    Some(Devices { microphones: of_kind(MediaDeviceKind::Audioinput), speakers })
}

/// Calls the listener whenever a device comes or goes, for as long as the result is kept. `None` where the page has no access to
/// devices, as without TLS.
pub fn on_change(mut listener: impl FnMut() + 'static) -> Option<EventListener> {
    let devices = media_devices()?;
    Some(EventListener::new(&devices, "devicechange", move |_| listener()))
}

/// Whether the browser lets a page choose the device that it plays on.
pub fn can_choose_speaker() -> bool {
    HtmlAudioElement::new().is_ok_and(|element| Reflect::has(&element, &"setSinkId".into()).unwrap_or(false))
}

pub(super) fn media_devices() -> Option<MediaDevices> {
    web_sys::window()?.navigator().media_devices().ok().filter(|devices| !devices.is_undefined())
}
