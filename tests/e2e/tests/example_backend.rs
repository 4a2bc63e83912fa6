//! The widget with the log-in of examples/backend, which serves it too. A fork that deletes the example deletes this file.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{
    Control, DEFAULT_TIMEOUT, Direction, Host, HostPage, TestHarness, Value, example_backend, json, run,
    run_with_blocked_storage, target, until,
};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

const USER: &str = "ann";
const PASSWORD: &str = "correct horse";

#[test]
fn a_wrong_password_is_refused() {
    run(async |harness| {
        let (_backend, server, host) = opened(harness).await;
        harness.expect_error("401");
        log_in(&host, "a wrong one").await;
        host.guest().see_text("[role=alert]", "The user name or the password is wrong.").await;
        assert_eq!(host.count(Direction::Handled, "LOGGED_IN").await, 0);
        server.kill().await;
    });
}

/// Users get their numbers from the back end. The call goes on while the server is killed, and after its restart the reloaded
/// frame is still logged in and has the call.
#[test]
fn a_call_outlives_the_restart_of_the_server() {
    run(async |harness| {
        let (backend, server, host) = logged_in(harness).await;
        let widget = host.guest();
        widget.see_text(Control::FromNumber, "555-0199").await;

        let started = host.dial("+16175550100").await;
        assert_eq!(started["fromNumber"], "+16175550199", "the first number of account.json: {started}");
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        host.next("CALL_ANSWERED").await;
        widget.type_into(Control::Notes, "half a sent").await;

        server.kill().await;
        widget.type_into(Control::Notes, "ence").await;
        widget.see(Control::EndCall).await;
        let server = backend.start().await;
        host.reload().await;

        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        assert_eq!(initialized["data"]["engagementId"], 12, "{initialized}");
        widget.see_value(Control::Notes, "half a sentence").await;
        let completed = host.hang_up_and_save().await;
        assert_eq!(completed["data"]["externalCallId"], started["externalCallId"], "{completed}");
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "half a sentence", "{completed}");
        host.nothing_more().await;

        widget.click(Control::LogOut).await;
        host.next("LOGGED_OUT").await;
        host.reload().await;
        assert_eq!(host.initialized().await["data"]["isLoggedIn"], false);
        server.kill().await;
    });
}

/// Without its data the server knows no session: after a reload the user is asked to log in.
#[test]
fn a_session_that_the_server_does_not_know_logs_the_user_out() {
    run(async |harness| {
        let (backend, server, host) = logged_in(harness).await;
        server.kill().await;
        backend.delete_data();
        let server = backend.start().await;
        harness.expect_error("401");
        host.reload().await;
        host.initialized().await;
        host.guest().see(Control::Password).await;
        // The widget ends the session at the server too; killed before its answer, that would be an error in the console.
        let ended =
            "return performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/session')).length;";
        until("the answer to the log-out", DEFAULT_TIMEOUT, async || {
            match host.guest().try_run(ended, vec![]).await? {
                count if count == 1 => Ok(()),
                count => Err(format!("there are {count}")),
            }
        })
        .await;
        server.kill().await;
    });
}

/// With blocked storage the browser keeps cookies of frames apart for each page around them, and the log-in still works.
#[test]
fn the_log_in_needs_no_third_party_cookies() {
    run_with_blocked_storage(async |harness| {
        let (_backend, server, host) = logged_in(harness).await;
        let renewal = "return fetch('/session/renewal', {method: 'POST'}).then(response => response.status);";
        assert_eq!(host.guest().run(renewal, vec![]).await, Value::from(200));
        server.kill().await;
    });
}

/// A back end with its server, and the widget that asks its user to log in.
async fn opened(harness: &TestHarness) -> (Backend, Server, Host<'_>) {
    let backend = Backend::new().await;
    let server = backend.start().await;
    let host = backend.host(harness).open(harness).await;
    let initialized = host.initialized().await;
    assert_eq!(initialized["data"]["isLoggedIn"], false, "{initialized}");
    (backend, server, host)
}

/// As [`opened`], and the user has logged in.
async fn logged_in(harness: &TestHarness) -> (Backend, Server, Host<'_>) {
    let opened = opened(harness).await;
    log_in(&opened.2, PASSWORD).await;
    opened.2.next("LOGGED_IN").await;
    opened
}

async fn log_in(host: &Host<'_>, password: &str) {
    let widget = host.guest();
    widget.type_over(Control::UserName, USER).await;
    widget.type_over(Control::Password, password).await;
    widget.click(Control::LogIn).await;
}

/// The data of a back end, and the port that it always listens at.
struct Backend {
    folder: PathBuf,
    port: u16,
}

/// A running server.
struct Server(Child);

impl Backend {
    /// A back end with one user.
    async fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = target().join("e2e").join(format!("backend-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // Closed again at once: the server takes the port right after.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let backend = Self { folder, port };
        let account = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/backend/account.json");
        let mut add = backend.command();
        add.args(["add-user", USER, "--portal", "62515", "--hubspot-user", "7", "--account", account]);
        let mut adding = add.stdin(Stdio::piped()).spawn().unwrap();
        adding.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).await.unwrap();
        assert!(adding.wait().await.unwrap().success(), "the user was not added");
        backend
    }

    fn command(&self) -> Command {
        let mut command = Command::new(example_backend().0);
        command.kill_on_drop(true).env("BACKEND_DATABASE", self.folder.join("data.sqlite"));
        command
    }

    /// Starts the server, and waits until it listens.
    async fn start(&self) -> Server {
        let address = format!("127.0.0.1:{}", self.port);
        let mut command = self.command();
        command
            .args(["serve", "--listen", &address, "--public-url", &format!("http://{address}")])
            .args(["--widget-policy", "frame-ancestors http://localhost:*", "--app-id", "101"])
            .arg("--widget-dist")
            .arg(example_backend().1)
            .arg("--recordings")
            .arg(&self.folder)
            // The discard port: nothing may be sent anywhere.
            .args(["--hubspot-api", "http://127.0.0.1:9"])
            .envs(["HUBSPOT_CLIENT_SECRET", "HUBSPOT_ACCESS_TOKEN"].map(|name| (name, "test")));
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("the server ended at once");
        assert!(line.contains(&address), "{line}");
        Server(child)
    }

    fn delete_data(&self) {
        for name in ["data.sqlite", "data.sqlite-wal", "data.sqlite-shm"] {
            let _ = std::fs::remove_file(self.folder.join(name));
        }
    }

    /// The npm host with the widget that the server serves.
    fn host(&self, harness: &TestHarness) -> HostPage {
        HostPage { guest: format!("http://127.0.0.1:{}/", self.port), ..harness.guest_at("/") }
    }
}

impl Server {
    /// Kills it, as a crash would.
    async fn kill(mut self) {
        self.0.kill().await.unwrap();
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
