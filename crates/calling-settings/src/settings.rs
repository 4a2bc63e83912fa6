//! The three kinds of settings of a calling app, as HubSpot documents them.
//!
//! What HubSpot answers may have further fields: they are ignored. A field that is absent in an answer has its default.

use crate::error::Invalid;
use reqwest::Url;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A kind of settings: where they are, and what is sent and answered.
pub trait Kind {
    /// What creates them.
    type New: Serialize + Validate;
    /// What changes them: a field that is `None` stays as it is.
    type Patch: Serialize + Validate;
    /// What HubSpot answers.
    type Stored: DeserializeOwned;
    /// What follows the app's settings in the path.
    const PATH: &'static str;
    /// The name in messages.
    const NAME: &'static str;
}

/// A kind of settings that can be deleted. HubSpot documents no way to delete those for recordings.
pub trait Removable: Kind {}

/// Values that are checked before they are sent.
pub trait Validate {
    /// # Errors
    /// The first value that HubSpot would refuse or could not use.
    fn validate(&self) -> Result<(), Invalid>;
}

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

/// The calling settings that HubSpot has stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CallingSettings {
    /// What *Call from* shows.
    pub name: String,
    /// Where the widget is.
    pub url: String,
    /// The width of the widget's frame, in CSS pixels.
    pub width: Option<u32>,
    /// The height of the widget's frame, in CSS pixels.
    pub height: Option<u32>,
    /// Whether users see the app. While it is `false`, only a browser with the override in its storage does.
    pub is_ready: bool,
    /// Whether calls can start from records of custom objects.
    pub supports_custom_objects: bool,
    /// Whether the widget announces incoming calls.
    pub supports_inbound_calling: bool,
    /// Whether calls are in a window of their own.
    pub uses_calling_window: bool,
    /// Whether the widget is in the navigation bar.
    pub uses_remote: bool,
    /// As HubSpot writes it; the format differs between kinds of settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// As HubSpot writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
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

/// A change of calling settings: what is `None` stays as it is. The fields are those of [`CallingSettings`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
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

/// The recording settings that HubSpot has stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct RecordingSettings {
    /// Your back end's address, with `%s` where HubSpot puts the external id of the call.
    pub url_to_retrieve_authed_recording: String,
    /// As HubSpot writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// As HubSpot writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
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

/// The channel connection settings that HubSpot has stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct ChannelConnectionSettings {
    /// Your back end's address, which answers with the phone numbers of a user.
    pub url: String,
    /// Whether users see the phone numbers.
    pub is_ready: bool,
    /// As HubSpot writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// As HubSpot writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
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

/// HubSpot is on https and shows no page that is not, except one of the user's own machine.
fn checked_url(text: &str) -> Result<Url, Invalid> {
    let url = Url::parse(text).map_err(|_| Invalid::Url(text.to_owned()))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_local(&url) => Ok(url),
        _ => Err(Invalid::Url(text.to_owned())),
    }
}

/// HubSpot's servers call these URLs, and cannot reach the user's machine.
fn refuse_local(url: Url) -> Result<(), Invalid> {
    if is_local(&url) { Err(Invalid::UnreachableUrl(url.into())) } else { Ok(()) }
}

/// Whether a URL leads to the machine that opens it.
pub(crate) fn is_local(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calling(url: &str, is_ready: bool) -> NewCalling {
        NewCalling { is_ready, ..NewCalling::new("Acme", url, (400, 650)) }
    }

    #[test]
    fn the_url_of_a_widget_is_https_or_local() {
        for url in ["https://phone.example.com/", "https://localhost:9025/", "http://127.0.0.1:9025/", "http://[::1]/"]
        {
            assert_eq!(calling(url, false).validate(), Ok(()), "{url}");
        }
        for url in
            ["http://phone.example.com/", "phone.example.com", "ftp://localhost/", "", "http://localhost.example.com/"]
        {
            assert_eq!(calling(url, false).validate(), Err(Invalid::Url(url.to_owned())), "{url}");
        }
    }

    #[test]
    fn a_local_widget_is_not_put_into_production() {
        let local = calling("https://localhost:9025/", true);
        assert_eq!(local.validate(), Err(Invalid::LocalUrlInProduction));
        assert_eq!(calling("https://phone.example.com/", true).validate(), Ok(()));
    }

    #[test]
    fn values_without_use_are_refused() {
        let valid = calling("https://phone.example.com/", false);
        assert_eq!(NewCalling { name: " ".into(), ..valid.clone() }.validate(), Err(Invalid::Name));
        assert_eq!(NewCalling { width: 0, ..valid.clone() }.validate(), Err(Invalid::Size));
        assert_eq!(NewCalling { height: 0, ..valid }.validate(), Err(Invalid::Size));
        assert_eq!(CallingPatch::default().validate(), Err(Invalid::NothingToChange));
        assert_eq!(ChannelConnectionPatch::default().validate(), Err(Invalid::NothingToChange));
    }

    #[test]
    fn hubspot_can_reach_the_urls_that_it_calls() {
        let recording = |url: &str| NewRecording { url_to_retrieve_authed_recording: url.into() }.validate();
        assert_eq!(recording("https://phone.example.com/recordings/%s"), Ok(()));
        assert_eq!(recording("https://phone.example.com/recordings/"), Err(Invalid::NoPlaceholder));
        assert!(matches!(recording("http://phone.example.com/%s"), Err(Invalid::Url(_))));
        assert!(matches!(recording("https://localhost/%s"), Err(Invalid::UnreachableUrl(_))));
        let numbers = NewChannelConnection { url: "https://127.0.0.1/numbers".into(), is_ready: false };
        assert!(matches!(numbers.validate(), Err(Invalid::UnreachableUrl(_))));
    }

    #[test]
    fn a_change_sends_its_own_fields_alone() {
        let patch = CallingPatch { is_ready: Some(true), ..CallingPatch::default() };
        assert_eq!(serde_json::to_string(&patch).unwrap(), r#"{"isReady":true}"#);
    }

    #[test]
    fn an_answer_may_have_more_fields_or_fewer() {
        let stored: CallingSettings =
            serde_json::from_str(r#"{"name": "Acme", "url": "https://a.example/", "isReady": true, "new": [1]}"#)
                .unwrap();
        assert_eq!((stored.name.as_str(), stored.is_ready, stored.width), ("Acme", true, None));
    }
}
