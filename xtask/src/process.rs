//! Running programs, without a shell, and saying what runs and for how long.

use crate::error::{Error, Result, file};
pub use local_machine::on_path;
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    io::{IsTerminal, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Instant,
};

/// A command that sees the environment of this program's user.
///
/// What `cargo run` adds to it is removed: some build scripts run again whenever it changes, and every start through xtask
/// would compile them again.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || matches!(name, "CARGO" | "CARGO_MANIFEST_DIR" | "CARGO_MANIFEST_PATH")
        }) {
            command.env_remove(name);
        }
    }
    command
}

pub fn cargo() -> Command {
    let mut command = command("cargo");
    command.current_dir(crate::project::root());
    command
}

/// Says what is being done, does it, and says how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {what}");
    let start = Instant::now();
    let outcome = work();
    if outcome.is_ok() {
        println!("    {what}: done in {:.1} s", start.elapsed().as_secs_f32());
    }
    outcome
}

/// Runs a command whose output goes where ours goes.
pub fn run(command: &mut Command) -> Result<ExitStatus> {
    // Our own line must come before its first one, also when the output is a file.
    let _ = std::io::stdout().flush();
    command.status().map_err(|source| Error::Start { program: program(command), source })
}

/// Starts a command whose output goes where ours goes.
pub fn spawn(command: &mut Command) -> Result<Child> {
    command.spawn().map_err(|source| Error::Start { program: program(command), source })
}

/// As `run`; a bad exit status is an error.
pub fn run_checked(command: &mut Command) -> Result<()> {
    if run(command)?.success() { Ok(()) } else { Err(Error::Command { command: line(command) }) }
}

/// What a command prints, or `None` when it cannot be run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a command prints to its standard output, and whether it succeeds. Its errors go where ours go.
pub fn run_read(command: &mut Command) -> Result<(bool, String)> {
    let _ = std::io::stdout().flush();
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Error::Start { program: program(command), source })?;
    Ok((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// As `run`, and what it printed is returned and written to `log`. The progress of cargo is not in it.
pub fn run_captured(command: &mut Command, log: &Path) -> Result<(ExitStatus, String)> {
    if std::io::stderr().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let start_error = |source, command: &Command| Error::Start { program: program(command), source };
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|source| start_error(source, command))?;
    let mut kept = Vec::new();
    if let Some(mut stdout) = child.stdout.take() {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = stdout.read(&mut buffer) {
            let new = &buffer[..count];
            kept.extend_from_slice(new);
            let _ = std::io::stdout().write_all(new).and_then(|()| std::io::stdout().flush());
        }
    }
    let status = child.wait().map_err(|source| start_error(source, command))?;
    write(log, &kept)?;
    Ok((status, String::from_utf8_lossy(&kept).into_owned()))
}

/// Writes a file, and the folders above it.
pub fn write(path: &Path, contents: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(file("create", folder))?;
    }
    fs::write(path, contents).map_err(file("write", path))
}

/// The PATH of this program with other folders first.
pub fn path_with(first: &[PathBuf]) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().cloned().chain(env::split_paths(&path));
    // It fails only when a folder's name holds the separator; such a folder cannot be on a PATH at all.
    env::join_paths(folders).unwrap_or(path)
}

/// The file name of a program built here.
pub fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn line(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program(command)).chain(arguments).collect::<Vec<_>>().join(" ")
}
