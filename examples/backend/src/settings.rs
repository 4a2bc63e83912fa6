//! Settings, from the command line or the environment. Secrets come from the environment alone: other users of a machine can
//! read command lines.

use crate::Error;
use axum::http::HeaderValue;
use clap::Args;
use std::{net::SocketAddr, path::PathBuf, time::Duration};

/// The settings of the server. There is no `Debug`, as it would print the secrets.
#[derive(Args, Clone)]
pub struct Settings {
    /// Where to listen
    #[arg(long, env = "BACKEND_LISTEN", default_value = "127.0.0.1:9050")]
    pub listen: SocketAddr,
    /// The URL under which browsers and HubSpot reach this server, without a path
    #[arg(long, env = "BACKEND_PUBLIC_URL", default_value = "http://127.0.0.1:9050", value_parser = origin)]
    pub public_url: String,
    /// The folder of the built widget, which is served at `/`
    #[arg(long, env = "BACKEND_WIDGET_DIST", value_parser = built_widget)]
    pub widget_dist: Option<PathBuf>,
    /// The header that says which pages may embed that widget
    #[arg(long, env = "BACKEND_WIDGET_POLICY", default_value = "frame-ancestors 'self' https://*.hubspot.com")]
    pub widget_policy: HeaderValue,
    /// The origin of a widget that is served from somewhere else, as `https://widget.example.com`
    #[arg(long, env = "BACKEND_WIDGET_ORIGIN", value_parser = origin)]
    pub widget_origin: Option<String>,
    /// The folder with the recordings: `<account>/<external id of the call>.wav`
    #[arg(long, env = "BACKEND_RECORDINGS", default_value = "recordings")]
    pub recordings: PathBuf,
    /// The id of the app in HubSpot
    #[arg(long, env = "HUBSPOT_APP_ID")]
    pub app_id: u64,
    /// The origin of HubSpot's API
    #[arg(long, env = "HUBSPOT_API", default_value = "https://api.hubapi.com", value_parser = origin)]
    pub hubspot_api: String,
    /// How long a request to HubSpot may take.
    #[arg(skip = Duration::from_secs(20))]
    pub timeout: Duration,
    /// The wait after the first failure; it doubles with each further one.
    #[arg(skip = Duration::from_secs(1))]
    pub first_retry: Duration,
    /// After how long a call that HubSpot's search does not find does not exist. New calls are not found at once.
    #[arg(skip = Duration::from_secs(60))]
    pub search_delay: Duration,
    /// The client secret of the app: HubSpot signs its requests with it.
    #[arg(skip)]
    pub client_secret: String,
    /// The access token for HubSpot's API.
    #[arg(skip)]
    pub access_token: String,
}

impl Settings {
    /// Reads the secrets from the environment. An error names the variable that is not set.
    pub fn read_secrets(&mut self) -> Result<(), Error> {
        let read = |name: &str| match std::env::var(name) {
            Ok(value) if !value.trim().is_empty() => Ok(value.trim().to_owned()),
            _ => Err(Error::Setup(format!("set the environment variable {name}: README.md says where to get it"))),
        };
        (self.client_secret, self.access_token) = (read("HUBSPOT_CLIENT_SECRET")?, read("HUBSPOT_ACCESS_TOKEN")?);
        Ok(())
    }
}

fn origin(text: &str) -> Result<String, &'static str> {
    let is_origin = reqwest::Url::parse(text).is_ok_and(|url| url.origin().ascii_serialization() == text);
    let is_valid = is_origin && text.starts_with("http");
    if is_valid { Ok(text.into()) } else { Err("it must be as https://voice.example.com") }
}

fn built_widget(folder: &str) -> Result<PathBuf, &'static str> {
    let is_built = PathBuf::from(folder).join("index.html").is_file();
    if is_built { Ok(folder.into()) } else { Err("there is no built widget: run `cargo xtask build`") }
}
