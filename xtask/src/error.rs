//! Everything that can go wrong, each with what to do about it.

use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}; `cargo xtask help` lists what there is")]
    Usage(String),

    #[error("cannot {doing} {}: {source}", path.display())]
    File { doing: &'static str, path: PathBuf, source: std::io::Error },

    #[error("cannot start `{program}`: {source}; install it, or put its folder on PATH")]
    Start { program: String, source: std::io::Error },

    #[error("`{command}` failed; its output is above")]
    Command { command: String },

    #[error("Cargo.lock names no {0}; run `cargo update --workspace` and try again")]
    NotLocked(&'static str),

    #[error(
        "{0} is missing, and rustup, which would add it, is not on PATH; install rustup from https://rustup.rs, or what is \
         missing with your system's packages"
    )]
    NoRustup(&'static str),

    #[error("rustup could not add {0}; check the network connection and try again")]
    Rustup(&'static str),

    #[error(
        "{tool} {version} could not be installed (the reason is above); check the network connection and try \
         again, or put {tool} {version} on PATH yourself"
    )]
    Install { tool: &'static str, version: String },

    #[error("{} is not what wasm-bindgen is known to write; look at xtask/src/page.rs", .0.display())]
    Module(PathBuf),

    #[error("{} is not empty and holds no earlier site (it has no _headers); empty it, or choose another with --out", .0.display())]
    NoSite(PathBuf),

    #[error("{} has no {what}, or one that cannot be used", path.display())]
    NoValue { what: &'static str, path: PathBuf },

    #[error("npm is not on PATH, and {0} come from it; install Node.js with npm (https://nodejs.org) and try again")]
    NoNpm(String),

    #[error("npm could not install {0} (the reason is above); check the network connection and try again")]
    NpmInstall(String),

    #[error(
        "{program} is missing; install the exchange's programs with your system's packages (Debian: `apt-get install {packages}`) and \
         try again"
    )]
    NoExchange { program: &'static str, packages: String },

    #[error(
        "`unshare` may not make a network namespace, in which the tests of SIP run; run them as root (in a container with \
         --privileged or --cap-add SYS_ADMIN), or allow it to users: `sysctl kernel.unprivileged_userns_clone=1`, on Ubuntu \
         `sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
    )]
    NoNamespace,

    #[error(transparent)]
    Driver(#[from] local_machine::DriverError),

    #[error("the browser cannot be had: {0}")]
    BrowserNotInstalled(String),
    #[error(transparent)]
    NoBrowser(#[from] local_machine::Missing),

    #[error("{0}; stop what listens there (an earlier `cargo xtask serve`?), or choose another with --port")]
    Port(#[from] local_machine::PortError),

    #[error("after port {0} there are not enough ports for the other pages; choose a lower one with --port")]
    NoPortLeft(u16),

    #[error("a development server ended by itself; its output is above")]
    ServerEnded,

    #[error("Ctrl+C cannot be handled: {0}")]
    Interrupts(#[from] ctrlc::Error),

    #[error("the certificate for localhost could not be made: {0}")]
    Certificate(#[from] rcgen::Error),

    #[error(transparent)]
    Rename(#[from] crate::rename::Error),

    #[error("some checks failed")]
    ChecksFailed,

    #[error("the program that was started has said why it failed")]
    Reported,
}

pub type Result<T> = std::result::Result<T, Error>;

/// For `map_err`: an input or output error with what was being done to which file.
pub fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { doing, path, source }
}
