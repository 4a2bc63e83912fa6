//! Projects that are made from this one, in empty folders.

use super::*;
use crate::project;
use std::{fs, io::Write};

/// A project of its own, all of it committed.
struct Project(PathBuf);

impl Project {
    /// A copy of this repository in an empty folder.
    fn new(test: &str) -> Self {
        let project = Self(project::cargo_target().join("xtask-tests/rename").join(test));
        let _ = fs::remove_dir_all(&project.0);
        let listed = ["ls-files", "--cached", "--others", "--exclude-standard"];
        let files = process::output(process::command("git").args(listed).current_dir(project::root()))
            .expect("git lists the files");
        for path in files.lines().filter(|path| project::root().join(path).is_file()) {
            project.write(path, &fs::read(project::root().join(path)).unwrap());
        }
        project.git(&["init", "--quiet"]);
        project.commit();
        project
    }

    /// As `new`, for cargo. cargo tells packages of two workspaces apart by their versions alone: without one of its own, this project
    /// and this repository would overwrite what the other has built. All other crates are built once for both.
    fn to_build(test: &str) -> Self {
        let project = Self::new(test);
        let manifest = fs::read_to_string(project.0.join("Cargo.toml")).unwrap();
        let (before, after) = manifest.split_once("\nversion = \"").unwrap();
        let (version, after) = after.split_once('"').unwrap();
        project.write("Cargo.toml", format!("{before}\nversion = \"{version}-{test}\"{after}").as_bytes());
        project.commit();
        project
    }

    fn write(&self, path: &str, content: &[u8]) {
        process::write(&self.0.join(path), content).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> String {
        let author = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "core.autocrlf=false"];
        let output = process::output(process::command("git").args(author).args(arguments).current_dir(&self.0));
        output.unwrap_or_else(|| panic!("git {arguments:?} failed"))
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "All"]);
    }

    fn rename(&self, options: &Options) -> Result<()> {
        rename(&self.0, options)
    }

    fn tree(&self) -> Tree {
        Tree::read(&self.0).unwrap()
    }

    fn files(&self) -> BTreeMap<String, String> {
        self.tree().texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    }

    /// Runs cargo with what has been built for this repository.
    #[track_caller]
    fn cargo(&self, arguments: &[&str]) {
        let mut command = process::command("cargo");
        command.args(arguments).current_dir(&self.0);
        command.env("CARGO_TARGET_DIR", project::cargo_target()).env("CARGO_NET_OFFLINE", "true");
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{arguments:?}: {}\n{}", text(&output.stdout), text(&output.stderr));
        // Something that is not used any more, for instance.
        assert!(!text(&output.stderr).contains("warning: "), "{arguments:?}: {}", text(&output.stderr));
    }

    /// Runs those tests of xtask that read the files of the project, and write none.
    #[track_caller]
    fn test_xtask(&self) {
        let modules = ["check::", "cli::", "docs::", "hubspot::", "project::", "serve::"];
        self.cargo(&[&["test", "--package", "xtask", "--"][..], &modules].concat());
    }

    /// The files that have this text, in any case, in their path or content. These tests name names themselves, and the licence asks
    /// to keep the line with those who hold it.
    fn with_text(&self, part: &str) -> Vec<String> {
        let part = part.to_lowercase();
        let found = |(path, text): &(&str, &str)| {
            !path.starts_with("xtask/src/rename/")
                && !path.ends_with("LICENSE-MIT")
                && (path.contains(&part) || text.to_lowercase().contains(&part))
        };
        self.tree().texts().filter(found).map(|(path, _)| path.to_owned()).collect()
    }

    /// Fails if any spelling of the name is left. A title of one word may be a word of the language, so it proves nothing.
    #[track_caller]
    fn lacks(&self, name: &Name) {
        if !name.title.contains(' ') {
            return;
        }
        for spelling in [name.title.clone(), name.package.clone(), name.path(), name.title.replace(' ', "")] {
            assert_eq!(self.with_text(&spelling), [""; 0], "`{spelling}` is left");
        }
    }
}

fn options(name: &str) -> Options {
    Options { name: name.to_owned(), ..Options::default() }
}

/// Prints it although the output of tests that pass is not shown.
fn say(reason: &str) {
    let _ = writeln!(std::io::stderr(), "{reason}");
}

/// A name that no project has.
fn other() -> Options {
    Options { port: Some(9130), color: Some("#5b2a86".to_owned()), ..options("Quite Another Caller") }
}

