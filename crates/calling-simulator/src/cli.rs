//! The command line.

use crate::{error::Error, widget::Widget};
use clap::{Args, Parser, Subcommand};
use std::{net::IpAddr, path::PathBuf, time::Duration};

/// HubSpot Simulator: a page that stands in for HubSpot, to develop and test calling widgets in any language.
#[derive(Debug, Parser)]
#[command(name = "calling-simulator", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the simulator, to try a widget in a browser.
    Serve(Serve),
    /// Run scenarios against a widget without a person, and report like a test runner.
    ///
    /// Needs Chromium or Chrome, and chromedriver of the same major version. The exit status is 0 when all scenarios pass, 1 when one
    /// fails, 2 when they cannot be run or all of them are ignored.
    Run(Box<Run>),
    /// List the scenarios that come with the simulator.
    List,
    /// Print a file for `run --selectors` to fill in.
    Selectors,
}

#[derive(Args, Debug)]
pub struct Serve {
    /// The widget: its URL, or the folder with its index.html, which is then served too. Without it the page has none until one is
    /// added under "Call from".
    #[arg(long, value_name = "URL or FOLDER", value_parser = widget)]
    pub widget: Option<Widget>,
    /// The widget's name under "Call from".
    #[arg(long, default_value = "Widget")]
    pub name: String,
    /// The port of the simulator. The folder of a widget is served at the port after it.
    #[arg(long, default_value_t = 9026, value_parser = clap::value_parser!(u16).range(1..65535))]
    pub port: u16,
    /// Listen at this address instead of the loopback addresses; in a container, 0.0.0.0.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<IpAddr>,
    /// Open the page in the browser.
    #[arg(long)]
    pub open: bool,
    /// Serve the pages in this folder instead of those in the program.
    #[arg(long, value_name = "FOLDER", hide_short_help = true)]
    pub pages: Option<PathBuf>,
    /// Wait until the pages in the folder are built, and reload the page in the browser whenever they have been built again.
    #[arg(long, requires = "pages", hide_short_help = true)]
    pub reload: bool,
}

#[derive(Args, Debug)]
pub struct Run {
    /// The widget: its URL, or the folder with its index.html, which is then served.
    #[arg(long, value_name = "URL or FOLDER", value_parser = widget)]
    pub widget: Widget,
    /// Where to click in the widget; `calling-simulator selectors` prints one to fill in.
    #[arg(long, value_name = "FILE")]
    pub selectors: PathBuf,
    /// The scenarios, by name, or files of your own that end in .toml. Without any, all that come with the simulator.
    #[arg(value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Write a report as JUnit XML.
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Write a report as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Where a failed scenario leaves a picture, a recording of its messages and the browser's console, in a folder of its name.
    #[arg(long, value_name = "FOLDER", default_value = "calling-simulator")]
    pub artifacts: PathBuf,
    /// Chromium or Chrome: a path, or the name of a program on PATH. By default $CHROMIUM, or the first one on PATH.
    #[arg(long, value_name = "PATH or NAME")]
    pub browser: Option<String>,
    /// chromedriver, in the same way. By default $CHROMEDRIVER, or the one on PATH.
    #[arg(long, value_name = "PATH or NAME")]
    pub driver: Option<String>,
    /// How many browsers run at the same time.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=32))]
    pub jobs: u8,
    /// How long one scenario may take.
    #[arg(long, value_name = "SECONDS", default_value = "180", value_parser = seconds)]
    pub timeout: Duration,
    /// How long to wait until the widget's server answers.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub wait: Duration,
    /// Use the widget with the keyboard alone. A scenario fails when a control cannot be reached, or the focus cannot be seen.
    #[arg(long)]
    pub keyboard: bool,
    /// Fail a scenario also when the browser's console has an error.
    #[arg(long)]
    pub deny_console_errors: bool,
    /// Show the browser's window.
    #[arg(long)]
    pub show: bool,
    /// Serve the pages in this folder instead of those in the program.
    #[arg(long, value_name = "FOLDER", hide_short_help = true)]
    pub pages: Option<PathBuf>,
}

fn widget(text: &str) -> Result<Widget, Error> {
    text.parse()
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<u32>().map_err(|_| "a whole number of seconds is expected".to_owned())?;
    Ok(Duration::from_secs(seconds.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Result<Arguments, String> {
        let words = ["calling-simulator"].into_iter().chain(line.split_whitespace());
        Arguments::try_parse_from(words).map_err(|error| error.to_string())
    }

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, part) in [
            ("run", "--widget"),
            ("run --widget http://localhost:3000/", "--selectors"),
            ("run --widget localhost:3000 --selectors x.toml", "neither a URL nor a folder"),
            ("run --widget http://localhost:3000/ --selectors x.toml --jobs 0", "--jobs"),
            ("run --wigdet x", "--wigdet"),
            ("serve --port 0", "--port"),
            ("serve --reload", "--pages"),
            ("sevre", "serve"),
        ] {
            let error = parse(line).unwrap_err();
            assert!(error.contains(part), "{line}: {error}");
        }
    }

    #[test]
    fn the_scenarios_follow_the_options() {
        let line = "run --widget http://localhost:3000/ --selectors x.toml --timeout 60 saved own.toml";
        let Command::Run(run) = parse(line).unwrap().command else { panic!("{line} is not a run") };
        assert_eq!(run.scenarios, ["saved", "own.toml"]);
        assert_eq!(run.timeout, Duration::from_secs(60));
    }
}
