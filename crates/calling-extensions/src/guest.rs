//! The widget's side in a browser: [`CallingExtensions`].
//!
//! A program of wasm starts later than the page that loads it, and the host says SYNC from the page's `load` on, every
//! 100 ms. The few lines of `early.js`, in the page's head, keep what comes meanwhile; connecting takes it over and answers
//! at once. Without them all works the same, a little later.

use crate::{
    codec::{Value, js},
    early,
    message::*,
    origin::{AllowedOrigins, NotAnOrigin},
    session::{GuestConfig, GuestSession, Incoming, Output, Phase, SendError},
    window::{self, Link, Listener},
};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageEvent, Window};

pub use crate::session::Event;
pub use crate::window::{Flow, Observer, Traffic};

/// Whether this page is in a frame. Outside of one there is no host.
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| parent_of(&window).is_some())
}

/// There is no window here: a worker cannot be a widget.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no window: connect from the page, not from a worker")]
pub struct NoWindow;

/// How to connect.
pub struct Options {
    debug_mode: bool,
    allowed: AllowedOrigins,
    observer: Option<Observer>,
}

impl Default for Options {
    fn default() -> Self {
        let own_origin = web_sys::window().map(|window| window::own_origin(&window));
        Options {
            debug_mode: false,
            allowed: AllowedOrigins::for_widget_at(&own_origin.unwrap_or_default()),
            observer: None,
        }
    }
}

impl Options {
    /// The default: quiet, and only HubSpot may be the host (and this machine, while the widget is on it).
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether messages are logged where everybody sees them; otherwise they are at the console's level "verbose".
    pub fn debug_mode(mut self, on: bool) -> Self {
        self.debug_mode = on;
        self
    }

    /// HubSpot's own test system may be the host as well.
    pub fn allow_hubspot_qa(mut self) -> Self {
        self.allowed = self.allowed.and_hubspot_qa();
        self
    }

    /// Pages of this origin may be the host as well. Take it from your code, never from the page's address or storage.
    ///
    /// # Errors
    /// [`NotAnOrigin`] when it is anything but an origin.
    pub fn allow_origin(mut self, origin: &str) -> Result<Self, NotAnOrigin> {
        self.allowed = self.allowed.and(origin)?;
        Ok(self)
    }

    /// Sees every message as it goes, those that are passed over included.
    pub fn observer(mut self, observer: impl Fn(&Traffic) + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Listens. Events come one by one, never before this has returned, and never while another is handled.
    ///
    /// # Errors
    /// [`NoWindow`] in a worker.
    pub fn connect(self, handler: impl FnMut(Event) + 'static) -> Result<CallingExtensions, NoWindow> {
        let window = web_sys::window().ok_or(NoWindow)?;
        let parent = parent_of(&window);
        let session = GuestSession::new(GuestConfig {
            seed: window::seed(),
            own_origin: window::own_origin(&window),
            allowed: self.allowed,
            debug_mode: self.debug_mode,
            framed: parent.is_some(),
        });
        let inner = Rc::new(Inner {
            link: Link {
                peer: parent.unwrap_or_else(|| window.clone()),
                debug_mode: Cell::new(self.debug_mode),
                observer: self.observer,
            },
            session: RefCell::new(session),
            handler: RefCell::new(Box::new(handler)),
            raised: RefCell::default(),
        });
        let listening = Rc::clone(&inner);
        let on_message = Closure::new(move |event: MessageEvent| Rc::clone(&listening).receive(&event));
        let listener = Listener::new(&window, "message", on_message);
        inner.deliver_later(&window, early::take_over(&window));
        Ok(CallingExtensions { inner, _listener: listener })
    }
}

/// The conversation of a widget with HubSpot: a method for each thing to say, a handler for what HubSpot says.
///
/// What is said before the two sides have shaken hands waits; `initialized` then goes first, with log-in and availability
/// as they are by then. Dropping it ends the conversation.
///
/// ```no_run
/// use calling_extensions::{
///     guest::{CallingExtensions, Event, Options},
///     message::*,
/// };
/// use std::{cell::OnceCell, rc::Rc};
/// fn start() -> Result<(), Box<dyn std::error::Error>> {
///     let cti: Rc<OnceCell<CallingExtensions>> = Rc::default();
///     let for_events = Rc::downgrade(&cti);
///     let connected = Options::new().debug_mode(true).connect(move |event| {
///         let Some(cti) = for_events.upgrade() else { return };
///         let Some(cti) = cti.get() else { return };
///         match event {
///             Event::Ready(_) => {
///                 let _ = cti.initialized(Initialized { is_logged_in: Some(false), ..Default::default() });
///             }
///             Event::Message(HostMessage::DialNumber(dial)) => {
///                 let _ = cti.outgoing_call(OutgoingCall {
///                     external_call_id: "call-1".into(),
///                     to_number: dial.phone_number,
///                     create_engagement: Some(true),
///                     ..Default::default()
///                 });
///             }
///             _ => {}
///         }
///     })?;
///     let _ = cti.set(connected);
///     std::mem::forget(cti); // or keep it where the program keeps its state
///     Ok(())
/// }
/// # let _ = start();
/// ```
pub struct CallingExtensions {
    inner: Rc<Inner>,
    _listener: Listener<MessageEvent>,
}

impl CallingExtensions {
    /// Listens with the default [`Options`].
    ///
    /// # Errors
    /// [`NoWindow`] in a worker.
    pub fn connect(handler: impl FnMut(Event) + 'static) -> Result<Self, NoWindow> {
        Options::new().connect(handler)
    }

    /// How far the handshake is.
    pub fn phase(&self) -> Phase {
        self.inner.session.borrow().phase()
    }

