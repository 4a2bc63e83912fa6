//! Every check and test of this repository, with what they need, and how many passed.

use crate::{
    browser::{self, Browser},
    bundle::{self, Build},
    count::Count,
    debian, deny, drive,
    error::{Error, Result},
    example_backend, exchange, features, npm,
    other_browsers::OtherBrowser,
    process, project, published, readme, size, tools, webdriver_proxy,
};
use std::{path::PathBuf, process::Command, time::Instant};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    Fmt,
    Clippy,
    Doc,
    Native,
    Deny,
    Browser,
    EndToEnd,
    OtherBrowsers,
    Size,
    Sip,
}

impl Part {
    /// Quick ones first.
    pub const ALL: [Self; 10] = [
        Self::Fmt,
        Self::Clippy,
        Self::Doc,
        Self::Deny,
        Self::Native,
        Self::Browser,
        Self::Size,
        Self::EndToEnd,
        Self::OtherBrowsers,
        Self::Sip,
    ];

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
            Self::Native => "native",
            Self::Deny => "deny",
            Self::Browser => "browser",
            Self::EndToEnd => "e2e",
            Self::OtherBrowsers => "browsers",
            Self::Size => "size",
            Self::Sip => "sip",
        }
    }
}

/// Runs the parts, all of them though one fails, and ends with the count. A failed preparation ends at once.
pub fn test(parts: &[Part]) -> Result<()> {
    let start = Instant::now();
    let has = |part| parts.contains(&part);
    tools::wasm_target()?;
    tools::components()?;
    let builds = has(Part::EndToEnd) || has(Part::OtherBrowsers) || has(Part::Size) || has(Part::Sip);
    if builds || has(Part::Browser) {
        tools::trunk_and_bindgen()?;
    }
    if has(Part::Deny) {
        tools::cargo_deny()?;
    }
    if builds {
        browser::ensure_npm()?;
        npm::ensure(&[npm::BINARYEN, npm::ESBUILD, npm::HUBSPOT_SDK, npm::AXE])?;
    }
    if has(Part::Clippy) || has(Part::Native) || has(Part::Browser) {
        features::prepare()?;
    }
    let browser = if has(Part::Browser) || has(Part::EndToEnd) { Some(browser::ensure()?) } else { None };

    let mut run = Run::default();
    let mut built = None;
    let mut built_for_tests = None;
    for part in Part::ALL.into_iter().filter(|part| has(*part)) {
        match part {
            Part::Fmt => run.check("fmt", process::cargo().args(["fmt", "--all", "--check"]))?,
            Part::Clippy => clippy(&mut run)?,
            Part::Doc => doc(&mut run)?,
            Part::Native => native(&mut run)?,
            Part::Deny => run.check("deny", &mut deny::command()?)?,
            Part::Browser => {
                if let Some(browser) = &browser {
                    in_browser(&mut run, browser)?;
                }
            }
            Part::Sip => sip(&mut run, built == Some(true))?,
            Part::Size | Part::EndToEnd | Part::OtherBrowsers => {
                let built = *built.get_or_insert_with(|| run.build("build", || bundle::make(&Build::deployable())));
                if built && part != Part::Size && built_for_tests.is_none() {
                    built_for_tests = Some(build_for_tests(&mut run)?);
                }
                let for_tests = built_for_tests.as_ref().and_then(Option::as_ref);
                match (part, for_tests, &browser) {
                    _ if !built => {}
                    (Part::EndToEnd, Some(build), Some(browser)) => end_to_end(&mut run, build, browser)?,
                    (Part::OtherBrowsers, Some(build), _) => essential_tests(&mut run, build)?,
                    // The build has failed, and is counted.
                    (Part::EndToEnd | Part::OtherBrowsers, ..) => {}
                    _ => run.size()?,
                }
            }
        }
    }
    println!("\nin {} s, the outputs of the tests are in {}", start.elapsed().as_secs(), logs().display());
    run.close()
}

