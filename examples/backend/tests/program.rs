//! The program itself: its settings, its messages, and how it stops.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

mod common;

use common::{Backend, PASSWORD, USER, until};
use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

const SECRETS: [&str; 2] = ["HUBSPOT_CLIENT_SECRET", "HUBSPOT_ACCESS_TOKEN"];

/// The program with its secrets, in the folder of the back end.
fn program(backend: &Backend, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backend"));
    command
        .args(arguments)
        .current_dir(backend.folder.path())
        .env("BACKEND_DATABASE", backend.database())
        .env("HUBSPOT_APP_ID", "101")
        .envs(SECRETS.map(|name| (name, "a secret")));
    command
}

fn run(command: &mut Command, input: &str) -> Output {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may end without reading.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[track_caller]
fn assert_fails(command: &mut Command, input: &str, part: &str) {
    let output = run(command, input);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && text.contains(part), "{part}: {text}");
    assert!(!text.contains("a secret") && !text.contains(PASSWORD), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_explained() {
    let backend = Backend::new("http://127.0.0.1:9");
    for name in SECRETS {
        assert_fails(
            program(&backend, &["serve"]).env_remove(name),
            "",
            &format!("set the environment variable {name}"),
        );
        assert_fails(program(&backend, &["serve"]).env(name, " "), "", &format!("set the environment variable {name}"));
    }
    for (arguments, part) in [
        (["serve", "--public-url", "voice.example.com"], "--public-url"),
        (["serve", "--public-url", "https://voice.example.com/"], "it must be as https://voice.example.com"),
        (["serve", "--hubspot-api", "ftp://example.com"], "--hubspot-api"),
        (["serve", "--widget-dist", "."], "cargo xtask build"),
        (["serve", "--listen", "voice"], "--listen"),
        (["serve", "--widget-origin", "x y"], "--widget-origin"),
    ] {
        assert_fails(&mut program(&backend, &arguments), "", part);
    }
    let add = ["add-user", "bob", "--portal", "1", "--hubspot-user", "1", "--account", "account.json"];
    assert_fails(&mut program(&backend, &add), PASSWORD, "account.json");
    std::fs::write(backend.folder.path().join("account.json"), "{\"numbers\": 1}").unwrap();
    assert_fails(&mut program(&backend, &add), PASSWORD, "account.json");
    std::fs::write(backend.folder.path().join("account.json"), "{}").unwrap();
    assert_fails(&mut program(&backend, &add), "\n", "standard input");
    assert!(run(&mut program(&backend, &add), PASSWORD).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_do_not_share_a_database() {
    let backend = Backend::new("http://127.0.0.1:9");
    let server = backend.start().await;
    assert_fails(&mut program(&backend, &["serve", "--listen", "127.0.0.1:0"]), "", "stop that one first");
    server.stop().await;
}

/// A request that is on its way gets its answer; then the program ends well.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_lets_requests_finish() {
    let backend = Backend::new("http://127.0.0.1:9");
    let mut serve = program(&backend, &["serve", "--listen", "127.0.0.1:0"]);
    let mut child = serve.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    let address = line.split([' ', ',']).nth(2).unwrap().to_owned();

    let body = format!("{{\"user\":\"{USER}\",\"password\":\"{PASSWORD}\"}}");
    let mut request = std::net::TcpStream::connect(&address).unwrap();
    let (half, rest) = body.split_at(10);
    let length = body.len();
    let head = "POST /session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close";
    // With this the server says that it reads the body.
    write!(request, "{head}\r\nexpect: 100-continue\r\ncontent-length: {length}\r\n\r\n").unwrap();
    let mut answer = [0; 25];
    request.read_exact(&mut answer).unwrap();
    assert_eq!(answer, *b"HTTP/1.1 100 Continue\r\n\r\n");
    request.write_all(half.as_bytes()).unwrap();
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    until("the end of the listener", async || match std::net::TcpStream::connect(&address) {
        Err(_) => Ok(()),
        Ok(_) => Err("it still accepts connections".to_owned()),
    })
    .await;
    request.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    request.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"token\""), "{answer}");
    assert!(child.wait().unwrap().success());
}