#[test]
fn a_project_of_ones_own_compiles_and_has_no_old_name() {
    let project = Project::to_build("renamed");
    let old = current_name(&project.tree()).unwrap();
    project.rename(&other()).unwrap();
    project.lacks(&old);
    project.commit();
    let readme = fs::read_to_string(project.0.join("README.md")).unwrap();
    assert!(readme.starts_with("# Quite Another Caller\n"));
    assert!(readme.contains("{isReady: true, name: \"Quite Another Caller\", url: \"https://localhost:9130/\""));
    let icon = fs::read_to_string(project.0.join("assets/icon.svg")).unwrap();
    assert!(icon.contains("fill=\"#5b2a86\""), "{icon}");
    project.test_xtask();
    // Its tests run in the project without the simulator, which differs more.
    project.cargo(&["check", "--workspace", "--all-targets"]);
}

#[test]
fn a_project_of_ones_own_can_do_without_the_simulator_and_have_other_languages() {
    let project = Project::to_build("without-simulator");
    let options = Options { locales: Some("en,de".to_owned()), without: vec!["simulator".to_owned()], ..other() };
    project.rename(&options).unwrap();
    assert!(!project.0.join("crates/simulator").exists());
    let left: Vec<_> =
        project.with_text("crates/simulator").into_iter().filter(|path| !path.starts_with("xtask/")).collect();
    assert_eq!(left, [""; 0]);
    let hosting: Vec<_> =
        project.with_text("simulator").into_iter().filter(|path| path.starts_with("hosting/")).collect();
    assert_eq!(hosting, [""; 0]);
    let commands = fs::read_to_string(project.0.join("xtask/src/cli/help.rs")).unwrap();
    let help = commands.split_once("pub const HELP").and_then(|(_, rest)| rest.split("\";").next()).unwrap();
    let about: Vec<_> = help.lines().filter(|line| line.contains("simulat")).collect();
    assert!(about.iter().all(|line| line.contains("--without simulator")), "{about:?}");
    assert_eq!(locales::current(&project.tree()), ["en", "de"]);
    project.commit();
    project.cargo(&["check", "--workspace", "--all-targets"]);
    // Most tests of the widget are compiled for the browser alone.
    if crate::tools::has_wasm_target() {
        let target = ["--target", project::WASM_TARGET, "--all-targets"];
        project.cargo(&[&["check", "--package", "quite-another-caller"][..], &target].concat());
    } else {
        say(&format!("not compiled for the browser: the target {} is not installed", project::WASM_TARGET));
    }
    project.cargo(&["test", "--package", "quite-another-caller", "--lib"]);
    project.test_xtask();
    project.rename(&options).unwrap();
    assert_eq!(project.git(&["status", "--porcelain"]), "", "the same again changes nothing");
}

#[test]
fn a_project_can_be_renamed_again_and_back() {
    let project = Project::new("back");
    let (old, port) =
        (current_name(&project.tree()).unwrap(), port::port_in(project.tree().text(port::CONFIG).unwrap()));
    let tokens = fs::read_to_string(project.0.join(TOKENS)).unwrap();
    let color = tokens.split_once("--brand: ").and_then(|(_, rest)| rest.split(';').next()).unwrap();
    let back =
        Options { package: Some(old.package.clone()), port, color: Some(color.to_owned()), ..options(&old.title) };
    // In the docs it corrects links to lines that have moved.
    project.rename(&back).unwrap();
    project.commit();
    let first = project.git(&["rev-parse", "HEAD"]);
    project.rename(&other()).unwrap();
    project.commit();
    project.rename(&other()).unwrap();
    assert_eq!(project.git(&["status", "--porcelain"]), "", "the same again changes nothing");
    // The widget at the old port of the second page.
    project.rename(&Options { port: Some(9131), ..options("One More Caller") }).unwrap();
    project.lacks(&Name::new("Quite Another Caller", None).unwrap());
    project.commit();
    project.rename(&back).unwrap();
    project.commit();
    assert_eq!(project.git(&["diff", "--stat", first.trim(), "HEAD"]), "", "all is as it was");
}

#[test]
fn an_interrupted_rename_is_completed_by_the_same_command() {
    let (project, complete) = (Project::new("interrupted"), Project::new("complete"));
    complete.rename(&other()).unwrap();
    let before = project.files();
    // A folder where a file is to be written.
    let obstacle = project.0.join(format!("index.html.{}", tree::TEMPORARY));
    fs::create_dir(&obstacle).unwrap();
    let error = project.rename(&other()).unwrap_err();
    assert!(matches!(error, Error::File { doing: "write", .. }), "{error}");
    assert_ne!(project.files(), before, "it was interrupted in the middle");
    let error = project.rename(&options("Somebody Else")).unwrap_err().to_string();
    assert!(
        error.contains(
            "`cargo xtask rename \"Quite Another Caller\" --port \"9130\" --color \"#5b2a86\"` was interrupted"
        ),
        "{error}"
    );
    fs::remove_dir(&obstacle).unwrap();
    project.rename(&other()).unwrap();
    assert!(project.files() == complete.files(), "{}", project.git(&["status", "--porcelain"]));
    project.rename(&other()).unwrap();
    assert!(project.files() == complete.files());
}

