//! Which widget the simulator offers by default: its name and its port, from the files of the app beside it.
//!
//! Sets `WIDGET_NAME` and `WIDGET_PORT` for the compilation. Without such an app, or a port in its `Trunk.toml`, they stay unset.

use std::{fs, path::Path};

/// The app's page and its trunk configuration, in the root of the workspace.
const PAGE: &str = "../../index.html";
const CONFIG: &str = "../../Trunk.toml";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for file in [PAGE, CONFIG] {
        // Cargo would run this again each time for a file that does not exist.
        if Path::new(file).exists() {
            println!("cargo::rerun-if-changed={file}");
        }
    }
    if let Some(name) = fs::read_to_string(PAGE).ok().as_deref().and_then(title) {
        println!("cargo::rustc-env=WIDGET_NAME={name}");
    }
    if let Some(port) = fs::read_to_string(CONFIG).ok().as_deref().and_then(port) {
        println!("cargo::rustc-env=WIDGET_PORT={port}");
    }
}

/// The text of `<title>`, on one line.
fn title(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<title>")?;
    let (title, _) = rest.split_once("</title>")?;
    Some(title.trim()).filter(|title| !title.is_empty() && !title.contains('\n'))
}

/// `port` in `[serve]`.
fn port(config: &str) -> Option<u16> {
    let config: toml::Table = config.parse().ok()?;
    config.get("serve")?.get("port")?.as_integer()?.try_into().ok()
}
