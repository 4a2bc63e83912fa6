//! What a person sees and does inside the guest's frame.

use crate::test_harness::TestHarness;
use crate::wait::{DEFAULT_TIMEOUT, until};
use serde_json::Value;
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

/// A frame in the current page, mostly the guest's, or the page itself. Elements are named by their `data-test-id`, or by a CSS
/// selector that begins with `#`, `[` or `.`, or by an XPath that begins with `//`.
pub struct Frame<'a> {
    harness: &'a TestHarness,
    /// Nothing: the page itself.
    selector: Option<&'a str>,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(harness: &'a TestHarness, selector: Option<&'a str>) -> Self {
        Self { harness, selector }
    }

    /// Clicks as a person would: the element must be there, in view, enabled, and nothing may lie on it.
    pub async fn click(&self, name: &str) {
        until(&format!("a click on {name}"), DEFAULT_TIMEOUT, async || {
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

    /// Waits until the element is on the screen: can it be used?
    pub async fn is_enabled(&self, name: &str) -> bool {
        self.see(name).await.is_enabled().await.unwrap_or(false)
    }

    /// Whether the element is in the page at this moment.
    pub async fn has(&self, name: &str) -> bool {
        self.find(name).await.is_ok()
    }

    /// Waits until the field has exactly this text.
    pub async fn see_value(&self, name: &str, value: &str) {
        until(&format!("{name} to hold {value:?}"), DEFAULT_TIMEOUT, async || {
            let held = self.value(name).await;
            if held == value { Ok(()) } else { Err(format!("it holds {held:?}")) }
        })
        .await;
    }

    /// Waits until the field holds this number, however it is grouped.
    pub async fn see_number(&self, name: &str, number: &str) {
        until(&format!("{name} to hold {number}"), DEFAULT_TIMEOUT, async || {
            let held = self.value(name).await;
            let digits: String = held.chars().filter(|c| c.is_ascii_digit() || "+*#".contains(*c)).collect();
            if digits == number { Ok(()) } else { Err(format!("it holds {held:?}")) }
        })
        .await;
    }

    /// Waits until the element is of this kind: `see_attribute("#mute", "aria-pressed", Some("true"))`.
    pub async fn see_attribute(&self, name: &str, attribute: &str, value: Option<&str>) {
        until(&format!("{attribute}={value:?} on {name}"), DEFAULT_TIMEOUT, async || {
            let is = self.find(name).await?.attr(attribute).await.map_err(|error| short(&error))?;
            if is.as_deref() == value { Ok(()) } else { Err(format!("it is {is:?}")) }
        })
        .await;
    }

    /// Clicks the key of the keypad that shows this digit and nothing else.
    pub async fn click_key(&self, digit: char) {
        self.click(&format!("//button[normalize-space(.)='{digit}']")).await;
    }

    /// Clicks twice before the page can react, as a shaky finger does.
    pub async fn click_twice_at_once(&self, name: &str) {
        self.see_attribute(name, "disabled", None).await;
        let script = "const button = document.querySelector(arguments[0]); button.click(); button.click();";
        self.run(script, vec![selector(name).into()]).await;
    }

    /// The text of a field.
    pub async fn value(&self, name: &str) -> String {
        self.see(name).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Waits until the element shows this text among others.
    pub async fn see_text(&self, name: &str, text: &str) {
        until(&format!("{text:?} in {name}"), DEFAULT_TIMEOUT, async || {
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

    /// Presses Tab until the element has the focus.
    ///
    /// # Panics
    /// When it does not get it in one round through the page.
    pub async fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        while !self.has_focus(name).await {
            assert!(passed.len() < 60, "Tab does not lead to {name}, but to {passed:?}");
            self.press(Key::Tab).await;
            let on = "return document.activeElement?.outerHTML.slice(0, 80);";
            passed.push(self.run(on, vec![]).await);
        }
    }

    /// Waits until the element has the focus.
    pub async fn see_focus_on(&self, name: &str) {
        until(&format!("the focus on {name}"), DEFAULT_TIMEOUT, async || {
            if self.has_focus(name).await { Ok(()) } else { Err("it is elsewhere".to_owned()) }
        })
        .await;
    }

    async fn has_focus(&self, name: &str) -> bool {
        let script = "return document.hasFocus() && document.activeElement === document.querySelector(arguments[0]);";
        self.run(script, vec![selector(name).into()]).await == Value::Bool(true)
    }

    /// What Tab stops at though nobody can see it.
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

    /// As [`Frame::run`], while the frame may be loading.
    pub async fn try_run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        self.harness.enter(self.selector).await?;
        let answer = self.harness.driver().execute(script, arguments).await.map_err(|error| short(&error))?;
        Ok(answer.json().clone())
    }

    /// Waits until nothing moves or fades any more but what does so for ever.
    pub async fn settle(&self) {
        let script = "return document.getAnimations().filter(animation =>
            animation.playState === 'running' && animation.effect.getTiming().iterations !== Infinity).length;";
        until("an end of the animations", DEFAULT_TIMEOUT, async || {
            let moving = self.try_run(script, vec![]).await?;
            if moving == 0 { Ok(()) } else { Err(format!("{moving} things move")) }
        })
        .await;
    }

    /// The lines of the log that the SDK's example pages keep.
    pub async fn log(&self) -> Vec<LogLine> {
        let script = "return JSON.stringify([...document.querySelectorAll('#log > li')].map(line =>
            ({flow: line.dataset.flow, kind: line.dataset.type, origin: line.dataset.origin, text: line.textContent})));";
        let lines = self.try_run(script, vec![]).await.unwrap_or_default();
        let lines: Vec<Value> = serde_json::from_str(lines.as_str().unwrap_or("[]")).expect("a log is JSON");
        lines.iter().map(LogLine::read).collect()
    }

    /// Waits until the example page's log has this many lines of this flow and message type.
    pub async fn see_log(&self, count: usize, flow: &str, kind: &str) -> Vec<LogLine> {
        until(&format!("{count} lines {flow} {kind} in the page's log"), DEFAULT_TIMEOUT, async || {
            let all = self.log().await;
            let found: Vec<_> = all.iter().filter(|line| line.flow == flow && line.kind == kind).cloned().collect();
            if found.len() >= count { Ok(found) } else { Err(format!("there are {} of {all:?}", found.len())) }
        })
        .await
    }

    /// Puts this message into the example page's text area and clicks the button that says it.
    pub async fn say(&self, message: &Value) {
        let script = "document.querySelector('#message').value = arguments[0];";
        self.run(script, vec![Value::from(message.to_string())]).await;
        self.click("#sendmessage").await;
    }

    /// A picture of the frame alone, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.harness.enter_top().await;
        let selector = self.selector.expect("a picture is taken of a frame");
        let frame = self.harness.driver().find(By::Css(selector)).await.expect("the guest's frame is there");
        frame.screenshot_as_png().await.expect("a picture of the frame")
    }

    async fn find(&self, name: &str) -> Result<WebElement, String> {
        self.harness.enter(self.selector).await?;
        let by = if name.starts_with("//") { By::XPath(name) } else { By::Css(selector(name)) };
        self.harness.driver().find(by).await.map_err(|error| short(&error))
    }
}

/// A line of an example page's log.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// `in`, `out`, `ignored`, `event` or `error`.
    pub flow: String,
    /// The message's type.
    pub kind: String,
    pub origin: String,
    /// The message as JSON, or a few words.
    pub text: String,
}

impl LogLine {
    fn read(value: &Value) -> Self {
        let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Self { flow: field("flow"), kind: field("kind"), origin: field("origin"), text: field("text") }
    }

    /// The message that the line shows.
    ///
    /// # Panics
    /// When it shows none.
    pub fn message(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no message in {self:?}"))
    }
}

fn selector(name: &str) -> String {
    if name.starts_with(['#', '[', '.']) { name.to_owned() } else { format!("[data-test-id=\"{name}\"]") }
}

/// WebDriver's errors come with the driver's stack.
pub(crate) fn short(error: &WebDriverError) -> String {
    let text = error.to_string();
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").chars().take(300).collect()
}
