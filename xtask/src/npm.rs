//! What comes from npm, in `target/tools/npm`: what makes release builds small, and what the tests compare with.

use crate::{
    error::{Error, Result, file},
    process, project, tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
}

/// Brings wasm-opt.
pub const BINARYEN: Package = Package { name: "binaryen", version: "132.0.0" };
/// Makes the JavaScript that wasm-bindgen writes smaller: trunk's own minifier does not understand it.
pub const ESBUILD: Package = Package { name: "esbuild", version: "0.25.12" };
/// HubSpot's own SDK: the host that the widget is tested with.
pub const HUBSPOT_SDK: Package = Package { name: "@hubspot/calling-extensions-sdk", version: "0.9.7" };
/// Looks for what keeps people out.
pub const AXE: Package = Package { name: "axe-core", version: "4.14.1" };

/// Before this version wasm-opt does not know all that rustc writes.
const OLDEST_WASM_OPT: u32 = 116;

pub fn node_modules() -> PathBuf {
    folder().join("node_modules")
}

pub fn bin() -> PathBuf {
    node_modules().join(".bin")
}

/// Installs the packages that are not there in their version.
pub fn ensure(packages: &[Package]) -> Result<()> {
    let missing: Vec<&Package> = packages.iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.iter().map(|package| format!("{}@{}", package.name, package.version));
    let names = names.collect::<Vec<_>>().join(", ");
    let Some(npm) = process::on_path("npm").into_iter().next() else {
        return Err(Error::NoNpm(names));
    };
    process::step(&format!("installing {names} into target/tools/npm"), || {
        // npm removes what its manifest does not name, so what is there already is named too.
        let kept = [BINARYEN, ESBUILD, HUBSPOT_SDK, AXE].into_iter().filter(is_installed).collect::<Vec<_>>();
        let all = missing.iter().copied().chain(kept.iter());
        process::write(&folder().join("package.json"), manifest(all).as_bytes())?;
        let arguments = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"];
        let status = process::run(process::command(npm).args(arguments).current_dir(folder()))?;
        if status.success() { Ok(()) } else { Err(Error::NpmInstall(names.clone())) }
    })
}

/// The command that starts wasm-opt: npm's one in `target/`, else one on PATH that is new enough.
pub fn wasm_opt() -> Option<Command> {
    if let Some(command) = script(&BINARYEN, "wasm-opt") {
        return Some(command);
    }
    let path = process::on_path("wasm-opt").into_iter().next()?;
    let version = process::output(process::command(&path).arg("--version"))?;
    is_new_enough(&version).then(|| process::command(path))
}

/// The command that starts esbuild.
pub fn esbuild() -> Option<Command> {
    script(&ESBUILD, "esbuild")
}

/// A program of an installed package. It is given to node: what npm puts into `.bin` needs a shell on Windows.
fn script(package: &Package, name: &str) -> Option<Command> {
    let node = process::on_path("node").into_iter().next()?;
    is_installed(package).then(|| {
        let mut command = process::command(node);
        command.arg(node_modules().join(package.name).join("bin").join(name));
        command
    })
}

fn folder() -> PathBuf {
    project::tools().join("npm")
}

fn is_installed(package: &Package) -> bool {
    let path = node_modules().join(Path::new(package.name)).join("package.json");
    fs::read_to_string(&path)
        .map_err(file("read", &path))
        .is_ok_and(|manifest| version_in_manifest(&manifest) == Some(package.version))
}

/// The top-level `version` of a package.json as npm writes it: one field on a line, indented by two.
fn version_in_manifest(manifest: &str) -> Option<&str> {
    manifest
        .lines()
        .find_map(|line| line.trim_end().strip_prefix("  \"version\": \"")?.trim_end_matches(',').strip_suffix('"'))
}

fn manifest<'a>(packages: impl Iterator<Item = &'a Package>) -> String {
    let lines: Vec<String> =
        packages.map(|package| format!("    \"{}\": \"{}\"", package.name, package.version)).collect();
    format!("{{\n  \"private\": true,\n  \"dependencies\": {{\n{}\n  }}\n}}\n", lines.join(",\n"))
}

fn is_new_enough(version: &str) -> bool {
    tools::version_of(version).and_then(|version| version.parse::<u32>().ok()).is_some_and(|it| it >= OLDEST_WASM_OPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package_is_the_top_level_one() {
        let manifest = "{\n  \"name\": \"x\",\n  \"engines\": {\n    \"version\": \"9\"\n  },\n  \"version\": \"1.2.3\",\n  \"main\": \"x.js\"\n}";
        assert_eq!(version_in_manifest(manifest), Some("1.2.3"));
        assert_eq!(version_in_manifest("{\n  \"version\": \"1.2.3\"\n}"), Some("1.2.3"));
        assert_eq!(version_in_manifest("{}"), None);
    }

    #[test]
    fn the_manifest_names_every_package() {
        assert_eq!(
            manifest([BINARYEN, AXE].iter()),
            "{\n  \"private\": true,\n  \"dependencies\": {\n    \"binaryen\": \"132.0.0\",\n    \"axe-core\": \
             \"4.14.1\"\n  }\n}\n"
        );
    }

    #[test]
    fn an_old_wasm_opt_is_not_taken() {
        assert!(is_new_enough("wasm-opt version 132 (version_132)"));
        assert!(is_new_enough("wasm-opt version 116"));
        assert!(!is_new_enough("wasm-opt version 108"));
        assert!(!is_new_enough("wasm-opt"));
    }
}
