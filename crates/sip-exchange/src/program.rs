//! The command line, and what is printed.

use clap::Parser;
use sip_exchange::{
    ALICE, ANSWERS, Account, BOB, Certificate, DESK, Error, Exchange, NEVER_ANSWERS, Options, Phone, UNKNOWN_NUMBER,
    sessions::BackEnd,
    simulator::{self, name_of_widget},
};
use std::{ffi::OsString, path::PathBuf, process::ExitCode};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    signal::unix::{SignalKind, signal},
};

/// A telephone exchange on 127.0.0.1, with a phone and a log-in for the widget.
#[derive(Parser)]
#[command(name = "sip-exchange")]
struct Arguments {
    /// The folder of a widget that is built with the feature `sip`; without it only the log-in is served
    #[arg(long)]
    widget: Option<PathBuf>,
    /// The port of widget and log-in; 0 chooses a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The folder with the simulator in `simulator/`, which is served with the widget in it
    #[arg(long, requires = "widget")]
    simulator: Option<PathBuf>,
    /// The port of the simulator; 0 chooses a free one
    #[arg(long, default_value_t = 0)]
    simulator_port: u16,
    /// Configuration and logs; a folder for temporary files by default
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Encrypts the WebSocket, with a certificate made for this run
    #[arg(long)]
    tls: bool,
    /// Sends all audio through a TURN server
    #[arg(long)]
    turn: bool,
    /// The phone rings until `answer` is entered
    #[arg(long)]
    manual: bool,
    /// Runs this command while the exchange runs, instead of reading what is entered, and ends as it does
    #[arg(last = true)]
    command: Vec<OsString>,
}

/// Runs until the program is told to stop.
#[tokio::main]
pub async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether the command has succeeded.
async fn run(arguments: Arguments) -> Result<bool, Error> {
    let temporary = std::env::temp_dir().join(format!("sip-exchange-{}", std::process::id()));
    let folder = arguments.folder.as_ref().unwrap_or(&temporary);
    let tls = if arguments.tls { Some(Certificate::generate()?) } else { None };
    let options = Options { tls, turn: arguments.turn, phone_answers: !arguments.manual, ..Options::default() };
    let exchange = Exchange::start(folder, options).await?;
    let back_end = BackEnd::start(&exchange, arguments.widget.as_deref(), arguments.port).await?;
    let simulator = match (&arguments.simulator, &arguments.widget) {
        (Some(folder), Some(widget)) => {
            Some(simulator::serve(folder, arguments.simulator_port, &back_end, name_of_widget(widget)).await?)
        }
        _ => None,
    };
    if let Some((program, parameters)) = arguments.command.split_first() {
        let status = tokio::process::Command::new(program).args(parameters).status().await;
        return status
            .map(|status| status.success())
            .map_err(|source| Error::Command { program: program.clone(), source });
    }
    print_users(&back_end, arguments.widget.is_some(), simulator);
    print_numbers(arguments.manual);
    println!("\nThe exchange is at {}, its logs are in {}.", exchange.websocket(), exchange.folder().display());
    if arguments.tls {
        println!(
            "Its certificate is made for this run: open https://127.0.0.1:{} once and accept it.",
            exchange.ports().wss()
        );
    }
    println!("\nThe phone: `call NUMBER`, `answer`, `hang up`, `hold`, `resume`; Ctrl-C ends everything.");
    tokio::select! {
        () = control(exchange.phone()) => {}
        () = told_to_stop() => {}
    }
    Ok(true)
}

/// Ready when the user or the system ends the program: its children end with it.
async fn told_to_stop() {
    let signal = async |kind| match signal(kind) {
        Ok(mut signals) => drop(signals.recv().await),
        // Without a handler the system ends the program.
        Err(_) => std::future::pending().await,
    };
    tokio::select! {
        () = signal(SignalKind::interrupt()) => {}
        () = signal(SignalKind::terminate()) => {}
        () = signal(SignalKind::hangup()) => {}
    }
}

/// Two users in one browser: each has a page and a widget of other origins than the other's.
fn print_users(back_end: &BackEnd, widget: bool, simulator: Option<u16>) {
    for (account, host, other_host) in [(ALICE, "localhost", "127.0.0.1"), (BOB, "127.0.0.1", "localhost")] {
        let Account { user, password, number, .. } = account;
        let own = format!("http://{other_host}:{}/", back_end.port());
        println!("\nLog in as {user}, password {password}, number {number}:");
        match simulator {
            Some(port) => println!("  http://{host}:{port}{}", simulator::PATH),
            None if widget => println!("  {own} is the widget, for a host page of yours"),
            None => println!("  {own}session is the log-in"),
        }
    }
}

fn print_numbers(manual: bool) {
    println!("\nUsers can call each other, and:");
    let answers = if manual {
        "the phone, which rings until you enter `answer`"
    } else {
        "the phone, which answers and plays a tone"
    };
    println!("  {}  {answers}", DESK.number);
    println!("  {NEVER_ANSWERS}  nobody answers");
    for answer in ANSWERS {
        println!("  {}  {} {}", answer.number, answer.status, answer.phrase);
    }
    println!("  {UNKNOWN_NUMBER}  404 Not Found");
}

/// Does what is entered, until there is no more.
async fn control(phone: &Phone) {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let done = match line.split_whitespace().collect::<Vec<_>>()[..] {
            [] => continue,
            ["call", number] => phone.dial(number).await,
            ["answer"] => phone.answer().await,
            ["hang", "up"] => phone.hang_up().await,
            ["hold"] => phone.hold(true).await,
            ["resume"] => phone.hold(false).await,
            _ => {
                println!("enter `call NUMBER`, `answer`, `hang up`, `hold` or `resume`");
                continue;
            }
        };
        if let Err(error) = done {
            println!("{error}");
        }
    }
    // Started without a terminal: it runs until it is told to stop.
    std::future::pending().await
}
