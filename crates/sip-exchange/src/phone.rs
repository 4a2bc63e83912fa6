//! The remote control of baresip, over its module `ctrl_tcp`.

use crate::{
    accounts::{DESK, DOMAIN},
    error::{Error, Result},
    monitor::Monitor,
    netstring,
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    net::Ipv4Addr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{Mutex as AsyncMutex, watch},
};

/// How long an answer or an event may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Something that happened at the phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// As baresip names it: `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, `CALL_DTMF_START`, …
    pub kind: String,
    /// The address of the other side, empty when the event is about no call.
    pub peer: String,
    /// What the event is about: a digit, a reason.
    pub parameter: String,
}

/// The phone. It is one connection: the phone accepts no second one.
pub struct Phone {
    writer: AsyncMutex<OwnedWriteHalf>,
    shared: Arc<Shared>,
    /// How many commands were sent, and how many events were returned by [`Phone::next`].
    sent: Mutex<u64>,
    read: Mutex<usize>,
    monitor: nix::Result<Monitor>,
}

#[derive(Default)]
struct State {
    events: Vec<Event>,
    responses: HashMap<String, Response>,
}

struct Response {
    ok: bool,
    data: String,
}

struct Shared {
    state: Mutex<State>,
    changes: watch::Sender<u64>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn listen(&self, mut reader: OwnedReadHalf) {
        let (mut received, mut buffer) = (Vec::new(), [0; 4096]);
        while let Ok(count @ 1..) = reader.read(&mut buffer).await {
            received.extend_from_slice(&buffer[..count]);
            while let Ok(Some(text)) = netstring::take(&mut received) {
                if let Ok(message) = serde_json::from_slice(&text) {
                    self.on_message(&message);
                }
            }
        }
    }

    fn on_message(&self, message: &Value) {
        let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
        let mut state = self.state();
        if message["response"] == true {
            let response = Response { ok: message["ok"] == true, data: text("data") };
            state.responses.insert(text("token"), response);
        } else if message["type"] != "CALL_RTCP" {
            state.events.push(Event { kind: text("type"), peer: text("peeruri"), parameter: text("param") });
        }
        drop(state);
        self.changes.send_modify(|count| *count += 1);
    }
}

impl Phone {
    /// Connects to the phone that listens at this port, and receives audio at those.
    pub(crate) async fn connect(port: u16, audio: (u16, u16)) -> std::io::Result<Self> {
        let (reader, writer) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?.into_split();
        let shared = Arc::new(Shared { state: Mutex::default(), changes: watch::channel(0).0 });
        let listener = shared.clone();
        tokio::spawn(async move { listener.listen(reader).await });
        Ok(Self {
            writer: AsyncMutex::new(writer),
            shared,
            sent: Mutex::new(0),
            read: Mutex::new(0),
            monitor: Monitor::start(audio),
        })
    }

    /// Runs a command of baresip, and returns what it prints.
    ///
    /// # Errors
    /// When it fails, or there is no answer.
    pub async fn command(&self, command: &str, parameters: &str) -> Result<String> {
        let token = {
            let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
            *sent += 1;
            sent.to_string()
        };
        let text = json!({"command": command, "params": parameters, "token": token}).to_string();
        let fail = |why: String| Error::Phone(format!("{command} {parameters}: {why}"));
        let written = self.writer.lock().await.write_all(netstring::encode(&text).as_bytes()).await;
        written.map_err(|error| fail(error.to_string()))?;
        let response = self.wait(|state| state.responses.remove(&token)).await;
        match response.map_err(|()| fail("there is no response".to_owned()))? {
            Response { ok: true, data } => Ok(data),
            Response { data, .. } => Err(fail(data)),
        }
    }

    /// Calls a number or a user of the exchange.
    ///
    /// # Errors
    /// When the phone refuses.
    pub async fn dial(&self, to: &str) -> Result<()> {
        // With several accounts the phone calls with the current one.
        self.command("uafind", &format!("sip:{}@{DOMAIN}", DESK.user)).await?;
        self.command("dial", &format!("sip:{to}@{DOMAIN}")).await.map(drop)
    }

