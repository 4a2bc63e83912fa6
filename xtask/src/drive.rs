//! What drives a browser besides the tests: the pictures of the README, the measurements, the simulator's scenarios, and the check
//! of a widget that is online.

use crate::{
    browser::{self, Browser},
    bundle::{self, Build},
    cli::SoakOptions,
    error::{Error, Result},
    npm,
    other_browsers::OtherBrowser,
    process, project, rename,
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

/// A program of one of the packages with end-to-end tests.
struct Program {
    package: &'static str,
    name: &'static str,
}

const BENCH: Program = Program { package: "e2e", name: "bench" };
const DOCTOR: Program = Program { package: "doctor", name: "doctor" };
const SCREENSHOTS: Program = Program { package: "e2e", name: "screenshots" };
const SIMULATOR_SCREENSHOTS: Program = Program { package: "simulator-e2e", name: "simulator-screenshots" };

/// Takes the pictures again.
pub fn screenshots() -> Result<()> {
    let folder = project::root().join("docs/screens");
    let (build, arguments) = (build_all()?, [folder.clone().into_os_string()]);
    SCREENSHOTS.run(&arguments, &build)?;
    if project::has_simulator() {
        SIMULATOR_SCREENSHOTS.run(&arguments, &build)?;
    }
    println!("\nthe pictures are in {}", folder.display());
    Ok(())
}

/// Writes again what the tests of the accessibility tree compare with.
pub fn snapshots() -> Result<()> {
    let build = build_all()?;
    browser::ensure_npm()?;
    npm::ensure(&[npm::HUBSPOT_SDK])?;
    let browser = browser::ensure()?;
    let mut command = process::cargo();
    command.args(["test", "--quiet", "--package", "e2e", "--test", "accessibility_tree"]).env("UPDATE_SNAPSHOTS", "1");
    process::step("snapshots", || process::run_checked(with_test_environment(&mut command, &browser, &build.dist)))?;
    println!("\nthe snapshots are in {}", project::root().join("tests/e2e/snapshots").display());
    Ok(())
}

/// Measures how fast and how big the widget is, in Chromium or in Firefox.
pub fn bench(arguments: &[OsString]) -> Result<()> {
    let (in_firefox, rest) = without_browser(arguments)?;
    let rest = with_absolute_values(&rest, &["--out", "--against"]);
    if !in_firefox {
        return BENCH.run(&rest, &build_all()?);
    }
    OtherBrowser::Firefox.ensure().map_err(Error::BrowserNotInstalled)?;
    let build = build_all()?;
    browser::ensure_npm()?;
    npm::ensure(&[npm::HUBSPOT_SDK])?;
    let mut command = BENCH.command();
    with_tested_build(OtherBrowser::Firefox.name_in(&mut command), &build.dist).args(rest);
    process::step("bench in firefox", || process::run_checked(&mut command))
}

/// Whether the arguments name Firefox, and all others.
fn without_browser(arguments: &[OsString]) -> Result<(bool, Vec<OsString>)> {
    let mut in_firefox = false;
    let mut rest = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let value = match argument.to_str() {
            Some("--browser") => arguments.next().and_then(|value| value.to_str()),
            Some(text) if text.starts_with("--browser=") => text.split_once('=').map(|(_, value)| value),
            _ => {
                rest.push(argument.clone());
                continue;
            }
        };
        in_firefox = match value {
            Some("firefox") => true,
            Some("chromium") => false,
            // WebKitWebDriver runs no script before a page, which the measurements need.
            _ => return Err(Error::Usage("--browser of bench is chromium or firefox".to_owned())),
        };
    }
    Ok((in_firefox, rest))
}

/// Uses the widget for hours, and with faults: the tests of `tests/long-use` at their whole length.
pub fn soak(options: &SoakOptions) -> Result<()> {
    let build = build_all()?;
    browser::ensure_npm()?;
    npm::ensure(&[npm::HUBSPOT_SDK])?;
    let browser = browser::ensure()?;
    let mut command = process::cargo();
    command.args(["test", "--package", "long-use", "--no-fail-fast", "--", "--nocapture", "--test-threads=1"]);
    command.env("SOAK_WHOLE", "1").envs(options.seed.map(|seed| ("SOAK_SEED", seed.to_string())));
    process::step("soak", || process::run_checked(with_test_environment(&mut command, &browser, &build.dist)))
}

