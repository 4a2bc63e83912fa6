//! Runs an exchange until it is told to stop.

use clap::Parser;
use sip_exchange::{ALICE, ANSWERS, BOB, DESK, Exchange, NEVER_ANSWERS, Options, UNKNOWN_NUMBER, sessions::BackEnd};
use std::{path::PathBuf, process::ExitCode};

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
    /// The phone rings until it is answered with `a`
    #[arg(long)]
    manual: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), sip_exchange::Error> {
    let temporary = std::env::temp_dir().join(format!("sip-exchange-{}", std::process::id()));
    let folder = arguments.folder.as_ref().unwrap_or(&temporary);
    let options = Options {
        tls: arguments.tls,
        turn: arguments.turn,
        phone_answers: !arguments.manual,
        ..Options::default()
    };
    let exchange = Exchange::start(folder, options).await?;
    let back_end = BackEnd::start(&exchange, arguments.widget.as_deref(), arguments.port).await?;
    println!("log-in     {}", back_end.url());
    println!("exchange   {}", exchange.websocket());
    println!("logs       {}", exchange.folder().display());
    for account in [ALICE, BOB] {
        println!("user       {} (password {}), {}", account.user, account.password, account.number);
    }
    println!("phone      {}", DESK.number);
    println!("no answer  {NEVER_ANSWERS}");
    for answer in ANSWERS {
        println!("{:<10} {}", answer.status, answer.number);
    }
    println!("404        {UNKNOWN_NUMBER}");
    let _ = tokio::signal::ctrl_c().await;
    Ok(())
}
