//! The sound of one call.

use super::devices::{self, Devices};
use super::level::LevelMeter;
use super::microphone::{self, Microphone};
use super::playback::Playback;
use super::speech::{SpeechWatch, Warnings};
use super::stats::{Count, Window};
use super::{AudioSettings, Device, available, rate};
use call_model::{AudioEvent, DeviceChange, DeviceKind, DeviceName};
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use js_sys::{Array, Date, JSON, Map};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MediaStreamTrack, MediaStreamTrackState, RtcPeerConnection, RtcRtpReceiver, RtcRtpSender, RtcRtpTransceiver,
    RtcRtpTransceiverDirection, RtcTrackEvent,
};

/// From one look at the level of the microphone to the next, in milliseconds.
const LEVEL_INTERVAL: u32 = 100;
/// From one look at the connection to the next, in milliseconds.
const QUALITY_INTERVAL: u32 = 2_000;

/// Where events about the sound of the call are reported.
pub(super) type Report = Box<dyn Fn(AudioEvent)>;

pub(super) struct CallSound {
    connection: RtcPeerConnection,
    /// Another one after a change of the device.
    local: RefCell<Microphone>,
    settings: RefCell<AudioSettings>,
    /// The devices in use; absent for those that the system chooses.
    microphone: RefCell<Option<Device>>,
    speaker: RefCell<Option<Device>>,
    /// The user was told that there is no microphone.
    is_without_microphone: Cell<bool>,
    report: Report,
    playback: RefCell<Option<Rc<Playback>>>,
    meter: RefCell<Option<LevelMeter>>,
    watch: RefCell<SpeechWatch>,
    warnings: Cell<Warnings>,
    counts: RefCell<Window>,
    timers: RefCell<Vec<Interval>>,
    listeners: RefCell<Vec<EventListener>>,
    /// Of the track that is open now.
    track_listener: RefCell<Option<EventListener>>,
    is_adapting: Cell<bool>,
    /// Something has changed while the call was adapted to what was before.
    must_adapt_again: Cell<Option<Cause>>,
    has_ended: Cell<bool>,
    this: Weak<CallSound>,
}

/// Why the devices of a call may have to change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The user has chosen something.
    Settings,
    /// A device came or went: the user has a word about it.
    Devices,
}

impl CallSound {
    pub(super) fn begin(
        connection: &RtcPeerConnection,
        local: Microphone,
        settings: AudioSettings,
        report: Report,
    ) -> Rc<Self> {
        let call = Rc::new_cyclic(|this: &Weak<CallSound>| CallSound {
            connection: connection.clone(),
            microphone: RefCell::new(opened_device(&local, &settings)),
            local: RefCell::new(local),
            speaker: RefCell::default(),
            settings: RefCell::new(settings),
            is_without_microphone: Cell::new(false),
            report,
            playback: RefCell::default(),
            meter: RefCell::default(),
            watch: RefCell::default(),
            warnings: Cell::default(),
            counts: RefCell::default(),
            timers: RefCell::default(),
            listeners: RefCell::default(),
            track_listener: RefCell::default(),
            is_adapting: Cell::new(false),
            must_adapt_again: Cell::default(),
            has_ended: Cell::new(false),
            this: this.clone(),
        });
        call.play();
        call.listen();
        call.watch_track();
        call.adapt(Cause::Settings);
        call
    }

    /// The user has changed the settings.
    pub(super) fn set_settings(&self, settings: &AudioSettings) {
        if *self.settings.borrow() != *settings {
            self.settings.replace(settings.clone());
            self.adapt(Cause::Settings);
        }
    }

    /// Releases the microphone and plays nothing any more.
    pub(super) fn end(&self) {
        self.has_ended.set(true);
        self.timers.borrow_mut().clear();
        self.listeners.borrow_mut().clear();
        self.track_listener.replace(None);
        self.meter.replace(None);
        self.playback.replace(None);
        self.local.borrow().release();
    }

    /// What is sent.
    fn track(&self) -> Option<MediaStreamTrack> {
        self.local.borrow().track()
    }

    fn report(&self, event: AudioEvent) {
        if !self.has_ended.get() {
            (self.report)(event);
        }
    }

