//! The exchange of `crates/sip-exchange`: its programs, the tests with it in a namespace, and the exchange for a person.

use crate::{
    browser,
    bundle::{self, Build},
    drive,
    error::{Error, Result, file},
    npm, process, project, sip,
    suite::{self, Job, TestProgram},
    tools,
};
use std::{env, ffi::OsString, fs, path::Path, process::Command};

/// The package of the exchange, and the one with the tests.
const EXCHANGE: &str = "sip-exchange";
const TESTS: &str = "sip-e2e";
/// What the widget is built with.
const FEATURE: &str = sip::FEATURE;
/// Tests mostly wait for audio, and each has an exchange of its own: two run at a time in a program. With three and with four, two cores were
/// too busy for the sound, and a test failed.
const THREADS: &str = "--test-threads=2";
/// Where users log in during the contract tests: nothing else is in their namespace.
const CONTRACT_PORT: u16 = 5090;
/// The exchange consists of these, and `ip` makes the loopback interface work in a namespace.
const PROGRAMS: [&str; 5] = ["kamailio", "rtpengine", "baresip", "turnserver", "ip"];
/// Debian's packages with them.
pub const PACKAGES: [&str; 7] = [
    "kamailio",
    "kamailio-websocket-modules",
    "kamailio-tls-modules",
    "rtpengine-daemon",
    "baresip-core",
    "coturn",
    "iproute2",
];

/// The packages whose tests need the exchange. A fork may have deleted them.
pub fn test_packages() -> Vec<String> {
    let exists = project::root().join("tests/sip/Cargo.toml").is_file();
    exists.then(|| TESTS.to_owned()).into_iter().collect()
}

/// Installs what is missing, where apt-get is, and may.
pub fn ensure_programs() -> Result<()> {
    if missing().is_some() && browser::can_install() {
        process::step(&format!("installing {} with apt-get", PACKAGES.join(", ")), || browser::install(&PACKAGES))?;
    }
    missing().map_or(Ok(()), |program| Err(Error::NoExchange { program, packages: PACKAGES.join(" ") }))
}

fn missing() -> Option<&'static str> {
    let is_there = |program: &str| {
        // Programs for administrators are not on the PATH of every user.
        !process::on_path(program).is_empty() || Path::new("/usr/sbin").join(program).is_file()
    };
    PROGRAMS.into_iter().find(|program| !is_there(program))
}

/// Builds the widget with a phone on SIP into a folder of its own, with the simulator beside it, which is taken from `built` if it is
/// there already.
pub fn build(built: Option<&Path>) -> Result<Build> {
    let build =
        Build { dist: project::target().join("sip-dist"), features: vec![FEATURE.to_owned()], ..Build::deployable() };
    let beside = match built {
        Some(dist) => dist.to_owned(),
        None if project::has_simulator() => {
            let simulator = Build { dist: project::target().join("sip-simulator"), ..Build::deployable() };
            bundle::make_simulator(&simulator)?;
            simulator.dist
        }
        None => project::dist(),
    };
    bundle::make_widget_with_simulator(&build, &beside)?;
    Ok(build)
}

/// The test programs, each in a network namespace that has nothing but loopback. They have been compiled before: nothing can be
/// downloaded there.
pub fn tests(build: &Build, programs: &[TestProgram]) -> Result<Vec<Job>> {
    let browser = browser::ensure()?;
    let packages = test_packages();
    let programs = suite::programs_of(programs, &packages);
    let job = |program: &TestProgram| {
        let mut command = program.started_by(isolated()?);
        command.arg(THREADS);
        drive::with_test_environment(&mut command, &browser, &build.dist);
        // Folders there are named after the process, and each namespace begins to count its processes again.
        let temporary = env::temp_dir().join(format!("sip-{}", program.name));
        fs::create_dir_all(&temporary).map_err(file("create", &temporary))?;
        command.env("TMPDIR", temporary);
        Ok(Job::new(program.name.clone(), command))
    };
    programs.map(job).collect()
}

/// The contract of the widget's seam, run against the phone on SIP in a browser, with an exchange, in such a namespace.
pub fn contract(webdriver: &Path) -> Result<Command> {
    let back_end = format!("http://127.0.0.1:{CONTRACT_PORT}");
    let widget = project::widget_package()?;
    let test = |arguments: &[&str]| {
        let mut command = process::cargo();
        command.args(["test", "--target", project::WASM_TARGET, "--package", &widget, "--test", "contract"]);
        command
            .arg("--features")
            .arg(project::test_features()?.into_iter().chain([FEATURE.to_owned()]).collect::<Vec<_>>().join(","));
        command.args(arguments).env("BACK_END", &back_end).env("PATH", tools::path());
        Ok::<_, Error>(command)
    };
    process::run_checked(&mut test(&["--no-run"])?)?;
    process::run_checked(process::cargo().args(["build", "--workspace", "--bin", EXCHANGE]))?;
    let browser = browser::ensure()?;
    let mut command = isolated()?;
    command.arg(project::cargo_target().join("debug").join(process::executable(EXCHANGE))).arg("--port");
    command.args([&CONTRACT_PORT.to_string(), "--", "cargo"]).args(test(&["--offline", "--", "sip::"])?.get_args());
    command
        .env("BACK_END", back_end)
        .env("PATH", tools::path())
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    Ok(command)
}

/// A command in namespaces of its own for network and processes; when it ends, all that it has started ends. The program and its
/// arguments follow.
fn isolated() -> Result<Command> {
    let namespaces = ["--net", "--pid", "--fork", "--mount-proc", "--kill-child"];
    // Users who are not root may do it where the system lets them be root of a namespace.
    for user in [&[][..], &["--map-root-user"][..]] {
        let mut command = process::command("unshare");
        command.args(user).args(namespaces).args(["sh", "-c", "ip link set lo up && exec \"$@\"", "sh"]);
        command.current_dir(project::root());
        let mut probe = process::command("unshare");
        probe.args(command.get_args()).arg("true");
        if process::output(&mut probe).is_some() {
            return Ok(command);
        }
    }
    Err(Error::NoNamespace)
}

/// Starts the exchange for a person, with widget and simulator, until Ctrl-C. On loopback only, but in no namespace: the person's
/// browser must reach it.
pub fn phone(arguments: &[OsString]) -> Result<()> {
    let is_help = arguments.iter().any(|it| it == "--help" || it == "-h");
    let mut command = process::cargo();
    command.args(["run", "--quiet", "--package", EXCHANGE, "--"]);
    if !is_help {
        ensure_programs()?;
        browser::ensure_npm()?;
        npm::ensure(&[npm::ESBUILD])?;
        let build = build(None)?;
        command.arg("--widget").arg(&build.dist);
        command.args(["--port".to_owned(), project::served_port(&project::widget())?.to_string()]);
        if project::has_simulator() {
            command.arg("--simulator").arg(&build.dist);
            command.args(["--simulator-port".to_owned(), project::served_port(&project::simulator())?.to_string()]);
        }
    }
    // What it prints says all.
    if process::run(command.args(arguments))?.success() { Ok(()) } else { Err(Error::Reported) }
}
