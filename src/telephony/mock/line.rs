//! What a real phone system would know by itself: which calls are on. It is kept in the browser, so that a call goes on
//! after a reload, or in the frame that takes it over.

use call_model::CallId;
use calling_extensions::message::Ms;
use web_sys::Storage;

/// A call that is on.
pub struct Line {
    /// The number that was called.
    pub number: String,
    /// When.
    pub dialled_at: Ms,
}

/// Remembers a call.
pub fn remember(call: &CallId, line: &Line) {
    if let Some(storage) = storage() {
        let dialled_at = (line.dialled_at as i64).to_string();
        let _ = storage.set_item(&key(call), &[&dialled_at, " ", &line.number].concat()); // forgotten after a reload, then
    }
}

/// The call, if it is on.
pub fn recall(call: &CallId) -> Option<Line> {
    let text = storage()?.get_item(&key(call)).ok()??;
    let (dialled_at, number) = text.split_once(' ')?;
    Some(Line { number: number.to_owned(), dialled_at: dialled_at.parse::<i64>().ok()? as Ms })
}

/// The call is over.
pub fn forget(call: &CallId) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(call));
    }
}

fn key(call: &CallId) -> String {
    ["mock-line-", &call.0].concat()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
