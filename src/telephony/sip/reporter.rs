//! Where events go.

use crate::telephony::{CallEvent, CallId, PhoneEvent, PhoneEvents};
use std::cell::RefCell;

/// The receiver of events. There is none before the first connection and after a log-out.
#[derive(Default)]
pub struct Reporter(RefCell<Option<PhoneEvents>>);

impl Reporter {
    /// From now on events go here.
    pub fn open(&self, events: PhoneEvents) {
        self.0.replace(Some(events));
    }

    /// From now on nothing is reported.
    pub fn close(&self) {
        self.0.replace(None);
    }

    /// Reports an event, if there is a receiver.
    pub fn report(&self, event: PhoneEvent) {
        // The receiver may connect or disconnect while it is called.
        let events = self.0.borrow().clone();
        if let Some(events) = events {
            events(event);
        }
    }

    /// Reports an event of a call.
    pub fn report_call(&self, call: &CallId, event: CallEvent) {
        self.report(PhoneEvent::Call { call: call.clone(), event });
    }
}
