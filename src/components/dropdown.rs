use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, Node};
use yew::prelude::*;
use yew_hooks::prelude::use_event_with_window;

use super::{Glyph, aria_bool, icon};

/// Closes the dropdown that an item is in.
pub type Close = Callback<()>;

#[derive(Properties)]
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

impl PartialEq for DropdownProps {
    /// Whoever shows it has something new to show: what is in it is compared when it is drawn.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// A button that opens a menu. Arrow keys, Home and End move in it, Escape closes it and gives the focus back, a click or
/// the focus elsewhere closes it.
#[component]
pub fn Dropdown(props: &DropdownProps) -> Html {
    let open = use_state_eq(bool::default);
    let root = use_node_ref();
    let is_open = *open;
    {
        let root = root.clone();
        use_effect_with(is_open, move |is_open| {
            if *is_open && !focus(&root, "[role^=menuitem][aria-checked=true]:enabled") {
                focus(&root, "[role^=menuitem]:enabled");
            }
        });
    }
    {
        let (open, root) = (open.setter(), root.clone());
        use_event_with_window("pointerdown", move |event: Event| leave(&open, &root, event.target()));
    }
    let onfocusout = {
        let (open, root) = (open.setter(), root.clone());
        move |event: FocusEvent| leave(&open, &root, event.related_target())
    };
    let close = {
        let (open, root) = (open.setter(), root.clone());
        Callback::from(move |()| {
            open.set(false);
            focus(&root, "button");
        })
    };
    let toggle = {
        let open = open.setter();
        move |_| open.set(!is_open)
    };
    let onkeydown = {
        let (open, root, close) = (open.setter(), root.clone(), close.clone());
        move |event: KeyboardEvent| {
            let key = event.key();
            if is_open && key == "Escape" {
                close.emit(());
            } else if is_open && move_focus(&root, &key) {
                event.prevent_default();
            } else if !is_open && (key == "ArrowDown" || key == "ArrowUp") {
                event.prevent_default();
                open.set(true);
            }
        }
    };
    html! {
        <div class="dropdown" data-upwards={props.upwards.then_some("")} ref={&root} {onkeydown} {onfocusout}>
            <button
                type="button"
                id={props.id}
                data-test-id={props.test_id}
                aria-haspopup="menu"
                aria-expanded={aria_bool(is_open)}
                aria-describedby={props.aria_describedby}
                onclick={toggle}
            >
                { props.label.clone() }
                { icon(Glyph::Caret, "16") }
            </button>
            if is_open {
                <div class="popup">
                    <div role="menu" aria-label={props.menu_label}>{ props.items.emit(close) }</div>
                    { props.footer.clone() }
                </div>
            }
        </div>
    }
}

/// One line of a [`Dropdown`].
#[derive(Clone, Copy)]
pub struct DropdownItem {
    /// `"menuitem"`; `"menuitemradio"` for one of several choices, `"menuitemcheckbox"` for a switch.
    pub role: &'static str,
    /// Whether it is chosen, or on.
    pub checked: Option<bool>,
    /// Makes it open and close what is below the menu.
    pub expanded: Option<bool>,
    pub disabled: bool,
    pub test_id: &'static str,
}

impl DropdownItem {
    /// Nothing but an item.
    pub const PLAIN: Self = Self { role: "menuitem", checked: None, expanded: None, disabled: false, test_id: "" };

    /// Draws it, with what it holds.
    pub fn view(&self, children: Html, onclick: Callback<MouseEvent>) -> Html {
        html! {
            <button
                class="dropdown-item"
                type="button"
                role={self.role}
                tabindex="-1"
                disabled={self.disabled}
                aria-checked={self.checked.map(aria_bool)}
                aria-expanded={self.expanded.map(aria_bool)}
                data-test-id={self.test_id}
                {onclick}
            >
                { children }
                if let Some(checked) = self.checked {
                    <span class="mark">{ checked.then(|| icon(Glyph::Check, "18")) }</span>
                }
            </button>
        }
    }
}

/// Closes when somebody has gone to what is outside.
fn leave(open: &UseStateSetter<bool>, root: &NodeRef, to: Option<EventTarget>) {
    if let (Some(root), Some(to)) = (root.get(), to)
        && !root.contains(to.dyn_ref::<Node>())
    {
        open.set(false);
    }
}

/// Moves the focus between the items that can be used; false when it is on none of them, in the footer for instance, or when the
/// key is for something else.
fn move_focus(root: &NodeRef, key: &str) -> bool {
    let items = root.cast::<Element>().and_then(|root| root.query_selector_all("[role^=menuitem]:enabled").ok());
    let (Some(items), Some(focused)) = (items, gloo::utils::document().active_element()) else { return false };
    let count = items.length();
    let Some(at) = (0..count).find(|at| items.get(*at).as_ref() == Some(focused.as_ref())) else { return false };
    let to = match key {
        "ArrowDown" => (at + 1) % count,
        "ArrowUp" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return false,
    };
    items.get(to).is_some_and(|item| item.unchecked_into::<HtmlElement>().focus().is_ok())
}

fn focus(root: &NodeRef, selector: &str) -> bool {
    root.cast::<Element>()
        .and_then(|root| root.query_selector(selector).ok().flatten())
        .is_some_and(|element| element.unchecked_into::<HtmlElement>().focus().is_ok())
}
