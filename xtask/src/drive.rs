//! What drives a browser besides the tests: the pictures of the README, the measurements, the simulator's scenarios, and the check
//! of a widget that is online.

use crate::{
    browser::{self, Browser},
    bundle::{self, Build},
    error::{Error, Result},
    npm, process, project,
};
use std::{ffi::OsString, path::Path, process::Command};

/// A program of one of the packages with end-to-end tests.
struct Program {
    package: &'static str,
    name: &'static str,
}

const BENCH: Program = Program { package: "e2e", name: "bench" };
const DOCTOR: Program = Program { package: "doctor", name: "doctor" };
const SCREENSHOTS: Program = Program { package: "e2e", name: "screenshots" };
const SIMULATE: Program = Program { package: "simulator-e2e", name: "simulate" };
const SIMULATOR_SCREENSHOTS: Program = Program { package: "simulator-e2e", name: "simulator-screenshots" };

/// Takes the pictures again.
pub fn screenshots() -> Result<()> {
    let folder = project::root().join("docs/screens");
    let (build, arguments) = (build_all()?, [folder.clone().into_os_string()]);
    SCREENSHOTS.run(&arguments, &build)?;
    SIMULATOR_SCREENSHOTS.run(&arguments, &build)?;
    println!("\nthe pictures are in {}", folder.display());
    Ok(())
}

/// Measures how fast and how big the widget is.
pub fn bench(arguments: &[OsString]) -> Result<()> {
    BENCH.run(&with_absolute_values(arguments, &["--out", "--against"]), &build_all()?)
}

/// Runs scenarios of the simulator. With a widget from elsewhere nothing of this repository's widget is built.
pub fn simulate(arguments: &[OsString]) -> Result<()> {
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    if has("--list") {
        return process::run_checked(SIMULATE.command().args(arguments));
    }
    let arguments: Vec<_> = arguments.iter().map(absolute_file).collect();
    let build = if has("--widget") {
        // Its size does not matter here.
        let build = Build { dist: project::target().join("simulate-dist"), plain: true, ..Build::deployable() };
        bundle::make_simulator(&build)?;
        build
    } else {
        build_all()?
    };
    SIMULATE.run(&arguments, &build)
}

/// Checks a widget that is online.
pub fn doctor(arguments: &[OsString]) -> Result<()> {
    let mut command = DOCTOR.command();
    let starts_browser = !arguments.iter().any(|it| ["--no-browser", "--help", "-h"].iter().any(|option| it == option));
    if starts_browser {
        let browser = browser::ensure()?;
        command.env("CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.driver);
    }
    // Its report says all.
    if process::run(command.args(arguments))?.success() { Ok(()) } else { Err(Error::ChecksFailed) }
}

/// An existing file, which the user names from where the user is: the program starts elsewhere. Any other argument stays.
fn absolute_file(argument: &OsString) -> OsString {
    match std::path::absolute(argument) {
        Ok(path) if path.is_file() => path.into_os_string(),
        _ => argument.clone(),
    }
}

/// The arguments with the values of these options as absolute paths, unless they are URLs.
fn with_absolute_values(arguments: &[OsString], options: &[&str]) -> Vec<OsString> {
    let is_path = |index: usize| {
        let option = index.checked_sub(1).and_then(|before| arguments[before].to_str());
        let is_url = arguments[index].to_string_lossy().contains("://");
        option.is_some_and(|option| options.contains(&option)) && !is_url
    };
    let value = |(index, argument): (usize, &OsString)| match std::path::absolute(argument) {
        Ok(path) if is_path(index) => path.into_os_string(),
        _ => argument.clone(),
    };
    arguments.iter().enumerate().map(value).collect()
}

fn build_all() -> Result<Build> {
    let build = Build::for_tests()?;
    bundle::make(&build)?;
    Ok(build)
}

impl Program {
    /// Runs it with what has been built.
    fn run(&self, arguments: &[OsString], build: &Build) -> Result<()> {
        browser::ensure_npm()?;
        npm::ensure(&[npm::HUBSPOT_SDK])?;
        let browser = browser::ensure()?;
        process::step(self.name, || {
            process::run_checked(with_test_environment(&mut self.command(), &browser, &build.dist).args(arguments))
        })
    }

    /// Its arguments follow.
    fn command(&self) -> Command {
        let mut command = process::cargo();
        command.args(["run", "--quiet", "--package", self.package, "--bin", self.name, "--"]);
        command
    }
}

/// Says where the things are that tests/e2e needs.
pub fn with_test_environment<'a>(command: &'a mut Command, browser: &Browser, dist: &Path) -> &'a mut Command {
    command
        .env("E2E_DIST", dist)
        .env("E2E_NODE_MODULES", npm::node_modules())
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_path_options_become_absolute() {
        let here = std::env::current_dir().unwrap();
        let given = ["--runs", "5", "--out", "table.md", "--against", "https://example.com/"].map(OsString::from);
        let mut expected = given.to_vec();
        expected[3] = here.join("table.md").into_os_string();
        assert_eq!(with_absolute_values(&given, &["--out", "--against"]), expected);
    }
}
