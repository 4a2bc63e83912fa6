//! What the server does as an HTTP proxy, for browsers that cannot map names: every `http://` name without a port leads to the site,
//! every `https://` name to its TLS port. It connects to nothing else, so no test reaches the internet.

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

/// Where a request to the proxy leads.
#[derive(Debug, PartialEq)]
pub enum Route {
    /// To the site.
    Site,
    /// Through a tunnel to the site's TLS port.
    Tunnel,
    /// Nowhere: the connection is closed.
    Refused,
}

impl Route {
    /// By the request's first line, such as `GET http://foreign.example/ HTTP/1.1`.
    pub fn of(request: &str) -> Self {
        let mut words = request.split(' ');
        match (words.next(), words.next()) {
            (Some("CONNECT"), Some(host)) if host.ends_with(":443") => Self::Tunnel,
            (Some(method), Some(url)) if method != "CONNECT" && has_no_port(url) => Self::Site,
            _ => Self::Refused,
        }
    }
}

fn has_no_port(url: &str) -> bool {
    let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| !host.contains(':') || host.ends_with(":80"))
}

/// The first byte of a TLS connection.
const TLS_HANDSHAKE: u8 = 0x16;

/// Whether the browser encrypts its requests to the proxy: WebKit does so for pages on https.
pub async fn begins_with_tls(browser: &TcpStream) -> std::io::Result<bool> {
    let mut first = [0];
    browser.peek(&mut first).await?;
    Ok(first[0] == TLS_HANDSHAKE)
}

/// Connects the browser with this port until one of them closes the connection.
pub async fn tunnel(mut browser: impl AsyncRead + AsyncWrite + Unpin, port: u16) -> std::io::Result<()> {
    let mut server = TcpStream::connect(("127.0.0.1", port)).await?;
    browser.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    browser.flush().await?;
    copy_bidirectional(&mut browser, &mut server).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn names_lead_to_this_server_or_nowhere() {
        for (request, route) in [
            ("GET http://foreign.example/pages/unrelated.html?a=b:1 HTTP/1.1", Route::Site),
            ("GET http://foreign.example:80/ HTTP/1.1", Route::Site),
            ("CONNECT widget.example:443 HTTP/1.1", Route::Tunnel),
            ("GET http://anything.example:8080/ HTTP/1.1", Route::Refused),
            ("CONNECT widget.example:8443 HTTP/1.1", Route::Refused),
            ("GET /pages/unrelated.html HTTP/1.1", Route::Refused),
            ("", Route::Refused),
        ] {
            assert_eq!(Route::of(request), route, "{request}");
        }
    }
}
