use super::{
    Ignored, Incoming, MAX_QUEUED, Output, PROTOCOL_VERSION, SendError, SessionState,
    envelope::{Envelope, HANDSHAKE, Ids, message},
    presence::Presence,
};
use crate::{
    codec::{Map, Payload, Value},
    message::{HostMessage, Message, Ready, Sync},
    origin::{AllowedOrigins, Origin},
};

/// How many host instances are remembered as answered. The oldest is forgotten first.
const MAX_ANSWERED: usize = 64;

/// What a guest session reports to the widget.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The handshake is complete. The widget sends INITIALIZED as soon as the phone can be used. Raised again for each new
    /// session, for example when HubSpot has reloaded the page around the frame.
    Ready(Ready),
    /// A message of a known type.
    Message(HostMessage),
    /// Something failed. Raised for FAILED and every `…_FAILED`, after [`Event::Message`] or [`Event::Unknown`].
    Failed {
        /// The type.
        kind: String,
        /// The payload; null when there is none.
        data: Value,
    },
    /// A message of a type that this crate does not know, or ERROR. The session has answered it; ERROR is never answered.
    Unknown {
        /// The type.
        kind: String,
        /// The whole message.
        message: Value,
    },
}

/// The configuration of a [`GuestSession`].
#[derive(Debug)]
pub struct GuestConfig {
    /// Distinguishes this page from any other: letters and digits, for example a time and a random number.
    pub seed: String,
    /// The origin of this page.
    pub own_origin: String,
    /// Which origins the host may have.
    pub allowed: AllowedOrigins,
    /// Whether the host should log every message at the console's default level. Sent in SYNC_ACK.
    pub debug_mode: bool,
    /// Whether the page is in a frame. If not, the session is closed from the start.
    pub framed: bool,
}

/// The widget's side of a session.
///
/// ```
/// use calling_extensions::codec::{Map, Value};
/// use calling_extensions::message::{GuestMessage, Initialized, Message};
/// use calling_extensions::origin::AllowedOrigins;
/// use calling_extensions::session::{Event, GuestConfig, GuestSession, Incoming, Output};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let own_origin = "https://widget.example";
/// let mut session = GuestSession::new(GuestConfig {
///     seed: "1".into(),
///     own_origin: own_origin.into(),
///     allowed: AllowedOrigins::for_widget_at(own_origin),
///     debug_mode: false,
///     framed: true,
/// });
/// // A message that is sent before the handshake waits for it.
/// let initialized = GuestMessage::Initialized(Initialized { is_logged_in: Some(true), ..Default::default() });
/// assert!(session.send(initialized.kind(), initialized.data())?.is_empty());
///
/// let mut sync = Map::new();
/// sync.set("type", "SYNC");
/// sync.set("messageId", "1700000000000_1700000000001");
/// sync.set("hostUrl", "https://app.hubspot.com");
/// let outputs = session.receive(&Incoming {
///     origin: "https://app.hubspot.com",
///     from_peer: true,
///     read: &|| Ok(Value::Map(sync.clone())),
/// });
/// let [Output::Post { message: answer, .. }, Output::Post { message: first, .. }, Output::Raise(Event::Ready(_))] =
///     &outputs[..]
/// else {
///     return Err("unexpected outputs".into());
/// };
/// assert_eq!(answer.get("type"), Some(&"SYNC_ACK".into()));
/// assert_eq!(first.get("type"), Some(&"INITIALIZED".into()));
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct GuestSession {
    config: GuestConfig,
    ids: Ids,
    state: State,
    /// The host instances that have been answered, oldest first.
    answered: Vec<String>,
    presence: Presence,
    /// An INITIALIZED that waits for the handshake.
    initialized: Option<Map>,
    /// The other messages that wait for the handshake or for INITIALIZED, oldest first.
    queue: Vec<(String, Option<Value>)>,
}

#[derive(Debug)]
enum State {
    Waiting,
    Ready {
        host: Origin,
        /// Whether INITIALIZED has been sent to this host.
        initialized: bool,
    },
    Closed,
}

type Outputs = Vec<Output<Event>>;

impl GuestSession {
    /// Creates a session that waits for SYNC.
    pub fn new(config: GuestConfig) -> Self {
        GuestSession {
            ids: Ids::new(&config.seed),
            state: State::Waiting,
            config,
            answered: Vec::new(),
            presence: Presence::default(),
            initialized: None,
            queue: Vec::new(),
        }
    }