/// Runs scenarios of the simulator with `calling-simulator`, which is told where the pages are: it need not be built again when they
/// change. With a widget from elsewhere nothing of this repository's widget is built.
pub fn simulate(arguments: &[OsString]) -> Result<()> {
    require_simulator()?;
    let has = |option: &str| {
        arguments.iter().filter_map(|it| it.to_str()).any(|it| it.split('=').next().is_some_and(|it| it == option))
    };
    if has("--list") {
        return process::run_checked(calling_simulator().arg("list"));
    }
    let (build, own_widget) = if has("--widget") {
        // Its size does not matter here.
        let build = Build { dist: project::target().join("simulate-dist"), plain: true, ..Build::deployable() };
        bundle::make_simulator(&build)?;
        (build, false)
    } else {
        (build_all()?, true)
    };
    let browser = browser::ensure()?;
    let mut command = calling_simulator();
    command.env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.driver);
    command.arg("run").arg("--pages").arg(&build.dist);
    if own_widget {
        command.arg("--deny-console-errors").arg("--widget").arg(&build.dist);
    }
    if !has("--selectors") {
        command.arg("--selectors").arg(own_selectors()?);
    }
    if !has("--artifacts") {
        command.arg("--artifacts").arg(project::target().join("simulate"));
    }
    process::step("simulate", || process::run_checked(command.args(arguments)))
}

/// Builds the simulator into `calling-simulator`'s own package: from then on the program has the pages inside.
pub fn simulator_pages() -> Result<()> {
    require_simulator()?;
    let folder = project::calling_simulator().join("pages");
    bundle::make_simulator(&Build { dist: folder.clone(), ..Build::deployable() })?;
    println!("\nthe pages are in {}: `cargo install --path crates/calling-simulator` takes them", folder.display());
    Ok(())
}

fn require_simulator() -> Result<()> {
    if project::has_simulator() { Ok(()) } else { Err(rename::Error::NoSimulator.into()) }
}

/// Where to click in the widget of this repository.
fn own_selectors() -> Result<PathBuf> {
    Ok(project::simulator().join(format!("widgets/{}.toml", project::widget_package()?)))
}

/// The program, in the folder of the user, who names files from there. Its arguments follow.
pub fn calling_simulator() -> Command {
    let mut command = process::command("cargo");
    command.args(["run", "--quiet", "--manifest-path"]).arg(project::root().join("Cargo.toml"));
    command.args(["--package", "calling-simulator", "--"]);
    command
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

/// Compares a version of HubSpot's npm package with calling-extensions.
pub fn sdk_diff(arguments: &[OsString]) -> Result<()> {
    let fetches = !arguments.iter().any(|it| ["--folder", "--help", "-h"].iter().any(|option| it == option));
    if fetches {
        browser::ensure_npm()?;
    }
    let mut command = sdk_diff_command();
    command.arg("--cache").arg(project::target().join("sdk-diff")).args(arguments);
    // Its report says all.
    if process::run(&mut command)?.success() { Ok(()) } else { Err(Error::ChecksFailed) }
}

/// Compares the version that the tests use.
pub fn sdk_diff_of_tests() -> Command {
    let mut command = sdk_diff_command();
    command.arg("--folder").arg(npm::node_modules().join(npm::HUBSPOT_SDK.name));
    command
}

/// In the folder of the user, who may name a folder from there. Its arguments follow.
fn sdk_diff_command() -> Command {
    let mut command = process::command("cargo");
    command.args(["run", "--quiet", "--manifest-path"]).arg(project::root().join("Cargo.toml"));
    command.args(["--package", "sdk-diff", "--"]);
    command
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
    with_tested_build(command, dist).env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.driver)
}

/// As [`with_test_environment`], without the browser.
pub fn with_tested_build<'a>(command: &'a mut Command, dist: &Path) -> &'a mut Command {
    command.env("E2E_DIST", dist).env("E2E_NODE_MODULES", npm::node_modules())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_not_an_argument_of_the_program() {
        let split = |line: &str| without_browser(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(split("--runs 3 --browser firefox").unwrap(), (true, vec!["--runs".into(), "3".into()]));
        assert_eq!(split("--browser=firefox --out a").unwrap(), (true, vec!["--out".into(), "a".into()]));
        assert_eq!(split("--runs 3").unwrap(), (false, vec!["--runs".into(), "3".into()]));
        for wrong in ["--browser webkit", "--browser"] {
            assert!(split(wrong).unwrap_err().to_string().contains("chromium or firefox"), "{wrong}");
        }
    }

    #[test]
    fn the_values_of_path_options_become_absolute() {
        let here = std::env::current_dir().unwrap();
        let given = ["--runs", "5", "--out", "table.md", "--against", "https://example.com/"].map(OsString::from);
        let mut expected = given.to_vec();
        expected[3] = here.join("table.md").into_os_string();
        assert_eq!(with_absolute_values(&given, &["--out", "--against"]), expected);
    }
}
