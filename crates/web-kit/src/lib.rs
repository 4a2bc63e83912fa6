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

mod channel;
pub mod i18n;
mod icon;
pub mod locks;
mod menu;
pub mod theme;

pub use channel::{Channel, NoChannel};
pub use icon::{Glyph, Icon, IconProps, glyph};
pub use menu::{Menu, MenuItem, MenuItemProps, MenuItemRole, MenuPlacement, MenuProps};
