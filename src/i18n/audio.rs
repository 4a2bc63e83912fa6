//! The texts about the sound of calls. They exist with the feature `audio` alone.

use super::{fill, texts};
use call_model::{DeviceChange, DeviceKind, DeviceName, QualityIssue};

/// The texts about the sound of calls in one language.
pub struct AudioTexts {
    pub title: &'static str,
    pub open: &'static str,
    pub done: &'static str,
    pub microphone: &'static str,
    pub speaker: &'static str,
    pub ringer: &'static str,
    pub system_device: &'static str,
    /// `{}` is a number: the browser says no name.
    pub unnamed_device: &'static str,
    /// `{}` is a name.
    pub disconnected_device: &'static str,
    pub not_chosen_here: &'static str,
    pub level: &'static str,
    pub no_level: &'static str,
    pub test_sound: &'static str,
    pub no_test_sound: &'static str,
    pub echo_cancellation: &'static str,
    pub noise_suppression: &'static str,
    pub auto_gain_control: &'static str,
    pub switches: &'static str,
    /// `{}` is one of the qualities.
    pub quality: &'static str,
    /// With no bar, with one, two and three.
    pub qualities: [&'static str; 4],
    pub not_measured: &'static str,
    pub loss_received: &'static str,
    pub loss_sent: &'static str,
    pub jitter_issue: &'static str,
    pub delay_issue: &'static str,
    pub nothing_received: &'static str,
    pub score: &'static str,
    /// `{}` is a score.
    pub score_of: &'static str,
    pub loss: &'static str,
    pub jitter: &'static str,
    pub round_trip: &'static str,
    pub decimal_separator: &'static str,
    pub muted_speech: &'static str,
    pub unmute: &'static str,
    pub silent_microphone: &'static str,
    pub interrupted: &'static str,
    pub playback_blocked: &'static str,
    pub play: &'static str,
    /// `{}` is a device.
    pub microphone_changed: &'static str,
    pub microphone_gone: &'static str,
    /// `{}` is a device.
    pub speaker_changed: &'static str,
    pub the_system_device: &'static str,
}

/// The quality of a call in words: so many bars, or none before it was measured.
pub fn quality_text(bars: Option<u8>) -> String {
    let texts = &texts().audio;
    let name = match bars {
        Some(bars) => texts.qualities[usize::from(bars).min(texts.qualities.len() - 1)],
        None => texts.not_measured,
    };
    fill(texts.quality, name)
}

/// What lowers the quality of a call.
pub fn issue_text(issue: QualityIssue) -> &'static str {
    let texts = &texts().audio;
    match issue {
        QualityIssue::LossReceived => texts.loss_received,
        QualityIssue::LossSent => texts.loss_sent,
        QualityIssue::Jitter => texts.jitter_issue,
        QualityIssue::Delay => texts.delay_issue,
        QualityIssue::NothingReceived => texts.nothing_received,
    }
}

/// Which device is used from now on.
pub fn device_change_text(change: &DeviceChange) -> String {
    let texts = &texts().audio;
    let name = match &change.to {
        Some(DeviceName::Named(name)) => name,
        Some(DeviceName::System) => texts.the_system_device,
        None => return texts.microphone_gone.to_owned(),
    };
    match change.kind {
        DeviceKind::Microphone => fill(texts.microphone_changed, name),
        DeviceKind::Speaker => fill(texts.speaker_changed, name),
    }
}
