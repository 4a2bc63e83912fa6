//! The sound of calls: settings, quality, warnings. The browser's microphones are those that it simulates for tests.

use super::support::{ALERT, DIALOG, MAIN, Query, Widget, button, document, in_call, logged_in, select, show, talking};
use call_model::{
    AudioEvent, CallAudio, CallEvent, CallPhase, Capabilities, DeviceChange, DeviceKind, DeviceName, PhoneCommand,
    Quality, QualityIssue, State,
};
use demo_app_rust::i18n::{fill, issue_text, quality_text, texts};
use demo_app_rust::telephony::media::{AudioSettings, list_devices};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_kit::json;
use web_sys::HtmlInputElement;

const GOOD: Quality =
    Quality { bars: 3, issue: None, mos_tenths: 44, loss_per_mille: 3, jitter_ms: 5, round_trip_ms: Some(40) };
const POOR: Quality = Quality {
    bars: 1,
    issue: Some(QualityIssue::LossReceived),
    mos_tenths: 27,
    loss_per_mille: 152,
    jitter_ms: 31,
    round_trip_ms: None,
};

/// With a phone system whose sound goes through the browser.
fn with_audio(state: State) -> State {
    State { capabilities: Capabilities { microphone: true, ..Capabilities::ALL }, ..state }
}

fn settings_button() -> Query<'static> {
    button(texts().audio.open)
}

fn quality_button(quality: Option<Quality>) -> String {
    let issue = quality.and_then(|quality| quality.issue).map(|issue| format!(" {}", issue_text(issue)));
    format!(
        "{}.{} {}",
        quality_text(quality.map(|quality| quality.bars)),
        issue.unwrap_or_default(),
        texts().audio.open
    )
}

/// What the user has set, as it is stored.
fn settings(widget: &Widget) -> AudioSettings {
    let state = widget.runtime.state();
    state.extras.get(AudioSettings::KEY).and_then(|text| json::from_str(text).ok()).unwrap_or_default()
}

async fn open_settings(widget: &Widget) {
    widget.click(settings_button());
    widget.shows(DIALOG).await;
}

#[test]
async fn without_audio_in_the_browser_there_is_nothing_to_set() {
    let widget = show(logged_in()).await;
    assert!(widget.find(settings_button()).is_none());
    let widget = show(talking()).await;
    assert!(widget.all("[data-test-id=call-quality]").is_empty());
}

#[test]
async fn the_settings_open_as_a_dialog_and_give_the_focus_back() {
    let widget = show(with_audio(logged_in())).await;
    widget.get(settings_button()).focus().unwrap();
    open_settings(&widget).await;
    let dialog = widget.get(DIALOG);
    widget.until("the focus in the dialog", |_| dialog.contains(document().active_element().as_deref())).await;
    let title = document().get_element_by_id(&dialog.get_attribute("aria-labelledby").unwrap()).unwrap();
    assert_eq!(title.text_content().as_deref(), Some(texts().audio.title));
    widget.click(button(texts().audio.done));
    widget.hides(DIALOG).await;
    assert!(widget.has_focus(settings_button()));
}

#[test]
async fn devices_are_chosen_by_their_names_and_kept() {
    let widget = show(with_audio(logged_in())).await;
    open_settings(&widget).await;
    let devices = list_devices().await;
    for (label, there) in [
        (texts().audio.microphone, &devices.microphones),
        (texts().audio.speaker, &devices.speakers),
        (texts().audio.ringer, &devices.speakers),
    ] {
        let list = select(label);
        let chosen = there.last().unwrap();
        let names = || widget.get(list).inner_text();
        widget.until(&chosen.label, |_| names().contains(&chosen.label)).await;
        assert!(names().contains(texts().audio.system_device), "{}", names());
        widget.choose(list, &chosen.id);
    }
    let kept = settings(&widget);
    let last = |devices: &[_]| devices.last().cloned();
    assert_eq!(kept.microphone, last(&devices.microphones));
    assert_eq!((&kept.speaker, &kept.ringer), (&last(&devices.speakers), &last(&devices.speakers)));
    widget.choose(select(texts().audio.speaker), "");
    assert_eq!(settings(&widget), AudioSettings { speaker: None, ..kept });
}

