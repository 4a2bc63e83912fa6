//! Other devices for a call that is on.

use super::super::devices::{self, Devices};
use super::super::{AudioSettings, Device, available, connection, microphone};
use super::CallSound;
use call_model::{AudioEvent, DeviceChange, DeviceKind, DeviceName};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MediaStreamTrack, MediaStreamTrackState};

/// Why the devices of a call may have to change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The user has chosen something.
    Settings,
    /// A device came or went: the user is notified.
    Devices,
}

/// What the browser does to the sound of a microphone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Processing {
    echo_cancellation: bool,
    noise_suppression: bool,
    auto_gain_control: bool,
}

impl Processing {
    pub fn of(settings: &AudioSettings) -> Self {
        let AudioSettings { echo_cancellation, noise_suppression, auto_gain_control, .. } = *settings;
        Processing { echo_cancellation, noise_suppression, auto_gain_control }
    }
}

impl CallSound {
    /// Uses the devices of the settings that are there now.
    pub(super) fn adapt(&self, cause: Cause) {
        if self.is_adapting.replace(true) {
            // What the user has chosen needs no word; a device that is gone does.
            let cause = if self.must_adapt_again.get() == Some(Cause::Devices) { Cause::Devices } else { cause };
            return self.must_adapt_again.set(Some(cause));
        }
        let Some(call) = self.this.upgrade() else { return self.is_adapting.set(false) };
        spawn_local(async move {
            let mut cause = Some(cause);
            while let Some(because) = cause.filter(|_| !call.has_ended.get()) {
                call.adapt_to(devices::list().await, because).await;
                cause = call.must_adapt_again.take();
            }
            call.is_adapting.set(false);
        });
    }

    async fn adapt_to(&self, there: Devices, cause: Cause) {
        let settings = self.settings.borrow().clone();
        let microphone = available(settings.microphone.as_ref(), &there.microphones).cloned();
        if self.must_open(&settings, microphone.as_ref()) {
            self.change_microphone(&settings, microphone, cause).await;
        }
        let speaker = available(settings.speaker.as_ref(), &there.speakers).cloned();
        if speaker != *self.speaker.borrow() {
            self.change_speaker(speaker, cause).await;
        }
    }

    /// Whether the device that is open is still there.
    fn is_live(&self) -> bool {
        self.track().is_some_and(|track| track.ready_state() == MediaStreamTrackState::Live)
    }

    fn must_open(&self, settings: &AudioSettings, microphone: Option<&Device>) -> bool {
        !self.is_live()
            || self.microphone.borrow().as_ref().map(|device| &device.id) != microphone.map(|device| &device.id)
            || self.processing.get() != Processing::of(settings)
    }

    async fn change_microphone(&self, settings: &AudioSettings, device: Option<Device>, cause: Cause) {
        if device == *self.microphone.borrow() {
            // While a device is open, Chromium opens it a second time as it was opened first.
            self.meter.replace(None);
            self.local.borrow().release();
        }
        let mut opened = microphone::open_device(settings, device.as_ref()).await;
        if opened.is_err() && !self.is_live() {
            // It is there and cannot be opened: any other is better than none.
            opened = microphone::open_device(settings, None).await;
        }
        let Ok(opened) = opened else {
            if !self.is_live() && !self.is_without_microphone.replace(true) {
                self.report(AudioEvent::DeviceChanged(DeviceChange { kind: DeviceKind::Microphone, to: None }));
            }
            return;
        };
        let Some(track) = opened.track().filter(|_| !self.has_ended.get()) else { return };
        self.send(&track).await;
        if self.has_ended.get() {
            return;
        }
        // The device that was used before is released here.
        self.local.replace(opened);
        self.microphone.replace(device);
        self.processing.set(Processing::of(settings));
        let was_without = self.is_without_microphone.replace(false);
        self.watch_track();
        if cause == Cause::Devices || was_without {
            let to = Some(name(&track.label()));
            self.report(AudioEvent::DeviceChanged(DeviceChange { kind: DeviceKind::Microphone, to }));
        }
    }

    /// The other side hears this track from now on. It is muted if the one before was.
    async fn send(&self, track: &MediaStreamTrack) {
        let before = self.track();
        let mute = || {
            if let Some(before) = &before {
                track.set_enabled(before.enabled());
            }
        };
        mute();
        connection::replace_track(&self.connection, track).await;
        // The user may have muted it meanwhile.
        mute();
    }

    async fn change_speaker(&self, device: Option<Device>, cause: Cause) {
        let Some(playback) = self.playback.borrow().clone() else { return };
        if !playback.set_device(device.as_ref()).await {
            return; // the page may not choose: it plays on the device of the system
        }
        let to = device.as_ref().map_or(DeviceName::System, |device| name(&device.label));
        self.speaker.replace(device);
        if cause == Cause::Devices {
            self.report(AudioEvent::DeviceChanged(DeviceChange { kind: DeviceKind::Speaker, to: Some(to) }));
        }
    }
}

fn name(label: &str) -> DeviceName {
    if label.is_empty() { DeviceName::System } else { DeviceName::Named(label.to_owned()) }
}
