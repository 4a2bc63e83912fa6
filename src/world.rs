//! The real world: the bridge to HubSpot, the phone, the clock. The one place that knows them all.
//!
//! Every call may fail (a blocked storage, a queue that is full), and then says so in the console. None stops the app.

use crate::account::{Admission, Auth, mock::OWN_NUMBERS, mock::OpenDoor};
use crate::hooks::Cti;
use crate::runtime::{Dispatch, Runtime, World};
use crate::telephony::{Telephony, mock::MockPhone};
use call_model::{Action, CallId, PhoneCommand, State};
use calling_extensions::guest::{CallingExtensions, Event, Options};
use calling_extensions::message::{GuestMessage, Ms};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::Callback;

/// Connects everything, and gives the phone as screens know it. HubSpot is listened to from here on.
pub fn start() -> Cti {
    let mut dispatch = None;
    let runtime = Runtime::new(|out| {
        dispatch = Some(out.clone());
        let phone = phone(out.clone());
        let state = State::new(phone.capabilities(), OWN_NUMBERS.first().map_or("", |own| own.number));
        (state, Box::new(RealWorld { bridge: bridge(out.clone()), phone, dispatch: out }))
    });
    Cti::new(runtime, log_in(dispatch))
}

/// The phone system. A fork makes its own here.
fn phone(dispatch: Dispatch) -> Box<dyn Telephony> {
    Box::new(MockPhone::new(Rc::new(move |event| dispatch(Action::FromPhone(event)))))
}

/// Whoever knows the users. A fork makes its own here.
fn auth() -> impl Auth {
    OpenDoor
}

fn log_in(dispatch: Option<Dispatch>) -> Callback<crate::account::Credentials> {
    Callback::from(move |credentials| {
        let Some(dispatch) = dispatch.clone() else { return };
        auth().log_in(
            credentials,
            Box::new(move |admission| {
                dispatch(match admission {
                    Admission::Granted => Action::LogIn,
                    Admission::Refused { reason } => Action::LogInRefused(reason),
                });
            }),
        );
    })
}

/// The bridge to HubSpot. It keeps what is said before HubSpot has shaken hands.
fn bridge(dispatch: Dispatch) -> Option<CallingExtensions> {
    let connected = Options::new().debug_mode(true).connect(move |event| match event {
        Event::Ready(ready) => dispatch(Action::HubSpotReady(ready)),
        Event::Message(message) => dispatch(Action::FromHubSpot(message)),
        _ => {} // a failure comes as its own message too; the bridge has logged the rest
    });
    connected.inspect_err(|error| warn(&error.to_string())).ok()
}

struct RealWorld {
    bridge: Option<CallingExtensions>,
    phone: Box<dyn Telephony>,
    dispatch: Dispatch,
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
        self.phone.send(call, command);
    }

    fn after(&self, delay: Ms, action: Action) {
        let dispatch = self.dispatch.clone();
        Timeout::new(delay as u32, move || dispatch(action)).forget();
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
