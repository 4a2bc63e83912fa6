//! The command line.

use crate::{
    bundle::Build,
    check::Part,
    error::{Error, Result},
};
use lexopt::prelude::*;
use std::ffi::OsString;

pub const HELP: &str = "\
cargo xtask serve [--https] [--port N] [--release] [--open]
    Installs what is missing and serves the widget, the simulator with the widget in it, and the SDK's example pages,
    each at a port of its own. A change is built again and shown. Prints the addresses, and the lines for HubSpot's console.
    --https    with a self-signed certificate, as HubSpot needs it
    --port N   the widget at this port instead of the one in Trunk.toml; the other pages at the ports after it
    --release  the optimized build instead of the one that is built fast
    --open     opens the simulator in the browser when all pages are ready

cargo xtask build [--plain] [--features F,…] [--dist DIR]
    Makes the deployable dist/ and prints what it weighs.
    --plain       leaves out the steps that make it small: standard library, wasm-opt, esbuild, short names
    --features F  with these cargo features of the widget
    --dist DIR    into this folder

cargo xtask test [--only PART,…]
    Runs every check and test. The parts: fmt, clippy, doc, native, browser, e2e, size.

cargo xtask screenshots
    Takes the pictures of the README again, from a release build.

cargo xtask bench [--runs N] [--against DIR-or-URL] [--out FILE] [--calls N]
    Measures the release build in a browser, 5 or N runs, and prints the medians. Nothing passes or fails.
    --against DIR-or-URL  measures another built widget in the same runs, which has the same data-test-ids
    --out FILE            writes the table, as Markdown
    --calls N             also makes N calls in one page and prints what memory each leaves behind

cargo xtask simulate [--list] [--widget URL-or-FOLDER] [--selectors FILE] [--junit FILE] [--json FILE] [OPTION…] [SCENARIO…]
    Runs scenarios of the simulator in a browser without a window, all or those named, and reports like a test runner.
    A SCENARIO is a name, or a file of your own that ends in .toml. It is `calling-simulator run`, and takes all of its options.
    --list                  names the scenarios and runs none
    --widget URL-or-FOLDER  runs them against this widget instead of the one of this repository
    --selectors FILE        where to click in it, as in crates/simulator/widgets/demo-app-rust.toml
    --junit FILE            writes a report as JUnit XML; --json FILE as JSON

cargo xtask simulator-pages
    Builds the simulator into crates/calling-simulator/pages, so that `cargo install --path crates/calling-simulator`, or a release
    build of it, has the pages inside.

cargo xtask help
    Prints this.";

#[derive(Debug, PartialEq)]
pub enum Task {
    Help,
    Serve(ServeOptions),
    Build(Build),
    Test(Vec<Part>),
    Screenshots,
    /// What follows `bench`; the program that measures reads it.
    Bench(Vec<OsString>),
    /// What follows `simulate`; the program that runs the scenarios reads it.
    Simulate(Vec<OsString>),
    SimulatorPages,
}

#[derive(Debug, Default, PartialEq)]
pub struct ServeOptions {
    pub https: bool,
    /// The widget's port, if not the one in its `Trunk.toml`.
    pub port: Option<u16>,
    pub release: bool,
    pub open: bool,
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
        "test" => test(parser),
        "screenshots" => end(parser, Task::Screenshots),
        "bench" => forward(parser, Task::Bench),
        "simulate" => forward(parser, Task::Simulate),
        "simulator-pages" => end(parser, Task::SimulatorPages),
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
            Long("port") => {
                options.port = match parser.value()?.parse()? {
                    0 => return Err("--port must be from 1 to 65535".into()),
                    port => Some(port),
                }
            }
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Serve(options))
}

fn test(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut parts = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("only") => {
                for name in parser.value()?.string()?.split(',') {
                    parts.push(Part::named(name).ok_or_else(|| format!("there is no part `{name}` of the tests"))?);
                }
            }
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
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
            Long("features") => build.features.extend(parser.value()?.string()?.split(',').map(str::to_owned)),
            // trunk would take it from the folder of its configuration.
            Long("dist") => build.dist = std::path::absolute(parser.value()?).map_err(|error| error.to_string())?,
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Build(build))
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
            })),
        );
        check("test", Ok(Task::Test(Part::ALL.to_vec())));
        check("test --only fmt,size", Ok(Task::Test(vec![Part::Fmt, Part::Size])));
        check("test --only fmt --only doc", Ok(Task::Test(vec![Part::Fmt, Part::Doc])));
        check("screenshots", Ok(Task::Screenshots));
        check("bench", Ok(Task::Bench(Vec::new())));
        check("bench --runs 9", Ok(Task::Bench(vec!["--runs".into(), "9".into()])));
        check("bench --help", Ok(Task::Help));
        check("simulate", Ok(Task::Simulate(Vec::new())));
        check("simulate --list saved", Ok(Task::Simulate(vec!["--list".into(), "saved".into()])));
        check("simulate --help", Ok(Task::Help));
        check("simulator-pages", Ok(Task::SimulatorPages));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        check("sevre", Err("no task `sevre`"));
        check("serve --prot 80", Err("--prot"));
        check("serve --port 0", Err("1 to 65535"));
        check("serve --port 70000", Err("70000"));
        check("build now", Err("now"));
        check("test --only fnt", Err("no part `fnt`"));
    }
}
