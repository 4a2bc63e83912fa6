//! cargo-deny: licences, versions and sources of all dependencies, and what is known about their security.

use crate::{error::Result, process, tools};
use std::{env, process::Command};

/// The check, with the database of advisories where it can be fetched. In GitHub's workflow it must be.
pub fn command() -> Result<Command> {
    let mut which = vec!["bans", "licenses", "sources"];
    if env::var_os("GITHUB_ACTIONS").is_some() || can_fetch_advisories() {
        which.push("advisories");
    } else {
        println!(
            "    advisories are skipped: their database, https://github.com/RustSec/advisory-db, cannot be fetched"
        );
    }
    let mut command = cargo_deny();
    command.arg("check").args(which);
    Ok(command)
}

fn can_fetch_advisories() -> bool {
    process::output(cargo_deny().args(["fetch", "db"])).is_some()
}

/// All packages of the workspace, with all features.
fn cargo_deny() -> Command {
    let mut command = tools::cargo_deny_command();
    command.arg("--workspace");
    command
}