#[test]
fn a_project_of_ones_own_by_cargo_generate_is_the_same() {
    let template = Project::new("template");
    let questions = template.0.join("cargo-generate.toml");
    let programs = process::on_path("cargo-generate");
    let [program, ..] = &programs[..] else {
        say("the project by cargo-generate is not tested: cargo-generate is not on PATH");
        return;
    };
    if !questions.is_file() {
        say("the project by cargo-generate is not tested: this one was made by it, and is no template");
        return;
    }
    let without = vec!["simulator".to_owned()];
    let expected =
        Options { package: Some("caller".to_owned()), locales: Some("en,de".to_owned()), without, ..other() };
    let folder = template.0.with_file_name("generated");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut command = process::command(program);
    command.args(["generate", "--path"]).arg(&template.0).arg("--destination").arg(&folder);
    command.args(["--name", "caller", "--allow-commands", "--silent", "--vcs", "none"]);
    for answer in ["title=Quite Another Caller", "port=9130", "color=#5b2a86", "locales=en,de", "simulator=false"] {
        command.args(["--define", answer]);
    }
    // One of its own: it runs the program xtask, which may be running here.
    let output = command.env("CARGO_TARGET_DIR", folder.join("target")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    template.rename(&expected).unwrap();
    let mut files = template.files();
    // What is for cargo-generate alone does not stay.
    files.retain(|path, _| !["cargo-generate.toml", "xtask/src/rename/generate.rhai"].contains(&path.as_str()));
    let generated = Project(folder.join("caller")).files();
    let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&generated), paths(&files));
    for (path, text) in files {
        assert!(generated[&path] == text, "{path} differs");
    }
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let project = Project::new("refused");
    let before = project.files();
    let widget = "quite-another-caller";
    for (options, part) in [
        (options(" "), "is empty"),
        (options("<b>"), "`<`"),
        (options("Serde"), "has a crate `serde` already"),
        (Options { package: Some("web-sys".to_owned()), ..options("Web") }, "has a crate `web-sys` already"),
        (Options { package: Some("super".to_owned()), ..options("Web") }, "--crate"),
        (Options { port: Some(80), ..other() }, "from 1024 to"),
        (Options { port: Some(65_535), ..other() }, "from 1024 to"),
        (Options { color: Some("purple".to_owned()), ..other() }, "#rrggbb"),
        (Options { color: Some("#ffee00".to_owned()), ..other() }, "too light"),
        (Options { locales: Some("en,xx".to_owned()), ..other() }, "`xx`"),
        (Options { locales: Some("fr".to_owned()), ..other() }, "lacks `en`"),
        (Options { without: vec!["tests".to_owned()], ..other() }, "--without simulator"),
    ] {
        let error = project.rename(&options).unwrap_err().to_string();
        assert!(error.contains(part), "{options:?}: {error}");
    }
    assert_eq!(project.git(&["status", "--porcelain"]), "");

    project.write("src/config.rs", b"// mine\n");
    let error = project.rename(&other()).unwrap_err().to_string();
    assert!(error.contains("src/config.rs") && error.contains("--allow-dirty"), "{error}");
    project.git(&["checkout", "--", "."]);
    project.write("docs/mine.md", format!("# Mine\n\nSee {widget}.toml.\n").as_bytes());
    project.commit();
    let error = project.rename(&other()).unwrap_err().to_string();
    assert!(error.contains(&format!("docs/mine.md has `{widget}.toml` already")), "{error}");
    project.git(&["rm", "--quiet", "docs/mine.md"]);
    project.commit();
    assert!(project.files() == before);

    fs::remove_dir_all(project.0.join(".git")).unwrap();
    let error = project.rename(&other()).unwrap_err().to_string();
    assert!(error.contains("git init"), "{error}");
    assert!(project.files() == before);
    project.rename(&Options { allow_dirty: true, ..other() }).unwrap();
    assert!(project.files() != before);
}

/// The marks around what is removed come in pairs; one at the beginning of a line with more text would make it HTML.
#[test]
fn marks_come_in_pairs_and_do_not_hide_markdown() {
    let tree = Tree::read(&project::root()).unwrap();
    for (path, text) in tree.texts().filter(|(path, _)| !path.starts_with("xtask/src/rename/")) {
        let marks = text
            .match_indices("simulator> ")
            .map(|(at, _)| &text[..at])
            .filter(|before| before.ends_with('<') || before.ends_with("</"));
        let open: Vec<_> = marks.map(|before| before.ends_with('<')).collect();
        assert!(open.chunks(2).all(|pair| pair == [true, false]), "{path}: {open:?}");
        let hides = |line: &&str| {
            line.trim_start().starts_with("<!--") && line.contains("simulator>") && !line.ends_with("-->")
        };
        assert_eq!(text.lines().find(hides), None, "{path}");
    }
}
