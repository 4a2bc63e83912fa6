//! Recordings. HubSpot asks for a link to one (`urlToRetrieveAuthedRecording` of the app's settings is
//! `<public URL>/recordings/%s/link`) and gets one that is valid for some hours. The link is played by the browsers of HubSpot's
//! users and read by HubSpot's transcription, so it needs no other proof. It serves ranges, so that players can seek.

use crate::calls::is_external_id;
use crate::error::ApiError;
use crate::secrets::Secret;
use crate::server::App;
use crate::store::now;
use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_RANGE, IF_RANGE, RANGE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde::{Deserialize, Serialize};
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

/// What HubSpot reads.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    authenticated_url: String,
}

/// `GET /recordings/{external id}/link`. The signature was checked before.
///
/// # Errors
/// When there is no such recording.
pub async fn link(
    State(app): State<App>,
    Path(external_id): Path<String>,
    query: Result<Query<LinkQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(LinkQuery { external_account_id: portal_id, app_id }) = query?;
    let file = file(&app, portal_id, &external_id)?;
    if app_id != app.settings.app_id || !tokio::fs::try_exists(&file).await.unwrap_or(false) {
        return Err(NOT_FOUND);
    }
    let expires = now() + VALIDITY;
    let signature = URL_SAFE_NO_PAD
        .encode(hmac::sign(&key(&app.secrets.link_key), source(portal_id, &external_id, expires).as_bytes()));
    let base = &app.settings.public_url;
    let authenticated_url =
        format!("{base}/recordings/{external_id}/audio?account={portal_id}&expires={expires}&signature={signature}");
    Ok(([(CACHE_CONTROL, "no-store")], Json(Link { authenticated_url })).into_response())
}

/// The parts of a link.
#[derive(Deserialize)]
pub struct AudioQuery {
    account: u64,
    expires: u64,
    signature: String,
}

/// `GET` and `HEAD /recordings/{external id}/audio`
///
/// # Errors
/// When the link is not valid any more, or the recording or the range does not exist.
pub async fn audio(
    State(app): State<App>,
    Path(external_id): Path<String>,
    query: Result<Query<AudioQuery>, QueryRejection>,
    mut request: Request,
) -> Result<Response, ApiError> {
    let Query(AudioQuery { account, expires, signature }) = query?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| ApiError::Link)?;
    let source = source(account, &external_id, expires);
    hmac::verify(&key(&app.secrets.link_key), source.as_bytes(), &signature).map_err(|_| ApiError::Link)?;
    if now() > expires {
        return Err(ApiError::Link);
    }
    let file = file(&app, account, &external_id)?;
    // A recording never changes, but a condition that cannot be checked must give the whole file.
    if request.headers().contains_key(IF_RANGE) {
        request.headers_mut().remove(RANGE);
    }
    // As HubSpot's transcription asks for.
    let Ok(mut response) = ServeFile::new_with_mime(file, &mime::APPLICATION_OCTET_STREAM).oneshot(request).await;
    match response.status() {
        StatusCode::NOT_FOUND => Err(NOT_FOUND),
        StatusCode::RANGE_NOT_SATISFIABLE => {
            let size = response.headers().get(CONTENT_RANGE).cloned();
            let mut response = ApiError::Range.into_response();
            if let Some(size) = size {
                response.headers_mut().insert(CONTENT_RANGE, size);
            }
            Ok(response)
        }
        _ => {
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private"));
            Ok(response.map(Body::new))
        }
    }
}

const NOT_FOUND: ApiError = ApiError::NotFound("there is no such recording");

/// The file of a recording, which may not exist.
fn file(app: &App, portal_id: u64, external_id: &str) -> Result<PathBuf, ApiError> {
    if !is_external_id(external_id) {
        return Err(NOT_FOUND);
    }
    Ok(app.settings.recordings.join(portal_id.to_string()).join(format!("{external_id}.wav")))
}

/// What is signed. The parts contain no slash.
fn source(portal_id: u64, external_id: &str, expires: u64) -> String {
    format!("recording/{portal_id}/{external_id}/{expires}")
}

fn key(secret: &Secret) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes())
}
