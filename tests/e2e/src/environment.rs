//! The files and programs that a test needs. `cargo xtask test` sets variables with their paths; the defaults are the paths that
//! it would set. A test fails if something is missing: nothing is skipped.

use std::path::{Path, PathBuf};

/// The release build: the widget at its root, the SDK's examples in `minimal/` and `host/`. Without the widget when the
/// tested one is somewhere else.
pub fn dist() -> PathBuf {
    existing("E2E_DIST", "dist", "run `cargo xtask build`")
}

/// # Panics
/// If the release build has no widget.
pub fn assert_has_widget() {
    let dist = dist();
    assert!(dist.join("index.html").is_file(), "{} holds no widget: run `cargo xtask build`", dist.display());
}

/// The folder with `@hubspot/calling-extensions-sdk` and `axe-core`.
pub fn node_modules() -> PathBuf {
    existing(
        "E2E_NODE_MODULES",
        "target/tools/npm/node_modules",
        "run `cargo xtask test`, which installs the npm packages",
    )
}

pub fn chromium() -> PathBuf {
    local_machine::chromium(None).unwrap_or_else(|missing| panic!("{missing}"))
}

pub fn chromedriver() -> PathBuf {
    local_machine::chromedriver(None).unwrap_or_else(|missing| panic!("{missing}"))
}

/// The program of the example back end, and the folder of the widget that logs in to it.
///
/// # Panics
/// If one of them does not exist.
pub fn example_backend() -> (PathBuf, PathBuf) {
    let build = "run `cargo xtask test --only e2e`, which builds it";
    let widget = existing("E2E_BACKEND_WIDGET", "target/e2e-backend-dist", build);
    let program = std::env::var_os("E2E_BACKEND").unwrap_or_else(|| "target/debug/backend".into());
    let program = workspace().join(program);
    assert!(program.is_file(), "{} is not a file: {build}, or set E2E_BACKEND", program.display());
    (program, widget)
}

/// The folders with the host and guest pages of the tests: those of the package that runs, which cargo names, and those of this
/// package.
pub fn pages() -> Vec<PathBuf> {
    let running = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    running.into_iter().chain([env!("CARGO_MANIFEST_DIR").into()]).map(|package| package.join("pages")).collect()
}

/// The headers of every answer that `hosting/policy.toml` names, as lines of an answer. Without `frame-ancestors`: the tests have
/// hosts of all origins.
pub fn headers() -> String {
    let path = workspace().join("hosting/policy.toml");
    let policy = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let policy: toml::Table = policy.parse().expect("TOML");
    let headers = policy["headers"].as_table().expect("a table of headers");
    headers.iter().map(|(name, value)| format!("{name}: {}\r\n", value.as_str().expect("a text"))).collect()
}

/// The folder for the artifacts of failed tests and for screenshots.
pub fn target() -> PathBuf {
    workspace().join("target")
}

/// The folder with the snapshots.
pub fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots")
}

fn workspace() -> PathBuf {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    folders.nth(2).expect("this crate is two folders deep").to_owned()
}

fn existing(variable: &str, fall_back: &str, remedy: &str) -> PathBuf {
    let path = match std::env::var_os(variable) {
        Some(path) => workspace().join(path),
        None => workspace().join(fall_back),
    };
    assert!(path.is_dir(), "{} is not a folder: {remedy}, or set {variable}", path.display());
    path
}
