//! The log-in, as the widget's log-in by fetch (`src/account/fetch.rs`) expects it. The cookie identifies the session and renews
//! it; the token is for requests about calls.

use crate::store::{Store, now};
use crate::{App, Error};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::{StatusCode, header::AUTHORIZATION, request::Parts};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use call_model::{Account, Session, Token};
use clap::Args;
use password_auth::{generate_hash, verify_password};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::params;
use serde::Deserialize;

/// How long a session lasts without being renewed, in milliseconds: a working day with its evening.
const SESSION: u64 = 14 * 60 * 60 * 1000;
/// How long a token is accepted, in milliseconds.
const TOKEN: u64 = 60 * 60 * 1000;
const NOT_LOGGED_IN: Error = Error::Unauthorized("log in first: there is no session, or it has expired");
/// A hash that no password has. It is checked for names that do not exist, so that the time of an answer does not show which
/// exist.
const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$WlrY1Hih16pYR3Dv7kCZZb36xnbDKJBX+pTXcbGXbUg";

#[derive(Args)]
pub struct User {
    /// The name for the log-in
    pub name: String,
    /// The id of the HubSpot account
    #[arg(long)]
    pub portal: u64,
    /// The id of the user in that account
    #[arg(long)]
    pub hubspot_user: u64,
    /// A file with the numbers and outcomes, as account.json
    #[arg(long, value_parser = read_account)]
    pub account: Account,
}

fn read_account(path: &str) -> Result<Account, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// Adds a user, or replaces the one with this name or this id in HubSpot, whose sessions end.
pub fn add_user(store: &Store, user: User, password: &str) -> Result<(), Error> {
    let account = serde_json::to_value(user.account)?;
    let values = params![user.name, generate_hash(password), user.portal, user.hubspot_user, account];
    store.execute("REPLACE INTO users VALUES (?1, ?2, ?3, ?4, ?5)", values)?;
    store.execute("DELETE FROM tokens WHERE kind = 'session' AND value = ?1", [user.name])?;
    Ok(())
}

#[derive(Deserialize)]
pub struct LogIn {
    user: String,
    password: String,
}

/// What a log-in and a renewal answer.
type SessionAndCookie = Result<(CookieJar, Json<Session>), Error>;

/// `POST /session`
pub async fn log_in(State(app): State<App>, jar: CookieJar, Json(log_in): Json<LogIn>) -> SessionAndCookie {
    let hash: Option<String> = app.store.value("SELECT password_hash FROM users WHERE name = ?1", [&log_in.user])?;
    let verify = || verify_password(&log_in.password, hash.as_deref().unwrap_or(NO_PASSWORD));
    let wrong = |_| Error::Unauthorized("the user name or the password is wrong");
    tokio::task::block_in_place(verify).map_err(wrong)?;
    let id = issue(&app.store, "session", &log_in.user, SESSION)?;
    with_token(&app.store, jar, id)
}

/// `POST /session/renewal`
pub async fn renew(State(app): State<App>, jar: CookieJar) -> SessionAndCookie {
    let id = jar.get("session").ok_or(NOT_LOGGED_IN)?.value().to_owned();
    with_token(&app.store, jar, id)
}

/// `DELETE /session`. The session and its tokens end; without a session there is nothing to do.
pub async fn log_out(State(app): State<App>, jar: CookieJar) -> Result<(StatusCode, CookieJar), Error> {
    if let Some(cookie) = jar.get("session") {
        app.store.execute("DELETE FROM tokens WHERE fingerprint = ?1", [fingerprint(cookie.value())])?;
    }
    Ok((StatusCode::NO_CONTENT, jar.remove(cookie(String::new()))))
}

/// The session with a fresh token. Those from before stay valid until they expire: other frames use them.
fn with_token(store: &Store, jar: CookieJar, id: String) -> SessionAndCookie {
    let user = value_of(store, "session", &id)?.ok_or(NOT_LOGGED_IN)?;
    let renew = "UPDATE tokens SET expires_at = ?2 WHERE fingerprint = ?1";
    store.execute(renew, params![fingerprint(&id), now() + SESSION])?;
    let token = issue(store, "token", &fingerprint(&id), TOKEN)?;
    let account = store.json("SELECT account FROM users WHERE name = ?1", [&user])?.ok_or(NOT_LOGGED_IN)?;
    Ok((jar.add(cookie(id)), Json(Session { user, token: Some(Token(token)), account })))
}

/// The widget is in a frame of another site, so the cookie must be `SameSite=None`, and `Partitioned` where browsers keep the
/// cookies of frames apart. Browsers accept `Secure` without https on this machine.
fn cookie(id: String) -> Cookie<'static> {
    let cookie = Cookie::build(("session", id)).path("/session").http_only(true);
    cookie.secure(true).same_site(SameSite::None).partitioned(true).build()
}

/// The HubSpot account of the user whose token is in `Authorization: Bearer …`. The cookie is not enough: other pages can make a
/// browser send it.
pub struct Portal(pub u64);

impl FromRequestParts<App> for Portal {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or(NOT_LOGGED_IN)?;
        let session = value_of(&app.store, "token", token)?.ok_or(NOT_LOGGED_IN)?;
        let query =
            "SELECT portal_id FROM users JOIN tokens ON value = name WHERE kind = 'session' AND fingerprint = ?1";
        app.store.value(query, [session])?.map(Self).ok_or(NOT_LOGGED_IN)
    }
}

/// A token of 256 random bits that stands for a value for some milliseconds. It is text for URLs and cookies.
pub fn issue(store: &Store, kind: &str, value: &str, validity: u64) -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::Setup("the system has no random numbers".into()))?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    store.execute("DELETE FROM tokens WHERE expires_at <= ?1", [now()])?;
    let values = params![fingerprint(&token), kind, value, now() + validity];
    store.execute("INSERT INTO tokens VALUES (?1, ?2, ?3, ?4)", values)?;
    Ok(token)
}

/// What a token stands for. Nothing when it is not valid, or not any more.
pub fn value_of(store: &Store, kind: &str, token: &str) -> Result<Option<String>, Error> {
    let query = "SELECT value FROM tokens WHERE fingerprint = ?1 AND kind = ?2 AND expires_at > ?3";
    store.value(query, params![fingerprint(token), kind, now()])
}

fn fingerprint(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()))
}
