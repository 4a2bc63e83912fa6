//! What can go wrong, each with what to do about it.

use std::{fmt, time::Duration};

/// What this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

/// A value that is refused before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Invalid {
    /// Not a number above zero.
    #[error("the app id is not a number; copy it from the app's page in your HubSpot developer account")]
    AppId,
    /// Empty, or with characters that no key has.
    #[error("the key is empty or has characters that no key has; copy it again, without quotation marks")]
    Key,
    /// No name.
    #[error("the name is empty; it is what users choose under Call from")]
    Name,
    /// Not https, and not on this machine.
    #[error("`{0}` is not a URL that HubSpot can use; it must start with https:// (http:// only for localhost)")]
    Url(String),
    /// HubSpot's servers call this URL.
    #[error("HubSpot's servers cannot reach `{0}`, which is on your own machine; give the https URL of your back end")]
    UnreachableUrl(String),
    /// A size of zero.
    #[error("width and height must be above 0")]
    Size,
    /// No `%s` in the URL of recordings.
    #[error("the URL has no `%s`; HubSpot puts the external id of the call there")]
    NoPlaceholder,
    /// The widget is on the developer's machine, and `isReady` is true.
    #[error(
        "the URL is on your own machine, so no user could open it; deploy the widget and give its URL before the app is \
         ready"
    )]
    LocalUrlInProduction,
    /// A change without a field.
    #[error("there is nothing to change; name at least one field")]
    NothingToChange,
    /// Not https, and not on this machine.
    #[error("the API's address must be an https:// URL, so that the key is encrypted (http:// only for localhost)")]
    BaseUrl,
}

/// What HubSpot answered when it refused a request. The key and the app id are removed from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// HubSpot's words, or the beginning of an answer in another form. May be empty.
    pub message: String,
    /// As `MISSING_SCOPES` or `RATE_LIMIT`.
    pub category: Option<String>,
    /// HubSpot's support asks for it.
    pub correlation_id: Option<String>,
    /// The rate limit that was reached, as `DAILY` or `TEN_SECONDLY_ROLLING`.
    pub policy: Option<String>,
    /// The scopes that the token has not. May be empty although one is missing.
    pub missing_scopes: Vec<String>,
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.status)?;
        if !self.message.is_empty() {
            write!(formatter, ", \"{}\"", self.message)?;
        }
        match &self.correlation_id {
            Some(id) => write!(formatter, " (correlation id {id})"),
            None => Ok(()),
        }
    }
}

/// Why a request failed. No message contains the key or the app id.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value was refused before anything was sent.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Setup(#[source] reqwest::Error),
    /// No connection. Nothing was sent.
    #[error("{host} cannot be reached ({}); check the network, a proxy (HTTPS_PROXY), and the API's address", root_cause(.source))]
    Connect {
        /// Where the connection was to go.
        host: String,
        /// The reason, without the URL.
        source: reqwest::Error,
    },
    /// The connection ended before the answer was complete. The change may have been made.
    #[error("the connection ended before the answer was complete ({}); {MAY_BE_DONE}", root_cause(.0))]
    Interrupted(#[source] reqwest::Error),
    /// No answer in time. The change may have been made.
    #[error("no answer within {} s; {MAY_BE_DONE}", .0.as_secs_f32())]
    Timeout(Duration),
    /// The answer is longer than any of this API.
    #[error("the answer is too long to be one of HubSpot's API; check the API's address")]
    TooLong,
    /// A successful answer that cannot be read. The change may have been made.
    #[error(
        "the answer ({status}) is not the JSON that HubSpot documents: {excerpt}; check the API's address, then {MAY_BE_DONE}"
    )]
    NotJson {
        /// The HTTP status.
        status: u16,
        /// The beginning of the answer.
        excerpt: String,
    },
    /// A redirect. It was not followed, so the key was not sent there.
    #[error(
        "the API answered {status} with a redirect to {host}; it was not followed, so that the key goes nowhere else. If \
         {host} is right, set it as the API's address"
    )]
    Redirect {
        /// The HTTP status.
        status: u16,
        /// The host that the redirect names.
        host: String,
    },
    /// 401.
    #[error(
        "HubSpot does not accept the key: {0}. A developer API key is in the developer account under Keys; an access \
         token lasts 30 minutes, so get a new one"
    )]
    Unauthorized(Box<Answer>),
    /// 403.
    #[error("{}", forbidden(.0))]
    Forbidden(Box<Answer>),
    /// 404.
    #[error(
        "HubSpot has no {kind} for this app: {answer}. Create them first; if you have, the app id belongs to another app \
         or account"
    )]
    NotFound {
        /// As "calling settings".
        kind: &'static str,
        /// What HubSpot answered.
        answer: Box<Answer>,
    },
    /// 409: they exist.
    #[error("the app has {kind} already: {answer}. Update them instead")]
    AlreadyExists {
        /// As "calling settings".
        kind: &'static str,
        /// What HubSpot answered.
        answer: Box<Answer>,
    },
    /// 429 that was not waited for, or that came again and again.
    #[error("{}", rate_limited(.wait, .answer))]
    RateLimited {
        /// How long HubSpot asks to wait, where it says so.
        wait: Option<Duration>,
        /// What HubSpot answered.
        answer: Box<Answer>,
    },
    /// 400 and other statuses below 500.
    #[error("HubSpot refused the request: {0}. Correct what it names")]
    Rejected(Box<Answer>),
    /// 5xx, after all attempts.
    #[error(
        "HubSpot has a problem of its own: {0}. It answered the same to each attempt; try later, and see https://status.hubspot.com"
    )]
    Server(Box<Answer>),
}

/// The innermost reason: the outer ones say only that a request failed.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

const MAY_BE_DONE: &str = "a change may have been made or not, and running the command again is safe";

fn forbidden(answer: &Answer) -> String {
    if answer.missing_scopes.is_empty() {
        return format!(
            "the key may not do this: {answer}. An access token needs the scopes developers-read and developers-write; a \
             developer API key must be of the account that owns the app"
        );
    }
    let scopes = answer.missing_scopes.join(", ");
    format!(
        "the access token lacks a scope ({scopes}): {answer}. Add it to the app, install the app again, and get a new token"
    )
}

fn rate_limited(wait: &Option<Duration>, answer: &Answer) -> String {
    let when = match wait {
        _ if answer.policy.as_deref() == Some("DAILY") => {
            "the daily limit is reached; it ends at midnight in the time zone of the account".to_owned()
        }
        Some(wait) => format!("wait {} s, then run the command again", wait.as_secs_f32().ceil()),
        None => "wait a minute, then run the command again".to_owned(),
    };
    format!("HubSpot's rate limit is reached: {answer}; {when}")
}
