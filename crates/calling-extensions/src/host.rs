//! The embedding page's side in a browser: [`Host`].

use crate::{
    codec::{Value, js},
    message::{HostMessage, Message, Size, Sync},
    origin::Origin,
    session::{HostConfig, HostSession, Incoming, Output, Phase, SendError},
    window::{self, Link, Listener},
};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlIFrameElement, MessageEvent, Window};

pub use crate::session::HostEvent;
pub use crate::window::{Flow, Observer, Traffic};

/// The id that the npm package gives to its frame.
pub const FRAME_ID: &str = "hubspot-calling-extension-iframe";
/// What the widget may do: as the npm package has it, and the choice of a loudspeaker that HubSpot adds.
pub const FRAME_ALLOW: &str = "microphone; autoplay; speaker-selection";
/// How often SYNC is said until it is answered, in milliseconds.
const SYNC_EVERY: i32 = 100;

/// Why there is no host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is no window, or no document in it.
    #[error("there is no page here: make the host from a page, not from a worker")]
    NoPage,
    /// The widget's address is neither http nor https.
    #[error("the widget's address has no origin: write the whole URL, beginning with https:// or http://")]
    NoAddress,
    /// The frame has no window: it is in no document.
    #[error("the frame is in no document: put it into the page first")]
    NoFrame,
}

/// How to host a widget.
#[derive(Default)]
pub struct Options {
    sync: Sync,
    host_url: Option<String>,
    debug_mode: bool,
    observer: Option<Observer>,
}

impl Options {
    /// The default: SYNC says `hostUrl` and nothing else, as the npm package does.
    pub fn new() -> Self {
        Self::default()
    }

    /// What SYNC says besides: account, user, engagement, where the widget is shown. `host_url` is filled in.
    pub fn sync(mut self, sync: Sync) -> Self {
        self.sync = Sync { host_url: None, ..sync };
        self
    }

    /// What SYNC says for `hostUrl` instead of the truth: to see that a guest does not answer it.
    pub fn host_url(mut self, url: impl Into<String>) -> Self {
        self.host_url = Some(url.into());
        self
    }

    /// Whether messages are logged where everybody sees them from the start; later the guest decides it.
    pub fn debug_mode(mut self, on: bool) -> Self {
        self.debug_mode = on;
        self
    }

    /// Sees every message as it goes, those that are passed over included.
    pub fn observer(mut self, observer: impl Fn(&Traffic) + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Makes the frame as the only child of `container` and waits for the widget in it. Events come one by one, never before
    /// this has returned, and never while another is handled.
    ///
    /// # Errors
    /// [`HostError`] when the address or the page is not fit for it.
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
        frame.set_src(url);
        resize(&frame, size);
        if Origin::of_url(&frame.src()).is_none() {
            return Err(HostError::NoAddress);
        }
        container.set_text_content(None);
        container.append_child(&frame).map_err(|_| HostError::NoFrame)?;
        self.attach(frame, handler)
    }

    /// Takes a frame that is in the page and has its address. It is greeted at once, in case it has loaded before, and again
    /// whenever it loads.
    ///
    /// # Errors
    /// [`HostError`] when the frame or its address is not fit for it.
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
            guest: Origin::of_url(&frame.src()).ok_or(HostError::NoAddress)?,
            sync: self.sync,
        });
        let inner = Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let ticking = inner.clone();
            Inner {
                link: Link {
                    // A frame in a document has one window for life, whatever is loaded into it.
                    peer: frame.content_window().unwrap_or_else(|| window.clone()),
                    debug_mode: Cell::new(self.debug_mode),
                    observer: self.observer,
                },
                frame: frame.clone(),
                session: RefCell::new(session),
                handler: RefCell::new(Box::new(handler)),
                raised: RefCell::default(),
                interval: Cell::new(None),
                tick: Closure::new(move || {
                    if let Some(inner) = ticking.upgrade() {
                        inner.tick();
                    }
                }),
                window: window.clone(),
            }
        });
        if frame.content_window().is_none() {
            return Err(HostError::NoFrame);
        }
        let listening = Rc::clone(&inner);
        let on_message = Closure::new(move |event: MessageEvent| Rc::clone(&listening).receive(&event));
        let loading = Rc::clone(&inner);
        let on_load = Closure::new(move |_: Event| Rc::clone(&loading).frame_loaded());
        Ok(Host {
            _message: Listener::new(&window, "message", on_message),
            _load: Listener::new(&frame, "load", on_load),
            inner,
        })
    }
}

