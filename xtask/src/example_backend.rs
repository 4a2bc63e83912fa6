//! The back end of examples/backend for the end-to-end tests: the program, and a page with the widget that logs in to it.

use crate::{
    bundle,
    error::{Result, file},
    page, process, project, size, tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The package, and its program.
const PACKAGE: &str = "backend";
/// The example of the widget that logs in to it.
const WIDGET: &str = "backend-widget";

/// What has been built.
pub struct ExampleBackend {
    pub program: PathBuf,
    /// The folder of the page.
    pub widget: PathBuf,
}

/// Whether this project has the example: a fork may have deleted it.
pub fn exists() -> bool {
    folder().join("Cargo.toml").is_file()
}

/// Builds both without optimization: the page is the one in `dist`, with another program in it.
pub fn make(dist: &Path) -> Result<ExampleBackend> {
    process::step("building the example of a back end", || {
        // With the features that its dependencies have been compiled with for the tests.
        process::run_checked(process::cargo().args(["build", "--workspace", "--bin", PACKAGE]))?;
        let arguments = ["build", "--example", WIDGET, "--target", project::WASM_TARGET];
        process::run_checked(process::cargo().args(arguments))?;
        let target = project::cargo_target();
        let wasm = target.join(project::WASM_TARGET).join("debug/examples").join(WIDGET).with_extension("wasm");
        let program = target.join("debug").join(process::executable(PACKAGE));
        let widget = project::target().join("e2e-backend-dist");
        copy_page(dist, &widget)?;
        for module in modules(dist)? {
            let name = module.file_stem().unwrap_or_default();
            let mut bind = tools::wasm_bindgen();
            bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&widget);
            process::run_checked(bind.arg("--out-name").arg(name).arg(&wasm))?;
            page::start_by_itself(&widget.join(module))?;
        }
        Ok(ExampleBackend { program, widget })
    })
}

fn folder() -> PathBuf {
    project::root().join("examples/backend")
}

/// The files of the widget at the top of `dist`.
fn copy_page(dist: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).map_err(file("remove", to))?;
    }
    let beside = bundle::beside_the_widget();
    for path in size::files_in(dist)? {
        let inside = path.strip_prefix(dist).unwrap_or(&path);
        if !beside.iter().any(|folder| inside.starts_with(folder)) {
            let content = fs::read(&path).map_err(file("read", &path))?;
            process::write(&to.join(inside), &content)?;
        }
    }
    Ok(())
}

/// The names of the modules that load a program of the same name.
fn modules(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<_> = size::files_in(dist)?;
    files.retain(|file| file.parent() == Some(dist));
    let programs =
        files.iter().filter_map(|file| file.to_str()?.strip_suffix("_bg.wasm").map(|stem| format!("{stem}.js")));
    Ok(programs.filter_map(|module| Path::new(&module).file_name().map(PathBuf::from)).collect())
}
