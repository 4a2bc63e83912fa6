//! Firefox and WebKit with their drivers, for the end-to-end tests.

use crate::{browser, process, tools};
use std::process::Command;

/// A browser besides Chromium.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OtherBrowser {
    Firefox,
    /// WebKitGTK: of Apple's engine what runs on Linux.
    WebKit,
}

impl OtherBrowser {
    pub const ALL: [Self; 2] = [Self::Firefox, Self::WebKit];

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|browser| browser.name() == name)
    }

    /// As on the command line, and as the tests call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Finds browser and driver, or installs them. The error is the reason why there is none.
    pub fn ensure(self) -> Result<(), String> {
        if let Err(missing) = self.find() {
            if !browser::can_install() {
                return Err(missing.to_string());
            }
            let packages = self.packages();
            process::step(&format!("installing {} with apt-get", packages.join(", ")), || browser::install(packages))
                .map_err(|error| error.to_string())?;
            self.find().map_err(|missing| missing.to_string())?;
        }
        match self {
            Self::Firefox => tools::geckodriver().map_err(|error| error.to_string()),
            Self::WebKit => Ok(()),
        }
    }

    /// Tells the tests to use it.
    pub fn name_in(self, command: &mut Command) -> &mut Command {
        // geckodriver is among our tools.
        command.env("E2E_BROWSER", self.name()).env("PATH", tools::path())
    }

    /// The browser, and the driver if it comes with the packages.
    fn find(self) -> Result<(), local_machine::Missing> {
        match self {
            Self::Firefox => local_machine::firefox().map(drop),
            Self::WebKit => local_machine::mini_browser()
                .and_then(|_| local_machine::webkit_driver())
                .and_then(|_| local_machine::xvfb())
                .map(drop),
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver", "xvfb"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OtherBrowser;

    #[test]
    fn every_browser_is_found_by_its_name() {
        for browser in OtherBrowser::ALL {
            assert_eq!(OtherBrowser::named(browser.name()), Some(browser));
        }
        assert_eq!(OtherBrowser::named("safari"), None);
    }
}
