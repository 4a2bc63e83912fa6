//! The three kinds of settings of a calling app, as HubSpot documents them.
//!
//! What HubSpot answers may have further fields: they are ignored. Without its name or its URL an answer is none of
//! HubSpot's; any other field may be absent.

mod calling;
mod channel_connection;
mod recording;

pub use calling::{Calling, CallingPatch, CallingSettings, NewCalling};
pub use channel_connection::{
    ChannelConnection, ChannelConnectionPatch, ChannelConnectionSettings, NewChannelConnection,
};
pub use recording::{NewRecording, Recording, RecordingPatch, RecordingSettings};

use crate::error::Invalid;
use reqwest::Url;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

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

/// When settings were created and changed, as HubSpot writes it: the format differs between kinds of settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct Times {
    /// Absent where HubSpot does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// Absent where HubSpot does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
}

/// A kind of settings that can be deleted. HubSpot documents no way to delete those for recordings.
pub trait Removable: Kind {}

/// Values that are checked before they are sent.
pub trait Validate {
    /// # Errors
    /// The first value that HubSpot would refuse or could not use.
    fn validate(&self) -> Result<(), Invalid>;
}

/// For fields that are newer than the settings.
fn null_is_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
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
        let stored: CallingSettings = serde_json::from_str(
            r#"{"name": "Acme", "url": "https://a.example/", "isReady": true, "usesRemote": null, "new": [1]}"#,
        )
        .unwrap();
        assert_eq!((stored.name.as_str(), stored.is_ready, stored.width), ("Acme", true, None));
        assert_eq!(stored.times, Times::default());
        assert!(serde_json::from_str::<CallingSettings>("{}").is_err(), "this is none of HubSpot's answers");
        assert!(serde_json::from_str::<RecordingSettings>("{}").is_err());
        assert!(serde_json::from_str::<ChannelConnectionSettings>("[]").is_err());
    }
}
