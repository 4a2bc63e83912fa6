//! Chromium without a window, with a profile of its own.

use super::{
    BrowserError,
    host::{Host, NAME},
};
use std::{env, path::PathBuf, process::Stdio};
use tempfile::TempDir;
use thirtyfour::{
    CapabilitiesHelper, ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel,
    PageLoadStrategy, WebDriver,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const CHROMEDRIVER: [&str; 1] = ["chromedriver"];
/// Another program may take the driver's port first; it then exits, and is started again.
const ATTEMPTS: usize = 3;

/// A running browser.
pub struct Browser {
    pub driver: WebDriver,
    process: Child,
    /// Everything that driver and browser write.
    _folder: TempDir,
}

impl Browser {
    /// Starts a browser for which HubSpot's name leads to the host, and which accepts these keys whatever their certificates say.
    ///
    /// # Errors
    /// When it is not installed or does not start.
    pub async fn start(host: &Host, keys: &[String]) -> Result<Self, BrowserError> {
        let chromium = program("CHROMIUM", &CHROMIUM)?;
        let chromedriver = program("CHROMEDRIVER", &CHROMEDRIVER)?;
        let folder = TempDir::with_prefix("doctor-").map_err(|error| BrowserError::Start(error.to_string()))?;
        for _ in 0..ATTEMPTS {
            let mut process = Command::new(&chromedriver)
                .arg("--port=0")
                .envs(["TMPDIR", "TMP", "TEMP"].map(|variable| (variable, folder.path())))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .kill_on_drop(true)
                .spawn()
                .map_err(|error| BrowserError::Start(format!("{}: {error}", chromedriver.display())))?;
            let Some(port) = announced_port(&mut process).await else { continue };
            let capabilities = capabilities(&chromium, host, keys)?;
            let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
            return Ok(Self { driver, process, _folder: folder });
        }
        Err(BrowserError::Start("chromedriver prints no port".to_owned()))
    }

    /// Quits the browser.
    pub async fn quit(mut self) {
        // What does not quit when asked is stopped with its driver.
        let _ = self.driver.quit().await;
        let _ = self.process.kill().await;
    }
}

async fn announced_port(process: &mut Child) -> Option<u16> {
    let mut lines = BufReader::new(process.stdout.take()?).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let port = line.rsplit_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.'));
        if let Some(port) = port.and_then(|port| port.parse().ok()) {
            // The pipe is read to its end: the driver would block once it is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some(port);
        }
    }
    None
}

fn capabilities(chromium: &std::path::Path, host: &Host, keys: &[String]) -> Result<ChromeCapabilities, BrowserError> {
    let keys: Vec<&str> = keys.iter().map(String::as_str).chain([host.key.as_str()]).collect();
    let own = [
        "--headless".to_owned(),
        // Chromium starts as root, as in a container, only so.
        "--no-sandbox".to_owned(),
        "--use-fake-ui-for-media-stream".to_owned(),
        "--use-fake-device-for-media-stream".to_owned(),
        format!("--host-resolver-rules=MAP {NAME}:443 127.0.0.1:{}", host.port),
        format!("--ignore-certificate-errors-spki-list={}", keys.join(",")),
    ];
    let mut capabilities = DesiredCapabilities::chrome();
    for flag in local_machine::CHROMIUM_FLAGS.into_iter().chain(own.iter().map(String::as_str)) {
        capabilities.add_arg(flag)?;
    }
    capabilities.set_binary(&chromium.to_string_lossy())?;
    // Otherwise a widget that never finishes loading could not be observed.
    capabilities.set_page_load_strategy(PageLoadStrategy::None)?;
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}

fn program(variable: &'static str, names: &[&str]) -> Result<PathBuf, BrowserError> {
    if let Some(path) = env::var_os(variable) {
        return Ok(path.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let candidates = env::split_paths(&path).flat_map(|folder| {
        let names = names.iter().map(|name| format!("{name}{}", env::consts::EXE_SUFFIX));
        names.map(move |name| folder.join(name)).collect::<Vec<_>>()
    });
    candidates.into_iter().find(|path| path.is_file()).ok_or(BrowserError::Missing(variable))
}
