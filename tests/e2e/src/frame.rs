//! What a person sees and does inside the guest's frame.

use crate::stage::Stage;
use crate::wait::{PATIENCE, until};
use serde_json::Value;
use thirtyfour::prelude::*;

const FRAME: &str = "#hubspot-calling-extension-iframe, iframe";

/// The guest's frame in the current host page. Elements are named by their `data-test-id`, or by a CSS
/// selector that begins with `#`, `[` or `.` or holds a space.
pub struct Frame<'a> {
    stage: &'a Stage,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(stage: &'a Stage) -> Self {
        Self { stage }
    }

    /// Clicks as a person would: the element must be there, in view, enabled, and nothing may lie on it.
    pub async fn click(&self, name: &str) {
        until(&format!("a click on {name}"), PATIENCE, async || {
            let element = self.find(name).await?;
            match element.is_enabled().await {
                Ok(true) => element.click().await.map_err(|error| short(&error)),
                Ok(false) => Err("it is disabled".into()),
                Err(error) => Err(short(&error)),
            }
        })
        .await;
    }

    /// Waits until the element is on the screen.
    pub async fn see(&self, name: &str) -> WebElement {
        until(&format!("{name} on the screen"), PATIENCE, async || {
            let element = self.find(name).await?;
            match element.is_displayed().await {
                Ok(true) => Ok(element),
                Ok(false) => Err("it is not displayed".into()),
                Err(error) => Err(short(&error)),
            }
        })
        .await
    }

    /// Whether the element is in the page at this moment.
    pub async fn has(&self, name: &str) -> bool {
        self.find(name).await.is_ok()
    }

    /// Waits until the field has exactly this text.
    pub async fn see_value(&self, name: &str, value: &str) {
        until(&format!("{name} to hold {value:?}"), PATIENCE, async || {
            let held = self.value(name).await;
            if held == value { Ok(()) } else { Err(format!("it holds {held:?}")) }
        })
        .await;
    }

    /// The text of a field.
    pub async fn value(&self, name: &str) -> String {
        self.see(name).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Waits until the element shows this text among others.
    pub async fn see_text(&self, name: &str, text: &str) {
        until(&format!("{text:?} in {name}"), PATIENCE, async || {
            let shown = self.find(name).await?.text().await.map_err(|error| short(&error))?;
            if shown.contains(text) { Ok(()) } else { Err(format!("it shows {shown:?}")) }
        })
        .await;
    }

    /// Replaces the text of a field, key by key.
    pub async fn type_over(&self, name: &str, text: &str) {
        self.see(name).await;
        self.run(&format!("document.querySelector({:?}).select();", selector(name)), vec![]).await;
        self.type_into(name, text).await;
    }

    /// Types at the end of a field, key by key.
    pub async fn type_into(&self, name: &str, text: &str) {
        let field = self.see(name).await;
        field.send_keys(text).await.unwrap_or_else(|error| panic!("typing into {name}: {error}"));
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: impl AsRef<str>) {
        self.stage.enter_frame(FRAME).await.expect("the guest's frame is there");
        let actions = self.stage.driver().action_chain().send_keys(keys.as_ref());
        actions.perform().await.expect("keys can be pressed");
    }

    /// Runs a script in the guest's window.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.try_run(script, arguments).await {
            Ok(answer) => answer,
            Err(error) => panic!("a script in the guest failed: {error}\n{script}"),
        }
    }

    /// As [`Frame::run`], while the frame may be loading.
    pub async fn try_run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        self.stage.enter_frame(FRAME).await?;
        let answer = self.stage.driver().execute(script, arguments).await.map_err(|error| short(&error))?;
        Ok(answer.json().clone())
    }

    /// A picture of the frame alone.
    pub async fn picture(&self) -> Vec<u8> {
        self.stage.enter_top().await;
        let frame = self.stage.driver().find(By::Css(FRAME)).await.expect("the guest's frame is there");
        frame.screenshot_as_png().await.expect("a picture of the frame")
    }

    async fn find(&self, name: &str) -> Result<WebElement, String> {
        self.stage.enter_frame(FRAME).await?;
        self.stage.driver().find(By::Css(selector(name))).await.map_err(|error| short(&error))
    }
}

fn selector(name: &str) -> String {
    if name.starts_with(['#', '[', '.']) || name.contains(' ') {
        name.to_owned()
    } else {
        format!("[data-test-id=\"{name}\"]")
    }
}

/// WebDriver's errors come with the driver's stack.
pub(crate) fn short(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").chars().take(300).collect()
}
