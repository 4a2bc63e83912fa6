//! The app's entry under *Call from*.

use super::{Kind, Removable, Times, Validate, checked_url, is_local, null_is_false};
use crate::error::Invalid;
use serde::{Deserialize, Serialize};

/// The app's entry under *Call from*: its name, where the widget is, and what it can do.
#[derive(Clone, Copy, Debug)]
pub enum Calling {}

impl Kind for Calling {
    type New = NewCalling;
    type Patch = CallingPatch;
    type Stored = CallingSettings;
    const PATH: &'static str = "";
    const NAME: &'static str = "calling settings";
}

impl Removable for Calling {}

/// The calling settings that HubSpot has stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallingSettings {
    /// What *Call from* shows.
    pub name: String,
    /// Where the widget is.
    pub url: String,
    /// The width of the widget's frame, in CSS pixels.
    #[serde(default)]
    pub width: Option<u32>,
    /// The height of the widget's frame, in CSS pixels.
    #[serde(default)]
    pub height: Option<u32>,
    /// Whether users see the app. While it is `false`, only a browser with the override in its storage does.
    #[serde(default, deserialize_with = "null_is_false")]
    pub is_ready: bool,
    /// Whether calls can start from records of custom objects.
    #[serde(default, deserialize_with = "null_is_false")]
    pub supports_custom_objects: bool,
    /// Whether the widget announces incoming calls.
    #[serde(default, deserialize_with = "null_is_false")]
    pub supports_inbound_calling: bool,
    /// Whether calls are in a window of their own.
    #[serde(default, deserialize_with = "null_is_false")]
    pub uses_calling_window: bool,
    /// Whether the widget is in the navigation bar.
    #[serde(default, deserialize_with = "null_is_false")]
    pub uses_remote: bool,
    /// When they were created and changed.
    #[serde(flatten)]
    pub times: Times,
}

/// Calling settings to create. The fields are those of [`CallingSettings`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct NewCalling {
    pub name: String,
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub is_ready: bool,
    pub supports_custom_objects: bool,
    pub supports_inbound_calling: bool,
    pub uses_calling_window: bool,
    pub uses_remote: bool,
}

impl NewCalling {
    /// An app that is not ready yet, without any of the further features. `size` is width and height in CSS pixels.
    pub fn new(name: impl Into<String>, url: impl Into<String>, (width, height): (u32, u32)) -> Self {
        Self {
            name: name.into(),
            url: url.into(),
            width,
            height,
            is_ready: false,
            supports_custom_objects: false,
            supports_inbound_calling: false,
            uses_calling_window: false,
            uses_remote: false,
        }
    }
}

impl Validate for NewCalling {
    fn validate(&self) -> Result<(), Invalid> {
        CallingPatch::from(self.clone()).validate()
    }
}

/// A change of calling settings: what is `None` stays as it is. The fields are those of [`CallingSettings`]. It can be read
/// from a file; a field with another name is then an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CallingPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ready: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supports_custom_objects: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supports_inbound_calling: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses_calling_window: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses_remote: Option<bool>,
}

impl From<NewCalling> for CallingPatch {
    fn from(new: NewCalling) -> Self {
        Self {
            name: Some(new.name),
            url: Some(new.url),
            width: Some(new.width),
            height: Some(new.height),
            is_ready: Some(new.is_ready),
            supports_custom_objects: Some(new.supports_custom_objects),
            supports_inbound_calling: Some(new.supports_inbound_calling),
            uses_calling_window: Some(new.uses_calling_window),
            uses_remote: Some(new.uses_remote),
        }
    }
}

impl Validate for CallingPatch {
    fn validate(&self) -> Result<(), Invalid> {
        if *self == Self::default() {
            return Err(Invalid::NothingToChange);
        }
        if self.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Invalid::Name);
        }
        if let Some(url) = &self.url {
            let url = checked_url(url)?;
            if self.is_ready == Some(true) && is_local(&url) {
                return Err(Invalid::LocalUrlInProduction);
            }
        }
        if self.width == Some(0) || self.height == Some(0) {
            return Err(Invalid::Size);
        }
        Ok(())
    }
}
