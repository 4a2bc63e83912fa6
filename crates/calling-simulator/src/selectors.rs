//! Where to click in a widget, for each action of the scenarios.

use crate::{frame::Frame, keyboard};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use thirtyfour::Key;

/// What is wrong with a file of selectors.
#[derive(Debug, thiserror::Error)]
pub enum SelectorsError {
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    #[error("{action}: each line has one of click, type and press")]
    Input { action: String },
    #[error("{action}: there is no key {key:?}; there are Escape, Enter and Tab")]
    Key { action: String, key: String },
}

/// A widget's actions.
#[derive(Clone, Debug)]
pub struct Selectors {
    actions: BTreeMap<String, Action>,
    by_keyboard: bool,
}

/// How an action of a scenario is performed.
#[derive(Clone, Debug)]
enum Action {
    Inputs(Vec<Input>),
    /// The widget does not have it, for this reason.
    Unsupported(String),
}

/// A list of inputs, or a table with `unsupported`. An untagged enum would lose what is wrong with an input.
impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ActionVisitor;

        impl<'de> Visitor<'de> for ActionVisitor {
            type Value = Action;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list, or a table with `unsupported`")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Action, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Action::Inputs)
            }

            fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Action, A::Error> {
                let Unsupported { unsupported } = Unsupported::deserialize(MapAccessDeserializer::new(table))?;
                Ok(Action::Unsupported(unsupported))
            }
        }

        deserializer.deserialize_any(ActionVisitor)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unsupported {
    unsupported: String,
}

/// One input with the mouse or the keyboard.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Input {
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
    pub fn read(text: &str) -> Result<Self, SelectorsError> {
        let actions: BTreeMap<String, Action> = toml::from_str(text)?;
        for (action, how) in &actions {
            let Action::Inputs(inputs) = how else { continue };
            for input in inputs {
                let count = [&input.click, &input.r#type, &input.press].into_iter().flatten().count();
                if count != 1 {
                    return Err(SelectorsError::Input { action: action.clone() });
                }
                if let Some(key) = input.press.as_ref().filter(|key| self::key(key).is_none()) {
                    return Err(SelectorsError::Key { action: action.clone(), key: key.clone() });
                }
            }
        }
        Ok(Self { actions, by_keyboard: false })
    }

    /// The same actions, but with the keyboard alone: what is clicked is activated with Enter or Space.
    pub fn by_keyboard(self) -> Self {
        Self { by_keyboard: true, ..self }
    }

    /// Whether the file says how the widget does this.
    pub fn has(&self, action: &str) -> bool {
        matches!(self.actions.get(action), Some(Action::Inputs(_)))
    }

    /// Why the widget cannot do this, if the file says so.
    pub fn unsupported(&self, action: &str) -> Option<&str> {
        match self.actions.get(action)? {
            Action::Inputs(_) => None,
            Action::Unsupported(reason) => Some(reason),
        }
    }

    /// Performs an action in the widget.
    ///
    /// # Errors
    /// When an element does not appear or cannot be used, or the file does not say how the action is performed.
    pub async fn act(&self, widget: &Frame<'_>, action: &str, value: Option<&str>) -> Result<(), String> {
        let Some(Action::Inputs(inputs)) = self.actions.get(action) else {
            return Err(format!("the selectors have no `{action}`: add a line for it to the file of this widget"));
        };
        for input in inputs {
            if let Some(name) = &input.unless
                && widget.has(name).await
            {
                continue;
            }
            if let Some(name) = &input.click {
                match self.by_keyboard {
                    true => keyboard::activate(widget, name).await?,
                    false => widget.click(name).await?,
                }
            } else if let Some(name) = &input.r#type {
                let text = value.unwrap_or_default();
                match self.by_keyboard {
                    true => keyboard::type_over(widget, name, text).await?,
                    false => widget.type_over(name, text).await?,
                }
            } else if let Some(key) = input.press.as_deref().and_then(key) {
                widget.press(key).await?;
            }
        }
        Ok(())
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

    const OUR_WIDGET: &str = include_str!("../../simulator/widgets/demo-app-rust.toml");

    /// The files of both widgets have every action of the shipped scenarios. Ours supports all of them.
    #[test]
    fn the_files_have_every_action_of_every_scenario() {
        let ours = Selectors::read(OUR_WIDGET).unwrap();
        let react = Selectors::read(include_str!("../../simulator/widgets/hubspot-demo-react-ts.toml")).unwrap();
        for scenario in ::simulator::scenario::shipped() {
            let scenario = scenario.unwrap();
            for step in &scenario.steps {
                if let ::simulator::scenario::StepKind::InWidget { action, .. } = &step.kind {
                    let step = format!("{}, line {}: {action}", scenario.name, step.line);
                    assert!(ours.has(action), "{step}");
                    assert!(react.has(action) || react.unsupported(action).is_some(), "{step}");
                }
            }
        }
    }

    #[test]
    fn an_action_can_be_unsupported() {
        let selectors =
            Selectors::read("save = [{ click = \"x\" }]\ntransfer = { unsupported = \"no button\" }").unwrap();
        assert!(selectors.has("save") && !selectors.has("transfer") && !selectors.has("answer"));
        let reasons = ["save", "transfer", "answer"].map(|action| selectors.unsupported(action));
        assert_eq!(reasons, [None, Some("no button"), None]);
    }

    #[test]
    fn invalid_files_have_specific_errors() {
        for (text, part) in [
            ("save = [{ clikc = \"x\" }]", "clikc"),
            ("save = [{ click = \"x\", type = \"y\" }]", "save: each line has one"),
            ("save = [{ unless = \"x\" }]", "save: each line has one"),
            ("save = [{ press = \"F1\" }]", "no key \"F1\""),
            ("save = \"x\"", "a list, or a table with `unsupported`"),
            ("save = { unsuported = \"x\" }", "unsuported"),
        ] {
            let error = Selectors::read(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