    /// The state of the session.
    pub fn state(&self) -> SessionState {
        match self.state {
            _ if !self.config.framed => SessionState::Closed,
            State::Waiting => SessionState::Waiting,
            State::Ready { .. } => SessionState::Ready,
            State::Closed => SessionState::Closed,
        }
    }

    /// Handles a message that the window received.
    pub fn receive(&mut self, incoming: &Incoming) -> Outputs {
        self.handle(incoming).unwrap_or_else(|reason| vec![Output::Ignored(reason)])
    }

    /// Whether this is a SYNC that the session would answer. It does not change the session.
    ///
    /// Messages may have arrived before the program started. They are handled from the newest such SYNC on: a host is answered
    /// once, and an older SYNC may be from a host that no longer exists.
    pub fn would_answer(&self, incoming: &Incoming) -> bool {
        self.read(incoming)
            .is_ok_and(|(host, envelope)| envelope.kind == "SYNC" && self.check_sync(&host, &envelope).is_ok())
    }

    /// Sends a message to the host, now or after the handshake. Messages about a call also wait for INITIALIZED.
    ///
    /// Messages about log-in and availability are not queued. Until INITIALIZED has been sent, they only change its fields.
    ///
    /// # Errors
    /// [`SendError`] when the message can be neither sent nor queued.
    pub fn send(&mut self, kind: &str, data: Option<Value>) -> Result<Outputs, SendError> {
        if !self.config.framed {
            return Err(SendError::NoHost);
        }
        if HANDSHAKE.contains(&kind) {
            return Err(SendError::Reserved);
        }
        let is_presence = self.presence.update(kind);
        match &mut self.state {
            State::Closed => Err(SendError::Closed),
            State::Ready { initialized, .. } if kind == "INITIALIZED" => {
                *initialized = true;
                Ok(self.initialize(fields_of(data)))
            }
            State::Waiting if kind == "INITIALIZED" => {
                let fields = fields_of(data);
                self.presence.update_from_initialized(&fields);
                self.initialized = Some(fields);
                Ok(Vec::new())
            }
            State::Ready { host, initialized } if *initialized || !is_presence && !is_about_a_call(kind) => {
                let message = message(kind, &self.ids.next(), data);
                Ok(vec![Output::Post { message, to: host.clone() }])
            }
            _ if is_presence => Ok(Vec::new()),
            _ if self.queue.len() >= MAX_QUEUED => Err(SendError::QueueFull),
            _ => {
                self.queue.push((kind.to_owned(), data));
                Ok(Vec::new())
            }
        }
    }

    /// Closes the session and drops what is queued. Nothing is received or sent after that.
    pub fn close(&mut self) {
        self.state = State::Closed;
        self.queue.clear();
        self.initialized = None;
    }

    fn handle(&mut self, incoming: &Incoming) -> Result<Outputs, Ignored> {
        let (origin, envelope) = self.read(incoming)?;
        if envelope.kind == "SYNC" {
            self.check_sync(&origin, &envelope)?;
            return Ok(self.complete_handshake(origin, envelope));
        }
        let State::Ready { host, .. } = &self.state else { return Err(Ignored::BeforeHandshake) };
        if *host != origin {
            return Err(Ignored::OtherOrigin);
        }
        if envelope.is_handshake() {
            return Err(Ignored::Misplaced);
        }
        let failed = envelope
            .is_failure()
            .then(|| Event::Failed { kind: envelope.kind.clone(), data: envelope.data().cloned().unwrap_or_default() });
        let mut outputs = Vec::new();
        match HostMessage::decode(&envelope.kind, envelope.data()) {
            Some(message) => outputs.push(Output::Raise(Event::Message(message))),
            None => {
                // Two sides that answer ERROR with ERROR would never stop.
                if envelope.kind != "ERROR" {
                    outputs.push(Output::AnswerUnknown { message_id: self.ids.next(), to: origin });
                }
                let message = Value::Map(envelope.fields);
                outputs.push(Output::Raise(Event::Unknown { kind: envelope.kind, message }));
            }
        }
        outputs.extend(failed.map(Output::Raise));
        Ok(outputs)
    }

    /// Checks window and origin first. Only then is the message read.
    fn read(&self, incoming: &Incoming) -> Result<(Origin, Envelope), Ignored> {
        if self.state() == SessionState::Closed {
            return Err(Ignored::NoSession);
        }
        if !incoming.from_peer {
            return Err(Ignored::OtherWindow);
        }
        let origin = self.accepted_origin(incoming.origin).ok_or(Ignored::OtherOrigin)?;
        Ok((origin, Envelope::read(incoming, &self.ids)?))
    }

