//! What `xtask` and `calling-simulator` need of the computer that they run on: the programs on PATH, Chromium and its driver,
//! free ports, and the user's browser.

mod browser;
mod driver;
mod port;
mod programs;
mod user;

pub use browser::{CHROMIUM_FLAGS, Missing, chromedriver, chromium};
pub use driver::{Driver, DriverError};
pub use port::{PortError, check_port};
pub use programs::{on_path, open_url};
pub use user::is_root;
