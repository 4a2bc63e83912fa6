//! The deployable `dist/`: the widget, and in folders beside it the simulator and the SDK's example pages.

use crate::{
    error::{Result, file},
    fingerprint, page, process, project,
    shrink::{Library, Steps},
    sip, size, tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where the simulator is in a build.
const SIMULATOR: &str = "simulator";
/// In a folder with the simulator alone: the fingerprint of what it was built from.
const SIMULATOR_STAMP: &str = "simulator.fingerprint";
/// The first part of HubSpot's address of a calling window. The simulator's page has the files behind it.
const CALLING_WINDOW: &str = "calling-integration-popup-ui";
const CALLING_WINDOW_SCRIPT: &str = "calling-window.js";

/// What to build.
#[derive(Debug, PartialEq)]
pub struct Build {
    pub dist: PathBuf,
    /// Cargo features of the widget besides its default ones.
    pub features: Vec<String>,
    /// Whether to leave out all steps that make the build smaller.
    pub plain: bool,
    /// Where users log in, with the feature `sip`: an origin. Absent when it serves the page too.
    pub back_end: Option<String>,
    /// Origins that the page may contact besides its own and the back end's.
    pub connect: Vec<String>,
}

impl Build {
    /// What is deployed.
    pub fn deployable() -> Self {
        Self { dist: project::dist(), features: Vec::new(), plain: false, back_end: None, connect: Vec::new() }
    }

    /// What the end-to-end tests run against.
    pub fn for_tests() -> Result<Self> {
        let features = project::test_features()?;
        let dist = if features.is_empty() { project::dist() } else { project::target().join("e2e-dist") };
        Ok(Self { dist, features, ..Self::deployable() })
    }
}

/// Builds, and prints what the files weigh.
pub fn build(build: &Build) -> Result<()> {
    make(build)?;
    println!("\n{}", size::table(&build.dist, &beside_the_widget())?);
    Ok(())
}

/// `build` without the table.
pub fn make(build: &Build) -> Result<()> {
    let steps = prepare(build)?;
    widget(build, &steps)?;
    if project::has_simulator() {
        simulator(build, &steps)?;
    }
    for folder in project::example_pages() {
        let name = name_of(&folder);
        let (what, dist) = (format!("the example {name}"), build.dist.join(&name));
        let library = Library::Small;
        PageBuild { what: &what, folder: &folder, dist: &dist, features: &[], library, back_end: None }.run(&steps)?;
    }
    Ok(())
}

/// Builds the widget alone, and takes what lies beside it from another build.
pub fn make_widget(build: &Build, beside: &Path) -> Result<()> {
    let steps = prepare(build)?;
    widget(build, &steps)?;
    beside_the_widget().iter().try_for_each(|name| copy(&beside.join(name), &build.dist.join(name)))
}

/// Builds the widget alone, and takes the simulator from another build, if it is there.
pub fn make_widget_with_simulator(build: &Build, beside: &Path) -> Result<()> {
    let steps = prepare(build)?;
    widget(build, &steps)?;
    let folders = [SIMULATOR, CALLING_WINDOW].into_iter().filter(|name| beside.join(name).is_dir());
    folders.into_iter().try_for_each(|name| copy(&beside.join(name), &build.dist.join(name)))
}

/// Builds the simulator alone, for a widget that is somewhere else. If it has not changed since the last time, builds nothing.
pub fn make_simulator(build: &Build) -> Result<()> {
    let sources = fingerprint::of(&project::sources(&project::simulator())?)?;
    let stamp = build.dist.join(SIMULATOR_STAMP);
    fingerprint::unless_built(&sources, &stamp, || simulator(build, &prepare(build)?))
}

/// The folders in `dist/` that the widget never loads.
pub fn beside_the_widget() -> Vec<String> {
    let mut folders: Vec<String> = project::example_pages().iter().map(|page| name_of(page)).collect();
    if project::has_simulator() {
        folders.extend([SIMULATOR, CALLING_WINDOW].map(String::from));
    }
    folders
}

fn prepare(build: &Build) -> Result<Steps> {
    tools::wasm_target()?;
    tools::trunk_and_bindgen()?;
    Ok(if build.plain { Steps::none() } else { Steps::ensure() })
}

fn widget(build: &Build, steps: &Steps) -> Result<()> {
    if build.features.iter().any(|feature| feature == sip::FEATURE) {
        sip::ensure()?;
    }
    let page = PageBuild {
        what: "the widget",
        folder: &project::widget(),
        dist: &build.dist,
        features: &build.features,
        library: Library::Small,
        back_end: build.back_end.as_deref(),
    };
    page.run(steps)?;
    let contacts: Vec<&str> = build.back_end.iter().chain(&build.connect).map(String::as_str).collect();
    if contacts.is_empty() { Ok(()) } else { page::allow_contacts(&build.dist.join("index.html"), &contacts) }
}

fn simulator(build: &Build, steps: &Steps) -> Result<()> {
    let page = PageBuild {
        what: "the simulator",
        folder: &project::simulator(),
        dist: &build.dist.join(SIMULATOR),
        features: &[],
        // Developers load it, and its messages of panics help to report a fault.
        library: Library::Usual,
        back_end: None,
    };
    page.run(steps)?;
    calling_windows(&build.dist)
}

/// One page, from its folder with a `Trunk.toml`.
struct PageBuild<'a> {
    what: &'a str,
    folder: &'a Path,
    dist: &'a Path,
    features: &'a [String],
    library: Library,
    back_end: Option<&'a str>,
}

impl PageBuild<'_> {
    /// Builds the page with trunk, and makes it small.
    fn run(&self, steps: &Steps) -> Result<()> {
        process::step(&format!("building {}", self.what), || {
            // trunk would copy the scripts that an earlier build with other features has left there.
            let _ = fs::remove_dir_all(project::cargo_target().join("wasm-bindgen/release"));
            steps.build(self.library, || self.trunk())?;
            page::finish(self.dist)?;
            steps.shrink(self.dist)
        })
    }

    fn trunk(&self) -> Command {
        let mut trunk = tools::trunk();
        trunk.args(["build", "--release", "--config"]).arg(self.folder.join("Trunk.toml"));
        trunk.arg("--dist").arg(self.dist);
        if !self.features.is_empty() {
            trunk.arg("--features").arg(self.features.join(","));
        }
        if let Some(back_end) = self.back_end {
            trunk.env("BACK_END", back_end);
        }
        trunk
    }
}

/// Puts the pages of the calling window where HubSpot's address leads.
fn calling_windows(dist: &Path) -> Result<()> {
    let source = dist.join(SIMULATOR).join(CALLING_WINDOW);
    for page in page::files_named(&source, ".html")? {
        let inside = page.strip_prefix(&source).unwrap_or(&page);
        let html = fs::read_to_string(&page).map_err(file("read", &page))?;
        let account = inside.parent().unwrap_or(Path::new("")).to_string_lossy().replace('\\', "/");
        // The script looks for the simulator from where it lies itself.
        let script = format!("../../{SIMULATOR}/{CALLING_WINDOW}/{account}/{CALLING_WINDOW_SCRIPT}");
        let html = html.replace(&format!("./{CALLING_WINDOW_SCRIPT}"), &script);
        process::write(&dist.join(CALLING_WINDOW).join(inside), html.as_bytes())?;
    }
    Ok(())
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    for path in size::files_in(from)? {
        let content = fs::read(&path).map_err(file("read", &path))?;
        process::write(&to.join(path.strip_prefix(from).unwrap_or(&path)), &content)?;
    }
    Ok(())
}

fn name_of(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
