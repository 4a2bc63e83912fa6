//! The end-to-end tests: in Chromium, and in the other browsers.

use super::run::{self, Run};
use super::{end_to_end_packages, name_of};
use crate::{
    browser::{self, Browser},
    bundle::{self, Build},
    debian::{self, WebServers},
    drive,
    error::{Error, Result},
    example_backend::{self, ExampleBackend},
    features, npm,
    other_browsers::OtherBrowser,
    process, project, readme,
    suite::{self, Group, Job, TestProgram},
    tools,
};
use std::{ffi::OsString, process::Command, time::Instant};

/// The end-to-end tests that take longest, longest first: they are started first, so that none is left alone at the end.
const LONGEST: [&str; 9] =
    ["scenarios", "hostile_widget", "frames", "page", "layout", "frame_lifecycle", "reload", "browser", "product"];

/// How many of the programs run at a time. They also wait for their pages: two of them left a fifth of two cores idle.
const AT_ONCE: usize = 3;

/// The widget for the tests, beside what `build` has made. Nothing if the build failed.
pub fn build_for_tests(run: &mut Run) -> Result<Option<Build>> {
    let build = Build::for_tests()?;
    let is_deployable = build == Build::deployable();
    let made = is_deployable || run.build("build for the tests", || bundle::make_widget(&build, &project::dist()));
    Ok(made.then_some(build))
}

/// The programs that the end-to-end tests start.
struct StartedPrograms {
    example: Option<ExampleBackend>,
    servers: Option<WebServers>,
}

impl StartedPrograms {
    /// Makes them; `None` when that failed.
    fn make(run: &mut Run, build: &Build) -> Result<Option<Self>> {
        if !run.build("build of the programs in the README of calling-extensions", readme::make) {
            return Ok(None);
        }
        let mut example = None;
        if example_backend::exists() {
            let made = run.build("build of the example back end", || {
                example = Some(example_backend::make(&build.dist)?);
                Ok(())
            });
            if !made {
                return Ok(None);
            }
        }
        Ok(Some(StartedPrograms { example, servers: debian::web_servers()? }))
    }

    /// Says in the environment of a command where they are.
    fn name_in(&self, command: &mut Command) {
        if let Some(ExampleBackend { program, widget }) = &self.example {
            command.env("E2E_BACKEND", program).env("E2E_BACKEND_WIDGET", widget);
        }
        if let Some(servers) = &self.servers {
            servers.name_in(command);
        }
    }
}

pub fn end_to_end(run: &mut Run, build: &Build, browser: &Browser) -> Result<()> {
    run.check("HubSpot's package compared with calling-extensions", &mut drive::sdk_diff_of_tests())?;
    let in_browser = |command: &mut Command| {
        drive::with_test_environment(command, browser, &build.dist);
    };
    let Some(jobs) = jobs(run, build, &end_to_end_packages(), in_browser)? else { return Ok(()) };
    run.group(Group { name: "e2e".to_owned(), jobs, at_once: AT_ONCE })
}

/// The tests of these packages, in the order in which they are best started. `None` when something could not be built.
fn jobs(
    run: &mut Run,
    build: &Build,
    packages: &[String],
    with_browser: impl Fn(&mut Command),
) -> Result<Option<Vec<Job>>> {
    let Some(started) = StartedPrograms::make(run, build)? else { return Ok(None) };
    let Some(programs) = run.compile(|| suite::compile(&pages(Some(build))))? else { return Ok(None) };
    let mut programs: Vec<_> = suite::programs_of(&programs, packages).collect();
    programs.sort_by_key(|program| LONGEST.iter().position(|name| *name == program.name).unwrap_or(LONGEST.len()));
    let job = |program: &TestProgram| {
        let mut command = program.command();
        command.arg("--test-threads=1");
        started.name_in(&mut command);
        with_browser(&mut command);
        Job::new(name_of(program), command)
    };
    Ok(Some(programs.into_iter().map(job).collect()))
}

