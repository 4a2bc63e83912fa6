//! Where things are in this repository, and what it pins.

use crate::error::{Error, Result, file};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folder of the workspace. cargo tells it at run time, so that a copied `target/` does not lead elsewhere.
pub fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().map_or_else(|| package.clone(), Path::to_owned)
}

/// Where cargo puts what it builds here.
pub fn cargo_target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(target, |folder| root().join(folder))
}

/// What this program makes goes here, wherever cargo builds.
pub fn target() -> PathBuf {
    root().join("target")
}

pub fn tools() -> PathBuf {
    target().join("tools")
}

pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The version of a crate in Cargo.lock. Its command line tool must be of exactly this version.
pub fn locked_version(name: &'static str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(file("read", &path))?;
    version_in_lock(&lock, name).ok_or(Error::NotLocked(name))
}

/// The SDK's examples that are pages: a folder with a program and an `index.html`.
pub fn example_pages() -> Vec<String> {
    let folder = root().join("crates/calling-extensions/examples");
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("main.rs").is_file() && entry.path().join("index.html").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

fn version_in_lock(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| line.trim() == wanted)?;
    let version = lines.next()?.trim().strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "
version = 4

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"registry+https://example.com\"
dependencies = [
 \"cfg-if\",
]

[[package]]
name = \"wasm-bindgen-macro\"
version = \"0.2.131\"
";

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen-macro").as_deref(), Some("0.2.131"));
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
        assert_eq!(version_in_lock("", "wasm-bindgen"), None);
    }

    #[test]
    fn a_windows_checkout_reads_the_same() {
        assert_eq!(version_in_lock(&LOCK.replace('\n', "\r\n"), "wasm-bindgen").as_deref(), Some("0.2.130"));
    }

    #[test]
    fn this_repository_locks_wasm_bindgen() {
        assert!(locked_version("wasm-bindgen").unwrap().starts_with("0.2."));
    }
}
