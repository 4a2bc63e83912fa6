//! Room on the disk. A full one is hard to recognise: a linker ends with a bus error, and a compiler says nothing at all.

use crate::project;
use std::path::Path;

/// In MiB, what the tests take on a fresh clone, with a margin: 11,600 were measured.
const TESTS: u64 = 14_000;
/// In MiB: with less, what fails may have failed for that.
const FULL: u64 = 500;

/// Says so when the tests may not fit. For a run that finds nothing built before.
pub fn warn_before_tests() {
    if let Some(free) = free(&project::root()).filter(|free| *free < TESTS) {
        println!("warning: the tests take some {TESTS} MiB in target/, and its disk has {free} MiB left");
    }
}

/// Says so when that is why something failed.
pub fn explain_failure() {
    if let Some(free) = free(&project::root()).filter(|free| *free < FULL) {
        eprintln!(
            "the disk is full ({free} MiB are left), which may be why: make room, for instance with `cargo clean`"
        );
    }
}

/// What the file system of a folder has left, in MiB. `None` where it cannot be asked.
#[cfg(unix)]
#[allow(clippy::useless_conversion, reason = "these numbers have 32 bits on some systems")]
fn free(folder: &Path) -> Option<u64> {
    let found = nix::sys::statvfs::statvfs(folder).ok()?;
    Some(u64::from(found.blocks_available()).saturating_mul(u64::from(found.fragment_size())) >> 20)
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_room_on_the_disk_is_known() {
        assert!(free(&project::root()).is_some_and(|free| free > 0));
        assert_eq!(free(Path::new("/no/such/folder")), None);
    }
}
