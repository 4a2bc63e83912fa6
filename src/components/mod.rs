//! The kit: what screens are made of.
//!
//! Most of it is a struct with fields named like HTML attributes and a `view`: a Yew component of its own costs a kilobyte, and
//! is worth it only for what keeps a state and renders by itself. Variants are enums, every control says its name, role and
//! state to assistive technology, and nothing in here knows what a call is.

mod alert;
mod button;
mod dial_field;
mod dropdown;
mod edit;
mod icon;
mod keypad;
mod screen;
mod text_field;

pub use alert::Alert;
pub use button::{Button, ButtonVariant};
pub use dial_field::{DialField, DialFieldHandle, use_dial_field};
pub use dropdown::{Close, Dropdown, DropdownItem, DropdownProps};
pub use icon::{Glyph, icon};
pub use keypad::keypad;
pub use screen::{Focus, Screen, move_focus_into};
pub use text_field::{TextArea, TextField};

use edit::Edit;
use yew::AttrValue;

/// `"true"` or `"false"`: the ARIA states want the words, while a bare boolean attribute would vanish when false.
fn aria_bool(value: bool) -> AttrValue {
    AttrValue::Static(if value { "true" } else { "false" })
}
