//! The routes, and the server from start to graceful shutdown.

use crate::config::{Secrets, Settings};
use crate::delivery::Delivery;
use crate::error::ApiError;
use crate::hubspot::HubSpot;
use crate::store::{ServerLock, Store, StoreError, now};
use crate::{calls, numbers, recordings, session, signature, webhooks};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tower_http::cors::CorsLayer;
use tower_http::services::ServeDir;

/// What every request has.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The settings.
    pub settings: Arc<Settings>,
    /// The secrets.
    pub secrets: Arc<Secrets>,
    /// Wakes the delivery of calls.
    pub wake_delivery: Arc<Notify>,
}

/// Why the server has not started, or has stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// A setting cannot be used.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address cannot be used.
    #[error("cannot listen at {address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The HTTP client cannot be made.
    #[error("the client for HubSpot: {0}")]
    Client(#[from] reqwest::Error),
    /// The server has stopped.
    #[error("the server: {0}")]
    Serve(std::io::Error),
}

/// The longest body that is read.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long requests that are on their way may still take at the end.
const SHUTDOWN: Duration = Duration::from_secs(30);

/// Serves until `stop` is ready, then finishes the requests that are on their way.
///
/// `started` gets the address when the server listens.
///
/// # Errors
/// Why it has not started, or has stopped by itself.
pub async fn serve(
    database: &Path,
    settings: Settings,
    secrets: Secrets,
    started: impl FnOnce(std::net::SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    settings.check()?;
    let _lock = ServerLock::take(database)?;
    let store = Store::open(database)?;
    let hubspot = HubSpot::new(&settings, &secrets)?;
    let listen = |source| ServerError::Listen { address: settings.listen, source };
    let listener = TcpListener::bind(settings.listen).await.map_err(listen)?;
    started(listener.local_addr().map_err(listen)?);

    let wake = Arc::new(Notify::new());
    let (stop_delivery, delivery_stops) = watch::channel(false);
    let delivery = Delivery { store: store.clone(), hubspot, timing: settings.timing, wake: wake.clone() };
    let delivery = tokio::spawn(delivery.run(delivery_stops));
    let app = App { store, settings: Arc::new(settings), secrets: Arc::new(secrets), wake_delivery: wake };
    let (stopping, mut stopped) = watch::channel(false);
    let server = axum::serve(listener, router(app)).with_graceful_shutdown(async move {
        stop.await;
        stopping.send_replace(true);
    });
    let outcome = tokio::select! {
        outcome = async { server.await } => outcome.map_err(ServerError::Serve),
        // A client that never finishes its request must not keep the server from stopping.
        () = async { let _ = stopped.wait_for(|stopped| *stopped).await; tokio::time::sleep(SHUTDOWN).await } => Ok(()),
    };
    stop_delivery.send_replace(true);
    let _ = delivery.await;
    outcome
}

/// All routes.
pub fn router(app: App) -> Router {
    let from_hubspot = Router::new()
        .route("/webhooks", post(webhooks::receive))
        .route("/channel-connection", post(numbers::list))
        .route_layer(middleware::from_fn_with_state(app.clone(), require_signature));
    let links = Router::new().route("/recordings/{external_id}/link", get(recordings::link));
    let links = if app.settings.unsigned_recording_requests {
        links
    } else {
        links.route_layer(middleware::from_fn_with_state(app.clone(), require_signature))
    };
    let mut own = Router::new()
        .route("/session", post(session::log_in).get(session::show).delete(session::log_out))
        .route("/session/renewal", post(session::renew))
        .route("/calls/{external_id}", put(calls::put).get(calls::get))
        // Before the layer below: it must see preflight requests.
        .method_not_allowed_fallback(method_not_allowed);
    if let Some(origin) = app.settings.widget_origin.as_deref().and_then(|origin| HeaderValue::from_str(origin).ok()) {
        own = own.layer(
            CorsLayer::new()
                .allow_origin(origin)
                .allow_credentials(true)
                .allow_headers([CONTENT_TYPE, AUTHORIZATION])
                .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE]),
        );
    }
    let router = own
        .merge(from_hubspot)
        .merge(links)
        .route("/recordings/{external_id}/audio", get(recordings::audio))
        .method_not_allowed_fallback(method_not_allowed);
    let router = match &app.settings.widget_dist {
        Some(folder) => {
            let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().fallback(get(not_found));
            let files = Router::new().fallback_service(files);
            router.merge(files.layer(middleware::from_fn_with_state(app.clone(), widget_headers)))
        }
        None => router.fallback(not_found),
    };
    router.layer(axum::extract::DefaultBodyLimit::max(BODY_LIMIT)).with_state(app)
}

async fn method_not_allowed() -> ApiError {
    ApiError::Method
}

async fn not_found() -> ApiError {
    ApiError::NotFound("there is nothing at this path")
}

/// Passes on only what HubSpot has signed. The body is read whole, as it is part of what is signed.
async fn require_signature(State(app): State<App>, request: Request, next: Next) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await.map_err(|_| ApiError::TooLong)?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    // The URL that HubSpot has called: a proxy may have changed what arrives here.
    let url = format!("{}{path}", app.settings.public_url);
    signature::verify(&app.secrets.client_secret, &parts.method, &url, &parts.headers, &body, now())?;
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

/// What the widget's files need: who may embed them, and how long they are valid. The rest of the policy is in the page.
async fn widget_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let has_hash = request.uri().path().rsplit('/').next().is_some_and(has_hash);
    let mut response = next.run(request).await.into_response();
    let cache =
        if has_hash && response.status().is_success() { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    let policy = format!("frame-ancestors {}", app.settings.frame_ancestors);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Whether a file's name changes with its content, as trunk's `app-0123456789abcdef_bg.wasm`.
fn has_hash(name: &str) -> bool {
    let mut parts = name.split(['-', '_', '.']);
    parts.any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
