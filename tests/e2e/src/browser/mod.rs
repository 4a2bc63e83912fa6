//! One browser for each test, with its own driver and profile, so that tests are independent. What browsers do differently is in a
//! module for each of them.

mod chromium;
mod firefox;
mod kind;
mod webkit;

pub use kind::BrowserKind;

use crate::server::Server;
use local_machine::Driver;
use serde_json::json;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use thirtyfour::Capabilities;
use thirtyfour::prelude::*;

/// Whether frames of another site may use storage. Both kinds of profile are common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum FrameStorage {
    /// As in Chrome and Firefox by default.
    #[default]
    Allowed,
    /// As in private windows without storage partitioning: storage and Web Locks throw.
    Blocked,
    /// As in a Firefox that blocks cookies of other sites: sessionStorage works, but localStorage, Web Locks and `BroadcastChannel`
    /// throw.
    SessionOnly,
}

/// The language that the browser starts with.
pub const LANGUAGE: &str = "en-US";

/// What a browser is started with.
struct Start<'a> {
    server: &'a Server,
    /// Whether it may use the network.
    outside: bool,
    storage: FrameStorage,
    chromium_flags: &'a [&'a str],
    /// For everything that the driver and the browser write.
    folder: &'a Path,
}

/// A running browser.
pub struct Browser {
    pub driver: WebDriver,
    kind: BrowserKind,
    process: Driver,
    /// Of Firefox.
    console: RefCell<Option<firefox::Console>>,
    /// Of WebKit.
    display: Option<webkit::Display>,
    /// Everything that the driver and the browser write: a new profile, sockets, caches.
    folder: PathBuf,
}

/// Why this browser has no profile with such a storage, if it has none.
pub fn missing_profile(browser: BrowserKind, storage: FrameStorage) -> Option<&'static str> {
    match (browser, storage) {
        (_, FrameStorage::Allowed) | (BrowserKind::Firefox, _) | (BrowserKind::Chromium, FrameStorage::Blocked) => None,
        (BrowserKind::Chromium, FrameStorage::SessionOnly) => Some("Chromium blocks all storage of a frame or none"),
        (BrowserKind::WebKit, _) => Some("WebKitGTK has no setting that blocks the storage of frames"),
    }
}

/// For how long a browser may start. WebKit sometimes does not start at all when it is new on a machine.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How often it is started.
const STARTS: usize = 3;

async fn start_session(kind: BrowserKind, start: &Start<'_>) -> (WebDriver, Driver, Option<webkit::Display>) {
    let mut failures = Vec::new();
    while failures.len() < STARTS {
        let mut display = None;
        let (process, capabilities) = match kind {
            BrowserKind::Chromium => (chromium::driver(start), chromium::capabilities(start)),
            BrowserKind::Firefox => (firefox::driver(start), firefox::capabilities(start)),
            BrowserKind::WebKit => {
                let display = display.insert(webkit::Display::start());
                (webkit::driver(start, display), webkit::capabilities(start))
            }
        };
        match tokio::time::timeout(START_LIMIT, WebDriver::new(process.url(), capabilities)).await {
            Ok(Ok(driver)) => return (driver, process, display),
            Ok(Err(error)) => failures.push(error.to_string()),
            Err(_) => failures.push(format!("no session after {} s", START_LIMIT.as_secs())),
        }
    }
    panic!("{kind} did not start: {failures:#?}");
}

impl Browser {
    /// Starts the browser that the environment names. Unless it may use the network (`outside`), every `http://` name without a port
    /// leads to the server's host port and every `https://` name to its TLS port: no test reaches the internet, and any origin can be
    /// simulated. `chromium_flags` are added to those that every test needs; other browsers have no use for them.
    ///
    /// # Panics
    /// When the driver or the browser does not start.
    pub async fn start(server: &Server, outside: bool, storage: FrameStorage, chromium_flags: &[&str]) -> Self {
        let kind = BrowserKind::from_environment();
        let folder = fresh_folder();
        let start = Start { server, outside, storage, chromium_flags, folder: &folder };
        let (driver, process, display) = start_session(kind, &start).await;
        driver.set_script_timeout(Duration::from_secs(30)).await.expect("a script time-out");
        let console = if kind == BrowserKind::Firefox { Some(firefox::record(&driver).await) } else { None };
        Self { driver, kind, process, console: RefCell::new(console), display, folder }
    }

