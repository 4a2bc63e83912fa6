//! `calling-settings`: the calling settings of a HubSpot app on the command line. `cargo xtask settings` starts it with the
//! values of this repository.

mod arguments;
mod commands;
mod consent;
mod credentials;
mod curl;
mod error;

use arguments::Arguments;
use clap::{CommandFactory, FromArgMatches};
use error::{Error, Result};
use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let program = env::var("CALLING_SETTINGS_PROGRAM").unwrap_or_else(|_| "calling-settings".to_owned());
    let matches = Arguments::command().bin_name(&program).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match run(&arguments, program) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments, program: String) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Setup)?;
    runtime.block_on(commands::run(arguments, program))
}
