//! The browsers that the tests can be run in.

use std::fmt;

/// The variable with the name of the browser; without it the tests are run in Chromium.
const VARIABLE: &str = "E2E_BROWSER";

/// A browser engine, with the browser that shows it on this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BrowserKind {
    #[default]
    Chromium,
    Firefox,
    /// WebKitGTK, by its MiniBrowser.
    WebKit,
}

impl BrowserKind {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The one that `E2E_BROWSER` names.
    ///
    /// # Panics
    /// When there is none of this name.
    pub fn from_environment() -> Self {
        let Some(name) = std::env::var_os(VARIABLE) else { return Self::default() };
        let found = Self::ALL.into_iter().find(|kind| name == kind.name());
        found.unwrap_or_else(|| panic!("{VARIABLE} is {name:?}, not chromium, firefox or webkit"))
    }

    /// Whether a test can read the console. WebKitWebDriver has no command for it.
    pub fn has_console(self) -> bool {
        self != Self::WebKit
    }

    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

impl fmt::Display for BrowserKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}
