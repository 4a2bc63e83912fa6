//! The checks of the crates that are published: every combination of features, the docs as docs.rs builds them, and the package.

use crate::{process, project};
use std::process::Command;

/// The features of `calling-extensions` that are checked alone. `None` are all together.
const FEATURES: [Option<&str>; 5] = [Some(""), Some("guest"), Some("host"), Some("serde"), None];

/// A command, and the name under which its result is shown.
pub struct Check {
    pub name: String,
    pub command: Command,
}

/// The lints for every combination of features, on this machine and for wasm32.
pub fn clippy() -> Vec<Check> {
    let targets: [(&str, &[&str]); 2] = [("", &[]), (" for wasm", &["--target", project::WASM_TARGET])];
    let combinations = targets.into_iter().flat_map(|target| FEATURES.map(|features| (target, features)));
    let check = |((target, arguments), features): ((&str, &[&str]), Option<&str>)| {
        let mut command = process::cargo();
        command.args(["clippy", "--package", "calling-extensions", "--all-targets"]).args(arguments);
        command.args(feature_arguments(features)).args(["--", "-D", "warnings"]);
        Check { name: format!("clippy of calling-extensions with {}{target}", name_of(features)), command }
    };
    combinations.map(check).collect()
}

/// The tests for every combination of features.
pub fn native_tests() -> Vec<Check> {
    let check = |features| {
        let mut command = process::cargo();
        command.args(["test", "--package", "calling-extensions", "--no-fail-fast"]).args(feature_arguments(features));
        Check { name: format!("calling-extensions with {}", name_of(features)), command }
    };
    FEATURES.map(check).into()
}

/// The examples in the docs that are programs for the browser: they are compiled, and not run.
pub fn browser_examples() -> Command {
    let mut command = process::cargo();
    command.args(["test", "--doc", "--package", "calling-extensions", "--all-features"]);
    command.args(["--target", project::WASM_TARGET]);
    command
}

/// The docs with the options that docs.rs takes from the manifest. It uses a nightly compiler; the variable makes another one
/// accept its options. They are built in a folder of their own, because that variable has other build scripts run again.
pub fn docs_rs() -> Command {
    let mut command = process::cargo();
    command.args(["doc", "--no-deps", "--lib", "--package", "calling-extensions", "--all-features"]);
    command.args(["--target", project::WASM_TARGET]);
    command.env("CARGO_TARGET_DIR", project::target().join("docs-rs"));
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTDOCFLAGS", "--cfg docsrs -D warnings");
    command
}

/// Packs the crates and builds what is in the packages. `cargo publish --dry-run` does the same and asks the registry as well, which
/// this does not need: everything has been downloaded for the tests.
pub fn packages() -> Vec<Check> {
    let package = |name: &str, arguments: &[&str]| {
        let mut command = process::cargo();
        command.args(["package", "--allow-dirty", "--offline"]).args(arguments);
        // Named, it is used for what is in the package too: what the tests have compiled is there.
        command.env("CARGO_TARGET_DIR", project::cargo_target());
        Check { name: name.to_owned(), command }
    };
    let wasm = ["--package", "calling-extensions", "--all-features", "--target", project::WASM_TARGET];
    vec![
        package("package of calling-extensions", &["--package", "calling-extensions"]),
        package("package of calling-extensions for wasm", &wasm),
        package("package of calling-settings", &["--package", "calling-settings"]),
    ]
}

fn feature_arguments(features: Option<&str>) -> Vec<&str> {
    match features {
        Some(features) => vec!["--no-default-features", "--features", features],
        None => vec!["--all-features"],
    }
}

