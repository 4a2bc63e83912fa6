//! Recordings. HubSpot asks for a link to one (`urlToRetrieveAuthedRecording` of the app's settings is
//! `<public URL>/recordings/%s/link`). The link is played by the browsers of HubSpot's users and read by HubSpot's transcription, so it
//! needs no other proof.

use crate::calls::is_external_id;
use crate::sessions::{fingerprint, random_token};
use crate::signature::Signed;
use crate::store::now;
use crate::{App, Error};
use axum::extract::{Path, Query, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, IF_RANGE, RANGE};
use axum::{Json, body::Body, response::Response};
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// How long a link is valid, in milliseconds: a long recording, paused at times.
const VALIDITY: u64 = 4 * 60 * 60 * 1000;

/// What HubSpot sends beside the external id.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkQuery {
    external_account_id: u64,
    app_id: u64,
}

/// `GET /recordings/{external id}/link`
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
pub async fn audio(State(app): State<App>, Path(token): Path<String>, mut request: Request) -> Result<Response, Error> {
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
    let Ok(mut response) = file.oneshot(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private"));
    Ok(response.map(Body::new))
}
