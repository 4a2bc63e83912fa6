//! Fault injection: failing requests, faulty delivery of messages, and malformed messages.

mod delivery;
mod malformed;
#[cfg(test)]
mod tests;

pub use delivery::{Delivery, release, send};
pub use malformed::MalformedMessage;

use serde::{Deserialize, Serialize};

/// The active faults. By default there are none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// CREATE_ENGAGEMENT_FAILED for every call.
    pub creation_fails: bool,
    /// UPDATE_ENGAGEMENT_FAILED for every saved call.
    pub update_fails: bool,
    /// FINALIZE_ENGAGEMENT_FAILED for every request.
    pub finalizing_fails: bool,
    /// NAVIGATE_TO_RECORD_FAILED for every request.
    pub navigation_fails: bool,
    /// CALLER_ID_MATCH_FAILED for every incoming call.
    pub matching_fails: bool,
    /// The older ENGAGEMENT_CREATED instead of CREATE_ENGAGEMENT_SUCCEEDED.
    pub old_engagement_created: bool,
    /// The delay of messages to the widget, in milliseconds.
    pub delay: u32,
    /// Each message to the widget is delivered twice, with the same id.
    pub duplicates: bool,
    /// Every second message is delivered before the previous one.
    pub reorders: bool,
    /// The next message to the widget is dropped.
    pub loses_next: bool,
    /// SYNC has a `hostUrl` that is not this page's.
    pub wrong_host_url: bool,
    /// The delay before a frame starts to load, in milliseconds.
    pub slow_load: u32,
}
