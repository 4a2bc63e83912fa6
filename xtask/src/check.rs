//! Every check and test of this repository, with what they need, and how many passed.

use crate::{
    browser::{self, Browser},
    bundle::{self, Build},
    count::Count,
    debian::{self, WebServers},
    deny, drive,
    error::{Error, Result},
    example_backend::{self, ExampleBackend},
    exchange, features, npm,
    other_browsers::OtherBrowser,
    process, project, published, readme, sip, size,
    suite::{self, Group, Job, TestProgram},
    tools, webdriver_proxy,
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

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

/// The end-to-end tests that take longest, longest first: they are started first, so that none is left alone at the end.
const LONGEST: [&str; 7] =
    ["scenarios", "frames", "page", "frame_lifecycle", "foreign_widget", "accessibility", "product"];

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
    // What is compiled natively, and some of what is compiled for the browser.
    if parts.iter().any(|part| !matches!(part, Part::Fmt | Part::Deny | Part::Size)) {
        features::prepare()?;
    }
    let browser = if has(Part::Browser) || has(Part::EndToEnd) { Some(browser::ensure()?) } else { None };

    let mut run = Run::default();
    let mut built = None;
    let mut built_for_tests = None;
    // What needs a browser waits more than it computes: it is prepared part by part, and run together.
    let mut together = Vec::new();
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
            Part::Sip => together.extend(sip_calls(&mut run, built == Some(true))?),
            Part::Size | Part::EndToEnd | Part::OtherBrowsers => {
                let built = *built.get_or_insert_with(|| run.build("build", || bundle::make(&Build::deployable())));
                if built && part != Part::Size && built_for_tests.is_none() {
                    built_for_tests = Some(build_for_tests(&mut run)?);
                }
                let for_tests = built_for_tests.as_ref().and_then(Option::as_ref);
                match (part, for_tests, &browser) {
                    _ if !built => {}
                    (Part::EndToEnd, Some(build), Some(browser)) => {
                        together.extend(end_to_end(&mut run, build, browser)?)
                    }
                    (Part::OtherBrowsers, Some(build), _) => essential_tests(&mut run, build)?,
                    // The build has failed, and is counted.
                    (Part::EndToEnd | Part::OtherBrowsers, ..) => {}
                    _ => run.size()?,
                }
            }
        }
    }
    run.groups(together)?;
    if has(Part::Sip) {
        contract_with_sip(&mut run)?;
    }
    println!("\nin {} s, the outputs of the tests are in {}", start.elapsed().as_secs(), logs().display());
    run.close()
}

fn clippy(run: &mut Run) -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    let features = features::arguments()?;
    let native = ["clippy", "--workspace", "--all-targets"];
    run.check("clippy", process::cargo().args(native).args(features).args(deny))?;
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
    let with_browser: Vec<String> = end_to_end_packages().into_iter().chain(exchange::test_packages()).collect();
    if let Some(programs) = run.compile(|| suite::compile(&[]))? {
        let programs = programs.into_iter().filter(|program| !with_browser.contains(&program.package));
        let jobs = programs.map(|program| Job { name: name_of(&program), command: program.command() }).collect();
        run.groups(vec![Group { name: "native", jobs, at_once: 1 }])?;
    }
    // The packages are those that have been compiled, and so are their dependencies.
    let examples = ["test", "--workspace", "--doc", "--no-fail-fast"];
    run.tests("examples in the docs", process::cargo().args(examples).args(features::arguments()?))?;
    for published::Check { name, mut command } in published::native_tests() {
        run.tests(&name, &mut command)?;
    }
    run.checks(published::packages())
}

/// The packages whose tests need a browser and a release build, or an npm package.
fn end_to_end_packages() -> Vec<String> {
    let simulator = project::has_simulator().then_some(["simulator-e2e", "calling-simulator"]);
    let always = ["e2e", "doctor", "differential", "long-use"];
    always.into_iter().chain(simulator.into_iter().flatten()).map(str::to_owned).collect()
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
    let arguments = ["test", "--target", project::WASM_TARGET];
    let widget = project::widget_package()?;
    let packages = packages([widget.clone(), "calling-extensions".to_owned(), "web-kit".to_owned()]);
    // The widget's features by its name, as the other packages have none of them.
    let features =
        project::test_features()?.iter().map(|name| format!("--features={widget}/{name}")).collect::<Vec<_>>();
    let command = || {
        let mut command = process::cargo();
        command.args(arguments).args(&features);
        command
    };
    let mut programs = Vec::new();
    let compiled = run.compile(|| suite::programs(command().args(packages).args(["--lib", "--tests"])))?;
    programs.extend(compiled.into_iter().flatten().map(|program| (program.name.clone(), program)));
    if let Some(tests) = features::browser_tests()? {
        let compiled = run.compile(|| suite::programs(command().args(tests)))?;
        let named = |program: TestProgram| (format!("{} with features", program.name), program);
        programs.extend(compiled.into_iter().flatten().map(named));
    }
    // The sound of calls takes its time.
    programs.sort_by_key(|(name, _)| !name.starts_with("media"));
    let job = |(name, program): (String, TestProgram)| {
        let mut command = program.started_by(tools::wasm_bindgen_test_runner());
        command
            .env("CHROMEDRIVER_REMOTE", &proxy.url)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        Job { name, command }
    };
    run.groups(vec![Group { name: "browser", jobs: programs.into_iter().map(job).collect(), at_once: 2 }])?;
    run.check("examples for the browser", published::browser_examples().env("PATH", tools::path()))
}