/// The tests of calling-simulator are those of a program with the pages inside: its build script reads where they are. A part that
/// compiles the tests after they have been built names them too, or that program would be compiled again without them.
pub fn pages(build: Option<&Build>) -> Vec<(&'static str, OsString)> {
    build.map(|build| ("CALLING_SIMULATOR_PAGES", build.dist.clone().into_os_string())).into_iter().collect()
}

/// The end-to-end tests in a browser besides Chromium: all in Firefox, the essential ones in WebKit.
pub fn test_in(browser: OtherBrowser) -> Result<()> {
    let start = Instant::now();
    browser.ensure().map_err(Error::BrowserNotInstalled)?;
    tools::wasm_target()?;
    tools::trunk_and_bindgen()?;
    browser::ensure_npm()?;
    npm::ensure(&[npm::BINARYEN, npm::ESBUILD, npm::HUBSPOT_SDK, npm::AXE])?;
    let mut run = Run::default();
    if run.build("build", || bundle::make(&Build::deployable()))
        && let Some(build) = build_for_tests(&mut run)?
    {
        match browser {
            OtherBrowser::Firefox => all_tests_in(&mut run, &build, browser)?,
            OtherBrowser::WebKit => essential_tests_in(&mut run, &build, browser)?,
        }
    }
    println!("\nin {} s, the outputs of the tests are in {}", start.elapsed().as_secs(), run::logs().display());
    run.close()
}

fn all_tests_in(run: &mut Run, build: &Build, browser: OtherBrowser) -> Result<()> {
    println!("    skipped: the tests of doctor and calling-simulator, programs that drive Chromium alone");
    let simulator = project::has_simulator().then_some("simulator-e2e");
    let tested: Vec<_> = ["e2e"].into_iter().chain(simulator).map(str::to_owned).collect();
    let in_browser = |command: &mut Command| {
        drive::with_tested_build(command, &build.dist);
        browser.name_in(command);
    };
    let Some(jobs) = jobs(run, build, &tested, in_browser)? else { return Ok(()) };
    // Firefox needs more of the processor.
    run.group_with_skips(Group { name: format!("e2e in {}", browser.name()), jobs, at_once: 2 })
}

/// The end-to-end tests that are run in every browser, by file and name.
const ESSENTIAL: [(&str, &str); 6] = [
    ("harness", "errors_of_every_frame_are_seen"),
    ("incoming_call", "an_answered_call_is_saved"),
    ("outbound_call", "from_log_in_to_the_saved_call"),
    ("reload", "of_the_host_page"),
    ("storage_blocked", "a_call_survives_a_reload_of_the_frame"),
    ("storage_blocked", "a_call_survives_a_reload_of_the_page_where_only_session_storage_works"),
];

/// The essential tests in each browser besides Chromium that this machine has or gets.
pub fn essential_tests(run: &mut Run, build: &Build) -> Result<()> {
    for browser in OtherBrowser::ALL {
        match browser.ensure() {
            Ok(()) => essential_tests_in(run, build, browser)?,
            Err(reason) => println!("==> skipped: the end-to-end tests in {}: {reason}", browser.name()),
        }
    }
    Ok(())
}

fn essential_tests_in(run: &mut Run, build: &Build, browser: OtherBrowser) -> Result<()> {
    let mut command = process::cargo();
    // The whole workspace, as in `suite::compile`: what it has compiled is not compiled again.
    command.args(["test", "--workspace", "--no-fail-fast"]).args(features::arguments()?).envs(pages(Some(build)));
    // Cargo takes a name that is given twice once.
    command.args(ESSENTIAL.iter().flat_map(|(file, _)| ["--test", file]));
    command.args(["--", "--test-threads=2", "--exact"]).args(ESSENTIAL.iter().map(|(_, test)| *test));
    drive::with_tested_build(&mut command, &build.dist);
    run.tests_with_skips(&format!("essential tests in {}", browser.name()), browser.name_in(&mut command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_essential_test_exists() {
        for (file, test) in ESSENTIAL {
            let text = std::fs::read_to_string(project::root().join(format!("tests/e2e/tests/{file}.rs"))).unwrap();
            assert!(text.contains(&format!("fn {test}()")), "{file}: {test}");
        }
    }
}
