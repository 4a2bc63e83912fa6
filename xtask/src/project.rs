//! Where things are in this repository, and the values that its own files name.

use crate::error::{Error, Result, file};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// The cargo feature of the widget that replaces the phone system and the account with mocks.
const MOCK_FEATURE: &str = "mock";

/// The folder of the workspace. cargo names it at run time, so that a copied `target/` does not lead elsewhere.
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

/// The folder of the widget: its `Trunk.toml` and `index.html`.
pub fn widget() -> PathBuf {
    root()
}

pub fn simulator() -> PathBuf {
    root().join("crates/simulator")
}

/// Whether the simulator is here: `cargo xtask rename --without simulator` removes it.
pub fn has_simulator() -> bool {
    simulator().join("Cargo.toml").is_file()
}

/// The cargo package of the widget.
pub fn widget_package() -> Result<String> {
    let path = root().join("Cargo.toml");
    let name = at(&read(&path)?, &["package", "name"]).and_then(|name| name.as_str().map(str::to_owned));
    name.ok_or(Error::NoValue { what: "name in [package]", path })
}

pub fn calling_simulator() -> PathBuf {
    root().join("crates/calling-simulator")
}

/// The SDK's examples that are pages, sorted: a folder with a program, an `index.html` and a `Trunk.toml`.
pub fn example_pages() -> Vec<PathBuf> {
    let is_page =
        |folder: &PathBuf| ["main.rs", "index.html", "Trunk.toml"].iter().all(|name| folder.join(name).is_file());
    let folder = root().join("crates/calling-extensions/examples");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut pages: Vec<PathBuf> = entries.filter(is_page).collect();
    pages.sort();
    pages
}

/// The version of a crate in Cargo.lock. Its command line tool must be of exactly this version.
pub fn locked_version(name: &'static str) -> Result<String> {
    let lock = read(&root().join("Cargo.lock"))?;
    version_in_lock(&lock, name).ok_or(Error::NotLocked(name))
}

/// What a page is made of: the files and folders that trunk watches, and those that decide what is compiled.
pub fn sources(page: &Path) -> Result<Vec<PathBuf>> {
    let path = page.join("Trunk.toml");
    let watched = at(&read(&path)?, &["watch", "watch"]).and_then(|watched| watched.try_into::<Vec<String>>().ok());
    let watched = watched.ok_or(Error::NoValue { what: "list watch in [watch]", path: path.clone() })?;
    let of_workspace = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"].map(|name| root().join(name));
    Ok(watched.iter().map(|name| page.join(name)).chain(of_workspace).chain([path]).collect())
}

/// The port in the `Trunk.toml` of a page's folder.
pub fn served_port(page: &Path) -> Result<u16> {
    let path = page.join("Trunk.toml");
    let port = number_at(&read(&path)?, &["serve", "port"]).and_then(|port| port.try_into().ok());
    port.ok_or(Error::NoValue { what: "port in [serve]", path })
}

/// The title of the `index.html` in a page's folder.
pub fn title(page: &Path) -> Result<String> {
    let path = page.join("index.html");
    let title = title_in(&read(&path)?).map(str::to_owned);
    title.ok_or(Error::NoValue { what: "<title>", path })
}

/// How many bytes the widget may weigh, compressed.
pub fn budget_bytes() -> Result<usize> {
    let path = root().join("Cargo.toml");
    let budget = number_at(&read(&path)?, &["package", "metadata", "widget", "budget-bytes"]);
    let budget = budget.and_then(|budget| budget.try_into().ok());
    budget.ok_or(Error::NoValue { what: "budget-bytes in [package.metadata.widget]", path })
}

/// The cargo features that the end-to-end tests build the widget with, so that they need no real phone system.
pub fn test_features() -> Result<Vec<String>> {
    let manifest = read(&root().join("Cargo.toml"))?;
    let has_mock = at(&manifest, &["features", MOCK_FEATURE]).is_some();
    Ok(if has_mock { vec![MOCK_FEATURE.to_owned()] } else { Vec::new() })
}

/// Those of these cargo features that the widget has.
pub fn features_among(names: &[&str]) -> Result<Vec<String>> {
    let manifest = read(&root().join("Cargo.toml"))?;
    let has = |name: &&&str| at(&manifest, &["features", name]).is_some();
    Ok(names.iter().filter(has).map(|name| (*name).to_owned()).collect())
}

/// Whether every build of the widget has this cargo feature.
pub fn is_default_feature(name: &str) -> Result<bool> {
    let manifest = read(&root().join("Cargo.toml"))?;
    let default = at(&manifest, &["features", "default"]).and_then(|default| default.try_into::<Vec<String>>().ok());
    Ok(default.is_some_and(|features| features.iter().any(|feature| feature == name)))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(file("read", path))
}

fn version_in_lock(lock: &str, name: &str) -> Option<String> {
    let lock: toml::Table = lock.parse().ok()?;
    let packages = lock.get("package")?.as_array()?;
    let package = packages.iter().find(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))?;
    package.get("version")?.as_str().map(str::to_owned)
}

/// The value at a path of keys.
fn at(text: &str, path: &[&str]) -> Option<toml::Value> {
    let table: toml::Table = text.parse().ok()?;
    path.iter().try_fold(toml::Value::Table(table), |value, key| value.get(key).cloned())
}

fn number_at(text: &str, path: &[&str]) -> Option<i64> {
    at(text, path)?.as_integer()
}

fn title_in(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<title>")?;
    let (title, _) = rest.split_once("</title>")?;
    Some(title.trim()).filter(|title| !title.is_empty())
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
    fn a_number_is_found_by_its_path() {
        let config = "port = 1\n[serve] # the server\nport = 9_025\n";
        assert_eq!(number_at(config, &["serve", "port"]), Some(9025));
        assert_eq!(number_at(config, &["port"]), Some(1));
        assert_eq!(number_at(config, &["serve", "host"]), None);
        assert_eq!(number_at("[serve]\nport = \"9025\"", &["serve", "port"]), None);
        assert_eq!(number_at("no toml", &["serve", "port"]), None);
    }

    #[test]
    fn the_title_is_the_text_of_its_element() {
        assert_eq!(title_in("<head>\n<title> My Phone </title>"), Some("My Phone"));
        assert_eq!(title_in("<title></title>"), None);
        assert_eq!(title_in("<h1>My Phone</h1>"), None);
    }

    #[test]
    fn this_repository_names_all_that_is_read_from_it() {
        assert!(locked_version("wasm-bindgen").unwrap().starts_with("0.2."));
        assert!(budget_bytes().unwrap() > 0);
        assert!(test_features().is_ok());
        assert!(is_default_feature("none of this name").is_ok_and(|is_default| !is_default));
        assert!(version_in_lock(&read(&root().join("Cargo.lock")).unwrap(), &widget_package().unwrap()).is_some());
        let mut ports = Vec::new();
        let simulator = has_simulator().then(simulator);
        for page in [widget()].into_iter().chain(simulator).chain(example_pages()) {
            assert!(!title(&page).unwrap().is_empty());
            for source in sources(&page).unwrap() {
                assert!(source.exists(), "{} of {}", source.display(), page.display());
            }
            ports.push(served_port(&page).unwrap());
        }
        let distinct: std::collections::HashSet<_> = ports.iter().collect();
        assert_eq!(distinct.len(), ports.len(), "each page has a port of its own: {ports:?}");
    }
}
