//! The kit: what screens are made of.
//!
//! Each is a struct with fields named like HTML attributes and a `view`: a Yew component of its own would cost a kilobyte. What is
//! open or typed is kept by whoever shows it. Variants are enums, every control says its name, role and
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
pub use dial_field::{DialField, DialFieldHandle};
pub use dropdown::{Dropdown, DropdownItem, is_button, is_outside, moved_focus};
pub use icon::{Glyph, icon};
pub use keypad::keypad;
pub use screen::{Focus, Screen, focus_on, move_focus_into};
pub use text_field::{TextArea, TextField};

use edit::Edit;
use yew::AttrValue;

/// `"true"` or `"false"`: the ARIA states want the words, while a bare boolean attribute would vanish when false.
fn aria_bool(value: bool) -> AttrValue {
    AttrValue::Static(if value { "true" } else { "false" })
}
