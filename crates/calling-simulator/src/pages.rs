//! The files that are served: the pages inside this program, or those in a folder.

use include_dir::{Dir, include_dir};
use std::{
    borrow::Cow,
    path::{Component, Path, PathBuf},
};

static EMBEDDED: Dir<'static> = include_dir!("$OUT_DIR/pages");

/// The path of the simulator's page.
pub const SIMULATOR: &str = "simulator/index.html";

/// Why there are no pages.
#[derive(Debug, thiserror::Error)]
pub enum PagesError {
    #[error(
        "this calling-simulator was built without the simulator's pages: install a released one, or build it again after \
         `cargo xtask simulator-pages`, or name a folder with the built pages with --pages"
    )]
    NotEmbedded,
    #[error("{} has no {SIMULATOR}: name a folder that `cargo xtask build` made", .0.display())]
    NotInFolder(PathBuf),
}

/// A set of files.
#[derive(Clone, Debug)]
pub enum Files {
    /// The simulator's pages, inside this program.
    Embedded,
    /// A folder.
    Folder(PathBuf),
    /// The simulator's pages in a folder that is built again and again: the page may be missing for a while, and is reloaded in the
    /// browser when it has changed.
    Watched(PathBuf),
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// This file.
    File {
        name: PathBuf,
        content: Cow<'static, [u8]>,
    },
    /// A folder with an `index.html`, whose path must end in a slash.
    Folder,
    Nothing,
}

impl Files {
    /// The simulator's pages: those in the folder, or the embedded ones.
    ///
    /// # Errors
    /// [`PagesError`] when they are not there.
    pub fn simulator(folder: Option<PathBuf>) -> Result<Self, PagesError> {
        match folder {
            Some(folder) if folder.join(SIMULATOR).is_file() => Ok(Self::Folder(folder)),
            Some(folder) => Err(PagesError::NotInFolder(folder)),
            None if EMBEDDED.contains(SIMULATOR) => Ok(Self::Embedded),
            None => Err(PagesError::NotEmbedded),
        }
    }

    /// The file at the decoded path of a URL. Nothing outside of the folder is found.
    pub async fn find(&self, path: &str) -> Found {
        let Some(relative) = relative(path) else { return Found::Nothing };
        let is_folder = path.ends_with('/');
        let name = if is_folder { relative.join("index.html") } else { relative.clone() };
        if let Some(content) = self.read(&name).await {
            return Found::File { name, content };
        }
        if !is_folder && self.read(&relative.join("index.html")).await.is_some() {
            return Found::Folder;
        }
        Found::Nothing
    }

    async fn read(&self, name: &Path) -> Option<Cow<'static, [u8]>> {
        match self {
            Self::Embedded => EMBEDDED.get_file(name).map(|file| Cow::Borrowed(file.contents())),
            Self::Folder(folder) | Self::Watched(folder) => {
                tokio::fs::read(folder.join(name)).await.ok().map(Cow::Owned)
            }
        }
    }
}

/// The path below a folder, if it has only names in it.
fn relative(path: &str) -> Option<PathBuf> {
    let relative = PathBuf::from(path.trim_start_matches('/'));
    relative.components().all(|part| matches!(part, Component::Normal(_))).then_some(relative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_path_does_not_lead_out_of_the_folder() {
        let files = Files::Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/src").into());
        assert!(matches!(files.find("/lib.rs").await, Found::File { .. }));
        for path in ["/../Cargo.toml", "/x/../../Cargo.toml", "//etc/../Cargo.toml", "/no-such-file", "/"] {
            assert_eq!(files.find(path).await, Found::Nothing, "{path}");
        }
    }

    #[test]
    fn a_folder_without_the_simulator_is_refused_with_what_to_do() {
        let error = Files::simulator(Some("src".into())).unwrap_err().to_string();
        assert!(error.contains("cargo xtask build"), "{error}");
    }
}
