//! The program over https: it talks to a server whose certificate is trusted, and to no other.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::aws_lc_rs, pki_types::PrivatePkcs8KeyDer};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
};

const ANSWER: &str = r#"{"name": "Acme Phone", "url": "https://phone.example.com/"}"#;

/// A server for localhost, and the requests that it could read.
struct Server {
    url: String,
    /// The certificate of the authority that signed the server's.
    authority: PathBuf,
    request_lines: Arc<Mutex<Vec<String>>>,
}

fn start(name: &str) -> Server {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pem"));
    fs::write(&file, authority.pem()).unwrap();

    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let request_lines = Arc::new(Mutex::new(Vec::new()));
    let (config, lines) = (Arc::new(config), request_lines.clone());
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // A client that does not trust the certificate ends the handshake.
            if let Some(line) = serve(connection, config.clone()) {
                lines.lock().unwrap().push(line);
            }
        }
    });
    Server { url, authority: file, request_lines }
}

/// Answers one request, and returns its first line.
fn serve(connection: TcpStream, config: Arc<ServerConfig>) -> Option<String> {
    let tls = ServerConnection::new(config).ok()?;
    let mut reader = BufReader::new(StreamOwned::new(tls, connection));
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", ANSWER.len());
    let stream = reader.get_mut();
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(ANSWER.as_bytes())).ok()?;
    stream.conn.send_close_notify();
    stream.flush().ok()?;
    Some(first.trim().to_owned())
}

fn show(server: &Server, trusted: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calling-settings"))
        .args(["show", "--base-url", &server.url])
        .env("HUBSPOT_APP_ID", "47")
        .env("HUBSPOT_DEVELOPER_KEY", "the-key")
        .env_remove("HUBSPOT_ACCESS_TOKEN")
        .env("SSL_CERT_FILE", trusted)
        .env_remove("SSL_CERT_DIR")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn a_trusted_certificate_is_accepted() {
    let server = start("trusted");
    let output = show(&server, &server.authority);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"name\": \"Acme Phone\""));
    let expected = "GET /crm/v3/extensions/calling/47/settings?hapikey=the-key HTTP/1.1";
    assert_eq!(*server.request_lines.lock().unwrap(), [expected]);
}

#[test]
fn another_certificate_gets_no_key_and_is_named() {
    let (server, other) = (start("refused"), start("other"));
    let output = show(&server, &other.authority);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(stderr.contains("invalid peer certificate"), "{stderr}");
    assert!(!stderr.contains("the-key"), "{stderr}");
    assert!(server.request_lines.lock().unwrap().is_empty());
}
