//! The pages of the browser, with a clock that can be moved forward.

use e2e::{Control, DEFAULT_TIMEOUT, Frame, GUEST, TestHarness, Value, json, until};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The controls that the scripts use, by their names in `page.js`.
const CONTROLS: &[Control] = &[
    Control::LogIn,
    Control::LogOut,
    Control::DialNumber,
    Control::Call,
    Control::Availability,
    Control::Available,
    Control::TriggerIncoming,
    Control::IncomingNumber,
    Control::CallMe,
    Control::Answer,
    Control::EndCall,
    Control::Record,
    Control::Mute,
    Control::Hold,
    Control::Keypad,
    Control::Key('5'),
    Control::Transfer,
    Control::TransferNumber,
    Control::TransferCall,
    Control::Notes,
    Control::SaveCall,
    Control::Finalize,
    Control::CloseNotice,
];

/// How far the clock is moved by one script: scripts have a time limit, and a call on the screen has a timer that fires each second.
const AT_ONCE: Duration = Duration::from_secs(5 * 60);

/// All pages of a browser: the host's and the widget's.
pub struct Pages<'a> {
    pub harness: &'a TestHarness,
    /// When the test began, in milliseconds since 1970.
    start: u128,
    /// How far the clock of the pages was moved, in milliseconds.
    ahead: Cell<f64>,
    /// For each window, the browser's name of the script that each new page runs.
    scripts: RefCell<HashMap<String, String>>,
}

impl<'a> Pages<'a> {
    /// For the pages that are loaded from now on.
    pub async fn new(harness: &'a TestHarness) -> Self {
        let start = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock that is set").as_millis();
        let pages = Pages { harness, start, ahead: Cell::default(), scripts: RefCell::default() };
        pages.prepare_new_pages().await;
        pages
    }

    /// Makes the next pages of the current window start at the present time.
    pub(crate) async fn prepare_new_pages(&self) {
        let window = self.harness.driver().window().await.expect("a window").to_string();
        let earlier = self.scripts.borrow_mut().remove(&window);
        if let Some(identifier) = earlier {
            let earlier = json!({"identifier": identifier});
            self.devtools("Page.removeScriptToEvaluateOnNewDocument", earlier).await;
        }
        let texts = self.harness.texts();
        let controls: serde_json::Map<_, _> =
            CONTROLS.iter().map(|control| (format!("{control:?}"), control.xpath(texts).into())).collect();
        let (start, ahead, controls) = (self.start, self.ahead.get(), Value::Object(controls));
        let declarations = format!("const START = {start}, OFFSET = {ahead}, CONTROLS = {controls};");
        let source = format!("{{{declarations}\n{}}}", include_str!("page.js"));
        let added = self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await;
        let identifier = added["identifier"].as_str().expect("each script has a name").to_owned();
        self.scripts.borrow_mut().insert(window, identifier);
    }

    /// How far the clock of the pages was moved.
    pub fn passed(&self) -> Duration {
        Duration::from_secs_f64(self.ahead.get() / 1_000.0)
    }

    /// The pages of another tab have not seen the time pass that these have.
    pub(crate) fn set_passed(&self, time: Duration) {
        self.ahead.set(time.as_secs_f64() * 1_000.0);
    }

    /// Moves the clock of the host and of the widget forward. Every timer fires that is due on the way.
    pub async fn pass(&self, time: Duration) {
        let mut left = time;
        while !left.is_zero() {
            let part = left.min(AT_ONCE);
            left -= part;
            let milliseconds = json!(part.as_secs_f64() * 1_000.0);
            for frame in [self.host(), self.widget()] {
                frame.run("return longUse.pass(arguments[0]);", vec![milliseconds.clone()]).await;
            }
            self.ahead.set(self.ahead.get() + part.as_secs_f64() * 1_000.0);
        }
    }

    /// Loads the widget's frame again, and waits for the new page.
    pub async fn reload_frame(&self) {
        self.prepare_new_pages().await;
        self.widget().run("longUse.isLeft = true; location.reload();", vec![]).await;
        self.see_new_page().await;
    }

    /// Loads the host page again, and waits for the new page in its frame.
    pub async fn reload_host(&self) {
        self.prepare_new_pages().await;
        self.harness.driver().refresh().await.expect("the host page loads again");
        self.see_new_page().await;
    }

    pub(crate) async fn see_new_page(&self) {
        until("the new page", DEFAULT_TIMEOUT, async || {
            let script = "return Boolean(window.longUse) && !longUse.isLeft && location.protocol;";
            match self.widget().try_run(script, vec![]).await? {
                Value::String(protocol) if protocol.starts_with("http") => Ok(()),
                other => Err(format!("the page is {other}")),
            }
        })
        .await;
    }

    /// The page in the current window.
    pub fn host(&self) -> Frame<'a> {
        self.harness.page()
    }

    /// The widget in the current window.
    pub fn widget(&self) -> Frame<'a> {
        self.harness.frame(GUEST)
    }

    /// A command of Chromium's developer tools.
    pub(crate) async fn devtools(&self, method: &str, parameters: Value) -> Value {
        self.harness
            .driver()
            .cdp()
            .send_raw(method, parameters)
            .await
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}
