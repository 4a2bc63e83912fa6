//! HubSpot's API, as far as calls need it: create, update, and find one by our own id.

use crate::calls::Call;
use crate::settings::Settings;
use crate::{App, Error};
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Method};
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

pub fn client(settings: &Settings) -> Result<Client, Error> {
    // The token must not follow a redirect.
    let client = Client::builder().timeout(settings.timeout).redirect(reqwest::redirect::Policy::none());
    client.build().map_err(|error| Error::Setup(format!("the client for HubSpot: {error}")))
}

/// Creates a call, and returns its id.
pub async fn create(app: &App, call: &Call) -> Result<String, Failure> {
    let mut properties = call.properties.clone();
    // Recordings need all four.
    properties.extend(identity(app, call).map(|(name, value)| (name.to_owned(), value)));
    properties.insert("hs_call_source".into(), "INTEGRATIONS_PLATFORM".into());
    let body = json!({ "properties": properties, "associations": call.associations });
    let created = send(app, Method::POST, "", &body).await?;
    created["id"].as_str().map(str::to_owned).ok_or_else(|| Failure::Unknown("the answer has no id".into()))
}

/// Sets properties of a call. Doing it twice is the same as once.
pub async fn update(app: &App, id: &str, call: &Call) -> Result<(), Failure> {
    send(app, Method::PATCH, &format!("/{id}"), &json!({ "properties": call.properties })).await.map(|_| ())
}

/// The id of the call in HubSpot. A call that was just created may be found some seconds later only.
pub async fn find(app: &App, call: &Call) -> Result<Option<String>, Failure> {
    let filter = |(name, value)| json!({ "propertyName": name, "operator": "EQ", "value": value });
    let body = json!({ "filterGroups": [{ "filters": identity(app, call).map(filter) }], "limit": 1 });
    let found = send(app, Method::POST, "/search", &body).await?;
    Ok(found["results"][0]["id"].as_str().map(str::to_owned))
}

/// The properties by which a call is found.
fn identity(app: &App, call: &Call) -> [(&'static str, String); 3] {
    [
        ("hs_call_external_id", call.external_id.clone()),
        ("hs_call_external_account_id", call.portal_id.to_string()),
        ("hs_call_app_id", app.settings.app_id.to_string()),
    ]
}

async fn send(app: &App, method: Method, path: &str, body: &Value) -> Result<Value, Failure> {
    let url = format!("{}/crm/v3/objects/calls{path}", app.settings.hubspot_api);
    let request = app.client.request(method, url).bearer_auth(&app.settings.access_token).json(body);
    let response = request.send().await.map_err(|error| match error.is_connect() {
        // Without a connection nothing was sent.
        true => Failure::NotNow(with_causes(&error), Duration::ZERO),
        false => Failure::Unknown(with_causes(&error)),
    })?;
    let status = response.status();
    let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let body = response.json::<Value>().await;
    if status.is_success() {
        // The request was done even if its answer cannot be read.
        return body.map_err(|error| Failure::Unknown(with_causes(&error)));
    }
    let body = body.unwrap_or_default();
    let message = format!("{status}: {}", body["message"].as_str().unwrap_or("without a message"));
    Err(match status.as_u16() {
        401 | 403 | 429 => Failure::NotNow(message, Duration::from_secs(wait.unwrap_or(0))),
        408 | 500.. => Failure::Unknown(message),
        _ => Failure::Refused(message),
    })
}

/// From the outside to the innermost cause.
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