fn clippy(run: &mut Run) -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    run.check("clippy", process::cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny))?;
    let wasm = ["clippy", "--all-targets", "--target", project::WASM_TARGET];
    run.check("clippy for wasm", process::cargo().args(wasm).args(packages_in_browser()?).args(deny))?;
    run.checks(features::clippy()?)?;
    run.checks(published::clippy())
}

fn doc(run: &mut Run) -> Result<()> {
    // For wasm: there the modules that touch the browser exist.
    let arguments = ["doc", "--no-deps", "--lib", "--target", project::WASM_TARGET];
    run.check("doc", process::cargo().args(arguments).args(packages_in_browser()?).env("RUSTDOCFLAGS", "-D warnings"))?;
    // The widget's own docs link to modules that exist in the browser alone.
    let native = ["doc", "--no-deps", "--lib", "--workspace", "--exclude", &project::widget_package()?];
    run.check("doc of the native crates", process::cargo().args(native).env("RUSTDOCFLAGS", "-D warnings"))?;
    run.check("doc as on docs.rs", &mut published::docs_rs())
}

fn native(run: &mut Run) -> Result<()> {
    let all = ["test", "--workspace", "--no-fail-fast"];
    let excluded = end_to_end_packages()
        .into_iter()
        .chain(exchange::test_packages())
        .flat_map(|package| ["--exclude".to_owned(), package]);
    run.tests("native", process::cargo().args(all).args(excluded))?;
    if let Some(mut command) = features::native_tests()? {
        run.tests("native with features", &mut command)?;
    }
    for published::Check { name, mut command } in published::native_tests() {
        run.tests(&name, &mut command)?;
    }
    run.checks(published::packages())
}

/// The packages whose tests need a browser and a release build.
fn end_to_end_packages() -> Vec<String> {
    let simulator = project::has_simulator().then_some(["simulator-e2e", "calling-simulator"]);
    ["e2e", "doctor"].into_iter().chain(simulator.into_iter().flatten()).map(str::to_owned).collect()
}

/// The packages that are compiled for the browser, as arguments.
pub fn packages_in_browser() -> Result<Vec<String>> {
    let simulator = project::has_simulator().then_some("simulator");
    let names = ["calling-extensions", "call-model", "web-kit"].into_iter().chain(simulator);
    Ok(packages([project::widget_package()?].into_iter().chain(names.map(str::to_owned))))
}

/// `--package NAME` for each.
fn packages(names: impl IntoIterator<Item = String>) -> Vec<String> {
    names.into_iter().flat_map(|name| ["--package".to_owned(), name]).collect()
}

fn in_browser(run: &mut Run, browser: &Browser) -> Result<()> {
    let capabilities = browser::write_capabilities(browser)?;
    let proxy = webdriver_proxy::start(&browser.driver, logs())?;
    let arguments = ["test", "--target", project::WASM_TARGET, "--no-fail-fast"];
    let widget = project::widget_package()?;
    let packages = packages([widget.clone(), "calling-extensions".to_owned(), "web-kit".to_owned()]);
    // The widget's features by its name, as the other packages have none of them.
    let features =
        project::test_features()?.iter().map(|name| format!("--features={widget}/{name}")).collect::<Vec<_>>();
    let command = || {
        let mut command = process::cargo();
        command
            .args(arguments)
            .args(&features)
            .env("PATH", tools::path())
            .env("CHROMEDRIVER_REMOTE", &proxy.url)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        command
    };
    run.tests("browser", command().args(packages).args(["--lib", "--tests"]))?;
    if let Some(tests) = features::browser_tests()? {
        run.tests("browser with features", command().args(tests))?;
    }
    run.check("examples for the browser", published::browser_examples().env("PATH", tools::path()))
}

