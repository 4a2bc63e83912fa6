//! What a phone system reports about the sound of a call, where the sound goes through the browser, and what the state keeps of
//! it. Only with the feature `audio`.

use serde::{Deserialize, Serialize};

/// Something about the sound of a call, as a [`CallEvent::Audio`](crate::CallEvent::Audio). It may be reported in any phase before
/// the end of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AudioEvent {
    /// How good the connection has been in the last seconds.
    Quality(Quality),
    /// The user speaks although the microphone is muted, or no longer does.
    MutedSpeech(bool),
    /// The microphone delivers no sound at all, or does so again.
    SilentMicrophone(bool),
    /// The browser does not play the other side's voice before the user does something on the page, or it plays now.
    PlaybackBlocked(bool),
    /// Nothing is transmitted in either direction, as the network has changed or is gone, or it is transmitted again.
    Interrupted(bool),
    /// A device is gone in the call, or one that was gone is back: another is used from now on.
    DeviceChanged(DeviceChange),
}

/// What the state keeps of the sound of the call that is on. All of it is empty without a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CallAudio {
    /// The newest quality; absent until it has been measured.
    pub quality: Option<Quality>,
    /// The user speaks although the microphone is muted.
    pub muted_speech: bool,
    /// The microphone delivers no sound at all.
    pub silent_microphone: bool,
    /// The other side is not heard until the user does something on the page.
    pub playback_blocked: bool,
    /// Nothing is transmitted: the phone system tries to restore the connection. Absent from states that older versions have stored.
    #[serde(default)]
    pub interrupted: bool,
}

/// The quality of a call: an estimate, and what it was computed from. Whole numbers, so that two that look alike are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    /// 3 for good, 2 for fair, 1 for bad, 0 when nothing arrives from the other side.
    pub bars: u8,
    /// What lowers it most; absent with three bars.
    pub issue: Option<QualityIssue>,
    /// The estimated mean opinion score in tenths, from 10 to 45.
    pub mos_tenths: u8,
    /// The share of lost packets in per mille, in the direction that loses more.
    pub loss_per_mille: u16,
    /// How much the time between two packets varies, in milliseconds, in the direction where it varies more.
    pub jitter_ms: u16,
    /// The time to the other side and back in milliseconds; absent until the browser knows it.
    pub round_trip_ms: Option<u16>,
}

/// What lowers the quality of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum QualityIssue {
    /// Parts of what the other side says are lost.
    LossReceived,
    /// Parts of what the user says are lost.
    LossSent,
    /// Packets arrive at irregular intervals.
    Jitter,
    /// Packets take long.
    Delay,
    /// No packet arrives.
    NothingReceived,
}

/// Another device is used from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceChange {
    /// What it is used for.
    pub kind: DeviceKind,
    /// The device that is used now; absent when there is none left.
    pub to: Option<DeviceName>,
}

/// How an audio device is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceName {
    /// The one that the system chooses, or one whose name the browser does not say.
    System,
    /// One of this name.
    Named(String),
}

/// What an audio device is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceKind {
    /// The user speaks into it.
    Microphone,
    /// The user hears the other side with it.
    Speaker,
}
