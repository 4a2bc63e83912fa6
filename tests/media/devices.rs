//! Devices, the microphone, its level.

use super::becomes_true;
use super::source::Source;
use demo_app_rust::telephony::media::{
    AudioSettings, Device, LevelMeter, MicrophoneError, TestSound, can_choose_speaker, list_devices, loudness,
    open_microphone,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{MediaStream, MediaStreamTrack, MediaStreamTrackState};

pub fn track_of(stream: &MediaStream) -> MediaStreamTrack {
    stream.get_audio_tracks().get(0).unchecked_into()
}

/// The last of the microphones that the browser makes up: it is not the one that the system chooses.
pub async fn other_microphone() -> Device {
    list_devices().await.microphones.last().cloned().unwrap()
}

pub fn with_microphone(device: Device) -> AudioSettings {
    AudioSettings { microphone: Some(device), ..AudioSettings::default() }
}

#[test]
async fn devices_have_names_and_ids_and_the_system_s_choice_is_not_listed_twice() {
    let devices = list_devices().await;
    assert!(devices.microphones.len() >= 2 && !devices.speakers.is_empty(), "{devices:?}");
    for device in devices.microphones.iter().chain(&devices.speakers) {
        assert!(!device.label.is_empty() && !device.id.is_empty() && device.id != "default", "{devices:?}");
    }
    assert!(can_choose_speaker());
}

#[test]
async fn the_chosen_microphone_is_opened_with_what_the_user_wants_done_to_its_sound() {
    let chosen = other_microphone().await;
    for on in [true, false] {
        let settings = AudioSettings {
            echo_cancellation: on,
            noise_suppression: on,
            auto_gain_control: on,
            ..with_microphone(chosen.clone())
        };
        let microphone = open_microphone(&settings).await.unwrap();
        let track = microphone.track().unwrap();
        assert_eq!(track.label(), chosen.label);
        let is = track.get_settings();
        assert_eq!(
            [is.get_echo_cancellation(), is.get_noise_suppression(), is.get_auto_gain_control()],
            [Some(on); 3],
            "{on}"
        );
        drop(microphone);
        assert_eq!(track.ready_state(), MediaStreamTrackState::Ended);
    }
}

#[test]
async fn while_the_chosen_microphone_is_gone_the_one_of_the_system_is_opened() {
    let chosen = other_microphone().await;
    let gone = super::stubs::without_device(&chosen.id);
    let microphone = open_microphone(&with_microphone(chosen.clone())).await.unwrap();
    drop(gone);
    assert_ne!(microphone.track().unwrap().label(), chosen.label);
}

#[test]
async fn a_microphone_that_cannot_be_opened_says_why() {
    for (name, expected) in [
        ("NotAllowedError", MicrophoneError::Refused),
        ("NotFoundError", MicrophoneError::Missing),
        ("NotReadableError", MicrophoneError::Failed("no".into())),
    ] {
        let refused = super::stubs::without_microphone(name);
        assert_eq!(open_microphone(&AudioSettings::default()).await.map(|_| ()), Err(expected));
        drop(refused);
    }
}

#[test]
async fn the_level_follows_the_sound_also_of_a_muted_track() {
    let source = Source::new();
    let track = track_of(&source.stream);
    let meter = LevelMeter::new(&track).unwrap();
    assert!(becomes_true(|| meter.level() == Some(0.0)).await, "silence: {:?}", meter.level());
    source.set_volume(0.5);
    track.set_enabled(false);
    // The root mean square of a sine of this amplitude.
    let expected = 0.5_f32 / 2.0_f32.sqrt();
    let is_near = || meter.level().is_some_and(|level| (level - expected).abs() < 0.03);
    assert!(becomes_true(is_near).await, "{:?} is not {expected}", meter.level());
    assert!(loudness(meter.level().unwrap()) > 0.8);
    drop(meter);
    assert_eq!(track.ready_state(), MediaStreamTrackState::Live, "the track is left open");
}

#[test]
async fn the_microphone_of_the_browser_is_heard() {
    let microphone = open_microphone(&AudioSettings::default()).await.unwrap();
    let meter = LevelMeter::new(&microphone.track().unwrap()).unwrap();
    // It beeps now and then.
    assert!(becomes_true(|| meter.level().is_some_and(|level| level > 0.01)).await);
}

#[test]
async fn the_test_sound_plays_on_every_device() {
    assert!(TestSound::play(None).is_ok());
    for device in list_devices().await.speakers {
        assert!(TestSound::play(Some(&device)).is_ok(), "{device:?}");
    }
}
