//! A host page in the browser: what it sends, and everything that it sees.

use crate::frame::Frame;
use crate::stage::Stage;
use crate::transcript::{Direction, Entry};
use crate::wait::{PATIENCE, until};
use serde_json::{Value, json};
use std::cell::Cell;
use std::fmt::Write;
use std::time::Duration;

/// How to open a host page.
#[derive(Clone, Debug)]
pub struct HostPage {
    /// Where the page is served from: `http://localhost:PORT`, or a name that the browser maps.
    pub origin: String,
    /// The guest's whole URL.
    pub guest: String,
    /// What SYNC carries beside its `hostUrl`.
    pub sync: Value,
    /// No SYNC until [`Host::release_sync`].
    pub hold_sync: bool,
    /// Of the frame, in pixels.
    pub size: (u32, u32),
}

impl HostPage {
    fn url(&self) -> String {
        let mut url = format!("{}/pages/npm-host.html?src={}", self.origin, encode(&self.guest));
        let _ = write!(url, "&sync={}", encode(&self.sync.to_string()));
        let _ = write!(url, "&width={}px&height={}px", self.size.0, self.size.1);
        if self.hold_sync {
            url.push_str("&hold");
        }
        url
    }

    /// Loads the page in the current window; does not wait for the handshake.
    pub async fn open(self, stage: &Stage) -> Host<'_> {
        stage.driver().goto(self.url()).await.expect("the host page loads");
        Host { stage, read: Cell::new(0), probes: Cell::new(0) }
    }
}

/// An open host page.
///
/// It is read like a conversation: [`Host::next`] is the next message that the guest says, whatever it is.
pub struct Host<'a> {
    pub stage: &'a Stage,
    read: Cell<usize>,
    probes: Cell<usize>,
}

impl<'a> Host<'a> {
    /// What is inside the frame.
    pub fn guest(&self) -> Frame<'a> {
        Frame::new(self.stage)
    }

    /// Runs a script in the host's window.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.stage.enter_top().await;
        match self.stage.driver().execute(script, arguments).await {
            Ok(answer) => answer.json().clone(),
            Err(error) => panic!("a script in the host page failed: {error}\n{script}"),
        }
    }

    /// Everything so far.
    pub async fn transcript(&self) -> Vec<Entry> {
        let lines = self.run("return window.transcript ?? [];", vec![]).await;
        lines.as_array().into_iter().flatten().map(Entry::read).collect()
    }

    /// The SDK on this page posts a message to the guest.
    pub async fn send(&self, kind: &str, data: Value) {
        self.run("manager.sendMessage({type: arguments[0], data: arguments[1]});", vec![json!(kind), data]).await;
    }

    /// The next message of the guest that reached the handler. RESIZE_WIDGET is passed over: how large the
    /// widget wants to be belongs to its looks, and has a test of its own.
    ///
    /// # Panics
    /// When there is none in time, or when it is not of this type.
    pub async fn next(&self, kind: &str) -> Value {
        self.next_within(kind, PATIENCE).await
    }

    /// As [`Host::next`], for what takes its time.
    pub async fn next_within(&self, kind: &str, limit: Duration) -> Value {
        let message = until(&format!("{kind} at the host"), limit, async || {
            let seen = self.handled().await;
            let mut at = self.read.get();
            while seen.get(at).is_some_and(|message| message["type"] == "RESIZE_WIDGET") {
                at += 1;
            }
            let message = seen.get(at).cloned().ok_or_else(|| format!("it saw only {}", summary(&seen)))?;
            self.read.set(at + 1);
            Ok(message)
        })
        .await;
        assert_eq!(message["type"], kind, "the next message at the host is another one: {message}");
        message
    }

    /// The guest has nothing more to say: a question that every guest answers is answered next.
    pub async fn nothing_more(&self) {
        let probe = format!("PROBE_{}", self.probes.replace(self.probes.get() + 1));
        self.send(&probe, json!({})).await;
        let answer = self.next("ERROR").await;
        assert_eq!(answer["data"]["type"], "UNKNOWN_MESSAGE_TYPE", "{answer}");
        assert_eq!(answer["data"]["data"]["originalMessage"]["type"], probe.as_str(), "{answer}");
    }

    /// Waits until this many lines of the transcript are of this kind.
    pub async fn wait_for(&self, count: usize, direction: Direction, kind: &str) -> Vec<Entry> {
        until(&format!("{count} times {kind} ({direction:?})"), PATIENCE, async || {
            let mut lines = self.transcript().await;
            lines.retain(|line| line.direction == direction && line.kind() == kind);
            if lines.len() >= count { Ok(lines) } else { Err(format!("there were {}", lines.len())) }
        })
        .await
    }

    /// How many lines of the transcript are of this kind by now.
    pub async fn count(&self, direction: Direction, kind: &str) -> usize {
        let lines = self.transcript().await;
        lines.iter().filter(|line| line.direction == direction && line.kind() == kind).count()
    }

    /// Ends what `hold_sync` began.
    pub async fn release_sync(&self) {
        self.run("releaseSync();", vec![]).await;
    }

    /// The page was loaded anew, or a new conversation begins: read from its first message.
    pub fn from_the_start(&self) {
        self.read.set(0);
    }

    async fn handled(&self) -> Vec<Value> {
        let lines = self.transcript().await;
        lines.into_iter().filter(|line| line.direction == Direction::Handled).map(|line| line.message).collect()
    }
}

fn summary(messages: &[Value]) -> String {
    let kinds: Vec<_> = messages.iter().map(|message| message["type"].to_string()).collect();
    format!("[{}]", kinds.join(", "))
}

/// For one value in a query.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(byte.into()),
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}
