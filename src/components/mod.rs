//! The kit: what screens are made of.
//!
//! Props read like HTML, variants are enums, and every control says its name, role and state to assistive technology.
//! Nothing in here knows what a call is.

mod alert;
mod button;
mod dial_field;
mod dropdown;
mod edit;
mod icon;
mod keypad;
mod live_region;
mod screen;
mod text_field;

pub use alert::{Alert, AlertKind, AlertProps};
pub use button::{Button, ButtonProps, ButtonVariant};
pub use dial_field::{DialField, DialFieldHandle, DialFieldProps, use_dial_field};
pub use dropdown::{Dropdown, DropdownItem, DropdownItemProps, DropdownProps};
use edit::Edit;
pub use icon::{Glyph, Icon, IconProps};
pub use keypad::{Keypad, KeypadProps};
pub use live_region::{LiveRegion, LiveRegionProps};
pub use screen::{Focus, Screen, ScreenProps};
pub use text_field::{TextArea, TextAreaProps, TextField, TextFieldProps};

use yew::AttrValue;

/// `"true"` or `"false"`: the ARIA states want the words, while a bare boolean attribute would vanish when false.
fn aria_bool(value: bool) -> AttrValue {
    AttrValue::Static(if value { "true" } else { "false" })
}
