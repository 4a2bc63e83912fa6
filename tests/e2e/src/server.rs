//! One small web site on several ports: every port is an origin of its own, one of them speaks TLS.

use crate::environment;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

/// Serves the release build at `/`, the npm packages at `/npm/` and the tests' own pages at `/pages/`.
pub struct Server {
    /// The port of the host's origin, and of every `http://` name that the browser maps.
    pub host_port: u16,
    /// The port of the widget's origin.
    pub widget_port: u16,
    /// The port behind every `https://` name that the browser maps.
    pub tls_port: u16,
    site: Arc<Site>,
}

impl Server {
    pub async fn start() -> Self {
        let site = Arc::new(Site {
            folders: vec![
                ("/npm/", environment::node_modules()),
                ("/pages/", environment::pages()),
                ("/", environment::dist()),
            ],
            gates: Mutex::default(),
            asked: Mutex::default(),
        });
        Self {
            host_port: listen(site.clone(), None).await,
            widget_port: listen(site.clone(), None).await,
            tls_port: listen(site.clone(), Some(acceptor())).await,
            site,
        }
    }

    /// From now on requests for a path with this ending get no answer until the ending is released.
    pub fn hold(&self, ending: &'static str) {
        self.site.gates.lock().unwrap().insert(ending, watch::channel(false).0);
    }

    pub fn release(&self, ending: &str) {
        let gates = self.site.gates.lock().unwrap();
        gates[ending].send_replace(true);
    }

    /// How many requests for a path with this ending there were.
    pub fn requests(&self, ending: &str) -> usize {
        let asked = self.site.asked.lock().unwrap();
        asked.iter().filter(|path| path.ends_with(ending)).count()
    }
}

struct Site {
    folders: Vec<(&'static str, PathBuf)>,
    gates: Mutex<HashMap<&'static str, watch::Sender<bool>>>,
    asked: Mutex<Vec<String>>,
}

impl Site {
    /// Status, content type and content.
    async fn answer(&self, path: &str) -> (&'static str, &'static str, Vec<u8>) {
        self.asked.lock().unwrap().push(path.to_owned());
        let gate = {
            let gates = self.gates.lock().unwrap();
            gates.iter().find(|(ending, _)| path.ends_with(*ending)).map(|(_, gate)| gate.subscribe())
        };
        if let Some(mut gate) = gate {
            // An error means that the test is over; then nobody reads the answer either.
            let _ = gate.wait_for(|open| *open).await;
        }
        // Browsers ask for it unasked, and a 404 would be an error in the console that is nobody's.
        if path == "/favicon.ico" {
            return ("204 No Content", "image/x-icon", Vec::new());
        }
        match self.file(path) {
            Some(file) => match tokio::fs::read(&file).await {
                Ok(content) => ("200 OK", content_type(&file), content),
                Err(_) => ("404 Not Found", "text/plain", path.into()),
            },
            None => ("404 Not Found", "text/plain", path.into()),
        }
    }

    fn file(&self, path: &str) -> Option<PathBuf> {
        if path.contains("..") {
            return None;
        }
        let (prefix, folder) = self.folders.iter().find(|(prefix, _)| path.starts_with(prefix))?;
        let file = folder.join(&path[prefix.len()..]);
        Some(if path.ends_with('/') { file.join("index.html") } else { file })
    }
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

async fn listen(site: Arc<Site>, tls: Option<TlsAcceptor>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on 127.0.0.1");
    let port = listener.local_addr().expect("a bound listener has an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (site, tls) = (site.clone(), tls.clone());
            tokio::spawn(async move {
                // A connection that breaks off is the browser's business.
                let _ = match tls {
                    None => serve(&site, stream).await,
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => serve(&site, stream).await,
                        Err(error) => Err(error),
                    },
                };
            });
        }
    });
    port
}

/// Answers one connection's requests, which are GETs without a body, one after the other.
async fn serve(site: &Site, stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = String::new();
        loop {
            let before = request.len();
            if stream.read_line(&mut request).await? == 0 {
                return Ok(());
            }
            if request[before..].trim().is_empty() {
                break;
            }
        }
        let target = request.split(' ').nth(1).unwrap_or("/");
        let path = target.split(['?', '#']).next().unwrap_or("/");
        let (status, content_type, content) = site.answer(path).await;
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\ncache-control: no-store\r\n\r\n",
            content.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&content).await?;
        stream.flush().await?;
    }
}

/// A certificate that nobody trusts: the browser is told not to mind.
fn acceptor() -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .expect("a TLS configuration");
    TlsAcceptor::from(Arc::new(config))
}
