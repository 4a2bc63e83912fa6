//! What a user sees and does inside the guest's frame.

use crate::accessibility_tree::outline;
use crate::controls::{Control, Locator, Target};
use crate::test_harness::TestHarness;
use crate::wait::{DEFAULT_TIMEOUT, until};
use demo_app_rust::i18n::Texts;
use serde_json::{Value, json};
use std::iter;
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

/// A flag of the browser: frames of another site are in the process of the page, where the developer tools reach them.
pub const ONE_PROCESS: &str = "--disable-site-isolation-trials";

/// A frame in the current page, mostly the guest's, or the page itself. The widget's elements are found by a [`Control`], those of
/// other pages by a selector: see [`Target`].
pub struct Frame<'a> {
    harness: &'a TestHarness,
    /// Nothing: the page itself.
    selector: Option<&'a str>,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(harness: &'a TestHarness, selector: Option<&'a str>) -> Self {
        Self { harness, selector }
    }

    /// The widget's texts, in the language of the browser.
    pub fn texts(&self) -> &'static Texts {
        self.harness.texts()
    }

    /// Clicks as a user would: the element must be there, in view and enabled, and nothing may cover it.
    pub async fn click(&self, target: impl Into<Target<'_>>) {
        let target = target.into();
        until(&format!("a click on {target}"), DEFAULT_TIMEOUT, async || {
            let element = self.find(target).await?;
            match element.is_enabled().await {
                Ok(true) => element.click().await.map_err(|error| short(&error)),
                Ok(false) => Err("it is disabled".into()),
                Err(error) => Err(short(&error)),
            }
        })
        .await;
    }

    /// Waits until the element is on the screen.
    pub async fn see(&self, target: impl Into<Target<'_>>) -> WebElement {
        let target = target.into();
        until(&format!("{target} on the screen"), DEFAULT_TIMEOUT, async || {
            let element = self.find(target).await?;
            match element.is_displayed().await {
                Ok(true) => Ok(element),
                Ok(false) => Err("it is not displayed".into()),
                Err(error) => Err(short(&error)),
            }
        })
        .await
    }

    /// Waits until the element is on the screen, and returns whether it is enabled.
    pub async fn is_enabled(&self, target: impl Into<Target<'_>>) -> bool {
        let target = target.into();
        self.see(target).await.is_enabled().await.unwrap_or(false)
    }

    /// Whether the element is in the page at this moment.
    pub async fn has(&self, target: impl Into<Target<'_>>) -> bool {
        let target = target.into();
        self.find(target).await.is_ok()
    }

    /// Waits until the field has exactly this text.
    pub async fn see_value(&self, target: impl Into<Target<'_>>, value: &str) {
        let target = target.into();
        until(&format!("{target} to have the value {value:?}"), DEFAULT_TIMEOUT, async || {
            let current = self.value(target).await;
            if current == value { Ok(()) } else { Err(format!("it has {current:?}")) }
        })
        .await;
    }

    /// Waits until the field has this number, in any notation.
    pub async fn see_number(&self, target: impl Into<Target<'_>>, number: &str) {
        let target = target.into();
        until(&format!("{target} to have the number {number}"), DEFAULT_TIMEOUT, async || {
            let current = self.value(target).await;
            let digits: String = current.chars().filter(|c| c.is_ascii_digit() || "+*#".contains(*c)).collect();
            if digits == number { Ok(()) } else { Err(format!("it has {current:?}")) }
        })
        .await;
    }

    /// Waits until an attribute has this value: `see_attribute(Control::Mute, "aria-pressed", Some("true"))`.
    pub async fn see_attribute(&self, target: impl Into<Target<'_>>, attribute: &str, value: Option<&str>) {
        let target = target.into();
        until(&format!("{attribute}={value:?} on {target}"), DEFAULT_TIMEOUT, async || {
            let is = self.find(target).await?.attr(attribute).await.map_err(|error| short(&error))?;
            if is.as_deref() == value { Ok(()) } else { Err(format!("it is {is:?}")) }
        })
        .await;
    }

    /// Clicks a key of the keypad.
    pub async fn click_key(&self, key: char) {
        self.click(Control::Key(key)).await;
    }

    /// Clicks twice before the page can react.
    pub async fn click_twice_at_once(&self, target: impl Into<Target<'_>>) {
        let target = target.into();
        self.see_attribute(target, "disabled", None).await;
        self.run_on(target, "arguments[0].click(); arguments[0].click();", vec![]).await;
    }

    /// The text of a field.
    pub async fn value(&self, target: impl Into<Target<'_>>) -> String {
        let target = target.into();
        self.see(target).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Waits until the element shows this text among others.
    pub async fn see_text(&self, target: impl Into<Target<'_>>, text: &str) {
        let target = target.into();
        until(&format!("{text:?} in {target}"), DEFAULT_TIMEOUT, async || {
            let shown = self.find(target).await?.text().await.map_err(|error| short(&error))?;
            if shown.contains(text) { Ok(()) } else { Err(format!("it shows {shown:?}")) }
        })
        .await;
    }

    /// Waits until the element is gone, or no longer shows this text.
    pub async fn see_no_text(&self, target: impl Into<Target<'_>>, text: &str) {
        let target = target.into();
        until(&format!("no {text:?} in {target}"), DEFAULT_TIMEOUT, async || {
            let Ok(element) = self.find(target).await else { return Ok(()) };
            let shown = element.text().await.map_err(|error| short(&error))?;
            if shown.contains(text) { Err(format!("it shows {shown:?}")) } else { Ok(()) }
        })
        .await;
    }

    /// Waits until the element is not in the page.
    pub async fn see_none(&self, target: impl Into<Target<'_>>) {
        let target = target.into();
        until(&format!("no {target} in the page"), DEFAULT_TIMEOUT, async || {
            if self.has(target).await { Err("it is there".to_owned()) } else { Ok(()) }
        })
        .await;
    }

    /// Replaces the text of a field, key by key.
    pub async fn type_over(&self, target: impl Into<Target<'_>>, text: &str) {
        let target = target.into();
        self.run_on(target, "arguments[0].select();", vec![]).await;
        self.type_into(target, text).await;
    }

    /// Types at the end of a field, key by key.
    pub async fn type_into(&self, target: impl Into<Target<'_>>, text: &str) {
        let target = target.into();
        until(&format!("typing into {target}"), DEFAULT_TIMEOUT, async || {
            let field = self.see(target).await;
            match field.send_keys(text).await {
                // After a reload WebKit takes no keys for a frame before a click there, and says so before the first key.
                Err(error) if error.to_string().contains("not interactable") => {
                    field.click().await.map_err(|error| short(&error))?;
                    Err(short(&error))
                }
                Err(error) => panic!("typing into {target}: {error}"),
                Ok(()) => Ok(()),
            }
        })
        .await;
    }

    /// Presses Tab until the element has the focus.
    ///
    /// # Panics
    /// When it has not got it after 60 presses.
    pub async fn tab_to(&self, target: impl Into<Target<'_>>) {
        let target = target.into();
        let mut passed = Vec::new();
        while !self.has_focus(target).await {
            assert!(passed.len() < 60, "Tab does not lead to {target}, but to {passed:?}");
            self.press(Key::Tab).await;
            self.harness.leave_browser_buttons(self.selector).await;
            let on = "return document.activeElement?.outerHTML.slice(0, 80);";
            passed.push(self.run(on, vec![]).await);
        }
    }

    /// Waits until the element has the focus.
    pub async fn see_focus_on(&self, target: impl Into<Target<'_>>) {
        let target = target.into();
        until(&format!("the focus on {target}"), DEFAULT_TIMEOUT, async || {
            if self.has_focus(target).await { Ok(()) } else { Err("it is elsewhere".to_owned()) }
        })
        .await;
    }

    async fn has_focus(&self, target: Target<'_>) -> bool {
        let Ok(element) = self.find(target).await else { return false };
        let script = "return document.hasFocus() && document.activeElement === arguments[0];";
        self.run(script, vec![argument(&element)]).await == Value::Bool(true)
    }

    /// The elements that Tab moves the focus to though they cannot be seen.
    pub async fn invisible_tab_stops(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]')]
            .filter(element => element.tabIndex >= 0 && !element.disabled && !element.closest('[inert]'))
            .filter(element => {
                const box = element.getBoundingClientRect();
                const seen = element.checkVisibility({opacityProperty: true, visibilityProperty: true});
                const focusable = element.checkVisibility({visibilityProperty: true});
                return focusable && (!seen || box.width < 2 || box.height < 2);
            })
            .map(element => element.outerHTML.slice(0, 120));";
        let found = self.run(script, vec![]).await;
        found.as_array().into_iter().flatten().map(Value::to_string).collect()
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        self.harness.enter(self.selector).await.expect("the guest's frame is there");
        let actions = self.harness.driver().action_chain().send_keys(keys);
        actions.perform().await.expect("keys can be pressed");
    }

    /// Runs a script in the guest's window.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.try_run(script, arguments).await {
            Ok(answer) => answer,
            Err(error) => panic!("a script in the guest failed: {error}\n{script}"),
        }
    }

    /// Runs a script with an element as its first argument, which is waited for.
    pub async fn run_on(&self, target: impl Into<Target<'_>>, script: &str, arguments: Vec<Value>) -> Value {
        let element = argument(&self.see(target).await);
        self.run(script, iter::once(element).chain(arguments).collect()).await
    }

    /// As [`Frame::run`], while the frame may be loading.
    pub async fn try_run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        self.harness.enter(self.selector).await?;
        let answer = self.harness.driver().execute(script, arguments).await.map_err(|error| short(&error))?;
        Ok(answer.json().clone())
    }

    /// Waits until all animations that have an end have ended.
    pub async fn settle(&self) {
        let script = "return document.getAnimations().filter(animation =>
            animation.playState === 'running' && animation.effect.getTiming().iterations !== Infinity).length;";
        until("the end of the animations", DEFAULT_TIMEOUT, async || {
            let running = self.try_run(script, vec![]).await?;
            if running == 0 { Ok(()) } else { Err(format!("{running} are running")) }
        })
        .await;
    }

    /// A screenshot of the frame alone, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.harness.enter_top().await;
        let selector = self.selector.expect("a picture is taken of a frame");
        let frame = self.harness.driver().find(By::Css(selector)).await.expect("the guest's frame is there");
        frame.screenshot_as_png().await.expect("a picture of the frame")
    }

    /// What is wrong with the layout: controls that cannot be reached, text that is cut off, what overlaps or has to be scrolled to the side.
    /// Everything is scrolled to its beginning.
    pub async fn layout_problems(&self) -> Vec<String> {
        let found = self.run(include_str!("reflow.js"), vec![]).await;
        found.as_array().into_iter().flatten().map(|problem| problem.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The page as assistive technology gets it: an outline, one line for each node. The browser must run with [`ONE_PROCESS`].
    pub async fn accessibility_tree(&self) -> String {
        let frames = self.harness.devtools("Page.getFrameTree", json!({})).await;
        let frame = match self.selector {
            Some(_) => &frames["frameTree"]["childFrames"][0]["frame"]["id"],
            None => &frames["frameTree"]["frame"]["id"],
        };
        outline(&self.harness.devtools("Accessibility.getFullAXTree", json!({"frameId": frame})).await)
    }

    async fn find(&self, target: Target<'_>) -> Result<WebElement, String> {
        self.harness.enter(self.selector).await?;
        let by = match target.locator(self.texts()) {
            Locator::XPath(xpath) => By::XPath(xpath),
            Locator::Css(selector) => By::Css(selector),
        };
        self.harness.driver().find(by).await.map_err(|error| short(&error))
    }
}

/// An element as the argument of a script.
fn argument(element: &WebElement) -> Value {
    element.to_json().expect("an element is an argument")
}

/// The first line of a WebDriver error: the driver's stack follows it.
pub(crate) fn short(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").chars().take(300).collect()
}
