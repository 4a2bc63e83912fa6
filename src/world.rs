//! The real world: the bridge to HubSpot, the phone, the clock, the other frames. The one place that knows them all.
//!
//! Every call may fail (a blocked storage, a queue that is full), and then says so in the console. None stops the app.

use crate::account::{Admission, Auth, Credentials, mock::OWN_NUMBERS, mock::OpenDoor};
use crate::frames::Frames;
use crate::hooks::Cti;
use crate::keeping::Keeping;
use crate::microphone;
use crate::runtime::{Handle, Runtime, World};
use crate::screens::notice_text;
use crate::sound::Sound;
use crate::telephony::{Telephony, mock::MockPhone};
use call_model::{Action, CallId, Notice, PhoneCommand, State};
use calling_extensions::guest::{CallingExtensions, Event, Options, is_framed};
use calling_extensions::message::{ErrorMessage, GuestMessage, Ms};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::Callback;

/// After how many milliseconds the user is told that HubSpot has not shaken hands.
const HANDSHAKE_TIME: u32 = 10_000;

/// Connects everything, and gives the phone as screens know it. HubSpot is listened to from here on.
pub fn start() -> Cti {
    let runtime = Runtime::new(|handle| {
        let phone = phone(handle.clone());
        let keeping = Keeping::open();
        let fresh = State::new(phone.capabilities(), OWN_NUMBERS.first().map_or("", |own| own.number));
        let state = keeping.restore().map_or(fresh, |kept| State { capabilities: phone.capabilities(), ..kept });
        let frames = Frames::new(handle.clone());
        let bridge = bridge(handle.clone(), frames.clone());
        (state, Box::new(RealWorld { bridge, phone, keeping, frames, sound: Sound::default(), handle }))
    });
    let handle = runtime.handle();
    if is_framed() {
        let handle = handle.clone();
        Timeout::new(HANDSHAKE_TIME, move || handle.dispatch(Action::HandshakeOverdue)).forget();
    } else {
        runtime.dispatch(Action::NoFrame);
        runtime.dispatch(Action::TakeOver { tell: false }); // nobody will shake hands: a kept call goes on now
    }
    Cti::new(runtime, Callback::from(move |credentials| log_in(credentials, handle.clone())))
}

/// The phone system. A fork makes its own here.
fn phone(handle: Handle) -> Box<dyn Telephony> {
    Box::new(MockPhone::new(Rc::new(move |event| handle.dispatch(Action::FromPhone(event)))))
}

/// Whoever knows the users. A fork makes its own here.
fn auth() -> impl Auth {
    OpenDoor
}

fn log_in(credentials: Credentials, handle: Handle) {
    auth().log_in(
        credentials,
        Box::new(move |admission| {
            handle.dispatch(match admission {
                Admission::Granted => Action::LogIn,
                Admission::Refused { reason } => Action::LogInRefused(reason),
            });
        }),
    );
}

/// The bridge to HubSpot. It keeps what is said before HubSpot has shaken hands.
fn bridge(handle: Handle, frames: Frames) -> Option<CallingExtensions> {
    let connected = Options::new().debug_mode(true).connect(move |event| match event {
        Event::Ready(ready) => frames.join(ready),
        Event::Message(message) => handle.dispatch(Action::FromHubSpot(message)),
        _ => {} // a failure comes as its own message too; the bridge has logged the rest
    });
    connected.inspect_err(|error| warn(&error.to_string())).ok()
}

struct RealWorld {
    bridge: Option<CallingExtensions>,
    phone: Box<dyn Telephony>,
    keeping: Keeping,
    frames: Frames,
    sound: Sound,
    handle: Handle,
}

impl World for RealWorld {
    fn now(&self) -> Ms {
        js_sys::Date::now()
    }

    fn fresh_id(&self) -> CallId {
        CallId(random_id())
    }

    fn tell(&self, message: GuestMessage) {
        let Some(bridge) = &self.bridge else { return };
        if let Err(error) = bridge.send(&message) {
            warn(&error.to_string());
        }
    }

    fn phone(&self, call: &CallId, command: PhoneCommand) {
        if let PhoneCommand::Digit(digit) = command {
            self.sound.key(digit);
        }
        self.phone.send(call, command);
    }

    fn resume(&self, call: &CallId) {
        self.phone.resume(call);
    }

    fn ask_for_microphone(&self) {
        let handle = self.handle.clone();
        microphone::ask(move |granted| handle.dispatch(Action::Microphone(granted)));
    }

    fn alert(&self, notice: &Notice) {
        let (message, _) = notice_text(notice);
        self.tell(GuestMessage::Error(ErrorMessage { message: Some(message), ..Default::default() }));
    }

    fn after(&self, delay: Ms, action: Action) {
        let handle = self.handle.clone();
        Timeout::new(delay as u32, move || handle.dispatch(action)).forget();
    }

    fn changed(&self, state: &State) {
        self.sound.follow(state);
        self.keeping.keep(state);
        self.frames.show(state);
    }

    fn mirrors(&self) {
        self.sound.follow(&State::default());
        self.keeping.clear();
    }

    fn forward(&self, action: Action) {
        self.frames.forward(action);
    }

    fn log(&self, line: &str) {
        web_sys::console::debug_1(&line.into());
    }
}

fn warn(line: &str) {
    web_sys::console::warn_1(&line.into());
}

/// 128 random bits in hexadecimal digits. `crypto.randomUUID` would do, but is not there on a page without TLS.
fn random_id() -> String {
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
