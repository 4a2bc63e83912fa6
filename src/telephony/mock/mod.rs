//! A phone system without a line. What the other side does follows from the number, as with the test numbers of providers.

mod mock_call;
mod script;

pub use script::{Step, script};

use super::{CallEvent, CallId, Capabilities, PhoneCommand, PhoneEvent, PhoneEvents, Telephony};
use crate::account::Session;
use crate::timers::Timers;
use calling_extensions::message::Ms;
use js_sys::Date;
use mock_call::MockCall;
use std::cell::RefCell;
use std::rc::Rc;

/// How long a transfer takes, in milliseconds.
const TRANSFER_TIME: Ms = 1_000.0;

/// The mock phone system. Everything that a phone system can do is there except for the sound.
#[derive(Default)]
pub struct MockTelephony {
    events: Rc<RefCell<Option<PhoneEvents>>>,
    /// The calls that are on.
    calls: Rc<RefCell<Vec<CallId>>>,
    /// What is still to happen, by the call that it happens to.
    timers: Timers<CallId>,
}

impl MockTelephony {
    fn report(&self, call: &CallId, event: CallEvent) {
        report(&self.events, PhoneEvent::Call { call: call.clone(), event });
    }

    fn report_later(&self, call: &CallId, delay: Ms, event: CallEvent) {
        let (events, calls, id) = (self.events.clone(), self.calls.clone(), call.clone());
        self.timers.start(call.clone(), delay, move || {
            if event != CallEvent::Answered {
                forget(&calls, &id); // with every other event the call is over
            }
            report(&events, PhoneEvent::Call { call: id, event });
        });
    }

    fn begin(&self, call: &CallId) {
        if !self.is_on(call) {
            self.calls.borrow_mut().push(call.clone());
        }
    }

    fn end(&self, call: &CallId) {
        forget(&self.calls, call);
        self.timers.cancel(call);
    }

    fn is_on(&self, call: &CallId) -> bool {
        self.calls.borrow().contains(call)
    }
}

fn forget(calls: &RefCell<Vec<CallId>>, call: &CallId) {
    MockCall::remove(call);
    calls.borrow_mut().retain(|on| on != call);
}

fn report(events: &RefCell<Option<PhoneEvents>>, event: PhoneEvent) {
    let events = events.borrow().clone();
    if let Some(events) = events {
        events(event);
    }
}

impl Telephony for MockTelephony {
    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    fn connect(&self, _session: &Session, events: PhoneEvents) {
        self.events.replace(Some(events));
        report(&self.events, PhoneEvent::Connected);
    }

    fn disconnect(&self) {
        self.events.replace(None);
        let calls = self.calls.borrow().clone();
        calls.iter().for_each(|call| self.end(call));
    }

    fn hand_over(&self) {
        self.events.replace(None);
        self.calls.take().iter().for_each(|call| self.timers.cancel(call));
    }

    fn send(&self, call: &CallId, command: PhoneCommand) {
        let begins = matches!(command, PhoneCommand::Dial { .. } | PhoneCommand::SimulateIncoming { .. });
        if self.events.borrow().is_none() || !(begins || self.is_on(call)) {
            return;
        }
        match command {
            PhoneCommand::Dial { to, .. } => {
                self.begin(call);
                for (delay, event) in script(&to) {
                    self.report_later(call, f64::from(*delay), event.clone());
                }
                MockCall { number: to, dialled_at: Date::now() }.store(call);
            }
            PhoneCommand::HangUp | PhoneCommand::Reject | PhoneCommand::RejectAsBusy | PhoneCommand::Transfer(None) => {
                self.end(call);
            }
            PhoneCommand::Mute(on) => self.report(call, CallEvent::Muted(on)),
            PhoneCommand::Hold(on) => self.report(call, CallEvent::Held(on)),
            PhoneCommand::Record(on) => self.report(call, CallEvent::Recording(on)),
            PhoneCommand::Transfer(Some(_)) => self.report_later(call, TRANSFER_TIME, CallEvent::Transferred),
            PhoneCommand::SimulateIncoming { from, to } => {
                self.begin(call);
                self.report(call, CallEvent::Incoming { from, to });
            }
            #[cfg(feature = "sip")]
            PhoneCommand::Consult(_) => {}
            PhoneCommand::Answer | PhoneCommand::Digit(_) => {}
        }
    }

    /// Reports at once what would have happened meanwhile, and the rest when it is due. A call that the mock does not know any
    /// more, because storage is blocked, is answered now.
    fn resume(&self, call: &CallId) {
        self.timers.cancel(call);
        self.begin(call);
        let now = Date::now();
        let Some(on) = MockCall::load(call) else {
            return self.report(call, CallEvent::Resumed { answered_at: Some(now) });
        };
        for (delay, event) in script(&on.number) {
            let at = on.dialled_at + f64::from(*delay);
            if *event == CallEvent::Answered && at <= now {
                self.report(call, CallEvent::Resumed { answered_at: Some(at) });
            } else {
                self.report_later(call, (at - now).max(0.0), event.clone());
            }
        }
    }
}
