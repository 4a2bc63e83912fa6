//! Checks whether a deployed calling widget, in any language, can work in HubSpot, and says what to change.
//!
//! [`examine`] asks the server as a browser does, and tries the widget in a browser, in a page that does what HubSpot does and has
//! HubSpot's origin. Each result is a [`Finding`].

mod address;
mod browser;
mod certificate;
mod fetch;
mod files;
mod framing;
mod page;
mod report;

pub use browser::BrowserError;
pub use report::{Check, Finding, Report, Status};

use fetch::{Encoding, Fetcher};
use files::Loaded;
use rustls::pki_types::CertificateDer;
use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use url::Url;

/// How a widget is examined.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether it is tried in a browser too.
    pub browser: bool,
    /// How long HubSpot would wait for an answer to SYNC, and how long a server may take.
    pub timeout: Duration,
    /// How long a user should wait at most until the widget is ready.
    pub ready_within: Duration,
    /// Authorities that are trusted besides those of browsers.
    pub roots: Vec<CertificateDer<'static>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            browser: true,
            timeout: Duration::from_secs(30),
            ready_within: Duration::from_secs(5),
            roots: Vec::new(),
        }
    }
}

/// Why a widget cannot be examined at all.
#[derive(Debug, thiserror::Error)]
pub enum ExamineError {
    #[error("{0} is no address of a page; it must begin with https:// (or with http:// for this machine)")]
    Scheme(Url),
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
    #[error(transparent)]
    Browser(#[from] BrowserError),
}

/// Makes all checks that can be made.
///
/// # Errors
/// When no check can be made, or there is no browser. What is wrong with the widget is in the report.
pub async fn examine(url: &Url, options: &Options) -> Result<Report, ExamineError> {
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(ExamineError::Scheme(url.clone()));
    }
    let fetcher = Fetcher::new(options.timeout, &options.roots).map_err(ExamineError::Tls)?;
    let mut report = Report { url: url.to_string(), findings: Vec::new() };
    let chain = match fetcher.follow(url).await {
        Ok(chain) => chain,
        Err(reason) => {
            report.findings.push(Finding::fault(
                Check::Reachable,
                reason,
                "check the address, that the server runs, and that it can be reached from other networks",
            ));
            return Ok(report);
        }
    };
    let findings = &mut report.findings;
    findings.extend(address::findings(url, &chain));
    let shown = fetcher.certificate();
    match &shown {
        Some(shown) => findings.push(shown.finding(chain.page.url.host_str().unwrap_or_default(), now())),
        None => findings.push(Finding::skipped(Check::Certificate, "there is none without https")),
    }
    let page = &chain.page;
    let html = String::from_utf8_lossy(&page.body);
    let references = page::references(&html, &page.url);
    let other = match address::other_form(&page.url) {
        Some(other) => fetcher.get(&other, Encoding::Identity).await.ok(),
        None => None,
    };
    findings.push(address::trailing_slash(&page.url, other.as_ref(), &references));
    findings.extend(framing::findings(page, references.framing_in_meta));

    let mut loaded: BTreeSet<Url> = references.loaded;
    let mut in_browser = Vec::new();
    if options.browser {
        // As if the user had accepted the certificate, so that the rest can be seen. The certificate has its own finding.
        let rejected = shown.filter(|shown| shown.rejected.is_some());
        let keys: Vec<String> =
            rejected.and_then(|shown| shown.public_key()).iter().map(|key| browser::fingerprint(key)).collect();
        let seen = browser::observe(url, &keys, options.timeout).await?;
        loaded.extend(seen.resources.iter().cloned());
        in_browser = seen.findings(options.timeout, options.ready_within);
    } else {
        for check in [Check::Sync, Check::Ready, Check::Console] {
            in_browser.push(Finding::skipped(check, "not tried in a browser"));
        }
    }
    let mut files = Vec::new();
    for file in &loaded {
        files.push(Loaded { url: file.clone(), answer: fetcher.get(file, Encoding::Compressed).await });
    }
    if let Ok(compressed) = fetcher.get(&page.url, Encoding::Compressed).await {
        findings.extend(files::findings(&compressed, &files));
    }
    let mixed = files::mixed_content(&loaded);
    // The browser's own words come instead of a clean result.
    if mixed.status == Status::Fault || !in_browser.iter().any(|finding| finding.check == Check::MixedContent) {
        findings.push(mixed);
    }
    findings.extend(in_browser);
    Ok(report)
}

/// In seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
