//! Filters the messages to show.

use super::{Direction, Entry, Transcript};
use crate::hubspot::FrameId;
use calling_extensions::codec::Value;
use std::{collections::BTreeSet, rc::Rc};

/// The filter. Empty fields match everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Only this direction.
    pub direction: Option<Direction>,
    /// Only types that contain this text.
    pub kind: String,
    /// Only this frame.
    pub frame: Option<FrameId>,
    /// Only messages that contain this text.
    pub text: String,
    /// Only messages with findings.
    pub with_findings: bool,
}

impl Filter {
    /// Whether a message passes the filter. `has_findings` is whether it has findings.
    pub fn passes(&self, entry: &Entry, has_findings: bool) -> bool {
        self.direction.is_none_or(|direction| direction == entry.direction)
            && self.frame.as_ref().is_none_or(|frame| *frame == entry.frame)
            && (has_findings || !self.with_findings)
            && has(entry.kind(), &self.kind)
            && (self.text.is_empty() || mentions(&entry.message, &self.text))
    }
}

/// The visible part of a transcript.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// The messages, newest first.
    pub rows: Vec<(u64, Rc<Entry>)>,
    /// The number of older messages that pass the filter and are beyond the limit.
    pub older: usize,
    /// The number of messages that do not pass the filter.
    pub filtered: usize,
    /// The number of messages since the list was paused.
    pub waiting: usize,
}

/// The visible part of a transcript: at most `limit` messages, and none from the number `paused_at` on.
pub fn view(
    transcript: &Transcript,
    filter: &Filter,
    with_findings: &BTreeSet<u64>,
    paused_at: Option<u64>,
    limit: usize,
) -> View {
    let mut view = View::default();
    for (number, entry) in transcript.iter().rev() {
        if paused_at.is_some_and(|paused_at| number >= paused_at) {
            view.waiting += 1;
        } else if !filter.passes(entry, with_findings.contains(&number)) {
            view.filtered += 1;
        } else if view.rows.len() < limit {
            view.rows.push((number, Rc::clone(entry)));
        } else {
            view.older += 1;
        }
    }
    view
}

/// The frames of a transcript in order of appearance, each with a short name: its location according to SYNC, and a number if several
/// frames have the same location.
pub fn frames(transcript: &Transcript) -> Vec<(FrameId, String)> {
    let mut frames: Vec<(FrameId, String)> = Vec::new();
    for (_, entry) in transcript.iter() {
        let index = frames.iter().position(|(frame, _)| *frame == entry.frame).unwrap_or_else(|| {
            frames.push((entry.frame.clone(), String::new()));
            frames.len() - 1
        });
        let location = entry.message.get("iframeLocation").and_then(Value::as_text);
        if let (Some((_, name)), Some(location), "SYNC") = (frames.get_mut(index), location, entry.kind()) {
            name.clear();
            name.push_str(location);
        }
    }
    let names: Vec<String> = frames.iter().map(|(_, name)| name.clone()).collect();
    for (index, (_, name)) in frames.iter_mut().enumerate() {
        let before = names.iter().take(index).filter(|other| *other == name).count();
        let kind = if name.is_empty() { "?" } else { name.as_str() };
        *name = if before == 0 { kind.to_owned() } else { format!("{kind} {}", before + 1) };
    }
    frames
}

/// Whether a value contains a text, in a name, text or number. Case is ignored.
fn mentions(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Null => has("null", wanted),
        Value::Bool(bool) => has(if *bool { "true" } else { "false" }, wanted),
        Value::Number(number) => number.to_string().contains(wanted),
        Value::Text(text) => has(text, wanted),
        Value::List(list) => list.iter().any(|value| mentions(value, wanted)),
        Value::Map(map) => map.iter().any(|(name, value)| has(name, wanted) || mentions(value, wanted)),
    }
}

fn has(text: &str, wanted: &str) -> bool {
    wanted.is_empty() || text.contains(wanted) || text.to_lowercase().contains(&wanted.to_lowercase())
}
