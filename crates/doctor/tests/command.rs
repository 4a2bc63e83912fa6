//! The program: its arguments, its report and its exit status.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::Value;
use std::process::Output;
use support::{PAGE, Server, healthy};

/// Runs it beside the server of the test.
async fn doctor(arguments: &[&str]) -> Output {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_doctor"));
    command.args(arguments).output().await.unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn warnings_fail_only_when_they_shall() {
    // Its only warning is that it uses http.
    let server = Server::http(healthy()).await;
    let url = server.url.as_str();
    let relaxed = doctor(&["--no-browser", url]).await;
    assert_eq!(relaxed.status.code(), Some(0), "{}", text(&relaxed.stdout));
    assert!(text(&relaxed.stdout).contains("0 faults, 1 warning"), "{}", text(&relaxed.stdout));
    assert_eq!(doctor(&["--no-browser", "--strict", url]).await.status.code(), Some(1));
}

#[tokio::test]
async fn faults_fail_and_are_in_the_json() {
    let mut site = healthy();
    site.get_mut(PAGE).unwrap().headers.insert("x-frame-options", "DENY".into());
    site.get_mut(PAGE).unwrap().headers.remove("content-security-policy");
    let server = Server::http(site).await;
    let output = doctor(&["--no-browser", "--json", server.url.as_str()]).await;
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let faults = report["findings"].as_array().unwrap().iter().filter(|finding| finding["status"] == "fault");
    assert_eq!(faults.map(|finding| finding["check"].as_str().unwrap()).collect::<Vec<_>>(), ["x-frame-options"]);
}

#[tokio::test]
async fn what_is_no_address_is_refused_with_an_example() {
    for (argument, message) in
        [("phone.example.com", "https://phone.example.com/"), ("ftp://phone.example.com/", "https://")]
    {
        let output = doctor(&["--no-browser", argument]).await;
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}

#[tokio::test]
async fn a_missing_browser_is_named_with_what_to_do() {
    let server = Server::http(healthy()).await;
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_doctor"));
    command.arg(server.url.as_str()).env("PATH", "").env_remove("CHROMIUM").env_remove("CHROMEDRIVER");
    let output = command.output().await.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(message.contains("chromium-driver") && message.contains("--no-browser"), "{message}");
}
