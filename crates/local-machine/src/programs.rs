//! Programs on PATH, and the user's browser.

use std::{
    env, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The programs of this name on PATH, in its order.
pub fn on_path(name: &str) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .flat_map(|folder| file_names(name).map(move |name| folder.join(name)))
        .filter(|path| is_program(path))
        .collect()
}

/// Opens a URL in the user's browser, and does not wait for it.
///
/// # Errors
/// When the program that opens URLs on this system cannot be started.
pub fn open_url(url: &str) -> io::Result<()> {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" })
    };
    command.arg(url).stdin(Stdio::null()).spawn().map(drop)
}

fn file_names(name: &str) -> impl Iterator<Item = String> {
    // npm is a batch file on Windows.
    let suffixes: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    suffixes.iter().map(move |suffix| format!("{name}{suffix}"))
}

#[cfg(unix)]
pub(crate) fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_program(path: &Path) -> bool {
    path.is_file()
}
