//! The back end of the widget: its log-in, as `src/account/fetch.rs` expects it, and the widget's files, so that both have one
//! origin.
//!
//! `POST /session` with `{ "user", "password" }` answers with a session and sets a cookie. With the cookie `POST /session/renewal`
//! gives the session again with a fresh token and fresh credentials, and `DELETE /session` ends it. The account of a session has
//! `sip`: how the phone of the user registers. After `POST /expiry` the exchange accepts none of the tokens that were given so far.

use crate::{
    accounts::{Account, DOMAIN, WIDGET_USERS},
    error::{Error, Result},
    exchange::Exchange,
    tokens, turn,
};
use axum::{
    Json, Router,
    extract::{Request, State},
    http::{
        HeaderMap, Method, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, SET_COOKIE},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tower_http::{
    cors::{AllowOrigin, CorsLayer},
    services::ServeDir,
};

/// How long a session lasts without being renewed, in seconds.
const LIFETIME: u32 = 3_600;
/// For how many seconds a user with a token registers: the shortest time that the user agent accepts.
const SHORT_REGISTRATION: u32 = 10;
/// The policy in the widget's page, and what is put after it: the exchange has another origin.
const CONNECT_SRC: &str = "connect-src 'self'";
const EXCHANGES: &str = "ws://127.0.0.1:* wss://127.0.0.1:*";

/// What the sessions of users contain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The password for the exchange instead of the right one.
    pub sip_password: Option<String>,
    /// Fields of `sip` in the account that replace those of the exchange, or are added.
    pub sip: serde_json::Map<String, Value>,
}

/// A running back end. It ends when this is dropped.
pub struct BackEnd {
    port: u16,
    site: Arc<Site>,
    server: JoinHandle<()>,
}

struct Site {
    /// The cookies of servers at other ports are sent too.
    cookie: String,
    websocket: String,
    /// Where the exchange listens for HTTP.
    exchange: u16,
    turn: Option<Turn>,
    widget: Option<PathBuf>,
    state: Mutex<SiteState>,
}

struct Turn {
    port: u16,
    secret: String,
    lifetime: Duration,
}

#[derive(Default)]
struct SiteState {
    settings: Settings,
    sessions: HashMap<String, Account>,
    count: u64,
    renewals: u64,
    /// How often all tokens have expired.
    expiries: u64,
}

