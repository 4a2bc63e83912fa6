//! One test: its servers, its browser, and the artifacts of a failure.

use crate::browser::{Browser, BrowserKind, FrameStorage, LANGUAGE, missing_profile};
use crate::environment;
use crate::frame::{Frame, short};
use crate::host_page::HostPage;
use crate::server::Server;
use crate::skipped;
use crate::wait::{DEFAULT_TIMEOUT, until};
use demo_app_rust::config::RING_TIME;
use demo_app_rust::i18n::{self, Texts};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::time::Duration;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

/// How a test is run.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// How long it may take.
    pub limit: Duration,
    /// Whether the browser may reach other machines than this one. If not, all names lead to the server of the test.
    pub outside: bool,
    /// Whether frames of another site may use storage.
    pub storage: FrameStorage,
    /// Whether an error in the console fails the test.
    pub quiet_console: bool,
    /// Flags of Chromium besides those that every test needs.
    pub browser_flags: &'static [&'static str],
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            limit: Duration::from_secs(90),
            outside: false,
            storage: FrameStorage::Allowed,
            quiet_console: true,
            browser_flags: &[],
        }
    }
}

/// Runs one test in a browser of its own, for at most 90 seconds. An error in the console fails it, unless
/// [`TestHarness::expect_error`] names it. A test that the browser cannot run does nothing: see `skipped.toml`.
///
/// # Panics
/// When the test panics or takes too long. The artifacts are written first.
pub fn run(test: impl AsyncFnOnce(&TestHarness)) {
    run_in(Setting::default(), test);
}

/// How long a test may take that visits all screens, on a busy machine.
pub const TOUR_LIMIT: Duration = Duration::from_secs(240);

/// As [`run`], for a test that visits all screens.
///
/// # Panics
/// When the test panics or takes too long. The artifacts are written first.
pub fn run_tour(test: impl AsyncFnOnce(&TestHarness)) {
    run_in(Setting { limit: TOUR_LIMIT, ..Setting::default() }, test);
}

/// As [`run`], in a browser that blocks storage in frames of another site, as private windows do.
///
/// # Panics
/// When the test panics or takes too long. The artifacts are written first.
pub fn run_with_blocked_storage(test: impl AsyncFnOnce(&TestHarness)) {
    run_in(Setting { storage: FrameStorage::Blocked, ..Setting::default() }, test);
}

/// As [`run`], in another setting.
///
/// # Panics
/// When the test panics or takes too long. The artifacts are written first.
pub fn run_in(setting: Setting, test: impl AsyncFnOnce(&TestHarness)) {
    let name = test_name(&test);
    let browser = BrowserKind::from_environment();
    let missing = missing_profile(browser, setting.storage).map(str::to_owned);
    if let Some(reason) = skipped::reason(browser, &name).or(missing) {
        return skipped::report(browser, &name, &reason);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("an async runtime");
    runtime.block_on(async {
        let server = Server::start().await;
        let browser = Browser::start(&server, setting.outside, setting.storage, setting.browser_flags).await;
        let harness = TestHarness {
            server,
            browser,
            console: RefCell::default(),
            expected: RefCell::default(),
            texts: Cell::new(i18n::texts_for(&[LANGUAGE])),
        };
        if setting.storage == FrameStorage::Blocked {
            // The widget asks for access with the log-in. Chromium refuses it to a site that the user has never opened, and logs that,
            // sometimes only after the test.
            harness.expect_error("requestStorageAccess");
        }
        let body = async {
            test(&harness).await;
            if setting.quiet_console {
                harness.assert_quiet_console().await;
            }
        };
        let outcome = AssertUnwindSafe(tokio::time::timeout(setting.limit, body)).catch_unwind().await;
        if !matches!(outcome, Ok(Ok(()))) {
            harness.write_artifacts(&name).await;
        }
        harness.browser.quit().await;
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(_)) => panic!("{name} was not done after {} s", setting.limit.as_secs()),
            Err(reason) => resume_unwind(reason),
        }
    });
}

/// What a test has: servers and a browser.
pub struct TestHarness {
    pub server: Server,
    browser: Browser,
    console: RefCell<Vec<String>>,
    expected: RefCell<Vec<&'static str>>,
    texts: Cell<&'static Texts>,
}

impl TestHarness {
    pub fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    /// The origin of the host, `http://localhost:PORT`.
    pub fn host_origin(&self) -> String {
        format!("http://localhost:{}", self.server.host_port)
    }

