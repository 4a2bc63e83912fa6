use crate::{HUBSPOT, Side, Transcript, WIDGET, line};
use calling_extensions::{
    codec::{Payload, Value},
    message::{GuestMessage, Message, Sync},
    origin::{AllowedOrigins, Origin},
    session::{
        Event, GuestConfig, GuestSession, HostConfig, HostEvent, HostSession, Incoming, Output, SendError,
        unknown_type_error,
    },
};
use serde_json::{Value as Json, json};

/// Between two SYNCs, in milliseconds.
const SYNC_INTERVAL: f64 = 100.0;

/// The outputs of our session for each step.
pub fn run(transcript: &Transcript) -> Vec<Vec<String>> {
    match transcript.side {
        Side::Guest => {
            let mut session = GuestSession::new(GuestConfig {
                seed: "1".into(),
                own_origin: WIDGET.into(),
                allowed: AllowedOrigins::for_widget_at(WIDGET),
                debug_mode: false,
                framed: true,
            });
            transcript.steps.iter().map(|step| lines(step, guest(&mut session, step))).collect()
        }
        Side::Host => {
            let mut host = Host::new();
            transcript.steps.iter().map(|step| lines(step, host.step(step))).collect()
        }
    }
}

fn guest(session: &mut GuestSession, step: &Json) -> Vec<Json> {
    let outputs = if let Some((kind, data)) = sent(step) {
        // As the methods of `CallingExtensions` do: through the types.
        let message = GuestMessage::decode(&kind, data.as_ref());
        let data = message.map_or(data, |message| message.data());
        session.send(&kind, data)
    } else if let Some(message) = step.get("receive") {
        Ok(receive(step, message, HUBSPOT, |incoming| session.receive(incoming)))
    } else {
        Ok(vec![])
    };
    written(step, outputs, |event| match event {
        Event::Ready(ready) => {
            Some(json!({"raise": "message", "type": "READY", "data": to_json(&ready.to_map().into())}))
        }
        Event::Message(message) => {
            Some(json!({"raise": "message", "type": message.kind(), "data": message.data().as_ref().map(to_json)}))
        }
        Event::Failed { kind, .. } if kind == "FAILED" => None,
        Event::Failed { kind, data } => {
            Some(json!({"raise": "default", "type": format!("FAILED for {kind}"), "data": to_json(&data)}))
        }
        Event::Unknown { kind, message } => {
            Some(json!({"raise": "default", "type": kind, "data": message.get("data").map(to_json)}))
        }
    })
}

struct Host {
    session: HostSession,
    now: f64,
    next_sync: Option<f64>,
    last_sync: Json,
}

impl Host {
    fn new() -> Self {
        let guest = Origin::parse(WIDGET).expect("an origin");
        let config = HostConfig { seed: "1".into(), own_origin: HUBSPOT.into(), guest, sync: Sync::default() };
        Host { session: HostSession::new(config), now: 0.0, next_sync: None, last_sync: Json::Null }
    }

    fn step(&mut self, step: &Json) -> Vec<Json> {
        let outputs = if step.get("load").is_some() {
            self.next_sync = Some(self.now + SYNC_INTERVAL);
            Ok(self.session.frame_loaded(self.now))
        } else if let Some(milliseconds) = step.get("pass").and_then(Json::as_f64) {
            Ok(self.pass(milliseconds))
        } else if let Some((kind, data)) = sent(step) {
            self.session.send(&kind, data)
        } else if let Some(message) = step.get("receive") {
            let message = self.with_last_sync(message);
            Ok(receive(step, &message, WIDGET, |incoming| self.session.receive(incoming)))
        } else {
            Ok(vec![])
        };
        for output in outputs.iter().flatten() {
            if let Output::Post { message, .. } = output
                && message.get("type") == Some(&"SYNC".into())
            {
                self.last_sync = message.get("messageId").map(to_json).unwrap_or_default();
            }
        }
        written(step, outputs, |event| {
            let (raise, kind, data) = match event {
                HostEvent::Ready { .. } => ("message", "READY".to_owned(), None),
                HostEvent::Message(message) => ("message", message.kind().to_owned(), message.data()),
                HostEvent::Unknown { kind, message } => ("message", kind, message.get("data").cloned()),
                HostEvent::SyncAckFailed => ("message", "SYNC_ACK_FAILED".to_owned(), None),
                HostEvent::Lost => ("default", "LOST".to_owned(), None),
                HostEvent::Moves { url } => ("default", "MOVES".to_owned(), Some(url.into())),
            };
            Some(json!({"raise": raise, "type": kind, "data": data.as_ref().map(to_json)}))
        })
    }

    fn pass(&mut self, milliseconds: f64) -> Vec<Output<HostEvent>> {
        let until = self.now + milliseconds;
        let mut outputs = Vec::new();
        while let Some(at) = self.next_sync.filter(|at| *at <= until) {
            self.now = at;
            outputs.extend(self.session.tick(at));
            self.next_sync = self.session.is_syncing().then_some(at + SYNC_INTERVAL);
        }
        self.now = until;
        outputs
    }

    fn with_last_sync(&self, message: &Json) -> Json {
        let mut message = message.clone();
        if message.get("messageId") == Some(&"$sync".into()) {
            message["messageId"] = self.last_sync.clone();
        }
        message
    }
}

fn sent(step: &Json) -> Option<(String, Option<Value>)> {
    let message = step.get("send")?;
    Some((message.get("type")?.as_str()?.to_owned(), message.get("data").map(from_json)))
}

fn receive<E>(
    step: &Json,
    message: &Json,
    peer: &str,
    receive: impl FnOnce(&Incoming) -> Vec<Output<E>>,
) -> Vec<Output<E>> {
    receive(&Incoming {
        origin: step.get("from").and_then(Json::as_str).unwrap_or(peer),
        from_peer: step.get("foreign").is_none(),
        read: &|| Ok(from_json(message)),
    })
}

/// The outputs as `npm.js` writes them.
fn written<E>(step: &Json, outputs: Result<Vec<Output<E>>, SendError>, event: impl Fn(E) -> Option<Json>) -> Vec<Json> {
    let Ok(outputs) = outputs else { return vec![] };
    let write = |output| match output {
        Output::Post { message, to } => Some(json!({"post": to_json(&message), "to": to.as_str()})),
        Output::AnswerUnknown { message_id, to } => {
            let mut answer = to_json(&unknown_type_error(&message_id));
            answer["data"]["data"]["originalMessage"] = step.get("receive").cloned().unwrap_or_default();
            Some(json!({"post": answer, "to": to.as_str()}))
        }
        Output::Raise(raised) => event(raised),
        Output::Ignored(_) => None,
    };
    outputs.into_iter().filter_map(write).collect()
}

fn lines(_: &Json, outputs: Vec<Json>) -> Vec<String> {
    outputs
        .into_iter()
        .map(|mut output| {
            let id = output.get("post").and_then(|message| message["messageId"].as_str()).unwrap_or_default();
            if id.starts_with("rs1") {
                output["post"]["messageId"] = "<own>".into();
            }
            line(&output)
        })
        .collect()
}

fn to_json(value: &Value) -> Json {
    serde_json::to_value(value).expect("a value is JSON")
}

fn from_json(json: &Json) -> Value {
    serde_json::from_value(json.clone()).expect("JSON is a value")
}
