//! What frames tell each other, and how it is written.

use call_model::{Action, State};
use calling_extensions::codec::{Map, Value, js};
use wasm_bindgen::JsValue;

/// See the module.
pub enum Note {
    /// A frame has come and wants to know the state, perhaps because it will take the lock.
    Hello { takes_over: bool },
    /// The state of the frame that acts.
    State(State),
    /// The frame that acts shall let this happen.
    Do(Action),
}

impl Note {
    /// As it is posted; nothing for what concerns one frame alone.
    pub fn write(self) -> Option<JsValue> {
        let (kind, value) = match self {
            Note::Hello { takes_over } => ("hello", takes_over.into()),
            Note::State(state) => ("state", state.to_value()),
            Note::Do(action) => ("do", action.to_value()?),
        };
        let mut map = Map::new();
        map.set(kind, value);
        Some(js::write(&map.into()))
    }

    /// What was posted so; nothing else is read.
    pub fn read(data: &JsValue) -> Option<Note> {
        let value = js::read(data).ok()?;
        let (kind, value) = value.as_map()?.iter().next()?;
        match kind {
            "hello" => Some(Note::Hello { takes_over: *value == Value::Bool(true) }),
            "state" => State::from_value(value).map(Note::State),
            "do" => Action::from_value(value).map(Note::Do),
            _ => None,
        }
    }
}
