//! What drives a browser and is no test: the pictures of the README, the figures, and the simulator's scenarios.

use crate::{
    browser::{self, Browser},
    bundle,
    error::Result,
    npm, process, project, size,
};
use std::{ffi::OsString, process::Command};

/// Takes the pictures anew.
pub fn screenshots() -> Result<()> {
    let folder = project::root().join("docs/screens");
    run("screenshots", &[folder.clone().into_os_string()])?;
    println!("\nthe pictures are in {}", folder.display());
    Ok(())
}

/// Prints how fast and how big the widget is.
pub fn bench(runs: u32) -> Result<()> {
    run("bench", &[runs.to_string().into()])?;
    println!("\n{}", size::table(&project::dist(), &bundle::beside_the_widget())?);
    Ok(())
}

/// Runs scenarios of the simulator.
pub fn simulate(arguments: &[OsString]) -> Result<()> {
    if arguments.iter().any(|argument| argument == "--list") {
        return process::run_well(program("simulate").args(arguments));
    }
    // A file is named from where the user is, and the program starts elsewhere.
    let here = |argument: &OsString| match std::path::absolute(argument) {
        Ok(path) if path.is_file() => path.into_os_string(),
        _ => argument.clone(),
    };
    run("simulate", &arguments.iter().map(here).collect::<Vec<_>>())
}

fn run(name: &str, arguments: &[OsString]) -> Result<()> {
    bundle::make()?;
    browser::provide_npm()?;
    npm::provide(&[npm::HUBSPOT_SDK])?;
    let browser = browser::provide()?;
    process::step(name, || process::run_well(with_places(&mut program(name), &browser).args(arguments)))
}

/// A program of the tests' crate; its arguments follow.
fn program(name: &str) -> Command {
    let mut command = process::cargo();
    command.args(["run", "--quiet", "--package", "e2e", "--bin", name, "--"]);
    command
}

/// Says where the things are that tests/e2e needs.
pub fn with_places<'a>(command: &'a mut Command, browser: &Browser) -> &'a mut Command {
    command
        .env("E2E_DIST", project::dist())
        .env("E2E_NODE_MODULES", npm::node_modules())
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
}
