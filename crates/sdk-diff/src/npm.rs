//! Fetching a version of the package.

use crate::error::{Error, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The package.
pub const PACKAGE: &str = "@hubspot/calling-extensions-sdk";

/// Installs a version into `folder/VERSION` and returns where the package is. npm takes the registry from its own settings and checks
/// the hash of what it fetches. No script of the package is run.
///
/// # Errors
/// When the version has no valid form, or npm is not there or fails.
pub fn fetch(version: &str, folder: &Path) -> Result<PathBuf> {
    let is_version = version.starts_with(|first: char| first.is_ascii_alphanumeric())
        && version.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
        && !version.contains("..");
    if !is_version {
        return Err(Error::NotAVersion(version.to_owned()));
    }
    let folder = folder.join(version);
    let fault = |error| Error::File { path: folder.clone(), error };
    fs::create_dir_all(&folder).map_err(fault)?;
    // Without it npm would install into a folder further up that has one.
    fs::write(folder.join("package.json"), "{\"private\": true}\n").map_err(fault)?;
    let status = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--silent"])
        .arg(format!("{PACKAGE}@{version}"))
        .current_dir(&folder)
        // The report alone goes to the standard output.
        .stdout(std::io::stderr())
        .status()
        .map_err(Error::NoNpm)?;
    if !status.success() {
        return Err(Error::Npm { package: PACKAGE, version: version.to_owned() });
    }
    Ok(folder.join("node_modules").join(PACKAGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_version_is_not_given_to_npm() {
        for version in ["", "-g", "../../tmp", "0.9.7/..", "1 2", "a..b", "file:x", "^1"] {
            let fetched = fetch(version, Path::new("/nowhere"));
            assert!(matches!(fetched, Err(Error::NotAVersion(_))), "{version}: {fetched:?}");
        }
    }
}
