//! The sound of a call.

use super::becomes_true;
use super::devices::{other_microphone, track_of, with_microphone};
use super::pair::Call;
use super::source::Source;
use super::stubs::{devices_changed, without_autoplay, without_device, without_microphone};
use call_model::{AudioEvent, DeviceChange, DeviceKind, DeviceName};
use demo_app_rust::telephony::media::{AudioSettings, Media, Microphone, list_devices};
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{Event, MediaStreamTrackState};

fn is_change(kind: DeviceKind) -> impl Fn(&AudioEvent) -> bool {
    move |event| matches!(event, AudioEvent::DeviceChanged(change) if change.kind == kind)
}

/// The microphone of the browser, and a tone as the other side.
async fn begin(settings: &AudioSettings) -> (Media, Call, Source) {
    let (media, other_side) = (Media::default(), Source::new());
    other_side.set_volume(0.5);
    media.set_settings(settings);
    let microphone = media.open_microphone().await.unwrap();
    let call = Call::begin(&media, microphone, &other_side.stream).await;
    (media, call, other_side)
}

#[test]
async fn a_call_within_the_machine_is_heard_and_good() {
    let (_media, call, _other_side) = begin(&AudioSettings::default()).await;
    call.until("the sound", |event| *event == AudioEvent::PlaybackBlocked(false)).await;
    let event = call.until("the quality", |event| matches!(event, AudioEvent::Quality(_))).await;
    let AudioEvent::Quality(quality) = event else { panic!("{event:?}") };
    assert_eq!((quality.bars, quality.issue), (3, None), "{quality:?}");
    let there = call.heard_there();
    assert!(becomes_true(|| there.level().is_some_and(|level| level > 0.01)).await, "the other side hears the user");
}

#[test]
async fn nothing_from_the_other_side_is_no_bar() {
    let (_media, call, _other_side) = begin(&AudioSettings::default()).await;
    call.until("the quality", |event| matches!(event, AudioEvent::Quality(_))).await;
    call.close_there();
    call.until("no bar", |event| matches!(event, AudioEvent::Quality(quality) if quality.bars == 0)).await;
}

#[test]
async fn the_microphone_is_released_when_the_call_is_over() {
    let (media, mut call, _other_side) = begin(&AudioSettings::default()).await;
    let tracks = [track_of(&call.microphone), call.sent_track()];
    call.until("the sound", |event| *event == AudioEvent::PlaybackBlocked(false)).await;
    call.media.take();
    call.forget_events();
    for track in tracks {
        assert_eq!(track.ready_state(), MediaStreamTrackState::Ended);
    }
    media.set_settings(&with_microphone(other_microphone().await));
    devices_changed();
    // By then anything that is still watching would have reported.
    let second = begin(&AudioSettings::default()).await;
    second.1.until("the quality", |event| matches!(event, AudioEvent::Quality(_))).await;
    assert_eq!(call.events(), []);
    assert_eq!(track_of(&call.microphone).ready_state(), MediaStreamTrackState::Ended);
}

#[test]
async fn a_microphone_that_is_pulled_out_is_replaced_with_a_word_and_one_that_comes_back_too() {
    let chosen = other_microphone().await;
    let (_media, call, _other_side) = begin(&with_microphone(chosen.clone())).await;
    let pulled = call.sent_track();
    assert_eq!(pulled.label(), chosen.label);
    pulled.set_enabled(false);
    let gone = without_device(&chosen.id);
    pulled.stop();
    pulled.dispatch_event(&Event::new("ended").unwrap()).unwrap();
    let event = call.until("the other microphone", is_change(DeviceKind::Microphone)).await;
    let now = call.sent_track();
    let named = |label: String| {
        let to = Some(DeviceName::Named(label));
        AudioEvent::DeviceChanged(DeviceChange { kind: DeviceKind::Microphone, to })
    };
    assert_eq!(event, named(now.label()));
    assert_ne!(now.label(), chosen.label);
    assert!(now.ready_state() == MediaStreamTrackState::Live && !now.enabled(), "the user is still muted");
    now.set_enabled(true);
    let there = call.heard_there();
    assert!(becomes_true(|| there.level().is_some_and(|level| level > 0.01)).await, "the other side hears it");

    call.forget_events();
    drop(gone);
    devices_changed();
    assert_eq!(call.until("the chosen one", is_change(DeviceKind::Microphone)).await, named(chosen.label.clone()));
    assert_eq!(call.sent_track().label(), chosen.label);
    assert_eq!(now.ready_state(), MediaStreamTrackState::Ended, "the other one is released");
}

