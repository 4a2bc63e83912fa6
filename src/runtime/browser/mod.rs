//! The browser: the bridge to HubSpot, the phone system, the clock, storage and the other frames. The one module that knows them
//! all.
//!
//! Everything here may fail (blocked storage, a full queue); it is then logged to the console. Nothing stops the app.

#[cfg(feature = "audio")]
mod audio;
mod flush;
mod frames;
mod microphone;
mod page_lock;
mod persistence;
mod sound;
mod storage_access;

use self::flush::FlushScheduler;
use self::frames::Frames;
use self::persistence::StateStore;
use self::sound::Sound;
use super::{FrameRequest, Platform, Runtime, RuntimeHandle};
use crate::config::RING_TIME;
use crate::hooks::Cti;
use crate::i18n::notice_text;
use crate::providers::Providers;
use crate::timers::Timers;
use call_model::{Action, CallId, Command, Notice, PhoneCommand, Session, State};
use calling_extensions::guest::{CallingExtensions, Event, Options, is_framed};
use calling_extensions::message::{ErrorMessage, GuestMessage, Ms};
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;

/// After how many milliseconds without a handshake the user is told.
const HANDSHAKE_TIMEOUT: Ms = 10_000.0;

/// Connects everything and hands the phone for the components to `mount`, in this task where that is possible. From then on messages of
/// HubSpot are received.
pub fn start(providers: Providers, mount: impl FnOnce(Cti) + 'static) {
    page_lock::lock(&random_text(), move || mount(connect(providers)));
}

fn connect(providers: Providers) -> Cti {
    let auth = providers.auth.clone();
    let runtime = Runtime::new(|handle| {
        let platform = BrowserPlatform::new(providers, handle);
        (platform.first_state(), Box::new(platform))
    });
    if is_framed() {
        let handle = runtime.handle();
        gloo::timers::callback::Timeout::new(HANDSHAKE_TIMEOUT as u32, move || {
            handle.dispatch(Action::HandshakeOverdue)
        })
        .forget(); // once in the life of a page
    } else {
        runtime.dispatch(Action::NoFrame);
        runtime.dispatch(Action::TakeOver { notify: false }); // no handshake will come: a stored call goes on now
    }
    Cti::new(runtime, auth)
}

struct BrowserPlatform {
    bridge: Option<CallingExtensions>,
    providers: Providers,
    store: StateStore,
    frames: Frames,
    sound: Sound,
    #[cfg(feature = "audio")]
    audio: audio::AppliedSettings,
    flush: FlushScheduler,
    timers: Timers<()>,
    /// Begins the id of each call of this page; no other page has it.
    id_prefix: String,
    ids: Cell<u32>,
    /// The browser was asked for storage once; the user is not told twice.
    has_asked_for_storage: Cell<bool>,
    /// The user was told that the storage is full.
    has_told_of_storage: Cell<bool>,
    runtime: RuntimeHandle,
}

impl BrowserPlatform {
    fn new(providers: Providers, runtime: RuntimeHandle) -> Self {
        let frames = Frames::new(runtime.clone());
        BrowserPlatform {
            bridge: connect_bridge(runtime.clone(), frames.clone()),
            store: StateStore::open(providers.auth.stores_token(), runtime.clone()),
            providers,
            frames,
            sound: Sound::default(),
            #[cfg(feature = "audio")]
            audio: Default::default(),
            flush: FlushScheduler::new(runtime.clone()),
            timers: Timers::default(),
            id_prefix: random_text(),
            ids: Cell::new(0),
            has_asked_for_storage: Cell::new(false),
            has_told_of_storage: Cell::new(false),
            runtime,
        }
    }

    /// The stored state, or a fresh one. What the phone system can do is never taken from storage.
    fn first_state(&self) -> State {
        let fresh = State::new(self.providers.telephony.capabilities(), RING_TIME);
        match self.store.restore() {
            Some(stored) => State { capabilities: fresh.capabilities, ring_time: fresh.ring_time, ..stored },
            None => fresh,
        }
    }

    fn send(&self, message: &GuestMessage) {
        let Some(bridge) = &self.bridge else { return };
        if let Err(error) = bridge.send(message) {
            warn(&error.to_string());
        }
    }

    fn connect(&self, session: &Session) {
        let runtime = self.runtime.clone();
        self.providers.telephony.connect(session, Rc::new(move |event| runtime.dispatch(Action::Phone(event))));
    }

