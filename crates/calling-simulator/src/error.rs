//! Everything that can go wrong before a scenario starts, each with what to do about it.

use crate::{pages::PagesError, selectors::SelectorsError};
use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Pages(#[from] PagesError),

    #[error("{}: {source}", path.display())]
    Selectors { path: PathBuf, source: SelectorsError },

    #[error("{} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },

    #[error("{} cannot be written: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },

    #[error(
        "there is no scenario {0}; `calling-simulator list` names those that there are, and a file of your own ends in .toml"
    )]
    NoScenario(String),

    #[error("{0}")]
    Scenario(String),

    #[error("two scenarios are called {0}: rename your file")]
    ScenarioTwice(String),

    #[error(
        "{0} is neither a URL nor a folder: name the widget's http or https URL, or the folder with its index.html"
    )]
    NoWidget(String),

    #[error("{} has no index.html: name the folder of the built widget", .0.display())]
    NoIndex(PathBuf),

    #[error(
        "nothing answers at {url}: {why}. Start the server of the widget first; --wait SECONDS waits longer for it"
    )]
    WidgetUnreachable { url: String, why: String },

    #[error(transparent)]
    Program(#[from] local_machine::Missing),

    #[error("{0}; stop what listens there, or choose another port with --port")]
    Port(#[from] local_machine::PortError),

    #[error("the server cannot start: {0}")]
    Server(io::Error),

    #[error("the report as JUnit XML cannot be made: {0}")]
    Junit(#[from] quick_junit::SerializeError),
}
