//! The example pages of the SDK, `minimal/` and `host/`: they log each message, and send the one in their text area.

use crate::frame::Frame;
use crate::wait::{DEFAULT_TIMEOUT, until};
use serde_json::Value;

impl Frame<'_> {
    /// The lines of the example page's log.
    pub async fn log(&self) -> Vec<LogLine> {
        let script = "return JSON.stringify([...document.querySelectorAll('#log > li')].map(line =>
            ({flow: line.dataset.flow, kind: line.dataset.type, origin: line.dataset.origin, text: line.textContent})));";
        let lines = self.try_run(script, vec![]).await.unwrap_or_default();
        let lines: Vec<Value> = serde_json::from_str(lines.as_str().unwrap_or("[]")).expect("a log is JSON");
        lines.iter().map(LogLine::read).collect()
    }

    /// Waits until the example page's log has this many lines of this flow and message type.
    pub async fn see_log(&self, count: usize, flow: &str, kind: &str) -> Vec<LogLine> {
        until(&format!("{count} lines {flow} {kind} in the page's log"), DEFAULT_TIMEOUT, async || {
            let all = self.log().await;
            let found: Vec<_> = all.iter().filter(|line| line.flow == flow && line.kind == kind).cloned().collect();
            if found.len() >= count { Ok(found) } else { Err(format!("there are {} of {all:?}", found.len())) }
        })
        .await
    }

    /// Has the example page send this message: it goes into the page's text area, and its button is clicked.
    pub async fn send_message(&self, message: &Value) {
        let script = "document.querySelector('#message').value = arguments[0];";
        self.run(script, vec![Value::from(message.to_string())]).await;
        self.click("#sendmessage").await;
    }
}

/// A line of an example page's log.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// `in`, `out`, `ignored`, `event` or `error`.
    pub flow: String,
    /// The message's type.
    pub kind: String,
    pub origin: String,
    /// The message as JSON, or a short text.
    pub text: String,
}

impl LogLine {
    fn read(value: &Value) -> Self {
        let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Self { flow: field("flow"), kind: field("kind"), origin: field("origin"), text: field("text") }
    }

    /// The message that the line shows.
    ///
    /// # Panics
    /// When it shows none.
    pub fn message(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no message in {self:?}"))
    }
}
