//! The example in JavaScript with the commands of its workflow, from the archive of a release to the reports.

use crate::support::{PROGRAM, copy, empty_folder, javascript_widget, output, replace, workspace};
use calling_simulator::server::{Listen, serve_folder};
use quick_junit::{TestCase, TestCaseStatus};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;
use yaml_rust2::{Yaml, YamlLoader};

const TARGET: &str = "x86_64-unknown-linux-gnu";
const EXAMPLE: &str = "examples/javascript-widget/.github/workflows/test.yml";
const RELEASE: &str = ".github/workflows/release-simulator.yml";

/// A step that is a script: its name, which may be absent, and the script.
type Script = (Option<String>, String);

/// The scripts of a job, in their order.
fn scripts(workflow: &str, job: &str) -> Vec<Script> {
    let text = fs::read_to_string(workspace().join(workflow)).unwrap();
    let documents = YamlLoader::load_from_str(&text).unwrap();
    let Yaml::Array(steps) = &documents[0]["jobs"][job]["steps"] else { panic!("{workflow} has no job {job}") };
    let script = |step: &Yaml| {
        let name = step["name"].as_str().map(str::to_owned);
        step["run"].as_str().map(|run| (name, run.to_owned()))
    };
    steps.iter().filter_map(script).collect()
}

fn named(scripts: &[Script], name: &str) -> String {
    let script = scripts.iter().find(|(it, _)| it.as_deref() == Some(name));
    script.unwrap_or_else(|| panic!("there is no step {name:?} in {scripts:?}")).1.clone()
}

/// A script as GitHub runs it, in a folder.
fn shell(script: &str, folder: &Path) -> Command {
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]);
    command.current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    // Nothing here goes further than this machine.
    command.env("NO_PROXY", "*").env("no_proxy", "*");
    command
}

/// A folder with the archive and its checksum, made by the step of the release workflow.
async fn release(name: &str, target: &str) -> PathBuf {
    let folder = empty_folder(name);
    let (built, package) = (folder.join(format!("target/{target}/release")), folder.join("crates/calling-simulator"));
    fs::create_dir_all(&built).unwrap();
    fs::create_dir_all(&package).unwrap();
    fs::copy(PROGRAM, built.join("calling-simulator")).unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(own.join("README.md"), package.join("README.md")).unwrap();
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(workspace().join(licence), folder.join(licence)).unwrap();
    }
    let script = named(&scripts(RELEASE, "archive"), "Make the archive");
    let (text, code) = output(shell(&script, &folder).env("TARGET", target).env("SUFFIX", "")).await;
    assert_eq!(code, Some(0), "{text}");
    folder
}

/// Runs the steps of the example's workflow in its project. Returns what the last one printed, and its exit status.
async fn run_workflow(project: &Path, release: &Path) -> (String, Option<i32>) {
    let port = serve_folder(release, Listen::Loopback, 0).await.unwrap();
    let simulator = format!("http://127.0.0.1:{port}");
    let mut scripts = scripts(EXAMPLE, "scenarios");
    assert_eq!(named(&scripts, "Install the dependencies"), "npm ci", "it is replaced by the packages that are there");
    scripts.retain(|(name, _)| name.as_deref() != Some("Install the dependencies"));
    let last = scripts.pop().unwrap();
    assert_eq!(last.0.as_deref(), Some("Run the scenarios"));
    for (name, script) in scripts {
        let (text, code) = output(shell(&script, project).env("SIMULATOR", &simulator)).await;
        assert_eq!(code, Some(0), "{name:?}: {text}");
    }
    output(&mut shell(&last.1, project)).await
}

fn test_cases(project: &Path) -> Vec<TestCase> {
    let xml = fs::read_to_string(project.join("reports/junit.xml")).unwrap();
    let mut report = quick_junit::Report::deserialize_from_str(&xml).unwrap();
    report.test_suites.remove(0).test_cases
}

fn json(project: &Path) -> serde_json::Value {
    serde_json::from_str(&fs::read_to_string(project.join("reports/simulator.json")).unwrap()).unwrap()
}

#[tokio::test]
async fn the_workflow_passes_for_a_widget_without_mistakes() {
    let (release, project) = (release("release-good", TARGET).await, empty_folder("workflow-good"));
    javascript_widget(&project);
    let (text, code) = run_workflow(&project, &release).await;
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("test result: ok. 8 passed; 0 failed; 1 ignored"), "{text}");
    let cases = test_cases(&project);
    assert_eq!(cases.len(), 9);
    for case in &cases {
        let ignored = case.name.as_str() == "transferred";
        let expected = if ignored {
            matches!(case.status, TestCaseStatus::Skipped { .. })
        } else {
            matches!(case.status, TestCaseStatus::Success { .. })
        };
        assert!(expected, "{case:?}");
    }
    let json = json(&project);
    assert_eq!((&json["passed"], &json["failed"], &json["ignored"]), (&8.into(), &0.into(), &1.into()));
    assert!(!project.join("reports/failures").exists(), "a run without failures leaves no artifacts");
}

