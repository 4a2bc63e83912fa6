use serde::Serialize;
use std::fmt;

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What differs, such as `message HOLD_CALL` or `field OnIncomingCall.queue`.
    pub what: String,
    /// How, in words.
    pub how: String,
}

/// The differences between a version of the package and the crate.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of the package.
    pub version: String,
    /// The version of the package whose protocol the crate speaks.
    pub crate_speaks: &'static str,
    /// What the package has and the crate lacks, or has in another form.
    pub missing: Vec<Finding>,
    /// What the crate has and the package does not.
    pub gone: Vec<Finding>,
    /// Differences that are as they should be, with the reason.
    pub wanted: Vec<Finding>,
    /// What could not be compared.
    pub unread: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "@hubspot/calling-extensions-sdk {}, compared with calling-extensions, which speaks {}",
            self.version, self.crate_speaks
        )?;
        section(formatter, "Missing or changed: calling-extensions lacks", &self.missing)?;
        section(formatter, "Only in calling-extensions: this version lacks", &self.gone)?;
        section(formatter, "Differences that are wanted", &self.wanted)?;
        if !self.unread.is_empty() {
            writeln!(formatter, "\nNot compared")?;
        }
        for line in &self.unread {
            writeln!(formatter, "  {line}")?;
        }
        let verdict = match self.missing.len() {
            0 => "Nothing is missing.".to_owned(),
            1 => "1 thing is missing or changed.".to_owned(),
            count => format!("{count} things are missing or changed."),
        };
        writeln!(formatter, "\n{verdict}")
    }
}

fn section(formatter: &mut fmt::Formatter<'_>, title: &str, findings: &[Finding]) -> fmt::Result {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(formatter, "\n{title}")?;
    let width = findings.iter().map(|finding| finding.what.chars().count()).max().unwrap_or_default();
    for Finding { what, how } in findings {
        writeln!(formatter, "{}", format!("  {what:width$}  {how}").trim_end())?;
    }
    Ok(())
}