    /// Says any message.
    ///
    /// # Errors
    /// [`SendError`] when it goes nowhere, which is what every method below says too.
    pub fn send(&self, message: &GuestMessage) -> Result<(), SendError> {
        self.send_message(message.kind(), message.data())
    }

    /// Says a message of any type, for what this crate does not know yet.
    ///
    /// # Errors
    /// [`SendError`] when it goes nowhere.
    pub fn send_message(&self, kind: &str, data: Option<Value>) -> Result<(), SendError> {
        let outputs = self.inner.session.borrow_mut().send(kind, data)?;
        self.inner.perform(outputs, None);
        Ok(())
    }

    /// Writes a line to the console, as the npm package does.
    pub fn log_debug_message(&self, kind: &str, message: &str) {
        let kind = if kind.is_empty() { "Generic Message" } else { kind };
        self.inner.link.log(kind, &message.into(), &JsValue::UNDEFINED);
    }
}

macro_rules! verbs {
    ($($(#[$meta:meta])* $verb:ident $(($payload:ty))? => $variant:ident,)*) => {
        /// A method for each message, by the names of the npm package.
        #[allow(clippy::missing_errors_doc)] // said once, above
        impl CallingExtensions {
            $(verbs!(@verb $(#[$meta])* $verb $(($payload))? => $variant);)*
        }
    };
    (@verb $(#[$meta:meta])* $verb:ident => $variant:ident) => {
        $(#[$meta])*
        pub fn $verb(&self) -> Result<(), SendError> {
            self.send(&GuestMessage::$variant)
        }
    };
    (@verb $(#[$meta:meta])* $verb:ident ($payload:ty) => $variant:ident) => {
        $(#[$meta])*
        pub fn $verb(&self, payload: $payload) -> Result<(), SendError> {
            self.send(&GuestMessage::$variant(payload))
        }
    };
}

verbs! {
    /// The phone can be used.
    initialized(Initialized) => Initialized,
    /// The user takes incoming calls.
    user_available => UserAvailable,
    /// The user takes no incoming calls.
    user_unavailable => UserUnavailable,
    /// The user has logged in.
    user_logged_in => LoggedIn,
    /// The user has logged out.
    user_logged_out => LoggedOut,
    /// Somebody calls.
    incoming_call(IncomingCall) => IncomingCall,
    /// The user calls somebody.
    outgoing_call(OutgoingCall) => OutgoingCall,
    /// The call was answered.
    call_answered(CallOnly) => CallAnswered,
    /// The call was given to somebody else.
    call_transferred(CallOnly) => CallTransferred,
    /// The call is over.
    call_ended(CallEnded) => CallEnded,
    /// The user is done with the call.
    call_completed(CallCompleted) => CallCompleted,
    /// The engagement will not change any more.
    finalize_engagement(EngagementOfCall) => FinalizeEngagement,
    /// Deprecated in the npm package: use `finalize_engagement`.
    publish_to_channel(EngagementOfCall) => PublishToChannel,
    /// HubSpot shall show a record.
    navigate_to_record(NavigateToRecord) => NavigateToRecord,
    /// Anything about a call.
    call_data(Value) => CallData,
    /// HubSpot shall show an alert.
    send_error(ErrorMessage) => Error,
    /// The widget wants another size.
    resize_widget(Size) => ResizeWidget,
    /// The widget moves to another address.
    set_widget_url(WidgetUrl) => SetWidgetUrl,
}

impl Drop for CallingExtensions {
    fn drop(&mut self) {
        // While an event is handled the session is not borrowed; should it be, the listener is gone all the same.
        if let Ok(mut session) = self.inner.session.try_borrow_mut() {
            session.close();
        }
    }
}

struct Inner {
    link: Link,
    session: RefCell<GuestSession>,
    handler: RefCell<Box<dyn FnMut(Event)>>,
    /// What waits while the handler is busy.
    raised: RefCell<VecDeque<Event>>,
}

impl Inner {
    fn receive(&self, event: &MessageEvent) {
        let outputs = self.with_incoming(event, |incoming| self.session.borrow_mut().receive(incoming));
        self.perform(outputs, Some(event));
    }

    /// Takes what came before there was a program, as soon as the present task is done: by then the caller has what `connect`
    /// returned. Reading begins at the newest SYNC that can be answered.
    fn deliver_later(self: &Rc<Self>, window: &Window, events: Vec<MessageEvent>) {
        let inner = Rc::downgrade(self);
        let deliver = Closure::once_into_js(move || {
            let Some(inner) = inner.upgrade() else { return };
            let greets =
                |event: &MessageEvent| inner.with_incoming(event, |incoming| inner.session.borrow().greets(incoming));
            let first = events.iter().rposition(greets).unwrap_or(0);
            events.iter().skip(first).for_each(|event| inner.receive(event));
        });
        window.queue_microtask(deliver.unchecked_ref());
    }

    fn with_incoming<T>(&self, event: &MessageEvent, take: impl FnOnce(&Incoming) -> T) -> T {
        take(&Incoming {
            origin: &event.origin(),
            from_peer: event.source().is_some_and(|source| self.link.is_peer(&source)),
            read: &|| js::read(&event.data()),
        })
    }

    fn perform(&self, outputs: Vec<Output<Event>>, incoming: Option<&MessageEvent>) {
        let raised = self.link.run(outputs, incoming);
        self.raised.borrow_mut().extend(raised);
        // Busy: whoever holds the handler goes on with what is new.
        let Ok(mut handler) = self.handler.try_borrow_mut() else { return };
        loop {
            let Some(event) = self.raised.borrow_mut().pop_front() else { return };
            handler(event);
        }
    }
}

fn parent_of(window: &Window) -> Option<Window> {
    window.parent().ok().flatten().filter(|parent| parent != window)
}
