use yew::prelude::*;

use super::{Glyph, aria_bool, icon};

/// How much a [`Button`] stands out, and what it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ButtonVariant {
    /// The one thing to do on a screen.
    Primary,
    /// Another thing that can be done.
    Secondary,
    /// Ends or refuses something.
    Danger,
    /// Reads as a link, acts as a button.
    Link,
    /// A picture alone: give it an `aria_label`.
    Icon,
    /// A picture above its name, for a row of controls.
    Tile,
}

impl ButtonVariant {
    fn kind(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Danger => "danger",
            Self::Link => "link",
            Self::Icon => "icon",
            Self::Tile => "tile",
        }
    }
}

/// A button. Enter and Space work as in every form.
#[derive(Clone, Copy)]
pub struct Button {
    pub variant: ButtonVariant,
    /// Shown before the text.
    pub glyph: Option<Glyph>,
    /// Sends the form that it is in.
    pub submits: bool,
    pub disabled: bool,
    /// It is at work: a click does nothing, but it can keep the focus, which what is disabled cannot.
    pub busy: bool,
    pub id: Option<&'static str>,
    /// `data-test-id`.
    pub test_id: Option<&'static str>,
    /// The name, where there is no text to be the name.
    pub aria_label: Option<&'static str>,
    /// Makes it a toggle: on or off.
    pub aria_pressed: Option<bool>,
    /// Makes it open and close something.
    pub aria_expanded: Option<bool>,
    pub aria_controls: Option<&'static str>,
    pub aria_describedby: Option<&'static str>,
}

impl Button {
    /// Nothing but a button. A constant, so that what is built on it is a constant too and costs no code.
    pub const PLAIN: Self = Self {
        variant: ButtonVariant::Primary,
        glyph: None,
        submits: false,
        disabled: false,
        busy: false,
        id: None,
        test_id: None,
        aria_label: None,
        aria_pressed: None,
        aria_expanded: None,
        aria_controls: None,
        aria_describedby: None,
    };

    /// Draws it, with its text.
    pub fn view(&self, text: AttrValue, onclick: Option<Callback<MouseEvent>>) -> Html {
        html! {
            <button
                class="button"
                data-kind={self.variant.kind()}
                type={if self.submits { "submit" } else { "button" }}
                id={self.id}
                disabled={self.disabled}
                aria-disabled={self.busy.then_some("true")}
                data-test-id={self.test_id}
                aria-label={self.aria_label}
                aria-pressed={self.aria_pressed.map(aria_bool)}
                aria-expanded={self.aria_expanded.map(aria_bool)}
                aria-controls={self.aria_controls}
                aria-describedby={self.aria_describedby}
                {onclick}
            >
                { self.glyph.map(|glyph| icon(glyph, "20")) }
                { text }
            </button>
        }
    }
}