#[test]
async fn a_device_that_is_gone_stays_chosen_and_is_shown_so() {
    let device = serde_device("gone", "Headset");
    let state = with_audio(logged_in());
    let extras = [(AudioSettings::KEY.to_owned(), format!(r#"{{"speaker":{device}}}"#))].into();
    let widget = show(State { extras, ..state }).await;
    open_settings(&widget).await;
    widget.says(&fill(texts().audio.disconnected_device, "Headset")).await;
    assert_eq!(settings(&widget).speaker.map(|device| device.id).as_deref(), Some("gone"));
}

fn serde_device(id: &str, label: &str) -> String {
    format!(r#"{{"id":"{id}","label":"{label}"}}"#)
}

#[test]
async fn the_level_of_the_microphone_is_shown() {
    let widget = show(with_audio(logged_in())).await;
    open_settings(&widget).await;
    let value = || {
        let meter = widget.all("[role=meter]").pop()?;
        meter.get_attribute("aria-valuenow")?.parse::<u32>().ok()
    };
    // The browser's microphone beeps now and then.
    widget.until("a level", |_| value().is_some_and(|value| (20..=100).contains(&value))).await;
}

#[test]
async fn what_is_done_to_the_sound_is_switched() {
    let widget = show(with_audio(logged_in())).await;
    open_settings(&widget).await;
    type Get = fn(&AudioSettings) -> bool;
    let rows: [(&str, Get); 3] = [
        ("echo-cancellation", |settings| settings.echo_cancellation),
        ("noise-suppression", |settings| settings.noise_suppression),
        ("auto-gain-control", |settings| settings.auto_gain_control),
    ];
    for (id, get) in rows {
        let switch =
            || -> HtmlInputElement { widget.all(&format!("[data-test-id={id}]")).pop().unwrap().unchecked_into() };
        assert!(switch().checked(), "{id} is on at first");
        switch().click();
        assert!(!get(&settings(&widget)), "{id}");
        widget.until(id, |_| !switch().checked()).await;
    }
}

#[test]
async fn a_test_sound_can_be_played_on_speaker_and_ringing_device() {
    let widget = show(with_audio(logged_in())).await;
    open_settings(&widget).await;
    for id in ["test-speaker", "test-ringer"] {
        widget.all(&format!("[data-test-id={id}]")).pop().unwrap().click();
    }
    super::support::end_of_task().await;
    assert!(!widget.text().contains(texts().audio.no_test_sound));
}

#[test]
async fn the_quality_of_a_call_is_three_bars_with_the_reason_behind_them() {
    let widget = show(with_audio(talking())).await;
    let lit = |widget: &Widget| widget.all("[data-test-id=call-quality] i.on").len();
    assert!(widget.find(button(&quality_button(None))).is_some(), "it is not measured yet");
    assert_eq!(lit(&widget), 0);
    for quality in [GOOD, POOR] {
        widget.report(CallEvent::Audio(AudioEvent::Quality(quality)));
        widget.shows(button(&quality_button(Some(quality)))).await;
        assert_eq!(lit(&widget), usize::from(quality.bars));
    }
    widget.says(texts().audio.qualities[1]).await;
    widget.click(button(&quality_button(Some(POOR))));
    widget.shows(DIALOG).await;
    let details = widget.get(DIALOG).inner_text();
    let separator = texts().audio.decimal_separator;
    for text in [
        issue_text(QualityIssue::LossReceived).to_owned(),
        fill(texts().audio.score_of, &format!("2{separator}7")),
        format!("15{separator}2\u{a0}%"),
        "31\u{a0}ms".to_owned(),
    ] {
        assert!(details.contains(&text), "{text} in {details}");
    }
}

#[test]
async fn on_hold_no_quality_is_shown() {
    let state = State { audio: CallAudio { quality: Some(POOR), ..CallAudio::default() }, ..with_audio(talking()) };
    let widget = show(state).await;
    widget.shows(button(&quality_button(Some(POOR)))).await;
    widget.report(CallEvent::Held(true));
    widget.shows(button(&quality_button(None))).await;
    assert!(widget.all("[data-test-id=call-quality] i.on").is_empty());
}

#[test]
async fn who_speaks_muted_is_warned_and_can_unmute() {
    let muted = CallPhase::Talking { since: super::support::NOW, muted: true, held: false };
    let widget = show(with_audio(in_call(muted))).await;
    widget.report(CallEvent::Audio(AudioEvent::MutedSpeech(true)));
    let alert = widget.shows(ALERT).await;
    assert!(alert.inner_text().contains(texts().audio.muted_speech));
    widget.click(button(texts().audio.unmute));
    assert_eq!(widget.phone_commands(), [PhoneCommand::Mute(false)]);
    widget.report(CallEvent::Muted(false));
    widget.hides(ALERT).await;
    assert!(widget.has_focus(MAIN), "the focus goes back to the screen");
}

#[test]
async fn who_speaks_on_hold_is_not_warned() {
    let held = CallPhase::Talking { since: super::support::NOW, muted: true, held: true };
    let widget = show(with_audio(in_call(held))).await;
    widget.report(CallEvent::Audio(AudioEvent::MutedSpeech(true)));
    widget.says(&texts().notice.concat()).await;
    assert!(widget.find(ALERT).is_none());
}

#[test]
async fn a_microphone_that_delivers_nothing_is_shown_until_it_does() {
    let widget = show(with_audio(talking())).await;
    widget.report(CallEvent::Audio(AudioEvent::SilentMicrophone(true)));
    let alert = widget.shows(ALERT).await;
    assert!(alert.inner_text().contains(texts().audio.silent_microphone));
    widget.report(CallEvent::Audio(AudioEvent::SilentMicrophone(false)));
    widget.hides(ALERT).await;
}

#[test]
async fn sound_that_the_browser_refuses_is_asked_for_with_a_click_also_before_the_answer() {
    for state in [in_call(CallPhase::Dialing), talking()] {
        let widget = show(with_audio(state)).await;
        widget.report(CallEvent::Audio(AudioEvent::PlaybackBlocked(true)));
        let alert = widget.shows(ALERT).await;
        assert!(alert.inner_text().contains(texts().audio.playback_blocked));
        widget.shows(button(texts().audio.play)).await;
        widget.report(CallEvent::Audio(AudioEvent::PlaybackBlocked(false)));
        widget.hides(ALERT).await;
    }
}

#[test]
async fn a_changed_device_is_a_notice() {
    let widget = show(with_audio(talking())).await;
    for (kind, to, text) in [
        (DeviceKind::Microphone, Some("Headset"), fill(texts().audio.microphone_changed, "Headset")),
        (DeviceKind::Microphone, None, texts().audio.microphone_gone.to_owned()),
        (DeviceKind::Speaker, Some(""), fill(texts().audio.speaker_changed, texts().audio.the_system_device)),
    ] {
        let name = |name: &str| if name.is_empty() { DeviceName::System } else { DeviceName::Named(name.into()) };
        let change = DeviceChange { kind, to: to.map(name) };
        widget.report(CallEvent::Audio(AudioEvent::DeviceChanged(change)));
        widget.says(&text).await;
        widget.click(button(texts().close_notice));
        widget.hides(ALERT).await;
    }
}
