//! What is kept in the browser. Where it keeps nothing, the simulator works until it is closed.

use serde::{Serialize, de::DeserializeOwned};

/// The account and what happened in it.
pub const STATE: &str = "simulator:state";
/// The messages.
pub const TRANSCRIPT: &str = "simulator:transcript";
/// The entries of *Call from*, and which is chosen.
pub const APPS: &str = "simulator:apps";
/// The app that was opened last: what the calling window shows.
pub const LAST_APP: &str = "simulator:last-app";
/// Whether the first steps were closed.
pub const HINT: &str = "simulator:hint-closed";
/// Whether the widget was open in this tab, which is kept for the tab alone.
const OPEN: &str = "simulator:open";

/// The scenario that is run, and how earlier ones ended.
pub const RUN: &str = "simulator:run";
/// Scenarios that are not shipped.
pub const SCENARIOS: &str = "simulator:scenarios";

/// What is kept under this name; `None` too when it is of another version of the simulator.
pub fn load<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage()?.get_item(name).ok()??;
    serde_json::from_str(&text).ok()
}

/// Keeps it. False when the browser does not: it is full, or storage is switched off.
pub fn save<T: Serialize + ?Sized>(name: &str, what: &T) -> bool {
    let Ok(text) = serde_json::to_string(what) else { return false };
    storage().is_some_and(|storage| storage.set_item(name, &text).is_ok())
}

/// Keeps it no longer.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Whether the widget was open in this tab when it was loaded last.
pub fn was_open() -> bool {
    session().and_then(|session| session.get_item(OPEN).ok().flatten()).is_some()
}

/// Keeps for this tab whether the widget is open.
pub fn save_open(is_open: bool) {
    if let Some(session) = session() {
        let _ = if is_open { session.set_item(OPEN, "1") } else { session.remove_item(OPEN) };
    }
}

fn session() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
