use super::{
    Ignored, Incoming, MAX_QUEUED, Output, Phase, SendError,
    envelope::{Envelope, HANDSHAKE, Ids, message},
};
use crate::{
    codec::{Map, Payload, Value},
    message::{GuestMessage, Message, Sync},
    origin::Origin,
};

/// How long the host waits for SYNC_ACK, in milliseconds.
const PATIENCE: f64 = 30_000.0;

/// What the guest did, for the host.
#[derive(Debug, Clone, PartialEq)]
pub enum HostEvent {
    /// Both sides have shaken hands. Comes again when the frame has been loaded anew or has moved.
    Ready {
        /// Whether the guest wants every message logged where everybody sees it.
        debug_mode: bool,
        /// The version of the SDK that the guest says it has; absent when it says none.
        version: Option<String>,
    },
    /// A message of a known type.
    Message(GuestMessage),
    /// A message of a type that is not known here. The guest has its answer already.
    Unknown {
        /// The type.
        kind: String,
        /// The whole message.
        message: Value,
    },
    /// The guest did not answer for 30 s. A frame that loads later starts over.
    SyncAckFailed,
    /// The guest that was there is gone: the frame loads anew, or moves.
    Lost,
    /// The guest asked to be loaded from this address, and it is http or https.
    Moves {
        /// The whole URL.
        url: String,
    },
}

/// What a host's session needs to know.
pub struct HostConfig {
    /// Tells this page's life from every other's: letters and digits, best a time and a random number.
    pub seed: String,
    /// The origin of this page as the browser tells it: `hostUrl`.
    pub own_origin: String,
    /// The origin of the frame's address. Messages go there and come from there alone.
    pub guest: Origin,
    /// What SYNC says besides; `host_url` is filled in.
    pub sync: Sync,
}

/// The embedding page's side of the conversation.
pub struct HostSession {
    config: HostConfig,
    ids: Ids,
    phase: Phase,
    /// When the frame has loaded; absent while it loads.
    loaded: Option<f64>,
    queue: Vec<(String, Option<Value>)>,
}

type Outputs = Vec<Output<HostEvent>>;

impl HostSession {
    /// A session that waits for its frame to load.
    pub fn new(config: HostConfig) -> Self {
        HostSession { ids: Ids::new(&config.seed), config, phase: Phase::Waiting, loaded: None, queue: Vec::new() }
    }

    /// How far it is.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The origin where the guest is, or is expected.
    pub fn guest(&self) -> &Origin {
        &self.config.guest
    }

    /// Whether [`HostSession::tick`] has something to do.
    pub fn is_syncing(&self) -> bool {
        self.phase == Phase::Waiting && self.loaded.is_some()
    }

    /// What the next SYNC says besides; `host_url` is filled in.
    pub fn set_sync(&mut self, sync: Sync) {
        self.config.sync = Sync { host_url: None, ..sync };
    }

    /// The frame has loaded, for the first time or again: whoever is in it now has to shake hands.
    pub fn frame_loaded(&mut self, now: f64) -> Outputs {
        let mut outputs = self.lose();
        self.ids.renew();
        self.loaded = Some(now);
        outputs.push(self.sync());
        outputs
    }

    /// To be called every 100 ms while [`HostSession::is_syncing`].
    pub fn tick(&mut self, now: f64) -> Outputs {
        match self.loaded {
            Some(loaded) if self.phase == Phase::Waiting => {
                if now - loaded > PATIENCE {
                    self.phase = Phase::Lost;
                    self.queue.clear();
                    vec![Output::Raise(HostEvent::SyncAckFailed)]
                } else {
                    vec![self.sync()]
                }
            }
            _ => Vec::new(),
        }
    }

    /// Takes a message that the window received.
    pub fn receive(&mut self, incoming: &Incoming) -> Outputs {
        self.take(incoming).unwrap_or_else(|why| vec![Output::Ignored(why)])
    }

