//! The commands of this repository. `cargo xtask help` lists them.

mod browser;
mod bundle;
mod certificate;
mod check;
mod cli;
mod count;
mod debian;
mod deny;
mod disk;
#[cfg(test)]
mod docs;
mod drive;
mod error;
mod example_backend;
mod exchange;
mod features;
mod fingerprint;
mod hosting;
mod hubspot;
mod mutants;
mod names;
mod npm;
mod other_browsers;
mod page;
mod process;
mod project;
mod published;
mod readme;
mod rename;
#[cfg(test)]
mod rules;
mod serve;
mod servers;
mod shrink;
mod sip;
mod site;
mod size;
mod suite;
mod tools;
mod webdriver_proxy;

use cli::Task;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = cli::parse(std::env::args_os().skip(1)).and_then(|task| match task {
        Task::Help => {
            println!("{}", cli::HELP);
            Ok(())
        }
        Task::Serve(options) => serve::serve(&options),
        Task::Build(build) => bundle::build(&build),
        Task::Hosting => hosting::write(),
        Task::Site(site) => site::make(&site),
        Task::Doctor(arguments) => drive::doctor(&arguments),
        Task::Phone(arguments) => exchange::phone(&arguments),
        Task::Test(parts) => check::test(&parts),
        Task::Mutants(arguments) => mutants::run(&arguments),
        Task::TestIn(browser) => check::test_in(browser),
        Task::Screenshots => drive::screenshots(),
        Task::Snapshots => drive::snapshots(),
        Task::Bench(arguments) => drive::bench(&arguments),
        Task::Soak(options) => drive::soak(&options),
        Task::Simulate(arguments) => drive::simulate(&arguments),
        Task::SimulatorPages => drive::simulator_pages(),
        Task::SdkDiff(arguments) => drive::sdk_diff(&arguments),
        Task::Settings(arguments) => hubspot::settings(&arguments),
        Task::Override(options) => hubspot::print_override(&options),
        Task::Rename(options) => Ok(rename::rename(&rename::root(), &options)?),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // The count of tests, or the program's own error, has just been printed and is the last word.
        Err(error::Error::ChecksFailed | error::Error::Reported) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nerror: {error}");
            disk::explain_failure();
            ExitCode::FAILURE
        }
    }
}
