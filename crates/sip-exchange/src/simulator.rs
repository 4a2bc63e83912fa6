//! The simulator for a person, with the widget of a back end in it.

use crate::{
    error::{Error, Result},
    sessions::BackEnd,
};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header::HOST},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// The path of its page.
pub const PATH: &str = "/simulator/";

struct Site {
    folder: PathBuf,
    widget_port: u16,
    name: String,
}

/// Serves a build with the simulator at a port of 127.0.0.1 until this program ends; 0 chooses a free one. Returns the port. The page
/// at `localhost` has the widget of the back end at `127.0.0.1`, and the other way round: so they have different origins, and two
/// users in one browser do too.
///
/// # Errors
/// When it cannot listen.
pub async fn serve(folder: &Path, port: u16, back_end: &BackEnd, name: String) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(Error::Serve)?;
    let port = listener.local_addr().map_err(Error::Serve)?.port();
    let site = Arc::new(Site { folder: folder.to_owned(), widget_port: back_end.port(), name });
    let router = Router::new()
        .route(PATH, get(page))
        .route("/simulator/index.html", get(page))
        .fallback_service(ServeDir::new(folder))
        .with_state(site);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(port)
}

/// The name of the widget in a folder: the title of its page. Empty when it has none.
pub fn name_of_widget(folder: &Path) -> String {
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap_or_default();
    let title = page.split_once("<title>").and_then(|(_, after)| after.split_once("</title>"));
    title.map(|(title, _)| title.trim().to_owned()).unwrap_or_default()
}

async fn page(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    match tokio::fs::read_to_string(site.folder.join("simulator/index.html")).await {
        Ok(page) => {
            let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            Html(with_widget(&page, &site.name, host, site.widget_port)).into_response()
        }
        Err(error) => (StatusCode::NOT_FOUND, error.to_string()).into_response(),
    }
}

/// The page with the element that names the widget. The title comes from a page, so it is escaped already but for quotes.
fn with_widget(page: &str, name: &str, host: &str, port: u16) -> String {
    let other_host = if host.starts_with("localhost") { "127.0.0.1" } else { "localhost" };
    let name = name.replace('"', "&quot;");
    let element =
        format!("<meta name=\"default-widget\" content=\"http://{other_host}:{port}/\" data-name=\"{name}\">");
    // A page that was minified has a head without a tag; its first element is one of these.
    page.replacen("<meta ", &format!("{element}<meta "), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_widget_at_the_other_host() {
        let page = "<html lang=en><meta charset=utf-8><title>Simulator</title>";
        for (host, widget) in
            [("localhost:9026", "http://127.0.0.1:9025/"), ("127.0.0.1:9026", "http://localhost:9025/")]
        {
            assert_eq!(
                with_widget(page, "Say \"hi\"", host, 9025),
                format!(
                    "<html lang=en><meta name=\"default-widget\" content=\"{widget}\" data-name=\"Say &quot;hi&quot;\">\
                     <meta charset=utf-8><title>Simulator</title>"
                )
            );
        }
    }
}
