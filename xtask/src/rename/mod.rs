//! Makes this project one's own: another name, port, accent colour and languages, and if wanted no simulator.
//!
//! Everything is computed first, from the files as they are. Then the new files are staged below `target/`, and put in their places.
//! What was interrupted before that has changed nothing; what was interrupted during it is completed by the same command.

mod color;
mod error;
mod language;
mod lines;
mod locales;
mod name;
mod places;
mod port;
mod simulator;
#[cfg(test)]
mod tests;
mod tree;

use crate::process;
use color::Color;
pub use error::{Error, Result};
#[cfg(test)]
pub use lines::line_with;
use name::Name;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use tree::{Changes, Tree};

const PAGE: &str = "index.html";
const TOKENS: &str = "src/theme/tokens.css";
const ICON: &str = "assets/icon.svg";

/// What is asked for. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    pub name: String,
    /// The name of the cargo package, if it does not follow from `name`.
    pub package: Option<String>,
    pub port: Option<u16>,
    pub color: Option<String>,
    pub locales: Option<String>,
    pub without: Vec<String>,
    pub allow_dirty: bool,
}

/// Renames the project in this folder, and prints what has changed.
pub fn rename(root: &Path, options: &Options) -> Result<()> {
    let staged = root.join("target/rename");
    let arguments = options.arguments();
    if let Some(earlier) = tree::interrupted(&staged) {
        if earlier != arguments {
            return Err(Error::Interrupted { earlier, file: staged });
        }
        tree::finish(root, &staged)?;
        println!("The rename that was interrupted is complete.");
        settle(root);
        return Ok(());
    }
    let plan = Plan::new(Tree::read(root)?, options)?;
    let changes = plan.tree.changes();
    if changes == Changes::default() {
        println!("Nothing to change: the project is {} already.", plan.name.title);
        return Ok(());
    }
    if !options.allow_dirty {
        check_committed(root)?;
    }
    plan.tree.write(&staged, &arguments)?;
    settle(root);
    print!("{}", plan.summary(&changes));
    Ok(())
}

impl Options {
    /// The command line again, to name a rename that was interrupted.
    fn arguments(&self) -> String {
        let mut arguments = format!("\"{}\"", self.name.trim());
        let port = self.port.map(|port| port.to_string());
        for (option, value) in
            [("crate", &self.package), ("port", &port), ("color", &self.color), ("locales", &self.locales)]
        {
            if let Some(value) = value {
                arguments.push_str(&format!(" --{option} \"{value}\""));
            }
        }
        self.without.iter().for_each(|part| arguments.push_str(&format!(" --without {part}")));
        arguments
    }
}

/// The project as it will be.
struct Plan {
    tree: Tree,
    name: Name,
    /// What was asked for besides the name, in words.
    settings: Vec<String>,
    to_translate: Vec<String>,
}

impl Plan {
    fn new(mut tree: Tree, options: &Options) -> Result<Self> {
        if let Some(part) = options.without.iter().find(|part| *part != "simulator") {
            return Err(Error::Part(part.clone()));
        }
        let name = rename_all(&mut tree, options)?;
        if let Some(port) = options.port {
            port::set(&mut tree, port)?;
        }
        if let Some(color) = &options.color {
            set_color(&mut tree, Color::accent(color)?)?;
        }
        let to_translate = match &options.locales {
            Some(list) => locales::set(&mut tree, &locales::parse(list)?)?,
            None => Vec::new(),
        };
        if !options.without.is_empty() {
            simulator::remove(&mut tree);
        }
        lines::renumber(&mut tree);
        Ok(Self { tree, name, settings: settings(options), to_translate })
    }

    fn summary(&self, changes: &Changes) -> String {
        let mut summary = format!("\n{}, crate {}:\n", self.name.title, self.name.package);
        self.settings.iter().for_each(|setting| summary.push_str(&format!("    set  {setting}\n")));
        for (what, paths) in [("changed", &changes.written), ("new", &changes.added)] {
            paths.iter().for_each(|path| summary.push_str(&format!("    {what}  {path}\n")));
        }
        for (folder, count) in gone(&self.tree, &changes.removed) {
            summary.push_str(&format!(
                "    removed  {folder}{}\n",
                if count > 1 { format!(" ({count} files)") } else { String::new() }
            ));
        }
        let (written, added, removed) = (changes.written.len(), changes.added.len(), changes.removed.len());
        summary.push_str(&format!("{written} files changed, {added} new, {removed} removed.\n"));
        if !self.to_translate.is_empty() {
            let paths = self.to_translate.join(", ");
            summary.push_str(&format!(
                "\nTo be translated, as it has the English texts: {paths}, and its entry in assets/mock-account.json.\n"
            ));
        }
        summary.push_str(
            "\nNext: `cargo xtask test --only fmt,clippy,native`, and commit. What else a project of its own replaces is in\n\
             docs/make-it-yours.md. The pictures in docs/screens are taken again by `cargo xtask screenshots`.\n",
        );
        summary
    }
}

