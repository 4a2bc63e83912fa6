//! The program. `calling-simulator --help` says what it does.

use calling_simulator::{
    choice,
    cli::{Arguments, Command},
    error::Error,
    run, serve,
};
use clap::Parser;
use std::{io::Write, process::ExitCode};

/// The exit status of a run that was interrupted, as shells give it.
const INTERRUPTED: u8 = 130;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match execute(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn execute(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Serve(options) => serve::serve(&options).await?,
        Command::Run(options) => {
            return tokio::select! {
                report = run::run(&options) => {
                    let report = report?;
                    println!("{}", report.summary());
                    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
                }
                // The browsers end with the future that is dropped.
                Ok(()) = tokio::signal::ctrl_c() => Ok(ExitCode::from(INTERRUPTED)),
            };
        }
        Command::List => {
            let scenarios = choice::all_shipped()?;
            let line = |it: &choice::Chosen| format!("{:<24} {}\n", it.name, it.description);
            print_text(&scenarios.iter().map(line).collect::<String>());
        }
        Command::Selectors => print_text(&choice::template()?),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints to the standard output. A reader that has seen enough, such as `head`, closes it.
fn print_text(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
