//! The widget that is shown: a URL, or a folder that this program serves.

use crate::{
    error::Error,
    server::{self, Listen},
};
use std::{
    path::PathBuf,
    str::FromStr,
    time::{Duration, Instant},
};
use tokio::net::TcpStream;
use url::Url;

/// How long one attempt to connect may take, and the time between two.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const INTERVAL: Duration = Duration::from_millis(200);

/// Where the widget is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Widget {
    /// Somebody serves it here.
    Url(Url),
    /// This program serves it.
    Folder(PathBuf),
}

impl FromStr for Widget {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Ok(url) = Url::parse(text)
            && matches!(url.scheme(), "http" | "https")
            && url.has_host()
        {
            return Ok(Self::Url(url));
        }
        let folder = PathBuf::from(text);
        if !folder.is_dir() {
            return Err(Error::NoWidget(text.to_owned()));
        }
        if folder.join("index.html").is_file() { Ok(Self::Folder(folder)) } else { Err(Error::NoIndex(folder)) }
    }
}

impl Widget {
    /// Serves the folder, if it is one, and returns the widget's URL.
    ///
    /// # Errors
    /// When the port is in use.
    pub async fn served(&self, listen: Listen, port: u16) -> Result<Url, Error> {
        match self {
            Self::Url(url) => Ok(url.clone()),
            Self::Folder(folder) => {
                let port = server::serve_folder(folder, listen, port).await.map_err(Error::Server)?;
                // Another name than the simulator's `localhost`, so that it is another site too, as in HubSpot.
                let url = format!("http://127.0.0.1:{port}/");
                Url::parse(&url).map_err(|_| Error::NoWidget(url))
            }
        }
    }
}

/// Waits until something answers at the URL, for at most `limit`.
///
/// # Errors
/// [`Error::WidgetUnreachable`] when nothing does.
pub async fn wait_for(url: &Url, limit: Duration) -> Result<(), Error> {
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().unwrap_or(80);
    let start = Instant::now();
    loop {
        let why = match tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect((host, port))).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no connection within {} s", CONNECT_TIMEOUT.as_secs()),
        };
        if start.elapsed() >= limit {
            return Err(Error::WidgetUnreachable { url: url.to_string(), why });
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_widget_is_a_url_or_a_folder_with_a_page() {
        let is_url = |text: &str| matches!(text.parse(), Ok(Widget::Url(_)));
        assert!(is_url("http://localhost:3000/") && is_url("https://calls.example.com/app?x=y"));
        let package = env!("CARGO_MANIFEST_DIR");
        let simulator = format!("{package}/../simulator");
        assert_eq!(simulator.parse::<Widget>().unwrap(), Widget::Folder(simulator.into()));
        for (text, part) in [
            ("localhost:3000", "neither a URL nor a folder"),
            ("file:///etc", "neither a URL nor a folder"),
            ("no-such-folder", "neither a URL nor a folder"),
            (package, "has no index.html"),
        ] {
            let error = text.parse::<Widget>().unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_reported() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        wait_for(&url, Duration::ZERO).await.unwrap();
        drop(listener);
        let error = wait_for(&url, Duration::ZERO).await.unwrap_err().to_string();
        assert!(error.contains("Start the server of the widget first"), "{error}");
    }
}
