//! Where HubSpot asks for recordings.

use super::{Kind, Times, Validate, checked_url, refuse_local};
use crate::error::Invalid;
use serde::{Deserialize, Serialize};

/// Where HubSpot asks for the URL of a recording.
#[derive(Clone, Copy, Debug)]
pub enum Recording {}

impl Kind for Recording {
    type New = NewRecording;
    type Patch = RecordingPatch;
    type Stored = RecordingSettings;
    const PATH: &'static str = "/recording";
    const NAME: &'static str = "recording settings";
}

/// The recording settings that HubSpot has stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordingSettings {
    /// Your back end's address, with `%s` where HubSpot puts the external id of the call.
    pub url_to_retrieve_authed_recording: String,
    /// When they were created and changed.
    #[serde(flatten)]
    pub times: Times,
}

/// Recording settings to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewRecording {
    /// Your back end's address on https, with `%s` where HubSpot puts the external id of the call.
    pub url_to_retrieve_authed_recording: String,
}

/// A change of recording settings.
pub type RecordingPatch = NewRecording;

impl Validate for NewRecording {
    fn validate(&self) -> Result<(), Invalid> {
        let url = &self.url_to_retrieve_authed_recording;
        if !url.contains("%s") {
            return Err(Invalid::NoPlaceholder);
        }
        checked_url(url).and_then(refuse_local)
    }
}
