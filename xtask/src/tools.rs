//! trunk, wasm-bindgen, cargo-deny, geckodriver and the wasm target: found, or installed into `target/tools`, never into the user's own folders.

use crate::{
    error::{Error, Result, file},
    npm, process, project,
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How a tool is told, found and installed.
struct Tool {
    /// The crate.
    name: &'static str,
    /// The programs that it must bring; the first one tells the version.
    programs: &'static [&'static str],
    version: String,
    /// What makes that program tell its version.
    asked_by: &'static [&'static str],
    accepts: fn(found: &str, wanted: &str) -> bool,
    install: &'static [&'static str],
}

/// Adds the wasm target of the active toolchain, unless it is there.
pub fn wasm_target() -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    rustup("the wasm32-unknown-unknown target", &["target", "add", project::WASM_TARGET])
}

/// Whether rustc can compile for the browser.
pub fn has_wasm_target() -> bool {
    let query = ["--print", "target-libdir", "--target", project::WASM_TARGET];
    let folder = process::output(process::command("rustc").current_dir(project::root()).args(query));
    folder.is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Compiler flags for a standard library without the messages of panics. Panics become traps; the lints deny them.
const SMALL_STD_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Makes the compiler accept unstable options.
pub const BOOTSTRAP: (&str, &str) = ("RUSTC_BOOTSTRAP", "1");

/// The environment in which cargo builds the standard library for size.
pub const SMALL_STD: [(&str, &str); 4] = [
    BOOTSTRAP,
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALL_STD_FLAGS),
];

/// Adds what `SMALL_STD` needs. The error is the reason why it cannot be used.
pub fn small_std_is_possible() -> std::result::Result<(), String> {
    standard_source().map_err(|error| error.to_string())?;
    let accepted = compiler_accepts(SMALL_STD_FLAGS);
    accepted.then_some(()).ok_or_else(|| format!("this compiler rejects one of {SMALL_STD_FLAGS}"))
}

/// Whether the active compiler knows these flags, some of which may be unstable.
fn compiler_accepts(flags: &str) -> bool {
    let mut rustc = process::command("rustc");
    rustc.current_dir(project::root()).env("RUSTC_BOOTSTRAP", "1");
    rustc.args(["--print", "cfg", "--target", project::WASM_TARGET]).args(flags.split(' '));
    process::output(&mut rustc).is_some()
}

