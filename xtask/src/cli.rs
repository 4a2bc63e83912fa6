//! The command line.

mod help;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: std::result::Result<Task, &str>) {
        let parsed = parse(line.split_whitespace().map(OsString::from));
        match (parsed, expected) {
            (Ok(task), Ok(expected)) => assert_eq!(task, expected, "{line}"),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{line}: {error}"),
            (parsed, expected) => panic!("{line}: {parsed:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn every_form_of_the_command_line() {
        check("", Ok(Task::Help));
        check("help", Ok(Task::Help));
        check("serve --help", Ok(Task::Help));
        check("serve", Ok(Task::Serve(ServeOptions::default())));
        check(
            "serve --https --port=8443 --release --open",
            Ok(Task::Serve(ServeOptions { https: true, port: Some(8443), release: true, open: true })),
        );
        check("build", Ok(Task::Build(Build::deployable())));
        check(
            "build --plain --features mock,extra --dist /srv/widget",
            Ok(Task::Build(Build {
                dist: std::path::absolute("/srv/widget").unwrap(),
                features: vec!["mock".into(), "extra".into()],
                plain: true,
                ..Build::deployable()
            })),
        );
        check(
            "build --features sip --back-end https://api.example.com --connect wss://pbx.example.com:8089,http://[::1]:3000",
            Ok(Task::Build(Build {
                features: vec!["sip".into()],
                back_end: Some("https://api.example.com".into()),
                connect: vec!["wss://pbx.example.com:8089".into(), "http://[::1]:3000".into()],
                ..Build::deployable()
            })),
        );
        check("build --connect pbx.example.com", Err("`pbx.example.com` is not an origin"));
        check("build --back-end https://example.com;script-src", Err("is not an origin"));
        check("test", Ok(Task::Test(Part::ALL.to_vec())));
        check("test --only fmt,size", Ok(Task::Test(vec![Part::Fmt, Part::Size])));
        check("test --only fmt --only doc", Ok(Task::Test(vec![Part::Fmt, Part::Doc])));
        check("test --browser firefox", Ok(Task::TestIn(OtherBrowser::Firefox)));
        check("test --browser webkit --only e2e", Ok(Task::TestIn(OtherBrowser::WebKit)));
        check("hosting", Ok(Task::Hosting));
        check("site", Ok(Task::Site(Site::new())));
        check(
            "site --docs --from /srv/dist --out /srv/site",
            Ok(Task::Site(Site {
                out: std::path::absolute("/srv/site").unwrap(),
                from: Some(std::path::absolute("/srv/dist").unwrap()),
                docs: true,
            })),
        );
        check("doctor --help", Ok(Task::Doctor(vec!["--help".into()])));
        check("screenshots", Ok(Task::Screenshots));
        check("snapshots", Ok(Task::Snapshots));
        check("bench", Ok(Task::Bench(Vec::new())));
        check("bench --runs 9", Ok(Task::Bench(vec!["--runs".into(), "9".into()])));
        check("bench --help", Ok(Task::Help));
        check("soak", Ok(Task::Soak(SoakOptions::default())));
        check("soak --seed 7", Ok(Task::Soak(SoakOptions { seed: Some(7) })));
        check("soak --help", Ok(Task::Help));
        check("simulate", Ok(Task::Simulate(Vec::new())));
        check("simulate --list saved", Ok(Task::Simulate(vec!["--list".into(), "saved".into()])));
        check("simulate --help", Ok(Task::Help));
        check("simulator-pages", Ok(Task::SimulatorPages));
        check("sdk-diff 0.9.4 --json", Ok(Task::SdkDiff(vec!["0.9.4".into(), "--json".into()])));
        check("settings", Ok(Task::Settings(Vec::new())));
        check("settings show --help", Ok(Task::Settings(vec!["show".into(), "--help".into()])));
        check("override", Ok(Task::Override(OverrideOptions::default())));
        check("override --port 8443", Ok(Task::Override(OverrideOptions { port: Some(8443), url: None })));
        check(
            "rename Acme --crate acme-phone --port 9030 --color #5b2a86 --locales en,de --without simulator --allow-dirty",
            Ok(Task::Rename(rename::Options {
                name: "Acme".into(),
                package: Some("acme-phone".into()),
                port: Some(9030),
                color: Some("#5b2a86".into()),
                locales: Some("en,de".into()),
                without: vec!["simulator".into()],
                allow_dirty: true,
            })),
        );
        check("rename --help", Ok(Task::Help));
        check(
            "override --url https://phone.example.com/",
            Ok(Task::Override(OverrideOptions { port: None, url: Some("https://phone.example.com/".into()) })),
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        check("sevre", Err("no task `sevre`"));
        check("serve --prot 80", Err("--prot"));
        check("serve --port 0", Err("1 to 65535"));
        check("serve --port 70000", Err("70000"));
        check("build now", Err("now"));
        check("override --url phone.example.com", Err("must start with https://"));
        check("override --url http://localhost.example.com/", Err("must start with https://"));
        check("override --url https://phone.example.com/\"", Err("a URL has no"));
        check("override --port 0", Err("1 to 65535"));
        check("override --url https://phone.example.com/ --port 1", Err("exclude each other"));
        check("rename", Err("give the new name"));
        check("rename Acme Phone", Err("in quotes: `Phone`"));
        check("rename Acme --port 0", Err("1 to 65535"));
        check("rename Acme --port 65536", Err("65536"));
        check("test --only fnt", Err("no part `fnt`"));
        check("test --browser safari", Err("firefox or webkit, not `safari`"));
        check("test --browser firefox --only fmt", Err("the part e2e alone"));
    }

    #[test]
    fn the_workflows_use_tasks_that_exist_and_well_known_actions() {
        let folder = crate::project::root().join(".github/workflows");
        let mut tasks = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            for line in std::fs::read_to_string(&path).unwrap().lines() {
                let line = line.trim().trim_start_matches("- ");
                if let Some(task) = line.strip_prefix("run: cargo xtask ") {
                    let parsed = parse(task.split_whitespace().map(OsString::from));
                    assert!(!matches!(parsed, Ok(Task::Help) | Err(_)), "{}: {task}: {parsed:?}", path.display());
                    tasks += 1;
                }
                if let Some(action) = line.strip_prefix("uses: ") {
                    let version = action.strip_prefix("actions/").and_then(|action| action.split_once("@v"));
                    let is_major = version.is_some_and(|(_, major)| major.parse::<u32>().is_ok());
                    assert!(is_major, "{}: {action} is not one of GitHub's own, at a major version", path.display());
                }
            }
        }
        assert!(tasks >= 2, "the workflows test and publish with {tasks} tasks");
    }
}
