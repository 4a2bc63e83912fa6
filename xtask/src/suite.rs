//! The test programs of the workspace: compiled together, run beside each other.
//!
//! cargo chooses the features of a dependency by the packages that are selected. If each part of the tests selected its own packages,
//! the dependencies that all of them have would be compiled for each part. So all are compiled with one selection, the whole workspace,
//! and a part runs the programs of its packages.

use crate::{
    error::{Error, Result},
    features, process,
};
use serde_json::Value;
use std::{
    collections::VecDeque,
    ffi::OsString,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::Instant,
};

/// A test program that cargo has compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct TestProgram {
    pub package: String,
    /// Of its target: `frames` for `tests/frames.rs`, the name of the crate for its unit tests.
    pub name: String,
    pub program: PathBuf,
    /// The folder of the package, where cargo runs its tests.
    pub folder: PathBuf,
}

/// Compiles the test programs of all packages. `environment` is what build scripts read.
pub fn compile(environment: &[(&str, OsString)]) -> Result<Vec<TestProgram>> {
    let mut command = process::cargo();
    command.args(["test", "--workspace"]).args(features::arguments()?);
    programs(command.envs(environment.iter().map(|(name, value)| (name, value))))
}

/// Compiles what a `cargo test` would run, and runs nothing.
pub fn programs(command: &mut Command) -> Result<Vec<TestProgram>> {
    let (succeeded, output) =
        process::run_read(command.args(["--no-run", "--message-format=json-render-diagnostics"]))?;
    if !succeeded {
        return Err(Error::Command { command: "cargo test --no-run".to_owned() });
    }
    Ok(output.lines().filter_map(program_in).collect())
}

/// The program that a message of cargo reports, if it is one of tests.
fn program_in(message: &str) -> Option<TestProgram> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_test = message.pointer("/profile/test").and_then(Value::as_bool)?;
    let text = |path: &str| message.pointer(path).and_then(Value::as_str);
    let manifest = Path::new(text("/manifest_path")?);
    let program = TestProgram {
        package: package_in(text("/package_id")?)?.to_owned(),
        name: text("/target/name")?.to_owned(),
        program: text("/executable")?.into(),
        folder: manifest.parent()?.to_owned(),
    };
    is_test.then_some(program)
}

/// The name in an id: `path+file:///work/tests/sip#sip-e2e@0.1.0`, or without the name where it is that of the folder.
fn package_in(id: &str) -> Option<&str> {
    let (folder, version) = id.split_once('#')?;
    version.split_once('@').map(|(name, _)| name).or_else(|| folder.rsplit('/').next())
}

impl TestProgram {
    /// The program as cargo would start it. Its arguments follow.
    pub fn command(&self) -> Command {
        self.after(process::command(&self.program))
    }

    /// The program, started by another one, whose last argument it is.
    pub fn started_by(&self, mut starter: Command) -> Command {
        starter.arg(&self.program);
        self.after(starter)
    }

    fn after(&self, mut command: Command) -> Command {
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        command
    }
}

/// A command of a group.
pub struct Job {
    name: String,
    pub command: Command,
    /// Whether what it printed shows that its tests have not begun; it is then started once more.
    has_not_begun: fn(&str) -> bool,
}

impl Job {
    pub fn new(name: String, command: Command) -> Self {
        Self { name, command, has_not_begun: |_| false }
    }

    /// A test program that `wasm-bindgen-test-runner` runs in a page. The runner's server can leave a request
    /// without an answer for ever: its thread pool counts a thread as idle until that thread has woken up. The page then waits for
    /// its scripts until the runner gives up.
    pub fn in_page(name: String, command: Command) -> Self {
        Self {
            has_not_begun: |output| output.contains("Loading scripts...") && !output.contains("\nrunning "),
            ..Self::new(name, command)
        }
    }
}

/// Commands that may run beside each other.
pub struct Group {
    pub name: String,
    /// In the order in which they are started.
    pub jobs: Vec<Job>,
    /// How many may run at a time.
    pub at_once: usize,
}

/// What the commands of a group printed, and whether all succeeded.
pub struct Outcome {
    pub name: String,
    pub output: String,
    pub succeeded: bool,
    pub seconds: f32,
}

/// Runs the commands of a group. What a command prints is shown when it is over, since several write at once.
pub fn run(Group { name, jobs, at_once }: Group) -> Outcome {
    let start = Instant::now();
    let waiting = Mutex::new(VecDeque::from(jobs));
    let done = Mutex::new((String::new(), true));
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                    let Some(mut job) = next else { break };
                    let began = Instant::now();
                    let (output, succeeded) = run_job(&mut job);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    println!("     {name}: {} in {:.1} s\n{output}", job.name, began.elapsed().as_secs_f32());
                    done.0.push_str(&output);
                    done.1 &= succeeded;
                }
            });
        }
    });
    let (output, succeeded) = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    Outcome { name, output, succeeded, seconds: start.elapsed().as_secs_f32() }
}

/// What a command prints, and whether it succeeds. A command that cannot be started says so, and fails.
fn run_job(job: &mut Job) -> (String, bool) {
    let (output, succeeded) = run_once(&mut job.command);
    if succeeded || !(job.has_not_begun)(&output) {
        return (output, succeeded);
    }
    println!("     {} never loaded its page: started once more\n{output}", job.name);
    run_once(&mut job.command)
}

