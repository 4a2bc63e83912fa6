use super::{
    Ignored, Incoming, MAX_QUEUED, Output, Phase, SendError, WIRE_VERSION,
    envelope::{Envelope, HANDSHAKE, Ids, message},
    presence::Presence,
};
use crate::{
    codec::{Map, Payload, Value},
    message::{HostMessage, Message, Ready, Sync},
    origin::{AllowedOrigins, Origin},
};

/// How many hosts are remembered as answered.
const MAX_ANSWERED: usize = 64;

/// What the host did, for the widget.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Both sides have shaken hands: say `initialized` as soon as the phone can be used. Comes again when another host
    /// takes over, for example after HubSpot has made the frame's surroundings anew.
    Ready(Ready),
    /// A message of a known type.
    Message(HostMessage),
    /// Something failed. Follows [`Event::Message`] or [`Event::Unknown`] for FAILED and every `…_FAILED`.
    Failed {
        /// The type.
        kind: String,
        /// The payload; null when there is none.
        data: Value,
    },
    /// A message of a type that is not known here, ERROR included. The host has its answer already.
    Unknown {
        /// The type.
        kind: String,
        /// The whole message.
        message: Value,
    },
}

/// What a guest's session needs to know of its page.
pub struct GuestConfig {
    /// Tells this page's life from every other's: letters and digits, best a time and a random number.
    pub seed: String,
    /// The origin of this page as the browser tells it.
    pub own_origin: String,
    /// Who may be the host.
    pub allowed: AllowedOrigins,
    /// Whether the host shall log every message where everybody sees it.
    pub debug_mode: bool,
    /// Whether the page is in a frame. Outside of one no message is anybody's.
    pub framed: bool,
}

/// The widget's side of the conversation.
pub struct GuestSession {
    config: GuestConfig,
    ids: Ids,
    state: State,
    /// The hosts that have had their SYNC_ACK.
    answered: Vec<String>,
    presence: Presence,
    /// An INITIALIZED from before the handshake.
    initialized: Option<Map>,
    /// What else waits, oldest first.
    queue: Vec<(String, Option<Value>)>,
}

enum State {
    Waiting,
    Ready { host: Origin, initialized: bool },
    Lost,
}

type Outputs = Vec<Output<Event>>;

impl GuestSession {
    /// A session that waits for its host.
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

    /// How far it is.
    pub fn phase(&self) -> Phase {
        match self.state {
            _ if !self.config.framed => Phase::Lost,
            State::Waiting => Phase::Waiting,
            State::Ready { .. } => Phase::Ready,
            State::Lost => Phase::Lost,
        }
    }

    /// Takes a message that the window received.
    pub fn receive(&mut self, incoming: &Incoming) -> Outputs {
        self.take(incoming).unwrap_or_else(|why| vec![Output::Ignored(why)])
    }

    /// Whether this is a SYNC that would get an answer.
    ///
    /// Of the messages that came before the program did, reading begins at the newest such SYNC: one host gets one answer,
    /// and the older ones may be of a host that is gone.
    pub fn greets(&self, incoming: &Incoming) -> bool {
        self.open(incoming)
            .is_ok_and(|(host, envelope)| envelope.kind == "SYNC" && self.greeting(&host, &envelope).is_ok())
    }

