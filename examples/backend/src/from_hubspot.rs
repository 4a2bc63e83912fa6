//! What HubSpot reports and asks, in signed requests, and the recordings that it gets links to.

use crate::calls::is_external_id;
use crate::sessions::{issue, value_of};
use crate::store::now;
use crate::{App, Error};
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, request::Parts};
use axum::response::{IntoResponse, Json, Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use call_model::Account;
use ring::hmac;
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// How far the time of a request may be from ours, in milliseconds. HubSpot asks to reject older requests. What comes from the
/// future is rejected too: it could be repeated for longer.
const MAX_SKEW: u64 = 5 * 60 * 1000;
/// The characters that HubSpot decodes before it signs: those of its documentation, and no others. A `%20` stays.
const DECODED: &str = ":/?@!$'()*,;";
/// How long a link to a recording is valid, in milliseconds: a long one, paused at times.
const VALIDITY: u64 = 4 * 60 * 60 * 1000;

/// The body of a request that HubSpot has signed. A handler with this argument gets no other requests.
pub struct Signed(Bytes);

impl FromRequest<App> for Signed {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        // The URL that HubSpot has called: a proxy may have changed what arrives here.
        let url = format!("{}{}", app.settings.public_url, parts.uri);
        let request = Request::from_parts(parts.clone(), body);
        let body = Bytes::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        let verified = verify(&app.settings.client_secret, &parts, &url, &body, now());
        verified.map(|()| Self(body)).map_err(|reason| Error::Unauthorized(reason).into_response())
    }
}

/// Checks HubSpot's signature, version 3, in constant time: HMAC-SHA256 over method, URL, body and time, keyed with the client secret
/// of the app. `url` is the whole URL as HubSpot called it, with its encoding. The error says why the request is not accepted.
pub fn verify(secret: &str, request: &Parts, url: &str, body: &[u8], now: u64) -> Result<(), &'static str> {
    let mismatch = "the signature does not match: check the client secret and the public URL of this server";
    let missing = "HubSpot signs its requests with X-HubSpot-Signature-v3 and X-HubSpot-Request-Timestamp";
    let header = |name| request.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).ok_or(missing);
    let (signature, timestamp) = (header("x-hubspot-signature-v3")?, header("x-hubspot-request-timestamp")?);
    let signature = STANDARD.decode(signature).map_err(|_| mismatch)?;
    if timestamp.parse().map_or(true, |time: u64| now.abs_diff(time) > MAX_SKEW) {
        return Err("the time of the request differs from the server's by more than 5 minutes");
    }
    let source = [request.method.as_str().as_bytes(), decoded(url).as_bytes(), body, timestamp.as_bytes()].concat();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::verify(&key, &source, &signature).map_err(|_| mismatch)
}

/// The URL as HubSpot signs it. No decoded character can be part of another code, so `%253A` stays as it is.
fn decoded(url: &str) -> String {
    DECODED.chars().fold(url.to_owned(), |url, character| {
        let (code, character) = (format!("%{:02X}", u32::from(character)), character.to_string());
        url.replace(&code, &character).replace(&code.to_lowercase(), &character)
    })
}

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
            let values = params![subscription_id, event_id, occurred_at, Value::from(rest)];
            transaction.execute("INSERT OR IGNORE INTO events VALUES (?1, ?2, ?3, ?4)", values)?;
        }
        Ok(transaction.commit()?)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NumbersRequest {
    portal_id: u64,
    user_id: u64,
}

/// `POST /channel-connection`: the phone numbers that a user may connect to the help desk. A user who is not known has none.
pub async fn numbers(State(app): State<App>, Signed(body): Signed) -> Result<Json<Value>, Error> {
    let NumbersRequest { portal_id, user_id } = serde_json::from_slice(&body).map_err(invalid)?;
    let query = "SELECT account FROM users WHERE portal_id = ?1 AND hubspot_user_id = ?2";
    let account: Account = app.store.json(query, [portal_id, user_id])?.unwrap_or_default();
    let numbers = account.numbers.iter().map(|own| json!({ "e164PhoneNumber": own.number, "friendlyName": own.name }));
    Ok(Json(json!({ "phoneNumbers": numbers.collect::<Vec<_>>() })))
}

/// What HubSpot sends beside the external id.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkQuery {
    external_account_id: u64,
}

/// `GET /recordings/{external id}/link`: what the app's settings name as `urlToRetrieveAuthedRecording`. The link is played by the
/// browsers of HubSpot's users and read by its transcription, so it needs no other proof.
pub async fn link(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(LinkQuery { external_account_id: account }): Query<LinkQuery>,
    _: Signed,
) -> Result<Json<Value>, Error> {
    let file = app.settings.recordings.join(account.to_string()).join(format!("{id}.wav"));
    if !is_external_id(&id) || !file.is_file() {
        return Err(Error::NotFound("recording"));
    }
    let token = issue(&app.store, "link", &file.to_string_lossy(), VALIDITY)?;
    Ok(Json(json!({ "authenticatedUrl": format!("{}/recordings/audio/{token}", app.settings.public_url) })))
}

/// `GET` and `HEAD /recordings/audio/{token}`, whole or in ranges.
pub async fn audio(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result<Response, Error> {
    let file = value_of(&app.store, "link", &token)?.ok_or(Error::NotFound("link: it may have expired"))?;
    // HubSpot's transcription asks for this type.
    Ok(ServeFile::new_with_mime(file, &mime::APPLICATION_OCTET_STREAM).oneshot(request).await.into_response())
}

fn invalid(error: serde_json::Error) -> Error {
    Error::BadRequest(format!("the body is not as HubSpot documents it: {error}"))
}