    pub fn kind(&self) -> BrowserKind {
        self.kind
    }

    /// The console output of all frames since the last call, one entry for each line: `LEVEL message`, where the level of errors is
    /// `SEVERE`. Firefox does not log requests that fail; of WebKit there is no console, see [`BrowserKind::has_console`].
    #[allow(clippy::await_holding_refcell_ref, reason = "the console is read by one at a time")]
    pub async fn console(&self) -> Vec<String> {
        match (self.kind, self.console.borrow_mut().as_mut()) {
            (BrowserKind::Firefox, Some(console)) => firefox::console(&self.driver, console).await,
            (BrowserKind::WebKit, _) => Vec::new(),
            _ => chromium::console(&self.driver).await,
        }
    }

    /// From the next page on the user has this preference, for instance `prefers-color-scheme` with `dark`.
    ///
    /// # Panics
    /// In WebKit, which has no such command.
    pub async fn prefer(&self, feature: &str, value: &str) {
        match self.kind {
            BrowserKind::Chromium => chromium::prefer(&self.driver, feature, value).await,
            BrowserKind::Firefox => firefox::prefer(&self.driver, feature, value).await,
            BrowserKind::WebKit => panic!("WebKitWebDriver cannot set {feature}"),
        }
    }

    /// From the next page on the user prefers this language, for instance `fr-FR`.
    ///
    /// # Panics
    /// In WebKit, which has no such command.
    pub async fn prefer_language(&self, language: &str) {
        match self.kind {
            BrowserKind::Chromium => chromium::prefer_language(&self.driver, language).await,
            BrowserKind::Firefox => firefox::prefer_language(&self.driver, language).await,
            BrowserKind::WebKit => assert_eq!(language, LANGUAGE, "WebKitWebDriver cannot set the language"),
        }
    }

    /// From the next page on clocks are as precise as the browser can make them.
    pub async fn use_precise_clock(&self) {
        if self.kind == BrowserKind::Firefox {
            firefox::use_precise_clock(&self.driver).await;
        }
    }

    /// Runs a script in every frame of the current window that is loaded from now on, before its own scripts.
    ///
    /// # Panics
    /// In WebKit, which has no such command.
    pub async fn before_every_page(&self, script: &str) {
        match self.kind {
            _ if script.is_empty() => {}
            BrowserKind::Chromium => chromium::before_every_page(&self.driver, script).await,
            BrowserKind::Firefox => firefox::before_every_page(&self.driver, script).await,
            BrowserKind::WebKit => panic!("WebKitWebDriver cannot run a script before a page"),
        }
    }

    /// Quits the browser in any state.
    pub async fn quit(self) {
        let quitting = tokio::time::timeout(Duration::from_secs(10), self.driver.quit()).await;
        if !matches!(quitting, Ok(Ok(()))) {
            eprintln!("the browser did not quit when asked; its driver is stopped");
        }
        drop(self.process);
        drop(self.display);
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

/// Unless it may use the network, the browser asks the server's proxy for every name but those of this machine; it accepts the certificate of any.
fn through_proxy(capabilities: &mut Capabilities, start: &Start<'_>) {
    capabilities.set("acceptInsecureCerts", true).expect("a capability");
    if !start.outside {
        let proxy = format!("127.0.0.1:{}", start.server.proxy_port);
        let direct = ["localhost", "127.0.0.1"];
        let proxy = json!({"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy, "noProxy": direct});
        capabilities.set("proxy", proxy).expect("a proxy");
    }
}
