//! What a user does in the page or in a frame of it. An element is named by its `data-test-id`; a name that starts with `#`, `[` or
//! `.` is a CSS selector, one that starts with `//` an XPath.

use crate::wait::{DEFAULT_TIMEOUT, until};
use serde_json::Value;
use thirtyfour::prelude::*;

/// The frame with the widget.
pub const WIDGET: &str = "#hubspot-calling-extension-iframe";

/// A frame of the page in the current window, or the page itself.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    driver: &'a WebDriver,
    /// `None` for the page itself.
    selector: Option<&'a str>,
}

impl<'a> Frame<'a> {
    /// The page in the current window, outside of its frames.
    pub fn page(driver: &'a WebDriver) -> Self {
        Self { driver, selector: None }
    }

    /// The widget in the page of the current window.
    pub fn widget(driver: &'a WebDriver) -> Self {
        Self { driver, selector: Some(WIDGET) }
    }

    /// Clicks as a user would: the element must be there, in view and enabled, and nothing may cover it.
    ///
    /// # Errors
    /// When this is not so within the time-out.
    pub async fn click(&self, name: &str) -> Result<(), String> {
        until(&format!("a click on {name}"), DEFAULT_TIMEOUT, async || {
            let element = self.find(name).await?;
            match element.is_enabled().await {
                Ok(true) => element.click().await.map_err(|error| short(&error)),
                Ok(false) => Err("it is disabled".into()),
                Err(error) => Err(short(&error)),
            }
        })
        .await
    }

    /// Replaces the text of a field, key by key.
    ///
    /// # Errors
    /// When the field is not on the screen within the time-out, or cannot be typed into.
    pub async fn type_over(&self, name: &str, text: &str) -> Result<(), String> {
        let field = self.see(name).await?;
        let select = "arguments[0].select();";
        self.driver.execute(select, vec![argument(&field)?]).await.map_err(|error| short(&error))?;
        field.send_keys(text).await.map_err(|error| format!("typing into {name}: {}", short(&error)))
    }

    /// Presses a key where the focus is.
    ///
    /// # Errors
    /// When the frame is not there.
    pub async fn press(&self, key: Key) -> Result<(), String> {
        self.enter().await?;
        self.driver.action_chain().send_keys(key).perform().await.map_err(|error| short(&error))
    }

    /// Whether the element is in the page at this moment.
    pub async fn has(&self, name: &str) -> bool {
        self.find(name).await.is_ok()
    }

    /// Runs a script in the frame's window.
    ///
    /// # Errors
    /// When the frame is not there or the script fails.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        self.enter().await?;
        let answer = self.driver.execute(script, arguments).await.map_err(|error| short(&error))?;
        Ok(answer.json().clone())
    }

    async fn see(&self, name: &str) -> Result<WebElement, String> {
        until(&format!("{name} on the screen"), DEFAULT_TIMEOUT, async || {
            let element = self.find(name).await?;
            match element.is_displayed().await {
                Ok(true) => Ok(element),
                Ok(false) => Err("it is not displayed".into()),
                Err(error) => Err(short(&error)),
            }
        })
        .await
    }

    async fn find(&self, name: &str) -> Result<WebElement, String> {
        self.enter().await?;
        self.driver.find(locator(name)).await.map_err(|error| short(&error))
    }

    async fn enter(&self) -> Result<(), String> {
        self.driver.enter_default_frame().await.map_err(|error| short(&error))?;
        let Some(selector) = self.selector else { return Ok(()) };
        let frame = self.driver.find(By::Css(selector)).await.map_err(|error| short(&error))?;
        frame.enter_frame().await.map_err(|error| short(&error))
    }
}

fn locator(name: &str) -> By {
    if name.starts_with("//") {
        By::XPath(name)
    } else if name.starts_with(['#', '[', '.']) {
        By::Css(name)
    } else {
        By::Css(format!("[data-test-id=\"{name}\"]"))
    }
}

fn argument(element: &WebElement) -> Result<Value, String> {
    element.to_json().map_err(|error| short(&error))
}

/// The first line of a WebDriver error: the driver's stack follows it.
pub(crate) fn short(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").chars().take(300).collect()
}
