//! Browsers and their drivers.

use crate::programs::{is_program, on_path};
use std::{
    env,
    path::{Path, PathBuf},
};

/// The variables with the paths of both.
const CHROMIUM_VARIABLE: &str = "CHROMIUM";
const CHROMEDRIVER_VARIABLE: &str = "CHROMEDRIVER";

const CHROMIUM: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROMEDRIVER: [&str; 1] = ["chromedriver"];

/// The options with which tests and checks start Chromium: it draws without a graphics card, and uses the network only for the pages
/// that it is told to load.
pub const CHROMIUM_FLAGS: [&str; 8] = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // In a container this folder is often small.
    "--disable-dev-shm-usage",
    // The driver gets the console of one process only. Origins are isolated in any case.
    "--disable-site-isolation-trials",
];

/// A program that is not there.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    /// The user named it, by its path or as a program on PATH.
    #[error("there is no program {0}: name the path of the program, or a program on PATH")]
    Named(String),
    /// It is nowhere where it usually is.
    #[error("{what} is not on PATH; {hint}, or set {variable} to its path")]
    NotFound {
        what: &'static str,
        /// How to install it on this system.
        hint: &'static str,
        variable: &'static str,
    },
}

/// Chromium or Chrome: the one that is named by its path or as a program on PATH, else that of the variable `CHROMIUM`, else the
/// first one on PATH or where it is usually installed.
///
/// # Errors
/// [`Missing`] when there is none.
pub fn chromium(named: Option<&str>) -> Result<PathBuf, Missing> {
    find(named, CHROMIUM_VARIABLE, &CHROMIUM, "Chromium", &usual_places(), hint())
}

/// chromedriver, found as [`chromium`] is, by the variable `CHROMEDRIVER`.
///
/// # Errors
/// [`Missing`] when there is none.
pub fn chromedriver(named: Option<&str>) -> Result<PathBuf, Missing> {
    find(named, CHROMEDRIVER_VARIABLE, &CHROMEDRIVER, "chromedriver", &[], hint())
}

/// Firefox: that of the variable `FIREFOX`, else the first one on PATH.
///
/// # Errors
/// [`Missing`] when there is none.
pub fn firefox() -> Result<PathBuf, Missing> {
    const HINT: &str = "install Firefox (Debian: `apt-get install firefox-esr`)";
    find(None, "FIREFOX", &["firefox-esr", "firefox"], "Firefox", &[], HINT)
}

/// geckodriver, found as [`firefox`] is, by the variable `GECKODRIVER`.
///
/// # Errors
/// [`Missing`] when there is none.
pub fn geckodriver() -> Result<PathBuf, Missing> {
    find(None, "GECKODRIVER", &["geckodriver"], "geckodriver", &[], "install it with `cargo install geckodriver`")
}

/// The browser of WebKitGTK that WebDriver can start: that of the variable `MINI_BROWSER`, else the one of a Linux distribution.
///
/// # Errors
/// [`Missing`] when there is none.
pub fn mini_browser() -> Result<PathBuf, Missing> {
    let places = mini_browser_places();
    find(None, "MINI_BROWSER", &["MiniBrowser"], "the MiniBrowser of WebKitGTK", &places, WEBKIT_HINT)
}

/// WebKitWebDriver, found as [`firefox`] is, by the variable `WEBKIT_DRIVER`.
///
/// # Errors
/// [`Missing`] when there is none.
pub fn webkit_driver() -> Result<PathBuf, Missing> {
    find(None, "WEBKIT_DRIVER", &["WebKitWebDriver"], "WebKitWebDriver", &[], WEBKIT_HINT)
}

/// A display without a screen, which the browser of WebKitGTK needs: that of the variable `XVFB`, else the first one on PATH.
///
/// # Errors
/// [`Missing`] when there is none.
pub fn xvfb() -> Result<PathBuf, Missing> {
    find(None, "XVFB", &["Xvfb"], "Xvfb", &[], WEBKIT_HINT)
}

const WEBKIT_HINT: &str = "install WebKitGTK's driver (Debian: `apt-get install webkit2gtk-driver xvfb`)";

/// Where Debian (`x86_64-linux-gnu`) and others put it.
fn mini_browser_places() -> Vec<PathBuf> {
    let library = Path::new("/usr/lib");
    let architectures = std::fs::read_dir(library).into_iter().flatten().flatten().map(|entry| entry.path());
    let folders = architectures.chain([library.to_owned(), "/usr/libexec".into()]);
    folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).collect()
}

fn find(
    named: Option<&str>,
    variable: &'static str,
    names: &[&str],
    what: &'static str,
    places: &[PathBuf],
    hint: &'static str,
) -> Result<PathBuf, Missing> {
    if let Some(named) = named {
        return resolve(named);
    }
    if let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    let found = names.iter().flat_map(|name| on_path(name)).next();
    let found = found.or_else(|| places.iter().find(|path| path.is_file()).cloned());
    found.ok_or(Missing::NotFound { what, hint, variable })
}

fn resolve(named: &str) -> Result<PathBuf, Missing> {
    if is_program(Path::new(named)) {
        return Ok(named.into());
    }
    on_path(named).into_iter().next().ok_or_else(|| Missing::Named(named.to_owned()))
}

/// Where the installers of systems without a package manager put Chrome.
fn usual_places() -> Vec<PathBuf> {
    let places: &[&str] = if cfg!(target_os = "macos") {
        &[
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ]
    } else if cfg!(windows) {
        &[
            r"C:\Program Files\Google\Chrome\Application\chrome.exe",
            r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        ]
    } else {
        &[]
    };
    places.iter().map(PathBuf::from).collect()
}

fn hint() -> &'static str {
    if cfg!(target_os = "macos") {
        "install both with `brew install --cask chromium chromedriver`"
    } else if cfg!(windows) {
        "install Chrome, and the chromedriver of its version from https://googlechromelabs.github.io/chrome-for-testing/"
    } else {
        "install Chromium and its driver (Debian: `apt-get install chromium chromium-driver`)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_program_is_a_path_or_a_name_on_path() {
        let own = env::current_exe().unwrap();
        assert_eq!(chromium(own.to_str()).unwrap(), own);
        let cargo = chromedriver(Some("cargo")).unwrap();
        assert!(cargo.is_absolute() && cargo.file_stem().unwrap() == "cargo", "{}", cargo.display());
        let error = chromium(Some("no-such-browser")).unwrap_err().to_string();
        assert!(error.contains("there is no program no-such-browser"), "{error}");
    }

    #[test]
    fn what_is_missing_comes_with_how_to_install_it() {
        let error =
            find(None, "NO_SUCH_VARIABLE", &["no-such-program"], "the driver", &[], hint()).unwrap_err().to_string();
        assert!(error.contains("the driver is not on PATH; install"), "{error}");
        assert!(error.contains("set NO_SUCH_VARIABLE"), "{error}");
    }
}
