//! The widget's side in a browser: [`CallingExtensions`].
//!
//! A WebAssembly program starts later than the page that loads it, while the host sends SYNC from the page's `load` event on,
//! every 100 ms. The script `early.js` in the head of the page stores the messages that arrive before the program has started;
//! [`Options::connect`] handles them. Without the script the handshake completes up to 100 ms later.

use crate::{
    codec::{Value, js},
    early,
    message::*,
    origin::{AllowedOrigins, InvalidOrigin},
    session::{GuestConfig, GuestSession, Incoming, Output, SendError, SessionState},
    window::{self, EventQueue, Link, Listener},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageEvent, Window};

pub use crate::session::Event;
pub use crate::window::{Flow, Observer, Traffic};

/// Whether this page is in a frame. If not, there is no host.
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| parent_of(&window).is_some())
}

/// There is no window: the program runs in a worker.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no window: connect from the page, not from a worker")]
pub struct NoWindow;

/// The options of a connection.
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
    /// The default options: no debug mode, and the origins of [`AllowedOrigins::for_widget_at`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether both sides log every message at the console's default level. Otherwise they use the level "verbose".
    pub fn debug_mode(mut self, on: bool) -> Self {
        self.debug_mode = on;
        self
    }

    /// Also accepts HubSpot's test system as the host.
    pub fn allow_hubspot_qa(mut self) -> Self {
        self.allowed = self.allowed.with_hubspot_qa();
        self
    }

    /// Also accepts pages of this origin as the host. It must be a constant of the program: a value from the page's address or
    /// storage would let anyone choose the host.
    ///
    /// # Errors
    /// [`InvalidOrigin`] when the text is not an origin.
    pub fn allow_origin(mut self, origin: &str) -> Result<Self, InvalidOrigin> {
        self.allowed = self.allowed.with_origin(origin)?;
        Ok(self)
    }

    /// Calls `observer` for every message that is sent or received, ignored ones included.
    pub fn observer(mut self, observer: impl Fn(&Traffic) + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Starts listening. The handler is called for one event at a time, and not before this method has returned.
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
            events: EventQueue::new(handler),
        });
        let listening = Rc::clone(&inner);
        let on_message = Closure::new(move |event: MessageEvent| listening.receive(&event));
        let listener = Listener::new(&window, "message", on_message);
        inner.receive_later(&window, early::take_messages(&window));
        Ok(CallingExtensions { inner, _listener: listener })
    }
}

/// The connection of a widget to HubSpot: a method for each message to HubSpot, and a handler for the events from it.
///
/// Messages sent before the handshake are queued. After it, `initialized` is sent first, with the current log-in and
/// availability. Dropping the value closes the connection.
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
///     std::mem::forget(cti); // A program stores it beside its state instead.
///     Ok(())
/// }
/// # let _ = start();
/// ```
pub struct CallingExtensions {
    inner: Rc<Inner>,
    _listener: Listener<MessageEvent>,
}

impl CallingExtensions {
    /// Connects with the default [`Options`].
    ///
    /// # Errors
    /// [`NoWindow`] in a worker.
    pub fn connect(handler: impl FnMut(Event) + 'static) -> Result<Self, NoWindow> {
        Options::new().connect(handler)
    }

    /// The state of the session.
    pub fn state(&self) -> SessionState {
        self.inner.session.borrow().state()
    }

