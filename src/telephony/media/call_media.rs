//! The sound of one call.

mod adapt;

use self::adapt::{Cause, Processing};
use super::connection::{self, is_audio, is_talking};
use super::devices;
use super::level::LevelMeter;
use super::microphone::Microphone;
use super::playback::Playback;
use super::speech::{SpeechWatch, Warnings};
use super::stats::Window;
use super::{AudioSettings, Device, rate};
use call_model::AudioEvent;
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use js_sys::Date;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MediaStreamTrack, MediaStreamTrackState, RtcPeerConnection, RtcTrackEvent};

/// From one look at the level of the microphone to the next, in milliseconds.
const LEVEL_INTERVAL: u32 = 100;
/// From one look at the connection to the next, in milliseconds.
const QUALITY_INTERVAL: u32 = 2_000;

/// Where events about the sound of the call are reported.
pub(super) type Report = Box<dyn Fn(AudioEvent)>;

/// A call, until it has ended.
pub(super) struct CallSound {
    connection: RtcPeerConnection,
    /// Another one after a change of the device.
    local: RefCell<Microphone>,
    settings: RefCell<AudioSettings>,
    /// The devices in use; absent for those that the system chooses.
    microphone: RefCell<Option<Device>>,
    speaker: RefCell<Option<Device>>,
    /// What the microphone was opened with. Some browsers do not report what they do.
    processing: Cell<Processing>,
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
            processing: Cell::new(Processing::of(&settings)),
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
        connection::received_tracks(&self.connection).iter().for_each(|track| playback.add(track));
        let added = {
            let playback = Rc::downgrade(&playback);
            EventListener::new(&self.connection, "track", move |event| {
                let track = event.unchecked_ref::<RtcTrackEvent>().track();
                if let Some(playback) = playback.upgrade().filter(|_| is_audio(&track)) {
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
        now.muted_speech &= is_talking(&self.connection);
        let before = self.warnings.replace(now);
        if now.muted_speech != before.muted_speech {
            self.report(AudioEvent::MutedSpeech(now.muted_speech));
        }
        if now.silent_microphone != before.silent_microphone {
            self.report(AudioEvent::SilentMicrophone(now.silent_microphone));
        }
    }

    fn measure_quality(&self) {
        // On hold, by either side, it is not certain that anything comes.
        if !is_talking(&self.connection) {
            return self.counts.borrow_mut().clear();
        }
        let count = connection::count(&self.connection);
        let counted = self.later(|call, count| {
            let measures = call.counts.borrow_mut().add(count);
            if let Some(measures) = measures {
                call.report(AudioEvent::Quality(rate(measures)));
            }
        });
        spawn_local(async move { count.await.into_iter().for_each(counted) });
    }
}

/// The device of the settings, if it is the one that was opened.
fn opened_device(local: &Microphone, settings: &AudioSettings) -> Option<Device> {
    let opened = local.track()?.get_settings().get_device_id()?;
    settings.microphone.clone().filter(|chosen| chosen.id == opened)
}
