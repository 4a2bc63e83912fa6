//! Which messages are shown.

use super::{Direction, Entry, Transcript};
use crate::hubspot::FrameId;
use calling_extensions::codec::Value;
use std::{collections::BTreeSet, rc::Rc};

/// What a message must be to be shown; empty is everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Only this way.
    pub direction: Option<Direction>,
    /// Only types with this in them.
    pub kind: String,
    /// Only this frame.
    pub frame: Option<FrameId>,
    /// Only messages with this somewhere in them.
    pub text: String,
    /// Only messages that something is wrong with.
    pub faulty: bool,
}

impl Filter {
    /// Whether a message passes, that something is wrong with or not.
    pub fn passes(&self, entry: &Entry, faulty: bool) -> bool {
        self.direction.is_none_or(|direction| direction == entry.direction)
            && self.frame.as_ref().is_none_or(|frame| *frame == entry.frame)
            && (faulty || !self.faulty)
            && has(entry.kind(), &self.kind)
            && (self.text.is_empty() || mentions(&entry.message, &self.text))
    }
}

/// What is on the page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// The messages, the newest first.
    pub rows: Vec<(u64, Rc<Entry>)>,
    /// How many older ones pass the filter and are not drawn.
    pub older: usize,
    /// How many do not pass the filter.
    pub filtered: usize,
    /// How many have come since the list was held.
    pub waiting: usize,
}

/// What to show of a transcript: at most `limit` messages, none from the number `held` on.
pub fn view(transcript: &Transcript, filter: &Filter, faulty: &BTreeSet<u64>, held: Option<u64>, limit: usize) -> View {
    let mut view = View::default();
    for (number, entry) in transcript.iter().rev() {
        if held.is_some_and(|held| number >= held) {
            view.waiting += 1;
        } else if !filter.passes(entry, faulty.contains(&number)) {
            view.filtered += 1;
        } else if view.rows.len() < limit {
            view.rows.push((number, Rc::clone(entry)));
        } else {
            view.older += 1;
        }
    }
    view
}

/// The frames of a transcript in the order of their coming, each with a short name: where HubSpot shows it, as its SYNC says, and a
/// number where there are several of the kind.
pub fn frames(transcript: &Transcript) -> Vec<(FrameId, String)> {
    let mut frames: Vec<(FrameId, String)> = Vec::new();
    for (_, entry) in transcript.iter() {
        let place = frames.iter().position(|(frame, _)| *frame == entry.frame).unwrap_or_else(|| {
            frames.push((entry.frame.clone(), String::new()));
            frames.len() - 1
        });
        let location = entry.message.get("iframeLocation").and_then(Value::as_text);
        if let (Some((_, name)), Some(location), "SYNC") = (frames.get_mut(place), location, entry.kind()) {
            name.clear();
            name.push_str(location);
        }
    }
    let names: Vec<String> = frames.iter().map(|(_, name)| name.clone()).collect();
    for (place, (_, name)) in frames.iter_mut().enumerate() {
        let before = names.iter().take(place).filter(|other| *other == name).count();
        let kind = if name.is_empty() { "?" } else { name.as_str() };
        *name = if before == 0 { kind.to_owned() } else { format!("{kind} {}", before + 1) };
    }
    frames
}

/// Whether a text is in a value, be it a name, a text or a number. Case does not matter.
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
