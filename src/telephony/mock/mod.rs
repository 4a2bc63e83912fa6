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
const TRANSFER_TIME: u32 = 1_000;

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

    fn tell_later(&self, call: &CallId, delay: u32, news: PhoneNews) {
        let (events, event) = (self.events.clone(), PhoneEvent { call: call.clone(), news });
        self.coming.borrow_mut().push((call.clone(), Timeout::new(delay, move || events(event))));
    }

    /// Plays the story of the number from there on, in milliseconds.
    fn play(&self, call: &CallId, number: &str, from: Ms) {
        for (delay, news) in script(number) {
            self.tell_later(call, (f64::from(*delay) - from).max(0.0) as u32, news.clone());
        }
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
                self.play(call, &to, 0.0);
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
        if let Some(line) = line::recall(call) {
            self.play(call, &line.number, Date::now() - line.dialled_at);
        }
    }
}