    fn renew(&self, session: Session) {
        let (auth, runtime) = (self.providers.auth.clone(), self.runtime.clone());
        spawn_local(async move {
            let action = match auth.resume(session).await {
                Ok(session) => Action::SessionRenewed(session),
                Err(error) => Action::SessionEnded { reason: Some(error.to_string()) },
            };
            runtime.dispatch(action);
        });
    }

    fn command_phone(&self, call: &CallId, command: PhoneCommand) {
        if let PhoneCommand::Digit(digit) = command {
            self.sound.key(digit);
        }
        self.providers.telephony.send(call, command);
    }

    fn ask_for_microphone(&self) {
        let runtime = self.runtime.clone();
        spawn_local(async move { runtime.dispatch(Action::Microphone(microphone::request().await)) });
    }

    /// Where storage is blocked, asks the browser for it; the user's click allows that.
    fn ask_for_storage(&self) {
        if !self.store.is_blocked() || self.has_asked_for_storage.replace(true) {
            return;
        }
        let (store, runtime) = (self.store.clone(), self.runtime.clone());
        let asked = storage_access::request();
        spawn_local(async move {
            match asked.await {
                Some(storage) => store.use_storage(storage),
                None => runtime.dispatch(Action::StorageBlocked),
            }
        });
    }

    fn alert(&self, notice: &Notice) {
        let (message, _) = notice_text(notice);
        self.send(&GuestMessage::Error(ErrorMessage { message: Some(message), ..Default::default() }));
    }
}

impl Platform for BrowserPlatform {
    fn now(&self) -> Ms {
        js_sys::Date::now()
    }

    fn fresh_id(&self) -> CallId {
        self.ids.set(self.ids.get() + 1);
        CallId([&self.id_prefix, "-", &self.ids.get().to_string()].concat())
    }

    fn execute(&self, command: Command) {
        match command {
            Command::Send(message) => self.send(&message),
            Command::Connect(session) => self.connect(&session),
            Command::Disconnect => self.providers.telephony.disconnect(),
            Command::Phone(call, command) => self.command_phone(&call, command),
            Command::Resume(call) => self.providers.telephony.resume(&call),
            Command::RenewSession(session) => self.renew(session),
            Command::EndSession(session) => self.providers.auth.log_out(&session),
            Command::AskForMicrophone => self.ask_for_microphone(),
            Command::AskForStorage => self.ask_for_storage(),
            Command::Alert(notice) => self.alert(&notice),
            Command::After(delay, action) => {
                let runtime = self.runtime.clone();
                self.timers.start((), delay, move || runtime.dispatch(action));
            }
        }
    }

    fn schedule_flush(&self) {
        self.flush.schedule();
    }

    fn publish(&self, state: &State) {
        #[cfg(feature = "audio")]
        if let Some(settings) = self.audio.changed(state) {
            self.providers.telephony.set_audio(&settings);
            self.sound.set_ringer(settings.ringer);
        }
        self.sound.follow(state);
        self.store.store(state);
        self.frames.show(state);
        if self.store.is_full() && !self.has_told_of_storage.replace(true) {
            self.runtime.dispatch(Action::StorageBlocked);
        }
    }

    fn follow(&self) {
        self.sound.follow(&State::default());
        self.store.clear();
    }

    fn hand_over(&self) {
        self.providers.telephony.hand_over();
    }

    fn forward(&self, request: FrameRequest) {
        self.frames.forward(request);
    }

    fn log(&self, line: &str) {
        web_sys::console::debug_1(&line.into());
    }
}

/// The bridge to HubSpot. It keeps what is sent before the handshake.
fn connect_bridge(runtime: RuntimeHandle, frames: Frames) -> Option<CallingExtensions> {
    let connected = Options::new().debug_mode(true).connect(move |event| match event {
        Event::Ready(ready) => frames.join(ready),
        Event::Message(message) => runtime.dispatch(Action::HubSpot(message)),
        _ => {} // a failure comes as its own message too; the bridge has logged the rest
    });
    connected.inspect_err(|error| warn(&error.to_string())).ok()
}

fn warn(line: &str) {
    web_sys::console::warn_1(&line.into());
}

/// 128 random bits in hexadecimal digits. `crypto.randomUUID` is missing on pages without TLS.
fn random_text() -> String {
    let mut bytes = [0; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    let digits = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(digits[usize::from(half)])).collect()
}