/// A page that hosts a widget, as HubSpot does. Dropping it ends the conversation and takes the frame out of the page.
pub struct Host {
    inner: Rc<Inner>,
    _message: Listener<MessageEvent>,
    _load: Listener<Event>,
}

impl Host {
    /// How far the handshake is.
    pub fn phase(&self) -> Phase {
        self.inner.session.borrow().phase()
    }

    /// The frame.
    pub fn frame(&self) -> &HtmlIFrameElement {
        &self.inner.frame
    }

    /// Says something to the widget; before the handshake is done it waits.
    ///
    /// # Errors
    /// [`SendError`] when it goes nowhere.
    pub fn send(&self, message: &HostMessage) -> Result<(), SendError> {
        self.send_message(message.kind(), message.data())
    }

    /// Says a message of any type.
    ///
    /// # Errors
    /// [`SendError`] when it goes nowhere.
    pub fn send_message(&self, kind: &str, data: Option<Value>) -> Result<(), SendError> {
        let outputs = self.inner.session.borrow_mut().send(kind, data)?;
        self.inner.perform(outputs, None);
        Ok(())
    }

    /// Posts any value to the widget's origin as it is, whatever the state of the handshake. For tests and inspectors.
    pub fn send_raw(&self, message: &JsValue) {
        let guest = self.inner.session.borrow().guest().clone();
        self.inner.link.post(message, &guest);
    }

    /// What the next SYNC says besides, when the frame is loaded anew: the call that goes on, for one.
    pub fn set_sync(&self, sync: Sync) {
        self.inner.session.borrow_mut().set_sync(sync);
    }

    /// Gives the frame another size.
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
    handler: RefCell<Box<dyn FnMut(HostEvent)>>,
    /// What waits while the handler is busy.
    raised: RefCell<VecDeque<HostEvent>>,
    interval: Cell<Option<i32>>,
    tick: Closure<dyn FnMut()>,
}

impl Inner {
    fn frame_loaded(&self) {
        let outputs = self.session.borrow_mut().frame_loaded(js_sys::Date::now());
        self.stop_ticking();
        let callback = self.tick.as_ref().unchecked_ref();
        let interval = self.window.set_interval_with_callback_and_timeout_and_arguments_0(callback, SYNC_EVERY);
        self.interval.set(interval.ok());
        self.perform(outputs, None);
    }

    fn tick(&self) {
        let outputs = self.session.borrow_mut().tick(js_sys::Date::now());
        if !self.session.borrow().is_syncing() {
            self.stop_ticking();
        }
        self.perform(outputs, None);
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
        self.perform(outputs, Some(event));
    }

    fn perform(&self, outputs: Vec<Output<HostEvent>>, incoming: Option<&MessageEvent>) {
        for event in self.link.run(outputs, incoming) {
            match &event {
                HostEvent::Moves { url } => self.frame.set_src(url),
                HostEvent::Ready { debug_mode, .. } => self.link.debug_mode.set(*debug_mode),
                _ => {}
            }
            self.raised.borrow_mut().push_back(event);
        }
        // Busy: whoever holds the handler goes on with what is new.
        let Ok(mut handler) = self.handler.try_borrow_mut() else { return };
        loop {
            let Some(event) = self.raised.borrow_mut().pop_front() else { return };
            handler(event);
        }
    }
}

fn resize(frame: &HtmlIFrameElement, size: &Size) {
    for (side, pixels) in [("width", size.width), ("height", size.height)] {
        if pixels > 0.0 {
            let _ = frame.set_attribute(side, &(pixels as u32).to_string());
        }
    }
}
