//! What drives a browser besides the tests: the pictures of the README, the measurements, and the simulator's scenarios.

use crate::{
    browser::{self, Browser},
    bundle::{self, Build},
    error::Result,
    npm, process, project,
};
use std::{ffi::OsString, path::Path, process::Command};

/// Takes the pictures again.
pub fn screenshots() -> Result<()> {
    let folder = project::root().join("docs/screens");
    run("screenshots", &[folder.clone().into_os_string()])?;
    println!("\nthe pictures are in {}", folder.display());
    Ok(())
}

/// Measures how fast and how big the widget is.
pub fn bench(arguments: &[OsString]) -> Result<()> {
    run("bench", &arguments.iter().map(absolute).collect::<Vec<_>>())
}

/// Runs scenarios of the simulator. With a widget from elsewhere nothing of this repository's widget is built.
pub fn simulate(arguments: &[OsString]) -> Result<()> {
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    if has("--list") {
        return process::run_checked(program("simulate").args(arguments));
    }
    let arguments: Vec<OsString> = arguments.iter().map(absolute).collect();
    if has("--widget") {
        let dist = project::target().join("simulator");
        bundle::make_simulator(&dist)?;
        drive("simulate", &arguments, &dist)
    } else {
        run("simulate", &arguments)
    }
}

/// The path of an existing file or folder, which the user names from where the user is: the program starts elsewhere.
/// Any other argument stays.
fn absolute(argument: &OsString) -> OsString {
    match std::path::absolute(argument) {
        Ok(path) if path.exists() => path.into_os_string(),
        _ => argument.clone(),
    }
}

fn run(name: &str, arguments: &[OsString]) -> Result<()> {
    let build = Build::for_tests()?;
    bundle::make(&build)?;
    drive(name, arguments, &build.dist)
}

/// Runs a program against what has been built.
fn drive(name: &str, arguments: &[OsString], dist: &Path) -> Result<()> {
    browser::ensure_npm()?;
    npm::ensure(&[npm::HUBSPOT_SDK])?;
    let browser = browser::ensure()?;
    process::step(name, || {
        process::run_checked(with_test_environment(&mut program(name), &browser, dist).args(arguments))
    })
}

/// A program of the tests' crate; its arguments follow.
fn program(name: &str) -> Command {
    let mut command = process::cargo();
    command.args(["run", "--quiet", "--package", "e2e", "--bin", name, "--"]);
    command
}

/// Says where the things are that tests/e2e needs.
pub fn with_test_environment<'a>(command: &'a mut Command, browser: &Browser, dist: &Path) -> &'a mut Command {
    command
        .env("E2E_DIST", dist)
        .env("E2E_NODE_MODULES", npm::node_modules())
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
}