    /// Sends a message, now or after the handshake.
    ///
    /// # Errors
    /// [`SendError`] when the message can be neither sent nor queued. This also applies to the methods named after messages.
    pub fn send(&self, message: &GuestMessage) -> Result<(), SendError> {
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

    /// Logs a text to the console in the format of the npm package. An empty `kind` becomes "Generic Message".
    pub fn log_debug_message(&self, kind: &str, message: &str) {
        let kind = if kind.is_empty() { "Generic Message" } else { kind };
        self.inner.link.log(&kind.into(), &message.into(), &JsValue::UNDEFINED);
    }
}

macro_rules! verbs {
    ($($(#[$meta:meta])* $verb:ident $(($payload:ty))? => $variant:ident,)*) => {
        /// A method for each message, with the name that the npm package uses. See [`GuestMessage`] for when to send which.
        #[allow(clippy::missing_errors_doc)] // See `send`.
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
    /// Sends INITIALIZED: the phone can be used.
    initialized(Initialized) => Initialized,
    /// Sends USER_AVAILABLE: the user takes incoming calls.
    user_available => UserAvailable,
    /// Sends USER_UNAVAILABLE: the user takes no incoming calls.
    user_unavailable => UserUnavailable,
    /// Sends LOGGED_IN: the user has logged in to the calling app.
    user_logged_in => LoggedIn,
    /// Sends LOGGED_OUT: the user has logged out of the calling app.
    user_logged_out => LoggedOut,
    /// Sends INCOMING_CALL: a call to the user is ringing.
    incoming_call(IncomingCall) => IncomingCall,
    /// Sends OUTGOING_CALL_STARTED: the user has dialed a number.
    outgoing_call(OutgoingCall) => OutgoingCall,
    /// Sends CALL_ANSWERED: either side has answered.
    call_answered(CallOnly) => CallAnswered,
    /// Sends CALL_TRANSFERRED: the call was transferred to another person.
    call_transferred(CallOnly) => CallTransferred,
    /// Sends CALL_ENDED: the call is over.
    call_ended(CallEnded) => CallEnded,
    /// Sends CALL_COMPLETED: the user has finished the notes, and HubSpot saves the call.
    call_completed(CallCompleted) => CallCompleted,
    /// Sends FINALIZE_ENGAGEMENT: the engagement will not be changed again.
    finalize_engagement(EngagementOfCall) => FinalizeEngagement,
    /// Sends PUBLISH_TO_CHANNEL. Deprecated in the npm package, which recommends `finalize_engagement`.
    publish_to_channel(EngagementOfCall) => PublishToChannel,
    /// Sends NAVIGATE_TO_RECORD: asks HubSpot to open a record.
    navigate_to_record(NavigateToRecord) => NavigateToRecord,
    /// Sends CALL_DATA: data about a call, of any form.
    call_data(Value) => CallData,
    /// Sends ERROR: asks HubSpot to show an alert.
    send_error(ErrorMessage) => Error,
    /// Sends RESIZE_WIDGET: asks HubSpot for another size.
    resize_widget(Size) => ResizeWidget,
    /// Sends SET_WIDGET_URL: asks HubSpot to load another URL into the frame.
    set_widget_url(WidgetUrl) => SetWidgetUrl,
}

impl Drop for CallingExtensions {
    fn drop(&mut self) {
        // The session is not borrowed while an event is handled. If it were, removing the listener would still be enough.
        if let Ok(mut session) = self.inner.session.try_borrow_mut() {
            session.close();
        }
    }
}

struct Inner {
    link: Link,
    session: RefCell<GuestSession>,
    events: EventQueue<Event>,
}

impl Inner {
    fn receive(&self, event: &MessageEvent) {
        let outputs = self.with_incoming(event, |incoming| self.session.borrow_mut().receive(incoming));
        self.execute(outputs, Some(event));
    }

    /// Handles messages that arrived before the program started, from the newest SYNC that can be answered on. They are handled
    /// in a microtask, because the caller of `connect` does not have its result yet.
    fn receive_later(self: &Rc<Self>, window: &Window, events: Vec<MessageEvent>) {
        let inner = Rc::downgrade(self);
        let receive = Closure::once_into_js(move || {
            let Some(inner) = inner.upgrade() else { return };
            let would_answer = |event: &MessageEvent| {
                inner.with_incoming(event, |incoming| inner.session.borrow().would_answer(incoming))
            };
            let first = events.iter().rposition(would_answer).unwrap_or(0);
            events.iter().skip(first).for_each(|event| inner.receive(event));
        });
        window.queue_microtask(receive.unchecked_ref());
    }

    fn with_incoming<T>(&self, event: &MessageEvent, handle: impl FnOnce(&Incoming) -> T) -> T {
        handle(&Incoming {
            origin: &event.origin(),
            from_peer: event.source().is_some_and(|source| self.link.is_peer(&source)),
            read: &|| js::read(&event.data()),
        })
    }

    fn execute(&self, outputs: Vec<Output<Event>>, incoming: Option<&MessageEvent>) {
        self.events.dispatch(self.link.execute(outputs, incoming));
    }
}

fn parent_of(window: &Window) -> Option<Window> {
    window.parent().ok().flatten().filter(|parent| parent != window)
}
