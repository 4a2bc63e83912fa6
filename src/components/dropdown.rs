use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;
use yew_hooks::prelude::use_click_away;

use super::{Glyph, aria_bool, icon};

/// Closes the dropdown that an item is in.
pub type Close = Callback<()>;

#[derive(Properties, PartialEq)]
pub struct DropdownProps {
    pub id: &'static str,
    /// What the button shows; a caret follows it.
    pub label: Html,
    /// The name of the menu that opens.
    pub menu_label: &'static str,
    /// The [`DropdownItem`]s; they get the means to close the menu.
    pub items: Callback<Close, Html>,
    /// Shown below the items, in the same popup: a form, for instance.
    #[prop_or_default]
    pub footer: Html,
    /// Opens above the button, in the middle of the nearest positioned element.
    #[prop_or_default]
    pub upwards: bool,
    #[prop_or_default]
    pub aria_describedby: Option<&'static str>,
    pub test_id: &'static str,
}

/// A button that opens a menu. Arrow keys, Home and End move in it, Escape closes it and gives the focus back, a click or
/// the focus elsewhere closes it.
#[component]
pub fn Dropdown(props: &DropdownProps) -> Html {
    let class = "dropdown";
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
    html! {
        <div class={classes!(class, props.upwards.then_some("upwards"))} ref={&root} {onkeydown} {onfocusout}>
            <button
                type="button"
                id={props.id}
                data-test-id={props.test_id}
                aria-haspopup="menu"
                aria-expanded={aria_bool(*open)}
                aria-describedby={props.aria_describedby}
                onclick={toggle}
            >
                { props.label.clone() }
                { icon(Glyph::Caret, "16") }
            </button>
            if *open {
                <div class="popup">
                    <div role="menu" aria-label={props.menu_label}>{ props.items.emit(close) }</div>
                    { props.footer.clone() }
                </div>
            }
        </div>
    }
}

/// One line of a [`Dropdown`].
#[derive(Default)]
pub struct DropdownItem {
    pub children: Html,
    /// Makes it one of several choices: whether it is the chosen one.
    pub checked: Option<bool>,
    /// Makes it open and close what is below the menu.
    pub expanded: Option<bool>,
    pub disabled: bool,
    pub onclick: Callback<MouseEvent>,
    pub test_id: &'static str,
}

impl DropdownItem {
    /// Draws it.
    pub fn view(self) -> Html {
        let class = "dropdown-item";
        html! {
            <button
                {class}
                type="button"
                role={if self.checked.is_some() { "menuitemradio" } else { "menuitem" }}
                tabindex="-1"
                disabled={self.disabled}
                aria-checked={self.checked.map(aria_bool)}
                aria-expanded={self.expanded.map(aria_bool)}
                data-test-id={self.test_id}
                onclick={self.onclick}
            >
                { self.children }
                if let Some(checked) = self.checked {
                    <span class="mark">{ checked.then(|| icon(Glyph::Check, "18")) }</span>
                }
            </button>
        }
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
