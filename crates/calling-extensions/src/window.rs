//! What guest and host share in a browser: listening, posting, logging, and calling the handler.

use crate::{
    codec::{Value, js},
    origin::Origin,
    session::{Ignored, Output, unknown_type_error},
};
use js_sys::{Function, Reflect};
use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    collections::VecDeque,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{EventTarget, MessageEvent, Window, console};

/// The direction of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Received from the other side.
    In,
    /// Posted to the other side.
    Out,
    /// Received and ignored. The sender may be any window.
    Ignored(Ignored),
}

/// A message that was sent or received, for an [`Observer`].
pub struct Traffic<'a> {
    /// The direction.
    pub flow: Flow,
    /// The origin of the sender, or the target origin.
    pub origin: &'a str,
    /// The value itself, not a copy.
    pub message: &'a JsValue,
}

/// A function that is called for every message.
pub type Observer = Box<dyn Fn(&Traffic)>;

/// The connection to the window of the other side.
pub struct Link {
    pub peer: Window,
    pub debug_mode: Cell<bool>,
    pub observer: Option<Observer>,
}

impl Link {
    /// Whether this is the window of the other side.
    pub fn is_peer(&self, source: &JsValue) -> bool {
        let peer: &JsValue = self.peer.as_ref();
        source == peer
    }

    /// Executes the outputs of a session and returns the events to raise. `incoming` is the message that caused them, if any.
    pub fn execute<E>(&self, outputs: Vec<Output<E>>, incoming: Option<&MessageEvent>) -> Vec<E> {
        if let Some(event) = incoming {
            self.log_incoming(&outputs, event);
        }
        let mut events = Vec::new();
        for output in outputs {
            match output {
                Output::Post { message, to } => self.post(&js::write(&message), &to),
                Output::AnswerUnknown { message_id, to } => {
                    if let Some(event) = incoming {
                        self.post(&with_original(&unknown_type_error(&message_id), &event.data()), &to);
                    }
                }
                Output::Raise(event) => events.push(event),
                Output::Ignored(_) => {}
            }
        }
        events
    }

    /// Posts to the window of the other side. The browser delivers the message only if that window still has this origin.
    pub fn post(&self, message: &JsValue, to: &Origin) {
        TO_HUBSPOT.with(|label| self.log(label, &kind_of(message), message));
        self.observe(Flow::Out, || to.as_str().into(), message);
        if let Err(error) = self.peer.post_message(message, to.as_str()) {
            PREFIX.with(|prefix| console::warn_3(prefix, &"This message cannot be posted:".into(), &error));
        }
    }

    /// Logs in the format of the npm package: prefix, label, type, message.
    pub fn log(&self, label: &JsValue, kind: &JsValue, message: &JsValue) {
        let log = if self.debug_mode.get() { console::log_4 } else { console::debug_4 };
        PREFIX.with(|prefix| log(prefix, label, kind, message));
    }

    fn log_incoming<E>(&self, outputs: &[Output<E>], event: &MessageEvent) {
        let data = event.data();
        if let Some(Output::Ignored(reason)) = outputs.first() {
            // An ignored message may be huge and from any sender, so its content is not logged.
            let log = if reason.deserves_warning() { console::warn_4 } else { console::debug_4 };
            let reason_text = reason.reason().into();
            PREFIX.with(|prefix| log(prefix, &"Ignored a message:".into(), &reason_text, &event.origin().into()));
            self.observe(Flow::Ignored(*reason), || event.origin().into(), &data);
        } else {
            FROM_HUBSPOT.with(|label| self.log(label, &kind_of(&data), &data));
            self.observe(Flow::In, || event.origin().into(), &data);
        }
    }

    /// `origin` is a function because copying the origin out of an event is wasted without an observer.
    fn observe<'a>(&self, flow: Flow, origin: impl FnOnce() -> Cow<'a, str>, message: &JsValue) {
        if let Some(observer) = &self.observer {
            observer(&Traffic { flow, origin: &origin(), message });
        }
    }
}

/// The program's event handler, and the events that wait for it.
pub struct EventQueue<E> {
    handler: RefCell<Box<dyn FnMut(E)>>,
    waiting: RefCell<VecDeque<E>>,
}

impl<E> EventQueue<E> {
    pub fn new(handler: impl FnMut(E) + 'static) -> Self {
        EventQueue { handler: RefCell::new(Box::new(handler)), waiting: RefCell::default() }
    }

    /// Calls the handler for each event. A handler that causes further events is called for them after it has returned.
    pub fn dispatch(&self, events: Vec<E>) {
        self.waiting.borrow_mut().extend(events);
        // If the handler is running, the outer call of this method continues with the new events.
        let Ok(mut handler) = self.handler.try_borrow_mut() else { return };
        loop {
            let Some(event) = self.waiting.borrow_mut().pop_front() else { return };
            handler(event);
        }
    }
}

/// An event listener that is removed when it is dropped.
pub struct Listener<E: 'static> {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(E)>,
}

impl<E> Listener<E> {
    pub fn new(target: &EventTarget, name: &'static str, closure: Closure<dyn FnMut(E)>) -> Self {
        // This fails for a null callback only.
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Listener { target: target.clone(), name, closure }
    }
}

impl<E> Drop for Listener<E> {
    fn drop(&mut self) {
        let function: &Function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, function);
    }
}

/// The origin of this page.
pub fn own_origin(window: &Window) -> String {
    window.location().origin().unwrap_or_default()
}

/// A seed for message ids, from the time and a random number.
pub fn seed() -> String {
    let mut seed = (js_sys::Date::now() as u64).to_string();
    seed.push('r');
    seed.push_str(&((js_sys::Math::random() * 1e9) as u32).to_string());
    seed
}

// Strings that each message needs are made once: converting one to JavaScript costs more than logging it.
thread_local! {
    static PREFIX: JsValue = "[calling-extensions-sdk@0.9.7]".into();
    static FROM_HUBSPOT: JsValue = "From HubSpot".into();
    static TO_HUBSPOT: JsValue = "To HubSpot".into();
    static TYPE: JsValue = "type".into();
}

fn kind_of(message: &JsValue) -> JsValue {
    TYPE.with(|name| Reflect::get(message, name)).unwrap_or_default()
}

/// Adds the original value to the answer, not a copy that was read and written: the sender gets back exactly what it sent.
fn with_original(answer: &Value, original: &JsValue) -> JsValue {
    let answer = js::write(answer);
    let inner = Reflect::get(&answer, &"data".into()).and_then(|data| Reflect::get(&data, &"data".into()));
    if let Ok(inner) = inner {
        let _ = Reflect::set(&inner, &"originalMessage".into(), original);
    }
    answer
}
