//! The user of this program.

/// Whether this program runs as root, as it does in most containers. Chromium then starts only with `--no-sandbox`, and packages can be
/// installed. Always false where there is no `/proc`.
#[cfg(target_os = "linux")]
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
pub fn is_root() -> bool {
    false
}
