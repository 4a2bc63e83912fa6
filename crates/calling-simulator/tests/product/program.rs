//! The command line without a browser: what is served, and what bad input leads to.

use crate::support::{empty_folder, javascript_widget, output, program};
use std::{
    fs,
    net::TcpListener,
    process::{self, Stdio},
    sync::atomic::{AtomicU16, Ordering},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A port at which nothing listens, nor at the one after it. Both are below those that the system gives to programs that ask for any
/// port, so that none of the other tests takes one of them in between.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + (process::id() % 5_000) as u16 * 2;
    let is_free = |port| TcpListener::bind(("127.0.0.1", port)).is_ok();
    loop {
        let port = first + NEXT.fetch_add(2, Ordering::Relaxed);
        if is_free(port) && is_free(port + 1) {
            return port;
        }
    }
}

/// The answer to a GET request, head and body.
async fn get(port: u16, path: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
    (String::from_utf8_lossy(&answer[..end]).to_lowercase(), answer[end + 4..].to_vec())
}

#[tokio::test]
async fn serve_serves_the_page_inside_the_program_and_the_folder_of_a_widget() {
    let folder = empty_folder("serve");
    javascript_widget(&folder);
    let port = free_port();
    let port_text = port.to_string();
    let arguments = ["serve", "--widget", ".", "--name", "Acme & Co", "--port", &port_text];
    let mut serving = program(&folder, &arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    let first = lines.next_line().await.unwrap().unwrap();
    assert!(first.starts_with(&format!("http://localhost:{port}/simulator/ ")), "{first}");

    let (head, _) = get(port, "/?record=0-1/51").await;
    assert!(head.contains(" 307 ") && head.contains("location: /simulator/?record=0-1/51"), "{head}");
    let (head, page) = get(port, "/simulator/").await;
    let page = String::from_utf8(page).unwrap();
    assert!(head.contains("content-type: text/html; charset=utf-8"), "{head}");
    let widget = format!("data-name=\"Acme &amp; Co\" content=\"http://127.0.0.1:{}/\"", port + 1);
    assert!(page.contains(&widget), "{widget} is not in {page}");
    let wasm =
        page.split(['"', '\'', '=', ' ', '>']).find(|word| word.ends_with(".wasm")).expect("the page has a program");
    let (head, _) = get(port, &format!("/simulator/{}", wasm.trim_start_matches("./"))).await;
    assert!(head.contains(" 200 ") && head.contains("content-type: application/wasm"), "{head}");
    let (head, _) = get(port, "/calling-integration-popup-ui/6125000").await;
    assert!(head.contains("location: /simulator/calling-integration-popup-ui/6125000"), "{head}");
    let (head, _) = get(port, "/simulator/calling-integration-popup-ui/6125000/").await;
    assert!(head.contains(" 200 "), "{head}");
    let (head, _) = get(port, "/no-such-file").await;
    assert!(head.contains(" 404 "), "{head}");

    let (head, script) = get(port + 1, "/widget.js").await;
    assert!(head.contains("content-type: text/javascript"), "{head}");
    assert_eq!(script, fs::read(folder.join("widget.js")).unwrap());

    let (text, code) = output(&mut program(&folder, &["serve", "--port", &port_text])).await;
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains(&format!("port {port} is in use")) && text.contains("--port"), "{text}");
    serving.kill().await.unwrap();
}

