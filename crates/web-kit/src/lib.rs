//! Yew components and typed browser APIs that any page of this workspace can use.
//!
//! Nothing here knows of calls, of HubSpot, of the widget or of the simulator. The components take their colours from the
//! page that shows them, as CSS custom properties:
//!
//! | property | used for |
//! |---|---|
//! | `--accent` | the label of a menu button, the mark of a checked item |
//! | `--surface`, `--line`, `--lift` | background, border and shadow of a popup |
//! | `--hover` | background of what the pointer or the focus is on |
//! | `--on-idle` | text of a disabled item |

pub mod i18n;
mod icon;
mod menu;

pub use icon::{Glyph, Icon, IconProps, glyph};
pub use menu::{Menu, MenuItem, MenuItemProps, MenuItemRole, MenuPlacement, MenuProps};
