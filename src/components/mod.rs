//! The components that screens are made of. They know nothing of calls.
//!
//! Props are named like HTML attributes and variants are enums. Each component has its styles beside its markup, takes its
//! colours from the tokens in `src/theme/tokens.css`, and gives assistive technology its name, role and state. Menus and icons
//! are shared with other pages: see the crate `web-kit`.

mod alert;
mod button;
mod dial_field;
mod dial_pad;
mod edit;
mod screen_layout;
mod text_field;

pub use alert::{Alert, AlertKind, AlertProps};
pub use button::{Button, ButtonProps, ButtonRow, ButtonRowProps, ButtonType, ButtonVariant};
pub use dial_field::{DialField, DialFieldHandle, DialFieldProps, Normalize, use_dial_field};
pub use dial_pad::{DialPad, DialPadProps};
pub use screen_layout::{Focus, Portrait, ScreenLayout, ScreenLayoutProps, ScreenRef};
pub use text_field::{TextArea, TextAreaProps, TextField, TextFieldProps};
pub use web_kit::{Glyph, Icon, Menu, MenuItem, MenuItemRole, MenuPlacement, glyph};

use edit::Edit;
use web_sys::HtmlElement;
use yew::{AttrValue, NodeRef};

/// `"true"` or `"false"`: ARIA states want the words, while a bare boolean attribute would vanish when false.
fn aria_bool(value: bool) -> AttrValue {
    AttrValue::Static(if value { "true" } else { "false" })
}

/// Moves the focus to an element. Nothing happens where it is not there or refuses the focus.
pub fn focus(element: &NodeRef) {
    if let Some(element) = element.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}
