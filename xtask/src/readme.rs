//! The two programs in the README of calling-extensions, built as somebody would who copies them. An end-to-end test runs them.

use crate::{
    error::{Error, Result, file},
    process, project, tools,
};
use std::{fs, path::Path};

/// The names of the programs, in the order of the README.
const PROGRAMS: [&str; 2] = ["guest", "host"];
/// Where the host of the README expects the widget. In the test both are below one address.
const WIDGET_URL: (&str, &str) = ("http://localhost:8080/", "../guest/");

/// Makes `target/readme/site` with a folder for each program.
pub fn make() -> Result<()> {
    let folder = project::target().join("readme");
    let readme_path = project::root().join("crates/calling-extensions/README.md");
    let readme = fs::read_to_string(&readme_path).map_err(file("read", &readme_path))?;
    let lock_path = project::root().join("Cargo.lock");
    let lock = fs::read(&lock_path).map_err(file("read", &lock_path))?;
    let examples = Examples::of(&readme)
        .ok_or(Error::NoValue { what: "Cargo.toml, and a page and a program for each side", path: readme_path })?;
    for (index, name) in PROGRAMS.into_iter().enumerate() {
        let package = folder.join(name);
        let manifest = examples.manifest(name, &project::root().join("crates/calling-extensions"));
        process::write(&package.join("Cargo.toml"), manifest.as_bytes())?;
        process::write(&package.join("Cargo.lock"), &lock)?;
        process::write(&package.join("index.html"), examples.pages[index].as_bytes())?;
        process::write(&package.join("src/main.rs"), examples.programs[index].as_bytes())?;
        let mut trunk = tools::trunk();
        trunk.current_dir(&package).env("CARGO_TARGET_DIR", folder.join("target"));
        trunk.args(["build", "--public-url", "./", "--dist"]).arg(folder.join("site").join(name));
        process::run_checked(&mut trunk)?;
    }
    Ok(())
}

/// What the README says to write into files.
struct Examples {
    dependencies: String,
    pages: [String; 2],
    programs: [String; 2],
}

impl Examples {
    /// `None` unless the README has one `Cargo.toml`, and a page and a program for the browser for each side.
    fn of(readme: &str) -> Option<Self> {
        let blocks = |language: &str| {
            let fence = format!("```{language}");
            let block =
                |part: &str| part.split_once('\n').and_then(|(_, rest)| Some(rest.split_once("```")?.0.to_owned()));
            readme.split(fence.as_str()).skip(1).map(block).collect::<Option<Vec<_>>>()
        };
        let [dependencies] = blocks("toml")?.try_into().ok()?;
        let programs = blocks("rust,no_run")?.try_into().ok()?;
        let programs: [String; 2] = programs;
        if !programs[1].contains(WIDGET_URL.0) {
            return None;
        }
        let programs = programs.map(|program| program.replace(WIDGET_URL.0, WIDGET_URL.1));
        Some(Self { dependencies, pages: blocks("html")?.try_into().ok()?, programs })
    }

    /// The manifest, with this crate instead of the published one.
    fn manifest(&self, name: &str, calling_extensions: &Path) -> String {
        let dependencies = self.dependencies.replace(
            "calling-extensions = \"0.1\"",
            &format!("calling-extensions = {{ path = '{}' }}", calling_extensions.display()),
        );
        format!(
            "[workspace]\n\n[package]\nname = \"readme-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_has_the_files_of_both_programs() {
        let readme = fs::read_to_string(project::root().join("crates/calling-extensions/README.md")).unwrap();
        let examples = Examples::of(&readme).unwrap();
        assert!(examples.programs[0].contains("guest::"), "{}", examples.programs[0]);
        assert!(examples.programs[1].contains("host::"), "{}", examples.programs[1]);
        let manifest: toml::Table = examples.manifest("guest", Path::new("here")).parse().unwrap();
        assert_eq!(manifest["dependencies"]["calling-extensions"]["path"].as_str(), Some("here"));
        assert!(Examples::of(&readme.replace("```html", "```")).is_none());
        assert!(Examples::of(&readme.replace(WIDGET_URL.0, "")).is_none());
    }
}
