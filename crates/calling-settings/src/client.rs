//! Sends requests, and turns what comes back into settings or errors.

use crate::{
    credentials::{AppId, Credentials},
    error::{Answer, Error, Invalid, Result},
    redact::redact,
    request::{Method, Request},
    resource::Resource,
    retry::{Retry, RetryPolicy, asked_wait, is_ambiguous, is_transient},
    settings::{Calling, ChannelConnection, Kind, Recording, is_local},
};
use backon::Retryable;
use reqwest::{
    StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION},
    redirect,
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

/// Where HubSpot's API is.
pub const DEFAULT_BASE_URL: &str = "https://api.hubapi.com";

/// No answer of this API is longer than some hundred bytes.
const MAX_ANSWER_BYTES: usize = 1 << 20;

/// Checks an address of the API before a client is built with it.
///
/// # Errors
/// [`Invalid::BaseUrl`] when it would send the key unencrypted to another machine, or cannot be the start of an address.
pub fn base_url(text: &str) -> std::result::Result<Url, Invalid> {
    let url = Url::parse(text).map_err(|_| Invalid::BaseUrl)?;
    let is_encrypted = url.scheme() == "https" || (url.scheme() == "http" && is_local(&url));
    let is_start = url.query().is_none() && url.fragment().is_none();
    if is_encrypted && is_start { Ok(url) } else { Err(Invalid::BaseUrl) }
}

type OnRetry = Arc<dyn Fn(&Retry<'_>) + Send + Sync>;

/// A client for the settings of one app. Cheap to clone; it can be used from several tasks at once.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    app_id: AppId,
    credentials: Credentials,
    timeout: Duration,
    retry: RetryPolicy,
    on_retry: OnRetry,
}

