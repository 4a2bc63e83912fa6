//! Plays the API from its documentation, on a port of this machine.
#![allow(dead_code, reason = "each test program uses a part")]

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::Duration,
};

pub const APP_ID: u64 = 8_675_309;
pub const DEVELOPER_KEY: &str = "dev-key-5f3a";
pub const ACCESS_TOKEN: &str = "access-token-9c1e";
const CREATED_AT: &str = "2026-01-02T03:04:05.678Z";

/// What happens to one request instead of the documented answer.
#[derive(Clone)]
pub enum Fault {
    /// The documented answer, so that a later request goes wrong.
    None,
    /// This status with these headers and this body. The request has no effect.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// The request has its effect, and there is no answer.
    Hang,
    /// The request has its effect, and the connection ends within the answer.
    Cut,
    /// The request has its effect, and the answer has this status and body.
    Garbled(u16, &'static str),
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: Option<String>,
    pub authorization: Option<String>,
    pub body: Option<Value>,
}

#[derive(Default)]
struct Inner {
    stored: HashMap<String, Value>,
    faults: VecDeque<Fault>,
    seen: Vec<Seen>,
}

#[derive(Default)]
struct Shared {
    inner: Mutex<Inner>,
    arrived: Condvar,
}

#[derive(Clone)]
pub struct Api {
    pub url: String,
    shared: Arc<Shared>,
}

impl Api {
    /// Listens in a thread of its own until the program ends.
    pub fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared::default());
        let router = Router::new().fallback(answer).with_state(shared.clone());
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        Self { url, shared }
    }

    /// The next requests go wrong, one fault each.
    pub fn fail(&self, faults: impl IntoIterator<Item = Fault>) -> &Self {
        self.inner().faults.extend(faults);
        self
    }

    /// Stores settings. `kind` is "", "/recording" or "/channel-connection".
    pub fn store(&self, kind: &str, value: Value) -> &Self {
        self.inner().stored.insert(kind.to_owned(), value);
        self
    }

    pub fn stored(&self, kind: &str) -> Option<Value> {
        self.inner().stored.get(kind).cloned()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.inner().seen.clone()
    }

    pub fn methods(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.method).collect()
    }

    /// Waits until so many requests have arrived and had their effect.
    pub fn wait_for_requests(&self, count: usize) {
        let wait = self
            .shared
            .arrived
            .wait_timeout_while(self.inner(), Duration::from_secs(60), |inner| inner.seen.len() < count);
        assert!(!wait.unwrap().1.timed_out(), "{count} requests did not arrive");
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.shared.inner.lock().unwrap()
    }
}

pub fn error_body(category: &str, message: &str) -> String {
    json!({"status": "error", "message": message, "category": category, "correlationId": "c033cdaa-2c40"}).to_string()
}

/// The documented body of a 429.
pub fn rate_limit(policy: &str, retry_after: Option<&str>) -> Fault {
    let body = json!({
        "status": "error", "message": format!("You have reached your {} limit.", policy.to_lowercase()),
        "errorType": "RATE_LIMIT", "correlationId": "c033cdaa-2c40", "policyName": policy, "requestId": "3d3e35b7",
    });
    let headers = retry_after.map(|seconds| ("retry-after", seconds.to_owned()));
    Fault::Answer(429, headers.into_iter().collect(), body.to_string())
}

pub fn refused(status: u16, category: &str, message: &str) -> Fault {
    Fault::Answer(status, Vec::new(), error_body(category, message))
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let authorization = headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
    let seen = Seen {
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: uri.query().map(str::to_owned),
        authorization,
        body: serde_json::from_slice(&body).ok(),
    };
    let (fault, documented) = {
        let mut inner = shared.inner.lock().unwrap();
        let fault = inner.faults.pop_front();
        let has_effect = !matches!(fault, Some(Fault::Answer(..)));
        let documented = has_effect.then(|| inner.documented(&seen));
        inner.seen.push(seen);
        shared.arrived.notify_all();
        (fault, documented)
    };
    match fault {
        Some(Fault::Answer(status, headers, body)) => {
            let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Cut) => {
            let parts = [Ok(Bytes::from_static(b"{\"na")), Err(std::io::Error::other("cut"))];
            Body::from_stream(stream::iter(parts)).into_response()
        }
        Some(Fault::Garbled(status, body)) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        None | Some(Fault::None) => {
            let (status, body) = documented.unwrap();
            (StatusCode::from_u16(status).unwrap(), body).into_response()
        }
    }
}

impl Inner {
    fn documented(&mut self, seen: &Seen) -> (u16, String) {
        let is_authorised = seen.query.as_deref() == Some(&format!("hapikey={DEVELOPER_KEY}"))
            || seen.authorization.as_deref() == Some(&format!("Bearer {ACCESS_TOKEN}"));
        if !is_authorised {
            return (401, error_body("INVALID_AUTHENTICATION", "Authentication credentials not found."));
        }
        let settings = format!("/crm/v3/extensions/calling/{APP_ID}/settings");
        let Some(kind) = seen.path.strip_prefix(&settings).map(str::to_owned) else {
            return (404, error_body("OBJECT_NOT_FOUND", "No such app."));
        };
        let (required, is_removable): (&[&str], bool) = match kind.as_str() {
            "" => (&["name", "url"], true),
            "/recording" => (&["urlToRetrieveAuthedRecording"], false),
            "/channel-connection" => (&["url", "isReady"], true),
            _ => return (404, error_body("OBJECT_NOT_FOUND", "No such path.")),
        };
        let stored = self.stored.get(&kind).cloned();
        let none = || (404, error_body("OBJECT_NOT_FOUND", &format!("No settings for app {APP_ID}")));
        match (seen.method.as_str(), stored) {
            ("GET", Some(stored)) => (200, stored.to_string()),
            ("POST", Some(_)) => (409, error_body("CONFLICT", "Settings exist already.")),
            ("POST", None) => {
                let body = seen.body.clone().unwrap_or_default();
                if let Some(field) = required.iter().find(|field| body.get(field).is_none()) {
                    return (400, error_body("VALIDATION_ERROR", &format!("{field} is missing")));
                }
                (200, self.save(kind, json!({"createdAt": CREATED_AT, "isNewAtHubSpot": {"a": 1}}), &body))
            }
            ("PATCH", Some(stored)) => (200, self.save(kind, stored, &seen.body.clone().unwrap_or_default())),
            ("DELETE", Some(_)) if is_removable => {
                self.stored.remove(&kind);
                (204, String::new())
            }
            ("DELETE", _) if !is_removable => (405, error_body("METHOD_NOT_ALLOWED", "No.")),
            _ => none(),
        }
    }

    fn save(&mut self, kind: String, mut value: Value, body: &Value) -> String {
        let fields = value.as_object_mut().unwrap();
        fields.extend(body.as_object().unwrap().clone());
        fields.insert("updatedAt".into(), CREATED_AT.into());
        let text = value.to_string();
        self.stored.insert(kind, value);
        text
    }
}
