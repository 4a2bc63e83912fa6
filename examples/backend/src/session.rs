//! The log-in, as the widget's example provider (`examples/provider/auth.rs`) expects it.
//!
//! `POST /session` with `{ "user", "password" }` answers with a session, and sets a cookie. With the cookie `POST
//! /session/renewal` gives the same session with a fresh token, and `DELETE /session` ends it. A session is
//! `{ "user", "token", "account": { "numbers": [{ "id", "name", "number" }], "dispositions": [{ "id", "name" }],
//! "call_properties": { "name": "value" } } }`.
//!
//! The token is for requests about calls, and for a phone system that asks this server whether it is valid.

use crate::accounts::{self, User};
use crate::error::ApiError;
use crate::secrets::{fingerprint, random_token};
use crate::server::App;
use crate::store::{Store, StoreError, now};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use call_model::{Session, Token};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;

/// How long a session lasts without being renewed, in milliseconds: a working day with its evening.
const SESSION: u64 = 14 * 60 * 60 * 1000;
/// How long a token is accepted, in milliseconds.
const TOKEN: u64 = 60 * 60 * 1000;
const COOKIE_NAME: &str = "session";

/// What the log-in form has.
#[derive(Deserialize)]
pub struct LogInRequest {
    user: String,
    password: String,
}

/// `POST /session`
///
/// # Errors
/// Wrong credentials, or a fault.
pub async fn log_in(
    State(app): State<App>,
    request: Result<Json<LogInRequest>, JsonRejection>,
) -> Result<Response, ApiError> {
    let Json(LogInRequest { user, password }) = request?;
    let user = accounts::authenticate(&app.store, user, password).await?.ok_or(ApiError::WrongCredentials)?;
    let (id, token) = (new_token()?, new_token()?);
    let (session, fresh, name) = (fingerprint(&id), fingerprint(&token), user.name.clone());
    let stored = app.store.run(move |connection| {
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM sessions WHERE expires_at <= ?1", [now()])?;
        let values = params![session, name, now() + SESSION];
        transaction.execute("INSERT INTO sessions (fingerprint, user_name, expires_at) VALUES (?1, ?2, ?3)", values)?;
        add_token(&transaction, &session, &fresh)?;
        Ok(transaction.commit()?)
    });
    stored.await?;
    Ok(session_response(&id, token, user))
}

/// `POST /session/renewal`
///
/// # Errors
/// Without a session, or a fault.
pub async fn renew(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let id = cookie(&headers).ok_or(ApiError::NotLoggedIn)?.to_owned();
    let token = new_token()?;
    let (session, fresh) = (fingerprint(&id), fingerprint(&token));
    let renewed = app.store.run(move |connection| {
        let transaction = connection.transaction()?;
        let renew =
            "UPDATE sessions SET expires_at = ?2 WHERE fingerprint = ?1 AND expires_at > ?3 RETURNING user_name";
        let values = params![session, now() + SESSION, now()];
        let name: Option<String> = transaction.query_row(renew, values, |row| row.get(0)).optional()?;
        let Some(name) = name else { return Ok(None) };
        add_token(&transaction, &session, &fresh)?;
        let user = accounts::find(&transaction, &name)?;
        transaction.commit()?;
        Ok(user)
    });
    let user = renewed.await?.ok_or(ApiError::NotLoggedIn)?;
    Ok(session_response(&id, token, user))
}

/// `DELETE /session`. The session and its tokens end; without a session there is nothing to do.
///
/// # Errors
/// A fault.
pub async fn log_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    if let Some(id) = cookie(&headers) {
        let session = fingerprint(id);
        let delete = "DELETE FROM sessions WHERE fingerprint = ?1";
        app.store.run(move |connection| Ok(connection.execute(delete, [session])?)).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, set_cookie("", 0))]).into_response())
}

/// `GET /session`: who a bearer token belongs to, for instance for the server of the phone system.
///
/// # Errors
/// Without a valid token, or a fault.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let user = user(&app.store, &headers).await?;
    let shown =
        serde_json::json!({ "user": user.name, "portalId": user.portal_id, "hubspotUserId": user.hubspot_user_id });
    Ok(([(CACHE_CONTROL, "no-store")], Json(shown)).into_response())
}

/// The user whose token is in the header `Authorization: Bearer …`. The cookie is not enough: other pages can make a browser send it.
///
/// # Errors
/// Without a valid token, or a fault.
pub async fn user(store: &Store, headers: &HeaderMap) -> Result<User, ApiError> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or(ApiError::NotLoggedIn)?;
    let token = fingerprint(token);
    let found = store.run(move |connection| {
        let query = "SELECT user_name FROM tokens JOIN sessions ON sessions.fingerprint = tokens.session
                     WHERE tokens.fingerprint = ?1 AND tokens.expires_at > ?2 AND sessions.expires_at > ?2";
        let name: Option<String> = connection.query_row(query, params![token, now()], |row| row.get(0)).optional()?;
        name.map_or(Ok(None), |name| accounts::find(connection, &name))
    });
    found.await?.ok_or(ApiError::NotLoggedIn)
}

/// Adds a token to a session. Those from before stay valid until they expire: other frames use them.
fn add_token(connection: &Connection, session: &str, fresh: &str) -> Result<(), StoreError> {
    connection.execute("DELETE FROM tokens WHERE expires_at <= ?1", [now()])?;
    let insert = "INSERT INTO tokens (fingerprint, session, expires_at) VALUES (?1, ?2, ?3)";
    connection.execute(insert, params![fresh, session, now() + TOKEN])?;
    Ok(())
}

/// The answer to a log-in or a renewal.
fn session_response(id: &str, token: String, user: User) -> Response {
    let session = Session { user: user.name, token: Some(Token(token)), account: user.account };
    let headers = [(SET_COOKIE, set_cookie(id, SESSION / 1000)), (CACHE_CONTROL, "no-store".to_owned())];
    (headers, Json(session)).into_response()
}

fn new_token() -> Result<String, StoreError> {
    random_token().ok_or(StoreError::Random)
}

/// The widget is in a frame of another site, so the cookie must be `SameSite=None`, and `Partitioned` where browsers keep the
/// cookies of frames apart. Browsers accept `Secure` without https on this machine.
fn set_cookie(value: &str, seconds: u64) -> String {
    format!("{COOKIE_NAME}={value}; Path=/session; Max-Age={seconds}; HttpOnly; Secure; SameSite=None; Partitioned")
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let pairs =
        headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE_NAME && !value.is_empty())
        .map(|(_, value)| value)
}
