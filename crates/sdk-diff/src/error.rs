use std::path::PathBuf;

/// Why a version cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is no version.
    #[error("`{0}` is no version of an npm package; write it as 0.9.7, or `latest`")]
    NotAVersion(String),
    /// npm is missing.
    #[error("npm cannot be started ({0}): install node with npm, or compare a folder with --folder")]
    NoNpm(std::io::Error),
    /// npm has not installed it.
    #[error("npm could not fetch {package}@{version}; `npm view {package} versions` lists what there is")]
    Npm {
        /// The package.
        package: &'static str,
        /// The version.
        version: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {error}", path = path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It is no package.
    #[error("{path} is no package.json with a version: {reason}", path = path.display())]
    NoManifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The package has no constants.
    #[error("{} has no src/Constants.ts or src/Constants.js: this version cannot be compared", .0.display())]
    NoConstants(PathBuf),
    /// The constants have no message types.
    #[error("{} has no object `messageType` that can be read: this version cannot be compared", .0.display())]
    NoMessageTypes(PathBuf),
}

/// The result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;
