//! The command line.

mod help;
#[cfg(test)]
mod tests;

pub use help::HELP;

use crate::{
    bundle::Build,
    check::Part,
    error::{Error, Result},
    hubspot::OverrideOptions,
    other_browsers::OtherBrowser,
    rename,
    site::Site,
};
use lexopt::prelude::*;
use std::ffi::OsString;

#[derive(Debug, PartialEq)]
pub enum Task {
    Help,
    Serve(ServeOptions),
    Build(Build),
    Hosting,
    Site(Site),
    /// What follows `doctor`; the program that checks reads it, `--help` too.
    Doctor(Vec<OsString>),
    Test(Vec<Part>),
    /// What follows `mutants`; cargo-mutants reads it.
    Mutants(Vec<OsString>),
    /// The end-to-end tests in a browser besides Chromium.
    TestIn(OtherBrowser),
    Screenshots,
    Snapshots,
    /// What follows `phone`; the program of the exchange reads it, `--help` too.
    Phone(Vec<OsString>),
    /// What follows `bench`; the program that measures reads it.
    Bench(Vec<OsString>),
    Soak(SoakOptions),
    /// What follows `simulate`; the program that runs the scenarios reads it.
    Simulate(Vec<OsString>),
    SimulatorPages,
    /// What follows `sdk-diff`; the program that compares reads it, `--help` too.
    SdkDiff(Vec<OsString>),
    /// What follows `settings`; the program that changes the settings reads it, and has a help of its own.
    Settings(Vec<OsString>),
    Override(OverrideOptions),
    Rename(rename::Options),
}

#[derive(Debug, Default, PartialEq)]
pub struct ServeOptions {
    pub https: bool,
    /// The widget's port, if not the one in its `Trunk.toml`.
    pub port: Option<u16>,
    pub release: bool,
    pub open: bool,
}

#[derive(Debug, Default, PartialEq)]
pub struct SoakOptions {
    /// What happens in the calls follows from it.
    pub seed: Option<u64>,
}

pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Task> {
    let mut parser = lexopt::Parser::from_args(arguments);
    parse_task(&mut parser).map_err(|error| Error::Usage(error.to_string()))
}

fn parse_task(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let task = match parser.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Task::Help),
        Some(Value(task)) => task.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    match task.as_str() {
        "help" => end(parser, Task::Help),
        "serve" => serve(parser),
        "build" => build(parser),
        "hosting" => end(parser, Task::Hosting),
        "site" => site(parser),
        "doctor" => Ok(Task::Doctor(parser.raw_args()?.collect())),
        "test" => test(parser),
        "mutants" => Ok(Task::Mutants(parser.raw_args()?.collect())),
        "phone" => Ok(Task::Phone(parser.raw_args()?.collect())),
        "screenshots" => end(parser, Task::Screenshots),
        "snapshots" => end(parser, Task::Snapshots),
        "bench" => forward(parser, Task::Bench),
        "soak" => soak(parser),
        "simulate" => forward(parser, Task::Simulate),
        "simulator-pages" => end(parser, Task::SimulatorPages),
        "sdk-diff" => Ok(Task::SdkDiff(parser.raw_args()?.collect())),
        "settings" => Ok(Task::Settings(parser.raw_args()?.collect())),
        "override" => override_(parser),
        "rename" => rename(parser),
        other => Err(format!("there is no task `{other}`").into()),
    }
}

fn serve(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = ServeOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("https") => options.https = true,
            Long("release") => options.release = true,
            Long("open") => options.open = true,
            Long("port") => options.port = Some(port(parser)?),
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Serve(options))
}

fn soak(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = SoakOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("seed") => options.seed = Some(parser.value()?.parse()?),
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Soak(options))
}

fn override_(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = OverrideOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("url") => options.url = Some(url_for_hubspot(parser.value()?.string()?)?),
            Long("port") => options.port = Some(port(parser)?),
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    if options.url.is_some() && options.port.is_some() {
        return Err("--url and --port exclude each other".into());
    }
    Ok(Task::Override(options))
}

/// HubSpot is on https, where a browser shows no page on http but those of this machine.
fn url_for_hubspot(url: String) -> std::result::Result<String, lexopt::Error> {
    let is_local = ["http://localhost", "http://127.0.0.1"]
        .iter()
        .any(|local| url.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
    let is_https = url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty());
    // They would end the text in the line that is pasted into the console.
    if let Some(foreign) =
        url.chars().find(|&char| char.is_whitespace() || char.is_control() || "\"'\\<>".contains(char))
    {
        return Err(format!("a URL has no {foreign:?}; write it as the browser's address bar does").into());
    }
    if is_https || is_local {
        Ok(url)
    } else {
        Err(format!("HubSpot cannot show `{url}`; --url must start with https:// (http:// only for localhost)").into())
    }
}

