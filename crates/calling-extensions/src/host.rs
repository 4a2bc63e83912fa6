//! The embedding page's side in a browser: [`Host`].

use crate::{
    codec::{Value, js},
    message::{HostMessage, Message, Size, Sync},
    origin::Origin,
    session::{HostConfig, HostSession, Incoming, Output, SendError, SessionState},
    window::{self, EventQueue, Link, Listener},
};
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlIFrameElement, MessageEvent, Window};

pub use crate::session::HostEvent;
pub use crate::window::{Flow, Observer, Traffic};

/// The element id of the frame, as in the npm package.
pub const FRAME_ID: &str = "hubspot-calling-extension-iframe";
/// The `allow` attribute of the frame: that of the npm package, and `speaker-selection`, which HubSpot adds.
pub const FRAME_ALLOW: &str = "microphone; autoplay; speaker-selection";
/// The time between two SYNCs, in milliseconds.
const SYNC_INTERVAL: i32 = 100;

/// Why a host cannot be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is no window or no document.
    #[error("there is no page: create the host from a page, not from a worker")]
    NoPage,
    /// The URL of the widget does not use http or https.
    #[error("the URL of the widget is invalid: it must begin with https:// or http://")]
    InvalidUrl,
    /// The frame has no window, because it is not in a document.
    #[error("the frame is not in a document: add it to the page first")]
    NotInDocument,
}

/// The options of a host.
#[derive(Default)]
pub struct Options {
    sync: Sync,
    host_url: Option<String>,
    debug_mode: bool,
    sandbox: Option<&'static str>,
    observer: Option<Observer>,
}

impl Options {
    /// The default options: no debug mode, and a SYNC that contains `hostUrl` only, as in the npm package.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the further fields of SYNC: account, user, engagement, where the widget is shown. `host_url` is ignored.
    pub fn sync(mut self, sync: Sync) -> Self {
        self.sync = Sync { host_url: None, ..sync };
        self
    }

    /// Replaces `hostUrl` in SYNC, which is this page's origin by default. For tests: a guest must not answer a wrong one.
    pub fn host_url(mut self, url: impl Into<String>) -> Self {
        self.host_url = Some(url.into());
        self
    }

    /// Whether messages are logged at the console's default level before the handshake. After it, the guest decides.
    pub fn debug_mode(mut self, on: bool) -> Self {
        self.debug_mode = on;
        self
    }

    /// Sets the `sandbox` attribute of the frame that [`Options::open`] creates: what is not among these tokens the widget may not do.
    /// Without it the frame has no such attribute, as in the npm package.
    pub fn sandbox(mut self, tokens: &'static str) -> Self {
        self.sandbox = Some(tokens);
        self
    }

    /// Calls `observer` for every message that is sent or received, ignored ones included.
    pub fn observer(mut self, observer: impl Fn(&Traffic) + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Creates the frame, replaces the content of `container` with it, and waits for the widget. The handler is called for one
    /// event at a time, and not before this method has returned.
    ///
    /// # Errors
    /// [`HostError`] when the URL is invalid or `container` is not in a page.
    pub fn open(
        self,
        container: &Element,
        url: &str,
        size: &Size,
        handler: impl FnMut(HostEvent) + 'static,
    ) -> Result<Host, HostError> {
        let document = container.owner_document().ok_or(HostError::NoPage)?;
        let frame: HtmlIFrameElement =
            document.create_element("iframe").ok().and_then(|frame| frame.dyn_into().ok()).ok_or(HostError::NoPage)?;
        frame.set_id(FRAME_ID);
        let _ = frame.set_attribute("allow", FRAME_ALLOW);
        // Before the address: it applies to what is loaded after it.
        if let Some(tokens) = self.sandbox {
            frame.set_attribute("sandbox", tokens).map_err(|_| HostError::NoPage)?;
        }
        frame.set_src(url);
        resize(&frame, size);
        if Origin::of_url(&frame.src()).is_none() {
            return Err(HostError::InvalidUrl);
        }
        container.set_text_content(None);
        container.append_child(&frame).map_err(|_| HostError::NotInDocument)?;
        self.attach(frame, handler)
    }

    /// Uses a frame that is already in the page and has its URL. SYNC is sent at once, in case the frame has loaded before, and
    /// again whenever it loads.
    ///
    /// # Errors
    /// [`HostError`] when the frame has no valid URL or is not in a page.
    pub fn adopt(self, frame: HtmlIFrameElement, handler: impl FnMut(HostEvent) + 'static) -> Result<Host, HostError> {
        let host = self.attach(frame, handler)?;
        host.inner.frame_loaded();
        Ok(host)
    }

    fn attach(self, frame: HtmlIFrameElement, handler: impl FnMut(HostEvent) + 'static) -> Result<Host, HostError> {
        let window = web_sys::window().ok_or(HostError::NoPage)?;
        let session = HostSession::new(HostConfig {
            seed: window::seed(),
            own_origin: self.host_url.unwrap_or_else(|| window::own_origin(&window)),
            guest: Origin::of_url(&frame.src()).ok_or(HostError::InvalidUrl)?,
            sync: self.sync,
        });
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| {
            let weak = inner.clone();
            Inner {
                link: Link {
                    // The window of a frame stays the same when the frame is reloaded.
                    peer: frame.content_window().unwrap_or_else(|| window.clone()),
                    debug_mode: Cell::new(self.debug_mode),
                    observer: self.observer,
                },
                frame: frame.clone(),
                session: RefCell::new(session),
                events: EventQueue::new(handler),
                interval: Cell::new(None),
                tick: Closure::new(move || {
                    if let Some(inner) = weak.upgrade() {
                        inner.tick();
                    }
                }),
                window: window.clone(),
            }
        });
        if frame.content_window().is_none() {
            return Err(HostError::NotInDocument);
        }
        let listening = Rc::clone(&inner);
        let on_message = Closure::new(move |event: MessageEvent| listening.receive(&event));
        let loading = Rc::clone(&inner);
        let on_load = Closure::new(move |_: Event| loading.frame_loaded());
        Ok(Host {
            _message: Listener::new(&window, "message", on_message),
            _load: Listener::new(&frame, "load", on_load),
            inner,
        })
    }
}

