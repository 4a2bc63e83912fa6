//! The page that plays HubSpot. It has HubSpot's origin, as widgets answer no other: the browser is told that this name leads here.

use base64::{Engine, prelude::BASE64_STANDARD};
use rcgen::{CertifiedKey, PublicKeyData};
use rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};
use tokio_rustls::TlsAcceptor;

pub const NAME: &str = "app.hubspot.com";
const PAGE: &str = include_str!("host.html");

/// A running server. It ends when the value is dropped.
pub struct Host {
    pub port: u16,
    /// The fingerprint of its key, for Chromium's list of accepted keys.
    pub key: String,
    task: AbortHandle,
}

impl Host {
    /// # Errors
    /// When no port or certificate can be had.
    pub async fn start() -> Result<Self, String> {
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).map_err(|error| error.to_string())?;
        let key = fingerprint(&made.signing_key.subject_public_key_info());
        let acceptor = acceptor(&made)?;
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // The browser may close connections at any time.
                let acceptor = acceptor.clone();
                tokio::spawn(async move { answer(stream, acceptor).await });
            }
        });
        Ok(Self { port, key, task: task.abort_handle() })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// How Chromium names a key.
pub fn fingerprint(public_key: &[u8]) -> String {
    BASE64_STANDARD.encode(Sha256::digest(public_key))
}

fn acceptor(made: &CertifiedKey<rcgen::KeyPair>) -> Result<TlsAcceptor, String> {
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .map_err(|error| error.to_string())?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn answer(stream: TcpStream, acceptor: TlsAcceptor) -> std::io::Result<()> {
    let mut stream = BufReader::new(acceptor.accept(stream).await?);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 2 {
        line.clear();
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        PAGE.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(PAGE.as_bytes()).await?;
    stream.shutdown().await
}
