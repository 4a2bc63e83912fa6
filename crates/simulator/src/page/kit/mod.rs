//! Generic components: menus, dialogs, switches, tabs and icons. They do not depend on the rest of the simulator.

mod dialog;
mod icon;
mod icon_button;
mod media;
mod menu;
mod switch;
mod tabs;

pub use dialog::Dialog;
pub use icon::{Icon, icon};
pub use icon_button::icon_button;
pub use media::use_narrower_than;
pub use menu::{Menu, MenuItem};
pub use switch::{amount, switch};
pub use tabs::{TabItem, Tabs};
