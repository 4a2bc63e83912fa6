//! One Chromium for each test, with its own driver and profile, so that tests are independent.

use crate::environment;
use crate::server::Server;
use local_machine::Driver;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, ChromeCapabilities, LoggingPrefsLogLevel};

/// Whether frames of another site may use storage. Both kinds of profile are common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum FrameStorage {
    /// As in Chrome by default.
    #[default]
    Allowed,
    /// As in private windows without storage partitioning: storage and Web Locks throw.
    Blocked,
}

/// The language that the browser starts with.
pub const LANGUAGE: &str = "en-US";

/// Chromium lets frames of another site have partitioned storage even where their cookies are blocked.
const WITHOUT_PARTITIONED_STORAGE: &str = "--disable-features=ThirdPartyStoragePartitioning";

impl FrameStorage {
    /// The preferences of the profile.
    fn preferences(self) -> Value {
        json!({"profile.cookie_controls_mode": if self == Self::Blocked { 1 } else { 0 }})
    }
}

/// A running browser.
pub struct Browser {
    pub driver: WebDriver,
    process: Driver,
    /// Everything that the driver and the browser write: a new profile, sockets, caches.
    folder: PathBuf,
}

impl Browser {
    /// Starts Chromium. Unless it may use the network (`outside`), every `http://` name without a port leads to the server's host port
    /// and every `https://` name to its TLS port: no test reaches the internet, and any origin can be simulated. `more_flags` are added
    /// to those that every test needs.
    ///
    /// # Panics
    /// When the driver or the browser does not start.
    pub async fn start(server: &Server, outside: bool, storage: FrameStorage, more_flags: &[&str]) -> Self {
        let folder = fresh_folder();
        let process = Driver::start(&environment::chromedriver(), &folder).unwrap_or_else(|error| panic!("{error}"));
        let capabilities = capabilities(server, outside, storage, more_flags);
        let driver = WebDriver::new(process.url(), capabilities).await.expect("Chromium did not start");
        driver.set_script_timeout(Duration::from_secs(30)).await.expect("a script time-out");
        Self { driver, process, folder }
    }

    /// The console output of all frames since the last call.
    pub async fn console(&self) -> Vec<BrowserLogEntry> {
        self.driver.browser_log().await.unwrap_or_default()
    }

    /// Quits the browser in any state.
    pub async fn quit(self) {
        let quitting = tokio::time::timeout(Duration::from_secs(10), self.driver.quit()).await;
        if !matches!(quitting, Ok(Ok(()))) {
            eprintln!("the browser did not quit when asked; its driver is stopped");
        }
        drop(self.process);
        // Some processes of the browser may still write after the driver has reported that it has quit.
        let start = Instant::now();
        while let Err(error) = tokio::fs::remove_dir_all(&self.folder).await {
            if start.elapsed() > Duration::from_secs(5) {
                eprintln!("{} could not be removed: {error}", self.folder.display());
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn fresh_folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    // Short, because it will contain sockets, whose paths are limited to about 100 bytes.
    let folder = std::env::temp_dir().join(format!("e2e-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the browser");
    folder
}

/// All certificates are accepted, unless the test says which one is.
fn trust(more_flags: &[&str]) -> Option<&'static str> {
    let is_chosen = more_flags.iter().any(|flag| flag.starts_with("--ignore-certificate-errors-spki-list="));
    (!is_chosen).then_some("--ignore-certificate-errors")
}

fn capabilities(server: &Server, outside: bool, storage: FrameStorage, more_flags: &[&str]) -> ChromeCapabilities {
    let names = format!(
        "--host-resolver-rules=MAP *:443 127.0.0.1:{}, MAP *:80 127.0.0.1:{}",
        server.tls_port, server.host_port
    );
    let language = format!("--lang={LANGUAGE}");
    let own = ["--headless", "--no-sandbox", "--window-size=1000,900", &language];
    let flags = local_machine::CHROMIUM_FLAGS.into_iter().chain(own).chain(trust(more_flags));
    let mut capabilities = DesiredCapabilities::chrome();
    let blocked = (storage == FrameStorage::Blocked).then_some(WITHOUT_PARTITIONED_STORAGE);
    for flag in flags.chain((!outside).then_some(names.as_str())).chain(blocked).chain(more_flags.iter().copied()) {
        capabilities.add_arg(flag).expect("a flag");
    }
    capabilities.add_experimental_option("prefs", storage.preferences()).expect("preferences");
    capabilities.set_binary(&environment::chromium().to_string_lossy()).expect("the browser's path");
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a log level");
    capabilities
}