fn end_to_end(run: &mut Run, build: &Build, browser: &Browser) -> Result<()> {
    let mut command = process::cargo();
    if !name_programs(run, &mut command, build)? {
        return Ok(());
    }
    command.arg("test").args(packages(end_to_end_packages()));
    command.args(["--no-fail-fast", "--", "--test-threads=2"]);
    // The tests of calling-simulator are those of a program with the pages inside.
    command.env("CALLING_SIMULATOR_PAGES", &build.dist);
    run.tests("e2e", drive::with_test_environment(&mut command, browser, &build.dist))
}

/// The widget for the tests, beside what `build` has made. Nothing if the build failed.
fn build_for_tests(run: &mut Run) -> Result<Option<Build>> {
    let build = Build::for_tests()?;
    let is_deployable = build == Build::deployable();
    let made = is_deployable || run.build("build for the tests", || bundle::make_widget(&build, &project::dist()));
    Ok(made.then_some(build))
}

/// Makes the programs that the end-to-end tests start, and says where they are. Returns whether all were made.
fn name_programs(run: &mut Run, command: &mut Command, build: &Build) -> Result<bool> {
    if !run.build("build of the programs in the README of calling-extensions", readme::make) {
        return Ok(false);
    }
    if example_backend::exists() {
        let mut example = None;
        let made = run.build("build of the example back end", || {
            example = Some(example_backend::make(&build.dist)?);
            Ok(())
        });
        let (true, Some(example)) = (made, example) else { return Ok(false) };
        command.env("E2E_BACKEND", example.program).env("E2E_BACKEND_WIDGET", example.widget);
    }
    if let Some(servers) = debian::web_servers()? {
        servers.name_in(command);
    }
    Ok(true)
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
    println!("\nin {} s, the outputs of the tests are in {}", start.elapsed().as_secs(), logs().display());
    run.close()
}

