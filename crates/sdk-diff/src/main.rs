//! `cargo xtask sdk-diff VERSION`.

use clap::Parser;
use sdk_diff::{Report, compare::compare, npm, package::Package};
use std::{path::PathBuf, process::ExitCode};

/// Compares a version of HubSpot's npm package with calling-extensions: message types, handlers, constants, types with their fields,
/// methods.
///
/// The exit status is 0 when calling-extensions lacks nothing, 1 when it lacks something or has it in another form, 2 when the version
/// cannot be compared.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask sdk-diff")]
struct Arguments {
    /// The version, as 0.9.7, or `latest`.
    #[arg(required_unless_present = "folder")]
    version: Option<String>,
    /// Compares a package that is unpacked in this folder, instead of fetching one.
    #[arg(long, value_name = "DIR", conflicts_with = "version")]
    folder: Option<PathBuf>,
    /// Prints the report as JSON.
    #[arg(long)]
    json: bool,
    /// Where to unpack what is fetched.
    #[arg(long, value_name = "DIR", default_value = "target/sdk-diff")]
    cache: PathBuf,
}

/// The version could not be compared.
const NOT_COMPARED: u8 = 2;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(report) if report.missing.is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(NOT_COMPARED)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Report, Box<dyn std::error::Error>> {
    let folder = match (&arguments.folder, &arguments.version) {
        (Some(folder), _) => folder.clone(),
        (None, version) => npm::fetch(version.as_deref().unwrap_or_default(), &arguments.cache)?,
    };
    let report = compare(&Package::read(&folder)?);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{report}");
    }
    Ok(report)
}