    /// Says something to the host: now, or when it has shaken hands.
    ///
    /// Log-in and availability never wait: until INITIALIZED has gone out they only change what it will say.
    ///
    /// # Errors
    /// [`SendError`] when it goes nowhere; nothing is kept of it then.
    pub fn send(&mut self, kind: &str, data: Option<Value>) -> Result<Outputs, SendError> {
        if !self.config.framed {
            return Err(SendError::NoHost);
        }
        if HANDSHAKE.contains(&kind) {
            return Err(SendError::Reserved);
        }
        let is_presence = self.presence.follow(kind);
        match &mut self.state {
            State::Lost => Err(SendError::Closed),
            State::Ready { initialized, .. } if kind == "INITIALIZED" => {
                *initialized = true;
                Ok(self.initialize(fields_of(data)))
            }
            State::Waiting if kind == "INITIALIZED" => {
                let fields = fields_of(data);
                self.presence.learn(&fields);
                self.initialized = Some(fields);
                Ok(Vec::new())
            }
            State::Ready { host, initialized } if *initialized || !is_presence && !is_of_a_call(kind) => {
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

    /// Ends it: nothing is read or sent any more.
    pub fn close(&mut self) {
        self.state = State::Lost;
        self.queue.clear();
        self.initialized = None;
    }

    fn take(&mut self, incoming: &Incoming) -> Result<Outputs, Ignored> {
        let (origin, envelope) = self.open(incoming)?;
        if envelope.kind == "SYNC" {
            self.greeting(&origin, &envelope)?;
            return Ok(self.shake_hands(origin, envelope));
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
                // Two sides that answer ERROR with ERROR never stop.
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

    /// Who speaks comes first, what they say second.
    fn open(&self, incoming: &Incoming) -> Result<(Origin, Envelope), Ignored> {
        if self.phase() == Phase::Lost {
            return Err(Ignored::NoSession);
        }
        if !incoming.from_peer {
            return Err(Ignored::OtherWindow);
        }
        let origin = Origin::parse(incoming.origin).ok_or(Ignored::OtherOrigin)?;
        if !self.config.allowed.allows(&origin) {
            return Err(Ignored::OtherOrigin);
        }
        Ok((origin, Envelope::open(incoming, &self.ids)?))
    }

    /// Whether this SYNC gets an answer.
    fn greeting(&self, origin: &Origin, sync: &Envelope) -> Result<(), Ignored> {
        match sync.fields.get("hostUrl") {
            None | Some(Value::Null) => {}
            Some(Value::Text(url)) if Origin::of_url(url).as_ref() == Some(origin) => {}
            Some(_) => return Err(Ignored::ForeignAddress),
        }
        if self.answered.contains(&sync.instance()) {
            return Err(Ignored::SyncAgain);
        }
        Ok(())
    }

    fn shake_hands(&mut self, host: Origin, sync: Envelope) -> Outputs {
        if self.answered.len() >= MAX_ANSWERED {
            self.answered.remove(0);
        }
        self.answered.push(sync.instance());

        let mut answer = sync.fields.clone();
        answer.set("type", "SYNC_ACK");
        if sync.message_id.is_none() {
            answer.set("messageId", self.ids.next());
        }
        answer.set("debugMode", self.config.debug_mode);
        answer.set("version", WIRE_VERSION);
        answer.set("iFrameUrl", self.config.own_origin.as_str());
        let mut outputs = vec![Output::Post { message: Value::Map(answer), to: host.clone() }];

        let mut fields = sync.fields;
        fields.remove("type");
        fields.remove("messageId");
        let mut ready = Sync::from_map(&fields);
        ready.host_url.get_or_insert_with(|| host.as_str().to_owned());

        let waiting = self.initialized.take();
        self.state = State::Ready { host, initialized: waiting.is_some() };
        match waiting {
            Some(fields) => outputs.extend(self.initialize_now(fields)),
            None => outputs.extend(self.release(|kind| !is_of_a_call(kind))),
        }
        outputs.push(Output::Raise(Event::Ready(ready)));
        outputs
    }

    fn initialize(&mut self, fields: Map) -> Outputs {
        self.presence.learn(&fields);
        self.initialize_now(fields)
    }

    /// INITIALIZED with log-in and availability as they are now, then what has waited for it.
    fn initialize_now(&mut self, mut fields: Map) -> Outputs {
        self.presence.tell(&mut fields);
        let mut outputs: Outputs = self.post("INITIALIZED", Some(Value::Map(fields))).into_iter().collect();
        outputs.extend(self.release(|_| true));
        outputs
    }

    /// Posts what has waited, those that may go now.
    fn release(&mut self, may_go: fn(&str) -> bool) -> Outputs {
        let waiting = std::mem::take(&mut self.queue);
        let mut outputs = Vec::new();
        for (kind, data) in waiting {
            if may_go(&kind) {
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

/// Whether a message speaks of a call. Those mean nothing to a host that does not know the phone yet; an error, a size or a
/// new address does.
fn is_of_a_call(kind: &str) -> bool {
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
