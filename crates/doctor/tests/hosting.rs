//! The files in `hosting/`, with real nginx and Caddy. `cargo xtask test` brings both and sets NGINX, NGINX_BROTLI and CADDY;
//! without these variables, programs on PATH are used, and without programs the reason is printed.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod support;

use doctor::{Check, Options, Status, examine};
use http_body_util::{BodyExt, Empty};
use hyper::{HeaderMap, Request, body::Bytes};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Where Debian puts the module.
const DEBIAN_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
const HASHED: &str = "/app-6d0085c7cdfd276f.js";
const WASM: &str = "/app-6d0085c7cdfd276f_bg.wasm";

fn hosting(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hosting").join(name).canonicalize().unwrap()
}

/// A site as `cargo xtask site` makes it, with a widget that is small.
fn write_site(folder: &Path) {
    let site = support::healthy();
    let files = [
        ("index.html", support::PAGE),
        ("app-6d0085c7cdfd276f.js", support::SCRIPT),
        ("app-6d0085c7cdfd276f_bg.wasm", support::WASM),
        ("styles.css", support::STYLES),
        ("simulator/index.html", support::PAGE),
    ];
    for (name, path) in files {
        let (target, content) = (folder.join(name), &site[path].content);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(&target, content).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(content).unwrap();
        fs::write(folder.join(format!("{name}.gz")), gzip.finish().unwrap()).unwrap();
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut content.as_slice(), &mut compressed, &Default::default()).unwrap();
        fs::write(folder.join(format!("{name}.br")), compressed).unwrap();
    }
    fs::write(folder.join("later.js"), "// compressed by the server\n".repeat(100)).unwrap();
    fs::write(folder.join("icon.svg"), "<svg/>").unwrap();
    fs::write(folder.join("_headers"), "/*\n").unwrap();
}

/// A running web server with the site.
struct WebServer {
    name: &'static str,
    origin: String,
    process: Child,
    folder: TempDir,
}

impl Drop for WebServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts both. What cannot be had is left out, with a sentence.
fn servers() -> Vec<WebServer> {
    let mut servers = Vec::new();
    match (program("NGINX", "nginx"), module()) {
        (Some(nginx), Some(module)) => {
            servers.push(start("nginx", |folder, port| nginx_command(&nginx, &module, folder, port)))
        }
        (nginx, module) => {
            println!("nginx is not tested: {nginx:?}, brotli module {module:?}; `cargo xtask test` brings both")
        }
    }
    match program("CADDY", "caddy") {
        Some(caddy) => servers.push(start("caddy", |folder, port| caddy_command(&caddy, folder, port))),
        None => println!("Caddy is not tested: it is not on PATH; `cargo xtask test` brings it"),
    }
    servers
}

