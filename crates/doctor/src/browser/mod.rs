//! The widget in a real browser, in a page that does what HubSpot does.

mod driver;
mod host;

use self::{driver::Browser, host::Host};
use crate::report::{Check, Finding};
use serde::Deserialize;
use std::time::{Duration, Instant};
use thirtyfour::{By, error::WebDriverError};
use url::Url;

pub use self::host::fingerprint;

/// How often the page is asked what it has seen.
const POLL: Duration = Duration::from_millis(50);
/// The frame in the page that plays HubSpot.
const FRAME: &str = "#hubspot-calling-extension-iframe";
/// How many lines of the console are reported.
const CONSOLE_LINES: usize = 3;

/// Why the widget cannot be tried.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    #[error(
        "{0} is not set and no such program is on PATH; install Chromium and its driver (Debian: `apt-get install chromium \
         chromium-driver`), set {0} to its path, or leave the browser out with --no-browser"
    )]
    Missing(&'static str),
    #[error("the browser cannot be started: {0}")]
    Start(String),
    #[error("the browser failed: {0}")]
    Driver(#[from] WebDriverError),
}

/// What the page that plays HubSpot has seen. Times are in milliseconds since the frame was created.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Seen {
    /// The frame's load event, which an error page has too.
    pub loaded: Option<u64>,
    /// The first SYNC_ACK.
    pub answered: Option<u64>,
    /// The first INITIALIZED.
    pub initialized: Option<u64>,
    /// What the widget says which version of the SDK it speaks.
    pub version: Option<serde_json::Value>,
    /// What is odd about the messages.
    pub notes: Vec<String>,
    /// Everything that the widget has loaded.
    #[serde(skip)]
    pub resources: Vec<Url>,
    /// Errors and warnings of the console.
    #[serde(skip)]
    pub console: Vec<String>,
}

/// Opens the widget in HubSpot's place and waits until it says that it can be used, at most `timeout`.
///
/// # Errors
/// When there is no browser, or it fails.
pub async fn observe(url: &Url, accepted_keys: &[String], timeout: Duration) -> Result<Seen, BrowserError> {
    let host = Host::start().await.map_err(BrowserError::Start)?;
    let browser = Browser::start(&host, accepted_keys).await?;
    let seen = watch(&browser, url, timeout).await;
    browser.quit().await;
    seen
}

async fn watch(browser: &Browser, url: &Url, timeout: Duration) -> Result<Seen, BrowserError> {
    let driver = &browser.driver;
    let widget: String = url::form_urlencoded::byte_serialize(url.as_str().as_bytes()).collect();
    driver.goto(format!("https://{}/#{widget}", host::NAME)).await?;
    let start = Instant::now();
    let mut seen = loop {
        // There is none before the page's script has run.
        let seen: Option<Seen> = driver.execute("return window.seen ?? null;", Vec::new()).await?.convert()?;
        let done = seen.as_ref().is_some_and(|seen| seen.answered.is_some() && seen.initialized.is_some());
        if done || start.elapsed() > timeout {
            break seen.unwrap_or_default();
        }
        tokio::time::sleep(POLL).await;
    };
    let console = driver.browser_log().await?;
    let is_trouble = |level: &str| matches!(level, "SEVERE" | "WARNING");
    seen.console = console.into_iter().filter(|line| is_trouble(&line.level)).map(|line| line.message).collect();
    let frame = driver.find(By::Css(FRAME)).await?;
    frame.enter_frame().await?;
    let script = "return performance.getEntriesByType('resource').map(entry => entry.name);";
    // An error page runs no scripts.
    if let Ok(names) = driver.execute(script, Vec::new()).await {
        let names: Vec<String> = names.convert()?;
        seen.resources = names.iter().filter_map(|name| Url::parse(name).ok()).collect();
    }
    Ok(seen)
}

impl Seen {
    /// What follows from it. `ready_within` is how long a user should wait at most.
    pub fn findings(&self, timeout: Duration, ready_within: Duration) -> Vec<Finding> {
        let mut findings = vec![self.sync(timeout), self.ready(timeout, ready_within)];
        findings.extend(self.mixed_content());
        findings.extend(self.complaints());
        findings
    }

    fn sync(&self, timeout: Duration) -> Finding {
        if let Some(note) = self.notes.first() {
            return Finding::fault(
                Check::Sync,
                note,
                "answer SYNC with all of its fields, `type` replaced by SYNC_ACK, from the registered origin",
            );
        }
        if let Some(time) = self.answered {
            let version = self.version.as_ref().and_then(|version| version.as_str());
            let version = version.map(|version| format!(", version {version}")).unwrap_or_default();
            return Finding::ok(Check::Sync, format!("SYNC is answered after {time} ms{version}"));
        }
        let refused = |word: &str| self.console.iter().any(|line| line.contains(word));
        let seconds = timeout.as_secs();
        let (message, change) = if refused("frame-ancestors") || refused("X-Frame-Options") {
            (
                "the browser does not show the widget in HubSpot's page".to_owned(),
                "see frame-ancestors and x-frame-options in this report",
            )
        } else if refused("ERR_CERT") {
            ("the browser rejects the certificate".to_owned(), "see certificate in this report")
        } else if self.loaded.is_none() {
            (format!("the page has not finished loading after {seconds} s"), "look for a file that is never sent")
        } else {
            (
                format!("the page has loaded, and has not answered SYNC after {seconds} s"),
                "create the calling extension when the page loads, before any log-in; listen for `message` events from \
                 https://app.hubspot.com and its data centers; see console in this report",
            )
        };
        Finding::fault(Check::Sync, message, change)
    }

    fn ready(&self, timeout: Duration, within: Duration) -> Finding {
        let limit = within.as_millis();
        match (self.answered, self.initialized) {
            (None, _) => Finding::skipped(Check::Ready, "SYNC is not answered"),
            (Some(time), _) if u128::from(time) > limit => Finding::fault(
                Check::Ready,
                format!("READY only after {time} ms, more than {limit} ms: so long the user sees a dead frame"),
                "make the widget smaller, compress it, let browsers keep it, and answer SYNC before anything is fetched",
            ),
            (Some(_), None) => Finding::warning(
                Check::Ready,
                format!(
                    "INITIALIZED has not come within {} s: HubSpot does not know that calls can be made",
                    timeout.as_secs()
                ),
                "send INITIALIZED after READY, before the log-in too, with isLoggedIn",
            ),
            (Some(time), Some(initialized)) => {
                Finding::ok(Check::Ready, format!("READY after {time} ms, INITIALIZED after {initialized} ms"))
            }
        }
    }

    fn mixed_content(&self) -> Option<Finding> {
        let line = self.console.iter().find(|line| line.contains("Mixed Content"))?;
        Some(Finding::fault(
            Check::MixedContent,
            format!("the browser says: {}", shortened(line)),
            "load everything over https, best with relative addresses",
        ))
    }

    fn complaints(&self) -> Vec<Finding> {
        if self.console.is_empty() {
            return vec![Finding::ok(Check::Console, "the browser has nothing to complain about")];
        }
        let finding = |line: &String| {
            Finding::warning(Check::Console, shortened(line), "look at it in the browser's developer tools")
        };
        self.console.iter().take(CONSOLE_LINES).map(finding).collect()
    }
}

fn shortened(line: &str) -> String {
    const LONGEST: usize = 300;
    let line = line.replace('\n', " ");
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}
