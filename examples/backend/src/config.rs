//! Settings, from the command line or the environment. Secrets come from the environment alone: other users of a machine can
//! read command lines.

use crate::secrets::Secret;
use clap::Args;
use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A setting that is missing or cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A secret is not set.
    #[error("set the environment variable {name}: {purpose}")]
    Missing {
        /// The variable.
        name: &'static str,
        /// What it is for.
        purpose: &'static str,
    },
    /// A value cannot be used.
    #[error("{name} is {value:?}, but must be {must_be}")]
    Invalid {
        /// The option.
        name: &'static str,
        /// What was given.
        value: String,
        /// What is accepted.
        must_be: &'static str,
    },
}

/// The settings of the server.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Where to listen
    #[arg(long, env = "BACKEND_LISTEN", default_value = "127.0.0.1:9050")]
    pub listen: SocketAddr,
    /// The URL under which browsers and HubSpot reach this server, without a slash at the end
    #[arg(long, env = "BACKEND_PUBLIC_URL", default_value = "http://127.0.0.1:9050")]
    pub public_url: String,
    /// The folder of the built widget, which is served at `/`. Without it the widget is somewhere else
    #[arg(long, env = "BACKEND_WIDGET_DIST")]
    pub widget_dist: Option<PathBuf>,
    /// The origin of a widget that is served from somewhere else, as `https://widget.example.com`
    #[arg(long, env = "BACKEND_WIDGET_ORIGIN")]
    pub widget_origin: Option<String>,
    /// The pages that may embed the widget, as in the policy `frame-ancestors`
    #[arg(long, env = "BACKEND_FRAME_ANCESTORS", default_value = "'self' https://*.hubspot.com")]
    pub frame_ancestors: String,
    /// The folder with the recordings: `<account>/<external id of the call>.wav`
    #[arg(long, env = "BACKEND_RECORDINGS", default_value = "recordings")]
    pub recordings: PathBuf,
    /// The id of the app in HubSpot
    #[arg(long, env = "HUBSPOT_APP_ID")]
    pub app_id: u64,
    /// The base URL of HubSpot's API
    #[arg(long, env = "HUBSPOT_API", default_value = "https://api.hubapi.com")]
    pub hubspot_api: String,
    /// Accept requests for links to recordings without HubSpot's signature
    #[arg(long, env = "BACKEND_UNSIGNED_RECORDING_REQUESTS")]
    pub unsigned_recording_requests: bool,
    /// How often and when a request to HubSpot is repeated. Tests shorten it.
    #[arg(skip)]
    pub timing: Timing,
}

impl Settings {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// Names the setting that cannot be used.
    pub fn check(&self) -> Result<(), ConfigError> {
        let is_base = |url: &str| {
            reqwest::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
                && !url.ends_with('/')
        };
        let must_be = "a URL with http or https and without a slash at the end";
        let origin = self.widget_origin.as_deref().map(|origin| ("--widget-origin", origin));
        let urls = [("--public-url", self.public_url.as_str()), ("--hubspot-api", self.hubspot_api.as_str())];
        for (name, url) in urls.into_iter().chain(origin) {
            if !is_base(url) {
                return Err(ConfigError::Invalid { name, value: url.to_owned(), must_be });
            }
        }
        if axum::http::HeaderValue::from_str(&self.frame_ancestors).is_err() {
            let (name, value) = ("--frame-ancestors", self.frame_ancestors.clone());
            return Err(ConfigError::Invalid { name, value, must_be: "a list of origins" });
        }
        match &self.widget_dist {
            Some(folder) if !folder.join("index.html").is_file() => Err(ConfigError::Invalid {
                name: "--widget-dist",
                value: folder.display().to_string(),
                must_be: "a folder with a built widget: run `cargo xtask build`",
            }),
            _ => Ok(()),
        }
    }
}

/// When a request to HubSpot is repeated.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// The wait after the first failure; it doubles with each further one.
    pub first_retry: Duration,
    /// The longest wait.
    pub longest_retry: Duration,
    /// How long a request may take.
    pub request: Duration,
    /// After how long a call that HubSpot's search does not find does not exist. New calls are not found at once.
    pub search_delay: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            first_retry: Duration::from_secs(1),
            longest_retry: Duration::from_secs(300),
            request: Duration::from_secs(20),
            search_delay: Duration::from_secs(60),
        }
    }
}

/// What nobody else may know.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// The client secret of the app: HubSpot signs its requests with it.
    pub client_secret: Secret,
    /// The access token for HubSpot's API.
    pub access_token: Secret,
    /// A key of our own, which signs the links to recordings.
    pub link_key: Secret,
}

impl Secrets {
    /// Reads them from the environment.
    ///
    /// # Errors
    /// Names the variable that is not set.
    pub fn from_environment() -> Result<Self, ConfigError> {
        let read = |name, purpose| match env::var(name) {
            Ok(value) if !value.trim().is_empty() => Ok(Secret::new(value.trim())),
            _ => Err(ConfigError::Missing { name, purpose }),
        };
        Ok(Self {
            client_secret: read("HUBSPOT_CLIENT_SECRET", "HubSpot signs its requests with it (app settings, Auth)")?,
            access_token: read("HUBSPOT_ACCESS_TOKEN", "the API accepts it (OAuth, or the token of a private app)")?,
            link_key: read(
                "BACKEND_LINK_KEY",
                "any long random text, which signs the links to recordings; for instance from `openssl rand -hex 32`",
            )?,
        })
    }
}
