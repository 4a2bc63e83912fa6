//! Every check and test of this repository, with what they need, and how many passed.

mod end_to_end;
mod run;

pub use end_to_end::test_in;

use self::end_to_end::{build_for_tests, end_to_end, essential_tests, pages};
use self::run::Run;
use crate::{
    browser::{self, Browser},
    bundle::{self, Build},
    deny, disk,
    error::Result,
    exchange, features, npm, process, project, published,
    suite::{self, Group, Job, TestProgram},
    tools, webdriver_proxy,
};
use std::time::Instant;

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
    if Part::ALL.into_iter().all(has) && !run::logs().exists() {
        disk::warn_before_tests();
    }
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
            Part::Sip => sip_calls(&mut run, built == Some(true), built_for_tests.as_ref().and_then(Option::as_ref))?,
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
    println!("\nin {} s, the outputs of the tests are in {}", start.elapsed().as_secs(), run::logs().display());
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
        let mut programs: Vec<_> =
            programs.into_iter().filter(|program| !with_browser.contains(&program.package)).collect();
        // Its tests compile projects that are made from this one, longer than all others take.
        programs.sort_by_key(|program| program.package != "xtask");
        let jobs = programs.iter().map(|program| Job::new(name_of(program), program.command())).collect();
        run.group(Group { name: "native".to_owned(), jobs, at_once: 2 })?;
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
    let proxy = webdriver_proxy::start(&browser.driver, run::logs())?;
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
        Job::in_page(name, command)
    };
    run.group(Group { name: "browser".to_owned(), jobs: programs.into_iter().map(job).collect(), at_once: 2 })?;
    run.check("examples for the browser", published::browser_examples().env("PATH", tools::path()))
}

/// The widget with a phone on SIP, and an exchange that connects its calls.
fn sip_calls(run: &mut Run, built: bool, built_for_tests: Option<&Build>) -> Result<()> {
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
    let Some(programs) = run.compile(|| suite::compile(&pages(built_for_tests)))? else { return Ok(()) };
    run.group(Group { name: "sip".to_owned(), jobs: exchange::tests(&build, &programs)?, at_once: 2 })?;
    contract_with_sip(run)
}

fn contract_with_sip(run: &mut Run) -> Result<()> {
    if exchange::test_packages().is_empty() {
        return Ok(());
    }
    let name = "contract with sip".to_owned();
    let command = exchange::contract(&browser::write_capabilities(&browser::ensure()?)?)?;
    run.group(Group { name: name.clone(), jobs: vec![Job::in_page(name, command)], at_once: 1 })
}

fn name_of(program: &TestProgram) -> String {
    format!("{} of {}", program.name, program.package)
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
}