fn all_tests_in(run: &mut Run, build: &Build, browser: OtherBrowser) -> Result<()> {
    let mut command = process::cargo();
    if !name_programs(run, &mut command, build)? {
        return Ok(());
    }
    println!("    skipped: the tests of doctor and calling-simulator, programs that drive Chromium alone");
    let simulator = project::has_simulator().then_some("simulator-e2e");
    let tested = ["e2e"].into_iter().chain(simulator).map(str::to_owned);
    command.arg("test").args(packages(tested)).args(["--no-fail-fast", "--", "--test-threads=2"]);
    drive::with_tested_build(&mut command, &build.dist);
    run.tests_with_skips(&format!("e2e in {}", browser.name()), browser.name_in(&mut command))
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
fn essential_tests(run: &mut Run, build: &Build) -> Result<()> {
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
    command.args(["test", "--package", "e2e", "--no-fail-fast"]);
    // Cargo takes a name that is given twice once.
    command.args(ESSENTIAL.iter().flat_map(|(file, _)| ["--test", file]));
    command.args(["--", "--test-threads=2", "--exact"]).args(ESSENTIAL.iter().map(|(_, test)| *test));
    drive::with_tested_build(&mut command, &build.dist);
    run.tests_with_skips(&format!("essential tests in {}", browser.name()), browser.name_in(&mut command))
}

/// The widget with a phone on SIP, and an exchange that connects its calls.
fn sip(run: &mut Run, built: bool) -> Result<()> {
    if exchange::test_packages().is_empty() {
        println!("==> sip: tests/sip is not in this project");
        return Ok(());
    }
    exchange::ensure_programs()?;
    let dist = project::dist();
    let mut build = None;
    let made = run.build("build of the widget with a phone on SIP", || {
        build = Some(exchange::build(built.then_some(&dist))?);
        Ok(())
    });
    let (true, Some(build)) = (made, build) else { return Ok(()) };
    run.tests("sip", &mut exchange::tests(&build)?)?;
    run.tests("contract with sip", &mut exchange::contract(&browser::write_capabilities(&browser::ensure()?)?)?)
}

fn logs() -> PathBuf {
    project::target().join("test-logs")
}

/// What has been run so far.
#[derive(Default)]
struct Run {
    count: Count,
    failures: Vec<String>,
}

impl Run {
    /// A command that is one check: it passes or it does not.
    fn check(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let status = process::step(name, || process::run(command))?;
        self.add(name, Count::of(status.success()));
        Ok(())
    }

    fn checks(&mut self, checks: Vec<published::Check>) -> Result<()> {
        for published::Check { name, mut command } in checks {
            self.check(&name, &mut command)?;
        }
        Ok(())
    }

    /// A command that counts its tests itself.
    fn tests(&mut self, name: &str, command: &mut Command) -> Result<()> {
        self.count_tests(name, command, || 0)
    }

    /// End-to-end tests of which the browser cannot run some. Their names and the reasons are printed.
    fn tests_with_skips(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let report = logs().join(format!("{}.skipped", name.replace(' ', "-")));
        process::write(&report, b"")?;
        command.env("E2E_SKIPPED", &report);
        self.count_tests(name, command, || {
            let skipped = std::fs::read_to_string(&report).unwrap_or_default();
            let mut lines: Vec<_> = skipped.lines().collect();
            lines.sort_unstable();
            lines.iter().for_each(|line| println!("    skipped: {line}"));
            lines.len()
        })
    }

    fn count_tests(&mut self, name: &str, command: &mut Command, skipped: impl FnOnce() -> usize) -> Result<()> {
        let log = logs().join(format!("{}.log", name.replace(' ', "-")));
        let (status, output) = process::step(name, || process::run_captured(command, &log))?;
        let count = Count::of_tests(&output, status.success()).with_skipped(skipped());
        // Tests that are not found would otherwise pass.
        self.add(name, if count.all() == 0 { Count::of(false) } else { count });
        Ok(())
    }

    /// A release build that the next parts use.
    fn build(&mut self, name: &str, build: impl FnOnce() -> Result<()>) -> bool {
        let outcome = build();
        if let Err(error) = &outcome {
            eprintln!("\nerror: {error}");
        }
        self.add(name, Count::of(outcome.is_ok()));
        outcome.is_ok()
    }

    fn size(&mut self) -> Result<()> {
        println!("==> size");
        let (dist, beside) = (project::dist(), bundle::beside_the_widget());
        println!("{}", size::table(&dist, &beside)?);
        let (brotli, budget) = (size::of_widget(&dist, &beside)?.brotli, project::budget_bytes()?);
        println!("    {}", size::compared(brotli, budget));
        self.add("size", Count::of(brotli <= budget));
        Ok(())
    }

    fn add(&mut self, name: &str, count: Count) {
        if count.failed > 0 {
            self.failures.push(format!("{name}: {count}"));
        }
        self.count += count;
    }

    fn close(self) -> Result<()> {
        for failure in &self.failures {
            println!("FAILED {failure}");
        }
        println!("{}", self.count);
        if self.count.failed == 0 { Ok(()) } else { Err(Error::ChecksFailed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_found_by_its_name() {
        for part in Part::ALL {
            assert_eq!(Part::named(part.name()), Some(part));
        }
        assert_eq!(Part::named("all"), None);
    }

    #[test]
    fn every_essential_test_exists() {
        for (file, test) in ESSENTIAL {
            let text = std::fs::read_to_string(project::root().join(format!("tests/e2e/tests/{file}.rs"))).unwrap();
            assert!(text.contains(&format!("fn {test}()")), "{file}: {test}");
        }
    }

    #[test]
    fn one_failure_fails_the_run_and_is_named() {
        let mut run = Run::default();
        run.add("fmt", Count::of(true));
        run.add("native", Count { passed: 3, failed: 1, skipped: 0 });
        assert_eq!(run.failures, ["native: 3 passed, 1 failed"]);
        assert_eq!(run.count.to_string(), "4 passed, 1 failed");
        assert!(matches!(run.close(), Err(Error::ChecksFailed)));
    }
}
