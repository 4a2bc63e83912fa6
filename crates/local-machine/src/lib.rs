//! What `xtask` and `calling-simulator` need of the computer that they run on: the programs on PATH, browsers and their drivers,
//! free ports, and the user's browser.

mod browser;
mod driver;
mod port;
mod programs;
mod user;

pub use browser::{
    CHROMIUM_FLAGS, Missing, chromedriver, chromium, firefox, geckodriver, mini_browser, webkit_driver, xvfb,
};
pub use driver::{Driver, DriverError};
pub use port::{PortError, check_port};
pub use programs::{on_path, open_url};
pub use user::is_root;