/// Neither the key nor the app id is in it.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base", &self.base.as_str())
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Client`].
pub struct ClientBuilder {
    app_id: AppId,
    credentials: Credentials,
    base: String,
    timeout: Duration,
    retry: RetryPolicy,
    on_retry: OnRetry,
}

impl ClientBuilder {
    /// Another address than [`DEFAULT_BASE_URL`], as that of a proxy or of a test. It may have a path.
    #[must_use]
    pub fn base_url(self, base: impl Into<String>) -> Self {
        Self { base: base.into(), ..self }
    }

    /// How long one attempt may take, from connecting to the last byte. 20 s by default.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// How often and how long to try.
    #[must_use]
    pub fn retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// Is called before each wait, so that a person can be told.
    #[must_use]
    pub fn on_retry(self, on_retry: impl Fn(&Retry<'_>) + Send + Sync + 'static) -> Self {
        Self { on_retry: Arc::new(on_retry), ..self }
    }

    /// # Errors
    /// [`Invalid::BaseUrl`] when the address would send the key unencrypted, [`Error::Setup`] when TLS cannot be set up.
    pub fn build(self) -> Result<Client> {
        let base = base_url(&self.base)?;
        let mut http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(self.timeout)
            .user_agent(concat!("calling-settings/", env!("CARGO_PKG_VERSION")));
        if is_local(&base) {
            // A proxy would see the key of an unencrypted request, and could not reach this machine.
            http = http.no_proxy();
        }
        let http = http.build().map_err(Error::Setup)?;
        let Self { app_id, credentials, timeout, retry, on_retry, .. } = self;
        Ok(Client { http, base, app_id, credentials, timeout, retry, on_retry })
    }
}

impl Client {
    /// With HubSpot's own address, time-outs and retries.
    ///
    /// # Errors
    /// [`Error::Setup`] when TLS cannot be set up.
    pub fn new(app_id: AppId, credentials: Credentials) -> Result<Self> {
        Self::builder(app_id, credentials).build()
    }

    /// With other values.
    pub fn builder(app_id: AppId, credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            app_id,
            credentials,
            base: DEFAULT_BASE_URL.to_owned(),
            timeout: Duration::from_secs(20),
            retry: RetryPolicy::default(),
            on_retry: Arc::new(|_| {}),
        }
    }

    /// The app's entry under *Call from*.
    pub fn calling(&self) -> Resource<'_, Calling> {
        self.resource()
    }

    /// Where HubSpot asks for the URL of a recording.
    pub fn recording(&self) -> Resource<'_, Recording> {
        self.resource()
    }

    /// Where HubSpot asks for phone numbers.
    pub fn channel_connection(&self) -> Resource<'_, ChannelConnection> {
        self.resource()
    }

    /// Any of them, for code that is generic over the kind.
    pub fn resource<K: Kind>(&self) -> Resource<'_, K> {
        Resource::new(self)
    }

    /// Sends it until it succeeds or may not be repeated. `ambiguous` is set when a failed attempt may have had its effect.
    pub(crate) async fn send(
        &self,
        kind: &'static str,
        request: &Request,
        ambiguous: &AtomicBool,
    ) -> Result<(u16, String)> {
        (|| self.attempt(kind, request))
            .retry(self.retry.backoff())
            .when(is_transient)
            .adjust(|error, planned| self.retry.wait(error, planned))
            .notify(|error, wait| {
                ambiguous.fetch_or(is_ambiguous(error), Ordering::Relaxed);
                (self.on_retry)(&Retry { error, wait });
            })
            .await
    }

    async fn attempt(&self, kind: &'static str, request: &Request) -> Result<(u16, String)> {
        let (url, headers) = self.address(request)?;
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self.http.request(method, url).headers(headers);
        if let Some(body) = &request.body {
            builder = builder.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        let mut response = builder.send().await.map_err(|error| self.failed(error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_redirection() {
            return Err(Error::Redirect { status: status.as_u16(), host: self.redirect_host(&headers) });
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(error))? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_ANSWER_BYTES {
                return Err(Error::TooLong);
            }
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        if status.is_success() { Ok((status.as_u16(), body)) } else { Err(self.refused(kind, status, &headers, &body)) }
    }

    /// A text without the key and the app id.
    pub(crate) fn redacted(&self, text: &str) -> String {
        redact(text, self.credentials.secret(), self.app_id)
    }

    /// The key is in one of the two.
    fn address(&self, request: &Request) -> Result<(Url, HeaderMap)> {
        let mut url = self.base.clone();
        let prefix = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}{}", request.path(&self.app_id.get().to_string())));
        let mut headers = HeaderMap::new();
        match &self.credentials {
            Credentials::DeveloperKey(key) => {
                url.query_pairs_mut().append_pair("hapikey", key.expose());
            }
            Credentials::AccessToken(token) => {
                let bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()));
                let mut bearer = bearer.map_err(|_| Invalid::Key)?;
                bearer.set_sensitive(true);
                headers.insert(AUTHORIZATION, bearer);
            }
        }
        Ok((url, headers))
    }

    /// reqwest's errors name the URL, which has the key in it.
    fn failed(&self, error: reqwest::Error) -> Error {
        let error = error.without_url();
        if error.is_timeout() {
            Error::Timeout(self.timeout)
        } else if error.is_connect() {
            Error::Connect { host: self.base.authority().to_owned(), source: error }
        } else {
            Error::Interrupted(error)
        }
    }

    fn redirect_host(&self, headers: &HeaderMap) -> String {
        let location = headers.get(LOCATION).and_then(|location| location.to_str().ok());
        let url = location.and_then(|location| self.base.join(location).ok());
        url.map_or_else(|| "an unknown place".to_owned(), |url| url.authority().to_owned())
    }

    fn refused(&self, kind: &'static str, status: StatusCode, headers: &HeaderMap, body: &str) -> Error {
        let answer = Box::new(Answer::parse(status.as_u16(), body, self.credentials.secret(), self.app_id));
        match status.as_u16() {
            401 => Error::Unauthorized(answer),
            403 => Error::Forbidden(answer),
            404 => Error::NotFound { kind, answer },
            409 => Error::AlreadyExists { kind, answer },
            429 => Error::RateLimited { wait: asked_wait(headers, &answer, SystemTime::now()), answer },
            500.. => Error::Server(answer),
            _ => Error::Rejected(answer),
        }
    }
}
