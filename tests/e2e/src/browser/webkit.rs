//! WebKitGTK, with WebKitWebDriver, on a display without a screen. It has no console that a test could read, no preferences that it could
//! set, and no scripts before a page.

use super::{LANGUAGE, Start, through_proxy};
use local_machine::Driver;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use thirtyfour::Capabilities;

/// A running Xvfb. It is killed when this is dropped.
pub struct Display {
    process: Child,
    number: String,
}

impl Display {
    /// Starts it with the first free number.
    pub fn start() -> Self {
        let program = local_machine::xvfb().unwrap_or_else(|missing| panic!("{missing}"));
        let mut process = Command::new(program)
            .args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        let output = process.stdout.take().expect("Xvfb has an output");
        BufReader::new(output).read_line(&mut number).expect("Xvfb prints the number of the display");
        Self { process, number: format!(":{}", number.trim()) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Errors say that it has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the driver.
pub fn driver(start: &Start<'_>, display: &Display) -> Driver {
    let program = local_machine::webkit_driver().unwrap_or_else(|missing| panic!("{missing}"));
    let command = || {
        let mut command = Command::new(&program);
        let home = ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"];
        command.envs(home.map(|variable| (variable, start.folder)));
        // In a container the sandbox does not start; the pages are our own.
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        command.env("DISPLAY", &display.number).env("LIBGL_ALWAYS_SOFTWARE", "1").env("GDK_BACKEND", "x11");
        command.env("LANG", "C.UTF-8").env("LANGUAGE", LANGUAGE.replace('-', "_"));
        command
    };
    Driver::start_on_free_port(command).unwrap_or_else(|error| panic!("{error}"))
}

/// How the driver starts the browser.
pub fn capabilities(start: &Start<'_>) -> Capabilities {
    let binary = local_machine::mini_browser().unwrap_or_else(|missing| panic!("{missing}"));
    let mut capabilities = Capabilities::new();
    let options = json!({
        "binary": binary,
        "args": ["--automation", "--geometry=1000x900"],
    });
    for (name, value) in [("browserName", json!("MiniBrowser")), ("webkitgtk:browserOptions", options)] {
        capabilities.set(name, value).expect("a capability");
    }
    through_proxy(&mut capabilities, start);
    capabilities
}
