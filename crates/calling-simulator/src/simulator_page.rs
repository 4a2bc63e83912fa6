//! The simulator's page in a browser: opens it and does what its scenario asks for.

use crate::{
    frame::{Frame, short},
    selectors::Selectors,
    wait::{DEFAULT_TIMEOUT, until},
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thirtyfour::{WindowHandle, prelude::*};

/// How often the page is looked at.
const INTERVAL: Duration = Duration::from_millis(30);

/// The size of the window: wide enough for the records, the panel and the widget beside each other.
const WINDOW: (u32, u32) = (1400, 900);

/// How to open the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opening<'a> {
    /// The origin that serves the page at `/simulator/`.
    pub origin: &'a str,
    /// The widget's URL; without it the page takes its default widget.
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
pub struct SimulatorPage<'a> {
    driver: &'a WebDriver,
    main: WindowHandle,
}

impl<'a> SimulatorPage<'a> {
    /// Loads the page in the current window.
    ///
    /// # Errors
    /// When the browser does not load it.
    pub async fn open(driver: &'a WebDriver, opening: &Opening<'_>) -> Result<Self, String> {
        let failed = |error: WebDriverError| format!("the simulator's page cannot be opened: {}", short(&error));
        if !opening.own_scenarios.is_empty() {
            let own: Vec<_> =
                opening.own_scenarios.iter().map(|(name, text)| json!({"name": name, "text": text})).collect();
            // The page reads them when it starts, so it is loaded a first time to store them.
            driver.goto(format!("{}/simulator/", opening.origin)).await.map_err(failed)?;
            let store = "localStorage.setItem('simulator:scenarios', arguments[0]);";
            driver.execute(store, vec![json!(own).to_string().into()]).await.map_err(failed)?;
        }
        let parameters = [("widget", opening.widget), ("scenario", opening.scenario)];
        let parameters = parameters.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        driver.set_window_rect(0, 0, WINDOW.0, WINDOW.1).await.map_err(failed)?;
        driver.goto(format!("{}/simulator/?{query}", opening.origin)).await.map_err(failed)?;
        let main = driver.window().await.map_err(failed)?;
        Ok(Self { driver, main })
    }

    /// The window of the page.
    pub fn window(&self) -> &WindowHandle {
        &self.main
    }

    /// Goes to the page's own window.
    ///
    /// # Errors
    /// When it is closed.
    pub async fn to_main(&self) -> Result<(), String> {
        self.driver.switch_to_window(self.main.clone()).await.map_err(|error| short(&error))
    }

    /// Goes to the calling window.
    ///
    /// # Errors
    /// When it does not open within the time-out.
    pub async fn to_calling_window(&self) -> Result<(), String> {
        let window = until("the calling window", DEFAULT_TIMEOUT, async || {
            let windows = self.driver.windows().await.map_err(|error| short(&error))?;
            windows.into_iter().find(|window| *window != self.main).ok_or_else(|| "there is one window".to_owned())
        })
        .await?;
        self.driver.switch_to_window(window).await.map_err(|error| short(&error))
    }

    /// Does what the running scenario asks for, until it has ended.
    ///
    /// # Errors
    /// When it does not end within `limit`, or the widget cannot be used as the selectors say.
    pub async fn finish(&self, selectors: &Selectors, limit: Duration) -> Result<Outcome, String> {
        let start = Instant::now();
        let mut done = None;
        loop {
            self.to_main().await?;
            let now = until("a scenario that runs", DEFAULT_TIMEOUT, async || {
                let now = Frame::page(self.driver).run(STATUS, vec![]).await?;
                if now.is_object() { Ok(now) } else { Err("the page shows none".to_owned()) }
            })
            .await?;
            match now["outcome"].as_str() {
                Some("passed") => return Ok(Outcome::Passed),
                Some("failed") => {
                    return Ok(Outcome::Failed(now["reason"].as_str().unwrap_or_default().to_owned()));
                }
                _ => {}
            }
            let prompt = &now["prompt"];
            if prompt.is_object() && done.as_ref() != Some(&prompt["step"]) {
                self.perform(selectors, prompt).await?;
                done = Some(prompt["step"].clone());
            }
            tokio::time::sleep(INTERVAL).await;
            if start.elapsed() > limit {
                return Err(format!("the scenario has not ended after {} s, at {now}", limit.as_secs()));
            }
        }
    }

    async fn perform(&self, selectors: &Selectors, prompt: &Value) -> Result<(), String> {
        if prompt["place"] == "window" {
            self.to_calling_window().await?;
        }
        let action = prompt["action"].as_str().unwrap_or_default();
        let acted = selectors.act(&Frame::widget(self.driver), action, prompt["value"].as_str()).await;
        self.to_main().await?;
        acted.map_err(|why| format!("`{action}` in the widget: {why}"))?;
        // Often the widget's answer has ended the step already.
        let click = "const prompt = document.querySelector('[data-test-id=scenario-prompt]');
            if (prompt?.dataset.step === arguments[0]) prompt.querySelector('[data-test-id=scenario-done]').click();";
        let _ = Frame::page(self.driver).run(click, vec![prompt["step"].clone()]).await;
        Ok(())
    }
}

/// What the page says of the scenario that runs or ran.
const STATUS: &str = "
    const [result, prompt] = ['result', 'prompt'].map(name => document.querySelector(`[data-test-id=scenario-${name}]`));
    if (!result && !prompt) return null;
    return {
        outcome: result?.dataset.outcome,
        reason: result?.dataset.reason,
        prompt: prompt && {...prompt.dataset},
    };";
