//! What is kept in the browser. Where it keeps nothing, the simulator works until it is closed.

use serde::{Serialize, de::DeserializeOwned};

/// The account and what happened in it.
pub const STATE: &str = "simulator:state";
/// The messages.
pub const TRANSCRIPT: &str = "simulator:transcript";
/// The entries of *Call from*, and which is chosen.
pub const APPS: &str = "simulator:apps";

/// What is kept under this name; `None` too when it is of another version of the simulator.
pub fn load<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage()?.get_item(name).ok()??;
    serde_json::from_str(&text).ok()
}

/// Keeps it. False when the browser does not: it is full, or storage is switched off.
pub fn keep<T: Serialize + ?Sized>(name: &str, what: &T) -> bool {
    let Ok(text) = serde_json::to_string(what) else { return false };
    storage().is_some_and(|storage| storage.set_item(name, &text).is_ok())
}

/// Keeps it no longer.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
