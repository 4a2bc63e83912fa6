//! The files of a project, what is to be changed in them, and writing that so that it can be interrupted.

use super::error::{Result, file};
use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

/// Folders with nothing that belongs to the project.
const SKIPPED: [&str; 4] = [".git", "target", "dist", "node_modules"];
/// The values that a rename starts from are read from these files. They are written last: if what is staged is lost too, a new rename
/// still finds the old values.
const LAST: [&str; 4] = ["src/theme/tokens.css", "Trunk.toml", "index.html", "Cargo.toml"];
/// The end of the name of a file that is being written.
pub const TEMPORARY: &str = "rename-tmp";
/// What is staged: the new files, the paths of those to remove, and, when all is there, the arguments.
const FILES: &str = "files";
const REMOVED: &str = "removed";
const ARGUMENTS: &str = "arguments";

/// Paths are relative to the root, with slashes.
pub struct Tree {
    root: PathBuf,
    /// `None` is a file that is no text.
    before: BTreeMap<String, Option<String>>,
    after: BTreeMap<String, Option<String>>,
}

/// What a rename changes.
#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    pub written: Vec<String>,
    pub added: Vec<String>,
    pub removed: Vec<String>,
}

impl Tree {
    pub fn read(root: &Path) -> Result<Self> {
        let mut before = BTreeMap::new();
        read_folder(root, root, &mut before)?;
        Ok(Self { root: root.to_owned(), after: before.clone(), before })
    }

    /// The text of a file as it will be.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.after.get(path)?.as_deref()
    }

    /// All files that are texts, as they will be.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.after.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.after.keys().map(String::as_str)
    }

    pub fn set(&mut self, path: &str, text: String) {
        self.after.insert(path.to_owned(), Some(text));
    }

    /// Changes the text of each file for which `edit` has another one.
    pub fn edit(&mut self, edit: impl Fn(&str, &str) -> String) {
        for (path, text) in &mut self.after {
            if let Some(text) = text {
                *text = edit(path, text);
            }
        }
    }

    /// Changes one file, if it exists.
    pub fn edit_file(&mut self, path: &str, edit: impl FnOnce(&str) -> String) {
        if let Some(Some(text)) = self.after.get_mut(path) {
            *text = edit(text);
        }
    }

    pub fn remove(&mut self, path: &str) {
        self.after.remove(path);
    }

    /// Gives a file another path.
    pub fn rename(&mut self, from: &str, to: &str) {
        if let Some(text) = self.after.remove(from) {
            self.after.insert(to.to_owned(), text);
        }
    }

    pub fn changes(&self) -> Changes {
        let mut changes = Changes::default();
        for (path, text) in &self.after {
            match self.before.get(path) {
                Some(before) if before == text => {}
                Some(_) => changes.written.push(path.clone()),
                None => changes.added.push(path.clone()),
            }
        }
        changes.removed.extend(self.before.keys().filter(|path| !self.after.contains_key(*path)).cloned());
        changes
    }

    /// Makes the changes. They are first written beside the project, in `staged`; if this is interrupted afterwards, [`finish`]
    /// completes it.
    pub fn write(&self, staged: &Path, arguments: &str) -> Result<()> {
        let changes = self.changes();
        if staged.exists() {
            // Of an attempt that was interrupted before it changed anything.
            fs::remove_dir_all(staged).map_err(file("remove", staged))?;
        }
        for path in changes.added.iter().chain(&changes.written) {
            let target = staged.join(FILES).join(path);
            let text = self.text(path).unwrap_or_default();
            write_file(&target, text.as_bytes())?;
        }
        write_file(&staged.join(REMOVED), changes.removed.join("\n").as_bytes())?;
        // With this one the rename is decided.
        write_file(&staged.join(ARGUMENTS), arguments.as_bytes())?;
        finish(&self.root, staged)
    }
}

/// The arguments of a rename that was interrupted while it changed the project.
pub fn interrupted(staged: &Path) -> Option<String> {
    fs::read_to_string(staged.join(ARGUMENTS)).ok()
}

/// Makes the changes that are staged, all of them though some may have been made.
pub fn finish(root: &Path, staged: &Path) -> Result<()> {
    let (files, removed) = (staged.join(FILES), staged.join(REMOVED));
    let mut paths = BTreeMap::new();
    if files.exists() {
        read_folder(&files, &files, &mut paths)?;
    }
    let (last, first): (Vec<_>, Vec<_>) = paths.iter().partition(|(path, _)| LAST.contains(&path.as_str()));
    let write = |(path, text): (&String, &Option<String>)| {
        write_file(&root.join(path), text.as_deref().unwrap_or_default().as_bytes())
    };
    first.into_iter().try_for_each(write)?;
    let removed = fs::read_to_string(&removed).map_err(file("read", &removed))?;
    for path in removed.lines().map(|path| root.join(path)) {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(file("remove", &path)(error)),
            _ => remove_empty_folders(root, &path),
        }
    }
    last.into_iter().try_for_each(write)?;
    fs::remove_dir_all(staged).map_err(file("remove", staged))
}

/// Writes a file so that it is complete at any moment, old or new.
fn write_file(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(file("create", folder))?;
    }
    let temporary = PathBuf::from(format!("{}.{TEMPORARY}", path.display()));
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(content)?;
        // The new file may be run if the old one may.
        if let Ok(data) = fs::metadata(path) {
            fs::set_permissions(&temporary, data.permissions())?;
        }
        fs::rename(&temporary, path)
    };
    write().map_err(file("write", path))
}

fn read_folder(root: &Path, folder: &Path, found: &mut BTreeMap<String, Option<String>>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(file("read", folder))? {
        let entry = entry.map_err(file("read", folder))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(file("read", folder))?);
        let inside = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if kind.is_dir() {
            if !SKIPPED.iter().any(|skipped| entry.file_name() == *skipped) {
                read_folder(root, &path, found)?;
            }
        } else if kind.is_file() && inside.ends_with(TEMPORARY) {
            // Of a rename that was interrupted while it wrote this file.
            fs::remove_file(&path).map_err(file("remove", &path))?;
        } else if kind.is_file() {
            let content = fs::read(&path).map_err(file("read", &path))?;
            found.insert(inside, String::from_utf8(content).ok());
        }
    }
    Ok(())
}

/// Removes the folders of a removed file, as far as they are empty.
fn remove_empty_folders(root: &Path, path: &Path) {
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
