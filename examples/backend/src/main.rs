//! The command line of the back end.

use backend::{Error, Settings, Store, User, add_user};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::{process::ExitCode, sync::Arc};
use tokio::{net::TcpListener, sync::Notify};

/// A back end for the calling app.
///
/// Secrets come from the environment: HUBSPOT_CLIENT_SECRET and HUBSPOT_ACCESS_TOKEN.
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
    /// Adds a user, or changes one. Reads the password from the standard input
    AddUser(User),
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { database, command } = Arguments::parse();
    let outcome = match command {
        Command::Serve(settings) => serve(&database, *settings).await,
        Command::AddUser(user) => {
            read_password().and_then(|password| add_user(&Store::open(&database)?, user, &password))
        }
    };
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

async fn serve(database: &Path, mut settings: Settings) -> Result<(), Error> {
    settings.read_secrets()?;
    let listen = TcpListener::bind(settings.listen).await.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let cannot = |error| Error::Setup(format!("cannot listen at {}: {error}", settings.listen));
    let (address, listener) = listen.map_err(cannot)?;
    let stop = Arc::new(Notify::new());
    let stopped = stop.clone();
    ctrlc::set_handler(move || stop.notify_one()).map_err(|error| Error::Setup(error.to_string()))?;
    println!("listening at {address}, for {}", settings.public_url);
    backend::serve(database, settings, listener, async move { stopped.notified().await }).await
}

fn read_password() -> Result<String, Error> {
    let input = std::io::read_to_string(std::io::stdin()).unwrap_or_default();
    let password = input.trim_end_matches(['\r', '\n']);
    let missing = "give a password on the standard input: printf '%s' \"$PASSWORD\" | backend add-user …";
    if password.is_empty() { Err(Error::Setup(missing.into())) } else { Ok(password.to_owned()) }
}
