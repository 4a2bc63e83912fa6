//! The SIP user agent of the widget: fetched from npm, checked against its lock file, and bundled into one module.

use crate::{
    error::{Error, Result, file},
    fingerprint, process, project, size,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The cargo feature that needs it.
pub const FEATURE: &str = "sip";

/// What is in the folder with the package files.
const FILES: [&str; 3] = ["package.json", "package-lock.json", "user-agent.js"];
/// The packages that the bundle consists of, whose licences ask for a notice.
const PACKAGES: [&str; 5] = ["jssip", "debug", "events", "ms", "sdp-transform"];
/// The name that `src/telephony/sip/ua.rs` links to.
const BUNDLE: &str = "user-agent.js";

/// What is found in every build with the feature, each in code, texts or names of another part of it: the user agent, how it is loaded,
/// the calls, the account, the devices.
const TRACES: [&str; 6] = ["JsSIP", BUNDLE, "P-Asserted-Identity", "ice_servers", "setSinkId", "RTCSession"];

/// What a build of the widget has of the feature, as `TRACE in FILE`. The folders `beside` it are not read.
pub fn traces(dist: &Path, beside: &[String]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for path in size::files_in(dist)? {
        let name = path.strip_prefix(dist).unwrap_or(&path);
        if beside.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let content = fs::read(&path).map_err(file("read", &path))?;
        let has = |text: &str| content.windows(text.len()).any(|part| part == text.as_bytes());
        let traces = TRACES.into_iter().filter(|trace| has(trace) || name.ends_with(trace));
        found.extend(traces.map(|trace| format!("{trace} in {}", name.display())));
    }
    Ok(found)
}

/// Bundles the user agent where the widget's build finds it. If nothing has changed since the last time, does nothing.
pub fn ensure() -> Result<()> {
    let folder = project::tools().join("sip");
    let sources = sources();
    let stamp = folder.join("fingerprint");
    if !folder.join(BUNDLE).exists() {
        let _ = fs::remove_file(&stamp);
    }
    // How it is bundled is in this file.
    let made_of = [sources.clone(), project::root().join("xtask/src/sip.rs")];
    fingerprint::unless_built(&fingerprint::of(&made_of)?, &stamp, || bundle(&sources, &folder))
}

fn bundle(sources: &Path, folder: &Path) -> Result<()> {
    let names = "jssip and esbuild".to_owned();
    let program = |name| process::on_path(name).into_iter().next().ok_or_else(|| Error::NoNpm(names.clone()));
    let (npm, node) = (program("npm")?, program("node")?);
    process::step("bundling the SIP user agent into target/tools/sip", || {
        let work = folder.join("npm");
        for name in FILES {
            let from = sources.join(name);
            let content = fs::read(&from).map_err(file("read", &from))?;
            process::write(&work.join(name), &content)?;
        }
        // Refuses what differs from the hashes in the lock file, and runs no scripts of packages.
        let arguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
        let status = process::run(process::command(npm).args(arguments).current_dir(&work))?;
        if !status.success() {
            return Err(Error::NpmInstall(names.clone()));
        }
        let mut outfile = std::ffi::OsString::from("--outfile=");
        outfile.push(folder.join(BUNDLE));
        let mut esbuild = process::command(node);
        esbuild
            .arg(work.join("node_modules/esbuild/bin/esbuild"))
            .arg(work.join("user-agent.js"))
            .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"])
            .arg(format!("--banner:js=/*!\n{}*/", notices(&work)?))
            .arg(outfile);
        process::run_checked(&mut esbuild)
    })
}

/// The licences of the packages, as text.
fn notices(work: &Path) -> Result<String> {
    let mut notices = String::new();
    for package in PACKAGES {
        let folder = work.join("node_modules").join(package);
        let names = fs::read_dir(&folder).map_err(file("read", &folder))?;
        let is_licence = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            name.starts_with("license")
        };
        let licence = names.flatten().map(|entry| entry.path()).find(is_licence);
        let licence = licence.ok_or(Error::NoValue { what: "licence", path: folder })?;
        let text = fs::read_to_string(&licence).map_err(file("read", &licence))?;
        notices.push_str(&format!("{package}\n{}\n\n", text.trim().replace("*/", "")));
    }
    Ok(notices)
}

fn sources() -> PathBuf {
    project::widget().join("src/telephony/sip/npm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_are_found_in_the_widget_and_not_beside_it() {
        let dist = project::cargo_target().join("xtask-tests/sip-traces");
        let write = |name: &str, content: &str| process::write(&dist.join(name), content.as_bytes()).unwrap();
        write("index.html", "<title>Phone</title>");
        write("app_bg.wasm", "\0asm other");
        write("simulator/app_bg.wasm", "JsSIP");
        let traces = || traces(&dist, &["simulator".to_owned()]).unwrap();
        assert_eq!(traces(), Vec::<String>::new());
        write("app_bg.wasm", "\0asm\u{1}ice_servers\u{2}");
        assert_eq!(traces(), ["ice_servers in app_bg.wasm"]);
        fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn every_package_is_pinned_and_has_a_hash() {
        let read = |name: &str| fs::read_to_string(sources().join(name)).unwrap();
        let manifest = read("package.json");
        assert!(manifest.contains("\"jssip\": \"") && !manifest.contains(['^', '~', '*']), "{manifest}");
        let lock = read("package-lock.json");
        let count = |text: &str| lock.matches(text).count();
        assert!(count("\"node_modules/") > 5, "{lock}");
        assert_eq!(count("\"integrity\": \"sha512-"), count("\"node_modules/"));
        assert_eq!(count("\"resolved\""), 0, "the lock file names no registry");
        for package in PACKAGES {
            assert!(count(&format!("\"node_modules/{package}\"")) == 1, "{package}");
        }
        let outside = lock.matches("\"node_modules/").count() - lock.matches("\"node_modules/@esbuild/").count();
        assert_eq!(outside, PACKAGES.len() + 1, "a package without a notice: {lock}");
    }
}
