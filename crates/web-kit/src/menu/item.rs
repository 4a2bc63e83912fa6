use stylist::yew::styled_component;
use yew::prelude::*;

use super::{MenuContext, aria_bool};
use crate::{Icon, glyph};

/// The kind of a [`MenuItem`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum MenuItemRole {
    /// A command.
    #[default]
    Item,
    /// One of several choices that exclude each other.
    Radio,
    /// A switch that is on or off.
    Checkbox,
}

#[derive(Properties, PartialEq)]
pub struct MenuItemProps {
    pub children: Html,
    #[prop_or_default]
    pub role: MenuItemRole,
    /// Whether the item is chosen or on. Without effect for [`MenuItemRole::Item`].
    #[prop_or_default]
    pub checked: bool,
    /// For an item that shows and hides something, for instance the menu's footer: whether it is shown.
    #[prop_or_default]
    pub expanded: Option<bool>,
    #[prop_or_default]
    pub disabled: bool,
    /// Shown before the content, for instance an [`Icon`].
    #[prop_or_default]
    pub leading: Html,
    /// Whether a click closes the menu. The focus is back on the menu's button before `onclick` is called.
    #[prop_or(true)]
    pub closes: bool,
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// An item of a [`Menu`](super::Menu). It must be rendered inside of one.
#[styled_component]
pub fn MenuItem(props: &MenuItemProps) -> Html {
    let class = css!(
        r#"
        display: flex; align-items: center; gap: 10px; width: 100%; min-height: 44px; padding: 0 12px; border-radius: 9px;
        text-align: start;

        &:hover:enabled, &:focus-visible { background: var(--hover); }
        &:focus-visible { outline-offset: -2px; }
        &:disabled { color: var(--on-idle); }
        .mark { display: flex; flex: none; width: 18px; margin-inline-start: auto; color: var(--accent); }
        @media (max-width: 160px) {
            display: block; padding: 8px 4px;
            .mark { display: inline-flex; vertical-align: middle; }
        }
        @media (forced-colors: active) { &:disabled { color: GrayText; } }
        "#
    );
    let context = use_context::<MenuContext>();
    let onclick = {
        let (closes, onclick) = (props.closes, props.onclick.clone());
        move |event| {
            if let (true, Some(context)) = (closes, &context) {
                context.close.emit(());
            }
            onclick.emit(event);
        }
    };
    let (role, checked) = match props.role {
        MenuItemRole::Item => ("menuitem", None),
        MenuItemRole::Radio => ("menuitemradio", Some(props.checked)),
        MenuItemRole::Checkbox => ("menuitemcheckbox", Some(props.checked)),
    };
    html! {
        <button
            {class}
            type="button"
            {role}
            tabindex="-1"
            disabled={props.disabled}
            aria-checked={checked.map(aria_bool)}
            aria-expanded={props.expanded.map(aria_bool)}
            data-test-id={props.test_id.clone()}
            {onclick}
        >
            { props.leading.clone() }
            { props.children.clone() }
            if let Some(checked) = checked {
                <span class="mark">
                    if checked {
                        <Icon glyph={glyph::CHECK} size={18} />
                    }
                </span>
            }
        </button>
    }
}
