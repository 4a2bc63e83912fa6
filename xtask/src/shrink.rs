//! The steps that make a release build smaller. A step that cannot be had is left out, with a sentence that says what it costs.

use crate::{error::Result, npm, page, process, short_names, size, tools};
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

const SMALL_STD_COST: &str = "the widget is about a tenth bigger";
const WASM_OPT_COST: &str = "the widget is about a tenth bigger";
const ESBUILD_COST: &str = "the widget is about 5,000 bytes bigger";

/// Which steps are done.
#[derive(Clone)]
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

    pub fn without_small_std(&self) -> Self {
        Self { small_std: Cell::new(false), ..self.clone() }
    }

    /// Runs a build with the standard library built for size. When that fails it is run again without.
    pub fn run_with_small_std(&self, command: impl Fn() -> Command) -> Result<()> {
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
        for path in size::files_in(folder)? {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("wasm") if self.wasm_opt => replace(npm::wasm_opt(), wasm_opt, &path, "wasm-opt", WASM_OPT_COST),
                Some("js") if self.esbuild => replace(npm::esbuild(), esbuild, &path, "esbuild", ESBUILD_COST),
                _ => {}
            }
        }
        if self.wasm_opt && self.esbuild {
            for wasm in page::files_named(folder, "_bg.wasm")? {
                let js = PathBuf::from(wasm.to_string_lossy().replace("_bg.wasm", ".js"));
                if js.is_file() {
                    short_names::shorten(&wasm, &js)?;
                }
            }
        }
        Ok(())
    }
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
        assert!(steps.run_with_small_std(fails_with_flags).is_ok());
        assert!(!steps.small_std.get(), "it is not tried again for the next page");
        assert!(steps.run_with_small_std(|| Command::new("false")).is_err());
    }
}
