use super::{PersistentState, use_persistent_state};
use crate::telephony::media::{AudioSettings, Devices, list_devices, on_devices_change};
use yew::platform::spawn_local;
use yew::prelude::*;

/// The user's devices, and what is done to the sound of the microphone. All frames have the same.
///
/// # Panics
/// Outside a [`CtiProvider`](super::CtiProvider).
#[hook]
pub fn use_audio_settings() -> PersistentState<AudioSettings> {
    use_persistent_state(AudioSettings::KEY, AudioSettings::default)
}

/// The audio devices that are there. They are listed again when one comes or goes, and when `permission` changes: devices have
/// names once the page may use the microphone.
#[hook]
pub fn use_audio_devices(permission: bool) -> Devices {
    let devices = use_state_eq(Devices::default);
    {
        let devices = devices.setter();
        use_effect_with(permission, move |_| {
            let refresh = move || {
                let devices = devices.clone();
                spawn_local(async move { devices.set(list_devices().await) });
            };
            refresh();
            let listener = on_devices_change(refresh);
            move || drop(listener)
        });
    }
    (*devices).clone()
}
