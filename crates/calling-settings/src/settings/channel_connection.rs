//! Where HubSpot asks for phone numbers.

use super::{Kind, Removable, Times, Validate, checked_url, null_is_false, refuse_local};
use crate::error::Invalid;
use serde::{Deserialize, Serialize};

/// Where HubSpot asks for the phone numbers that can be connected to a channel of its help desk.
#[derive(Clone, Copy, Debug)]
pub enum ChannelConnection {}

impl Kind for ChannelConnection {
    type New = NewChannelConnection;
    type Patch = ChannelConnectionPatch;
    type Stored = ChannelConnectionSettings;
    const PATH: &'static str = "/channel-connection";
    const NAME: &'static str = "channel connection settings";
}

impl Removable for ChannelConnection {}

/// The channel connection settings that HubSpot has stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChannelConnectionSettings {
    /// Your back end's address, which answers with the phone numbers of a user.
    pub url: String,
    /// Whether users see the phone numbers.
    #[serde(default, deserialize_with = "null_is_false")]
    pub is_ready: bool,
    /// When they were created and changed.
    #[serde(flatten)]
    pub times: Times,
}

/// Channel connection settings to create. The fields are those of [`ChannelConnectionSettings`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct NewChannelConnection {
    pub url: String,
    pub is_ready: bool,
}

impl Validate for NewChannelConnection {
    fn validate(&self) -> Result<(), Invalid> {
        checked_url(&self.url).and_then(refuse_local)
    }
}

/// A change of channel connection settings: what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct ChannelConnectionPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ready: Option<bool>,
}

impl Validate for ChannelConnectionPatch {
    fn validate(&self) -> Result<(), Invalid> {
        if *self == Self::default() {
            return Err(Invalid::NothingToChange);
        }
        self.url.as_deref().map_or(Ok(()), |url| checked_url(url).and_then(refuse_local))
    }
}