#[tokio::test]
async fn serve_waits_for_a_page_that_is_being_built_and_reloads_it() {
    let folder = empty_folder("serve-reload");
    let port = free_port();
    let port_text = port.to_string();
    let arguments = ["serve", "--pages", "built", "--reload", "--port", &port_text];
    let mut serving = program(&folder, &arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    lines.next_line().await.unwrap().unwrap();

    let (head, page) = get(port, "/simulator/").await;
    let page = String::from_utf8(page).unwrap();
    assert!(head.contains(" 503 ") && page.contains("is being built"), "{head} {page}");
    assert_eq!(version_in(&page), "");
    let (head, _) = get(port, "/reload.js").await;
    assert!(head.contains(" 200 ") && head.contains("content-type: text/javascript"), "{head}");
    let mut changes = changes(port).await;
    let mut versions = Vec::new();
    for title in ["one", "two"] {
        fs::create_dir_all(folder.join("built/simulator")).unwrap();
        // A file that is renamed is there at once.
        fs::write(folder.join("new.html"), format!("<head><title>{title}</title></head>")).unwrap();
        fs::rename(folder.join("new.html"), folder.join("built/simulator/index.html")).unwrap();
        let version = next_version(&mut changes).await;
        let (head, page) = get(port, "/simulator/").await;
        let page = String::from_utf8(page).unwrap();
        assert!(head.contains(" 200 ") && page.contains(title), "{head} {page}");
        assert_eq!(version_in(&page), version);
        versions.push(version);
    }
    assert_ne!(versions[0], versions[1]);
    serving.kill().await.unwrap();
}

/// As a container engine stops it.
#[cfg(unix)]
#[tokio::test]
async fn serve_ends_well_when_it_is_terminated() {
    let folder = empty_folder("serve-terminated");
    let arguments = ["serve", "--port", &free_port().to_string()];
    let mut serving = program(&folder, &arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    while lines.next_line().await.unwrap().expect("it says how to stop it") != "Ctrl+C stops the server." {}
    let pid = serving.id().unwrap().to_string();
    let status = tokio::process::Command::new("kill").args(["-TERM", &pid]).status().await.unwrap();
    assert!(status.success());
    assert_eq!(serving.wait().await.unwrap().code(), Some(0));
}

/// The version that the page's script was loaded with.
fn version_in(page: &str) -> &str {
    let (_, version) =
        page.split_once("<script async src=\"/reload.js\" data-version=\"").expect("the page has the script");
    version.split('"').next().unwrap()
}

async fn changes(port: u16) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(b"GET /changes HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    BufReader::new(stream)
}

/// The next event.
async fn next_version(changes: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(changes.read_line(&mut line).await.unwrap(), 0, "the connection is closed");
        if let Some(version) = line.strip_prefix("data: ") {
            return version.trim().to_owned();
        }
    }
}

/// Runs the program and expects exit status 2 and a message.
async fn check_refused(name: &str, arguments: &[&str], expected: &[&str]) {
    let folder = empty_folder(name);
    javascript_widget(&folder);
    let (text, code) = output(&mut program(&folder, arguments)).await;
    assert_eq!(code, Some(2), "{arguments:?}: {text}");
    for part in expected {
        assert!(text.contains(part), "{arguments:?}: {part:?} is not in: {text}");
    }
    assert!(!folder.join("reports").exists(), "a refused run leaves reports behind");
}

#[tokio::test]
async fn bad_input_is_refused_with_what_to_do() {
    let refused = async |name: &str, line: &str, expected: &[&str]| {
        let arguments: Vec<_> = line.split(' ').collect();
        check_refused(&format!("refused-{name}"), &arguments, expected).await;
    };
    let own = "run --widget . --selectors simulator.toml --junit reports/junit.xml";
    refused("scenario", &format!("{own} svaed"), &["no scenario svaed", "calling-simulator list"]).await;
    refused("browser", &format!("{own} --browser no-such-browser saved"), &["no program no-such-browser"]).await;
    refused("driver", &format!("{own} --driver no-such-driver saved"), &["no program no-such-driver"]).await;
    refused("pages", &format!("{own} --pages . saved"), &["simulator/index.html", "cargo xtask build"]).await;
    refused("selectors", "run --widget . --selectors nowhere.toml", &["nowhere.toml cannot be read"]).await;
    refused("toml", "run --widget . --selectors widget.js", &["widget.js: ", "line 1"]).await;
    refused("widget", "run --widget build --selectors simulator.toml", &["neither a URL nor a folder"]).await;
    let url = format!("http://127.0.0.1:{}/", free_port());
    let line = format!("run --widget {url} --selectors simulator.toml --wait 0 saved");
    refused("server", &line, &["nothing answers at", "Start the server"]).await;
}

/// As on a machine without Chromium.
#[tokio::test]
async fn a_missing_driver_comes_with_how_to_install_it() {
    let folder = empty_folder("no-driver");
    javascript_widget(&folder);
    let own = std::env::current_exe().unwrap();
    let arguments = ["run", "--widget", ".", "--selectors", "simulator.toml", "--browser", own.to_str().unwrap()];
    let mut command = program(&folder, &arguments);
    command.env("PATH", "").env_remove("CHROMIUM").env_remove("CHROMEDRIVER");
    let (text, code) = output(&mut command).await;
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("chromedriver is not on PATH; install") && text.contains("set CHROMEDRIVER"), "{text}");
}

#[tokio::test]
async fn the_scenarios_are_listed_and_the_selectors_can_be_filled_in() {
    let folder = empty_folder("list");
    let (text, code) = output(&mut program(&folder, &["list"])).await;
    assert_eq!(code, Some(0), "{text}");
    for (name, _) in simulator::scenario::FILES {
        assert!(text.lines().any(|line| line.split(' ').next() == Some(name)), "{name} is not in {text}");
    }
    let (text, _) = output(&mut program(&folder, &["selectors"])).await;
    assert!(text.contains("\nlog-in = {") && text.contains("\nbusy-line = {"), "{text}");
}