impl BackEnd {
    /// Serves the log-in for the users of an exchange, and the folder of a widget if there is one, at a port of 127.0.0.1; 0 chooses
    /// a free one.
    ///
    /// # Errors
    /// When it cannot listen.
    pub async fn start(exchange: &Exchange, widget: Option<&Path>, port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(Error::Serve)?;
        let port = listener.local_addr().map_err(Error::Serve)?.port();
        let turn = exchange.turn_secret().map(|secret| Turn {
            port: exchange.ports().turn(),
            secret: secret.to_owned(),
            lifetime: exchange.options().turn_lifetime,
        });
        let site = Arc::new(Site {
            cookie: format!("session-{port}"),
            websocket: exchange.websocket(),
            exchange: exchange.ports().ws(),
            turn,
            widget: widget.map(Path::to_owned),
            state: Mutex::default(),
        });
        let mut router = Router::new()
            .route("/session", post(log_in).delete(log_out))
            .route("/session/renewal", post(renew))
            .route("/expiry", post(expire))
            .route("/favicon.ico", get(async || StatusCode::NO_CONTENT));
        if let Some(folder) = widget {
            router =
                router.route("/", get(page)).route("/index.html", get(page)).fallback_service(ServeDir::new(folder));
        }
        // It is for this machine alone: pages of other ports may log in too.
        let cors = CorsLayer::new()
            .allow_origin(AllowOrigin::mirror_request())
            .allow_credentials(true)
            .allow_methods([Method::POST, Method::DELETE])
            .allow_headers([CONTENT_TYPE]);
        let router = router.layer(cors).with_state(site.clone());
        let server = tokio::spawn(async move {
            // It serves until the task is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { port, site, server })
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Changes what the next sessions contain, also those that are renewed.
    pub fn set(&self, settings: Settings) {
        self.site.state().settings = settings;
    }

    /// How often sessions were renewed.
    pub fn renewals(&self) -> u64 {
        self.site.state().renewals
    }

    /// Ends all sessions, as a back end does that has lost its data.
    pub fn forget(&self) {
        self.site.state().sessions.clear();
    }
}

impl Drop for BackEnd {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Site {
    fn state(&self) -> MutexGuard<'_, SiteState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cookie of the session, and whose it is.
    fn session(&self, headers: &HeaderMap) -> Option<(String, Account)> {
        let values = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let id = pairs.filter(|(name, _)| *name == self.cookie).map(|(_, value)| value.to_owned()).next()?;
        let account = *self.state().sessions.get(&id)?;
        Some((id, account))
    }

    fn answer(&self, id: &str, account: Account) -> Response {
        let cookie = self.cookie_of(id, LIFETIME);
        ([(SET_COOKIE, cookie), (CACHE_CONTROL, "no-store".to_owned())], Json(self.body(account))).into_response()
    }

    /// The widget is in a frame of another site, so the cookie must be `SameSite=None`, and `Partitioned` where browsers keep the
    /// cookies of frames apart.
    fn cookie_of(&self, id: &str, seconds: u32) -> String {
        let name = &self.cookie;
        format!("{name}={id}; Path=/session; Max-Age={seconds}; HttpOnly; Secure; SameSite=None; Partitioned")
    }

    fn body(&self, account: Account) -> Value {
        let Account { user, display_name, number, has_token, .. } = account;
        let mut state = self.state();
        state.count += 1;
        let Settings { sip_password, sip: replaced } = &state.settings;
        let mut sip = json!({
            "server": self.websocket,
            "uri": format!("sip:{user}@{DOMAIN}"),
            "password": sip_password.as_deref().unwrap_or(account.password),
            "display_name": display_name,
            "recording": true,
        });
        if has_token {
            sip["password"] = Value::Null;
            // So that it is soon noticed when the token has expired.
            sip["registration"] = SHORT_REGISTRATION.into();
        }
        if let Some(Turn { port, secret, lifetime }) = &self.turn {
            let turn::Credentials { username, credential } = turn::credentials(secret, user, *lifetime);
            sip["ice_servers"] = json!([{
                "urls": [format!("turn:127.0.0.1:{port}?transport=udp")],
                "username": username,
                "credential": credential,
            }]);
            sip["relay_only"] = true.into();
            sip["expires_in"] = lifetime.as_secs().into();
        }
        for (name, value) in replaced {
            sip[name] = value.clone();
        }
        let token = if has_token { tokens::token(account, state.expiries) } else { format!("token-{}", state.count) };
        json!({
            "user": user,
            "token": token,
            "account": {
                "numbers": [{"id": "main", "name": display_name, "number": number}],
                "dispositions": [],
                "call_properties": {},
                "sip": sip,
            },
        })
    }
}

#[derive(Deserialize)]
struct LogInRequest {
    user: String,
    password: String,
}

async fn log_in(State(site): State<Arc<Site>>, Json(request): Json<LogInRequest>) -> Response {
    let found = WIDGET_USERS.into_iter().find(|it| it.user == request.user && it.password == request.password);
    let Some(account) = found else { return StatusCode::UNAUTHORIZED.into_response() };
    let id = {
        let mut state = site.state();
        state.count += 1;
        // It need not be a secret: the passwords are in this file's neighbour.
        let id = format!("{}-{}", account.user, state.count);
        state.sessions.insert(id.clone(), account);
        id
    };
    site.answer(&id, account)
}

async fn renew(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    match site.session(&headers) {
        Some((id, account)) => {
            site.state().renewals += 1;
            site.answer(&id, account)
        }
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// All tokens so far have expired.
async fn expire(State(site): State<Arc<Site>>) -> Response {
    let expiries = {
        let mut state = site.state();
        state.expiries += 1;
        state.expiries
    };
    for account in WIDGET_USERS.into_iter().filter(|account| account.has_token) {
        if let Err(error) = tokens::accept(site.exchange, account, &tokens::token(account, expiries)).await {
            return (StatusCode::BAD_GATEWAY, error.to_string()).into_response();
        }
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn log_out(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    if let Some((id, _)) = site.session(&headers) {
        site.state().sessions.remove(&id);
    }
    (StatusCode::NO_CONTENT, [(SET_COOKIE, site.cookie_of("", 0))]).into_response()
}

/// The page of the widget. Its policy must allow the exchange, as a fork allows its own in `index.html`.
async fn page(State(site): State<Arc<Site>>, _request: Request) -> Response {
    let page = site.widget.as_ref().map(|folder| tokio::fs::read_to_string(folder.join("index.html")));
    match page {
        Some(page) => match page.await {
            Ok(html) => {
                let html = html.replace(CONNECT_SRC, &format!("{CONNECT_SRC} {EXCHANGES}"));
                ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], html).into_response()
            }
            Err(error) => (StatusCode::NOT_FOUND, error.to_string()).into_response(),
        },
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
