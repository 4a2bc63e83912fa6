//! Feeds the same transcripts to the npm package and to `calling-extensions`, and compares what each posts and raises.
//!
//! Every difference is listed in `differences.toml` with its reason; `tests/differential.rs` keeps the list true. The package runs in node,
//! with the windows of `npm.js`; our sessions run as they are.

#![allow(clippy::panic, clippy::expect_used, reason = "a library of tests: what cannot go on has failed")]

mod generated;
mod list;
mod npm;
mod ours;
mod transcripts;

pub use generated::generated;
pub use list::{Difference, Listed, Occurrence};
pub use transcripts::transcripts;

use serde::Serialize;
use serde_json::{Value, json};

/// The page of the host.
pub const HUBSPOT: &str = "https://app.hubspot.com";
/// The page of the guest.
pub const WIDGET: &str = "https://widget.example";

/// Which side of the protocol is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The widget: the package's `CallingExtensions`.
    Guest,
    /// The page around it: the package's `IFrameManager`.
    Host,
}

/// What happens to one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Transcript {
    /// What it is about.
    pub name: String,
    /// Which side it is for.
    pub side: Side,
    /// The steps, in their order.
    pub steps: Vec<Value>,
}

/// A message arrives from the window and the origin of the other side. The text `$sync` becomes the id of the last SYNC.
pub fn receive(message: Value) -> Value {
    json!({"receive": message})
}

/// A message arrives from the window of the other side, which has another origin.
pub fn receive_from(origin: &str, message: Value) -> Value {
    json!({"receive": message, "from": origin})
}

/// A message arrives from another window, of the same origin as the other side.
pub fn receive_from_other_window(message: Value) -> Value {
    json!({"receive": message, "foreign": true})
}

/// The program sends a message.
pub fn send(kind: &str, data: Option<Value>) -> Value {
    match data {
        Some(data) => json!({"send": {"type": kind, "data": data}}),
        None => json!({"send": {"type": kind}}),
    }
}

/// The frame of a host has loaded.
pub fn load() -> Value {
    json!({"load": true})
}

/// Time passes, in milliseconds.
pub fn pass(milliseconds: u32) -> Value {
    json!({"pass": milliseconds})
}

/// The steps in which the two differ.
///
/// # Panics
/// When node or the package is not there.
pub fn compare(transcripts: &[Transcript]) -> Vec<Occurrence> {
    let theirs = npm::run(transcripts);
    assert_eq!(theirs.len(), transcripts.len());
    let mut found = Vec::new();
    for (transcript, theirs) in transcripts.iter().zip(theirs) {
        let ours = ours::run(transcript);
        assert_eq!((theirs.len(), ours.len()), (transcript.steps.len(), transcript.steps.len()));
        for (index, (npm, ours)) in theirs.into_iter().zip(ours).enumerate() {
            // Each SYNC_ACK has it; one transcript is about it.
            let compared = |lines: &[String]| match transcript.name.ends_with("version") {
                true => lines.to_vec(),
                false => lines.iter().map(|line| without_version(line)).collect(),
            };
            let (npm, ours): (Vec<String>, Vec<String>) = (compared(&npm), compared(&ours));
            if npm != ours {
                found.push(Occurrence { transcript: transcript.name.clone(), step: index + 1, npm, ours });
            }
        }
    }
    found
}

/// A line without the version in SYNC_ACK.
fn without_version(line: &str) -> String {
    let Some((before, rest)) = line.split_once(r#","version":""#).filter(|_| line.contains("SYNC_ACK")) else {
        return line.to_owned();
    };
    let after = rest.split_once('"').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// An output as a line: fields in the order of their names.
fn line(output: &Value) -> String {
    // Whether serde_json keeps the order of fields depends on the other packages of the build.
    let mut output = output.clone();
    output.sort_all_objects();
    let text = |name: &str| output.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(message) = output.get("post") {
        return format!("posts {message} to {}", text("to"));
    }
    if output.get("raise").is_some() {
        // An absent payload is the same as an empty one.
        let data = output.get("data").filter(|data| !data.is_null() && **data != json!({}));
        let data = data.map(|data| format!(" {data}")).unwrap_or_default();
        return format!("raises {}{}{data}", if text("raise") == "message" { "" } else { "by default " }, text("type"));
    }
    format!("throws {}", text("throws"))
}
