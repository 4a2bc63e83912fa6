//! A widget used with the keyboard alone, by a user who sees it: Tab leads to every control, the arrows to the items of a menu, and
//! the focus can be seen on the way.

use crate::frame::{Frame, argument};
use crate::wait::until;
use serde::Deserialize;
use std::time::Duration;
use thirtyfour::{Key, prelude::*};

/// After so many presses a control counts as out of reach.
const LIMIT: usize = 120;

/// How long a frame may take to get the focus from the page around it.
const HANDOVER: Duration = Duration::from_secs(5);

/// Looks where the focus is.
const FOCUS: &str = include_str!("keyboard.js");

/// Which key activates the focused element: Space what has a state, Enter what does something.
const USES_SPACE: &str = "return document.activeElement.matches(
    '[aria-pressed], [role=menuitemradio], [role=menuitemcheckbox], [role=switch], [type=checkbox], [type=radio]');";

/// Moves the focus into the frame, as Tab in the page around it does in the end.
const ENTER_FRAME: &str = "arguments[0].focus();";

/// Whether the focus is in the page or in one of its frames.
const HAS_FOCUS: &str = "return document.hasFocus();";

/// What has the focus in the page around the frame.
const AROUND: &str = "return document.activeElement?.outerHTML.slice(0, 60);";

/// What `keyboard.js` answers.
#[derive(Debug, Deserialize)]
struct Focus {
    at: bool,
    outside: bool,
    by: Step,
    on: String,
    problem: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Step {
    Arrows,
    Tab,
}

/// Moves the focus to the element and activates it.
///
/// # Errors
/// When it does not appear or is disabled, when the keyboard does not lead to it, or when the focus cannot be seen on the way.
pub async fn activate(frame: &Frame<'_>, name: &str) -> Result<(), String> {
    reach(frame, name).await?;
    let uses_space = frame.run_here(USES_SPACE, vec![]).await?;
    match if uses_space == true { frame.press_here(" ").await } else { frame.press_here(Key::Enter).await } {
        // What the key did has closed the frame, before Firefox's driver could let the key go.
        Err(error) if error.contains("Window not found") => Ok(()),
        pressed => pressed,
    }
}

/// Moves the focus to the field and types over what it holds.
///
/// # Errors
/// As [`activate`].
pub async fn type_over(frame: &Frame<'_>, name: &str, text: &str) -> Result<(), String> {
    reach(frame, name).await?;
    frame.press_with(Key::Control, 'a').await?;
    frame.press_here(text).await
}

/// Where Tab leads to.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// On from where the focus was.
    On,
    /// The focus has left the frame and come back, at its end.
    Back,
    /// The focus has left the frame and come back, at its beginning.
    Again,
}

/// Moves the focus to the element: on from where it is, then to what is before that. The driver is in the frame then.
async fn reach(frame: &Frame<'_>, name: &str) -> Result<(), String> {
    let mut element = frame.enabled(name).await?;
    let mut passed: Vec<String> = Vec::new();
    let mut way = Way::On;
    for _ in 0..LIMIT {
        let focus = match look(frame, &element).await {
            // Meanwhile the widget shows another screen, which has the control too.
            Err(error) if error.contains("stale") => {
                element = frame.enabled(name).await?;
                continue;
            }
            focus => focus?,
        };
        if let Some(problem) = &focus.problem {
            return Err(format!("the focus is on {}, but {problem}", focus.on));
        }
        if focus.at {
            return Ok(());
        }
        if passed.len() > 3 && passed.iter().rev().take(3).all(|on| *on == focus.on) {
            return Err(format!("the focus does not leave {}", focus.on));
        }
        match (focus.by, way) {
            _ if focus.outside && passed.is_empty() => {
                frame.run_around(ENTER_FRAME).await?;
                frame.enter().await?;
            }
            _ if focus.outside && way == Way::On => way = come_back(frame).await?,
            _ if focus.outside => break,
            (Step::Arrows, _) => frame.press_here(Key::Down).await?,
            (Step::Tab, Way::On | Way::Again) => frame.press_here(Key::Tab).await?,
            (Step::Tab, Way::Back) => frame.press_with(Key::Shift, Key::Tab).await?,
        }
        passed.push(focus.on);
    }
    Err(format!("the keyboard does not lead to {name}, but to {}", passed.join(", ")))
}

/// Moves the focus from the page around the frame back into it. What is the next stop of the page depends on the page: what is before
/// the frame may be the last one.
async fn come_back(frame: &Frame<'_>) -> Result<Way, String> {
    // The driver sends keys to the page that it is told, not to the one with the focus.
    let page = frame.around();
    if page.run(HAS_FOCUS, vec![]).await? == false {
        // In Firefox the browser's own buttons follow. A driver sends no keys there, but can go back to the page.
        page.raise().await?;
    }
    let mut passed = Vec::new();
    for way in [Way::Back; 2].into_iter().chain([Way::Again; 8]) {
        page.enter().await?;
        match way {
            Way::Back => page.press_with(Key::Shift, Key::Tab).await?,
            Way::On | Way::Again => page.press_here(Key::Tab).await?,
        }
        // The frame is in another process, which gets the focus a little later.
        let on = until("the focus in the widget or beside it", HANDOVER, async || {
            if frame.run(HAS_FOCUS, vec![]).await? == true {
                return Ok(None);
            }
            let on = page.run(AROUND, vec![]).await?.as_str().unwrap_or_default().to_owned();
            if on.starts_with("<iframe") { Err(on) } else { Ok(Some(on)) }
        });
        match on.await? {
            None => return Ok(way),
            Some(on) => passed.push(on),
        }
    }
    Err(format!("the keyboard does not lead back into the widget, but to {}", passed.join(", ")))
}

async fn look(frame: &Frame<'_>, element: &WebElement) -> Result<Focus, String> {
    let answer = frame.run_here(FOCUS, vec![argument(element)?]).await?;
    serde_json::from_value(answer).map_err(|error| error.to_string())
}
