//! One web site on several ports: each port is an origin, and one of them uses TLS.

use crate::environment;
use crate::proxy::{self, Route};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

/// Serves the release build at `/`, the npm packages at `/npm/` and the tests' own pages at `/pages/`.
pub struct Server {
    /// The port of the host's origin, and of every `http://` name that the browser maps.
    pub host_port: u16,
    /// The port of the widget's origin.
    pub widget_port: u16,
    /// The port behind every `https://` name that the browser maps.
    pub tls_port: u16,
    /// The port of an HTTP proxy that leads names without a port to this server, for browsers that cannot map names.
    pub proxy_port: u16,
    site: Arc<Site>,
}

impl Server {
    pub async fn start() -> Self {
        let pages = environment::pages().into_iter().map(|folder| ("/pages/", folder));
        let rest = [("/npm/", environment::node_modules()), ("/", environment::dist())];
        let site = Site::of(pages.chain(rest).collect());
        let tls = acceptor();
        let tls_port = listen(site.clone(), Port::Tls(tls.clone())).await;
        Self {
            host_port: listen(site.clone(), Port::Plain).await,
            widget_port: listen(site.clone(), Port::Plain).await,
            tls_port,
            proxy_port: listen(site.clone(), Port::Proxy { tls, tls_port }).await,
            site,
        }
    }

    /// Serves another folder at the root of one more origin until the test ends, and returns the port.
    pub async fn folder(folder: &Path) -> u16 {
        listen(Site::of(vec![("/", folder.to_owned())]), Port::Plain).await
    }

    /// From now on requests for a path with this ending are not answered until [`Server::release`].
    pub fn hold(&self, ending: &'static str) {
        self.site.gates.lock().unwrap().insert(ending, watch::channel(false).0);
    }

    /// Answers the requests that [`Server::hold`] has stopped, and further ones.
    pub fn release(&self, ending: &str) {
        let gates = self.site.gates.lock().unwrap();
        gates[ending].send_replace(true);
    }

    /// How many requests for a path with this ending there were.
    pub fn requests(&self, ending: &str) -> usize {
        let requests = self.site.requests.lock().unwrap();
        requests.iter().filter(|path| path.ends_with(ending)).count()
    }
}

/// The files that are sent with brotli, and their compressed content. It is empty in tests.
static COMPRESSED: Mutex<BTreeMap<PathBuf, Arc<Vec<u8>>>> = Mutex::new(BTreeMap::new());

/// From now on every server of this process sends the texts and programs in a folder compressed with brotli 11, as a content
/// delivery network does. Compressing is slow, so it is done here, once.
///
/// # Panics
/// When a file cannot be read.
pub fn precompress(folder: &Path) {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the site") {
            let path = entry.expect("an entry of the site's folder").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.retain(|file| {
        matches!(file.extension().and_then(|it| it.to_str()), Some("html" | "js" | "css" | "wasm" | "json" | "svg"))
    });
    for file in files {
        // node's library is optimized; a crate that is compiled without optimization would take minutes.
        let output = std::process::Command::new("node")
            .arg("-e")
            .arg(COMPRESS)
            .arg(&file)
            .output()
            .expect("node, which npm needs");
        assert!(output.status.success(), "{} was not compressed: {output:?}", file.display());
        COMPRESSED.lock().unwrap().insert(file, Arc::new(output.stdout));
    }
}

/// Writes a file to the standard output, compressed with the highest quality of brotli.
const COMPRESS: &str =
    "process.stdout.write(require('zlib').brotliCompressSync(require('fs').readFileSync(process.argv[1])))";

