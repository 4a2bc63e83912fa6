//! Whether something has to be built again: a hash of the files that it is made of.

use crate::{
    error::{Result, file},
    process, size,
};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// The hash of the contents and paths of files, and of all files in folders. A path that does not exist counts as such.
pub fn of(paths: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        let files = if path.is_dir() { size::files_in(path)? } else { vec![path.clone()] };
        for path in files {
            path.hash(&mut hasher);
            let content = path.is_file().then(|| fs::read(&path).map_err(file("read", &path))).transpose()?;
            content.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Builds unless the stamp file has this fingerprint, which it then gets.
pub fn unless_built(fingerprint: &str, stamp: &Path, build: impl FnOnce() -> Result<()>) -> Result<()> {
    if fs::read_to_string(stamp).is_ok_and(|built| built == fingerprint) {
        return Ok(());
    }
    build()?;
    process::write(stamp, fingerprint.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Error, project};

    #[test]
    fn a_change_of_content_or_name_is_a_change() {
        let folder = project::cargo_target().join("tmp/fingerprint");
        let _ = fs::remove_dir_all(&folder);
        let write = |name: &str, content: &str| process::write(&folder.join(name), content.as_bytes()).unwrap();
        let now = || of(&[folder.clone(), folder.join("no-such-file")]).unwrap();
        write("src/a.rs", "1");
        let first = now();
        assert_eq!(now(), first);
        write("src/a.rs", "2");
        let second = now();
        assert_ne!(second, first);
        fs::rename(folder.join("src/a.rs"), folder.join("src/b.rs")).unwrap();
        assert_ne!(now(), second);
        fs::rename(folder.join("src/b.rs"), folder.join("src/a.rs")).unwrap();
        write("src/a.rs", "1");
        assert_eq!(now(), first);
        write("no-such-file", "");
        assert_ne!(now(), first);
    }

    #[test]
    fn a_build_that_failed_is_tried_again() {
        let stamp = project::cargo_target().join("tmp/fingerprint-stamp");
        let _ = fs::remove_file(&stamp);
        let mut builds = 0;
        let mut run = |fingerprint: &str, outcome: Result<()>| {
            unless_built(fingerprint, &stamp, || {
                builds += 1;
                outcome
            })
            .is_ok()
        };
        assert!(!run("a", Err(Error::ChecksFailed)));
        assert!(run("a", Ok(())));
        assert!(run("a", Err(Error::ChecksFailed)), "it is built already");
        assert!(run("b", Ok(())));
        assert_eq!(builds, 3);
    }
}
