use super::{
    Ignored, Incoming, MAX_QUEUED, Output, SendError, SessionState,
    envelope::{Envelope, HANDSHAKE, Ids, message},
};
use crate::{
    codec::{Map, Payload, Value},
    message::{GuestMessage, Message, Sync},
    origin::Origin,
};

/// How long the host waits for SYNC_ACK, in milliseconds.
const HANDSHAKE_TIMEOUT: f64 = 30_000.0;

/// What a host session reports to the embedding page.
#[derive(Debug, Clone, PartialEq)]
pub enum HostEvent {
    /// The handshake is complete. Raised again after the frame was reloaded or has changed its URL.
    Ready {
        /// Whether the guest wants every message logged at the console's default level.
        debug_mode: bool,
        /// The version of the guest's SDK; absent when SYNC_ACK has none.
        version: Option<String>,
    },
    /// A message of a known type.
    Message(GuestMessage),
    /// A message of a type that this crate does not know. The session has answered it.
    Unknown {
        /// The type.
        kind: String,
        /// The whole message.
        message: Value,
    },
    /// The guest did not answer within 30 s. The handshake starts again when the frame loads again.
    SyncAckFailed,
    /// The session with the guest has ended, because the frame was reloaded or changes its URL.
    Lost,
    /// The guest has asked for another URL. It uses http or https; the page must load it into the frame.
    Moves {
        /// The whole URL.
        url: String,
    },
}

/// The configuration of a [`HostSession`].
#[derive(Debug)]
pub struct HostConfig {
    /// Distinguishes this page from any other: letters and digits, for example a time and a random number.
    pub seed: String,
    /// The origin of this page, sent as `hostUrl`.
    pub own_origin: String,
    /// The origin of the frame's URL. Messages are sent to it and accepted from it only.
    pub guest: Origin,
    /// Further fields of SYNC. `host_url` is replaced by `own_origin`.
    pub sync: Sync,
}

/// The embedding page's side of a session.
///
/// ```
/// use calling_extensions::codec::{Map, Value};
/// use calling_extensions::message::Sync;
/// use calling_extensions::origin::Origin;
/// use calling_extensions::session::{HostConfig, HostEvent, HostSession, Incoming, Output};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let widget = "https://widget.example";
/// let mut session = HostSession::new(HostConfig {
///     seed: "1".into(),
///     own_origin: "https://crm.example".into(),
///     guest: Origin::parse(widget).ok_or("not an origin")?,
///     sync: Sync::default(),
/// });
/// let Some(Output::Post { message: sync, .. }) = session.frame_loaded(0.0).pop() else {
///     return Err("no SYNC".into());
/// };
/// assert_eq!(sync.get("hostUrl"), Some(&"https://crm.example".into()));
///
/// let mut answer: Map = sync.as_map().cloned().unwrap_or_default();
/// answer.set("type", "SYNC_ACK");
/// answer.set("iFrameUrl", widget);
/// let outputs = session.receive(&Incoming {
///     origin: widget,
///     from_peer: true,
///     read: &|| Ok(Value::Map(answer.clone())),
/// });
/// assert!(outputs.contains(&Output::Raise(HostEvent::Ready { debug_mode: false, version: None })));
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct HostSession {
    config: HostConfig,
    ids: Ids,
    state: SessionState,
    /// When the frame loaded, in milliseconds; absent while it is loading.
    loaded_at: Option<f64>,
    /// The messages that wait for the handshake, oldest first.
    queue: Vec<(String, Option<Value>)>,
}

type Outputs = Vec<Output<HostEvent>>;

impl HostSession {
    /// Creates a session that waits for its frame to load.
    pub fn new(config: HostConfig) -> Self {
        HostSession {
            ids: Ids::new(&config.seed),
            config,
            state: SessionState::Waiting,
            loaded_at: None,
            queue: Vec::new(),
        }
    }

    /// The state of the session.
    pub fn state(&self) -> SessionState {
        self.state
    }

    /// The origin of the guest.
    pub fn guest(&self) -> &Origin {
        &self.config.guest
    }

    /// Whether [`HostSession::tick`] must be called.
    pub fn is_syncing(&self) -> bool {
        self.state == SessionState::Waiting && self.loaded_at.is_some()
    }

    /// Sets the further fields of the next SYNC. `host_url` is ignored.
    pub fn set_sync(&mut self, sync: Sync) {
        // SYNC gets the host's own address first, and these fields do not replace it.
        self.config.sync = sync;
    }

    /// The frame has loaded, for the first time or again: the handshake starts. `now` is in milliseconds, as for
    /// [`HostSession::tick`].
    pub fn frame_loaded(&mut self, now: f64) -> Outputs {
        let mut outputs = self.end_session();
        self.ids.start_instance();
        self.loaded_at = Some(now);
        outputs.push(self.sync());
        outputs
    }

    /// Sends SYNC again, or reports the timeout. To be called every 100 ms while [`HostSession::is_syncing`].
    pub fn tick(&mut self, now: f64) -> Outputs {
        match self.loaded_at {
            Some(loaded_at) if self.state == SessionState::Waiting => {
                if now - loaded_at > HANDSHAKE_TIMEOUT {
                    self.state = SessionState::Closed;
                    self.queue.clear();
                    vec![Output::Raise(HostEvent::SyncAckFailed)]
                } else {
                    vec![self.sync()]
                }
            }
            _ => Vec::new(),
        }
    }

