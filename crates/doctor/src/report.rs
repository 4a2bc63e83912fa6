//! What has been found.

use serde::Serialize;
use std::fmt;

/// What is checked. The names are those of the JSON report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The address answers with a page.
    Reachable,
    Https,
    Certificate,
    Redirects,
    TrailingSlash,
    FrameAncestors,
    XFrameOptions,
    /// The page may use the microphone.
    Microphone,
    /// Files exist and have the right type.
    Mime,
    Compression,
    Caching,
    MixedContent,
    /// The widget answers HubSpot's SYNC, in a browser.
    Sync,
    /// It does so in time, and says that it can be used.
    Ready,
    /// What the browser complains about.
    Console,
}

impl Check {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Https => "https",
            Self::Certificate => "certificate",
            Self::Redirects => "redirects",
            Self::TrailingSlash => "trailing-slash",
            Self::FrameAncestors => "frame-ancestors",
            Self::XFrameOptions => "x-frame-options",
            Self::Microphone => "microphone",
            Self::Mime => "mime",
            Self::Compression => "compression",
            Self::Caching => "caching",
            Self::MixedContent => "mixed-content",
            Self::Sync => "sync",
            Self::Ready => "ready",
            Self::Console => "console",
        }
    }
}

/// In the order of their weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Ok,
    /// It could not be checked.
    Skipped,
    /// The widget works, but worse or less safely than it could.
    Warning,
    /// The widget does not work for some or all users of HubSpot, or will stop to.
    Fault,
}

/// One result of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub check: Check,
    pub status: Status,
    pub message: String,
    /// What to change. Absent when all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
}

impl Finding {
    pub fn ok(check: Check, message: impl Into<String>) -> Self {
        Self { check, status: Status::Ok, message: message.into(), change: None }
    }

    pub fn skipped(check: Check, message: impl Into<String>) -> Self {
        Self { check, status: Status::Skipped, message: message.into(), change: None }
    }

    pub fn warning(check: Check, message: impl Into<String>, change: impl Into<String>) -> Self {
        Self { check, status: Status::Warning, message: message.into(), change: Some(change.into()) }
    }

    pub fn fault(check: Check, message: impl Into<String>, change: impl Into<String>) -> Self {
        Self { check, status: Status::Fault, message: message.into(), change: Some(change.into()) }
    }
}

/// All findings about one widget.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub url: String,
    pub findings: Vec<Finding>,
}

impl Report {
    pub fn count(&self, status: Status) -> usize {
        self.findings.iter().filter(|finding| finding.status == status).count()
    }

    /// The most serious finding of a check. `None` when the check was not made.
    pub fn of(&self, check: Check) -> Option<&Finding> {
        let of_check = self.findings.iter().filter(|finding| finding.check == check);
        // The first of several that are equally serious.
        of_check.rev().max_by_key(|finding| finding.status)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.url)?;
        for Finding { check, status, message, change } in &self.findings {
            let status = match status {
                Status::Ok => "ok",
                Status::Skipped => "skipped",
                Status::Warning => "warning",
                Status::Fault => "FAULT",
            };
            writeln!(f, "{status:<8} {:<16} {message}", check.name())?;
            if let Some(change) = change {
                writeln!(f, "{:<25} -> {change}", "")?;
            }
        }
        let (faults, warnings) = (self.count(Status::Fault), self.count(Status::Warning));
        writeln!(f, "\n{}, {}", count(faults, "fault"), count(warnings, "warning"))
    }
}

/// `1 redirect`, `2 redirects`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
