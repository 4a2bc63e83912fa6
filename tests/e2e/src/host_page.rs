//! A host page in the browser: what it sends, and everything that it receives.

use crate::frame::Frame;
use crate::test_harness::TestHarness;
use crate::transcript::{Direction, Entry};
use crate::wait::{DEFAULT_TIMEOUT, until};
use serde_json::{Value, json};
use std::cell::Cell;
use std::fmt::Write;
use std::time::Duration;

/// The id of the frame in the npm package and in HubSpot.
pub const GUEST: &str = "#hubspot-calling-extension-iframe";

/// How to open a host page.
#[derive(Clone, Debug)]
pub struct HostPage {
    /// Where the page is served from: `http://localhost:PORT`, or a name that the browser maps.
    pub origin: String,
    /// The guest's whole URL.
    pub guest: String,
    /// The fields of SYNC besides `hostUrl`.
    pub sync: Value,
    /// At most so many SYNCs until [`Host::release_sync`]; without a number the SDK decides.
    pub syncs: Option<u32>,
    /// Of the frame, in pixels.
    pub size: (u32, u32),
}

impl HostPage {
    /// The page's address. Its query contains the settings.
    pub fn url(&self) -> String {
        let mut url = format!("{}/pages/npm-host.html?src={}", self.origin, encode(&self.guest));
        let _ = write!(url, "&sync={}", encode(&self.sync.to_string()));
        let _ = write!(url, "&width={}px&height={}px", self.size.0, self.size.1);
        if let Some(most) = self.syncs {
            let _ = write!(url, "&syncs={most}");
        }
        url
    }

    /// With the frame in the navigation bar, for an app that opens its calling window itself.
    pub fn remote(mut self) -> Self {
        self.sync = json!({
            "portalId": 62515, "userId": 7, "iframeLocation": "remote", "usesCallingWindow": false,
        });
        self
    }

    /// The page that is already in the current window.
    pub fn opened(self, harness: &TestHarness) -> Host<'_> {
        Host { harness, page: self, read: Cell::new(0), probes: Cell::new(0) }
    }

    /// Loads the page in the current window; does not wait for the handshake.
    pub async fn open(self, harness: &TestHarness) -> Host<'_> {
        harness.driver().goto(self.url()).await.expect("the host page loads");
        self.opened(harness)
    }
}

/// An open host page.
///
/// [`Host::next`] is the next message that the guest sends, of any type.
pub struct Host<'a> {
    pub harness: &'a TestHarness,
    page: HostPage,
    read: Cell<usize>,
    probes: Cell<usize>,
}

