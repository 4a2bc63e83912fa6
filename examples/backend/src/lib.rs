//! An example of a back end for the calling app. All of its data is in one SQLite file.
//!
//! The widget logs in (`sessions`) and reports its calls (`calls`), which a task sends to HubSpot (`to_hubspot`). HubSpot sends signed
//! requests (`from_hubspot`): events, and questions for phone numbers and recordings.

mod calls;
mod error;
mod from_hubspot;
mod sessions;
mod settings;
mod store;
mod to_hubspot;

pub use error::Error;
pub use from_hubspot::verify;
pub use sessions::{User, add_user};
pub use settings::Settings;
pub use store::Store;

use axum::Router;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Method};
use axum::routing::{get, post, put};
use reqwest::redirect::Policy;
use std::{path::Path, sync::Arc};
use tokio::{net::TcpListener, sync::Notify};
use tower::Layer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

/// What every request has.
#[derive(Clone)]
struct App {
    store: Store,
    settings: Arc<Settings>,
    client: reqwest::Client,
    /// Wakes the delivery when a call was reported.
    reported: Arc<Notify>,
}

/// Serves until `stop` is ready, then finishes the requests in progress. An error says why it cannot serve.
pub async fn serve(
    database: &Path,
    settings: Settings,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let _lock = store::lock(database)?;
    // The token must not follow a redirect.
    let client = reqwest::Client::builder().timeout(settings.timeout).redirect(Policy::none()).build();
    let client = client.map_err(|error| Error::Setup(format!("the client for HubSpot: {error}")))?;
    let app = App { store: Store::open(database)?, settings: Arc::new(settings), client, reported: Arc::default() };
    let server = axum::serve(listener, router(app.clone())).with_graceful_shutdown(stop);
    tokio::select! {
        outcome = server.into_future() => outcome.map_err(|error| Error::Setup(format!("the server: {error}"))),
        // It may be stopped at any time: the database has what is needed to go on.
        never = to_hubspot::run(&app) => match never {},
    }
}

fn router(app: App) -> Router {
    let settings = &app.settings;
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(settings.widget_origin.iter().filter_map(|origin| origin.parse().ok())))
        .allow_credentials(true)
        .allow_headers([CONTENT_TYPE, AUTHORIZATION])
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE]);
    let mut router = Router::new()
        .route("/session", post(sessions::log_in).delete(sessions::log_out))
        .route("/session/renewal", post(sessions::renew))
        .route("/calls/{external_id}", put(calls::put).get(calls::get))
        .route("/webhooks", post(from_hubspot::events))
        .route("/channel-connection", post(from_hubspot::numbers))
        .route("/recordings/{external_id}/link", get(from_hubspot::link))
        .route("/recordings/audio/{token}", get(from_hubspot::audio))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(cors);
    if let Some(folder) = &settings.widget_dist {
        let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
        let policy = SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, settings.widget_policy.clone());
        router = router.fallback_service(policy.layer(files));
    }
    router.with_state(app)
}
