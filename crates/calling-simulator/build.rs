//! Copies the built pages of the simulator to where `src/pages.rs` embeds them from: those in the folder that
//! `CALLING_SIMULATOR_PAGES` names, else those in `pages/`. Without any the program is built without pages, and says so when it is run.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

const VARIABLE: &str = "CALLING_SIMULATOR_PAGES";
/// The folder of a build with the simulator.
const SIMULATOR: &str = "simulator";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    let named = env::var_os(VARIABLE).map(PathBuf::from);
    let source = named.clone().unwrap_or_else(|| "pages".into());
    if named.is_some() && !source.join(SIMULATOR).join("index.html").is_file() {
        println!(
            "cargo::error={VARIABLE} names {}, which has no simulator/index.html: name a folder that `cargo xtask build` made, as an \
             absolute path",
            source.display()
        );
        return Ok(());
    }
    println!("cargo::rerun-if-changed={}", source.display());
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("pages");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(&target)?;
    let source = source.join(SIMULATOR);
    if source.is_dir() { copy(&source, &target.join(SIMULATOR)) } else { Ok(()) }
}

fn copy(source: &Path, target: &Path) -> io::Result<()> {
    fs::create_dir_all(target)?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let target = target.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
