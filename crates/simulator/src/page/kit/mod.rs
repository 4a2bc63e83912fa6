//! Generic components: dialogs, switches and tabs. They do not depend on the rest of the simulator.

mod dialog;
mod icon_button;
mod media;
mod switch;
mod tabs;

pub use dialog::Dialog;
pub use icon_button::icon_button;
pub use media::use_narrower_than;
pub use switch::{amount, switch};
pub use tabs::{TabItem, Tabs};
