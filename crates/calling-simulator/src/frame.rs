//! What a user does in the page or in a frame of it. An element is named by its `data-test-id`; a name that starts with `#`, `[` or
//! `.` is a CSS selector, one that starts with `//` an XPath.

use crate::wait::{DEFAULT_TIMEOUT, until};
use serde_json::Value;
use thirtyfour::{TypingData, prelude::*};

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

    /// The page around the frame.
    pub(crate) fn around(&self) -> Self {
        Self::page(self.driver)
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

    /// Presses keys where the focus is.
    ///
    /// # Errors
    /// When the frame is not there.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Result<(), String> {
        self.enter().await?;
        self.press_here(keys).await
    }

    /// As [`Frame::press`], in the frame that was entered last.
    pub(crate) async fn press_here(&self, keys: impl Into<TypingData>) -> Result<(), String> {
        self.driver.action_chain().send_keys(keys).perform().await.map_err(|error| short(&error))
    }

    /// Presses a key while another one is held down, in the frame that was entered last.
    ///
    /// # Errors
    /// When the frame is not there any more.
    pub(crate) async fn press_with(&self, held: impl Into<char>, key: impl Into<char>) -> Result<(), String> {
        let (held, key) = (held.into(), key.into());
        let chord = self.driver.action_chain().key_down(held).key_down(key).key_up(key).key_up(held);
        chord.perform().await.map_err(|error| short(&error))
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
        self.run_here(script, arguments).await
    }

    /// As [`Frame::run`], in the frame that was entered last.
    pub(crate) async fn run_here(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        let answer = self.driver.execute(script, arguments).await.map_err(|error| short(&error))?;
        Ok(answer.json().clone())
    }

    /// Runs a script in the page around the frame, with the frame's element as its argument.
    ///
    /// # Errors
    /// When the frame is not there or the script fails.
    pub(crate) async fn run_around(&self, script: &str) -> Result<(), String> {
        self.driver.enter_default_frame().await.map_err(|error| short(&error))?;
        let element =
            self.driver.find(By::Css(self.selector.unwrap_or("body"))).await.map_err(|error| short(&error))?;
        self.driver.execute(script, vec![argument(&element)?]).await.map(drop).map_err(|error| short(&error))
    }

    /// Waits until the element is on the screen and can be used.
    pub(crate) async fn enabled(&self, name: &str) -> Result<WebElement, String> {
        until(&format!("{name} on the screen, enabled"), DEFAULT_TIMEOUT, async || {
            let element = self.find(name).await?;
            match (element.is_displayed().await, element.is_enabled().await) {
                (Ok(true), Ok(true)) => Ok(element),
                (Ok(false), _) => Err("it is not displayed".into()),
                (_, Ok(false)) => Err("it is disabled".into()),
                (Err(error), _) | (_, Err(error)) => Err(short(&error)),
            }
        })
        .await
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

    /// Moves the focus from the browser's own buttons to the page.
    pub(crate) async fn raise(&self) -> Result<(), String> {
        let window = self.driver.window().await.map_err(|error| short(&error))?;
        self.driver.switch_to_window(window).await.map_err(|error| short(&error))?;
        self.enter().await
    }

    /// From here on the driver means this frame.
    pub(crate) async fn enter(&self) -> Result<(), String> {
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

pub(crate) fn argument(element: &WebElement) -> Result<Value, String> {
    element.to_json().map_err(|error| short(&error))
}

/// The first line of a WebDriver error: the driver's stack follows it.
pub(crate) fn short(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").chars().take(300).collect()
}
