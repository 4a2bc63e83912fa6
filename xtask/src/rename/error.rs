//! What can go wrong, each with what to do about it.

use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the name is empty; give the app's name as users see it, for instance `cargo xtask rename \"Acme Phone\"`")]
    EmptyName,

    #[error("the name has the character `{0}`; use letters, digits, spaces and - . ' ’ ! , + ( )")]
    NameCharacter(char),

    #[error("the name is too long: use at most {longest} characters")]
    LongName { longest: usize },

    #[error(
        "`{0}` gives no name for a crate; give one in letters from a to z with --crate, for instance --crate acme-phone"
    )]
    NoCrateName(String),

    #[error(
        "`{0}` cannot be the name of a crate: use lower case letters from a to z, digits, and single hyphens between them"
    )]
    BadCrateName(String),

    #[error("a program called `{0}` cannot be built, as Rust or cargo uses this name; give another with --crate")]
    ReservedCrateName(String),

    #[error("Cargo.lock has a crate `{0}` already; give another name for this one with --crate")]
    TakenCrateName(String),

    #[error(
        "{path} has `{found}` already, so that a later rename could not find the name again; choose another name, or another \
         --crate"
    )]
    AmbiguousName { found: String, path: String },

    #[error(
        "`{0}` is not a colour that can be set; write it as #rrggbb, for instance --color \"#5b2a86\" (with quotes in a shell)"
    )]
    NoColor(String),

    #[error(
        "{color} is too light: white text on it, or the colour as text, has a contrast of {contrast:.1}, and WCAG asks for {least}; \
         take a darker one, for instance {instead}"
    )]
    LightColor { color: String, contrast: f64, least: f64, instead: String },

    #[error(
        "{color} is too dark: in the dark theme the text on a button has a contrast of {contrast:.1}, and WCAG asks for {least}; take \
         a lighter one, for instance {instead}"
    )]
    DarkColor { color: String, contrast: f64, least: f64, instead: String },

    #[error(
        "port {port} is not possible; choose one from {least} to {most}, as the other pages take the ports after it"
    )]
    Port { port: u16, least: u16, most: u16 },

    #[error(
        "with the widget at port {port}, one of the pages would be at the port of {page}; choose another with --port"
    )]
    PortTaken { port: u16, page: String },

    #[error("`{0}` is no language code; use two letters of ISO 639-1, for instance --locales en,de")]
    UnknownLocale(String),

    #[error(
        "--locales lacks `en`: it is the language that others are copied from and that users get who read none of them; add it"
    )]
    NoEnglish,

    #[error("only the simulator can be left out: --without simulator")]
    Part(String),

    #[error(
        "the simulator was removed from this project; `git log -- crates/simulator` finds the commit to bring it back from, and \
         other widgets can use it from the template"
    )]
    NoSimulator,

    #[error(
        "there are changes that are not committed, or files that git does not know:\n{0}Commit or stash them first, so that git can \
         undo the rename, or add --allow-dirty"
    )]
    Dirty(String),

    #[error("git cannot say whether all is committed; commit the project first (`git init`), or add --allow-dirty")]
    NoGit,

    #[error(
        "an earlier `cargo xtask rename {earlier}` was interrupted; run that again, or undo it (`git restore .`) and delete {}",
        file.display()
    )]
    Interrupted { earlier: String, file: PathBuf },

    #[error(
        "{path} has no {what}, which the rename needs; bring it back, or edit the files by hand: docs/make-it-yours.md lists them"
    )]
    Missing { path: &'static str, what: &'static str },

    #[error("cannot {doing} {}: {source}; what was done stays, run the same command again", path.display())]
    File { doing: &'static str, path: PathBuf, source: std::io::Error },
}

pub type Result<T> = std::result::Result<T, Error>;

/// For `map_err`: an input or output error with what was being done to which file.
pub fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { doing, path, source }
}