fn settings(options: &Options) -> Vec<String> {
    let port = options.port.map(|port| format!("the port of the widget: {port}"));
    let color = options.color.as_ref().map(|color| format!("the accent colour: {color}"));
    let languages = options.locales.as_ref().map(|list| format!("the languages: {list}"));
    [port, color, languages].into_iter().flatten().collect()
}

/// The name of the project as it is.
fn current_name(tree: &Tree) -> Result<Name> {
    let page = tree.text(PAGE).and_then(|page| page.split_once("<title>")?.1.split_once("</title>"));
    let (title, _) = page.ok_or(Error::Missing { path: PAGE, what: "<title>" })?;
    let manifest: Option<toml::Table> = tree.text("Cargo.toml").and_then(|manifest| manifest.parse().ok());
    let package = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    let package = package.ok_or(Error::Missing { path: "Cargo.toml", what: "name in [package]" })?;
    Ok(Name { title: title.trim().to_owned(), package: package.to_owned() })
}

fn rename_all(tree: &mut Tree, options: &Options) -> Result<Name> {
    let old = current_name(tree)?;
    let new = Name::new(&options.name, options.package.as_deref())?;
    if new.package != old.package {
        let lock = tree.text("Cargo.lock").unwrap_or_default();
        // A crate of this name would have the same path in Rust.
        let is_taken =
            [new.package.clone(), new.path()].iter().any(|name| lock.contains(&format!("\nname = \"{name}\"\n")));
        if is_taken {
            return Err(Error::TakenCrateName(new.package));
        }
    }
    if new != old {
        // Only the spellings that change: the other one is where it is now.
        let added = Name {
            title: if new.title == old.title { "\0".to_owned() } else { new.title.clone() },
            package: if new.package == old.package { "\0".to_owned() } else { new.package.clone() },
        };
        if let Some((found, path)) = places::find(tree, &added) {
            return Err(Error::AmbiguousName { found, path });
        }
        places::replace(tree, &old, &new);
    }
    Ok(new)
}

/// Sets the accent colour, and with it the icon.
fn set_color(tree: &mut Tree, color: Color) -> Result<()> {
    let between = |text: &str, before: &str, after: &str| -> Option<String> {
        let (head, rest) = text.split_once(before)?;
        let (_, tail) = rest.split_once(after)?;
        Some(format!("{head}{before}{color}{after}{tail}"))
    };
    for (path, before, after, what) in
        [(TOKENS, "--brand: ", ";", "--brand"), (ICON, "rx=\"10\" fill=\"", "\"", "<rect … rx=\"10\" fill=…>")]
    {
        let text =
            tree.text(path).and_then(|text| between(text, before, after)).ok_or(Error::Missing { path, what })?;
        tree.set(path, text);
    }
    Ok(())
}

/// What is gone: whole folders where nothing is left in them, with the number of their files.
fn gone(tree: &Tree, removed: &[String]) -> BTreeMap<String, usize> {
    let mut gone = BTreeMap::new();
    for path in removed {
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        let folder = folders.find(|folder| !tree.paths().any(|kept| kept.starts_with(folder)));
        *gone.entry(folder.unwrap_or(path).to_owned()).or_default() += 1;
    }
    gone
}

fn check_committed(root: &Path) -> Result<()> {
    let git = |arguments: &[&str]| process::output(process::command("git").args(arguments).current_dir(root));
    // The folder may be one that the git repository around it ignores.
    let is_tracked = git(&["ls-files", "--", "Cargo.toml"]).is_some_and(|tracked| !tracked.is_empty());
    match git(&["status", "--porcelain", "--", "."]).filter(|_| is_tracked) {
        Some(status) if status.is_empty() => Ok(()),
        Some(status) => {
            const SHOWN: usize = 10;
            let more = status.lines().count().saturating_sub(SHOWN);
            let mut shown: String = status.lines().take(SHOWN).map(|line| format!("    {line}\n")).collect();
            if more > 0 {
                shown.push_str(&format!("    and {more} more\n"));
            }
            Err(Error::Dirty(shown))
        }
        None => Err(Error::NoGit),
    }
}

/// Lets cargo write Cargo.lock, and rustfmt the code: a name of another length wraps lines in other places. Neither is needed for the
/// next command, so a failure is only said.
fn settle(root: &Path) {
    for (arguments, what) in [
        (&["update", "--workspace", "--offline", "--quiet"][..], "Cargo.lock is written by the next cargo command"),
        (&["fmt", "--all"], "`cargo fmt --all` puts the code in its usual form"),
    ] {
        if process::output(process::command("cargo").args(arguments).current_dir(root)).is_none() {
            println!("`cargo {}` failed: {what}.", arguments.join(" "));
        }
    }
}

/// The folder of the project, from wherever the command was started.
pub fn root() -> PathBuf {
    crate::project::root()
}
