//! A widget on a server of the test, which can be given any fault.
#![allow(dead_code, reason = "each test uses a part")]

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
    serve::Listener,
};
use doctor::{Options, Report, examine};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::{collections::BTreeMap, io::Write, net::SocketAddr, sync::Arc, time::Duration};
use time::{Duration as Days, OffsetDateTime};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{CertificateDer, PrivatePkcs8KeyDer},
    },
    server::TlsStream,
};
use url::Url;

/// Where the page is.
pub const PAGE: &str = "/phone/";
pub const SCRIPT: &str = "/phone/app-6d0085c7cdfd276f.js";
pub const WASM: &str = "/phone/app-6d0085c7cdfd276f_bg.wasm";
/// A file without a hash in its name.
pub const STYLES: &str = "/phone/styles.css";

const HTML: &str = "<!doctype html>\n<html lang=en>\n<title>Phone</title>\n<link rel=icon href=data:,>\n\
                    <link rel=stylesheet href=styles.css>\n\
                    <link rel=preload as=fetch crossorigin href=app-6d0085c7cdfd276f_bg.wasm>\n\
                    <script type=module src=app-6d0085c7cdfd276f.js></script>\n<!-- ";

/// A widget without any framework, that does what HubSpot expects of it.
pub const WIDGET: &str = "
    await WebAssembly.instantiateStreaming(fetch(new URL('app-6d0085c7cdfd276f_bg.wasm', import.meta.url)));
    const answer = (event, message) => parent.postMessage(message, event.origin);
    let answered = false;
    addEventListener('message', event => {
        if (event.data?.type !== 'SYNC' || answered) return;
        answered = true;
        answer(event, { ...event.data, type: 'SYNC_ACK', version: '0.9.7', debugMode: false, iFrameUrl: location.origin });
        answer(event, { type: 'INITIALIZED', messageId: 'a1_1', data: { isLoggedIn: false } });
    });
";

/// The smallest WebAssembly module, and a section of the size of a program that nothing reads.
pub fn wasm() -> Vec<u8> {
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    // A custom section: its size as LEB128, its name, and bytes.
    module.extend([0, 0x82, 0x10, 1, b'x']);
    module.extend([0; 2048]);
    module
}

/// An answer of the server.
#[derive(Clone)]
pub struct File {
    pub status: StatusCode,
    pub headers: BTreeMap<&'static str, String>,
    pub content: Vec<u8>,
    /// Whether the content is compressed when the client accepts it.
    pub compressed: bool,
    /// Whether the answer never comes.
    pub stalls: bool,
}

/// The server's files by their paths.
pub type Site = BTreeMap<&'static str, File>;

fn file(mime: &str, caching: &str, content: impl Into<Vec<u8>>) -> File {
    let headers = [
        ("content-type", mime),
        ("cache-control", caching),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "frame-ancestors 'self' https://*.hubspot.com"),
    ];
    File {
        status: StatusCode::OK,
        headers: headers.map(|(name, value)| (name, value.to_owned())).into(),
        content: content.into(),
        compressed: true,
        stalls: false,
    }
}

pub fn redirect(target: &str) -> File {
    let headers = BTreeMap::from([("location", target.to_owned())]);
    File { status: StatusCode::MOVED_PERMANENTLY, headers, content: Vec::new(), compressed: false, stalls: false }
}

/// A widget without any fault.
pub fn healthy() -> Site {
    const FOREVER: &str = "public, max-age=31536000, immutable";
    let long_comment = "what repeats, compresses; ".repeat(100);
    BTreeMap::from([
        (PAGE, file("text/html; charset=utf-8", "no-cache", format!("{HTML}{long_comment} -->"))),
        ("/phone", redirect(PAGE)),
        (SCRIPT, file("text/javascript", FOREVER, format!("{WIDGET}// {long_comment}"))),
        (WASM, file("application/wasm", FOREVER, wasm())),
        (STYLES, file("text/css", "no-cache", format!("/* {long_comment} */"))),
    ])
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let Some(file) = site.get(request.uri().path()) else {
        return Response::builder().status(StatusCode::NOT_FOUND).body(Body::empty()).unwrap();
    };
    if file.stalls {
        std::future::pending::<()>().await;
    }
    let mut response = Response::builder().status(file.status);
    for (name, value) in &file.headers {
        response = response.header(HeaderName::from_static(name), HeaderValue::try_from(value).unwrap());
    }
    let accepts = request.headers().get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if file.compressed && accepts.contains("gzip") {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&file.content).unwrap();
        return response.header(header::CONTENT_ENCODING, "gzip").body(Body::from(gzip.finish().unwrap())).unwrap();
    }
    response.body(Body::from(file.content.clone())).unwrap()
}

/// The certificate of a test's server.
#[derive(Clone, Copy, Default)]
pub enum Certificate {
    /// Of an authority that the doctor trusts, for `localhost`.
    #[default]
    Trusted,
    /// Of one that nobody trusts.
    UnknownIssuer,
    SelfSigned,
    OtherName,
    Expired,
    ExpiresSoon,
}

struct Identity {
    config: ServerConfig,
    root: CertificateDer<'static>,
}

impl Certificate {
    fn make(self) -> Identity {
        let authority_key = KeyPair::generate().unwrap();
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(rcgen::DnType::CommonName, "Authority of the tests");
        let root = authority.self_signed(&authority_key).unwrap().der().clone();
        let issuer = Issuer::new(authority, authority_key);

        let name = if matches!(self, Self::OtherName) { "phone.example" } else { "localhost" };
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let now = OffsetDateTime::now_utc();
        params.not_before = now - Days::days(60);
        params.not_after = now
            + match self {
                Self::Expired => Days::days(-1),
                Self::ExpiresSoon => Days::days(5),
                _ => Days::days(60),
            };
        let key = KeyPair::generate().unwrap();
        let certificate = match self {
            Self::SelfSigned => params.self_signed(&key),
            _ => params.signed_by(&key, &issuer),
        };
        let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.unwrap().der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .unwrap();
        Identity { config, root }
    }

    fn is_trusted(self) -> bool {
        !matches!(self, Self::UnknownIssuer | Self::SelfSigned)
    }
}

/// A running server.
pub struct Server {
    pub url: Url,
    roots: Vec<CertificateDer<'static>>,
}

impl Server {
    pub async fn https(site: Site, certificate: Certificate) -> Self {
        let identity = certificate.make();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(Arc::new(identity.config));
        tokio::spawn(axum::serve(TlsListener { listener, acceptor }, router(site)).into_future());
        let roots = if certificate.is_trusted() { vec![identity.root] } else { Vec::new() };
        Self { url: Url::parse(&format!("https://localhost:{port}{PAGE}")).unwrap(), roots }
    }

    pub async fn http(site: Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(axum::serve(listener, router(site)).into_future());
        Self { url: Url::parse(&format!("http://localhost:{port}{PAGE}")).unwrap(), roots: Vec::new() }
    }

    /// Without a browser.
    pub async fn examine(&self) -> Report {
        let options = Options { browser: false, timeout: Duration::from_secs(2), ..self.options() };
        examine(&self.url, &options).await.unwrap()
    }

    pub fn options(&self) -> Options {
        Options { roots: self.roots.clone(), ..Options::default() }
    }
}

fn router(site: Site) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(site))
}

struct TlsListener {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            // A browser that rejects the certificate ends the handshake.
            if let Ok((stream, address)) = self.listener.accept().await
                && let Ok(stream) = self.acceptor.accept(stream).await
            {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