fn rename(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = rename::Options::default();
    let mut name = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(given) if name.is_none() => name = Some(given.string()?),
            Long("crate") => options.package = Some(parser.value()?.string()?),
            Long("port") => options.port = Some(port(parser)?),
            Long("color") => options.color = Some(parser.value()?.string()?),
            Long("locales") => options.locales = Some(parser.value()?.string()?),
            Long("without") => options.without.push(parser.value()?.string()?),
            Long("allow-dirty") => options.allow_dirty = true,
            Long("help") | Short('h') => return Ok(Task::Help),
            Value(more) => {
                let more = more.string()?;
                return Err(format!("put the name in quotes: `{more}` follows it").into());
            }
            other => return Err(other.unexpected()),
        }
    }
    options.name = name.ok_or("give the new name, as in `cargo xtask rename \"Acme Phone\"`")?;
    Ok(Task::Rename(options))
}

fn port(parser: &mut lexopt::Parser) -> std::result::Result<u16, lexopt::Error> {
    let text = parser.value()?.string()?;
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(format!("--port must be from 1 to 65535, not {text}").into()),
    }
}

fn test(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut parts = Vec::new();
    let mut browser = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("browser") => {
                let name = parser.value()?.string()?;
                browser = Some(OtherBrowser::named(&name).ok_or_else(|| {
                    format!("--browser is firefox or webkit, not `{name}`; without it the tests run in Chromium")
                })?);
            }
            Long("only") => {
                for name in parser.value()?.string()?.split(',') {
                    parts.push(Part::named(name).ok_or_else(|| format!("there is no part `{name}` of the tests"))?);
                }
            }
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    if let Some(browser) = browser {
        // Only these tests can run in another browser.
        return match parts.as_slice() {
            [] | [Part::EndToEnd] => Ok(Task::TestIn(browser)),
            _ => Err("--browser runs the part e2e alone".into()),
        };
    }
    if parts.is_empty() {
        parts.extend(Part::ALL);
    }
    Ok(Task::Test(parts))
}

fn build(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut build = Build::deployable();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("plain") => build.plain = true,
            Long("back-end") => build.back_end = Some(origin(&parser.value()?.string()?)?),
            Long("connect") => {
                for text in parser.value()?.string()?.split(',') {
                    build.connect.push(origin(text)?);
                }
            }
            Long("features") => build.features.extend(parser.value()?.string()?.split(',').map(str::to_owned)),
            // trunk would take it from the folder of its configuration.
            Long("dist") => build.dist = std::path::absolute(parser.value()?).map_err(|error| error.to_string())?,
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Build(build))
}

/// It becomes a part of the page's policy, so nothing else may be in it.
fn origin(text: &str) -> std::result::Result<String, lexopt::Error> {
    let is_host = |host: &str| {
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]*".contains(&byte))
    };
    let is_origin = text
        .split_once("://")
        .is_some_and(|(scheme, host)| matches!(scheme, "http" | "https" | "ws" | "wss") && is_host(host));
    if is_origin {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is not an origin, such as wss://pbx.example.com").into())
    }
}

fn site(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut site = Site::new();
    while let Some(argument) = parser.next()? {
        let absolute = |path| std::path::absolute(path).map_err(|error| error.to_string());
        match argument {
            Long("docs") => site.docs = true,
            Long("from") => site.from = Some(absolute(parser.value()?)?),
            Long("out") => site.out = absolute(parser.value()?)?,
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Site(site))
}

/// A task whose arguments another program reads.
fn forward(parser: &mut lexopt::Parser, task: fn(Vec<OsString>) -> Task) -> std::result::Result<Task, lexopt::Error> {
    let rest: Vec<OsString> = parser.raw_args()?.collect();
    let asks_for_help = rest.iter().any(|argument| argument == "--help" || argument == "-h");
    Ok(if asks_for_help { Task::Help } else { task(rest) })
}

fn end(parser: &mut lexopt::Parser, task: Task) -> std::result::Result<Task, lexopt::Error> {
    match parser.next()? {
        None => Ok(task),
        Some(Long("help") | Short('h')) => Ok(Task::Help),
        Some(other) => Err(other.unexpected()),
    }
}
