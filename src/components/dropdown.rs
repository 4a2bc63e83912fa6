use std::rc::Rc;

use stylist::yew::styled_component;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;
use yew_hooks::prelude::use_click_away;

use super::{Glyph, Icon, aria_bool};

#[derive(Properties, PartialEq)]
pub struct DropdownProps {
    pub id: AttrValue,
    /// What the button shows; a caret follows it.
    pub label: Html,
    /// The name of the menu that opens.
    pub menu_label: AttrValue,
    /// The [`DropdownItem`]s.
    pub children: Html,
    /// Shown below the items, in the same popup: a form, for instance.
    #[prop_or_default]
    pub footer: Html,
    /// Opens above the button.
    #[prop_or_default]
    pub upwards: bool,
    /// Lies in the middle of the nearest positioned element, not under the button.
    #[prop_or_default]
    pub centered: bool,
    #[prop_or_default]
    pub aria_describedby: Option<AttrValue>,
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// What the items of an open dropdown may do to it.
#[derive(Clone, PartialEq)]
struct Close(Callback<()>);

/// A button that opens a menu. Arrow keys, Home and End move in it, Escape closes it and gives the focus back, a click or
/// the focus elsewhere closes it.
#[styled_component]
pub fn Dropdown(props: &DropdownProps) -> Html {
    let class = css!(
        r#"
        position: relative;

        > button {
            display: inline-flex; align-items: center; gap: 6px; min-height: 44px; padding: 0 8px; border-radius: 8px;
            font-weight: 600; color: var(--accent);
        }
        > button:hover, > button[aria-expanded="true"] { background: var(--hover); }
        .popup {
            position: absolute; top: calc(100% + 4px); left: 0; z-index: 1; width: max-content; max-width: calc(100vw - 24px);
            padding: 6px; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); box-shadow: var(--lift);
            animation: appear .12s ease-out;
        }
        .popup.upwards { top: auto; bottom: calc(100% + 4px); }
        &.centered { position: static; }
        &.centered .popup { right: 0; max-width: 100%; margin: 0 auto; }
        @keyframes appear { from { opacity: 0; transform: translateY(-4px); } }
        "#
    );
    let open = use_state_eq(|| false);
    let root = use_node_ref();
    let close = {
        let (open, root) = (open.clone(), root.clone());
        use_callback((), move |(), ()| {
            open.set(false);
            focus(&root, "button");
        })
    };
    {
        let open = open.clone();
        use_click_away(root.clone(), move |_| open.set(false));
    }
    {
        let root = root.clone();
        use_effect_with(*open, move |open| {
            if *open && !focus(&root, "[role^=menuitem][aria-checked=true]:enabled") {
                focus(&root, "[role^=menuitem]:enabled");
            }
        });
    }
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let onkeydown = {
        let (open, root, close) = (open.clone(), root.clone(), close.clone());
        move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "Escape" if *open => return close.emit(()),
                "ArrowDown" => Step::Next,
                "ArrowUp" => Step::Previous,
                "Home" => Step::First,
                "End" => Step::Last,
                _ => return,
            };
            if !*open {
                if matches!(step, Step::Next | Step::Previous) {
                    event.prevent_default();
                    open.set(true);
                }
            } else if move_focus(&root, step) {
                event.prevent_default();
            }
        }
    };
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            if to.is_some_and(|to| root.get().is_some_and(|root| !root.contains(Some(&to)))) {
                open.set(false);
            }
        }
    };
    let menu_id = AttrValue::from(format!("{}-menu", props.id));
    html! {
        <div class={classes!(class, props.centered.then_some("centered"))} ref={&root} {onkeydown} {onfocusout}>
            <button
                type="button"
                id={&props.id}
                data-test-id={props.test_id.clone()}
                aria-haspopup="menu"
                aria-expanded={aria_bool(*open)}
                aria-controls={open.then(|| menu_id.clone())}
                aria-describedby={props.aria_describedby.clone()}
                onclick={toggle}
            >
                { props.label.clone() }
                <Icon glyph={Glyph::Caret} size={16} />
            </button>
            if *open {
                <div
                    class={classes!("popup", props.upwards.then_some("upwards"))}
                >
                    <div role="menu" id={menu_id} aria-label={&props.menu_label}>
                        <ContextProvider<Rc<Close>> context={Rc::new(Close(close))}>
                            { props.children.clone() }
                        </ContextProvider<Rc<Close>>>
                    </div>
                    { props.footer.clone() }
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct DropdownItemProps {
    pub children: Html,
    /// Makes it one of several choices: whether it is the chosen one.
    #[prop_or_default]
    pub checked: Option<bool>,
    /// Makes it open and close what is below the menu.
    #[prop_or_default]
    pub expanded: Option<bool>,
    #[prop_or_default]
    pub disabled: bool,
    /// The menu stays open after a click.
    #[prop_or_default]
    pub stays: bool,
    pub on_select: Callback<()>,
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// One line of a [`Dropdown`].
#[styled_component]
pub fn DropdownItem(props: &DropdownItemProps) -> Html {
    let class = css!(
        r#"
        display: flex; align-items: center; gap: 10px; width: 100%; min-height: 44px; padding: 0 12px; border-radius: 9px;
        text-align: start;

        &:hover:enabled, &:focus-visible { background: var(--hover); }
        &:focus-visible { outline-offset: -2px; }
        &:disabled { color: var(--on-idle); }
        .mark { display: flex; flex: none; width: 18px; margin-inline-start: auto; color: var(--accent); }
        @media (forced-colors: active) { &:disabled { color: GrayText; } }
        "#
    );
    let close = use_context::<Rc<Close>>();
    let onclick = {
        let (on_select, stays) = (props.on_select.clone(), props.stays);
        move |_| {
            if let (false, Some(close)) = (stays, &close) {
                close.0.emit(());
            }
            on_select.emit(());
        }
    };
    html! {
        <button
            {class}
            type="button"
            role={if props.checked.is_some() { "menuitemradio" } else { "menuitem" }}
            tabindex="-1"
            disabled={props.disabled}
            aria-checked={props.checked.map(aria_bool)}
            aria-expanded={props.expanded.map(aria_bool)}
            data-test-id={props.test_id.clone()}
            {onclick}
        >
            { props.children.clone() }
            if let Some(checked) = props.checked {
                <span class="mark">
                    if checked {
                        <Icon glyph={Glyph::Check} size={18} />
                    }
                </span>
            }
        </button>
    }
}

#[derive(Clone, Copy)]
enum Step {
    Next,
    Previous,
    First,
    Last,
}

/// Moves the focus between the items that can be used; false when it is on none of them, in the footer for instance.
fn move_focus(root: &NodeRef, step: Step) -> bool {
    let Some(root) = root.cast::<HtmlElement>() else { return false };
    let Ok(items) = root.query_selector_all("[role^=menuitem]:enabled") else { return false };
    let items: Vec<HtmlElement> =
        (0..items.length()).filter_map(|at| items.get(at)?.dyn_into::<HtmlElement>().ok()).collect();
    let at = items.iter().position(|item| item.matches(":focus").unwrap_or(false));
    let count = items.len();
    let to = match (at, step) {
        (Some(at), Step::Next) => (at + 1) % count,
        (Some(at), Step::Previous) => (at + count - 1) % count,
        (Some(_), Step::First) => 0,
        (Some(_), Step::Last) => count - 1,
        (None, _) => return false,
    };
    items.get(to).is_some_and(|item| item.focus().is_ok())
}

fn focus(root: &NodeRef, selector: &str) -> bool {
    root.cast::<HtmlElement>()
        .and_then(|root| root.query_selector(selector).ok().flatten())
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}
