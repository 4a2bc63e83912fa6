//! The command line.

use crate::{
    check::Part,
    error::{Error, Result},
};
use lexopt::prelude::*;
use std::ffi::OsString;

pub const DEFAULT_PORT: u16 = 9025;
const DEFAULT_RUNS: u32 = 5;

pub const HELP: &str = "\
cargo xtask serve [--https] [--port N] [--release] [--open]
    Installs what is missing and serves the simulator at http://127.0.0.1:9025/simulator/, with the widget of
    http://localhost:9025/ in it; what changes is built anew.
    --https    with a self-signed certificate, as HubSpot wants it
    --port N   another port than 9025
    --release  the small build instead of the fast one to make
    --open     opens the simulator in the browser when it is ready

cargo xtask build
    Makes the deployable dist/ and prints what it weighs.

cargo xtask test [--only PART,…]
    Runs every check and test. The parts: fmt, clippy, doc, native, browser, e2e, size.

cargo xtask screenshots
    Takes the pictures of the README anew, from a release build.

cargo xtask bench [--runs N]
    Prints how fast and how big the release build is in a browser, medians of 5 or N runs. It judges nothing.

cargo xtask simulate [--list] [--widget URL] [--selectors FILE] [SCENARIO…]
    Runs scenarios of the simulator in a browser without a window, all or those named, and reports like a test runner.
    A SCENARIO is a name, or a file of your own that ends in .toml.
    --list            names the scenarios and runs none
    --widget URL      runs them against this widget instead of the one of this repository
    --selectors FILE  where to click in it, as in crates/simulator/widgets/demo-app-rust.toml

cargo xtask help
    Prints this.";

#[derive(Debug, PartialEq)]
pub enum Task {
    Help,
    Serve(ServeOptions),
    Build,
    Test(Vec<Part>),
    Screenshots,
    Bench {
        runs: u32,
    },
    /// What follows `simulate`; the program that runs the scenarios reads it.
    Simulate(Vec<OsString>),
    /// Run by `serve`: says when the page can be opened.
    Announce(ServeOptions),
    /// Run by trunk (see Trunk.toml) on the folder that it is about to put in place.
    PostBuild,
}

#[derive(Debug, PartialEq)]
pub struct ServeOptions {
    pub https: bool,
    pub port: u16,
    pub release: bool,
    pub open: bool,
}

/// The arguments that `options` come from.
#[cfg(any(unix, test))]
pub fn serve_arguments(options: &ServeOptions) -> Vec<String> {
    let flags = [("--https", options.https), ("--release", options.release), ("--open", options.open)];
    let flags = flags.into_iter().filter(|(_, set)| *set).map(|(name, _)| name.to_owned());
    flags.chain([format!("--port={}", options.port)]).collect()
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
        "serve" => serve(parser, Task::Serve),
        "announce" => serve(parser, Task::Announce),
        "build" => end(parser, Task::Build),
        "test" => test(parser),
        "screenshots" => end(parser, Task::Screenshots),
        "bench" => bench(parser),
        "simulate" => simulate(parser),
        "post-build" => end(parser, Task::PostBuild),
        other => Err(format!("there is no task `{other}`").into()),
    }
}

fn serve(parser: &mut lexopt::Parser, task: fn(ServeOptions) -> Task) -> std::result::Result<Task, lexopt::Error> {
    let mut options = ServeOptions { https: false, port: DEFAULT_PORT, release: false, open: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("https") => options.https = true,
            Long("release") => options.release = true,
            Long("open") => options.open = true,
            Long("port") => {
                options.port = match parser.value()?.parse()? {
                    0 => return Err("--port must be from 1 to 65535".into()),
                    port => port,
                }
            }
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(task(options))
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

fn bench(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut runs = DEFAULT_RUNS;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("runs") => {
                runs = match parser.value()?.parse()? {
                    0 => return Err("--runs must be 1 or more".into()),
                    runs => runs,
                }
            }
            Long("help") | Short('h') => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Bench { runs })
}

fn simulate(parser: &mut lexopt::Parser) -> std::result::Result<Task, lexopt::Error> {
    let rest: Vec<OsString> = parser.raw_args()?.collect();
    let asks_for_help = rest.iter().any(|argument| argument == "--help" || argument == "-h");
    Ok(if asks_for_help { Task::Help } else { Task::Simulate(rest) })
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
        let serve = ServeOptions { https: false, port: 9025, release: false, open: false };
        check("", Ok(Task::Help));
        check("help", Ok(Task::Help));
        check("serve --help", Ok(Task::Help));
        check("serve", Ok(Task::Serve(serve)));
        check(
            "serve --https --port=8443 --release --open",
            Ok(Task::Serve(ServeOptions { https: true, port: 8443, release: true, open: true })),
        );
        check("build", Ok(Task::Build));
        check("test", Ok(Task::Test(Part::ALL.to_vec())));
        check("test --only fmt,size", Ok(Task::Test(vec![Part::Fmt, Part::Size])));
        check("test --only fmt --only doc", Ok(Task::Test(vec![Part::Fmt, Part::Doc])));
        check("screenshots", Ok(Task::Screenshots));
        check("bench", Ok(Task::Bench { runs: 5 }));
        check("bench --runs 9", Ok(Task::Bench { runs: 9 }));
        check("simulate", Ok(Task::Simulate(Vec::new())));
        check("simulate --list saved", Ok(Task::Simulate(vec!["--list".into(), "saved".into()])));
        check("simulate --help", Ok(Task::Help));
        check("post-build", Ok(Task::PostBuild));
    }

    #[test]
    fn the_arguments_of_serve_come_back() {
        for (https, port, release, open) in [(false, 9025, false, true), (true, 1, true, false)] {
            let options = || ServeOptions { https, port, release, open };
            let arguments = ["announce".to_owned()].into_iter().chain(serve_arguments(&options()));
            assert_eq!(parse(arguments.map(OsString::from)).unwrap(), Task::Announce(options()));
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        check("sevre", Err("no task `sevre`"));
        check("serve --prot 80", Err("--prot"));
        check("serve --port 0", Err("1 to 65535"));
        check("serve --port 70000", Err("70000"));
        check("build now", Err("now"));
        check("bench --runs 0", Err("1 or more"));
        check("test --only fnt", Err("no part `fnt`"));
    }
}
