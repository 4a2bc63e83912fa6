//! A server of the back end in this process, and a server that plays HubSpot's API.

#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of several tests, outside a `#[test]`"
)]

mod fake_hubspot;

pub use fake_hubspot::{Behavior, FakeHubSpot};

use backend::{Error, Settings, Store, User, add_user, serve};
use base64::Engine;
use clap::Parser;
use reqwest::{Client, RequestBuilder, StatusCode};
use ring::hmac;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const PORTAL: u64 = 62515;
pub const APP: u64 = 101;
pub const USER: &str = "ann";
pub const PASSWORD: &str = "correct horse";
pub const CLIENT_SECRET: &str = "11111111-2222-3333-4444-555555555555";
/// The URL under which HubSpot would reach the server: what it signs.
pub const PUBLIC_URL: &str = "https://voice.example.com";

/// The data of a back end, and its settings.
pub struct Backend {
    pub folder: TempDir,
    pub settings: Settings,
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    settings: Settings,
}

impl Backend {
    /// A back end with one user, whose requests to HubSpot's API go to this URL.
    pub fn new(hubspot_api: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let recordings = folder.path().join("recordings");
        let mut settings = Line::parse_from([
            "test",
            "--listen=127.0.0.1:0",
            "--public-url",
            PUBLIC_URL,
            "--hubspot-api",
            hubspot_api,
            "--app-id",
            &APP.to_string(),
            "--recordings",
            recordings.to_str().unwrap(),
        ])
        .settings;
        [settings.first_retry, settings.timeout, settings.search_delay] = [20, 500, 300].map(Duration::from_millis);
        (settings.client_secret, settings.access_token) = (CLIENT_SECRET.into(), "access-token".into());
        let backend = Self { folder, settings };
        backend.add_user(USER, PORTAL, 7, PASSWORD);
        backend
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("data.sqlite")
    }

    pub fn add_user(&self, name: &str, portal: u64, hubspot_user: u64, password: &str) {
        let account = serde_json::from_str(include_str!("../../account.json")).unwrap();
        let user = User { name: name.into(), portal, hubspot_user, account };
        add_user(&Store::open(&self.database()).unwrap(), user, password).unwrap();
    }

    pub async fn start(&self) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (database, settings) = (self.database(), self.settings.clone());
        let stopped = async { drop(stopped.await) };
        let task = tokio::spawn(async move { serve(&database, settings, listener, stopped).await });
        Server { url: format!("http://{address}"), client: Client::new(), stop, task }
    }
}

/// A running server, and a client of it.
pub struct Server {
    pub url: String,
    pub client: Client,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), Error>>,
}

impl Server {
    /// Stops it gracefully, and waits until it has stopped.
    pub async fn stop(self) {
        drop(self.stop);
        self.task.await.unwrap().unwrap();
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap(), format!("{}{path}", self.url))
    }

    pub async fn log_in(&self, user: &str, password: &str) -> Reply {
        self.send(self.request("POST", "/session").json(&json!({"user": user, "password": password}))).await
    }

    /// A token of the user that every back end here has.
    pub async fn token(&self) -> String {
        self.log_in(USER, PASSWORD).await.body["token"].as_str().unwrap().to_owned()
    }

    pub async fn send(&self, request: RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        Reply { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default(), bytes }
    }

    /// A request as HubSpot sends it. `signed` is the path and query as HubSpot signs it, which it has decoded.
    pub async fn send_signed(&self, method: &str, path: &str, signed: &str, body: &str) -> Reply {
        let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
        let source = format!("{method}{PUBLIC_URL}{signed}{body}{time}");
        let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
        let signature = base64::engine::general_purpose::STANDARD.encode(hmac::sign(&key, source.as_bytes()));
        let request = self
            .request(method, path)
            .header("X-HubSpot-Signature-v3", signature)
            .header("X-HubSpot-Request-Timestamp", time.to_string());
        self.send(request.body(body.to_owned())).await
    }

    /// Reports about a call.
    pub async fn put_call(&self, token: &str, id: &str, report: Value) -> Reply {
        self.send(self.request("PUT", &format!("/calls/{id}")).bearer_auth(token).json(&report)).await
    }

    /// Waits until the call's progress is this one, and returns its status.
    pub async fn until_progress(&self, token: &str, id: &str, progress: &str) -> Value {
        until(&format!("{id} to be {progress}"), async || {
            let reply = self.send(self.request("GET", &format!("/calls/{id}")).bearer_auth(token)).await;
            if reply.body["progress"] == progress { Ok(reply.body) } else { Err(reply.body.to_string()) }
        })
        .await
    }
}

/// An answer of the server. `body` is null when it is no JSON.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Asserts that it is an error with this part in its text.
    #[track_caller]
    pub fn assert_error(&self, status: u16, part: &str) {
        assert_eq!(self.status, status, "{self:?}");
        let message = self.body["error"].as_str().map_or_else(|| String::from_utf8_lossy(&self.bytes), Cow::from);
        assert!(message.contains(part), "{message}");
    }
}

/// Waits until a condition holds, for at most 10 seconds.
pub async fn until<T, Reached: Future<Output = Result<T, String>>>(what: &str, condition: impl Fn() -> Reached) -> T {
    let start = Instant::now();
    loop {
        match condition().await {
            Ok(value) => return value,
            Err(found) if start.elapsed() > Duration::from_secs(10) => panic!("waited for {what}: {found}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}
