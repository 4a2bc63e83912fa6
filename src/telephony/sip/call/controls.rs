//! What the user switches during a call.

use super::super::ua::{object, texts};
use super::Call;
use crate::telephony::CallEvent;
use call_model::DigitMethod;
use js_sys::Object;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;

/// How long a digit is, and the gap after it, in milliseconds.
const DIGIT: (u32, u32) = (100, 70);

impl Call {
    pub(super) fn mute(&self, on: bool) {
        let Some(session) = self.established() else { return };
        let audio = object([("audio", true.into())]);
        if on {
            session.mute(&audio)
        } else {
            session.unmute(&audio)
        }
        self.report(CallEvent::Muted(on));
    }

    pub(super) fn hold(self: &Rc<Self>, on: bool) {
        // Without a connection the request would fail, and the call with it.
        let Some(session) = self.established().filter(|_| self.agent.ua().is_connected()) else { return };
        let call = Rc::downgrade(self);
        let done = Closure::once_into_js(move || {
            if let Some(call) = call.upgrade() {
                call.report(CallEvent::Held(on));
            }
        });
        let options = Object::new();
        let _ = if on { session.hold(&options, &done) } else { session.unhold(&options, &done) };
    }

    pub(super) fn send_digit(&self, digit: char) {
        let Some(session) = self.established() else { return };
        let transport = match self.agent.account().digits {
            DigitMethod::Rtp => "RFC2833",
            DigitMethod::Info if self.agent.ua().is_connected() => "INFO",
            DigitMethod::Info => return,
        };
        let options = object([
            ("transportType", transport.into()),
            ("duration", DIGIT.0.into()),
            ("interToneGap", DIGIT.1.into()),
        ]);
        let _ = session.send_dtmf(&digit.to_string(), &options);
    }

    /// The exchange records, where it is allowed to and both sides are told: it is asked with a header that Asterisk's and other
    /// exchanges' phones use. Nothing is recorded in the browser.
    pub(super) fn record(self: &Rc<Self>, on: bool) {
        let Some(session) = self.established().filter(|_| self.agent.ua().is_connected()) else { return };
        let call = Rc::downgrade(self);
        let done = Closure::<dyn FnMut()>::new(move || {
            if let Some(call) = call.upgrade() {
                call.report(CallEvent::Recording(on));
            }
        });
        let header = ["Record: ", if on { "on" } else { "off" }].concat();
        let handlers = object([("onSuccessResponse", done.into_js_value())]);
        let options = object([("extraHeaders", texts([header])), ("eventHandlers", handlers.into())]);
        let _ = session.send_request("INFO", &options);
    }
}