    /// Answers the call that rings.
    ///
    /// # Errors
    /// When the phone refuses.
    pub async fn answer(&self) -> Result<()> {
        self.command("accept", "").await.map(drop)
    }

    /// Ends the current call, or rejects it while it rings.
    ///
    /// # Errors
    /// When the phone refuses.
    pub async fn hang_up(&self) -> Result<()> {
        self.command("hangup", "").await.map(drop)
    }

    /// Puts the other side on hold, or resumes.
    ///
    /// # Errors
    /// When the phone refuses.
    pub async fn hold(&self, on: bool) -> Result<()> {
        self.command(if on { "hold" } else { "resume" }, "").await.map(drop)
    }

    /// The next event of this kind. Others before it are skipped.
    ///
    /// # Errors
    /// When there is none within 15 seconds.
    pub async fn next(&self, kind: &str) -> Result<Event> {
        let start = *self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let found = self
            .wait(|state| {
                let at = state.events.iter().skip(start).position(|event| event.kind == kind)?;
                Some((start + at + 1, state.events[start + at].clone()))
            })
            .await;
        match found {
            Ok((read, event)) => {
                *self.read.lock().unwrap_or_else(PoisonError::into_inner) = read;
                Ok(event)
            }
            Err(()) => {
                let since: Vec<_> = self.events().into_iter().skip(start).collect();
                Err(Error::Phone(format!("no {kind}, but {since:?}")))
            }
        }
    }

    /// All events so far.
    pub fn events(&self) -> Vec<Event> {
        self.shared.state().events.clone()
    }

    /// The digits that were received since the phone was started.
    pub fn digits(&self) -> String {
        digits_in(&self.shared.state())
    }

    /// Waits until these digits have been received.
    ///
    /// # Errors
    /// When that takes longer than 15 seconds.
    pub async fn receives_digits(&self, digits: &str) -> Result<()> {
        let arrived = self.wait(|state| (digits_in(state) == digits).then_some(())).await;
        arrived.map_err(|()| Error::Phone(format!("it received the digits {:?}, not {digits:?}", self.digits())))
    }

    /// Waits until the phone receives something that can be heard, from now on.
    ///
    /// # Errors
    /// When it does not within 15 seconds.
    pub async fn hears_voice(&self) -> Result<()> {
        self.hears_voice_within(TIMEOUT).await
    }

    /// As [`hears_voice`](Self::hears_voice), with a limit for what takes its time, such as a connection that is made again.
    ///
    /// # Errors
    /// When it does not within the limit.
    pub async fn hears_voice_within(&self, limit: Duration) -> Result<()> {
        let monitor = self.monitor()?;
        let heard = tokio::time::timeout(limit, monitor.voice()).await;
        heard.map_err(|_| Error::Phone(format!("it hears no voice; it received {} frames so far", monitor.frames())))
    }

    /// Waits until the phone has received nothing that can be heard for 1.5 seconds from now on.
    ///
    /// # Errors
    /// When that has not happened within 15 seconds.
    pub async fn hears_silence(&self) -> Result<()> {
        let silent = tokio::time::timeout(TIMEOUT, self.monitor()?.silence()).await;
        silent.map_err(|_| Error::Phone("it goes on to hear something".to_owned()))
    }

    fn monitor(&self) -> Result<&Monitor> {
        self.monitor.as_ref().map_err(|error| Error::Phone(format!("its audio cannot be monitored: {error}")))
    }

    /// Waits until something can be taken out of the state.
    async fn wait<T>(&self, mut take: impl FnMut(&mut State) -> Option<T>) -> std::result::Result<T, ()> {
        let mut changes = self.shared.changes.subscribe();
        let waiting = async {
            loop {
                if let Some(found) = take(&mut self.shared.state()) {
                    return Ok(found);
                }
                changes.changed().await.map_err(|_| ())?;
            }
        };
        tokio::time::timeout(TIMEOUT, waiting).await.map_err(|_| ())?
    }
}

fn digits_in(state: &State) -> String {
    state.events.iter().filter(|event| event.kind == "CALL_DTMF_START").map(|event| event.parameter.as_str()).collect()
}