    /// Runs a function on the call as long as it is on, for what may happen at any time.
    fn later<T>(&self, run: impl Fn(&Self, T) + 'static) -> impl Fn(T) + 'static {
        let this = self.this.clone();
        move |value| {
            if let Some(call) = this.upgrade().filter(|call| !call.has_ended.get()) {
                run(&call, value);
            }
        }
    }

    /// Plays what comes from the other side, now and later.
    fn play(&self) {
        let on_blocked = self.later(|call, blocked| call.report(AudioEvent::PlaybackBlocked(blocked)));
        let Ok(playback) = Playback::new(on_blocked) else { return };
        for receiver in self.connection.get_receivers().iter() {
            let track = receiver.unchecked_into::<RtcRtpReceiver>().track();
            if track.kind() == "audio" {
                playback.add(&track);
            }
        }
        let added = {
            let playback = Rc::downgrade(&playback);
            EventListener::new(&self.connection, "track", move |event| {
                let track = event.unchecked_ref::<RtcTrackEvent>().track();
                if let Some(playback) = playback.upgrade().filter(|_| track.kind() == "audio") {
                    playback.add(&track);
                }
            })
        };
        self.listeners.borrow_mut().push(added);
        self.playback.replace(Some(playback));
    }

    fn listen(&self) {
        let changed = self.later(|call, ()| call.adapt(Cause::Devices));
        self.listeners.borrow_mut().extend(devices::on_change(move || changed(())));
        let level = self.later(|call, ()| call.measure_level());
        let quality = self.later(|call, ()| call.measure_quality());
        self.timers.replace(vec![
            Interval::new(LEVEL_INTERVAL, move || level(())),
            Interval::new(QUALITY_INTERVAL, move || quality(())),
        ]);
    }

    /// Measures the track that is open now, and is told when its device goes.
    fn watch_track(&self) {
        let track = self.track();
        let ended = track.as_ref().map(|track| {
            let ended = self.later(|call, ()| call.adapt(Cause::Devices));
            EventListener::new(track, "ended", move |_| ended(()))
        });
        self.track_listener.replace(ended);
        // Without a meter nobody is warned, and the call goes on.
        self.meter.replace(track.and_then(|track| LevelMeter::new(&track).ok()));
        self.watch.replace(SpeechWatch::default());
    }

    fn measure_level(&self) {
        let level = self.meter.borrow().as_ref().and_then(LevelMeter::level);
        let track = self.track();
        let (Some(level), Some(track)) = (level, track) else { return };
        if track.ready_state() == MediaStreamTrackState::Ended {
            return;
        }
        // A microphone that the system has muted delivers nothing either.
        let level = if track.muted() { 0.0 } else { level };
        let mut now = self.watch.borrow_mut().measure(Date::now(), level, !track.enabled());
        // On hold nobody is to be heard.
        now.muted_speech &= self.direction() == Some(RtcRtpTransceiverDirection::Sendrecv);
        let before = self.warnings.replace(now);
        if now.muted_speech != before.muted_speech {
            self.report(AudioEvent::MutedSpeech(now.muted_speech));
        }
        if now.silent_microphone != before.silent_microphone {
            self.report(AudioEvent::SilentMicrophone(now.silent_microphone));
        }
    }

    fn measure_quality(&self) {
        let is_expected = matches!(
            self.direction(),
            Some(RtcRtpTransceiverDirection::Sendrecv | RtcRtpTransceiverDirection::Recvonly)
        );
        if !is_expected {
            return self.counts.borrow_mut().clear();
        }
        let stats = self.connection.get_stats();
        let measured = self.later(|call, report: JsValue| {
            let objects = Array::from(&report.unchecked_into::<Map>().values());
            let text = JSON::stringify(&objects).map(String::from).unwrap_or_default();
            let Some(count) = Count::read(&text) else { return };
            let measures = call.counts.borrow_mut().add(count);
            if let Some(measures) = measures {
                call.report(AudioEvent::Quality(rate(measures)));
            }
        });
        spawn_local(async move {
            if let Ok(report) = JsFuture::from(stats).await {
                measured(report);
            }
        });
    }

    /// In which directions the two sides have agreed to send; absent before they have.
    fn direction(&self) -> Option<RtcRtpTransceiverDirection> {
        let transceivers = self.connection.get_transceivers();
        let mut transceivers = transceivers.iter().map(JsCast::unchecked_into::<RtcRtpTransceiver>);
        transceivers.find(|transceiver| transceiver.receiver().track().kind() == "audio")?.current_direction()
    }

    /// Uses the devices of the settings that are there now.
    fn adapt(&self, cause: Cause) {
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

    fn must_open(&self, settings: &AudioSettings, microphone: Option<&Device>) -> bool {
        let track = self.track();
        let is_live = track.as_ref().is_some_and(|track| track.ready_state() == MediaStreamTrackState::Live);
        !is_live
            || self.microphone.borrow().as_ref().map(|device| &device.id) != microphone.map(|device| &device.id)
            || track.is_some_and(|track| !is_processed_as(&track, settings))
    }

    async fn change_microphone(&self, settings: &AudioSettings, device: Option<Device>, cause: Cause) {
        let opened = microphone::open_device(settings, device.as_ref()).await;
        let Ok(opened) = opened else {
            let before = self.track();
            let is_gone = before.is_none_or(|track| track.ready_state() == MediaStreamTrackState::Ended);
            if is_gone && !self.is_without_microphone.replace(true) {
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
        let senders = self.connection.get_senders();
        for sender in senders.iter().map(JsCast::unchecked_into::<RtcRtpSender>) {
            if sender.track().is_some_and(|sent| sent.kind() == "audio") {
                // A connection that is closed refuses; the call is over then.
                let _ = JsFuture::from(sender.replace_track(Some(track))).await;
            }
        }
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

/// The device of the settings, if it is the one that was opened.
fn opened_device(local: &Microphone, settings: &AudioSettings) -> Option<Device> {
    let opened = local.track()?.get_settings().get_device_id()?;
    settings.microphone.clone().filter(|chosen| chosen.id == opened)
}

/// Whether the browser does to the sound what the settings say, as far as it reports that.
fn is_processed_as(track: &MediaStreamTrack, settings: &AudioSettings) -> bool {
    let is = track.get_settings();
    let differs = |is: Option<bool>, wanted: bool| is.is_some_and(|is| is != wanted);
    !differs(is.get_echo_cancellation(), settings.echo_cancellation)
        && !differs(is.get_noise_suppression(), settings.noise_suppression)
        && !differs(is.get_auto_gain_control(), settings.auto_gain_control)
}

fn name(label: &str) -> DeviceName {
    if label.is_empty() { DeviceName::System } else { DeviceName::Named(label.to_owned()) }
}
