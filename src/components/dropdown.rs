use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};
use yew::prelude::*;

use super::{Glyph, aria_bool, icon};

pub const ITEMS: &str = "[role^=menuitem]:enabled";

/// A button that opens a menu. Whoever shows it keeps which one is open, moves the focus into it, and asks on every key and every
/// click [`moved_focus`] and [`is_outside`] what they mean.
pub struct Dropdown {
    pub id: &'static str,
    /// What the button shows; a caret follows it.
    pub label: Html,
    /// The name of the menu that opens.
    pub menu_label: &'static str,
    /// The [`DropdownItem`]s; absent while the menu is closed.
    pub items: Option<Html>,
    /// Shown below the items, in the same popup: a form, for instance.
    pub footer: Html,
    /// Opens above the button, in the middle of the nearest positioned element.
    pub upwards: bool,
    pub aria_describedby: Option<&'static str>,
    pub test_id: &'static str,
    /// Opens the menu, or closes it.
    pub on_toggle: Callback<MouseEvent>,
}

impl Dropdown {
    /// Draws it.
    pub fn view(self) -> Html {
        html! {
            <div class="dropdown" data-upwards={self.upwards.then_some("")}>
                <button
                    type="button"
                    id={self.id}
                    data-test-id={self.test_id}
                    aria-haspopup="menu"
                    aria-expanded={aria_bool(self.items.is_some())}
                    aria-describedby={self.aria_describedby}
                    onclick={self.on_toggle}
                >
                    { self.label }
                    { icon(Glyph::Caret, "16") }
                </button>
                if let Some(items) = self.items {
                    <div class="popup">
                        <div role="menu" aria-label={self.menu_label}>{ items }</div>
                        { self.footer }
                    </div>
                }
            </div>
        }
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

/// Whether this is an element beside every dropdown: a click on it, or the focus there, closes the open one.
pub fn is_outside(target: Option<EventTarget>) -> bool {
    target
        .is_some_and(|target| target.unchecked_ref::<Element>().closest(".dropdown").is_ok_and(|found| found.is_none()))
}

/// Whether this is the button of a dropdown.
pub fn is_button(target: Option<EventTarget>) -> bool {
    target.is_some_and(|target| target.unchecked_ref::<Element>().matches(".dropdown > button").is_ok_and(|is| is))
}

/// Moves the focus between the items that can be used, by the arrow keys, Home and End; false when it is on none of them, in the
/// footer for instance, or when the key is for something else.
pub fn moved_focus(key: &str) -> bool {
    let document = gloo::utils::document();
    let (Ok(items), Some(focused)) = (document.query_selector_all(ITEMS), document.active_element()) else {
        return false;
    };
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
