//! The browser's storage. If it is not available, the simulator works without saving anything.

use serde::{Serialize, de::DeserializeOwned};

/// The state of the simulated HubSpot.
pub const STATE: &str = "simulator:state";
/// The messages.
pub const TRANSCRIPT: &str = "simulator:transcript";
/// The entries of *Call from*, and the selected one.
pub const APPS: &str = "simulator:apps";
/// The app that was opened last, which the calling window shows.
pub const LAST_APP: &str = "simulator:last-app";
/// Whether the first steps were closed.
pub const FIRST_STEPS: &str = "simulator:first-steps-closed";
/// Whether the widget is open, for each tab.
const OPEN: &str = "simulator:open";

/// The running scenario, and the results of earlier runs.
pub const RUN: &str = "simulator:run";
/// The user's scenarios.
pub const SCENARIOS: &str = "simulator:scenarios";

/// The value that is stored under this name. `None` also if it cannot be read, as another version of the simulator wrote it, or half of
/// it is missing. It is then moved to `NAME:unreadable`, so that the next value does not replace it: it may be a scenario of the user.
pub fn load<T: DeserializeOwned>(name: &str) -> Option<T> {
    let storage = storage()?;
    let text = storage.get_item(name).ok()??;
    match serde_json::from_str(&text) {
        Ok(value) => Some(value),
        Err(error) => {
            let kept = format!("{name}:unreadable");
            let line = format!("{name} in the storage cannot be read ({error}) and is moved to {kept}");
            web_sys::console::warn_1(&line.into());
            // Removed first: a full storage has no place for both.
            let _ = storage.remove_item(name);
            let _ = storage.set_item(&kept, &text);
            None
        }
    }
}

/// Stores a value. Returns false if the storage is full or turned off.
pub fn save<T: Serialize + ?Sized>(name: &str, what: &T) -> bool {
    let Ok(text) = serde_json::to_string(what) else { return false };
    storage().is_some_and(|storage| storage.set_item(name, &text).is_ok())
}

/// Removes a value.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Whether the widget was open in this tab before it was reloaded.
pub fn was_open() -> bool {
    session().and_then(|session| session.get_item(OPEN).ok().flatten()).is_some()
}

/// Stores for this tab whether the widget is open.
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
