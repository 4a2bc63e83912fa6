//! Reloads the simulator's page in the browser when it has been built again, as `cargo xtask serve` does after each change.

use crate::pages::{Files, Found, SIMULATOR};
use axum::{
    body::Body,
    http::Response,
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use std::{
    convert::Infallible,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

/// Where the page finds its script, and the script the versions.
pub const SCRIPT_PATH: &str = "/reload.js";
pub const CHANGES_PATH: &str = "/changes";

/// A file and no element with text in it: the page's Content-Security-Policy allows none.
pub const SCRIPT: &str = include_str!("reload.js");

/// Between two looks at the page. The build puts its files into the folder within less.
const INTERVAL: Duration = Duration::from_millis(100);

/// The element that loads the script into a page with this content.
pub fn element(page: &[u8]) -> String {
    element_of(&version(page))
}

/// What is shown until there is a page.
pub fn page_to_come() -> String {
    let script = element_of("");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>HubSpot Simulator</title>\n{script}\n\
         <p>The page is being built. The terminal shows the progress; this page reloads by itself.</p>\n</html>\n"
    )
}

/// The answer to [`CHANGES_PATH`]: the version of the page, once it is there, and each later version.
pub fn changes(files: Files) -> Response<Body> {
    let events = stream::unfold(None, move |sent| {
        let files = files.clone();
        async move {
            let version = next_version(&files, sent).await;
            Some((Ok::<_, Infallible>(Event::default().data(&version)), Some(version)))
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Waits for a version that is not the one that was sent last.
async fn next_version(files: &Files, sent: Option<String>) -> String {
    loop {
        if let Found::File { content, .. } = files.find(SIMULATOR).await {
            let version = version(&content);
            if sent.as_ref() != Some(&version) {
                // Then the files beside the page are there as well.
                tokio::time::sleep(INTERVAL).await;
                return version;
            }
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

fn element_of(version: &str) -> String {
    format!("<script async src=\"{SCRIPT_PATH}\" data-version=\"{version}\"></script>")
}

/// Pages with the same content have the same version. The names of the page's files in it change with their content.
fn version(page: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    page.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
