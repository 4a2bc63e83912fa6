//! The focus in an open menu.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::NodeRef;

/// A movement of the focus between the items.
#[derive(Clone, Copy)]
pub enum Move {
    Next,
    Previous,
    First,
    Last,
}

impl Move {
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }
}

/// The enabled items, in their order on the page.
fn enabled_items(menu: &NodeRef) -> Vec<HtmlElement> {
    let Some(menu) = menu.cast::<HtmlElement>() else { return Vec::new() };
    let Ok(items) = menu.query_selector_all("[role^=menuitem]:enabled") else { return Vec::new() };
    (0..items.length()).filter_map(|index| items.get(index)?.dyn_into().ok()).collect()
}

/// Moves the focus to the checked choice, else to the first enabled item.
pub fn focus_initial_item(menu: &NodeRef) {
    let items = enabled_items(menu);
    let is_chosen = |item: &&HtmlElement| item.matches("[role=menuitemradio][aria-checked=true]").unwrap_or(false);
    focus(items.iter().find(is_chosen).or(items.first()).cloned());
}

/// Moves the focus from an item, or from the menu's button, to another item. False when the focus is elsewhere, for instance in
/// the footer, or when no item is enabled.
pub fn move_focus(menu: &NodeRef, button: &NodeRef, step: Move) -> bool {
    let items = enabled_items(menu);
    let Some(last) = items.len().checked_sub(1) else { return false };
    let Some(focused) = gloo::utils::document().active_element() else { return false };
    let index = match items.iter().position(|item| **item == focused) {
        Some(index) => match step {
            Move::Next if index < last => index + 1,
            Move::Previous if index > 0 => index - 1,
            Move::Next | Move::First => 0,
            Move::Previous | Move::Last => last,
        },
        None if button.get().as_ref() == Some(focused.as_ref()) => match step {
            Move::Next | Move::First => 0,
            Move::Previous | Move::Last => last,
        },
        None => return false,
    };
    focus(items.get(index).cloned())
}

/// False when the element is absent or cannot have the focus.
pub fn focus(element: Option<HtmlElement>) -> bool {
    element.is_some_and(|element| element.focus().is_ok())
}
