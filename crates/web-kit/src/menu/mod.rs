mod focus;
mod item;

use stylist::yew::styled_component;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, Node};
use yew::prelude::*;
use yew_hooks::prelude::use_click_away;

use self::focus::{Move, focus, focus_initial_item, move_focus};
pub use self::item::{MenuItem, MenuItemProps, MenuItemRole};
use crate::{Icon, glyph};

/// Where the popup of a [`Menu`] appears.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum MenuPlacement {
    /// Below the button, with the same left edge.
    #[default]
    BelowStart,
    /// Below the button, with the same right edge.
    BelowEnd,
    /// Above the button, in the middle of the nearest positioned ancestor.
    Above,
}

#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// Identifies the button.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The content of the button; a caret follows it.
    pub label: Html,
    /// The accessible name of the menu that opens.
    pub menu_label: AttrValue,
    /// The [`MenuItem`]s. Other content, such as `<hr />`, may stand between them.
    pub children: Html,
    /// Shown below the items in the same popup, for instance a form. The keys that move between items do nothing there.
    #[prop_or_default]
    pub footer: Html,
    #[prop_or_default]
    pub placement: MenuPlacement,
    /// Classes of the button. Without any, the button looks like a link.
    #[prop_or_default]
    pub button_class: Classes,
    #[prop_or_default]
    pub aria_describedby: Option<AttrValue>,
    /// The `data-test-id` of the button.
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// What the items of an open menu need from it.
#[derive(Clone, PartialEq)]
struct MenuContext {
    /// Closes the menu and moves the focus back to its button.
    close: Callback<()>,
}

/// A button that opens a menu.
///
/// A click, the up arrow or the down arrow opens it, and the focus moves to the checked [`MenuItemRole::Radio`] item, else to
/// the first item that is enabled. The up and down arrows, Home and End move the focus between the items. Escape closes the menu
/// and moves the focus back to the button. The menu also closes when the pointer is pressed or the focus moves outside of it.
///
/// ```
/// use web_kit::{Icon, Menu, MenuItem, MenuItemRole, glyph};
/// use yew::prelude::*;
///
/// #[component]
/// fn View() -> Html {
///     let is_wide = use_state(|| false);
///     let choice = |label: &'static str, value: bool| {
///         let (checked, is_wide) = (*is_wide == value, is_wide.clone());
///         let onclick = move |_| is_wide.set(value);
///         html! { <MenuItem role={MenuItemRole::Radio} {checked} {onclick}>{ label }</MenuItem> }
///     };
///     html! {
///         <Menu label="View" menu_label="How the page is shown">
///             { choice("Narrow", false) }
///             { choice("Wide", true) }
///             <hr />
///             <MenuItem leading={html! { <Icon glyph={glyph::RELOAD} /> }}>{ "Reload" }</MenuItem>
///         </Menu>
///     }
/// }
/// ```
#[styled_component]
pub fn Menu(props: &MenuProps) -> Html {
    let class = css!(
        r#"
        position: relative;

        &[data-placement="above"] { position: static; }
        & > .plain {
            display: inline-flex; align-items: center; gap: 6px; min-height: 44px; padding: 0 8px; border-radius: 8px;
            font-weight: 600; color: var(--accent);
        }
        & > .plain:hover, & > .plain[aria-expanded="true"] { background: var(--hover); }
        & > .popup {
            position: absolute; top: calc(100% + 4px); left: 0; z-index: 30; width: max-content; min-width: 100%;
            max-width: min(360px, calc(100vw - 16px)); max-height: max(160px, calc(100vh - 96px)); padding: 6px;
            overflow: auto; scrollbar-width: thin; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--text);
            box-shadow: var(--lift); animation: appear .12s ease-out;
        }
        &[data-placement="below-end"] > .popup { left: auto; right: 0; }
        &[data-placement="above"] > .popup {
            top: auto; right: 0; bottom: calc(100% + 4px); min-width: 0; max-width: 100%; max-height: max(160px, 55vh);
            margin: 0 auto;
        }
        @keyframes appear { from { opacity: 0; transform: translateY(-4px); } }
        "#
    );
    let open = use_state_eq(|| false);
    let root = use_node_ref();
    let button = use_node_ref();
    let menu = use_node_ref();

    let close = {
        let (open, button) = (open.setter(), button.clone());
        use_callback((), move |(), ()| {
            open.set(false);
            focus(button.cast());
        })
    };
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    {
        let open = open.setter();
        use_click_away(root.clone(), move |_| open.set(false));
    }
    {
        let menu = menu.clone();
        use_effect_with(*open, move |is_open| {
            if *is_open {
                focus_initial_item(&menu);
            }
        });
    }
    let onfocusout = {
        let (open, root) = (open.setter(), root.clone());
        move |event: FocusEvent| {
            // Without a target the whole page has lost the focus: the user may come back to the menu.
            if event.related_target().is_some_and(|target| !contains(&root, target)) {
                open.set(false);
            }
        }
    };
    let onkeydown = {
        let (open, button, menu, close) = (open.clone(), button.clone(), menu.clone(), close.clone());
        move |event: KeyboardEvent| {
            let is_handled = match (event.key().as_str(), *open) {
                ("Escape", true) => {
                    close.emit(());
                    true
                }
                ("ArrowDown" | "ArrowUp", false) => {
                    open.set(true);
                    true
                }
                (key, true) => Move::from_key(key).is_some_and(|step| move_focus(&menu, &button, step)),
                _ => false,
            };
            if is_handled {
                event.prevent_default();
            }
        }
    };

    let placement = match props.placement {
        MenuPlacement::BelowStart => None,
        MenuPlacement::BelowEnd => Some("below-end"),
        MenuPlacement::Above => Some("above"),
    };
    let button_class = if props.button_class.is_empty() { classes!("plain") } else { props.button_class.clone() };
    html! {
        <div {class} data-placement={placement} ref={root} {onkeydown} {onfocusout}>
            <button
                ref={button}
                type="button"
                id={props.id.clone()}
                class={button_class}
                aria-haspopup="menu"
                aria-expanded={aria_bool(*open)}
                aria-describedby={props.aria_describedby.clone()}
                data-test-id={props.test_id.clone()}
                onclick={toggle}
            >
                { props.label.clone() }
                <Icon glyph={glyph::CARET} size={16} />
            </button>
            if *open {
                <div class="popup">
                    <div ref={menu} role="menu" aria-label={&props.menu_label}>
                        <ContextProvider<MenuContext> context={MenuContext { close }}>
                            { props.children.clone() }
                        </ContextProvider<MenuContext>>
                    </div>
                    { props.footer.clone() }
                </div>
            }
        </div>
    }
}

fn contains(root: &NodeRef, target: EventTarget) -> bool {
    root.get().is_some_and(|root| root.contains(target.dyn_ref::<Node>()))
}

fn aria_bool(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
