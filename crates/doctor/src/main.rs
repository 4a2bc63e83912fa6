//! `cargo xtask doctor URL`.

use clap::Parser;
use doctor::{Options, Status, examine};
use std::{process::ExitCode, time::Duration};
use url::Url;

/// Checks a calling widget that is online, in any language, and says what to change before HubSpot's users see it.
///
/// The exit status is 0 when there are no faults.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask doctor")]
struct Arguments {
    /// The address that is registered with HubSpot.
    #[arg(value_parser = address)]
    url: Url,
    /// Prints the report as JSON, for CI.
    #[arg(long)]
    json: bool,
    /// Treats warnings as faults.
    #[arg(long)]
    strict: bool,
    /// Makes only the checks that need no browser.
    #[arg(long)]
    no_browser: bool,
    /// How long the widget may take until it is ready.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    ready_within: u64,
    /// How long servers and the widget are waited for. HubSpot waits for 30 seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
}

fn address(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|error| format!("{error}; write the whole address, as https://phone.example.com/"))
}

/// The widget could not be examined.
const NOT_EXAMINED: u8 = 2;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let options = Options {
        browser: !arguments.no_browser,
        timeout: Duration::from_secs(arguments.timeout),
        ready_within: Duration::from_secs(arguments.ready_within),
        ..Options::default()
    };
    let report = match examine(&arguments.url, &options).await {
        Ok(report) => report,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(NOT_EXAMINED);
        }
    };
    if arguments.json {
        match serde_json::to_string_pretty(&report) {
            Ok(json) => println!("{json}"),
            Err(error) => {
                eprintln!("error: the report cannot be written as JSON: {error}");
                return ExitCode::from(NOT_EXAMINED);
            }
        }
    } else {
        print!("{report}");
    }
    let bad = report.count(Status::Fault) + if arguments.strict { report.count(Status::Warning) } else { 0 };
    if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
