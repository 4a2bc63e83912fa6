//! Recordings. HubSpot asks for a link to one (`urlToRetrieveAuthedRecording` of the app's settings is
//! `<public URL>/recordings/%s/link`). The link is played by the browsers of HubSpot's users and read by HubSpot's transcription, so it
//! needs no other proof.

use crate::calls::is_external_id;
use crate::signature::Signed;
use crate::store::now;
use crate::{App, Error};
use axum::extract::{Path, Query, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, IF_RANGE, RANGE};
use axum::{Json, body::Body, response::Response};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;
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
    if app_id != app.settings.app_id || !file(&app, account, &id)?.is_file() {
        return Err(Error::NotFound("recording"));
    }
    let (expires, base) = (now() + VALIDITY, &app.settings.public_url);
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key(&app), signed_text(account, &id, expires).as_bytes()));
    let url = format!("{base}/recordings/{id}/audio?account={account}&expires={expires}&signature={signature}");
    Ok(Json(json!({ "authenticatedUrl": url })))
}

#[derive(Deserialize)]
pub struct AudioQuery {
    account: u64,
    expires: u64,
    signature: String,
}

/// `GET` and `HEAD /recordings/{external id}/audio`, whole or in ranges.
pub async fn audio(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(AudioQuery { account, expires, signature }): Query<AudioQuery>,
    mut request: Request,
) -> Result<Response, Error> {
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Error::Link)?;
    hmac::verify(&key(&app), signed_text(account, &id, expires).as_bytes(), &signature).map_err(|_| Error::Link)?;
    if now() > expires {
        return Err(Error::Link);
    }
    // A condition that cannot be checked must give the whole file.
    if request.headers().contains_key(IF_RANGE) {
        request.headers_mut().remove(RANGE);
    }
    // HubSpot's transcription asks for this type.
    let file = ServeFile::new_with_mime(file(&app, account, &id)?, &mime::APPLICATION_OCTET_STREAM);
    let Ok(mut response) = file.oneshot(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private"));
    Ok(response.map(Body::new))
}

fn file(app: &App, account: u64, id: &str) -> Result<PathBuf, Error> {
    let file = app.settings.recordings.join(account.to_string()).join(format!("{id}.wav"));
    is_external_id(id).then_some(file).ok_or(Error::NotFound("recording"))
}

/// An external id contains no slash.
fn signed_text(account: u64, id: &str, expires: u64) -> String {
    format!("recording/{account}/{id}/{expires}")
}

fn key(app: &App) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, app.secrets.link_key.as_bytes())
}
