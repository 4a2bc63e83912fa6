//! The stored form of the state, as JSON: `{"version": 1, "state": {…}}`. It may have been written by an earlier or a later version of
//! the app, as a reload loads what is deployed now. So it is read as far as it can be read, and above all its call.

#[cfg(test)]
mod tests;

use call_model::{Call, Notice, State};
use calling_extensions::codec::{Map, Value};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use web_kit::json;

/// The version of the stored form. Raise it only when something that is stored gets another meaning, and convert the older form in
/// [`read`]: a page does not read a version that it does not know. Fields and variants may come and go without that.
pub const VERSION: u32 = 1;

/// The fields without which a call is none. All others have a default.
const ESSENTIAL: [&str; 6] = ["id", "direction", "number", "own_number", "started_at", "phase"];

#[derive(Serialize, Deserialize)]
struct Snapshot<S> {
    version: u32,
    state: S,
}

/// A state that was read.
#[derive(Debug, PartialEq)]
pub struct Restored {
    /// The state. Where a call was stored and cannot be read, it has a notice about that, with the notes of the call.
    pub state: State,
    /// The fields that could not be read, such as `call.callers`; each has its default in the state.
    pub lost: Vec<String>,
}

/// Why nothing could be read.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// It is not whole, or was not written by this app.
    #[error("it is broken")]
    Broken,
    /// It was written by an app in which the same fields have another meaning.
    #[error("it has version {version}, and this app reads version {VERSION}")]
    OtherVersion {
        /// Its version.
        version: u32,
        /// What the user has to be told, when there was a call.
        notice: Option<Notice>,
    },
}

/// Writes the state. `None` when a value in it has no form in JSON.
pub fn write(state: &State) -> Option<String> {
    json::to_string(&Snapshot { version: VERSION, state }).ok()
}

/// Reads a state.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(stored: &str) -> Result<Restored, Unreadable> {
    if let Ok(Snapshot { version: VERSION, state }) = json::from_str(stored) {
        return Ok(Restored { state, lost: vec![] });
    }
    let Snapshot { version, state } = json::from_str::<Snapshot<Map>>(stored).map_err(|_| Unreadable::Broken)?;
    if version != VERSION {
        return Err(Unreadable::OtherVersion { version, notice: state.get("call").and_then(lost_call) });
    }
    read_partly(state).ok_or(Unreadable::Broken)
}

/// Reads each field for itself.
fn read_partly(mut stored: Map) -> Option<Restored> {
    let mut lost = vec![];
    let mut notice = None;
    if let Some(Value::Map(call)) = stored.get("call") {
        match readable_call(call) {
            Some((call, lost_fields)) => {
                lost.extend(lost_fields.into_iter().map(|name| ["call.", name.as_str()].concat()));
                stored.set("call", call);
            }
            None => notice = stored.get("call").and_then(lost_call),
        }
    }
    let default = read_value(&State::default())?;
    let (fields, lost_fields) = add_readable(default, &stored, |state| read_value::<_, State>(state).is_some());
    lost.extend(lost_fields);
    let mut state: State = read_value(&fields)?;
    state.notices.extend(notice);
    Some(Restored { state, lost })
}

/// The fields of a call that can be read, and the names of the others. `None` when an essential one cannot be read.
fn readable_call(call: &Map) -> Option<(Map, Vec<String>)> {
    let is_readable = |call: &Map| read_value::<_, Call>(call).is_some();
    let mut essential = Map::new();
    for name in ESSENTIAL {
        essential.set(name, call.get(name)?.clone());
    }
    is_readable(&essential).then(|| add_readable(essential, call, is_readable))
}

/// Adds those fields with which the whole can still be read; returns the names of the others, too.
fn add_readable(mut whole: Map, fields: &Map, is_readable: fn(&Map) -> bool) -> (Map, Vec<String>) {
    let mut lost = vec![];
    for (name, value) in fields.iter() {
        let mut with = whole.clone();
        with.set(name, value.clone());
        if is_readable(&with) {
            whole = with;
        } else {
            lost.push(name.to_owned());
        }
    }
    (whole, lost)
}

fn read_value<V: Serialize, T: DeserializeOwned>(value: &V) -> Option<T> {
    json::from_str(&json::to_string(value).ok()?).ok()
}

/// The notice about a call that cannot be read; `None` when there was no call.
fn lost_call(call: &Value) -> Option<Notice> {
    let notes = call.as_map()?.get("notes").and_then(Value::as_text).unwrap_or_default();
    Some(Notice::CallNotRestored { notes: notes.to_owned() })
}
