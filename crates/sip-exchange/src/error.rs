//! What can go wrong.

use crate::programs::Missing;
use std::{ffi::OsString, io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Missing(#[from] Missing),
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("all ports for exchanges are in use: end an exchange that still runs")]
    NoPorts,
    #[error("{program} cannot be started: {source}")]
    Start { program: &'static str, source: io::Error },
    #[error("{} cannot be started: {source}", program.display())]
    Command { program: OsString, source: io::Error },
    #[error("{program} does not answer; it printed (all of it is in {}):\n{said}", log.display())]
    NotReady { program: &'static str, log: PathBuf, said: String },
    #[error("the phone does not answer: {0}")]
    Phone(String),
    #[error("the certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error(
        "the pages cannot be served: {0}; does something else listen there? Choose other ports with --port and --simulator-port"
    )]
    Serve(io::Error),
}

pub type Result<T> = std::result::Result<T, Error>;

/// For `map_err` on what is done with a file.
pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
    let path = path.into();
    |source| Error::File { path, source }
}
