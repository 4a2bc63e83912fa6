//! What HubSpot is told about this widget: in one browser by a line for its console, for all users by the calling settings.

use crate::{
    error::{Error, Result},
    process, project,
};
use std::ffi::OsString;

/// The size of the widget's frame in HubSpot, in CSS pixels.
const SIZE: (u32, u32) = (400, 650);

/// What the widget can do, by the names of HubSpot's settings.
const FEATURES: [&str; 4] = ["supportsCustomObjects", "supportsInboundCalling", "usesRemote", "usesCallingWindow"];

/// Where HubSpot's page looks for settings of this browser alone.
const STORAGE_KEY: &str = "LocalSettings:Calling:CallingExtensions";

/// Which widget the override is for.
#[derive(Debug, Default, PartialEq)]
pub struct OverrideOptions {
    /// Where the widget is, if not on this machine.
    pub url: Option<String>,
    /// The port on this machine, if not the one in `Trunk.toml`.
    pub port: Option<u16>,
}

/// A line for the console of a HubSpot tab: in this browser alone, HubSpot then lists the widget under *Call from*, for
/// outgoing calls.
pub fn console_line(name: &str, url: &str) -> String {
    line(name, url, &["supportsCustomObjects"])
}

/// Prints the lines with every field, and the one that removes them.
pub fn print_override(options: &OverrideOptions) -> Result<()> {
    print!("{}", override_text(options)?);
    Ok(())
}

/// Starts the command line of the calling settings, with the values of this repository for what is created.
pub fn settings(arguments: &[OsString]) -> Result<()> {
    let mut command = process::cargo();
    command
        .args(["run", "--quiet", "--package", "calling-settings-cli", "--bin", "calling-settings", "--"])
        .args(arguments)
        .env("CALLING_SETTINGS_PROGRAM", "cargo xtask settings")
        .env("CALLING_SETTINGS_DEFAULTS", settings_defaults()?);
    if process::run(&mut command)?.success() { Ok(()) } else { Err(Error::Reported) }
}

fn override_text(options: &OverrideOptions) -> Result<String> {
    let widget = project::widget();
    let name = project::title(&widget)?;
    let urls = match &options.url {
        Some(url) => vec![(String::new(), url.clone())],
        None => {
            let port = options.port.map_or_else(|| project::served_port(&widget), Ok)?;
            ["https", "http"].map(|scheme| (format!(" on {scheme}"), local_url(scheme, port))).to_vec()
        }
    };
    let mut text = String::from("Paste one of these lines into the console of a HubSpot tab, and reload it.\n");
    for (scheme, url) in urls {
        text.push_str(&format!("\nThe widget{scheme}:\n\n    {}\n", line(&name, &url, &FEATURES)));
    }
    text.push_str(&format!("\nTo undo it:\n\n    localStorage.removeItem({})\n", quoted(STORAGE_KEY)));
    Ok(text)
}

/// The JSON that the command line of the calling settings reads. Whether the app is ready is not in it.
fn settings_defaults() -> Result<String> {
    let widget = project::widget();
    let (name, url) = (project::title(&widget)?, local_url("https", project::served_port(&widget)?));
    let (width, height) = SIZE;
    let features: String = FEATURES.iter().map(|feature| format!(",{}:true", quoted(feature))).collect();
    Ok(format!(
        "{{\"name\":{},\"url\":{},\"width\":{width},\"height\":{height}{features}}}",
        quoted(&name),
        quoted(&url)
    ))
}

fn local_url(scheme: &str, port: u16) -> String {
    format!("{scheme}://localhost:{port}/")
}

fn line(name: &str, url: &str, features: &[&str]) -> String {
    let (width, height) = SIZE;
    let features: String = features.iter().map(|feature| format!(", {feature}: true")).collect();
    format!(
        "localStorage.setItem({}, JSON.stringify({{isReady: true, name: {}, url: {}, width: {width}, height: \
         {height}{features}}}))",
        quoted(STORAGE_KEY),
        quoted(name),
        quoted(url)
    )
}

/// A string of JavaScript, and of JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_console_line_names_the_widget_and_its_address() {
        assert_eq!(
            console_line("My \"Phone\"", "https://localhost:9025/"),
            "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({isReady: true, name: \
             \"My \\\"Phone\\\"\", url: \"https://localhost:9025/\", width: 400, height: 650, supportsCustomObjects: \
             true}))"
        );
    }

    #[test]
    fn a_name_cannot_end_its_string() {
        assert_eq!(quoted("a\\b\"c\nd"), "\"a\\\\b\\\"c\\u000ad\"");
    }

    #[test]
    fn the_override_has_every_field_for_http_and_https_and_can_be_undone() {
        let widget = project::widget();
        let (name, port) = (project::title(&widget).unwrap(), project::served_port(&widget).unwrap());
        let text = override_text(&OverrideOptions::default()).unwrap();
        for url in [format!("https://localhost:{port}/"), format!("http://localhost:{port}/")] {
            let fields = format!(
                "{{isReady: true, name: \"{name}\", url: \"{url}\", width: 400, height: 650, supportsCustomObjects: true, \
                 supportsInboundCalling: true, usesRemote: true, usesCallingWindow: true}}"
            );
            assert_eq!(text.matches(&fields).count(), 1, "{text}");
        }
        assert!(text.ends_with("localStorage.removeItem(\"LocalSettings:Calling:CallingExtensions\")\n"), "{text}");
    }

    #[test]
    fn the_override_can_be_for_another_port_or_url() {
        let other = OverrideOptions { port: Some(8443), url: None };
        assert!(override_text(&other).unwrap().contains("url: \"http://localhost:8443/\""));
        let deployed = OverrideOptions { url: Some("https://phone.example.com/".into()), port: None };
        let text = override_text(&deployed).unwrap();
        assert_eq!(text.matches("setItem").count(), 1, "{text}");
        assert!(text.contains("url: \"https://phone.example.com/\""), "{text}");
    }

    #[test]
    fn the_defaults_of_the_settings_are_those_of_this_repository() {
        let port = project::served_port(&project::widget()).unwrap();
        let defaults = settings_defaults().unwrap();
        assert!(
            defaults.contains(&format!("\"url\":\"https://localhost:{port}/\",\"width\":400,\"height\":650")),
            "{defaults}"
        );
        assert!(defaults.ends_with(",\"supportsCustomObjects\":true,\"supportsInboundCalling\":true,\"usesRemote\":true,\"usesCallingWindow\":true}"), "{defaults}");
        assert!(!defaults.contains("isReady"), "{defaults}");
    }
}
