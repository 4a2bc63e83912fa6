//! What a contract test needs to know about providers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use demo_app_rust::account::{Credentials, Session};
use demo_app_rust::providers::Providers;
use demo_app_rust::telephony::{CallEvent, CallId, Capabilities, PhoneCommand, PhoneEvent, Telephony};
use yew::platform::time::sleep;

/// After how many milliseconds a check fails that still waits.
const DEADLINE: f64 = 30_000.0;

/// Providers, and what they do.
pub struct Setup {
    /// New providers, as a page has after a reload.
    pub providers: fn() -> Providers,
    /// Credentials that are accepted.
    pub accepted: Credentials,
    /// Credentials that are refused, if there are any.
    pub refused: Option<Credentials>,
    /// A number that answers.
    pub answers: &'static str,
    /// A number that does not answer: its call ends by itself, soon after it is dialled.
    pub fails: &'static str,
    /// Lets the tokens expire that were given so far, where that is possible.
    pub expire_tokens: Option<fn()>,
}

impl Setup {
    /// The session of a user who has logged in.
    pub async fn session(&self) -> Session {
        (self.providers)().auth.log_in(self.accepted.clone()).await.unwrap()
    }

    /// A phone system with a session, and a recorder of its events.
    pub async fn connected(&self) -> Phone {
        let phone = self.phone((self.providers)().telephony, self.session().await);
        phone.connect();
        phone.until("the connection", |event| *event == PhoneEvent::Connected).await;
        phone
    }

    /// A phone system that is not connected yet.
    pub fn phone(&self, telephony: Rc<dyn Telephony>, session: Session) -> Phone {
        let from = session.account.numbers.first().map(|own| own.number.clone()).unwrap_or_default();
        Phone { telephony, session, from, events: Rc::default(), reported: Rc::default() }
    }
}

/// A phone system with what it has reported.
pub struct Phone {
    pub telephony: Rc<dyn Telephony>,
    pub session: Session,
    from: String,
    events: Rc<RefCell<Vec<PhoneEvent>>>,
    /// What the phone system has reported that it can do, when that depends on the account.
    reported: Rc<Cell<Option<Capabilities>>>,
}

impl Phone {
    /// Connects; the events are recorded here.
    pub fn connect(&self) {
        let events = self.events.clone();
        #[cfg(feature = "sip")]
        let reported = self.reported.clone();
        let record = move |event| match event {
            // How a call sounds is no part of the contract.
            #[cfg(feature = "audio")]
            PhoneEvent::Call { event: CallEvent::Audio(_), .. } => {}
            #[cfg(feature = "sip")]
            PhoneEvent::Capabilities { can, .. } => reported.set(Some(can)),
            event => events.borrow_mut().push(event),
        };
        self.telephony.connect(&self.session, Rc::new(record));
    }

    /// What the phone system can do, once it is connected.
    pub fn capabilities(&self) -> Capabilities {
        self.reported.get().unwrap_or_else(|| self.telephony.capabilities())
    }

    /// Connects the same phone system again, with another recorder.
    pub fn connect_again(&self) -> Phone {
        let again = Phone {
            telephony: self.telephony.clone(),
            session: self.session.clone(),
            from: self.from.clone(),
            events: Rc::default(),
            reported: Rc::default(),
        };
        again.connect();
        again
    }

    /// Dials a number and returns the new call.
    pub fn dial(&self, to: &str) -> CallId {
        let call = new_call();
        self.telephony.send(&call, PhoneCommand::Dial { to: to.to_owned(), from: self.from.clone() });
        call
    }

    /// Dials a number that does not answer and waits for its end: what was due before is reported by then.
    pub async fn dial_until_end(&self, setup: &Setup) -> CallId {
        let call = self.dial(setup.fails);
        self.until_call("its end", &call, is_end).await;
        call
    }

    /// Dials a number and waits for the answer.
    pub async fn dial_until_answered(&self, setup: &Setup) -> CallId {
        let call = self.dial(setup.answers);
        self.until_call("the answer", &call, |event| *event == CallEvent::Answered).await;
        call
    }

    /// Sends a command about a call.
    pub fn send(&self, call: &CallId, command: PhoneCommand) {
        self.telephony.send(call, command);
    }

    /// What was reported so far.
    pub fn events(&self) -> Vec<PhoneEvent> {
        self.events.borrow().clone()
    }

    /// What was reported about a call so far.
    pub fn events_of(&self, call: &CallId) -> Vec<CallEvent> {
        let of_call = |event| match event {
            PhoneEvent::Call { call: of, event } if of == *call => Some(event),
            _ => None,
        };
        self.events().into_iter().filter_map(of_call).collect()
    }

    /// Waits for an event.
    pub async fn until(&self, what: &str, is_meant: impl Fn(&PhoneEvent) -> bool) {
        let is_there = becomes_true(|| self.events.borrow().iter().any(&is_meant)).await;
        assert!(is_there, "waited in vain for {what}; reported so far: {:?}", self.events());
    }

    /// Waits for an event of a call.
    pub async fn until_call(&self, what: &str, call: &CallId, is_meant: impl Fn(&CallEvent) -> bool) {
        let is_event =
            |event: &PhoneEvent| matches!(event, PhoneEvent::Call { call: of, event } if of == call && is_meant(event));
        self.until(what, is_event).await;
    }
}

/// Waits for something to become true; false when the deadline has passed.
pub async fn becomes_true(holds: impl Fn() -> bool) -> bool {
    let start = js_sys::Date::now();
    while !holds() {
        if js_sys::Date::now() - start > DEADLINE {
            return false;
        }
        sleep(Duration::from_millis(4)).await;
    }
    true
}

/// An id that no call has had.
pub fn new_call() -> CallId {
    CallId(format!("contract-{}", js_sys::Math::random()))
}

/// Whether a call is over with this event.
pub fn is_end(event: &CallEvent) -> bool {
    match event {
        CallEvent::AnsweredElsewhere
        | CallEvent::Busy
        | CallEvent::NotAnswered
        | CallEvent::Failed { .. }
        | CallEvent::Dropped
        | CallEvent::HungUp
        | CallEvent::Transferred => true,
        CallEvent::Incoming { .. }
        | CallEvent::Answered
        | CallEvent::Muted(_)
        | CallEvent::Held(_)
        | CallEvent::Recording(_)
        | CallEvent::Property { .. }
        | CallEvent::TransferFailed
        | CallEvent::Resumed { .. } => false,
        #[cfg(feature = "audio")]
        CallEvent::Audio(_) => false,
        #[cfg(feature = "sip")]
        CallEvent::Ringing | CallEvent::Waiting { .. } | CallEvent::Consult(_) => false,
    }
}
