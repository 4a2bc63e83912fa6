//! One Chromium for each scenario, with its own driver and profile, so that scenarios are independent.

use crate::frame::short;
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel, error::WebDriverResult, prelude::*};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// How long the driver has to print its port.
const DRIVER_TIMEOUT: Duration = Duration::from_secs(20);

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
    process: Child,
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
        let (process, port) = start_driver(&programs.chromedriver, &folder.0).await?;
        let started = async {
            let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(programs)?).await?;
            driver.set_script_timeout(Duration::from_secs(30)).await?;
            let downloads = json!({"behavior": "allow", "downloadPath": folder.0.join("downloads")});
            driver.cdp().send_raw("Browser.setDownloadBehavior", downloads).await?;
            WebDriverResult::Ok(driver)
        };
        let driver = started.await.map_err(|error| {
            format!(
                "{} does not start: {}. The major versions of the browser and of chromedriver must be the same",
                programs.chromium.display(),
                short(&error)
            )
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
        let Self { driver, mut process, folder } = self;
        // An error means that it has ended, or hangs; its driver is killed in any case.
        let _ = tokio::time::timeout(Duration::from_secs(10), driver.quit()).await;
        let _ = process.kill().await;
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

/// Starts the driver on a free port. Another program may take that port first; the driver then exits, and is started again.
async fn start_driver(chromedriver: &Path, folder: &Path) -> Result<(Child, u16), String> {
    let mut said = String::new();
    for _ in 0..3 {
        let mut process = Command::new(chromedriver)
            .arg("--port=0")
            .envs(["TMPDIR", "TMP", "TEMP"].map(|variable| (variable, folder)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", chromedriver.display()))?;
        match tokio::time::timeout(DRIVER_TIMEOUT, announced_port(&mut process)).await {
            Ok(Ok(port)) => return Ok((process, port)),
            Ok(Err(lines)) => said = lines,
            Err(_) => said = format!("nothing within {} s", DRIVER_TIMEOUT.as_secs()),
        }
    }
    Err(format!("{} is not a chromedriver that works: it printed no port, but {said}", chromedriver.display()))
}

/// The free port that the driver has chosen, as it prints it; otherwise its output.
async fn announced_port(process: &mut Child) -> Result<u16, String> {
    let Some(output) = process.stdout.take() else { return Err("nothing".to_owned()) };
    let mut lines = BufReader::new(output).lines();
    let mut said = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(port) =
            line.rsplit_once("successfully on port ").and_then(|(_, port)| port.trim_end_matches('.').parse().ok())
        {
            // The pipe is read to its end: the driver would block once it is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(port);
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(said)
}

fn capabilities(programs: &Programs) -> WebDriverResult<ChromeCapabilities> {
    let mut flags = vec![
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        // A widget on this machine has a certificate that nobody else knows.
        "--ignore-certificate-errors",
        // The driver gets the console of one process only. Origins are isolated in any case.
        "--disable-site-isolation-trials",
        "--lang=en-US",
    ];
    if !programs.visible {
        flags.push("--headless");
    }
    if is_root() {
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

/// Whether this program runs as root, as it does in most containers.
#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}