    /// Handles a message that the window received.
    pub fn receive(&mut self, incoming: &Incoming) -> Outputs {
        self.handle(incoming).unwrap_or_else(|reason| vec![Output::Ignored(reason)])
    }

    /// Sends a message to the guest, now or after the handshake.
    ///
    /// # Errors
    /// [`SendError`] when the message can be neither sent nor queued.
    pub fn send(&mut self, kind: &str, data: Option<Value>) -> Result<Outputs, SendError> {
        if HANDSHAKE.contains(&kind) {
            return Err(SendError::Reserved);
        }
        match self.state {
            SessionState::Ready => Ok(vec![self.post(kind, data)]),
            SessionState::Closed => Err(SendError::Closed),
            SessionState::Waiting if self.queue.len() >= MAX_QUEUED => Err(SendError::QueueFull),
            SessionState::Waiting => {
                self.queue.push((kind.to_owned(), data));
                Ok(Vec::new())
            }
        }
    }

    fn handle(&mut self, incoming: &Incoming) -> Result<Outputs, Ignored> {
        if !incoming.from_peer {
            return Err(Ignored::OtherWindow);
        }
        if Origin::parse(incoming.origin).as_ref() != Some(&self.config.guest) {
            return Err(Ignored::OtherOrigin);
        }
        let envelope = Envelope::read(incoming, &self.ids)?;
        if envelope.kind == "SYNC_ACK" {
            return self.complete_handshake(&envelope);
        }
        if self.state != SessionState::Ready {
            return Err(Ignored::BeforeHandshake);
        }
        if envelope.is_handshake() {
            return Err(Ignored::Misplaced);
        }
        if envelope.kind == "SET_WIDGET_URL" {
            return Ok(self.change_url(&envelope));
        }
        Ok(match GuestMessage::decode(&envelope.kind, envelope.data()) {
            Some(message) => vec![Output::Raise(HostEvent::Message(message))],
            None => {
                let answer = Output::AnswerUnknown { message_id: self.ids.next(), to: self.config.guest.clone() };
                let message = Value::Map(envelope.fields);
                vec![answer, Output::Raise(HostEvent::Unknown { kind: envelope.kind, message })]
            }
        })
    }

    fn complete_handshake(&mut self, answer: &Envelope) -> Result<Outputs, Ignored> {
        if !self.is_syncing() || !self.ids.is_current(answer.instance()) {
            return Err(Ignored::Misplaced);
        }
        match answer.fields.get("iFrameUrl") {
            None | Some(Value::Null) => {}
            Some(Value::Text(url)) if Origin::of_url(url).as_ref() == Some(&self.config.guest) => {}
            Some(_) => return Err(Ignored::ForeignAddress),
        }
        self.state = SessionState::Ready;
        let mut outputs = vec![Output::Raise(HostEvent::Ready {
            debug_mode: answer.fields.get("debugMode").and_then(Value::read).unwrap_or(false),
            version: answer.fields.get("version").and_then(Value::read),
        })];
        for (kind, data) in std::mem::take(&mut self.queue) {
            outputs.push(self.post(&kind, data));
        }
        Ok(outputs)
    }

    /// Handles SET_WIDGET_URL. READY follows after the handshake with the new URL. The npm package sends the URL in `data`, but
    /// some hosts expect it at the top level; both are read.
    fn change_url(&mut self, envelope: &Envelope) -> Outputs {
        let candidates = [envelope.data().and_then(|data| data.get("iFrameUrl")), envelope.fields.get("iFrameUrl")];
        let url = candidates.into_iter().flatten().find_map(Value::as_text).unwrap_or_default();
        let mut data = Map::new();
        data.set("iFrameUrl", url);
        let data = Value::Map(data);
        let message = GuestMessage::decode("SET_WIDGET_URL", Some(&data)).map(HostEvent::Message);
        let mut outputs: Outputs = message.map(Output::Raise).into_iter().collect();
        // Only http and https URLs have an origin here: a `javascript:` URL must never be loaded.
        match Origin::of_url(url) {
            Some(origin) => {
                outputs.extend(self.end_session());
                self.config.guest = origin;
                outputs.push(Output::Raise(HostEvent::Moves { url: url.to_owned() }));
            }
            None => outputs.push(self.post("SET_WIDGET_URL_FAILED", Some(data))),
        }
        outputs
    }

    fn end_session(&mut self) -> Outputs {
        let was_ready = self.state == SessionState::Ready;
        self.state = SessionState::Waiting;
        self.loaded_at = None;
        if was_ready { vec![Output::Raise(HostEvent::Lost)] } else { Vec::new() }
    }

    fn sync(&mut self) -> Output<HostEvent> {
        let mut message = Map::new();
        message.set("type", "SYNC");
        message.set("messageId", self.ids.next());
        message.set("hostUrl", self.config.own_origin.as_str());
        message.add_missing(&self.config.sync.to_map());
        Output::Post { message: Value::Map(message), to: self.config.guest.clone() }
    }

    fn post(&mut self, kind: &str, data: Option<Value>) -> Output<HostEvent> {
        Output::Post { message: message(kind, &self.ids.next(), data), to: self.config.guest.clone() }
    }
}
