//! What guest and host share of the browser: listening, posting, and the lines in the console.

use crate::{
    codec::{Value, js},
    origin::Origin,
    session::{Ignored, Output, unknown_type},
};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{EventTarget, MessageEvent, Window, console};

/// Which way a message went, or that it was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It came from the other side.
    In,
    /// It was posted to the other side.
    Out,
    /// It came from somewhere and is nobody's.
    Ignored(Ignored),
}

/// One message on its way, for an inspector.
pub struct Traffic<'a> {
    /// Which way it went.
    pub flow: Flow,
    /// The origin that it came from or was posted to.
    pub origin: &'a str,
    /// The very value.
    pub message: &'a JsValue,
}

/// Sees every message as it goes.
pub type Observer = Box<dyn Fn(&Traffic)>;

/// The way to the other side's window.
pub struct Link {
    pub peer: Window,
    pub debug_mode: std::cell::Cell<bool>,
    pub observer: Option<Observer>,
}

impl Link {
    /// Whether a message from there comes from the other side.
    pub fn is_peer(&self, source: &JsValue) -> bool {
        let peer: &JsValue = self.peer.as_ref();
        source == peer
    }

    /// Does what a session wants done with messages; hands back what it wants raised.
    pub fn run<E>(&self, outputs: Vec<Output<E>>, incoming: Option<&MessageEvent>) -> Vec<E> {
        if let Some(event) = incoming {
            self.note_incoming(&outputs, event);
        }
        let mut raised = Vec::new();
        for output in outputs {
            match output {
                Output::Post { message, to } => self.post(&js::write(&message), &to),
                Output::AnswerUnknown { message_id, to } => {
                    if let Some(event) = incoming {
                        self.post(&with_original(&unknown_type(&message_id), &event.data()), &to);
                    }
                }
                Output::Raise(event) => raised.push(event),
                Output::Ignored(_) => {}
            }
        }
        raised
    }

    /// Posts to the other side, if it is still of that origin.
    pub fn post(&self, message: &JsValue, to: &Origin) {
        self.log("To HubSpot", &kind_of(message), message);
        self.observe(Flow::Out, to.as_str(), message);
        if let Err(error) = self.peer.post_message(message, to.as_str()) {
            console::warn_3(&prefix(), &"this message cannot be posted".into(), &error);
        }
    }

    /// A line as the npm package writes it: prefix, type of line, and what there is to say.
    pub fn log(&self, line: &str, kind: &JsValue, message: &JsValue) {
        if self.debug_mode.get() {
            console::log_4(&prefix(), &line.into(), kind, message);
        } else {
            console::debug_4(&prefix(), &line.into(), kind, message);
        }
    }

    fn note_incoming<E>(&self, outputs: &[Output<E>], event: &MessageEvent) {
        let data = event.data();
        if let Some(Output::Ignored(why)) = outputs.first() {
            // What is ignored may be huge and from anywhere: the console gets the reason alone.
            let write = if why.is_remarkable() { console::warn_4 } else { console::debug_4 };
            write(&prefix(), &"Ignored a message:".into(), &why.reason().into(), &event.origin().into());
            self.observe(Flow::Ignored(*why), &event.origin(), &data);
        } else {
            self.log("From HubSpot", &kind_of(&data), &data);
            self.observe(Flow::In, &event.origin(), &data);
        }
    }

    fn observe(&self, flow: Flow, origin: &str, message: &JsValue) {
        if let Some(observer) = &self.observer {
            observer(&Traffic { flow, origin, message });
        }
    }
}

/// A listener that goes with its owner.
pub struct Listener<E: 'static> {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(E)>,
}

impl<E> Listener<E> {
    pub fn new(target: &EventTarget, name: &'static str, closure: Closure<dyn FnMut(E)>) -> Self {
        // Only a null callback is refused.
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

/// Tells this page's life from every other's.
pub fn seed() -> String {
    let mut seed = (js_sys::Date::now() as u64).to_string();
    seed.push('r');
    seed.push_str(&((js_sys::Math::random() * 1e9) as u32).to_string());
    seed
}

fn prefix() -> JsValue {
    const PREFIX: &str = "[calling-extensions-sdk@0.9.7]";
    PREFIX.into()
}

fn kind_of(message: &JsValue) -> JsValue {
    Reflect::get(message, &"type".into()).unwrap_or_default()
}

/// The other side gets back the very value that it sent, not what this side has read of it.
fn with_original(answer: &Value, original: &JsValue) -> JsValue {
    let answer = js::write(answer);
    let inner = Reflect::get(&answer, &"data".into()).and_then(|data| Reflect::get(&data, &"data".into()));
    if let Ok(inner) = inner {
        let _ = Reflect::set(&inner, &"originalMessage".into(), original);
    }
    answer
}
