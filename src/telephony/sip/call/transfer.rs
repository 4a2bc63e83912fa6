//! A call that goes to somebody else: at once, after the user has asked them, or because the other side wants it.

use super::super::agent::rtc_configuration;
use super::super::headers;
use super::super::ua::{Details, Listener, RtcSession, object};
use super::Call;
use crate::telephony::media::Microphone;
use crate::telephony::{CallEvent, CallId};
use call_model::ConsultEvent;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use yew::platform::spawn_local;

/// A session that takes the place of the call's when it is answered.
pub(super) struct Successor {
    session: RtcSession,
    microphone: Microphone,
    _listeners: Vec<Listener>,
}

impl Call {
    /// Lets the other side call a number.
    pub(super) fn transfer(self: &Rc<Self>, to: &str) {
        let target = headers::address(to, &self.agent.account().uri);
        self.refer(&target, None);
    }

    /// Lets the other side take the place of the user in the consultation.
    pub(super) fn transfer_to_consulted(self: &Rc<Self>) {
        let consulted = self.consultation.borrow().as_ref().and_then(|consultation| consultation.established());
        if let Some(consulted) = consulted {
            self.refer(&consulted.remote_identity().uri().to_text(), Some(&consulted));
        }
    }

    fn refer(self: &Rc<Self>, target: &str, replaces: Option<&RtcSession>) {
        let Some(session) = self.established().filter(|_| self.agent.ua().is_connected()) else { return };
        let handler = |handle: fn(&Rc<Call>)| -> JsValue {
            let call = Rc::downgrade(self);
            Closure::<dyn FnMut()>::new(move || {
                if let Some(call) = call.upgrade() {
                    handle(&call);
                }
            })
            .into_js_value()
        };
        let handlers = object([
            ("requestSucceeded", handler(|call| call.is_transferring.set(true))),
            ("requestFailed", handler(Self::transfer_failed)),
            ("failed", handler(Self::transfer_failed)),
            ("accepted", handler(Self::transferred)),
        ]);
        let replaces = replaces.map_or(JsValue::UNDEFINED, JsValue::from);
        if session.refer(target, &object([("eventHandlers", handlers.into()), ("replaces", replaces)])).is_err() {
            self.transfer_failed();
        }
    }

    fn transfer_failed(self: &Rc<Self>) {
        self.is_transferring.set(false);
        self.report(CallEvent::TransferFailed);
    }

    fn transferred(self: &Rc<Self>) {
        if !self.is_over.get() {
            self.hang_up(None);
            self.report_end(CallEvent::Transferred);
        }
    }

    /// Puts the other side on hold and calls a number.
    pub(super) fn consult(self: &Rc<Self>, number: &str) {
        let (Some(phone), true) = (self.phone.upgrade(), self.established().is_some()) else { return };
        if self.consultation.borrow().is_some() || !self.agent.ua().is_registered() {
            return;
        }
        self.hold(true);
        let id = CallId([&self.id.0, "-consultation"].concat());
        let consultation = Call::new(&phone, &self.agent, &id, false, Some(Rc::downgrade(self)));
        consultation.invite(headers::address(number, &self.agent.account().uri), None);
        self.consultation.replace(Some(consultation));
    }

    /// Goes back to the other side.
    pub(super) fn end_consultation(self: &Rc<Self>) {
        let consultation = self.consultation.take();
        if let Some(consultation) = consultation {
            consultation.hang_up(None);
            self.hold(false);
        }
    }

    /// Something has happened to the consultation.
    pub(super) fn on_consultation(self: &Rc<Self>, event: CallEvent) {
        let event = match event {
            CallEvent::Answered => ConsultEvent::Answered,
            CallEvent::Busy | CallEvent::NotAnswered | CallEvent::HungUp | CallEvent::Dropped => {
                ConsultEvent::Ended { reason: None }
            }
            CallEvent::Failed { reason } => ConsultEvent::Ended { reason },
            _ => return,
        };
        if event != ConsultEvent::Answered {
            self.consultation.take();
            // After a transfer the other side is somebody else's.
            if !self.is_transferring.get() {
                self.hold(false);
            }
        }
        self.report(CallEvent::Consult(event));
    }

    /// The other side asks to call somebody else.
    pub(super) fn on_refer(self: &Rc<Self>, details: Details) {
        let call = self.clone();
        spawn_local(async move {
            let Some(phone) = call.phone.upgrade() else { return };
            let Ok(microphone) = phone.media.open_microphone().await else { return details.reject() };
            if call.established().is_none() {
                return details.reject();
            }
            let options = object([
                ("mediaStream", microphone.stream().into()),
                ("pcConfig", rtc_configuration(&call.agent.account()).into()),
            ]);
            let accepted = Closure::once_into_js(move |session: RtcSession| call.expect(session, microphone));
            details.accept(&accepted, &options.into());
        });
    }

    /// Somebody takes the place of the other side, who has asked them first.
    pub(super) fn on_replaces(self: &Rc<Self>, details: Details) {
        let call = self.clone();
        spawn_local(async move {
            let Some(phone) = call.phone.upgrade() else { return };
            let Ok(microphone) = phone.media.open_microphone().await else { return details.reject() };
            let options = object([
                ("mediaStream", microphone.stream().into()),
                ("pcConfig", rtc_configuration(&call.agent.account()).into()),
            ]);
            let next = Rc::new(std::cell::RefCell::new(None));
            let (created, agent) = (next.clone(), call.agent.clone());
            let accepted = Closure::once_into_js(move |session: RtcSession| {
                created.replace(Some(session.clone()));
                call.expect(session, microphone);
            });
            agent.without_ringing(|| details.accept(&accepted, &JsValue::UNDEFINED));
            let session = next.take();
            if let Some(session) = session {
                // It may have been canceled in this moment.
                let _ = session.answer(&options);
            }
        });
    }

    /// Waits until a session is answered, which then takes the place of the present one.
    fn expect(self: &Rc<Self>, session: RtcSession, microphone: Microphone) {
        let on = |event: &'static str, handler: fn(&Rc<Call>)| {
            let call = Rc::downgrade(self);
            Listener::new(&session, event, move |_| {
                if let Some(call) = call.upgrade() {
                    handler(&call);
                }
            })
        };
        let listeners = vec![
            on("accepted", Self::succeed),
            on("failed", |call| {
                call.successor.take();
                if call.session().is_none() {
                    call.close();
                    call.report_end(CallEvent::Dropped);
                }
            }),
        ];
        self.successor.replace(Some(Successor { session, microphone, _listeners: listeners }));
    }

    fn succeed(self: &Rc<Self>) {
        let successor = self.successor.take();
        let Some(Successor { session, microphone, .. }) = successor else { return };
        let before = self.session();
        self.media.take();
        self.microphone.replace(Some(microphone));
        self.adopt(&session);
        if let Some(before) = before {
            self.agent.terminate(before, &js_sys::Object::new());
        }
    }

    /// Whether the call goes on with somebody else as soon as they answer.
    pub(super) fn is_waiting_for_successor(&self) -> bool {
        self.successor.borrow().is_some()
    }
}