/// The widget for the tests, beside what `build` has made. Nothing if the build failed.
fn build_for_tests(run: &mut Run) -> Result<Option<Build>> {
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

fn end_to_end(run: &mut Run, build: &Build, browser: &Browser) -> Result<Option<Group>> {
    run.check("HubSpot's package compared with calling-extensions", &mut drive::sdk_diff_of_tests())?;
    let Some(started) = StartedPrograms::make(run, build)? else { return Ok(None) };
    let Some(programs) = run.compile(|| suite::compile(&pages(build)))? else { return Ok(None) };
    let packages = end_to_end_packages();
    let mut programs: Vec<_> = suite::programs_of(&programs, &packages).collect();
    programs.sort_by_key(|program| LONGEST.iter().position(|name| *name == program.name).unwrap_or(LONGEST.len()));
    let job = |program: &TestProgram| {
        let mut command = program.command();
        command.arg("--test-threads=1");
        started.name_in(&mut command);
        drive::with_test_environment(&mut command, browser, &build.dist);
        Job { name: name_of(program), command }
    };
    let jobs = programs.into_iter().map(job).collect();
    Ok(Some(Group { name: "e2e", jobs, at_once: 2 }))
}

/// The tests of calling-simulator are those of a program with the pages inside: its build script reads where they are.
fn pages(build: &Build) -> [(&'static str, OsString); 1] {
    [("CALLING_SIMULATOR_PAGES", build.dist.clone().into_os_string())]
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
    let Some(started) = StartedPrograms::make(run, build)? else { return Ok(()) };
    println!("    skipped: the tests of doctor and calling-simulator, programs that drive Chromium alone");
    let simulator = project::has_simulator().then_some("simulator-e2e");
    let tested = ["e2e"].into_iter().chain(simulator).map(str::to_owned);
    let mut command = process::cargo();
    command.arg("test").args(packages(tested)).args(["--no-fail-fast", "--", "--test-threads=2"]);
    started.name_in(&mut command);
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
    // The whole workspace, as in `suite::compile`: what it has compiled is not compiled again.
    command.args(["test", "--workspace", "--no-fail-fast"]).args(features::arguments()?).envs(pages(build));
    // Cargo takes a name that is given twice once.
    command.args(ESSENTIAL.iter().flat_map(|(file, _)| ["--test", file]));
    command.args(["--", "--test-threads=2", "--exact"]).args(ESSENTIAL.iter().map(|(_, test)| *test));
    drive::with_tested_build(&mut command, &build.dist);
    run.tests_with_skips(&format!("essential tests in {}", browser.name()), browser.name_in(&mut command))
}

/// The widget with a phone on SIP, and an exchange that connects its calls.
fn sip_calls(run: &mut Run, built: bool) -> Result<Option<Group>> {
    if exchange::test_packages().is_empty() {
        println!("==> sip: tests/sip is not in this project");
        return Ok(None);
    }
    exchange::ensure_programs()?;
    let dist = project::dist();
    let mut build = None;
    let made = run.build("build of the widget with a phone on SIP", || {
        build = Some(exchange::build(built.then_some(&dist))?);
        Ok(())
    });
    let (true, Some(build)) = (made, build) else { return Ok(None) };
    let Some(programs) = run.compile(|| suite::compile(&[]))? else { return Ok(None) };
    Ok(Some(Group { name: "sip", jobs: exchange::tests(&build, &programs)?, at_once: 1 }))
}

fn contract_with_sip(run: &mut Run) -> Result<()> {
    if exchange::test_packages().is_empty() {
        return Ok(());
    }
    run.tests("contract with sip", &mut exchange::contract(&browser::write_capabilities(&browser::ensure()?)?)?)
}

fn name_of(program: &TestProgram) -> String {
    format!("{} of {}", program.name, program.package)
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
        self.add_tests(name, &output, status.success(), skipped());
        Ok(())
    }

    /// Test programs; `None` when they do not compile.
    fn compile(&mut self, compile: impl FnOnce() -> Result<Vec<TestProgram>>) -> Result<Option<Vec<TestProgram>>> {
        match process::step("compiling the tests", compile) {
            Ok(programs) => Ok(Some(programs)),
            Err(error @ Error::Command { .. }) => {
                eprintln!("\nerror: {error}");
                self.add("compiling the tests", Count::of(false));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Commands that count their tests themselves, and run beside each other.
    fn groups(&mut self, groups: Vec<Group>) -> Result<()> {
        if let [first, ..] = &groups[..] {
            let names = groups[1..].iter().fold(first.name.to_owned(), |names, group| names + " and " + group.name);
            println!("==> {names}");
        }
        for suite::Outcome { name, output, succeeded, seconds } in suite::run(groups) {
            println!("    {name}: done in {seconds:.1} s");
            process::write(&logs().join(format!("{name}.log")), output.as_bytes())?;
            self.add_tests(name, &output, succeeded, 0);
        }
        Ok(())
    }

    fn add_tests(&mut self, name: &str, output: &str, succeeded: bool, skipped: usize) {
        let count = Count::of_tests(output, succeeded).with_skipped(skipped);
        // Tests that are not found would otherwise pass.
        self.add(name, if count.all() == 0 { Count::of(false) } else { count });
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
        self.without_sip(&dist, &beside)
    }

    /// A build without the feature `sip` has nothing of it.
    fn without_sip(&mut self, dist: &Path, beside: &[String]) -> Result<()> {
        if project::is_default_feature(sip::FEATURE)? {
            return Ok(());
        }
        let traces = sip::traces(dist, beside)?;
        for trace in &traces {
            eprintln!("    a build without the feature {} has {trace}", sip::FEATURE);
        }
        self.add("size without sip", Count::of(traces.is_empty()));
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