    /// The origin of the guest, `http://127.0.0.1:PORT`: another site than the host's.
    pub fn guest_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.server.widget_port)
    }

    /// The npm host with the widget, with default settings.
    ///
    /// # Panics
    /// If the release build has no widget.
    pub fn widget(&self) -> HostPage {
        environment::assert_has_widget();
        self.guest_at("/")
    }

    /// The npm host with the guest at this path.
    pub fn guest_at(&self, path: &str) -> HostPage {
        HostPage {
            origin: self.host_origin(),
            guest: format!("{}{path}", self.guest_origin()),
            sync: json!({}),
            syncs: None,
            size: (400, 650),
        }
    }

    /// The page in the current window, outside of its frames.
    pub fn page(&self) -> Frame<'_> {
        Frame::new(self, None)
    }

    /// A frame of the page in the current window.
    pub fn frame<'a>(&'a self, selector: &'a str) -> Frame<'a> {
        Frame::new(self, Some(selector))
    }

    /// Waits for a second window, and returns it.
    pub async fn other_window(&self, than: &WindowHandle) -> WindowHandle {
        until("a second window", DEFAULT_TIMEOUT, async || {
            let windows = self.driver().windows().await.map_err(|error| short(&error))?;
            windows.into_iter().find(|window| window != than).ok_or_else(|| "there is one".to_owned())
        })
        .await
    }

    /// From the next page on the user has this preference, for instance `prefers-color-scheme` with `dark`.
    pub async fn prefer(&self, feature: &str, value: &str) {
        self.browser.prefer(feature, value).await;
    }

    /// From the next page on the user prefers this language, for instance `fr-FR`.
    pub async fn prefer_language(&self, language: &str) {
        self.texts.set(i18n::texts_for(&[language]));
        self.browser.prefer_language(language).await;
    }

    /// Runs a script in every frame of the current window that is loaded from now on, before its own scripts.
    pub async fn before_every_page(&self, script: &str) {
        self.browser.before_every_page(script).await;
    }

    /// From the next page on an incoming call rings until it is answered: on a busy machine a test may need longer for it than
    /// [`RING_TIME`].
    pub async fn ring_on(&self) {
        let script = format!(
            "{{
                const start = window.setTimeout;
                window.setTimeout = (run, delay, ...rest) => start(run, delay === {RING_TIME} ? 1e9 : delay, ...rest);
            }}"
        );
        self.before_every_page(&script).await;
    }

    /// The answer to a command of Chromium's developer tools.
    pub(crate) async fn devtools(&self, method: &str, parameters: Value) -> Value {
        self.driver().cdp().send_raw(method, parameters).await.expect("a command of the developer tools")
    }

    /// From the next page on clocks are as precise as the browser can make them.
    pub async fn use_precise_clock(&self) {
        self.browser.use_precise_clock().await;
    }

    /// The browser that runs the test.
    pub fn browser(&self) -> BrowserKind {
        self.browser.kind()
    }

    /// The widget's texts, in the language that the user prefers.
    pub fn texts(&self) -> &'static Texts {
        self.texts.get()
    }

    /// An error with this text in the console is part of the test.
    pub fn expect_error(&self, text: &'static str) {
        self.expected.borrow_mut().push(text);
    }

    /// The console so far, one entry for each line: `LEVEL message`.
    pub async fn console(&self) -> Vec<String> {
        let new = self.browser.console().await;
        let mut console = self.console.borrow_mut();
        console.extend(new);
        console.clone()
    }

    /// # Panics
    /// When the console has an error that the test does not expect.
    pub async fn assert_quiet_console(&self) {
        let console = self.console().await;
        let expected = self.expected.borrow();
        let errors: Vec<_> = console
            .iter()
            .filter(|line| line.starts_with("SEVERE") && !expected.iter().any(|text| line.contains(text)))
            .collect();
        assert!(errors.is_empty(), "the console shows errors: {errors:#?}");
    }

    /// After the last control of the page Tab leads to the browser's own buttons in Firefox, where a driver sends no keys. The focus
    /// is moved to the beginning of the frame then, as Tab would move it in the end.
    pub(crate) async fn leave_browser_buttons(&self, frame: Option<&str>) {
        self.enter_top().await;
        let driver = self.driver();
        let has_focus = driver.execute("return document.hasFocus();", vec![]).await.expect("a script of the page");
        if has_focus.json() == true {
            return;
        }
        let window = driver.window().await.expect("the window is open");
        driver.switch_to_window(window).await.expect("the window is open");
        if let Some(selector) = frame {
            let focus = "document.querySelector(arguments[0]).focus();";
            driver.execute(focus, vec![selector.into()]).await.expect("the frame is there");
        }
    }

    pub(crate) async fn enter_top(&self) {
        self.driver().enter_default_frame().await.expect("every page has a top frame");
    }

    pub(crate) async fn enter(&self, frame: Option<&str>) -> Result<(), String> {
        self.enter_top().await;
        let Some(selector) = frame else { return Ok(()) };
        let frame = self.driver().find(By::Css(selector)).await.map_err(|error| short(&error))?;
        frame.enter_frame().await.map_err(|error| short(&error))
    }

    /// Writes console, transcript and screenshot, each with a time limit, as the page may hang.
    async fn write_artifacts(&self, name: &str) {
        let folder: PathBuf = environment::target().join("e2e").join(name);
        std::fs::create_dir_all(&folder).expect("a folder for the artifacts");
        let limit = Duration::from_secs(5);
        if let Ok(console) = tokio::time::timeout(limit, self.console()).await {
            let _ = std::fs::write(folder.join("console.txt"), console.join("\n"));
        }
        let _ = tokio::time::timeout(limit, self.driver().screenshot(&folder.join("screen.png"))).await;
        let transcript = async {
            self.driver().enter_default_frame().await.ok()?;
            let lines = self.driver().execute("return window.transcript ?? [];", Vec::<Value>::new()).await.ok()?;
            std::fs::write(folder.join("transcript.json"), format!("{:#}", lines.json())).ok()
        };
        let _ = tokio::time::timeout(limit, transcript).await;
        eprintln!("console, transcript and screenshot are in {}", folder.display());
    }
}

/// The file and the test, for instance `outbound_call-a_busy_number_ends_busy`. The test runner names its threads after the
/// tests; with a single thread the function around the closure is used instead.
fn test_name<T>(_: &T) -> String {
    let path = std::any::type_name::<T>();
    let parts: Vec<_> = path.split("::").filter(|part| !part.starts_with('{')).collect();
    match (parts.first(), std::thread::current().name()) {
        (Some(file), Some(test)) if test != "main" => format!("{file}-{test}"),
        _ => parts.join("-"),
    }
}
