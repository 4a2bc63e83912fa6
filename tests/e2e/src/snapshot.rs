//! Texts that are compared with files in `snapshots/`.

use crate::environment;
use std::fs;
use std::path::PathBuf;

/// Set to write the files instead of comparing them.
const UPDATE: &str = "UPDATE_SNAPSHOTS";

/// A folder of snapshots. What differs is collected, so that all of it is reported at once.
pub struct Snapshots {
    folder: PathBuf,
    /// The command that writes the files again.
    update: &'static str,
    seen: Vec<String>,
    differences: Vec<String>,
}

impl Snapshots {
    /// The files in this folder below `snapshots/`. `update` is the command that writes them again.
    pub fn new(folder: &str, update: &'static str) -> Self {
        let folder = environment::snapshots().join(folder);
        Self { folder, update, seen: Vec::new(), differences: Vec::new() }
    }

    /// Compares a text with the file of this name, or writes it.
    ///
    /// # Panics
    /// When the file is to be written and cannot be.
    pub fn check(&mut self, name: &str, text: &str) {
        let file = format!("{name}.txt");
        let path = self.folder.join(&file);
        if is_update() {
            fs::create_dir_all(&self.folder).expect("a folder for the snapshots");
            fs::write(&path, text).expect("a snapshot can be written");
        }
        // Git may have changed the ends of the lines.
        let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if expected != text {
            let diff = similar::TextDiff::from_lines(expected.as_str(), text);
            self.differences
                .push(diff.unified_diff().context_radius(2).header(&file, "what the page has now").to_string());
        }
        self.seen.push(file);
    }

    /// # Panics
    /// When a text differed from its file, or a file has no text any more.
    pub fn finish(self) {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let old: Vec<_> =
            files.filter(|file| !self.seen.iter().any(|seen| file.file_name() == seen.as_str())).collect();
        if is_update() {
            old.iter().for_each(|file| fs::remove_file(file.path()).expect("an old snapshot can be removed"));
            return;
        }
        let old: Vec<_> = old.iter().map(fs::DirEntry::path).collect();
        assert!(
            self.differences.is_empty() && old.is_empty(),
            "{}\nfiles without a screen: {old:?}\nIf that is right, write the files of {} again: {}",
            self.differences.join("\n"),
            self.folder.display(),
            self.update,
        );
    }
}

fn is_update() -> bool {
    std::env::var_os(UPDATE).is_some()
}
