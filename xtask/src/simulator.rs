//! The simulator's page, beside the widget that trunk has just built.

use crate::{
    error::{Error, Result, file},
    page, process, project, size, tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

/// Where the page lies in a build.
pub const FOLDER: &str = "simulator";
/// Where HubSpot's address of a calling window leads. The account's number follows, as `simulator/src/crm` has it.
pub const CALLING_WINDOW_FOLDER: &str = "calling-integration-popup-ui";

/// Puts the simulator into a build of the widget. `finish` makes a page small that has been built anew.
pub fn add_to(staging: &Path, release: bool, finish: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let made = made(release);
    let program = build(release)?;
    // cargo knows what has changed; trunk would do its part again after every change of the widget.
    if is_outdated(&made.join("index.html"), &program)? {
        run_trunk(&made, release)?;
        page::start_modules_by_themselves(&made)?;
        finish(&made)?;
    }
    copy(&made, &staging.join(FOLDER))?;
    let window = source().join("calling-window");
    copy_file(&window.join("calling-window.js"), &staging.join(FOLDER).join("calling-window.js"))?;
    let address = staging.join(CALLING_WINDOW_FOLDER).join(portal_id()?);
    copy_file(&window.join("index.html"), &address.join("index.html"))
}

/// Where it is kept until something in it changes.
fn made(release: bool) -> PathBuf {
    project::target().join(FOLDER).join(profile(release))
}

fn profile(release: bool) -> &'static str {
    if release { "release" } else { "debug" }
}

fn source() -> PathBuf {
    project::root().join("crates/simulator")
}

/// The program, as trunk will ask cargo for it.
fn build(release: bool) -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--target", project::WASM_TARGET, "--package", "simulator", "--bin", "simulator"]);
    if release {
        cargo.arg("--release");
    }
    process::run_well(as_it_comes(&mut cargo))?;
    Ok(project::cargo_target().join(project::WASM_TARGET).join(profile(release)).join("simulator.wasm"))
}

fn run_trunk(made: &Path, release: bool) -> Result<()> {
    let mut trunk = tools::trunk();
    trunk.arg("build").arg("--config").arg(source().join("Trunk.toml")).arg("--dist").arg(made);
    if release {
        trunk.arg("--release");
    }
    process::run_well(as_it_comes(&mut trunk))
}

/// Without what the widget's trunk says to its hooks, and what makes the widget's standard library small: nobody waits for the
/// simulator on a bad line, and it can do with messages of panics.
fn as_it_comes(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        let unwanted = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_UNSTABLE_") || name.starts_with("TRUNK_") && !name.starts_with("TRUNK_TOOLS_")
        });
        if unwanted {
            command.env_remove(name);
        }
    }
    command.env_remove(tools::SMALL_STD_FLAGS)
}

/// Whether the page is missing, or older than its program or anything else that it is made of.
fn is_outdated(page: &Path, program: &Path) -> Result<bool> {
    let Some(made) = modified(page) else { return Ok(true) };
    let mut sources = size::files_in(&source())?;
    sources.push(program.to_owned());
    Ok(sources.iter().any(|path| modified(path).is_none_or(|changed| changed > made)))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for path in size::files_in(from)? {
        copy_file(&path, &to.join(path.strip_prefix(from).unwrap_or(&path)))?;
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let content = fs::read(from).map_err(file("read", from))?;
    process::write(to, &content)
}

/// The number of the made-up account.
fn portal_id() -> Result<String> {
    let path = source().join("src/crm/mod.rs");
    let code = fs::read_to_string(&path).map_err(file("read", &path))?;
    portal_id_in(&code).ok_or(Error::NoPortalId(path))
}

fn portal_id_in(code: &str) -> Option<String> {
    let (_, rest) = code.split_once("PORTAL_ID: u32 = ")?;
    let digits: String = rest.split(';').next()?.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_has_a_number() {
        assert_eq!(portal_id_in("pub const PORTAL_ID: u32 = 6_125_000;\n").as_deref(), Some("6125000"));
        assert_eq!(portal_id_in("pub const PORTAL_ID: u32 = OTHER;"), None);
        assert_eq!(portal_id_in(""), None);
        assert!(portal_id().is_ok());
    }

    #[test]
    fn a_page_is_outdated_when_its_program_is_newer_or_either_is_missing() {
        let folder = project::cargo_target().join("xtask-tests/outdated");
        let _ = fs::remove_dir_all(&folder);
        let (page, program) = (folder.join("index.html"), folder.join("simulator.wasm"));
        assert!(is_outdated(&page, &program).unwrap());
        process::write(&program, b"wasm").unwrap();
        process::write(&page, b"page").unwrap();
        let later = SystemTime::now() + std::time::Duration::from_secs(60);
        fs::File::options().write(true).open(&page).unwrap().set_modified(later).unwrap();
        assert!(!is_outdated(&page, &program).unwrap());
        let later = later + std::time::Duration::from_secs(60);
        fs::File::options().write(true).open(&program).unwrap().set_modified(later).unwrap();
        assert!(is_outdated(&page, &program).unwrap());
        fs::remove_file(&program).unwrap();
        assert!(is_outdated(&page, &program).unwrap());
    }
}
