//! The steps that make a release build smaller. A step that cannot be had is left out, with a sentence that says what it costs.

use crate::{
    error::Result,
    names::{self, Names},
    npm, page, process, size, tools,
};
use std::{
    cell::Cell,
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

/// Found by trying: the size after brotli counts. Functions beside similar functions compress better, and so do functions that
/// were not inlined into each other.
const PASSES: [&str; 6] = [
    "-Os",
    "--always-inline-max-function-size=1",
    "--one-caller-inline-max-function-size=30",
    "--converge",
    // Engines ignore the alignment hint.
    "--dealign",
    "--reorder-functions-by-name",
];

// Measured with the widget as it is here, compressed with brotli.
const SMALL_STD_COST: &str = "the widget is about an eighth bigger";
const WASM_OPT_COST: &str = "the widget is about a quarter bigger";
const NAMES_COST: &str = "the widget is about 3,000 bytes bigger";
const ESBUILD_COST: &str = "the widget is about 4,000 bytes bigger";

/// Which standard library a page is built with, where that can be chosen.
#[derive(Clone, Copy, PartialEq)]
pub enum Library {
    /// The one that rustup installs.
    Usual,
    /// Built for size, and without the messages of panics.
    Small,
}

/// Which steps are done.
pub struct Steps {
    /// Whether the standard library is built for size. Cleared when that turns out to be impossible.
    small_std: Cell<bool>,
    wasm_opt: bool,
    esbuild: bool,
}

impl Steps {
    pub fn none() -> Self {
        Self { small_std: Cell::new(false), wasm_opt: false, esbuild: false }
    }

    /// Installs what the steps need, as far as that is possible.
    pub fn ensure() -> Self {
        let small_std = tools::small_std_is_possible();
        if let Err(reason) = &small_std {
            left_out("building the standard library for size", reason, SMALL_STD_COST);
        }
        let installed = npm::ensure(&[npm::BINARYEN, npm::ESBUILD]);
        let reason = installed.err().map_or("it does not start".to_owned(), |error| error.to_string());
        let (wasm_opt, esbuild) = (npm::wasm_opt().is_some(), npm::esbuild().is_some());
        for (there, tool, cost) in [(wasm_opt, "wasm-opt", WASM_OPT_COST), (esbuild, "esbuild", ESBUILD_COST)] {
            if !there {
                left_out(tool, &reason, cost);
            }
        }
        Self { small_std: Cell::new(small_std.is_ok()), wasm_opt, esbuild }
    }

    /// Runs a build, with the standard library built for size if it may be. When that fails it is run again without.
    pub fn build(&self, library: Library, command: impl Fn() -> Command) -> Result<()> {
        if self.small_std.get() && library == Library::Usual {
            // Some build scripts run again when this variable changes, and most packages would be compiled again.
            return process::run_checked(command().envs([tools::BOOTSTRAP]));
        }
        if self.small_std.get() {
            match process::run_checked(command().envs(tools::SMALL_STD)) {
                Ok(()) => return Ok(()),
                Err(reason) => {
                    self.small_std.set(false);
                    left_out("building the standard library for size", &reason.to_string(), SMALL_STD_COST);
                }
            }
        }
        process::run_checked(&mut command())
    }

    /// Makes the wasm and JavaScript files of a page smaller, in place.
    pub fn shrink(&self, folder: &Path) -> Result<()> {
        let mut done = Vec::new();
        if self.wasm_opt && self.esbuild {
            for wasm in page::files_named(folder, "_bg.wasm")? {
                let js = PathBuf::from(wasm.to_string_lossy().replace("_bg.wasm", ".js"));
                match shrink_together(&wasm, &js) {
                    Ok(()) => done.extend([wasm, js]),
                    Err(reason) => left_out("short names between wasm and JavaScript", &reason, NAMES_COST),
                }
            }
        }
        for path in size::files_in(folder)?.iter().filter(|path| !done.contains(path)) {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("wasm") if self.wasm_opt => replace(npm::wasm_opt(), wasm_opt, path, "wasm-opt", WASM_OPT_COST),
                Some("js") if self.esbuild => replace(npm::esbuild(), esbuild, path, "esbuild", ESBUILD_COST),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Makes a program and its JavaScript smaller, with short names for what passes between them. Either both files are replaced
/// or none. The error is the reason.
fn shrink_together(wasm: &Path, js: &Path) -> std::result::Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let smaller = |path: &Path| path.with_extension("smaller");
    let (small_wasm, small_js) = (smaller(wasm), smaller(js));
    let renamed = js.with_extension("renamed.js");
    let cache = js.with_extension("names.json");
    let shrunk = || {
        let wasm_opt_tool = || npm::wasm_opt().ok_or("wasm-opt is missing");
        // By itself, with the names of functions kept: the other passes use them, and run until nothing changes.
        let mut tool = wasm_opt_tool()?;
        tool.args(WASM_FEATURES).args(["-g", names::WASM_OPT_PASS]).arg(wasm).arg("-o").arg(&small_wasm);
        let printed = process::output(&mut tool).ok_or("wasm-opt failed")?;
        let mut tool = wasm_opt_tool()?;
        wasm_opt(&mut tool, &small_wasm, &small_wasm);
        process::run_checked(&mut tool).map_err(|error| error.to_string())?;
        let names = Names::parse(&printed);
        let module = fs::read_to_string(js).map_err(text)?;
        let module = names::with_short_module(&module).ok_or("the JavaScript names no module")?;
        fs::write(&renamed, module).map_err(text)?;
        fs::write(&cache, names.cache()).map_err(text)?;
        let mut tool = npm::esbuild().ok_or("esbuild is missing")?;
        esbuild(&mut tool, &renamed, &small_js);
        tool.arg(format!("--mangle-props={}", names.pattern())).arg(format!("--mangle-cache={}", cache.display()));
        process::run_checked(&mut tool).map_err(|error| error.to_string())?;
        fs::rename(&small_wasm, wasm).and_then(|()| fs::rename(&small_js, js)).map_err(text)
    };
    let outcome = shrunk();
    for path in [small_wasm, small_js, renamed, cache] {
        let _ = fs::remove_file(path);
    }
    outcome
}

fn left_out(step: &str, reason: &str, cost: &str) {
    println!("    left out: {step} ({reason}); {cost}");
}

/// Replaces a file by what a tool makes of it. When the tool fails the file stays.
fn replace(tool: Option<Command>, arguments: fn(&mut Command, &Path, &Path), path: &Path, name: &str, cost: &str) {
    let Some(mut tool) = tool else { return };
    let output = path.with_extension("smaller");
    arguments(&mut tool, path, &output);
    let replaced = process::run_checked(&mut tool)
        .map_err(|error| error.to_string())
        .and_then(|()| fs::rename(&output, path).map_err(|error| error.to_string()));
    if let Err(reason) = replaced {
        left_out(&format!("{name} on {}", path.display()), &reason, cost);
        let _ = fs::remove_file(&output);
    }
}

fn wasm_opt(command: &mut Command, path: &Path, output: &Path) {
    command.args(PASSES).args(WASM_FEATURES).args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    command.arg(path).arg("-o").arg(output);
}

fn esbuild(command: &mut Command, path: &Path, output: &Path) {
    let mut outfile = OsString::from("--outfile=");
    outfile.push(output);
    command.args(["--minify", "--log-level=warning"]).arg(outfile);
    // A module's top level and what it does not export are known to nobody else.
    if fs::read_to_string(path).is_ok_and(|script| script.contains("import.meta")) {
        command.args(["--format=esm", "--tree-shaking=true"]);
    }
    command.arg(path);
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::project;

    fn folder(name: &str) -> PathBuf {
        let folder = project::cargo_target().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_tool_that_fails_leaves_the_file_as_it_was() {
        let path = folder("failing-tool").join("a.js");
        process::write(&path, b"let a = 1;").unwrap();
        replace(Some(Command::new("false")), |_, _, _| {}, &path, "false", "nothing");
        assert_eq!(fs::read(&path).unwrap(), b"let a = 1;");
        assert_eq!(size::files_in(path.parent().unwrap()).unwrap(), [path]);
    }

    #[test]
    fn a_tool_that_works_replaces_the_file() {
        let path = folder("working-tool").join("a.js");
        process::write(&path, b"let a = 1;").unwrap();
        fn copy(command: &mut Command, from: &Path, to: &Path) {
            command.arg(from).arg(to);
        }
        replace(Some(Command::new("cp")), copy, &path, "cp", "nothing");
        assert_eq!(size::files_in(path.parent().unwrap()).unwrap(), [path]);
    }

    #[test]
    fn a_build_that_fails_with_the_small_library_is_tried_without() {
        let steps = Steps { small_std: Cell::new(true), wasm_opt: false, esbuild: false };
        let fails_with_flags = || {
            let mut command = Command::new("sh");
            command.args(["-c", "test -z \"$RUSTC_BOOTSTRAP\""]).env_remove("RUSTC_BOOTSTRAP");
            command
        };
        assert!(steps.build(Library::Small, fails_with_flags).is_ok());
        assert!(!steps.small_std.get(), "it is not tried again for the next page");
        assert!(steps.build(Library::Small, || Command::new("false")).is_err());
    }
}
