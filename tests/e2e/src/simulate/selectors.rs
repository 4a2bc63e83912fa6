//! Where to click in a widget, for each action of the scenarios.

use crate::frame::Frame;
use serde::Deserialize;
use std::collections::BTreeMap;
use thirtyfour::Key;

/// The file for the widget of this repository.
pub const OUR_WIDGET: &str = include_str!("../../../../crates/simulator/widgets/demo-app-rust.toml");

/// A widget's actions.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Selectors(BTreeMap<String, Vec<Deed>>);

/// One thing that is done with the mouse or the keyboard.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Deed {
    click: Option<String>,
    r#type: Option<String>,
    press: Option<String>,
    unless: Option<String>,
}

impl Selectors {
    /// Reads a file such as `crates/simulator/widgets/demo-app-rust.toml`.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(text: &str) -> Result<Self, String> {
        let selectors: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (action, deeds) in &selectors.0 {
            for deed in deeds {
                let count = [&deed.click, &deed.r#type, &deed.press].into_iter().flatten().count();
                if count != 1 {
                    return Err(format!("{action}: each line has one of click, type and press"));
                }
                if let Some(key) = deed.press.as_ref().filter(|key| self::key(key).is_none()) {
                    return Err(format!("{action}: there is no key {key:?}; there are Escape, Enter and Tab"));
                }
            }
        }
        Ok(selectors)
    }

    /// Whether the widget can be made to do this.
    pub fn has(&self, action: &str) -> bool {
        self.0.contains_key(action)
    }

    /// Does it in the widget.
    ///
    /// # Panics
    /// When the widget does not let it be done, or nobody has said how.
    pub async fn act(&self, widget: &Frame<'_>, action: &str, value: Option<&str>) {
        let Some(deeds) = self.0.get(action) else {
            panic!("the selectors have no `{action}`: add a line for it to the file of this widget")
        };
        for deed in deeds {
            if let Some(name) = &deed.unless
                && widget.has(name).await
            {
                continue;
            }
            if let Some(name) = &deed.click {
                widget.click(name).await;
            } else if let Some(name) = &deed.r#type {
                widget.type_over(name, value.unwrap_or_default()).await;
            } else if let Some(key) = deed.press.as_deref().and_then(key) {
                widget.press(key).await;
            }
        }
    }
}

fn key(name: &str) -> Option<Key> {
    match name {
        "Escape" => Some(Key::Escape),
        "Enter" => Some(Key::Enter),
        "Tab" => Some(Key::Tab),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the shipped scenarios ask for, our widget can do.
    #[test]
    fn our_widget_has_every_action_of_every_scenario() {
        let selectors = Selectors::read(OUR_WIDGET).unwrap();
        for scenario in simulator::scenario::shipped() {
            let scenario = scenario.unwrap();
            for step in &scenario.steps {
                if let simulator::scenario::StepKind::InWidget { action, .. } = &step.kind {
                    assert!(selectors.has(action), "{}, line {}: {action}", scenario.name, step.line);
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        for (text, part) in [
            ("save = [{ clikc = \"x\" }]", "clikc"),
            ("save = [{ click = \"x\", type = \"y\" }]", "save: each line has one"),
            ("save = [{ unless = \"x\" }]", "save: each line has one"),
            ("save = [{ press = \"F1\" }]", "no key \"F1\""),
            ("save = \"x\"", "line 1"),
        ] {
            let error = Selectors::read(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