#[test]
async fn a_call_without_any_microphone_left_says_so_once_and_takes_the_next() {
    let (_media, call, _other_side) = begin(&AudioSettings::default()).await;
    let none = without_microphone("NotFoundError");
    let pulled = call.sent_track();
    pulled.stop();
    pulled.dispatch_event(&Event::new("ended").unwrap()).unwrap();
    let event = call.until("the word", is_change(DeviceKind::Microphone)).await;
    assert_eq!(event, AudioEvent::DeviceChanged(DeviceChange { kind: DeviceKind::Microphone, to: None }));
    call.forget_events();
    devices_changed();
    drop(none);
    devices_changed();
    let event = call.until("the next one", is_change(DeviceKind::Microphone)).await;
    assert!(matches!(event, AudioEvent::DeviceChanged(DeviceChange { to: Some(_), .. })), "{event:?}");
    assert_eq!(call.events().iter().filter(|event| is_change(DeviceKind::Microphone)(event)).count(), 1);
}

#[test]
async fn what_the_user_chooses_in_a_call_is_used_at_once_and_without_a_word() {
    let (media, call, _other_side) = begin(&AudioSettings::default()).await;
    let chosen = other_microphone().await;
    let settings = AudioSettings {
        speaker: list_devices().await.speakers.last().cloned(),
        noise_suppression: false,
        ..with_microphone(chosen.clone())
    };
    media.set_settings(&settings);
    assert!(becomes_true(|| call.sent_track().label() == chosen.label).await);
    assert_eq!(call.sent_track().get_settings().get_noise_suppression(), Some(false));
    // The same device again, while it is open as it was before.
    media.set_settings(&AudioSettings { noise_suppression: true, ..settings.clone() });
    assert!(becomes_true(|| call.sent_track().get_settings().get_noise_suppression() == Some(true)).await);
    media.set_settings(&settings);
    assert!(becomes_true(|| call.sent_track().get_settings().get_noise_suppression() == Some(false)).await);
    assert_eq!(call.sent_track().label(), chosen.label);
    call.until("the quality", |event| matches!(event, AudioEvent::Quality(_))).await;
    assert!(!call.events().iter().any(|event| matches!(event, AudioEvent::DeviceChanged(_))), "{:?}", call.events());
}

#[test]
async fn a_speaker_that_is_pulled_out_is_replaced_with_a_word() {
    let speaker = list_devices().await.speakers.last().cloned().unwrap();
    let settings = AudioSettings { speaker: Some(speaker.clone()), ..AudioSettings::default() };
    let (_media, call, _other_side) = begin(&settings).await;
    call.until("the quality", |event| matches!(event, AudioEvent::Quality(_))).await;
    let _gone = without_device(&speaker.id);
    devices_changed();
    let event = call.until("the word", is_change(DeviceKind::Speaker)).await;
    let to = Some(DeviceName::System);
    assert_eq!(event, AudioEvent::DeviceChanged(DeviceChange { kind: DeviceKind::Speaker, to }));
}

#[test]
async fn who_speaks_muted_is_reported_until_they_are_heard() {
    let (media, user, other_side) = (Media::default(), Source::new(), Source::new());
    let call = Call::begin(&media, Microphone::of_stream(Clone::clone(&user.stream)), &other_side.stream).await;
    call.sent_track().set_enabled(false);
    user.set_volume(0.3);
    call.until("the warning", |event| *event == AudioEvent::MutedSpeech(true)).await;
    call.sent_track().set_enabled(true);
    call.until("its end", |event| *event == AudioEvent::MutedSpeech(false)).await;
}

#[test]
async fn a_microphone_that_delivers_nothing_is_reported_until_it_does() {
    let (media, user, other_side) = (Media::default(), Source::new(), Source::new());
    let call = Call::begin(&media, Microphone::of_stream(Clone::clone(&user.stream)), &other_side.stream).await;
    call.until("the warning", |event| *event == AudioEvent::SilentMicrophone(true)).await;
    user.set_volume(0.3);
    call.until("its end", |event| *event == AudioEvent::SilentMicrophone(false)).await;
}

#[test]
async fn sound_that_the_browser_refuses_is_played_from_the_next_click_on() {
    let refused = without_autoplay();
    let (_media, call, _other_side) = begin(&AudioSettings::default()).await;
    call.until("the refusal", |event| *event == AudioEvent::PlaybackBlocked(true)).await;
    drop(refused);
    gloo::utils::body().click();
    call.until("the sound", |event| *event == AudioEvent::PlaybackBlocked(false)).await;
}
