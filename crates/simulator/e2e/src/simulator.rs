//! The simulator's page in a browser.

use super::Selectors;
use e2e::{DEFAULT_TIMEOUT, Frame, GUEST, TestHarness, Value, encode, json, until};
use std::time::{Duration, Instant};
use thirtyfour::WindowHandle;

/// How to open the page.
#[derive(Clone, Debug, Default)]
pub struct Opening<'a> {
    /// The widget's URL; without it the page takes the one that is served beside it.
    pub widget: Option<&'a str>,
    /// The scenario to start.
    pub scenario: Option<&'a str>,
    /// The texts of scenarios that are not shipped, by their names.
    pub own_scenarios: &'a [(String, String)],
}

/// How a scenario ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    /// Why not, in the words of the page.
    Failed(String),
}

/// The open page.
pub struct Simulator<'a> {
    pub harness: &'a TestHarness,
    main: WindowHandle,
}

impl<'a> Simulator<'a> {
    /// Loads the page in the current window.
    ///
    /// # Panics
    /// When the browser does not load it.
    pub async fn open(harness: &'a TestHarness, opening: &Opening<'_>) -> Self {
        if !opening.own_scenarios.is_empty() {
            let own: Vec<_> =
                opening.own_scenarios.iter().map(|(name, text)| json!({"name": name, "text": text})).collect();
            let script = format!(
                "if (location.pathname.startsWith('/simulator/')) localStorage.setItem('simulator:scenarios', {:?});",
                json!(own).to_string()
            );
            harness.before_every_page(&script).await;
        }
        let mut url = format!("{}/simulator/?", harness.host_origin());
        for (name, value) in [("widget", opening.widget), ("scenario", opening.scenario)] {
            if let Some(value) = value {
                url.push_str(&format!("{name}={}&", encode(value)));
            }
        }
        // Wide enough for the records, the panel and the widget beside each other.
        harness.driver().set_window_rect(0, 0, 1400, 900).await.expect("the window has that size");
        harness.driver().goto(url).await.expect("the simulator's page loads");
        let main = harness.driver().window().await.expect("the browser has a window");
        Self { harness, main }
    }

    /// The page itself.
    pub fn page(&self) -> Frame<'a> {
        self.harness.page()
    }

    /// The widget in the current window.
    pub fn widget(&self) -> Frame<'a> {
        self.harness.frame(GUEST)
    }

    /// Goes to the page's own window.
    pub async fn to_main(&self) {
        self.harness.driver().switch_to_window(self.main.clone()).await.expect("the simulator's window is open");
    }

    /// Goes to the calling window.
    pub async fn to_calling_window(&self) {
        let window = self.harness.other_window(&self.main).await;
        self.harness.driver().switch_to_window(window).await.expect("the calling window is open");
    }

    /// Does what the running scenario asks for, until it has ended.
    ///
    /// # Panics
    /// When it does not end within `limit`, or the widget does not let itself be clicked.
    pub async fn finish(&self, selectors: &Selectors, limit: Duration) -> Outcome {
        let start = Instant::now();
        let mut done = None;
        loop {
            self.to_main().await;
            let now = until("a scenario that runs", DEFAULT_TIMEOUT, async || {
                let now = self.page().try_run(STATUS, vec![]).await?;
                if now.is_object() { Ok(now) } else { Err("the page shows none".to_owned()) }
            })
            .await;
            match now["outcome"].as_str() {
                Some("passed") => return Outcome::Passed,
                Some("failed") => return Outcome::Failed(now["reason"].as_str().unwrap_or_default().to_owned()),
                _ => {}
            }
            let prompt = &now["prompt"];
            if prompt.is_object() && done.as_ref() != Some(&prompt["step"]) {
                self.do_it(selectors, prompt).await;
                done = Some(prompt["step"].clone());
            }
            tokio::time::sleep(INTERVAL).await;
            assert!(start.elapsed() < limit, "it was not done after {} s, at {now}", limit.as_secs());
        }
    }

    async fn do_it(&self, selectors: &Selectors, prompt: &Value) {
        if prompt["place"] == "window" {
            self.to_calling_window().await;
        }
        let action = prompt["action"].as_str().unwrap_or_default();
        selectors.act(&self.widget(), action, prompt["value"].as_str()).await;
        self.to_main().await;
        // Often the widget's answer has ended the step already.
        let click = "const prompt = document.querySelector('[data-test-id=scenario-prompt]');
            if (prompt?.dataset.step === arguments[0]) prompt.querySelector('[data-test-id=scenario-done]').click();";
        let _ = self.page().try_run(click, vec![prompt["step"].clone()]).await;
    }
}

/// How often the page is looked at.
const INTERVAL: Duration = Duration::from_millis(30);

/// What the page says of the scenario that runs or ran.
const STATUS: &str = "
    const [result, prompt] = ['result', 'prompt'].map(name => document.querySelector(`[data-test-id=scenario-${name}]`));
    if (!result && !prompt) return null;
    return {
        outcome: result?.dataset.outcome,
        reason: result?.dataset.reason,
        prompt: prompt && {...prompt.dataset},
    };";
