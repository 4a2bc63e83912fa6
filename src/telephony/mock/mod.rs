//! A phone without a line: what the other side does follows from the number, as with the test numbers of providers.

mod line;
mod script;

pub use script::{Step, script};

use super::{PhoneEvents, Telephony};
use call_model::{CallId, Capabilities, PhoneCommand, PhoneEvent, PhoneNews};
use calling_extensions::message::Ms;
use gloo::timers::callback::Timeout;
use js_sys::Date;
use line::Line;
use std::cell::RefCell;
use std::rc::Rc;

/// How long it takes to give a call away, in milliseconds.
const TRANSFER_TIME: Ms = 1_000.0;

/// See the module.
pub struct MockPhone {
    events: PhoneEvents,
    /// What is still to happen to which call; dropping it calls it off.
    coming: Rc<RefCell<Vec<(CallId, Timeout)>>>,
}

impl MockPhone {
    /// A phone that tells there what happens.
    pub fn new(events: PhoneEvents) -> Self {
        MockPhone { events, coming: Rc::default() }
    }

    fn tell(&self, call: &CallId, news: PhoneNews) {
        (self.events)(PhoneEvent { call: call.clone(), news });
    }

    fn tell_later(&self, call: &CallId, delay: Ms, news: PhoneNews) {
        let (events, event) = (self.events.clone(), PhoneEvent { call: call.clone(), news });
        let happen = move || {
            if event.news != PhoneNews::Answered {
                line::forget(&event.call); // every other story is over with it
            }
            events(event);
        };
        self.coming.borrow_mut().push((call.clone(), Timeout::new(delay as u32, happen)));
    }

    fn call_off(&self, call: &CallId) {
        line::forget(call);
        self.coming.borrow_mut().retain(|(of, _)| of != call);
    }
}

impl Telephony for MockPhone {
    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL
    }

    fn send(&self, call: &CallId, command: PhoneCommand) {
        match command {
            PhoneCommand::Dial { to, .. } => {
                line::remember(call, &Line { number: to.clone(), dialled_at: Date::now() });
                for (delay, news) in script(&to) {
                    self.tell_later(call, f64::from(*delay), news.clone());
                }
            }
            PhoneCommand::HangUp | PhoneCommand::Reject | PhoneCommand::RefuseAsBusy | PhoneCommand::Transfer(None) => {
                self.call_off(call);
            }
            PhoneCommand::Mute(on) => self.tell(call, PhoneNews::Muted(on)),
            PhoneCommand::Hold(on) => self.tell(call, PhoneNews::Held(on)),
            PhoneCommand::Record(on) => self.tell(call, PhoneNews::Recording(on)),
            PhoneCommand::Transfer(Some(_)) => self.tell_later(call, TRANSFER_TIME, PhoneNews::Transferred),
            PhoneCommand::TestIncoming { from, to } => self.tell(call, PhoneNews::Incoming { from, to }),
            PhoneCommand::Answer | PhoneCommand::Digit(_) => {}
        }
    }

    /// What happened meanwhile is told at once, and the rest when it comes.
    fn resume(&self, call: &CallId) {
        self.coming.borrow_mut().retain(|(of, _)| of != call);
        let Some(line) = line::recall(call) else { return };
        let now = Date::now();
        for (delay, news) in script(&line.number) {
            let at = line.dialled_at + f64::from(*delay);
            if *news == PhoneNews::Answered && at <= now {
                self.tell(call, PhoneNews::Resumed { answered_at: Some(at) });
            } else {
                self.tell_later(call, (at - now).max(0.0), news.clone());
            }
        }
    }
}
