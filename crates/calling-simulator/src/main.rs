//! The program. `calling-simulator --help` says what it does.

use calling_simulator::{
    choice,
    cli::{Arguments, Command},
    error::Error,
    run, serve,
};
use clap::Parser;
use std::{io::Write, process::ExitCode};
use tokio::{signal, sync::watch};

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
        Command::Serve(options) => tokio::select! {
            // First, so that it listens for signals before the addresses are printed.
            biased;
            () = interrupted() => {}
            served = serve::serve(&options) => match served? {},
        },
        Command::Run(options) => {
            let (sender, receiver) = watch::channel(false);
            tokio::spawn(async move {
                interrupted().await;
                sender.send_replace(true);
                // The receivers take a sender that is gone for the end of all interrupts.
                std::future::pending::<()>().await;
            });
            let Some(report) = run::run(&options, &receiver).await? else {
                eprintln!("\ninterrupted: no report was written");
                return Ok(ExitCode::from(INTERRUPTED));
            };
            println!("{}", report.summary());
            if !report.has_tested() {
                eprintln!("error: every scenario was ignored: fill in the file with the selectors of the widget");
                return Ok(ExitCode::from(2));
            }
            return Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
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

/// Waits for Ctrl+C or, on Unix, for the signal with which CI systems end a job and container engines a container.
async fn interrupted() {
    #[cfg(unix)]
    if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            Ok(()) = signal::ctrl_c() => return,
            Some(()) = terminate.recv() => return,
            // A system without these signals.
            else => {}
        }
    }
    if signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Prints to the standard output. A reader that has seen enough, such as `head`, closes it.
fn print_text(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
