use crate::{Transcript, line};
use serde_json::Value;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The outputs of the npm package for each step of each transcript.
pub fn run(transcripts: &[Transcript]) -> Vec<Vec<Vec<String>>> {
    let package = package();
    let mut node = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("npm.js"))
        .arg(&package)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("node cannot be started, `cargo xtask test` installs it: {error}"));
    let input = serde_json::to_vec(transcripts).expect("transcripts are JSON");
    let mut stdin = node.stdin.take().expect("a pipe");
    // node reads all before it writes anything.
    stdin.write_all(&input).expect("node reads");
    drop(stdin);
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node has failed with {}", package.display());
    let outputs: Vec<Vec<Vec<Value>>> = serde_json::from_slice(&output.stdout).expect("node writes JSON");
    let lines = |step: Vec<Value>| step.iter().map(line).collect();
    outputs.into_iter().map(|steps| steps.into_iter().map(lines).collect()).collect()
}

/// The folder of the package.
fn package() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let modules = std::env::var_os("E2E_NODE_MODULES").unwrap_or_else(|| "target/tools/npm/node_modules".into());
    let package = root.join(modules).join("@hubspot/calling-extensions-sdk");
    assert!(
        package.is_dir(),
        "{} is not a folder: run `cargo xtask test --only e2e`, which installs it",
        package.display()
    );
    package
}