struct Site {
    /// The start of the path, and the folder with the rest. The first one that has the file answers.
    folders: Vec<(&'static str, PathBuf)>,
    gates: Mutex<HashMap<&'static str, watch::Sender<bool>>>,
    requests: Mutex<Vec<String>>,
    headers: String,
}

struct Answer {
    status: &'static str,
    content_type: &'static str,
    content: Vec<u8>,
    /// With brotli.
    compressed: bool,
}

impl Answer {
    fn plain(status: &'static str, content_type: &'static str, content: Vec<u8>) -> Self {
        Self { status, content_type, content, compressed: false }
    }
}

impl Site {
    fn of(folders: Vec<(&'static str, PathBuf)>) -> Arc<Self> {
        Arc::new(Self { folders, gates: Mutex::default(), requests: Mutex::default(), headers: environment::headers() })
    }

    async fn answer(&self, path: &str) -> Answer {
        self.requests.lock().unwrap().push(path.to_owned());
        let gate = {
            let gates = self.gates.lock().unwrap();
            gates.iter().find(|(ending, _)| path.ends_with(*ending)).map(|(_, gate)| gate.subscribe())
        };
        if let Some(mut gate) = gate {
            // An error means that the test is over and the answer is not needed.
            let _ = gate.wait_for(|open| *open).await;
        }
        // Browsers request it by themselves, and a 404 would be an error in the console.
        if path == "/favicon.ico" {
            return Answer::plain("204 No Content", "image/x-icon", Vec::new());
        }
        let missing = || Answer::plain("404 Not Found", "text/plain", path.into());
        let Some(file) = self.file(path) else { return missing() };
        let compressed = COMPRESSED.lock().unwrap().get(&file).cloned();
        if let Some(content) = compressed {
            return Answer { compressed: true, ..Answer::plain("200 OK", content_type(&file), content.to_vec()) };
        }
        match tokio::fs::read(&file).await {
            Ok(content) => Answer::plain("200 OK", content_type(&file), content),
            Err(_) => missing(),
        }
    }

    fn file(&self, path: &str) -> Option<PathBuf> {
        if path.contains("..") {
            return None;
        }
        let mut files = self.folders.iter().filter_map(|(prefix, folder)| {
            let file = folder.join(path.strip_prefix(prefix)?);
            Some(if path.ends_with('/') { file.join("index.html") } else { file })
        });
        files.find(|file| file.is_file())
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

/// What a port speaks.
#[derive(Clone)]
enum Port {
    Plain,
    Tls(TlsAcceptor),
    /// Either of both.
    Proxy {
        tls: TlsAcceptor,
        tls_port: u16,
    },
}

async fn listen(site: Arc<Site>, kind: Port) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on 127.0.0.1");
    let port = listener.local_addr().expect("a bound listener has an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (site, kind) = (site.clone(), kind.clone());
            tokio::spawn(async move {
                // The browser may close connections at any time.
                let _ = match kind {
                    Port::Plain => serve(&site, stream, None).await,
                    Port::Proxy { tls, tls_port } => match proxy::begins_with_tls(&stream).await {
                        Ok(false) => serve(&site, stream, Some(tls_port)).await,
                        Ok(true) => match tls.accept(stream).await {
                            Ok(stream) => serve(&site, stream, Some(tls_port)).await,
                            Err(error) => Err(error),
                        },
                        Err(error) => Err(error),
                    },
                    Port::Tls(tls) => match tls.accept(stream).await {
                        Ok(stream) => serve(&site, stream, None).await,
                        Err(error) => Err(error),
                    },
                };
            });
        }
    });
    port
}

/// Answers the requests of one connection: GETs without a body. As a proxy it has the port to which `https://` names lead.
async fn serve(
    site: &Site,
    stream: impl AsyncRead + AsyncWrite + Unpin,
    proxied_tls: Option<u16>,
) -> std::io::Result<()> {
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
        if let Some(port) = proxied_tls {
            match Route::of(&request) {
                Route::Site => {}
                Route::Tunnel => return proxy::tunnel(stream, port).await,
                Route::Refused => return Ok(()),
            }
        }
        let target = origin_form(request.split(' ').nth(1).unwrap_or("/"));
        let path = target.split(['?', '#']).next().unwrap_or("/");
        let Answer { status, content_type, content, compressed } = site.answer(path).await;
        let encoding = if compressed { "content-encoding: br\r\n" } else { "" };
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\n{encoding}content-length: {}\r\ncache-control: \
             no-store\r\n{}\r\n",
            content.len(),
            site.headers
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&content).await?;
        stream.flush().await?;
    }
}

/// The path and query of a request's target: a browser with a proxy sends the whole URL.
fn origin_form(target: &str) -> &str {
    // A query may have an address in it.
    let Some((_, after)) = target.split_once("://").filter(|_| !target.starts_with('/')) else { return target };
    after.find('/').map_or("/", |start| &after[start..])
}

/// A self-signed certificate. The browser ignores certificate errors.
fn acceptor() -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    // By name: a crate of this workspace brings a second provider, and rustls chooses none of two by itself.
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider's own versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .expect("a TLS configuration");
    TlsAcceptor::from(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::origin_form;

    #[test]
    fn the_path_is_read_with_and_without_the_address_of_the_server() {
        for (target, path) in [
            ("/pages/a.html?b=c", "/pages/a.html?b=c"),
            ("/simulator/?widget=http://localhost:9025/", "/simulator/?widget=http://localhost:9025/"),
            ("http://foreign.example/pages/a.html", "/pages/a.html"),
            ("http://foreign.example", "/"),
        ] {
            assert_eq!(origin_form(target), path, "{target}");
        }
    }
}
