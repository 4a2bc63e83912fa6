use stylist::css;
use yew::prelude::*;

use super::{Glyph, aria_bool, icon};

/// How much a [`Button`] stands out, and what it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonVariant {
    /// The one thing to do on a screen.
    #[default]
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
    fn class(self) -> &'static str {
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
#[derive(Default)]
pub struct Button {
    pub variant: ButtonVariant,
    /// Shown before the text.
    pub glyph: Option<Glyph>,
    pub text: AttrValue,
    pub onclick: Callback<MouseEvent>,
    /// Sends the form that it is in.
    pub submits: bool,
    pub disabled: bool,
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
    /// Draws it.
    pub fn view(self) -> Html {
        let class = css!(
            r#"
        display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-height: 44px; min-width: 44px;
        padding: 0 20px; border: 1px solid transparent; border-radius: 22px; font-weight: 600; text-align: center;
        line-height: 1.2; transition: background-color .12s, color .12s, transform .06s;

        &:active:enabled { transform: scale(.97); }
        &.primary { background: var(--fill); color: var(--on-fill); }
        &.primary:hover:enabled { background: var(--fill-hover); }
        &.danger { background: var(--danger); color: var(--on-danger); }
        &.danger:hover:enabled { background: var(--danger-hover); }
        &.secondary { background: var(--surface); color: var(--accent); border-color: var(--edge); }
        &.secondary:hover:enabled { background: var(--hover); }
        &.primary:disabled, &.danger:disabled { background: var(--idle); color: var(--on-idle); }
        &.secondary:disabled { background: transparent; color: var(--on-idle); border-color: var(--line); }
        &.link, &.icon { padding: 0 8px; border-radius: 8px; color: var(--accent); }
        &.link:hover:enabled { text-decoration: underline; text-underline-offset: 3px; }
        &.icon { padding: 0; }
        &.icon:hover:enabled { background: var(--hover); }
        &.icon:disabled, &.link:disabled { color: var(--on-idle); }
        &.tile {
            flex-direction: column; gap: 4px; width: 76px; min-width: 0; height: var(--tile); padding: 0; border-radius: 14px; font-size: clamp(10px, 3.2vw, 12px);
            font-weight: 500; color: var(--text); background: var(--surface); border-color: var(--line); box-shadow: var(--shadow);
        }
        &.tile:hover:enabled { background: var(--hover); }
        &.tile[aria-pressed="true"], &.tile[aria-expanded="true"] {
            background: var(--accent-soft); color: var(--accent); border-color: var(--accent);
        }
        @media (forced-colors: active) {
            border-color: ButtonText;
            &:disabled { border-color: GrayText; color: GrayText; }
            &.tile[aria-pressed="true"], &.tile[aria-expanded="true"] {
                forced-color-adjust: none; background: Highlight; color: HighlightText;
            }
        }
        "#
        );
        html! {
            <button
                class={classes!(class, self.variant.class())}
                type={if self.submits { "submit" } else { "button" }}
                id={self.id}
                disabled={self.disabled}
                data-test-id={self.test_id}
                aria-label={self.aria_label}
                aria-pressed={self.aria_pressed.map(aria_bool)}
                aria-expanded={self.aria_expanded.map(aria_bool)}
                aria-controls={self.aria_controls}
                aria-describedby={self.aria_describedby}
                onclick={self.onclick}
            >
                { self.glyph.map(|glyph| icon(glyph, "20")) }
                { self.text }
            </button>
        }
    }
}
