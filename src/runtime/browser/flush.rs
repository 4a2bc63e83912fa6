//! Flushes the runtime once after a task, however many actions the task brought.

use crate::runtime::{Runtime, RuntimeHandle};
use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::{MessageChannel, MessagePort};

/// Posts a message to itself: unlike a timer that is not throttled in background tabs, and messages of HubSpot that are already
/// waiting come first.
pub struct FlushScheduler {
    channel: Option<Ports>,
    runtime: RuntimeHandle,
    _on_hide: Option<EventListener>,
}

struct Ports {
    out: MessagePort,
    _in: MessagePort,
    _listener: EventListener,
}

impl FlushScheduler {
    /// A scheduler for this runtime. When the page is left, the state is stored at once.
    pub fn new(runtime: RuntimeHandle) -> Self {
        let call = |method: fn(&Runtime)| {
            let runtime = runtime.clone();
            move |_: &web_sys::Event| {
                runtime.with(method);
            }
        };
        let channel = MessageChannel::new().ok().map(|channel| {
            let port = channel.port1();
            let listener = EventListener::new(&port, "message", call(Runtime::flush));
            port.start();
            Ports { out: channel.port2(), _in: port, _listener: listener }
        });
        let on_hide = web_sys::window().map(|window| EventListener::new(&window, "pagehide", call(Runtime::leave)));
        FlushScheduler { channel, runtime, _on_hide: on_hide }
    }

    /// Lets the runtime be flushed after the current task.
    pub fn schedule(&self) {
        let posted = self.channel.as_ref().is_some_and(|ports| ports.out.post_message(&JsValue::NULL).is_ok());
        if !posted {
            self.runtime.with(|runtime| runtime.flush());
        }
    }
}
