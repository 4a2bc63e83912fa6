//! The command line of the back end.

use backend::accounts::{self, User};
use backend::config::{Secrets, Settings};
use backend::server::{self, ServerError};
use backend::store::{Store, StoreError};
use call_model::Account;
use clap::{Parser, Subcommand};
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

/// A back end for the calling app.
///
/// Secrets come from the environment: HUBSPOT_CLIENT_SECRET, HUBSPOT_ACCESS_TOKEN, BACKEND_LINK_KEY.
#[derive(Parser)]
#[command(name = "backend")]
struct Arguments {
    /// The SQLite file; it is created when it does not exist
    #[arg(long, env = "BACKEND_DATABASE", default_value = "backend.sqlite", global = true)]
    database: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves until it is told to stop by Ctrl-C or SIGTERM
    Serve(Box<Settings>),
    /// Adds a user, or changes one. Reads the password from the standard input, without the line end
    AddUser {
        /// The name for the log-in
        name: String,
        /// The id of the HubSpot account
        #[arg(long)]
        portal: u64,
        /// The id of the user in that account
        #[arg(long)]
        hubspot_user: u64,
        /// The numbers and outcomes, as in account.json
        #[arg(long)]
        account: PathBuf,
    },
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Server(#[from] ServerError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{path}: {reason}")]
    Account { path: PathBuf, reason: String },
    #[error("give a password on the standard input: printf '%s' \"$PASSWORD\" | backend add-user …")]
    NoPassword,
    #[error("the runtime: {0}")]
    Runtime(std::io::Error),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Runtime::new().map_err(Error::Runtime).and_then(|runtime| {
        runtime.block_on(async {
            match arguments.command {
                Command::Serve(settings) => serve(arguments.database, *settings).await,
                Command::AddUser { name, portal, hubspot_user, account } => {
                    let account = read_account(account)?;
                    let user = User { name, portal_id: portal, hubspot_user_id: hubspot_user, account };
                    Ok(accounts::save(&Store::open(&arguments.database)?, user, read_password()?).await?)
                }
            }
        })
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(database: PathBuf, settings: Settings) -> Result<(), Error> {
    let secrets = Secrets::from_environment().map_err(ServerError::from)?;
    let public_url = settings.public_url.clone();
    let started = |address| println!("listening at {address}, for {public_url}");
    Ok(server::serve(&database, settings, secrets, started, told_to_stop()).await?)
}

/// Ready when the user or the system ends the program.
async fn told_to_stop() {
    let interrupted = async {
        // Without a handler only the system's default is left, which ends the program at once.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

fn read_account(path: PathBuf) -> Result<Account, Error> {
    let read = || {
        serde_json::from_str(&std::fs::read_to_string(&path).map_err(|error| error.to_string())?)
            .map_err(|error| error.to_string())
    };
    read().map_err(|reason: String| Error::Account { path: path.clone(), reason })
}

fn read_password() -> Result<String, Error> {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password).map_err(|_| Error::NoPassword)?;
    let password =
        password.strip_suffix('\n').map_or(password.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if password.is_empty() { Err(Error::NoPassword) } else { Ok(password.to_owned()) }
}
