//! Sends the stored calls to HubSpot, one request after the other, and repeats what has failed.
//!
//! HubSpot's API has no idempotency key. So before a call is created, the database marks that it may have been. If the answer is lost,
//! or this server stops, the next attempt looks for the call by its external id. Only when HubSpot's search has not found it for
//! [`search_delay`](crate::settings::Settings::search_delay), it is created again.

use crate::calls::{self, Call};
use crate::store::{millis, now};
use crate::{App, Error};
use reqwest::{Method, header::RETRY_AFTER};
use serde_json::{Value, json};
use std::{convert::Infallible, time::Duration};

const LONGEST_WAIT: Duration = Duration::from_secs(300);

pub async fn run(app: &App) -> Infallible {
    loop {
        let wait = deliver_next(app).await.unwrap_or_else(|error| {
            eprintln!("error: calls are not delivered: {error}");
            LONGEST_WAIT
        });
        let _ = tokio::time::timeout(wait, app.reported.notified()).await;
    }
}

/// Makes the next attempt if one is due, and returns for how long there is nothing to do.
async fn deliver_next(app: &App) -> Result<Duration, Error> {
    let query = "SELECT call FROM calls WHERE next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1";
    let Some(mut call) = app.store.json::<Call>(query, [])? else { return Ok(LONGEST_WAIT) };
    let wait = call.next_attempt_at.unwrap_or(0).saturating_sub(now());
    if wait > 0 {
        return Ok(Duration::from_millis(wait));
    }
    let is_new = call.engagement_id.is_none() && call.create_sent_at.is_none();
    if is_new {
        call.create_sent_at = Some(now());
        save(app, &call)?;
    }
    match attempt(app, &mut call, is_new).await {
        Ok(()) => (call.failures, call.error) = (0, None),
        Err(failure) => {
            eprintln!("call {} of account {}: {failure}", call.external_id, call.portal_id);
            let backoff = app.settings.first_retry.saturating_mul(1 << call.failures.min(16)).min(LONGEST_WAIT);
            call.next_attempt_at = match failure {
                Failure::Refused(_) => None,
                Failure::NotNow(_, wait) => Some(now() + millis(backoff.max(wait))),
                Failure::Unknown(_) => Some(now() + millis(backoff)),
            };
            if is_new && !matches!(failure, Failure::Unknown(_)) {
                call.create_sent_at = None;
            }
            (call.failures, call.error) = (call.failures + 1, Some(failure.to_string()));
        }
    }
    save(app, &call)?;
    Ok(Duration::ZERO)
}

async fn attempt(app: &App, call: &mut Call, is_new: bool) -> Result<(), Failure> {
    if let Some(id) = &call.engagement_id {
        update(app, id, call).await?;
        call.next_attempt_at = None;
    } else if is_new {
        call.engagement_id = Some(create(app, call).await?);
        call.next_attempt_at = None;
    } else if let Some(id) = find(app, call).await? {
        // Reports may have come since it was created: an update follows.
        call.engagement_id = Some(id);
    } else {
        // HubSpot may have created it until the request was given up.
        let wait = millis(app.settings.timeout + app.settings.search_delay);
        if now() < call.create_sent_at.unwrap_or(0) + wait {
            return Err(Failure::Unknown("HubSpot's search does not find the call yet".into()));
        }
        call.create_sent_at = None;
    }
    Ok(())
}

/// Stores what became of an attempt. Reports that have come since it began are sent next.
fn save(app: &App, call: &Call) -> Result<(), Error> {
    let save = |stored: &mut Call| {
        let properties = std::mem::take(&mut stored.properties);
        let is_latest = properties == call.properties;
        *stored = Call { properties, ..call.clone() };
        stored.next_attempt_at = stored.next_attempt_at.or_else(|| (!is_latest).then(now));
        Ok(())
    };
    calls::change(&app.store, call.portal_id, &call.external_id, save).map(|_| ())
}

/// Why a request was not successful.
#[derive(Debug, thiserror::Error)]
enum Failure {
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

/// Creates a call, and returns its id.
async fn create(app: &App, call: &Call) -> Result<String, Failure> {
    let mut properties = call.properties.clone();
    // Recordings need all four.
    properties.extend(identity(app, call).map(|(name, value)| (name.to_owned(), value)));
    properties.insert("hs_call_source".into(), "INTEGRATIONS_PLATFORM".into());
    let body = json!({ "properties": properties, "associations": call.associations });
    let created = send(app, Method::POST, "", &body).await?;
    created["id"].as_str().map(str::to_owned).ok_or_else(|| Failure::Unknown("the answer has no id".into()))
}

/// Sets properties of a call. Doing it twice is the same as once.
async fn update(app: &App, id: &str, call: &Call) -> Result<(), Failure> {
    send(app, Method::PATCH, &format!("/{id}"), &json!({ "properties": call.properties })).await.map(|_| ())
}

/// The id of the call in HubSpot. A call that was just created may be found some seconds later only.
async fn find(app: &App, call: &Call) -> Result<Option<String>, Failure> {
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
