//! What goes wrong on purpose: on the way to the widget, and what no HubSpot would ever say.

mod delivery;
mod malformed;
#[cfg(test)]
mod tests;

pub use delivery::{Delivery, release, send};
pub use malformed::MalformedMessage;

use serde::{Deserialize, Serialize};

/// The switches. All off is an ordinary day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Faults {
    /// CREATE_ENGAGEMENT_FAILED for every call.
    pub creation_fails: bool,
    /// UPDATE_ENGAGEMENT_FAILED for every saved call.
    pub update_fails: bool,
    /// FINALIZE_ENGAGEMENT_FAILED.
    pub finalizing_fails: bool,
    /// NAVIGATE_TO_RECORD_FAILED.
    pub navigation_fails: bool,
    /// CALLER_ID_MATCH_FAILED.
    pub matching_fails: bool,
    /// The old ENGAGEMENT_CREATED in the place of CREATE_ENGAGEMENT_SUCCEEDED.
    pub old_engagement_created: bool,
    /// Messages to the widget come so many milliseconds late.
    pub delay: u32,
    /// Each message to the widget comes twice, with the same id.
    pub duplicates: bool,
    /// Each second message overtakes the one before it.
    pub reorders: bool,
    /// The next message to the widget is lost.
    pub loses_next: bool,
    /// SYNC names a `hostUrl` that is not this page's.
    pub wrong_host_url: bool,
    /// The frame begins to load so many milliseconds late.
    pub slow_load: u32,
}
