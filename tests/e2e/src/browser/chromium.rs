//! Chromium, with chromedriver.

use super::{FrameStorage, LANGUAGE, Start};
use crate::environment;
use local_machine::Driver;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromeCapabilities, LoggingPrefsLogLevel};

/// Chromium lets frames of another site have partitioned storage even where their cookies are blocked.
const WITHOUT_PARTITIONED_STORAGE: &str = "--disable-features=ThirdPartyStoragePartitioning";

/// Starts the driver.
pub fn driver(start: &Start<'_>) -> Driver {
    Driver::start(&environment::chromedriver(), start.folder).unwrap_or_else(|error| panic!("{error}"))
}

/// All certificates are accepted, unless the test says which one is.
fn trust(flags: &[&str]) -> Option<&'static str> {
    let is_chosen = flags.iter().any(|flag| flag.starts_with("--ignore-certificate-errors-spki-list="));
    (!is_chosen).then_some("--ignore-certificate-errors")
}

/// How the driver starts the browser. Every `http://` name without a port leads to the server's host port and every `https://` name to
/// its TLS port.
pub fn capabilities(start: &Start<'_>) -> Capabilities {
    let names = format!(
        "--host-resolver-rules=MAP *:443 127.0.0.1:{}, MAP *:80 127.0.0.1:{}",
        start.server.tls_port, start.server.host_port
    );
    let language = format!("--lang={LANGUAGE}");
    let own = ["--headless", "--no-sandbox", "--window-size=1000,900", &language];
    let flags = local_machine::CHROMIUM_FLAGS.into_iter().chain(own).chain(trust(start.chromium_flags));
    let mut capabilities = ChromeCapabilities::new();
    let blocked = (start.storage == FrameStorage::Blocked).then_some(WITHOUT_PARTITIONED_STORAGE);
    let names = (!start.outside).then_some(names.as_str());
    for flag in flags.chain(names).chain(blocked).chain(start.chromium_flags.iter().copied()) {
        capabilities.add_arg(flag).expect("a flag");
    }
    capabilities.add_experimental_option("prefs", preferences(start.storage)).expect("preferences");
    capabilities.set_binary(&environment::chromium().to_string_lossy()).expect("the browser's path");
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a log level");
    capabilities.into()
}

/// The preferences of the profile.
fn preferences(storage: FrameStorage) -> Value {
    json!({"profile.cookie_controls_mode": if storage == FrameStorage::Blocked { 1 } else { 0 }})
}

/// The console of all frames since the last call.
pub async fn console(driver: &WebDriver) -> Vec<String> {
    let entries = driver.browser_log().await.unwrap_or_default();
    entries.into_iter().map(|entry| format!("{} {}", entry.level, entry.message)).collect()
}

/// From the next page on the user has this preference.
pub async fn prefer(driver: &WebDriver, feature: &str, value: &str) {
    let features = json!({"features": [{"name": feature, "value": value}]});
    devtools(driver, "Emulation.setEmulatedMedia", features).await;
}

/// From the next page on the user prefers this language.
pub async fn prefer_language(driver: &WebDriver, language: &str) {
    let agent = driver.execute("return navigator.userAgent;", vec![]).await.expect("the browser has a name");
    let parameters = json!({"userAgent": agent.json(), "acceptLanguage": language});
    devtools(driver, "Emulation.setUserAgentOverride", parameters).await;
}

/// Runs a script in every frame of the current window that is loaded from now on.
pub async fn before_every_page(driver: &WebDriver, script: &str) {
    devtools(driver, "Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
}

async fn devtools(driver: &WebDriver, method: &str, parameters: Value) {
    driver.cdp().send_raw(method, parameters).await.expect("a command of the developer tools");
}
