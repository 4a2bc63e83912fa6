//! The phone system: the provider's SDK behind the widget's trait.

use super::sdk::{Details, VoiceClient, is_token_refused};
use demo_app_rust::account::{Session, Token};
use demo_app_rust::telephony::{CallEvent, CallId, Capabilities, PhoneCommand, PhoneEvent, PhoneEvents, Telephony};
use js_sys::Error;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::platform::spawn_local;

/// A phone system that makes calls with [`VoiceClient`]. The SDK gets the widget's id of a call as its reference.
pub struct VoiceTelephony {
    client: Rc<VoiceClient>,
    reporter: Rc<Reporter>,
    /// The SDK calls these for as long as the phone system exists.
    _handlers: Vec<Closure<dyn Fn(Details)>>,
}

impl VoiceTelephony {
    /// A phone system that is not connected.
    pub fn new() -> Self {
        let (client, reporter) = (VoiceClient::new(), Rc::<Reporter>::default());
        let handlers = EVENTS.map(|(name, to_event)| {
            let reporter = reporter.clone();
            let handler = Closure::new(move |details: Details| {
                if let Some(event) = to_event(&details) {
                    reporter.report(event);
                }
            });
            client.on(name, &handler);
            handler
        });
        VoiceTelephony { client: Rc::new(client), reporter, _handlers: handlers.into() }
    }

    /// Runs a request about a call and reports what follows from its result, unless the user has logged out meanwhile or another frame leads.
    fn request(&self, call: &CallId, run: impl AsyncFnOnce(&VoiceClient, &str) -> Option<CallEvent> + 'static) {
        let (client, reporter, call) = (self.client.clone(), self.reporter.clone(), call.clone());
        let closures = reporter.closures.get();
        spawn_local(async move {
            let event = run(&client, &call.0).await;
            if let Some(event) = event.filter(|_| reporter.closures.get() == closures) {
                reporter.report(PhoneEvent::Call { call, event });
            }
        });
    }
}

/// The SDK may outlive the phone system: it must not call handlers that are gone.
impl Drop for VoiceTelephony {
    fn drop(&mut self) {
        self.client.remove_all_listeners();
    }
}

impl Telephony for VoiceTelephony {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            mute: true,
            hold: true,
            digits: true,
            transfer: true,
            microphone: true,
            record: false,
            simulate_incoming: false,
        }
    }

    fn connect(&self, session: &Session, events: PhoneEvents) {
        self.reporter.events.replace(Some(events.clone()));
        let (client, reporter, token) = (self.client.clone(), self.reporter.clone(), session.token.clone());
        spawn_local(async move {
            let event = match token {
                Some(Token(token)) => connection_event(client.connect(&token).await),
                None => PhoneEvent::SessionExpired,
            };
            // Meanwhile the user may have logged out, another frame may lead, or there is a newer connection.
            if reporter.reports_to(&events) {
                events(event);
            }
        });
    }

    fn disconnect(&self) {
        self.reporter.close();
        self.client.disconnect();
    }

    fn hand_over(&self) {
        self.reporter.close();
        self.client.leave();
    }

    fn send(&self, call: &CallId, command: PhoneCommand) {
        let (client, CallId(reference)) = (&self.client, call);
        if let PhoneCommand::Dial { to, from } = &command {
            if let Err(error) = client.dial(reference, to, from) {
                let event = CallEvent::Failed { reason: Some(text(&error)) };
                self.reporter.report(PhoneEvent::Call { call: call.clone(), event });
            }
            return;
        }
        if !client.has(reference) {
            return;
        }
        match command {
            PhoneCommand::Answer => client.answer(reference),
            PhoneCommand::Reject | PhoneCommand::HangUp => client.hang_up(reference, false),
            PhoneCommand::RejectAsBusy => client.hang_up(reference, true),
            PhoneCommand::Digit(digit) => client.send_digit(reference, digit),
            PhoneCommand::Mute(on) => self.request(call, async move |client, reference| {
                client.mute(reference, on).await.is_ok().then_some(CallEvent::Muted(on))
            }),
            PhoneCommand::Hold(on) => self.request(call, async move |client, reference| {
                client.hold(reference, on).await.is_ok().then_some(CallEvent::Held(on))
            }),
            PhoneCommand::Transfer(Some(to)) => self.request(call, async move |client, reference| {
                let transferred = client.transfer(reference, &to).await.is_ok();
                Some(if transferred { CallEvent::Transferred } else { CallEvent::TransferFailed })
            }),
            PhoneCommand::Transfer(None) => client.forward(reference),
            // Without the capability the app does not send the others; `Dial` is sent above.
            _ => {}
        }
    }

    fn resume(&self, call: &CallId) {
        self.request(call, async |client, reference| match client.resume(reference).await {
            Ok(details) if details.is_object() => {
                let details: Details = details.unchecked_into();
                Some(CallEvent::Resumed { answered_at: details.answered_at() })
            }
            _ => Some(CallEvent::Dropped),
        });
    }
}

/// Where events go. There is no receiver before the first connection and after a log-out.
#[derive(Default)]
struct Reporter {
    events: RefCell<Option<PhoneEvents>>,
    /// How often the receiver was taken away.
    closures: Cell<u32>,
}

impl Reporter {
    fn report(&self, event: PhoneEvent) {
        // The receiver may connect or disconnect while it is called.
        let events = self.events.borrow().clone();
        if let Some(events) = events {
            events(event);
        }
    }

    fn reports_to(&self, receiver: &PhoneEvents) -> bool {
        self.events.borrow().as_ref().is_some_and(|events| Rc::ptr_eq(events, receiver))
    }

    fn close(&self) {
        self.events.replace(None);
        self.closures.set(self.closures.get() + 1);
    }
}

/// What an event of the SDK means for the widget, if anything.
type ToEvent = fn(&Details) -> Option<PhoneEvent>;

/// The events of the SDK.
const EVENTS: [(&str, ToEvent); 7] = [
    ("connected", |_| Some(PhoneEvent::Connected)),
    ("disconnected", |details| Some(PhoneEvent::Disconnected { reason: details.detail() })),
    ("tokenExpired", |_| Some(PhoneEvent::SessionExpired)),
    ("incoming", |details| {
        let (from, to) = (details.from_number()?, details.to_number()?);
        call_event(details, CallEvent::Incoming { from, to })
    }),
    // The widget shows that it is dialing until the call is answered.
    ("ringing", |_| None),
    ("answered", |details| call_event(details, CallEvent::Answered)),
    ("ended", |details| call_event(details, end_of(details))),
];

fn call_event(details: &Details, event: CallEvent) -> Option<PhoneEvent> {
    Some(PhoneEvent::Call { call: CallId(details.reference()?), event })
}

fn end_of(details: &Details) -> CallEvent {
    match details.reason().as_deref() {
        Some("busy") => CallEvent::Busy,
        Some("no-answer") => CallEvent::NotAnswered,
        Some("hang-up") => CallEvent::HungUp,
        Some("lost") => CallEvent::Dropped,
        Some("answered-elsewhere") => CallEvent::AnsweredElsewhere,
        _ => CallEvent::Failed { reason: details.detail() },
    }
}

fn connection_event(result: Result<(), Error>) -> PhoneEvent {
    match result {
        Ok(()) => PhoneEvent::Connected,
        Err(error) if is_token_refused(&error) => PhoneEvent::SessionExpired,
        // The SDK tries again, and reports "connected" when it succeeds.
        Err(error) => PhoneEvent::Disconnected { reason: Some(text(&error)) },
    }
}

fn text(error: &Error) -> String {
    error.message().into()
}
