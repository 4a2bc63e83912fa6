//! HubSpot's API, as far as calls need it: create, update, and find one by our own id.

use crate::Error;
use crate::calls::Call;
use crate::settings::{Secrets, Settings};
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// Why a request was not successful.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// HubSpot did not do it, and will not do it later either: the request is wrong.
    #[error("HubSpot refused it: {0}")]
    Refused(String),
    /// HubSpot did not do it now: too many requests, a token that is not accepted, no connection. How long it asks to wait.
    #[error("not done yet: {0}")]
    NotNow(String, Duration),
    /// It is not known whether HubSpot did it: no answer, a cut connection, a fault of the server.
    #[error("no clear answer: {0}")]
    Unknown(String),
}

pub struct HubSpot {
    client: Client,
    calls: String,
    token: String,
    app_id: u64,
}

impl HubSpot {
    pub fn new(settings: &Settings, secrets: &Secrets) -> Result<Self, Error> {
        // The token must not follow a redirect.
        let client = Client::builder().timeout(settings.timeout).redirect(reqwest::redirect::Policy::none());
        let client = client.build().map_err(|error| Error::Setup(format!("the client for HubSpot: {error}")))?;
        let calls = format!("{}/crm/v3/objects/calls", settings.hubspot_api);
        Ok(Self { client, calls, token: secrets.access_token.clone(), app_id: settings.app_id })
    }

    /// Creates a call, and returns its id.
    pub async fn create(&self, call: &Call) -> Result<String, Failure> {
        let mut properties = call.properties.clone();
        // Recordings need all four.
        properties.extend(self.identity(call).map(|(name, value)| (name.to_owned(), value)));
        properties.insert("hs_call_source".into(), "INTEGRATIONS_PLATFORM".into());
        let body = json!({ "properties": properties, "associations": call.associations });
        let created = self.send(Method::POST, "", &body).await?;
        created["id"].as_str().map(str::to_owned).ok_or_else(|| Failure::Unknown("the answer has no id".into()))
    }

    /// Sets properties of a call. Doing it twice is the same as once.
    pub async fn update(&self, id: &str, call: &Call) -> Result<(), Failure> {
        self.send(Method::PATCH, &format!("/{id}"), &json!({ "properties": call.properties })).await.map(|_| ())
    }

    /// The id of the call in HubSpot. A call that was just created may be found some seconds later only.
    pub async fn find(&self, call: &Call) -> Result<Option<String>, Failure> {
        let filter = |(name, value)| json!({ "propertyName": name, "operator": "EQ", "value": value });
        let body = json!({ "filterGroups": [{ "filters": self.identity(call).map(filter) }], "limit": 1 });
        let found = self.send(Method::POST, "/search", &body).await?;
        Ok(found["results"][0]["id"].as_str().map(str::to_owned))
    }

    /// The properties by which a call is found.
    fn identity(&self, call: &Call) -> [(&'static str, String); 3] {
        [
            ("hs_call_external_id", call.external_id.clone()),
            ("hs_call_external_account_id", call.portal_id.to_string()),
            ("hs_call_app_id", self.app_id.to_string()),
        ]
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Result<Value, Failure> {
        let request = self.client.request(method, format!("{}{path}", self.calls)).json(body);
        let response = match request.bearer_auth(&self.token).send().await {
            Ok(response) => response,
            // Without a connection nothing was sent.
            Err(error) if error.is_connect() => return Err(Failure::NotNow(with_causes(&error), Duration::ZERO)),
            Err(error) => return Err(Failure::Unknown(with_causes(&error))),
        };
        let status = response.status();
        let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let body = response.json::<Value>().await;
        if status.is_success() {
            // The request was done even if its answer cannot be read.
            return body.map_err(|error| Failure::Unknown(with_causes(&error)));
        }
        let body = body.unwrap_or_default();
        let message = format!("{status}: {}", body["message"].as_str().unwrap_or("without a message"));
        Err(match status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                Failure::NotNow(message, Duration::from_secs(wait.unwrap_or(0)))
            }
            _ if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => Failure::Refused(message),
            _ => Failure::Unknown(message),
        })
    }
}

/// From the outside to the innermost cause.
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
