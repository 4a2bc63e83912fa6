//! The deployable `dist/`: the widget, and the SDK's example pages in folders beside it.

use crate::{
    error::{Result, file},
    npm, process, project, size, tools,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// What rustc's wasm uses beyond the first standard. wasm-bindgen may drop the section that names it.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-extended-const",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub fn build() -> Result<()> {
    make()?;
    println!("\n{}", size::table(&project::dist(), &beside_the_widget())?);
    Ok(())
}

/// `build` without the table.
pub fn make() -> Result<()> {
    tools::wasm_target()?;
    tools::trunk_and_bindgen()?;
    provide_wasm_opt();
    process::step("building the widget", || {
        let mut command = process::command("trunk");
        command.args(["build", "--release", "--dist"]).arg(project::dist());
        process::run_well(command.current_dir(project::root()).env("PATH", tools::path()))
    })?;
    for name in project::example_pages() {
        process::step(&format!("building the example {name}"), || example(&name))?;
    }
    Ok(())
}

/// What lies in `dist/` and is never loaded by the widget.
pub fn beside_the_widget() -> Vec<String> {
    let mut folders = project::example_pages();
    folders.push("simulator".into());
    folders
}

/// Installs wasm-opt where that is possible. Without it everything works and weighs more.
pub fn provide_wasm_opt() {
    if npm::wasm_opt().is_none()
        && let Err(error) = npm::provide(&[npm::BINARYEN])
    {
        println!("    going on without wasm-opt, so the wasm will be bigger: {error}");
    }
}

/// The last step of every build by trunk, on the folder that it is about to put in place.
pub fn post_build() -> Result<()> {
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    match env::var_os("TRUNK_STAGING_DIR") {
        Some(staging) if release => optimize(Path::new(&staging)),
        _ => Ok(()),
    }
}

/// An example of the SDK as a page in `dist/`: its `index.html` loads `./{name}.js`.
fn example(name: &str) -> Result<()> {
    let wasm = project::WASM_TARGET;
    let arguments = ["build", "--release", "--package", "calling-extensions", "--target", wasm, "--example", name];
    process::run_well(process::cargo().args(arguments))?;
    let built = project::cargo_target().join(wasm).join("release/examples").join(format!("{name}.wasm"));
    let folder = project::dist().join(name);
    fs::create_dir_all(&folder).map_err(file("create", &folder))?;
    let mut bindgen = process::command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", name, "--out-dir"]).arg(&folder).arg(built);
    process::run_well(bindgen.env("PATH", tools::path()))?;
    copy_page(&project::root().join("sdk/examples").join(name), &folder)?;
    optimize(&folder)
}

/// Copies what belongs to a page and is no Rust.
fn copy_page(from: &Path, to: &Path) -> Result<()> {
    for path in size::files_in(from)? {
        if path.extension().is_some_and(|extension| extension == "rs") {
            continue;
        }
        let target = to.join(path.strip_prefix(from).unwrap_or(&path));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(file("create", folder))?;
        }
        fs::copy(&path, &target).map_err(file("copy", &path))?;
    }
    Ok(())
}

/// Makes every wasm file in a folder smaller, in place.
fn optimize(folder: &Path) -> Result<()> {
    for wasm in size::files_in(folder)?.into_iter().filter(|path| path.extension().is_some_and(|it| it == "wasm")) {
        let Some(mut command) = npm::wasm_opt() else {
            println!("    wasm-opt is missing, so {} stays bigger than it could be", wasm.display());
            continue;
        };
        let smaller = PathBuf::from(&wasm).with_extension("smaller");
        command.arg("-Oz").args(WASM_FEATURES).args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
        process::run_well(command.arg(&wasm).arg("-o").arg(&smaller))?;
        fs::rename(&smaller, &wasm).map_err(file("replace", &wasm))?;
    }
    Ok(())
}