    /// Says something to the guest: now, or when it has shaken hands.
    ///
    /// # Errors
    /// [`SendError`] when it goes nowhere; nothing is kept of it then.
    pub fn send(&mut self, kind: &str, data: Option<Value>) -> Result<Outputs, SendError> {
        if HANDSHAKE.contains(&kind) {
            return Err(SendError::Reserved);
        }
        match self.phase {
            Phase::Ready => Ok(vec![self.post(kind, data)]),
            Phase::Lost => Err(SendError::Closed),
            Phase::Waiting if self.queue.len() >= MAX_QUEUED => Err(SendError::QueueFull),
            Phase::Waiting => {
                self.queue.push((kind.to_owned(), data));
                Ok(Vec::new())
            }
        }
    }

    fn take(&mut self, incoming: &Incoming) -> Result<Outputs, Ignored> {
        if !incoming.from_peer {
            return Err(Ignored::OtherWindow);
        }
        if Origin::parse(incoming.origin).as_ref() != Some(&self.config.guest) {
            return Err(Ignored::OtherOrigin);
        }
        let envelope = Envelope::open(incoming, &self.ids)?;
        if envelope.kind == "SYNC_ACK" {
            return self.shake_hands(&envelope);
        }
        if self.phase != Phase::Ready {
            return Err(Ignored::BeforeHandshake);
        }
        if envelope.is_handshake() {
            return Err(Ignored::Misplaced);
        }
        if envelope.kind == "SET_WIDGET_URL" {
            return Ok(self.move_to(&envelope));
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

    fn shake_hands(&mut self, answer: &Envelope) -> Result<Outputs, Ignored> {
        if self.phase != Phase::Waiting || self.loaded.is_none() || !self.ids.is_present(&answer.instance()) {
            return Err(Ignored::Misplaced);
        }
        match answer.fields.get("iFrameUrl") {
            None | Some(Value::Null) => {}
            Some(Value::Text(url)) if Origin::of_url(url).as_ref() == Some(&self.config.guest) => {}
            Some(_) => return Err(Ignored::ForeignAddress),
        }
        self.phase = Phase::Ready;
        let mut outputs = vec![Output::Raise(HostEvent::Ready {
            debug_mode: answer.fields.get("debugMode").and_then(Value::read).unwrap_or(false),
            version: answer.fields.get("version").and_then(Value::read),
        })];
        for (kind, data) in std::mem::take(&mut self.queue) {
            outputs.push(self.post(&kind, data));
        }
        Ok(outputs)
    }

    /// The guest moves: READY comes when the new address has shaken hands. The npm package says the address in `data`, hosts
    /// of it have been seen to read it at the top level: either place will do.
    fn move_to(&mut self, envelope: &Envelope) -> Outputs {
        let places = [envelope.data().and_then(|data| data.get("iFrameUrl")), envelope.fields.get("iFrameUrl")];
        let url = places.into_iter().flatten().find_map(Value::as_text).unwrap_or_default();
        let mut data = Map::new();
        data.set("iFrameUrl", url);
        let data = Value::Map(data);
        let message = GuestMessage::decode("SET_WIDGET_URL", Some(&data)).map(HostEvent::Message);
        let mut outputs: Outputs = message.map(Output::Raise).into_iter().collect();
        // Only http and https have an origin here, so that no script is run by loading it.
        match Origin::of_url(url) {
            Some(origin) => {
                outputs.extend(self.lose());
                self.config.guest = origin;
                outputs.push(Output::Raise(HostEvent::Moves { url: url.to_owned() }));
            }
            None => outputs.push(self.post("SET_WIDGET_URL_FAILED", Some(data))),
        }
        outputs
    }

    fn lose(&mut self) -> Outputs {
        let was_ready = self.phase == Phase::Ready;
        self.phase = Phase::Waiting;
        self.loaded = None;
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