fn run_once(command: &mut Command) -> (String, bool) {
    output_of(command)
        .unwrap_or_else(|error| (format!("{}: {error}\n", command.get_program().to_string_lossy()), false))
}

fn output_of(command: &mut Command) -> io::Result<(String, bool)> {
    let (mut reader, writer) = io::pipe()?;
    let spawned = command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer).spawn();
    // The command holds the writing ends too, and reading would not end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = spawned?;
    let mut output = Vec::new();
    reader.read_to_end(&mut output)?;
    Ok((String::from_utf8_lossy(&output).into_owned(), child.wait()?.success()))
}

/// Those of these packages.
pub fn programs_of<'a>(
    programs: &'a [TestProgram],
    packages: &'a [String],
) -> impl Iterator<Item = &'a TestProgram> + Clone {
    programs.iter().filter(|program| packages.contains(&program.package))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    const MESSAGE: &str = r#"{"reason":"compiler-artifact","package_id":"path+file:///work/tests/sip#sip-e2e@0.1.0",
        "manifest_path":"/work/tests/sip/Cargo.toml","target":{"kind":["test"],"name":"figures"},"profile":{"test":true},
        "executable":"/work/target/debug/deps/figures-1"}"#;

    #[test]
    fn a_test_program_is_found_in_the_messages_of_cargo() {
        let expected = TestProgram {
            package: "sip-e2e".into(),
            name: "figures".into(),
            program: "/work/target/debug/deps/figures-1".into(),
            folder: "/work/tests/sip".into(),
        };
        assert_eq!(program_in(MESSAGE), Some(expected));
        assert_eq!(program_in(&MESSAGE.replace("\"test\":true", "\"test\":false")), None, "a program that is no test");
        let library = MESSAGE.replace("\"/work/target/debug/deps/figures-1\"", "null");
        assert_eq!(program_in(&library), None, "a library is no program");
        assert_eq!(program_in(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(program_in("running 3 tests"), None);
    }

    #[test]
    fn a_package_has_the_name_of_its_folder_unless_its_id_names_it() {
        assert_eq!(package_in("path+file:///work/tests/e2e#0.1.0"), Some("e2e"));
        assert_eq!(package_in("path+file:///work#phone@0.1.0"), Some("phone"));
        assert_eq!(package_in("no id"), None);
    }

    #[test]
    fn the_programs_of_a_part_are_those_of_its_packages() {
        let program = program_in(MESSAGE).unwrap();
        let other = TestProgram { package: "e2e".into(), ..program.clone() };
        let (all, packages) = ([other, program.clone()], ["sip-e2e".to_owned()]);
        assert_eq!(programs_of(&all, &packages).collect::<Vec<_>>(), [&program]);
    }

    #[cfg(unix)]
    fn shell(script: &str) -> Job {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Job::new(script.to_owned(), command)
    }

    #[cfg(unix)]
    #[test]
    fn a_page_that_never_loads_is_started_once_more() {
        let folder = project::cargo_target().join("xtask-tests/page");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let check = |name: &str, first: &str, expected: (&str, bool)| {
            let Job { mut command, .. } =
                shell(&format!("if mkdir {name} 2>&-; then {first}; exit 1; fi; echo second"));
            command.current_dir(&folder);
            let (output, succeeded) = run_job(&mut Job::in_page(name.to_owned(), command));
            assert_eq!((output.as_str(), succeeded), expected, "{name}");
        };
        check("stuck", "echo Loading scripts...", ("second\n", true));
        check(
            "failed",
            "echo Loading scripts...; echo running 1 test",
            ("Loading scripts...\nrunning 1 test\n", false),
        );
        check("silent", "echo no driver", ("no driver\n", false));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_printed_is_complete_and_one_failure_fails_the_group() {
        let good =
            Group { name: "good".into(), jobs: vec![shell("echo one; echo two >&2"), shell("echo three")], at_once: 1 };
        let bad = Group { name: "bad".into(), jobs: vec![shell("exit 1"), shell("echo four")], at_once: 2 };
        let missing = Job::new("missing".into(), Command::new("no-such-program"));
        let missing = Group { name: "missing".into(), jobs: vec![missing], at_once: 1 };
        let (good, bad, missing) = (run(good), run(bad), run(missing));
        assert_eq!((good.name.as_str(), good.output.as_str(), good.succeeded), ("good", "one\ntwo\nthree\n", true));
        assert_eq!((bad.output.as_str(), bad.succeeded), ("four\n", false));
        assert!(!missing.succeeded && missing.output.contains("no-such-program"), "{}", missing.output);
    }

    /// Each of two commands waits for the other one, so neither ends unless both run at once.
    #[cfg(unix)]
    #[test]
    fn the_commands_of_a_group_run_beside_each_other() {
        let folder = project::cargo_target().join("xtask-tests/suite");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let waiting = |own: &str, next: &str| {
            let mut job = shell(&format!("touch {own}; timeout 60 sh -c 'until [ -e {next} ]; do sleep 0.02; done'"));
            job.command.current_dir(&folder);
            job
        };
        assert!(
            run(Group { name: "both".into(), jobs: vec![waiting("a", "b"), waiting("b", "a")], at_once: 2 }).succeeded
        );
    }
}