/// Adds the source of the standard library, unless it is there.
fn standard_source() -> Result<()> {
    let query = ["--print", "sysroot"];
    let sysroot = process::output(process::command("rustc").current_dir(project::root()).args(query));
    if sysroot.is_some_and(|root| Path::new(root.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file()) {
        return Ok(());
    }
    rustup("the source of the standard library", &["component", "add", "rust-src"])
}

/// Adds clippy and rustfmt, unless they are there.
pub fn components() -> Result<()> {
    for (program, component) in [("clippy", "clippy"), ("fmt", "rustfmt")] {
        if process::output(process::cargo().args([program, "--version"])).is_none() {
            rustup(component, &["component", "add", component])?;
        }
    }
    Ok(())
}

/// trunk and wasm-bindgen, installed when there is none of the right version.
pub fn trunk_and_bindgen() -> Result<()> {
    ensure(&Tool {
        name: "trunk",
        programs: &["trunk"],
        version: "0.21.14".into(),
        asked_by: &["--version"],
        accepts: same_minor,
        install: &["--locked", "--no-default-features", "--features", "rustls"],
    })?;
    ensure(&Tool {
        name: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: project::locked_version("wasm-bindgen")?,
        asked_by: &["--version"],
        accepts: |found, wanted| found == wanted,
        // Not --locked: its lock file has named a version that was withdrawn.
        install: &[],
    })
}

/// cargo-deny, installed when there is none of the right version.
pub fn cargo_deny() -> Result<()> {
    ensure(&Tool {
        name: "cargo-deny",
        programs: &["cargo-deny"],
        version: "0.20.2".into(),
        asked_by: &["--version"],
        accepts: same_minor,
        install: &["--locked"],
    })
}

/// geckodriver, which starts Firefox for the tests, installed when there is none of the right version.
pub fn geckodriver() -> Result<()> {
    ensure(&Tool {
        name: "geckodriver",
        programs: &["geckodriver"],
        version: "0.37.1".into(),
        asked_by: &["--version"],
        accepts: same_minor,
        install: &["--locked"],
    })
}

/// cargo-deny, at home in the workspace.
pub fn cargo_deny_command() -> Command {
    let mut command = process::command(ours_or_named("cargo-deny"));
    command.current_dir(project::root());
    command
}

/// cargo-mutants, installed when there is none of the right version.
pub fn cargo_mutants() -> Result<()> {
    ensure(&Tool {
        name: "cargo-mutants",
        programs: &["cargo-mutants"],
        version: "27.1.0".into(),
        // It knows no option before the name of the subcommand.
        asked_by: &["mutants", "--version"],
        accepts: same_minor,
        install: &["--locked"],
    })
}

/// cargo-mutants, at home in the workspace.
pub fn cargo_mutants_command() -> Command {
    let mut command = process::command(ours_or_named("cargo-mutants"));
    command.current_dir(project::root());
    command
}

/// The PATH for trunk, cargo and their children: our tools first.
pub fn path() -> OsString {
    process::path_with(&[bin(), npm::bin()])
}

/// trunk, at home in the workspace.
pub fn trunk() -> Command {
    // Its minifier warns of every module that wasm-bindgen writes; ours comes after it.
    const LOG: &str = "error,trunk=info,trunk::processing::minify=error";
    let mut command = process::command(ours_or_named("trunk"));
    command.current_dir(project::root()).env("PATH", path());
    if env::var_os("RUST_LOG").is_none() {
        command.env("RUST_LOG", LOG);
    }
    command
}

/// wasm-bindgen, of the version that this project needs.
pub fn wasm_bindgen() -> Command {
    let mut command = process::command(ours_or_named("wasm-bindgen"));
    command.current_dir(project::root()).env("PATH", path());
    command
}

/// What runs a test program that is compiled for the browser, which is its last argument.
pub fn wasm_bindgen_test_runner() -> Command {
    let mut command = process::command(ours_or_named("wasm-bindgen-test-runner"));
    command.env("PATH", path());
    command
}

/// The path of our own tool when there is one: Windows looks for a program on our PATH, not on the child's.
fn ours_or_named(program: &str) -> PathBuf {
    let ours = bin().join(process::executable(program));
    if ours.is_file() { ours } else { program.into() }
}

fn rustup(what: &'static str, arguments: &[&str]) -> Result<()> {
    if process::on_path("rustup").is_empty() {
        return Err(Error::NoRustup(what));
    }
    process::step(&format!("adding {what}"), || {
        let status = process::run(process::command("rustup").current_dir(project::root()).args(arguments))?;
        if status.success() { Ok(()) } else { Err(Error::Rustup(what)) }
    })
}

fn ensure(tool: &Tool) -> Result<()> {
    let ours = bin().join(process::executable(tool.programs[0]));
    if ours.is_file() {
        if is_right(tool, &ours) {
            return Ok(());
        }
        // It would hide a right one further down the PATH.
        for program in tool.programs {
            let path = bin().join(process::executable(program));
            if path.exists() {
                fs::remove_file(&path).map_err(file("remove", &path))?;
            }
        }
    }
    // The first one is what a child would start.
    if process::on_path(tool.programs[0]).first().is_some_and(|path| is_right(tool, path)) {
        return Ok(());
    }
    install(tool)
}

/// Whether the program has an accepted version and its companions beside it.
fn is_right(tool: &Tool, path: &Path) -> bool {
    let version = process::output(process::command(path).args(tool.asked_by));
    let accepted =
        version.as_deref().and_then(version_of).is_some_and(|version| (tool.accepts)(version, &tool.version));
    accepted && tool.programs.iter().all(|program| path.with_file_name(process::executable(program)).is_file())
}

fn install(tool: &Tool) -> Result<()> {
    let Tool { name, version, .. } = tool;
    if !process::on_path("cargo-binstall").is_empty() {
        let fetched = process::step(&format!("fetching {name} {version} with cargo-binstall"), || {
            let root = project::tools();
            let arguments = ["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"];
            process::run(process::cargo().args(arguments).arg(root).arg(format!("{name}@{version}")))
        });
        if fetched.is_ok_and(|status| status.success())
            && is_right(tool, &bin().join(process::executable(tool.programs[0])))
        {
            return Ok(());
        }
        println!("    cargo-binstall did not bring it, so it is built");
    }
    process::step(&format!("building {name} {version} into target/tools, once; it takes some minutes"), || {
        let status = process::run(&mut cargo_install(tool))?;
        if !status.success() {
            return Err(Error::Install { tool: name, version: version.clone() });
        }
        // What is built is kept while it may still be needed: an interrupted build goes on where it was.
        let _ = fs::remove_dir_all(build_folder());
        Ok(())
    })
}

fn cargo_install(tool: &Tool) -> Command {
    let mut command = process::cargo();
    command
        .args(["install", tool.name, "--version", &tool.version, "--force", "--root"])
        .arg(project::tools())
        .args(tool.install)
        // Quick to build rather than quick to run: they spend their time waiting for rustc. They consist of hundreds of small crates,
        // which use all cores without being divided.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")
        .env("CARGO_TARGET_DIR", build_folder());
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET"] {
        if env::var_os(name).is_some() {
            command.env_remove(name);
        }
    }
    command
}

fn bin() -> PathBuf {
    project::tools().join("bin")
}

fn build_folder() -> PathBuf {
    project::tools().join("build")
}

/// The version in what a program prints for `--version`: `trunk 0.21.14`, `wasm-opt version 132 (version_132)`.
pub fn version_of(output: &str) -> Option<&str> {
    output.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// Whether both belong to one series: `0.21.5` and `0.21.14`.
fn same_minor(found: &str, wanted: &str) -> bool {
    let series = |version: &str| version.rsplit_once('.').map(|(series, _)| series.to_owned());
    series(found).is_some() && series(found) == series(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_first_word_that_is_one() {
        for (output, version) in [
            ("trunk 0.21.14\n", Some("0.21.14")),
            ("wasm-bindgen 0.2.130 (d4f1a6c4b 2026-01-01)", Some("0.2.130")),
            ("wasm-opt version 132 (version_132)", Some("132")),
            ("Chromium 156.0.8078.79 built on Debian", Some("156.0.8078.79")),
            ("no version", None),
            ("", None),
        ] {
            assert_eq!(version_of(output), version, "{output}");
        }
    }

    #[test]
    fn a_flag_that_the_compiler_rejects_is_found_before_the_build() {
        assert!(compiler_accepts("-Copt-level=z"));
        assert!(!compiler_accepts("-Cpanic=no-such-strategy"));
        assert!(!compiler_accepts("-Zunstable-options -Zno-such-option"));
    }

    #[test]
    fn trunk_may_be_any_of_its_series() {
        for (found, accepted) in [
            ("0.21.14", true),
            ("0.21.0", true),
            ("0.22.1", false),
            ("0.20.3", false),
            ("1.21.14", false),
            ("0.210.1", false),
            ("", false),
        ] {
            assert_eq!(same_minor(found, "0.21.14"), accepted, "{found}");
        }
    }
}
