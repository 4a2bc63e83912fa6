//! Serves the simulator's pages and the folder of a widget, each at a port of its own: another port is another origin, as it is in
//! HubSpot.

use crate::{
    pages::{Files, Found, SIMULATOR},
    reload,
};
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderName, HeaderValue, Response, StatusCode, Uri, header},
};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::Path,
    sync::Arc,
};
use tokio::net::TcpListener;

/// The widget that the simulator's page offers by default.
#[derive(Clone, Debug, Default)]
pub struct DefaultWidget {
    pub name: String,
    /// Empty when there is none.
    pub url: String,
}

/// The folder of the simulator's page.
const PAGE: &str = "/simulator/";
/// HubSpot's address of the calling window, without the number of the account. Its pages are in the folder of the simulator's page.
const CALLING_WINDOW: &str = "/calling-integration-popup-ui/";

/// The headers of every answer that is part of the simulator: those of `hosting/policy.toml`, and no page may show it in a frame. A
/// widget's folder is served as it would be by any server.
const HEADERS: [(&str, &str); 4] = [
    ("content-security-policy", "frame-ancestors 'none'"),
    (
        "permissions-policy",
        "microphone=*, accelerometer=(), browsing-topics=(), camera=(), \
         clipboard-read=(), compute-pressure=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), \
         geolocation=(), gyroscope=(), hid=(), idle-detection=(), keyboard-map=(), local-fonts=(), magnetometer=(), \
         midi=(), otp-credentials=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), usb=(), \
         window-management=(), xr-spatial-tracking=()",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

struct Site {
    files: Files,
    /// Written into the simulator's page. `None` in the site of a widget.
    widget: Option<DefaultWidget>,
}

/// Which addresses a server listens on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// Both loopback addresses.
    Loopback,
    /// This one: in a container, all of them.
    Address(IpAddr),
}

/// Serves the simulator at `/simulator/`, until this program ends. Returns the port; port 0 chooses a free one.
///
/// # Errors
/// When it cannot listen.
pub async fn serve_simulator(pages: Files, widget: DefaultWidget, listen: Listen, port: u16) -> io::Result<u16> {
    serve(Site { files: pages, widget: Some(widget) }, listen, port).await
}

/// Serves a widget's folder at `/`, as [`serve_simulator`] does the simulator.
///
/// # Errors
/// When it cannot listen.
pub async fn serve_folder(folder: &Path, listen: Listen, port: u16) -> io::Result<u16> {
    serve(Site { files: Files::Folder(folder.to_owned()), widget: None }, listen, port).await
}

async fn serve(site: Site, listen: Listen, port: u16) -> io::Result<u16> {
    let first = match listen {
        Listen::Loopback => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Listen::Address(address) => address,
    };
    let router = Router::new().fallback(answer).with_state(Arc::new(site));
    let listener = TcpListener::bind(SocketAddr::new(first, port)).await?;
    let port = listener.local_addr()?.port();
    let mut listeners = vec![listener];
    if listen == Listen::Loopback {
        // A machine without IPv6 has one loopback address.
        listeners.extend(TcpListener::bind(SocketAddr::new(Ipv6Addr::LOCALHOST.into(), port)).await.ok());
    }
    for listener in listeners {
        let router = router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
    Ok(port)
}

async fn answer(State(site): State<Arc<Site>>, uri: Uri) -> Response<Body> {
    let is_simulator = site.widget.is_some();
    let mut response = content(site, &uri).await;
    if is_simulator {
        let headers = HEADERS.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        response.headers_mut().extend(headers);
    }
    response
}

async fn content(site: Arc<Site>, uri: &Uri) -> Response<Body> {
    let path = decoded(uri.path());
    let is_watched = matches!(site.files, Files::Watched(_));
    match path.as_str() {
        "/" if site.widget.is_some() => return redirect(PAGE, uri),
        _ if site.widget.is_some() && path.starts_with(CALLING_WINDOW) => {
            return redirect(&format!("{PAGE}{}", path.trim_start_matches('/')), uri);
        }
        reload::SCRIPT_PATH if is_watched => {
            return response(StatusCode::OK, &[(header::CONTENT_TYPE, "text/javascript")], reload::SCRIPT.into());
        }
        reload::CHANGES_PATH if is_watched => return reload::changes(site.files.clone()),
        _ => {}
    }
    match site.files.find(&path).await {
        Found::File { name, content } => {
            let mime = mime_guess::from_path(&name).first_or_octet_stream();
            let content = match &site.widget {
                Some(widget) if name == Path::new(SIMULATOR) => {
                    let reload = if is_watched { reload::element(&content) } else { String::new() };
                    in_head(&content, &format!("{}{reload}", default_widget(widget))).into_bytes()
                }
                _ => content.into_owned(),
            };
            let mime = if mime.type_() == "text" { format!("{mime}; charset=utf-8") } else { mime.to_string() };
            response(StatusCode::OK, &[(header::CONTENT_TYPE, &mime)], content)
        }
        Found::Folder => redirect(&format!("{path}/"), uri),
        Found::Nothing if is_watched && path == PAGE => {
            let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            response(StatusCode::SERVICE_UNAVAILABLE, &headers, reload::page_to_come().into_bytes())
        }
        // Browsers request it by themselves, and a 404 would be an error in the console.
        Found::Nothing if path == "/favicon.ico" => response(StatusCode::NO_CONTENT, &[], Vec::new()),
        Found::Nothing => {
            let text = format!("There is no {path} here.\n").into_bytes();
            response(StatusCode::NOT_FOUND, &[(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
        }
    }
}

fn redirect(path: &str, uri: &Uri) -> Response<Body> {
    // One slash: a path that begins with two would name another host.
    let path = format!("/{}", path.trim_start_matches('/'));
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    response(StatusCode::TEMPORARY_REDIRECT, &[(header::LOCATION, &format!("{path}{query}"))], Vec::new())
}

fn response(status: StatusCode, headers: &[(header::HeaderName, &str)], content: Vec<u8>) -> Response<Body> {
    let mut builder = Response::builder().status(status).header(header::CACHE_CONTROL, "no-store");
    for (name, value) in headers {
        builder = builder.header(name, *value);
    }
    // It fails when a path has a control character in it, which no header can have.
    builder.body(content.into()).unwrap_or_else(|_| {
        let mut bad = Response::new(Body::empty());
        *bad.status_mut() = StatusCode::BAD_REQUEST;
        bad
    })
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// The element that `crates/simulator/src/page/windows.rs` reads.
fn default_widget(widget: &DefaultWidget) -> String {
    let (name, url) = (attribute(&widget.name), attribute(&widget.url));
    format!("<meta name=\"default-widget\" data-name=\"{name}\" content=\"{url}\">")
}

/// The page with these elements at the beginning of its head.
fn in_head(page: &[u8], elements: &str) -> String {
    let page = String::from_utf8_lossy(page);
    // A page that was minified has a head without a tag.
    match page.find("<head>") {
        Some(at) => format!("{}<head>{elements}{}", &page[..at], &page[at + "<head>".len()..]),
        None => page.replacen("<meta", &format!("{elements}<meta"), 1),
    }
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_gets_the_default_widget_in_its_head() {
        let widget = DefaultWidget { name: "\"Acme\" <Phone>".into(), url: "http://localhost:3000/?a=1&b=2".into() };
        let expected = "<meta name=\"default-widget\" data-name=\"&quot;Acme&quot; &lt;Phone>\" \
                        content=\"http://localhost:3000/?a=1&amp;b=2\">";
        for (page, before) in
            [("<html><head><title>", "<html><head>"), ("<!doctype html><meta charset=utf-8>", "<!doctype html>")]
        {
            let page = in_head(page.as_bytes(), &default_widget(&widget));
            assert!(page.starts_with(&format!("{before}{expected}")), "{page}");
        }
    }

    #[test]
    fn the_headers_are_those_of_the_policy() {
        let policy = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hosting/policy.toml");
        let policy: toml::Table = std::fs::read_to_string(policy).unwrap().parse().unwrap();
        let of_policy: Vec<_> = policy["headers"]
            .as_table()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap().to_owned()))
            .collect();
        let own: Vec<_> = HEADERS[1..].iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(own, of_policy);
    }

    #[test]
    fn paths_are_decoded() {
        assert_eq!(decoded("/a%20b/c+d&e=f.js"), "/a b/c+d&e=f.js");
        assert_eq!(decoded("/%2e%2e/secret"), "/../secret");
    }
}
