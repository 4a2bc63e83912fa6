//! The sound of a call.

use super::*;
use crate::audio::{AudioEvent, CallAudio, DeviceChange, DeviceKind, DeviceName, Quality};

const FAIR: Quality =
    Quality { bars: 2, issue: None, mos_tenths: 37, loss_per_mille: 30, jitter_ms: 8, round_trip_ms: Some(90) };

fn change() -> DeviceChange {
    DeviceChange { kind: DeviceKind::Microphone, to: Some(DeviceName::Named("Built-in".into())) }
}

#[test]
fn what_is_reported_is_in_the_state_until_the_call_ends() {
    let mut harness = TestHarness::talking();
    harness.event(CallEvent::Audio(AudioEvent::Quality(FAIR)));
    harness.event(CallEvent::Audio(AudioEvent::MutedSpeech(true)));
    harness.event(CallEvent::Audio(AudioEvent::SilentMicrophone(true)));
    harness.event(CallEvent::Audio(AudioEvent::PlaybackBlocked(true)));
    harness.event(CallEvent::Audio(AudioEvent::Interrupted(true)));
    let expected = CallAudio {
        quality: Some(FAIR),
        muted_speech: true,
        silent_microphone: true,
        playback_blocked: true,
        interrupted: true,
    };
    assert_eq!(harness.state.audio, expected);
    harness.event(CallEvent::Audio(AudioEvent::MutedSpeech(false)));
    assert!(!harness.state.audio.muted_speech);
    harness.does(UserAction::HangUp);
    assert_eq!(harness.state.audio, CallAudio::default());
}

#[test]
fn the_same_quality_again_changes_nothing() {
    let mut harness = TestHarness::talking();
    harness.event(CallEvent::Audio(AudioEvent::Quality(FAIR)));
    let call = harness.call().id.clone();
    let event = CallEvent::Audio(AudioEvent::Quality(FAIR));
    harness.ignores(Action::Phone(PhoneEvent::Call { call, event }));
}

#[test]
fn a_changed_device_is_a_notice_and_hubspot_shows_it_when_the_widget_is_hidden() {
    let mut harness = TestHarness::talking();
    harness.event(CallEvent::Audio(AudioEvent::DeviceChanged(change())));
    assert_eq!(harness.state.notices, [Notice::DeviceChanged(change())]);
    assert_eq!(harness.alerted, []);
    harness.does(UserAction::DismissNotice);
    harness.receives("VISIBILITY_CHANGED", map(&[("isHidden", true.into())]));
    harness.event(CallEvent::Audio(AudioEvent::DeviceChanged(change())));
    assert_eq!(harness.alerted, [Notice::DeviceChanged(change())]);
}

#[test]
fn a_call_that_is_over_or_another_has_no_sound() {
    let mut harness = TestHarness::talking();
    let event = CallEvent::Audio(AudioEvent::MutedSpeech(true));
    harness.ignores(Action::Phone(PhoneEvent::Call { call: "other".into(), event: event.clone() }));
    harness.does(UserAction::HangUp);
    let call = harness.call().id.clone();
    harness.ignores(Action::Phone(PhoneEvent::Call { call, event }));
}
