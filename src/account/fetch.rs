//! The back end: log-in by fetch.

use super::{Auth, Credentials, LogIn, LogInError, Session};
use gloo::net::http::{Request, RequestBuilder, Response};
use serde::Serialize;
use web_sys::{AbortSignal, RequestCredentials};
use yew::platform::spawn_local;

/// After how many milliseconds a request without an answer has failed.
const TIMEOUT: u32 = 10_000;

/// A back end with three requests; `examples/backend` is one. `POST /session` takes a user name and a password and answers with a
/// session; besides it sets a cookie, with which `POST /session/renewal` gives the same session with a fresh token, and `DELETE
/// /session` ends it.
///
/// A session is `{ "user", "token", "account": { "numbers": [{ "id", "name", "number" }], "dispositions": [{ "id", "name" }],
/// "call_properties": { "name": "value" } } }`.
pub struct FetchAuth {
    /// The server, without a slash at the end. Empty if it serves the page too. Any other must be in `connect-src` in `index.html`,
    /// and must allow the widget's origin in turn: the headers of CORS for this origin, with credentials, for `content-type` and for
    /// POST and DELETE.
    pub server: &'static str,
}

#[derive(Serialize)]
struct LogInRequest {
    user: String,
    password: String,
}

impl Auth for FetchAuth {
    fn log_in(&self, credentials: Credentials) -> LogIn<'_> {
        Box::pin(async move {
            let Credentials::Password { user_name: user, password } = credentials else {
                return Err(LogInError::Refused("This account has no single sign-on.".into()));
            };
            let request = self.request(Request::post, "/session").json(&LogInRequest { user, password });
            let response = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
            session(response, "The user name or the password is wrong.").await
        })
    }

    fn resume(&self, _session: Session) -> LogIn<'_> {
        Box::pin(async {
            let response = self.request(Request::post, "/session/renewal").send().await.map_err(unreachable)?;
            session(response, "Log in again.").await
        })
    }

    fn log_out(&self, _session: &Session) {
        let request = self.request(Request::delete, "/session");
        spawn_local(async move {
            // Without an answer the session ends by itself some time later.
            let _ = request.send().await;
        });
    }
}

impl FetchAuth {
    fn request(&self, method: fn(&str) -> RequestBuilder, path: &str) -> RequestBuilder {
        method(&[self.server, path].concat())
            .credentials(RequestCredentials::Include)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)))
    }
}

/// The session in a response. `refused` explains to the user why there is none.
async fn session(response: Response, refused: &str) -> Result<Session, LogInError> {
    match response.status() {
        200 => response.json().await.map_err(unreachable),
        401 | 403 => Err(LogInError::Refused(refused.to_owned())),
        status => Err(LogInError::Unreachable(format!("The server has a problem (status {status}). Try again later."))),
    }
}

/// No answer, no answer in time, or one that is not as expected. Users can do the same about each.
fn unreachable(_error: gloo::net::Error) -> LogInError {
    LogInError::Unreachable("The server does not answer. Check your connection and try again.".into())
}
