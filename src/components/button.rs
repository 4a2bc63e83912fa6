use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Glyph, Icon, aria_bool};

/// How much a [`Button`] stands out, and what it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonVariant {
    /// The main action of a screen.
    #[default]
    Primary,
    /// Another action.
    Secondary,
    /// Ends or refuses something.
    Danger,
    /// Looks like a link.
    Link,
    /// A picture alone: give it an `aria_label`, or a text that is visually hidden.
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

/// The `type` of a [`Button`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonType {
    /// Does what its `onclick` says.
    #[default]
    Button,
    /// Submits its form.
    Submit,
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    #[prop_or_default]
    pub variant: ButtonVariant,
    /// Shown before the text.
    #[prop_or_default]
    pub glyph: Option<Glyph>,
    /// The text.
    #[prop_or_default]
    pub children: Html,
    #[prop_or_default]
    pub onclick: Option<Callback<MouseEvent>>,
    #[prop_or_default]
    pub r#type: ButtonType,
    #[prop_or_default]
    pub disabled: bool,
    /// Its action is in progress. Unlike a disabled button it keeps the focus; its `onclick` is to do nothing.
    #[prop_or_default]
    pub busy: bool,
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// `data-test-id`.
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
    /// The accessible name, where there is no text to be the name.
    #[prop_or_default]
    pub aria_label: Option<AttrValue>,
    /// Makes it a toggle that is on or off.
    #[prop_or_default]
    pub aria_pressed: Option<bool>,
    /// Makes it open and close something.
    #[prop_or_default]
    pub aria_expanded: Option<bool>,
    /// The id of what it opens.
    #[prop_or_default]
    pub aria_controls: Option<AttrValue>,
    /// The id of a text that explains it.
    #[prop_or_default]
    pub aria_describedby: Option<AttrValue>,
    /// Makes it a link that opens in a new tab, with the same looks.
    #[prop_or_default]
    pub href: Option<AttrValue>,
    /// Shown when the pointer rests on it.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    #[prop_or_default]
    pub node_ref: NodeRef,
}

/// A button, or a link that looks like one. Enter and Space work as in every form.
#[styled_component]
pub fn Button(props: &ButtonProps) -> Html {
    let class = css!(
        r#"
        display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-height: 44px; min-width: 44px;
        padding: 0 clamp(6px, 6vw, 20px); border: 1px solid transparent; border-radius: 22px; font-weight: 600; text-align: center;
        line-height: 1.2; text-decoration: none; transition: background-color .12s, color .12s, transform .06s;

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
        &.link:hover:not(:disabled) { text-decoration: underline; text-underline-offset: 3px; }
        &.icon { padding: 0; }
        &.icon:hover:not(:disabled) { background: var(--hover); }
        &.icon:disabled, &.link:disabled { color: var(--on-idle); }
        &.tile {
            flex-direction: column; gap: 4px; width: 76px; min-width: 0; height: var(--tile); padding: 0; border-radius: 14px;
            font-size: clamp(10px, 3.2vw, 12px); font-weight: 500; color: var(--text); background: var(--surface);
            border-color: var(--line); box-shadow: var(--shadow);
        }
        &.tile:hover:enabled { background: var(--hover); }
        &.tile[aria-pressed="true"], &.tile[aria-expanded="true"] {
            background: var(--accent-soft); color: var(--accent); border-color: var(--accent);
        }
        &[aria-disabled="true"] { opacity: .6; cursor: progress; }
        @media (forced-colors: active) {
            border-color: ButtonText;
            &:disabled { border-color: GrayText; color: GrayText; }
            &.tile[aria-pressed="true"], &.tile[aria-expanded="true"] {
                forced-color-adjust: none; background: ButtonText; color: ButtonFace;
            }
        }
        "#
    );
    let class = classes!(class, props.variant.class());
    let content = html! {
        <>
            if let Some(glyph) = props.glyph {
                <Icon {glyph} size={20} />
            }
            { props.children.clone() }
        </>
    };
    if let Some(href) = &props.href {
        return html! {
            <a
                {class}
                ref={&props.node_ref}
                {href}
                target="_blank"
                rel="noopener"
                title={props.title.clone()}
                aria-label={props.aria_label.clone()}
            >
                { content }
            </a>
        };
    }
    html! {
        <button
            {class}
            ref={&props.node_ref}
            type={match props.r#type { ButtonType::Button => "button", ButtonType::Submit => "submit" }}
            id={props.id.clone()}
            title={props.title.clone()}
            disabled={props.disabled}
            aria-disabled={props.busy.then_some("true")}
            data-test-id={props.test_id.clone()}
            aria-label={props.aria_label.clone()}
            aria-pressed={props.aria_pressed.map(aria_bool)}
            aria-expanded={props.aria_expanded.map(aria_bool)}
            aria-controls={props.aria_controls.clone()}
            aria-describedby={props.aria_describedby.clone()}
            onclick={props.onclick.clone()}
        >
            { content }
        </button>
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonRowProps {
    /// The [`Button`]s.
    pub children: Html,
}

/// A row of buttons at the same height that share its width.
#[styled_component]
pub fn ButtonRow(props: &ButtonRowProps) -> Html {
    let class = css!(
        r#"
        display: flex; flex: none; flex-wrap: wrap; justify-content: center; gap: clamp(8px, 3vw, 12px);

        & > button {
            flex: 1 1 auto; min-width: min(96px, 100%); max-width: 200px; min-height: 48px; padding: 0 clamp(8px, 3.5vw, 14px);
            border-radius: 24px; white-space: nowrap;
        }
        @media (max-width: 240px) { & > button { white-space: normal; } }
        "#
    );
    html! { <div {class}>{ props.children.clone() }</div> }
}