fn name_of(features: Option<&str>) -> &str {
    match features {
        Some("") => "no features",
        Some(features) => features,
        None => "all features",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    const PUBLISHED: [&str; 2] = ["calling-extensions", "calling-settings"];

    fn read(path: impl AsRef<Path>) -> String {
        let path = project::root().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn manifest(path: &str) -> toml::Table {
        read(path).parse().unwrap()
    }

    #[test]
    fn every_feature_is_checked_alone() {
        let manifest = manifest("crates/calling-extensions/Cargo.toml");
        let features = manifest["features"].as_table().unwrap().keys().filter(|name| *name != "default");
        let alone = FEATURES.into_iter().flatten().filter(|features| !features.is_empty());
        assert_eq!(features.collect::<Vec<_>>(), alone.collect::<Vec<_>>());
    }

    #[test]
    fn a_package_contains_the_licences_of_the_repository() {
        for name in PUBLISHED {
            for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
                assert_eq!(read(format!("crates/{name}/{licence}")), read(licence), "{name}");
            }
        }
    }

    #[test]
    fn nothing_forbids_to_publish_them() {
        for name in PUBLISHED {
            let manifest = manifest(&format!("crates/{name}/Cargo.toml"));
            let package = manifest["package"].as_table().unwrap();
            assert!(!package.contains_key("publish"), "{name}");
            for needed in
                ["description", "license", "documentation", "readme", "rust-version", "keywords", "categories"]
            {
                assert!(package.contains_key(needed), "{name}: {needed}");
            }
        }
    }

    #[test]
    fn docs_rs_shows_the_browser_side_first() {
        let manifest = manifest("crates/calling-extensions/Cargo.toml");
        let docs_rs = &manifest["package"]["metadata"]["docs"]["rs"];
        assert_eq!(docs_rs["default-target"].as_str(), Some(project::WASM_TARGET));
        assert_eq!(docs_rs["targets"][0].as_str(), Some(project::WASM_TARGET));
        assert_eq!(docs_rs["all-features"].as_bool(), Some(true));
        assert_eq!(docs_rs["rustdoc-args"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn the_minimum_rust_is_the_same_wherever_it_is_named() {
        let minimum = minimum_rust();
        for name in PUBLISHED {
            assert!(read(format!("crates/{name}/README.md")).contains(&minimum), "{name}");
        }
        assert!(read("README.md").contains(&format!("Rust {minimum} or newer")));
        let workflow = read(".github/workflows/ci.yml");
        assert!(workflow.contains(&format!("MINIMUM_RUST: \"{minimum}\"")), "{workflow}");
    }

    #[test]
    fn no_dependency_needs_a_later_rust() {
        let mut command = process::cargo();
        let platform = host_platform();
        command.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &platform]);
        let metadata = process::output(&mut command).expect("cargo reads the workspace");
        let minimum = numbers(&minimum_rust());
        let needed = needed_rust(&metadata);
        assert!(needed.len() > 50, "{needed:?}");
        let later: Vec<_> = needed.into_iter().filter(|(_, version)| numbers(version) > minimum).collect();
        assert!(later.is_empty(), "{later:?}");
    }

    fn minimum_rust() -> String {
        manifest("Cargo.toml")["workspace"]["package"]["rust-version"].as_str().unwrap().to_owned()
    }

    fn host_platform() -> String {
        let version = process::output(process::command("rustc").arg("-vV")).unwrap();
        version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
    }

    /// The manifest and the minimum Rust of each package that states one. The manifest's path comes before it in the same object.
    fn needed_rust(metadata: &str) -> Vec<(&str, &str)> {
        let value = |rest: &'static str, text| -> Option<&str> {
            let (_, value): (&str, &str) = str::rsplit_once(text, rest)?;
            value.split('"').next()
        };
        let key = "\"rust_version\":\"";
        metadata
            .match_indices(key)
            .filter_map(|(place, _)| {
                let version = metadata[place + key.len()..].split('"').next()?;
                Some((value("\"manifest_path\":\"", &metadata[..place])?, version))
            })
            .collect()
    }

    fn numbers(version: &str) -> Vec<u32> {
        let mut numbers: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
        numbers.resize(3, 0);
        numbers
    }
}