fn program(variable: &str, name: &str) -> Option<PathBuf> {
    if let Some(path) = env::var_os(variable) {
        let path = PathBuf::from(path);
        assert!(path.is_file(), "{variable} names {}, which is not a file", path.display());
        return Some(path);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn module() -> Option<PathBuf> {
    let path = env::var_os("NGINX_BROTLI").map_or_else(|| DEBIAN_MODULE.into(), PathBuf::from);
    path.is_file().then_some(path)
}

fn nginx_command(nginx: &Path, module: &Path, folder: &Path, port: u16) -> Command {
    let user = if is_root() { "user root;" } else { "" };
    let site = folder.join("site");
    let (site, own, module) = (site.display(), folder.display(), module.display());
    let snippet = hosting("nginx.conf");
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("{name}_temp_path {own}/{name};\n"))
        .collect();
    let configuration = format!(
        "daemon off;\nworker_processes 1;\n{user}\nerror_log stderr;\npid {own}/pid;\nload_module {module};\nevents {{}}\n\
         http {{\naccess_log off;\n{temporary}server {{\nlisten 127.0.0.1:{port};\nroot {site};\ninclude {};\n}}\n}}\n",
        snippet.display()
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, configuration).unwrap();
    let mut command = Command::new(nginx);
    command.args(["-e", "stderr", "-p"]).arg(folder).arg("-c").arg(file);
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn caddy_command(caddy: &Path, folder: &Path, port: u16) -> Command {
    let mut command = Command::new(caddy);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(hosting("Caddyfile"));
    command.env("SITE_ADDRESS", format!("http://127.0.0.1:{port}")).env("SITE_ROOT", folder.join("site"));
    command.env("HOME", folder).env("XDG_CONFIG_HOME", folder).env("XDG_DATA_HOME", folder);
    command
}

fn start(name: &'static str, command: impl Fn(&Path, u16) -> Command) -> WebServer {
    let folder = TempDir::new().unwrap();
    write_site(&folder.path().join("site"));
    let log = folder.path().join("log");
    // Another program may take the port first; the server then exits.
    for _ in 0..3 {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let output = fs::File::create(&log).unwrap();
        let mut command = command(folder.path(), port);
        command.stdin(Stdio::null()).stdout(output.try_clone().unwrap()).stderr(output);
        let mut process = command.spawn().unwrap();
        let start = Instant::now();
        while process.try_wait().unwrap().is_none() && start.elapsed() < Duration::from_secs(60) {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return WebServer { name, origin: format!("http://127.0.0.1:{port}"), process, folder };
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = process.kill();
        let _ = process.wait();
    }
    panic!("{name} does not start: {}", fs::read_to_string(log).unwrap());
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    #[track_caller]
    fn has(&self, name: &str, value: &str) {
        assert_eq!(self.header(name), Some(value), "{name} of {:?}", self.headers);
    }

    fn header(&self, name: &str) -> Option<&str> {
        let values: Vec<_> = self.headers.get_all(name).iter().collect();
        assert!(values.len() < 2, "{name} comes twice: {values:?}");
        values.first().map(|value| value.to_str().unwrap())
    }
}

impl WebServer {
    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
        let response = client.request(request.body(Empty::new()).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: head.status.as_u16(), headers: head.headers, body }
    }

    fn file(&self, path: &str) -> Vec<u8> {
        fs::read(self.folder.path().join("site").join(path.trim_start_matches('/'))).unwrap()
    }
}

struct Policy(toml::Table);

impl Policy {
    fn read() -> Self {
        Self(fs::read_to_string(hosting("policy.toml")).unwrap().parse().unwrap())
    }

    fn caching(&self, name: &str) -> &str {
        self.0["caching"][name].as_str().unwrap()
    }

    #[track_caller]
    fn check_headers(&self, answer: &Answer) {
        let sources: Vec<&str> =
            self.0["frame-ancestors"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        answer.has("content-security-policy", &format!("frame-ancestors {}", sources.join(" ")));
        for (name, value) in self.0["headers"].as_table().unwrap() {
            answer.has(name, value.as_str().unwrap());
        }
        assert_eq!(answer.header("x-frame-options"), None);
    }
}

#[tokio::test]
async fn every_file_has_its_type_its_caching_and_the_headers() {
    let policy = Policy::read();
    for server in servers() {
        for (path, mime, caching) in [
            ("/", "text/html; charset=utf-8", "other"),
            ("/?portalId=1", "text/html; charset=utf-8", "other"),
            ("/simulator/", "text/html; charset=utf-8", "other"),
            ("/index.html", "text/html; charset=utf-8", "other"),
            (HASHED, "text/javascript; charset=utf-8", "hashed"),
            (WASM, "application/wasm", "hashed"),
            ("/styles.css", "text/css; charset=utf-8", "other"),
            ("/later.js", "text/javascript; charset=utf-8", "other"),
            ("/icon.svg", "image/svg+xml", "other"),
        ] {
            for encoding in ["identity", "gzip", "br, gzip"] {
                let answer = server.get(path, &[("accept-encoding", encoding)]).await;
                println!("{} {path} {encoding}", server.name);
                assert_eq!(answer.status, 200);
                answer.has("content-type", mime);
                answer.has("cache-control", policy.caching(caching));
                policy.check_headers(&answer);
            }
        }
    }
}

#[tokio::test]
async fn the_compressed_files_are_sent_as_they_are() {
    for server in servers() {
        for path in [HASHED, WASM, "/index.html", "/styles.css"] {
            for (accepted, encoding, ending) in
                [("br, gzip", Some("br"), ".br"), ("gzip", Some("gzip"), ".gz"), ("identity", None, "")]
            {
                println!("{} {path} {accepted}", server.name);
                let answer = server.get(path, &[("accept-encoding", accepted)]).await;
                assert_eq!(answer.header("content-encoding"), encoding);
                assert!(answer.body == server.file(&format!("{path}{ending}")));
                if encoding.is_some() {
                    answer.has("vary", "Accept-Encoding");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_file_without_a_compressed_one_is_compressed_on_the_way() {
    for server in servers() {
        let answer = server.get("/later.js", &[("accept-encoding", "gzip")]).await;
        println!("{}", server.name);
        answer.has("content-encoding", "gzip");
        assert!(answer.body.len() < server.file("/later.js").len());
    }
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_sent_again() {
    for server in servers() {
        for path in ["/", "/styles.css"] {
            println!("{} {path}", server.name);
            let first = server.get(path, &[]).await;
            let tag = first.header("etag").unwrap();
            let second = server.get(path, &[("if-none-match", tag)]).await;
            assert_eq!((second.status, second.body.len()), (304, 0));
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_kept_by_browsers() {
    for server in servers() {
        for path in ["/app-0000000000000000.js", "/missing.html", "/_headers"] {
            println!("{} {path}", server.name);
            let answer = server.get(path, &[]).await;
            assert_eq!(answer.status, 404);
            assert!(answer.header("cache-control").is_none_or(|value| value == "no-cache"), "{:?}", answer.headers);
        }
    }
}

#[tokio::test]
async fn a_folder_without_its_slash_redirects_and_keeps_the_query() {
    for server in servers() {
        println!("{}", server.name);
        for (path, target) in [("/simulator", "/simulator/"), ("/simulator?role=window", "/simulator/?role=window")] {
            let answer = server.get(path, &[]).await;
            assert!(matches!(answer.status, 301 | 308), "{}", answer.status);
            answer.has("location", target);
        }
    }
}

#[tokio::test]
async fn the_doctor_finds_nothing_but_http() {
    for server in servers() {
        let report = examine(&server.origin.parse().unwrap(), &Options::default()).await.unwrap();
        for finding in &report.findings {
            let expected = if finding.check == Check::Https { Status::Warning } else { Status::Ok };
            assert!(finding.status == expected || finding.status == Status::Skipped, "{}: {report}", server.name);
        }
        assert_eq!(report.of(Check::Sync).unwrap().status, Status::Ok, "{}: {report}", server.name);
    }
}
