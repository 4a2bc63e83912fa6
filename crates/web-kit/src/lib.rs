//! Yew components and typed browser APIs that any page of this workspace can use.
//!
//! Nothing here knows of calls, of HubSpot, of the widget or of the simulator. The components take their colours from the
//! page that shows them, as CSS custom properties:
//!
//! | property | used for |
//! |---|---|
//! | `--accent` | the label of a menu button, the mark of a checked item |
//! | `--surface`, `--text`, `--line`, `--lift` | background, text, border and shadow of a popup |
//! | `--hover` | background of what the pointer or the focus is on |
//! | `--on-idle` | text of a disabled item |

#[cfg(feature = "browser")]
mod adopted_styles;
#[cfg(feature = "browser")]
mod channel;
pub mod i18n;
#[cfg(feature = "browser")]
mod icon;
#[cfg(feature = "browser")]
pub mod json;
#[cfg(feature = "browser")]
pub mod locks;
#[cfg(feature = "browser")]
mod menu;
pub mod theme;

#[cfg(feature = "browser")]
pub use self::{
    adopted_styles::{AdoptedStyles, AdoptedStylesProps},
    channel::{Channel, NoChannel},
    icon::{Glyph, Icon, IconProps, glyph},
    menu::{Menu, MenuItem, MenuItemProps, MenuItemRole, MenuPlacement, MenuProps},
};
