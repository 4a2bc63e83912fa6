//! Firefox, with geckodriver: the console and scripts before every page over WebDriver BiDi, preferences over geckodriver's own
//! commands.

use super::{FrameStorage, LANGUAGE, Start, through_proxy};
use futures_util::{FutureExt, StreamExt};
use http::Method;
use local_machine::Driver;
use serde_json::{Map, Value, json};
use std::process::Command as Process;
use std::sync::Arc;
use thirtyfour::Capabilities;
use thirtyfour::bidi::EventStream;
use thirtyfour::bidi::events::LogEntryAdded;
use thirtyfour::bidi::modules::log::LogLevel;
use thirtyfour::bidi::modules::script::AddPreloadScript;
use thirtyfour::common::command::{Command, ExtensionCommand};
use thirtyfour::prelude::*;

/// `BEHAVIOR_REJECT_FOREIGN`: frames of another site have no cookies, and of all storage only `sessionStorage`.
const REJECT_FOREIGN: u8 = 1;
/// `BEHAVIOR_REJECT`: no page has cookies or storage, the host's neither.
const REJECT: u8 = 2;
/// `BEHAVIOR_REJECT_TRACKER_AND_PARTITION_FOREIGN`, the default: they have storage for each top site.
const PARTITION_FOREIGN: u8 = 5;

/// The console so far.
pub type Console = EventStream<LogEntryAdded>;

/// Starts the driver. It may change preferences of the browser.
pub fn driver(start: &Start<'_>) -> Driver {
    let program = local_machine::geckodriver().unwrap_or_else(|missing| panic!("{missing}"));
    let mut command = Process::new(program);
    // Otherwise each BiDi connection is on the same port.
    command.args(["--websocket-port=0", "--allow-system-access"]);
    command.env("TMPDIR", start.folder).env("HOME", start.folder);
    Driver::start_command(&mut command).unwrap_or_else(|error| panic!("{error}"))
}

/// How the driver starts the browser.
pub fn capabilities(start: &Start<'_>) -> Capabilities {
    let binary = local_machine::firefox().unwrap_or_else(|missing| panic!("{missing}"));
    let mut preferences = Map::new();
    let mut set = |name: &str, value: Value| preferences.insert(name.to_owned(), value);
    let behavior = match start.storage {
        FrameStorage::Allowed => PARTITION_FOREIGN,
        FrameStorage::Blocked => REJECT,
        FrameStorage::SessionOnly => REJECT_FOREIGN,
    };
    set("network.cookie.cookieBehavior", json!(behavior));
    set("intl.accept_languages", json!(LANGUAGE));
    // The window has the focus though there is no screen.
    set("focusmanager.testmode", json!(true));
    let mut capabilities = Capabilities::new();
    let options = json!({
        "binary": binary,
        "args": ["-headless", "--width=1000", "--height=900"],
        "prefs": preferences,
    });
    // With BiDi the driver otherwise closes a dialog before a test sees it.
    let dialogs = json!({"prompt": "ignore"});
    for (name, value) in [
        ("browserName", json!("firefox")),
        ("webSocketUrl", json!(true)),
        ("unhandledPromptBehavior", dialogs),
        ("moz:firefoxOptions", options),
    ] {
        capabilities.set(name, value).expect("a capability");
    }
    through_proxy(&mut capabilities, start);
    capabilities
}

/// Starts to record the console.
pub async fn record(driver: &WebDriver) -> Console {
    // The connection chooses one by itself only where rustls is built with one: other packages add a second.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let bidi = driver.bidi().await.expect("a BiDi connection");
    bidi.subscribe::<LogEntryAdded>().await.expect("the console of the browser")
}

/// The console of all frames since the last call.
pub async fn console(driver: &WebDriver, console: &mut Console) -> Vec<String> {
    // Its answer comes after all entries that were written before.
    if let Ok(bidi) = driver.bidi().await {
        let _ = bidi.session().status().await;
    }
    let mut lines = Vec::new();
    while let Some(Some(entry)) = console.next().now_or_never() {
        let level = match entry.level {
            LogLevel::Debug => "DEBUG",
            LogLevel::Info => "INFO",
            LogLevel::Warn => "WARNING",
            LogLevel::Error | LogLevel::Unknown(_) => "SEVERE",
        };
        lines.push(format!("{level} {}", entry.text.unwrap_or_default()));
    }
    lines
}

/// From the next page on the user has this preference.
///
/// # Panics
/// When the harness does not know how Firefox is told.
pub async fn prefer(driver: &WebDriver, feature: &str, value: &str) {
    let (name, value) = match (feature, value) {
        ("prefers-color-scheme", "dark") => ("layout.css.prefers-color-scheme.content-override", 0),
        ("prefers-color-scheme", "light") => ("layout.css.prefers-color-scheme.content-override", 1),
        ("prefers-reduced-motion", "reduce") => ("ui.prefersReducedMotion", 1),
        ("prefers-reduced-motion", _) => ("ui.prefersReducedMotion", 0),
        _ => panic!("this harness cannot set {feature}: {value} in Firefox"),
    };
    in_browser(driver, &format!("Services.prefs.setIntPref('{name}', {value});")).await;
}

/// From the next page on the user prefers this language.
pub async fn prefer_language(driver: &WebDriver, language: &str) {
    in_browser(driver, &format!("Services.prefs.setStringPref('intl.accept_languages', '{language}');")).await;
}

/// Clocks are otherwise rounded to milliseconds.
pub async fn use_precise_clock(driver: &WebDriver) {
    in_browser(driver, "Services.prefs.setBoolPref('privacy.reduceTimerPrecision', false);").await;
}

/// Runs a script in every frame of the current window that is loaded from now on.
pub async fn before_every_page(driver: &WebDriver, script: &str) {
    let window = driver.window().await.expect("a window");
    let script = AddPreloadScript {
        function_declaration: format!("() => {{ {script} }}"),
        arguments: Vec::new(),
        sandbox: None,
        contexts: vec![window.to_string().into()],
    };
    driver.bidi().await.expect("a BiDi connection").send(script).await.expect("a script before every page");
}

/// Runs a script with the rights of the browser itself.
async fn in_browser(driver: &WebDriver, script: &str) {
    set_context(driver, "chrome").await;
    driver.execute(script, vec![]).await.expect("a script in the browser");
    set_context(driver, "content").await;
}

async fn set_context(driver: &WebDriver, context: &'static str) {
    let command = Command::ExtensionCommand(Box::new(SetContext(context)));
    driver.handle().cmd(command).await.expect("geckodriver changes the context");
}

/// geckodriver's command that says where scripts run: in the page (`content`) or in the browser (`chrome`).
#[derive(Debug)]
struct SetContext(&'static str);

impl ExtensionCommand for SetContext {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({"context": self.0}))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/moz/context".into()
    }
}
