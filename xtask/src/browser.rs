//! Chromium and its driver, for the tests.

use crate::{error::Result, process, project};
use std::{path::PathBuf, process::Command};

pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// Finds both; where apt-get is, and may, installs them first.
pub fn ensure() -> Result<Browser> {
    if find().is_err()
        && let Some(install) = apt_get()
    {
        process::step("installing chromium and chromium-driver with apt-get", || {
            process::run_checked(&mut install("update"))?;
            process::run_checked(&mut install("chromium"))
        })?;
    }
    find()
}

/// Installs npm where apt-get is, and may. Elsewhere the one who needs it says that it is missing.
pub fn ensure_npm() -> Result<()> {
    if process::on_path("npm").is_empty()
        && let Some(install) = apt_get()
    {
        process::step("installing nodejs and npm with apt-get", || {
            process::run_checked(&mut install("update"))?;
            process::run_checked(&mut install("npm"))
        })?;
    }
    Ok(())
}

/// Renews the lists of packages where apt-get is, and may. Returns whether it was done.
pub fn update_packages() -> Result<bool> {
    match apt_get() {
        Some(install) => process::run(&mut install("update")).map(|status| status.success()),
        None => Ok(false),
    }
}

/// Whether packages can be installed with apt-get without asking for a password.
pub fn can_install() -> bool {
    apt_get().is_some()
}

/// Installs Debian's packages of these names, with apt-get.
pub fn install(packages: &[&str]) -> Result<()> {
    let Some(install) = apt_get() else { return Ok(()) };
    process::run_checked(&mut install("update"))?;
    process::run_checked(install("").args(packages))
}

/// What the browser is started with by `wasm-bindgen-test-runner`, as a file for it.
pub fn write_capabilities(browser: &Browser) -> Result<PathBuf> {
    let path = project::target().join("webdriver.json");
    process::write(&path, capabilities(&browser.chromium.to_string_lossy(), local_machine::is_root()).as_bytes())?;
    Ok(path)
}

fn find() -> Result<Browser> {
    Ok(Browser { chromium: local_machine::chromium(None)?, driver: local_machine::chromedriver(None)? })
}

/// Makes the commands that install with apt-get, when this user may run it without being asked for a password.
fn apt_get() -> Option<fn(&str) -> Command> {
    if process::on_path("apt-get").is_empty() {
        None
    } else if local_machine::is_root() {
        Some(|what| apt_get_command(process::command("apt-get"), what))
    } else if process::output(process::command("sudo").args(["-n", "true"])).is_some() {
        Some(|what| {
            let mut sudo = process::command("sudo");
            sudo.args(["-n", "apt-get"]);
            apt_get_command(sudo, what)
        })
    } else {
        None
    }
}

fn apt_get_command(mut command: Command, what: &str) -> Command {
    command.env("DEBIAN_FRONTEND", "noninteractive");
    match what {
        "update" => command.arg("update"),
        "npm" => command.args(["install", "--yes", "--no-install-recommends", "nodejs", "npm"]),
        "chromium" => command.args(["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"]),
        // The names follow.
        _ => command.args(["install", "--yes", "--no-install-recommends"]),
    };
    command
}

/// `headless` is added by the runner.
fn capabilities(chromium: &str, root: bool) -> String {
    let mut arguments = local_machine::CHROMIUM_FLAGS.to_vec();
    // Microphones and speakers that are not there, without asking; sound before the first click; connections within a page.
    arguments.extend([
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
        "--allow-loopback-in-peer-connection",
        "--mute-audio",
    ]);
    if root {
        // As root Chromium does not start with its sandbox.
        arguments.push("--no-sandbox");
    }
    let arguments: Vec<String> = arguments.into_iter().map(json_text).collect();
    let (chromium, arguments) = (json_text(chromium), arguments.join(", "));
    format!("{{\n  \"goog:chromeOptions\": {{\n    \"binary\": {chromium},\n    \"args\": [{arguments}]\n  }}\n}}\n")
}

fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_is_off_for_root_alone() {
        assert!(capabilities("/usr/bin/chromium", true).contains("\"--no-sandbox\""));
        assert!(!capabilities("/usr/bin/chromium", false).contains("no-sandbox"));
    }

    #[test]
    fn a_windows_path_stays_one_in_json() {
        assert!(
            capabilities(r"C:\Program Files\chrome.exe", false)
                .contains(r#""binary": "C:\\Program Files\\chrome.exe""#)
        );
    }
}
