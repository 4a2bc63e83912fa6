//! What the tests have in common.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_calling-simulator");

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// An empty folder for one test.
pub fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The example in JavaScript as a project of its own, with HubSpot's package in the place of `npm ci`, which needs the network.
pub fn javascript_widget(folder: &Path) {
    copy(&workspace().join("examples/javascript-widget"), folder);
    let modules = std::env::var_os("E2E_NODE_MODULES").map_or("target/tools/npm/node_modules".into(), PathBuf::from);
    let package = Path::new("@hubspot/calling-extensions-sdk");
    let source = workspace().join(modules).join(package);
    assert!(source.is_dir(), "{} is missing: `cargo xtask test` installs it", source.display());
    copy(&source, &folder.join("node_modules").join(package));
}

pub fn copy(source: &Path, target: &Path) {
    fs::create_dir_all(target).unwrap();
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        // Somebody may have installed the packages in the example itself.
        if path.is_dir() && name != "node_modules" {
            copy(&path, &target.join(name));
        } else if path.is_file() {
            fs::copy(&path, target.join(name)).unwrap();
        }
    }
}

/// Replaces a text that must be in a file.
pub fn replace(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(old), "{} has no {old:?}", file.display());
    fs::write(file, text.replace(old, new)).unwrap();
}

/// The program with these arguments, in a folder.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// What a command printed, to both outputs, and its exit status.
pub async fn output(command: &mut Command) -> (String, Option<i32>) {
    let output = command.output().await.unwrap();
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code())
}
