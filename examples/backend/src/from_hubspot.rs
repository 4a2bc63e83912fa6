//! What HubSpot reports and asks, in signed requests, and the recordings that it gets links to.

use crate::calls::is_external_id;
use crate::sessions::{fingerprint, random_token};
use crate::signature::Signed;
use crate::store::{AsJson, now};
use crate::{App, Error};
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{IF_RANGE, RANGE};
use axum::{Json, response::IntoResponse};
use call_model::Account;
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// How long a link to a recording is valid, in milliseconds: a long one, paused at times.
const VALIDITY: u64 = 4 * 60 * 60 * 1000;

/// The three fields identify an event. `attemptNumber` is not part of it: HubSpot may send an event again.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    subscription_id: i64,
    event_id: i64,
    occurred_at: i64,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// `POST /webhooks`: at most 100 events. Each is stored once, before HubSpot gets its answer; what an app does with them can take its
/// time afterwards.
pub async fn events(State(app): State<App>, Signed(body): Signed) -> Result<StatusCode, Error> {
    let events: Vec<Event> = serde_json::from_slice(&body).map_err(invalid)?;
    app.store.run(|connection| {
        let transaction = connection.transaction()?;
        for Event { subscription_id, event_id, occurred_at, rest } in events {
            let values = params![subscription_id, event_id, occurred_at, AsJson(rest)];
            transaction.execute("INSERT OR IGNORE INTO events VALUES (?1, ?2, ?3, ?4)", values)?;
        }
        Ok(transaction.commit()?)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NumbersRequest {
    app_id: u64,
    portal_id: u64,
    user_id: u64,
}

/// `POST /channel-connection`: the phone numbers that a user may connect to the help desk. A user who is not known has none.
pub async fn numbers(State(app): State<App>, Signed(body): Signed) -> Result<Json<Value>, Error> {
    let NumbersRequest { app_id, portal_id, user_id } = serde_json::from_slice(&body).map_err(invalid)?;
    if app_id != app.settings.app_id {
        return Err(Error::BadRequest(format!("this server serves the app {}", app.settings.app_id)));
    }
    let query = "SELECT account FROM users WHERE portal_id = ?1 AND hubspot_user_id = ?2";
    let account: Option<AsJson<Account>> = app.store.value(query, [portal_id, user_id])?;
    let numbers = account.map(|AsJson(account)| account.numbers).unwrap_or_default();
    let numbers = numbers.iter().map(|own| json!({ "e164PhoneNumber": own.number, "friendlyName": own.name }));
    Ok(Json(json!({ "phoneNumbers": numbers.collect::<Vec<_>>() })))
}

/// What HubSpot sends beside the external id.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkQuery {
    external_account_id: u64,
    app_id: u64,
}

/// `GET /recordings/{external id}/link`: what the app's settings name as `urlToRetrieveAuthedRecording`. The link is played by the
/// browsers of HubSpot's users and read by its transcription, so it needs no other proof.
pub async fn link(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(LinkQuery { external_account_id: account, app_id }): Query<LinkQuery>,
    _: Signed,
) -> Result<Json<Value>, Error> {
    let file = app.settings.recordings.join(account.to_string()).join(format!("{id}.wav"));
    if app_id != app.settings.app_id || !is_external_id(&id) || !file.is_file() {
        return Err(Error::NotFound("recording"));
    }
    let token = random_token()?;
    app.store.execute("DELETE FROM links WHERE expires_at <= ?1", [now()])?;
    let values = params![fingerprint(&token), file.to_string_lossy(), now() + VALIDITY];
    app.store.execute("INSERT INTO links VALUES (?1, ?2, ?3)", values)?;
    Ok(Json(json!({ "authenticatedUrl": format!("{}/recordings/audio/{token}", app.settings.public_url) })))
}

/// `GET` and `HEAD /recordings/audio/{token}`, whole or in ranges.
pub async fn audio(
    State(app): State<App>,
    Path(token): Path<String>,
    mut request: Request,
) -> Result<impl IntoResponse, Error> {
    let query = "SELECT file FROM links WHERE fingerprint = ?1 AND expires_at > ?2";
    let file: Option<String> = app.store.value(query, params![fingerprint(&token), now()])?;
    // A condition that cannot be checked must give the whole file.
    if request.headers().contains_key(IF_RANGE) {
        request.headers_mut().remove(RANGE);
    }
    // HubSpot's transcription asks for this type.
    let file = ServeFile::new_with_mime(
        file.ok_or(Error::NotFound("link: it may have expired"))?,
        &mime::APPLICATION_OCTET_STREAM,
    );
    Ok(file.oneshot(request).await)
}

fn invalid(error: serde_json::Error) -> Error {
    Error::BadRequest(format!("the body is not as HubSpot documents it: {error}"))
}