/// A widget in a frame, hosted as HubSpot does it. Dropping the value closes the connection and removes the frame.
pub struct Host {
    inner: Rc<Inner>,
    _message: Listener<MessageEvent>,
    _load: Listener<Event>,
}

impl Host {
    /// The state of the session.
    pub fn state(&self) -> SessionState {
        self.inner.session.borrow().state()
    }

    /// The frame of the widget.
    pub fn frame(&self) -> &HtmlIFrameElement {
        &self.inner.frame
    }

    /// Sends a message to the widget, now or after the handshake.
    ///
    /// # Errors
    /// [`SendError`] when the message can be neither sent nor queued.
    pub fn send(&self, message: &HostMessage) -> Result<(), SendError> {
        self.send_message(message.kind(), message.data())
    }

    /// Sends a message of any type, including types that this crate does not know.
    ///
    /// # Errors
    /// [`SendError`] when the message can be neither sent nor queued.
    pub fn send_message(&self, kind: &str, data: Option<Value>) -> Result<(), SendError> {
        let outputs = self.inner.session.borrow_mut().send(kind, data)?;
        self.inner.execute(outputs, None);
        Ok(())
    }

    /// Posts any value to the widget's origin, unchanged and regardless of the state of the session. For tests and inspectors.
    pub fn send_raw(&self, message: &JsValue) {
        let guest = self.inner.session.borrow().guest().clone();
        self.inner.link.post(message, &guest);
    }

    /// Sets the further fields of the next SYNC, which is sent when the frame loads again: the call in progress, for example.
    pub fn set_sync(&self, sync: Sync) {
        self.inner.session.borrow_mut().set_sync(sync);
    }

    /// Sets the size of the frame. A side that is not positive stays as it is.
    pub fn resize(&self, size: &Size) {
        resize(&self.inner.frame, size);
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.inner.stop_ticking();
        self.inner.frame.remove();
    }
}

struct Inner {
    link: Link,
    window: Window,
    frame: HtmlIFrameElement,
    session: RefCell<HostSession>,
    events: EventQueue<HostEvent>,
    interval: Cell<Option<i32>>,
    tick: Closure<dyn FnMut()>,
}

impl Inner {
    fn frame_loaded(&self) {
        let outputs = self.session.borrow_mut().frame_loaded(js_sys::Date::now());
        self.stop_ticking();
        let callback = self.tick.as_ref().unchecked_ref();
        let interval = self.window.set_interval_with_callback_and_timeout_and_arguments_0(callback, SYNC_INTERVAL);
        self.interval.set(interval.ok());
        self.execute(outputs, None);
    }

    fn tick(&self) {
        let outputs = self.session.borrow_mut().tick(js_sys::Date::now());
        if !self.session.borrow().is_syncing() {
            self.stop_ticking();
        }
        self.execute(outputs, None);
    }

    fn stop_ticking(&self) {
        if let Some(interval) = self.interval.take() {
            self.window.clear_interval_with_handle(interval);
        }
    }

    fn receive(&self, event: &MessageEvent) {
        let outputs = self.session.borrow_mut().receive(&Incoming {
            origin: &event.origin(),
            from_peer: event.source().is_some_and(|source| self.link.is_peer(&source)),
            read: &|| js::read(&event.data()),
        });
        self.execute(outputs, Some(event));
    }

    fn execute(&self, outputs: Vec<Output<HostEvent>>, incoming: Option<&MessageEvent>) {
        let events = self.link.execute(outputs, incoming);
        for event in &events {
            match event {
                HostEvent::Moves { url } => self.frame.set_src(url),
                HostEvent::Ready { debug_mode, .. } => self.link.debug_mode.set(*debug_mode),
                _ => {}
            }
        }
        self.events.dispatch(events);
    }
}

fn resize(frame: &HtmlIFrameElement, size: &Size) {
    for (side, pixels) in [("width", size.width), ("height", size.height)] {
        if pixels > 0.0 {
            let _ = frame.set_attribute(side, &(pixels as u32).to_string());
        }
    }
}