impl<'a> Host<'a> {
    /// What is inside the frame.
    pub fn guest(&self) -> Frame<'a> {
        Frame::new(self.harness, Some(GUEST))
    }

    /// Any frame of the page.
    pub fn frame(&self, selector: &'a str) -> Frame<'a> {
        Frame::new(self.harness, Some(selector))
    }

    /// Runs a script in the host's window.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.harness.enter_top().await;
        match self.harness.driver().execute(script, arguments).await {
            Ok(answer) => answer.json().clone(),
            Err(error) => panic!("a script in the host page failed: {error}\n{script}"),
        }
    }

    /// All messages so far. They are transferred as text, because the driver would change large numbers.
    pub async fn transcript(&self) -> Vec<Entry> {
        let lines = self.run("return JSON.stringify(window.transcript ?? []);", vec![]).await;
        let lines: Vec<Value> = serde_json::from_str(lines.as_str().unwrap_or("[]")).expect("a transcript is JSON");
        lines.iter().map(Entry::read).collect()
    }

    /// The SDK on this page posts a message to the guest.
    pub async fn send(&self, kind: &str, data: Value) {
        let arguments = vec![json!(kind), json!(data.to_string())];
        self.run("manager.sendMessage({type: arguments[0], data: JSON.parse(arguments[1])});", arguments).await;
    }

    /// Posts a value without the SDK; `value` is a JavaScript expression.
    pub async fn post(&self, value: &str) {
        let script = format!("document.querySelector('iframe').contentWindow.postMessage({value}, arguments[0]);");
        let origin = guest_origin(&self.page.guest);
        self.run(&script, vec![json!(origin)]).await;
    }

    /// Sets the size of the frame, in CSS pixels, and waits until its page has it.
    pub async fn resize(&self, (width, height): (u32, u32)) {
        let resize = "const frame = document.querySelector('iframe'); [frame.width, frame.height] = arguments;";
        self.run(resize, vec![json!(width), json!(height)]).await;
        until(&format!("a frame of {width} by {height} pixels"), DEFAULT_TIMEOUT, async || {
            let size = self.guest().try_run("return [innerWidth, innerHeight];", vec![]).await?;
            if size == json!([width, height]) { Ok(()) } else { Err(format!("it has {size}")) }
        })
        .await;
    }

    /// Waits for the end of the handshake, and returns the guest's INITIALIZED.
    pub async fn initialized(&self) -> Value {
        self.next("READY").await;
        self.next("INITIALIZED").await
    }

    /// Reloads the host page.
    pub async fn reload(&self) {
        self.harness.driver().refresh().await.expect("the host page loads again");
        self.read.set(0);
    }

    /// Loads the page, after the tab has shown another one.
    pub async fn load(&self) {
        self.harness.driver().goto(self.page.url()).await.expect("the host page loads");
        self.read.set(0);
    }

    /// Starts a second host on the same page, which takes over the running frame.
    pub async fn second_instance(&self) {
        self.run("startHost(document.querySelector('iframe'));", vec![]).await;
    }

    /// The next message of the guest that reached the handler. RESIZE_WIDGET is skipped, as it has a test of
    /// its own, and so are the answers to [`Host::flush`].
    ///
    /// # Panics
    /// When there is none in time, or when it is not of this type.
    pub async fn next(&self, kind: &str) -> Value {
        self.next_within(kind, DEFAULT_TIMEOUT).await
    }

    /// As [`Host::next`], with another time limit.
    pub async fn next_within(&self, kind: &str, limit: Duration) -> Value {
        let message = until(&format!("{kind} at the host"), limit, async || {
            let seen = self.handled().await;
            let mut at = self.read.get();
            while seen.get(at).is_some_and(is_skipped) {
                at += 1;
            }
            let message = seen.get(at).cloned().ok_or_else(|| format!("it received only {}", summary(&seen)))?;
            self.read.set(at + 1);
            Ok(message)
        })
        .await;
        assert_eq!(message["type"], kind, "the next message at the host is another one: {message}");
        message
    }

    /// Asserts that the guest sends nothing more: its next message is the answer to a message of an unknown type.
    pub async fn nothing_more(&self) {
        let probe = format!("PROBE_{}", self.probes.replace(self.probes.get() + 1));
        self.send(&probe, json!({})).await;
        let answer = self.next("ERROR").await;
        assert_eq!(answer["data"]["type"], "UNKNOWN_MESSAGE_TYPE", "{answer}");
        assert_eq!(answer["data"]["data"]["originalMessage"]["type"], probe.as_str(), "{answer}");
    }

    /// Waits for the answer to a message of an unknown type: everything that the guest sent before it is then in the transcript. Unlike
    /// [`Host::nothing_more`] it does not change what [`Host::next`] returns.
    pub async fn flush(&self) {
        let answers = self.count(Direction::Handled, "ERROR").await;
        self.send("FLUSH", json!({})).await;
        self.wait_for(answers + 1, Direction::Handled, "ERROR").await;
    }

    /// Waits until this many lines of the transcript are of this kind.
    pub async fn wait_for(&self, count: usize, direction: Direction, kind: &str) -> Vec<Entry> {
        until(&format!("{count} times {kind} ({direction:?})"), DEFAULT_TIMEOUT, async || {
            let mut lines = self.transcript().await;
            lines.retain(|line| line.direction == direction && line.kind() == kind);
            if lines.len() >= count { Ok(lines) } else { Err(format!("there were {}", lines.len())) }
        })
        .await
    }

    /// How many lines of the transcript are of this kind.
    pub async fn count(&self, direction: Direction, kind: &str) -> usize {
        let lines = self.transcript().await;
        lines.iter().filter(|line| line.direction == direction && line.kind() == kind).count()
    }

    /// Ends the limit on the number of SYNCs.
    pub async fn release_sync(&self) {
        self.run("releaseSync();", vec![]).await;
    }

    /// Messages that reached the SDK's handler.
    async fn handled(&self) -> Vec<Value> {
        let lines = self.transcript().await;
        lines.into_iter().filter(|line| line.direction == Direction::Handled).map(|line| line.message).collect()
    }
}

fn is_skipped(message: &Value) -> bool {
    message["type"] == "RESIZE_WIDGET" || message["data"]["data"]["originalMessage"]["type"] == "FLUSH"
}

fn summary(messages: &[Value]) -> String {
    let kinds: Vec<_> = messages.iter().map(|message| message["type"].to_string()).collect();
    format!("[{}]", kinds.join(", "))
}

fn guest_origin(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

/// Percent-encodes one value of a query.
pub fn encode(text: &str) -> String {
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