#[tokio::test]
async fn the_workflow_fails_for_a_broken_widget_with_a_report_a_picture_and_a_recording() {
    let (release, project) = (release("release-broken", TARGET).await, empty_folder("workflow-broken"));
    javascript_widget(&project);
    let end = "send(() => cti.callEnded({ externalCallId, engagementId, callEndStatus }));";
    replace(&project.join("widget.js"), end, &format!("{end}\n  {end}\n  console.error(\"sent twice\");"));
    let (text, code) = run_workflow(&project, &release).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("test saved ... FAILED") && text.contains("test result: FAILED."), "{text}");
    assert!(text.contains("console: ") && text.contains("sent twice"), "{text}");

    let cases = test_cases(&project);
    let saved = cases.iter().find(|case| case.name.as_str() == "saved").unwrap();
    let TestCaseStatus::NonSuccess { message, .. } = &saved.status else { panic!("{saved:?}") };
    assert!(message.as_ref().unwrap().as_str().contains("CALL_ENDED"), "{saved:?}");

    let folder = project.join("reports/failures/saved");
    let picture = fs::read(folder.join("screen.png")).unwrap();
    assert!(picture.starts_with(b"\x89PNG\r\n"), "no picture");
    let recording = simulator::transcript::import(&fs::read_to_string(folder.join("recording.json")).unwrap()).unwrap();
    assert!(!recording.is_empty());
    assert!(fs::read_to_string(folder.join("console.txt")).unwrap().contains("sent twice"));
    let json = json(&project);
    let saved = &json["scenarios"][0];
    assert_eq!((&saved["name"], &saved["result"]), (&"saved".into(), &"failed".into()));
    assert_eq!(saved["artifacts"]["picture"], "reports/failures/saved/screen.png");
}

#[tokio::test]
async fn an_archive_that_was_changed_is_not_unpacked() {
    let (release, project) = (release("release-changed", TARGET).await, empty_folder("workflow-changed"));
    copy(&workspace().join("examples/javascript-widget"), &project);
    fs::write(release.join(format!("calling-simulator-{TARGET}.tar.gz")), "something else").unwrap();
    let simulator = format!("http://127.0.0.1:{}", serve_folder(&release, Listen::Loopback, 0).await.unwrap());
    let script = named(&scripts(EXAMPLE, "scenarios"), "Install the simulator");
    let (text, code) = output(shell(&script, &project).env("SIMULATOR", simulator)).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("FAILED") && !project.join("calling-simulator").exists(), "{text}");
}

#[tokio::test]
async fn a_release_needs_the_tag_of_its_version() {
    let script = named(&scripts(RELEASE, "pages"), "Compare the tag with the version");
    let run = async |tag: &str| output(shell(&script, &workspace()).env("GITHUB_REF_NAME", tag)).await;
    let own = concat!("simulator-v", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(own).await, (String::new(), Some(0)));
    let (text, code) = run("simulator-v99.0.0").await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains(&format!("tag {own}")), "{text}");
}

/// The container itself needs a Docker daemon and the network.
#[tokio::test]
async fn the_container_gets_the_program_of_each_architecture() {
    let folder = empty_folder("container");
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [folder.join("archives"), folder.join("crates/calling-simulator")] {
        fs::create_dir_all(folder).unwrap();
    }
    fs::copy(package.join("Dockerfile"), folder.join("crates/calling-simulator/Dockerfile")).unwrap();
    for target in [TARGET, "aarch64-unknown-linux-gnu"] {
        let archive = format!("calling-simulator-{target}.tar.gz");
        let release = release(&format!("container-{target}"), target).await;
        fs::copy(release.join(&archive), folder.join("archives").join(&archive)).unwrap();
    }
    let script = named(&scripts(RELEASE, "container"), "Put the programs where the Dockerfile expects them");
    let (text, code) = output(&mut shell(&script, &folder)).await;
    assert_eq!(code, Some(0), "{text}");
    let dockerfile = fs::read_to_string(folder.join("container/Dockerfile")).unwrap();
    assert!(dockerfile.contains("COPY --chmod=755 ${TARGETARCH}/calling-simulator"), "{dockerfile}");
    for architecture in ["amd64", "arm64"] {
        let mut program = Command::new(folder.join("container").join(architecture).join("calling-simulator"));
        let (text, code) = output(program.arg("--version")).await;
        assert_eq!((text.trim(), code), (concat!("calling-simulator ", env!("CARGO_PKG_VERSION")), Some(0)));
    }
}