    /// The origin, if it is accepted as a host. That of the current host was checked in the handshake; nearly all messages are
    /// from it.
    fn accepted_origin(&self, text: &str) -> Option<Origin> {
        match &self.state {
            State::Ready { host, .. } if host.as_str() == text => Some(host.clone()),
            _ => Origin::parse(text).filter(|origin| self.config.allowed.allows(origin)),
        }
    }

    /// Whether this SYNC is valid and has not been answered.
    fn check_sync(&self, origin: &Origin, sync: &Envelope) -> Result<(), Ignored> {
        match sync.fields.get("hostUrl") {
            None | Some(Value::Null) => {}
            Some(Value::Text(url)) if Origin::of_url(url).as_ref() == Some(origin) => {}
            Some(_) => return Err(Ignored::ForeignAddress),
        }
        if self.answered.iter().any(|answered| answered == sync.instance()) {
            return Err(Ignored::SyncAgain);
        }
        Ok(())
    }

    fn complete_handshake(&mut self, host: Origin, sync: Envelope) -> Outputs {
        if self.answered.len() >= MAX_ANSWERED {
            self.answered.remove(0);
        }
        self.answered.push(sync.instance().to_owned());

        let mut answer = sync.fields.clone();
        answer.set("type", "SYNC_ACK");
        if sync.message_id.is_none() {
            answer.set("messageId", self.ids.next());
        }
        answer.set("debugMode", self.config.debug_mode);
        answer.set("version", PROTOCOL_VERSION);
        answer.set("iFrameUrl", self.config.own_origin.as_str());
        let mut outputs = vec![Output::Post { message: Value::Map(answer), to: host.clone() }];

        let mut fields = sync.fields;
        fields.remove("type");
        fields.remove("messageId");
        let mut ready = Sync::from_map(&fields);
        ready.host_url.get_or_insert_with(|| host.as_str().to_owned());

        let initialized = self.initialized.take();
        self.state = State::Ready { host, initialized: initialized.is_some() };
        match initialized {
            Some(fields) => outputs.extend(self.post_initialized(fields)),
            None => outputs.extend(self.post_queued(|kind| !is_about_a_call(kind))),
        }
        outputs.push(Output::Raise(Event::Ready(ready)));
        outputs
    }

    fn initialize(&mut self, fields: Map) -> Outputs {
        self.presence.update_from_initialized(&fields);
        self.post_initialized(fields)
    }

    /// Posts INITIALIZED with the current presence, then the messages that waited for it.
    fn post_initialized(&mut self, mut fields: Map) -> Outputs {
        self.presence.write_to(&mut fields);
        let mut outputs: Outputs = self.post("INITIALIZED", Some(Value::Map(fields))).into_iter().collect();
        outputs.extend(self.post_queued(|_| true));
        outputs
    }

    /// Posts those queued messages whose type is accepted. The others stay queued.
    fn post_queued(&mut self, accepts: fn(&str) -> bool) -> Outputs {
        let queue = std::mem::take(&mut self.queue);
        let mut outputs = Vec::new();
        for (kind, data) in queue {
            if accepts(&kind) {
                outputs.extend(self.post(&kind, data));
            } else {
                self.queue.push((kind, data));
            }
        }
        outputs
    }

    fn post(&mut self, kind: &str, data: Option<Value>) -> Option<Output<Event>> {
        let State::Ready { host, .. } = &self.state else { return None };
        Some(Output::Post { message: message(kind, &self.ids.next(), data), to: host.clone() })
    }
}

fn fields_of(data: Option<Value>) -> Map {
    match data {
        Some(Value::Map(fields)) => fields,
        _ => Map::new(),
    }
}

/// Whether a type is about a call. A host can handle those only after INITIALIZED; an error, a size or a new URL it can handle
/// before.
fn is_about_a_call(kind: &str) -> bool {
    matches!(
        kind,
        "INCOMING_CALL"
            | "OUTGOING_CALL_STARTED"
            | "CALL_ANSWERED"
            | "CALL_TRANSFERRED"
            | "CALL_ENDED"
            | "CALL_COMPLETED"
            | "CALL_DATA"
            | "FINALIZE_ENGAGEMENT"
            | "PUBLISH_TO_CHANNEL"
            | "NAVIGATE_TO_RECORD"
    )
}
