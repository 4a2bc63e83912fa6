//! One Chromium for each scenario, with its own driver and profile, so that scenarios are independent.

use crate::frame::short;
use local_machine::Driver;
use serde_json::json;
use std::{
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel, error::WebDriverResult, prelude::*};

/// The programs, and how they are used.
#[derive(Clone, Debug)]
pub struct Programs {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    /// Whether the browser shows its window.
    pub visible: bool,
}

/// A running browser. When it is dropped, the driver is killed and its folder is removed as far as possible.
pub struct Browser {
    pub driver: WebDriver,
    process: Driver,
    folder: Folder,
}

/// Everything that the driver and the browser write: a new profile, sockets, caches, downloads.
struct Folder(PathBuf);

impl Browser {
    /// Starts the driver and the browser.
    ///
    /// # Errors
    /// When one of them does not start: what it said.
    pub async fn start(programs: &Programs) -> Result<Self, String> {
        let folder =
            Folder::make().map_err(|error| format!("the browser gets no folder for temporary files: {error}"))?;
        let (program, temporary) = (programs.chromedriver.clone(), folder.0.clone());
        let process = tokio::task::spawn_blocking(move || Driver::start(&program, &temporary)).await;
        let process = process.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
        let started = async {
            let driver = WebDriver::new(process.url(), capabilities(programs)?).await?;
            driver.set_script_timeout(Duration::from_secs(30)).await?;
            let downloads = json!({"behavior": "allow", "downloadPath": folder.0.join("downloads")});
            driver.cdp().send_raw("Browser.setDownloadBehavior", downloads).await?;
            WebDriverResult::Ok(driver)
        };
        let driver = started.await.map_err(|error| {
            let why = short(&error);
            let hint = if why.contains("session not created") {
                ". The major versions of the browser and of chromedriver must be the same"
            } else {
                ""
            };
            format!("{} does not start: {why}{hint}", programs.chromium.display())
        })?;
        Ok(Self { driver, process, folder })
    }

    /// Where the browser puts downloads.
    pub fn downloads(&self) -> PathBuf {
        self.folder.0.join("downloads")
    }

    /// The console output of all frames since the last call, one entry for each line: `LEVEL message`.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.unwrap_or_default();
        entries.into_iter().map(|entry| format!("{} {}", entry.level, entry.message)).collect()
    }

    /// Quits the browser in any state.
    pub async fn quit(self) {
        let Self { driver, process, folder } = self;
        // An error means that it has ended, or hangs; its driver is killed in any case.
        let _ = tokio::time::timeout(Duration::from_secs(10), driver.quit()).await;
        drop(process);
        // Some processes of the browser may still write after the driver has reported that it has quit.
        let start = Instant::now();
        while folder.0.exists()
            && tokio::fs::remove_dir_all(&folder.0).await.is_err()
            && start.elapsed() < Duration::from_secs(5)
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Folder {
    fn make() -> std::io::Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // Short, because it will contain sockets, whose paths are limited to about 100 bytes.
        let folder = std::env::temp_dir().join(format!("sim-{}-{number}", std::process::id()));
        std::fs::create_dir_all(folder.join("downloads"))?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn capabilities(programs: &Programs) -> WebDriverResult<ChromeCapabilities> {
    let mut flags = local_machine::CHROMIUM_FLAGS.to_vec();
    // A widget on this machine has a certificate that nobody else knows.
    flags.extend(["--ignore-certificate-errors", "--lang=en-US"]);
    if !programs.visible {
        flags.push("--headless");
    }
    if local_machine::is_root() {
        // As root Chromium does not start with its sandbox.
        flags.push("--no-sandbox");
    }
    let mut capabilities = DesiredCapabilities::chrome();
    for flag in flags {
        capabilities.add_arg(flag)?;
    }
    // Chrome's own default: frames of another site may use storage. Some distributions change it.
    capabilities.add_experimental_option("prefs", json!({"profile.cookie_controls_mode": 0}))?;
    capabilities.set_binary(&programs.chromium.to_string_lossy())?;
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}
