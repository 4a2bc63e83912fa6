use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
};

/// The inputs of a target that are kept, a file for each.
pub struct Corpus {
    folder: PathBuf,
    inputs: Vec<Vec<u8>>,
}

impl Corpus {
    /// Reads the files in the order of their names, so that a seed reproduces a run.
    ///
    /// # Panics
    /// When the folder cannot be read or is empty.
    #[allow(clippy::panic, reason = "this crate is for tests: without a corpus there is nothing to run")]
    pub fn read(folder: PathBuf) -> Self {
        let entries = fs::read_dir(&folder).into_iter().flatten();
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.sort();
        let inputs: Vec<_> = files.iter().filter_map(|file| fs::read(file).ok()).collect();
        assert!(!inputs.is_empty(), "{} has no inputs: add at least one file", folder.display());
        Corpus { folder, inputs }
    }

    pub fn inputs(&self) -> &[Vec<u8>] {
        &self.inputs
    }

    /// Writes an input to the folder, under a name that follows from its content.
    pub fn keep(&self, prefix: &str, input: &[u8]) -> PathBuf {
        let mut hasher = DefaultHasher::new();
        input.hash(&mut hasher);
        let file = self.folder.join(format!("{prefix}-{:016x}", hasher.finish()));
        if let Err(error) = fs::write(&file, input) {
            eprintln!("{} cannot be written: {error}; the input is {input:?}", file.display());
        }
        file
    }
}
