//! What a real phone system would know by itself: which calls are on. The mock keeps that in the browser, so that a call goes on
//! after a reload, or in the frame that takes it over.

use call_model::CallId;
use calling_extensions::message::Ms;
use serde::{Deserialize, Serialize};
use web_kit::json;
use web_sys::Storage;

/// A call that is on.
#[derive(Serialize, Deserialize)]
pub struct MockCall {
    /// The number that was called.
    pub number: String,
    /// When, in milliseconds since 1970.
    pub dialled_at: Ms,
}

impl MockCall {
    /// Stores a call. Where storage is blocked nothing happens.
    pub fn store(&self, call: &CallId) {
        if let (Some(storage), Ok(text)) = (storage(), json::to_string(self)) {
            // A full storage costs the call a reload, and no more.
            let _ = storage.set_item(&key(call), &text);
        }
    }

    /// The call; absent when it is over, or where storage is blocked.
    pub fn load(call: &CallId) -> Option<Self> {
        let text = storage()?.get_item(&key(call)).ok()??;
        json::from_str(&text).ok()
    }

    /// The call is over.
    pub fn remove(call: &CallId) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&key(call));
        }
    }
}

fn key(call: &CallId) -> String {
    ["mock-call-", &call.0].concat()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
