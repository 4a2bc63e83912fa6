//! The deployable `dist/`: the widget, and in folders beside it the simulator and the SDK's example pages.

use crate::{
    error::{Error, Result, file},
    npm, page, process, project, short_names, simulator, size, tools,
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
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

/// Found by trying: what brotli makes of the file counts, not its own size. Functions that stand beside functions of their kind
/// compress better, and so do those that were not put into one another.
const SHRINKING: [&str; 6] = [
    "-Os",
    "--always-inline-max-function-size=1",
    "--one-caller-inline-max-function-size=30",
    "--converge",
    // Alignment is a hint that no engine wants any more.
    "--dealign",
    "--reorder-functions-by-name",
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
    provide_shrinkers();
    process::step("building the widget", || {
        let config = own_config()?;
        let mut trunk = tools::trunk();
        trunk.args(["build", "--release", "--config"]).arg(config).arg("--dist").arg(project::dist());
        process::run_well(trunk.envs(tools::small_std()))
    })?;
    for name in project::example_pages() {
        process::step(&format!("building the example {name}"), || example(&name))?;
    }
    Ok(())
}

/// `Trunk.toml` with this very program as its hook: trunk's environment says how to build for the browser, and a hook that
/// calls cargo would build the hook itself so.
fn own_config() -> Result<PathBuf> {
    let path = project::root().join("Trunk.toml");
    let config = fs::read_to_string(&path).map_err(file("read", &path))?;
    let program = env::current_exe().map_err(file("find", Path::new("the running program")))?;
    let page = project::root().join("index.html");
    let own = config
        .replace("command = \"cargo\"", &format!("command = '{}'", program.display()))
        .replace("command_arguments = [\"xtask\", \"post-build\"]", "command_arguments = [\"post-build\"]")
        .replace("target = \"index.html\"", &format!("target = '{}'", page.display()));
    let own_path = project::target().join("trunk.toml");
    process::write(&own_path, own.as_bytes())?;
    Ok(own_path)
}

/// What lies in `dist/` and is never loaded by the widget.
pub fn beside_the_widget() -> Vec<String> {
    let mut folders = project::example_pages();
    folders.extend([simulator::FOLDER, simulator::CALLING_WINDOW_FOLDER].map(String::from));
    folders
}

/// Installs what makes the build small, where that is possible. Without it everything works and weighs more.
pub fn provide_shrinkers() {
    if let Err(error) = npm::provide(&[npm::BINARYEN, npm::ESBUILD]) {
        println!("    going on without the tools that make the build small: {error}");
    }
}

/// The last step of every build by trunk, on the folder that it is about to put in place.
pub fn post_build() -> Result<()> {
    let Some(staging) = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err(Error::Usage("post-build is for trunk alone".into()));
    };
    page::start_modules_by_themselves(&staging)?;
    for html in page::files_named(&staging, ".html")? {
        page::without_unused_nonce(&html)?;
    }
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let finish = if release { shrink } else { |_: &Path| Ok(()) };
    finish(&staging)?;
    simulator::add_to(&staging, release, finish)
}

/// An example of the SDK as a page in `dist/`: its `index.html` loads `./{name}.js`.
fn example(name: &str) -> Result<()> {
    let wasm = project::WASM_TARGET;
    let arguments = ["build", "--release", "--package", "calling-extensions", "--target", wasm, "--example", name];
    process::run_well(process::cargo().args(arguments).envs(tools::small_std()))?;
    let built = project::cargo_target().join(wasm).join("release/examples").join(format!("{name}.wasm"));
    let folder = project::dist().join(name);
    fs::create_dir_all(&folder).map_err(file("create", &folder))?;
    let mut bindgen = tools::wasm_bindgen();
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", name, "--out-dir"]).arg(&folder).arg(built);
    process::run_well(&mut bindgen)?;
    copy_page(&project::root().join("crates/calling-extensions/examples").join(name), &folder)?;
    shrink(&folder)
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

/// Makes every wasm and JavaScript file in a folder smaller, in place.
fn shrink(folder: &Path) -> Result<()> {
    for path in size::files_in(folder)? {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let (tool, command) = match extension {
            Some("wasm") => ("wasm-opt", npm::wasm_opt().map(|command| wasm_opt(command, &path))),
            Some("js") => ("esbuild", npm::esbuild().map(|command| esbuild(command, &path))),
            _ => continue,
        };
        let Some(mut command) = command else {
            println!("    {tool} is missing, so {} stays bigger than it could be", path.display());
            continue;
        };
        let smaller = smaller(&path);
        process::run_well(command.arg(&path))?;
        fs::rename(&smaller, &path).map_err(file("replace", &path))?;
    }
    for wasm in page::files_named(folder, "_bg.wasm")? {
        let name = wasm.to_string_lossy().replace("_bg.wasm", ".js");
        let js = PathBuf::from(name);
        if js.is_file() {
            short_names::shorten(&wasm, &js)?;
        }
    }
    Ok(())
}

fn wasm_opt(mut command: Command, path: &Path) -> Command {
    command.args(SHRINKING).args(WASM_FEATURES).args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    command.arg("-o").arg(smaller(path));
    command
}

fn esbuild(mut command: Command, path: &Path) -> Command {
    let mut output = OsString::from("--outfile=");
    output.push(smaller(path));
    command.args(["--minify", "--log-level=warning"]).arg(output);
    // In a module nobody else knows the names of its top level, nor what it does not export.
    if fs::read_to_string(path).is_ok_and(|script| script.contains("import.meta")) {
        command.args(["--format=esm", "--tree-shaking=true"]);
    }
    command
}

fn smaller(path: &Path) -> PathBuf {
    path.with_extension("smaller")
}
