//! Keeps the Markdown of this repository true: every link to one of its own files, lines or headings leads somewhere, and every
//! `cargo xtask` command exists.

use crate::{cli, project, rename};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// One file of Markdown. Paths are relative to `root`.
struct Document {
    root: PathBuf,
    path: PathBuf,
    text: String,
}

impl Document {
    /// What is wrong in it, with its name and the number of the line.
    fn findings(&self) -> Vec<String> {
        let mut findings = Vec::new();
        let mut fenced = false;
        for (index, line) in self.text.lines().enumerate() {
            let mut report =
                |finding: String| findings.push(format!("{}:{}: {finding}", self.path.display(), index + 1));
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if !fenced {
                links(line).into_iter().filter_map(|link| self.broken(link)).for_each(&mut report);
            }
            commands(line).into_iter().filter_map(unknown_command).for_each(&mut report);
        }
        findings
    }

    /// Why this link leads nowhere. Links to other sites are not followed.
    fn broken(&self, link: &str) -> Option<String> {
        if link.contains("://") || link.starts_with("mailto:") {
            return None;
        }
        let (path, fragment) = link.split_once('#').map_or((link, None), |(path, part)| (path, Some(part)));
        let target = match path {
            "" => self.path.clone(),
            _ => self.path.parent().unwrap_or(Path::new("")).join(path),
        };
        let file = self.root.join(&target);
        if !file.exists() {
            return Some(format!("there is no {link}"));
        }
        let fragment = fragment?;
        let Ok(text) = fs::read_to_string(&file) else { return Some(format!("{link} is not a text")) };
        let found = match lines_of(fragment) {
            Some((first, last)) => 1 <= first && first <= last && last <= text.lines().count(),
            None => headings(&text).iter().any(|heading| heading == fragment),
        };
        (!found).then(|| format!("there is no {link}"))
    }
}

/// The targets of `[text](target)`, `src="target"` and `srcset="target"`, outside of code.
fn links(line: &str) -> Vec<&str> {
    let prose = line.split('`').step_by(2);
    let marks = [("](", ')'), ("src=\"", '"'), ("srcset=\"", '"')];
    // The text of a link may itself be code, so that its target begins a piece of prose: the mark is in one piece all the same.
    prose
        .flat_map(|piece| marks.iter().flat_map(move |(mark, end)| piece.split(*mark).skip(1).map(|rest| (rest, *end))))
        .filter_map(|(rest, end)| rest.split(end).next())
        .filter(|target| !target.is_empty() && !target.contains(' '))
        .collect()
}

/// The commands after `cargo xtask`, as far as a word follows that can be one.
fn commands(line: &str) -> Vec<&str> {
    let end = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    let words = line.split("cargo xtask ").skip(1).filter_map(|rest| rest.split(end).next());
    words.filter(|word| !word.is_empty()).collect()
}

fn unknown_command(command: &str) -> Option<String> {
    let starts =
        |line: &str| line.strip_prefix("cargo xtask ").and_then(|rest| rest.split(' ').next()) == Some(command);
    (!cli::HELP.lines().any(starts)).then(|| format!("there is no `cargo xtask {command}`"))
}

/// The first and the last line of `L5` or `L5-L9`.
fn lines_of(fragment: &str) -> Option<(usize, usize)> {
    let number = |part: &str| part.strip_prefix('L')?.parse().ok();
    let (first, last) = fragment.split_once('-').unwrap_or((fragment, fragment));
    Some((number(first)?, number(last)?))
}

/// The anchors of the headings, as GitHub makes them.
fn headings(text: &str) -> Vec<String> {
    let mut fenced = false;
    let titles = text.lines().filter_map(|line| {
        fenced ^= line.trim_start().starts_with("```");
        let title = line.trim_start_matches('#');
        (!fenced && title.len() < line.len()).then(|| title.strip_prefix(' ')).flatten()
    });
    titles.map(anchor).collect()
}

fn anchor(title: &str) -> String {
    let kept = title.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// All Markdown files below a folder, apart from what is built or hidden.
fn documents(root: &Path, folder: &Path, found: &mut Vec<Document>) {
    let entries = fs::read_dir(root.join(folder)).unwrap();
    for name in entries.map(|entry| entry.unwrap().file_name()) {
        let path = folder.join(&name);
        let name = name.to_string_lossy();
        if root.join(&path).is_dir() {
            if !name.starts_with('.') && !["target", "dist", "node_modules"].contains(&&*name) {
                documents(root, &path, found);
            }
        } else if name.ends_with(".md") {
            let text = fs::read_to_string(root.join(&path)).unwrap();
            found.push(Document { root: root.to_owned(), path, text });
        }
    }
}

#[test]
fn every_link_and_every_command_in_the_markdown_of_this_repository_exists() {
    let mut found = Vec::new();
    documents(&project::root(), Path::new(""), &mut found);
    let has = |path: &str| found.iter().any(|document| document.path == Path::new(path));
    assert!(has("README.md") && has("docs/README.md"), "the files are not found");
    let findings: Vec<_> = found.iter().flat_map(Document::findings).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Of each link to a line with code as its text, as in ``[`port = `](../Trunk.toml#L26)``: the code, the file, and the line.
fn lines_with_code(text: &str) -> Vec<(&str, &str, &str)> {
    text.match_indices("`](")
        .filter_map(|(at, mark)| {
            let code = text[..at].rsplit("[`").next()?;
            let (file, line) = text[at + mark.len()..].split(')').next()?.split_once("#L")?;
            Some((code, file, line))
        })
        .collect()
}

/// So far may a link be from its code: a fork that adds a `use` or a `mod` above it has no link to mend.
const NEAR: usize = 10;

#[test]
fn a_link_to_a_line_with_code_as_its_text_leads_near_that_code() {
    let mut found = Vec::new();
    documents(&project::root(), Path::new(""), &mut found);
    let mut count = 0;
    for document in &found {
        for (code, file, line) in lines_with_code(&document.text) {
            let path = document.path.parent().unwrap().join(file);
            let text = fs::read_to_string(document.root.join(&path)).unwrap();
            let is_at = rename::line_with(&text, code);
            let is_near =
                is_at.zip(line.parse().ok()).is_some_and(|(at, line): (usize, usize)| at.abs_diff(line) <= NEAR);
            let place = document.path.display();
            assert!(
                is_near,
                "{place}: the link to `{code}` in {file} goes to line {line}; the first one with it is {is_at:?}"
            );
            count += 1;
        }
    }
    assert!(count > 15, "docs/make-it-yours.md alone has more than {count}");
}

#[test]
fn every_page_of_the_documentation_is_in_its_index() {
    let folder = project::root().join("docs");
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let linked: Vec<_> = index.lines().flat_map(links).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_page = name.ends_with(".md") && name != "README.md";
        assert!(!is_page || linked.contains(&&*name), "docs/README.md does not link {name}");
    }
}

#[test]
fn the_toml_in_the_documentation_can_be_read() {
    let mut found = Vec::new();
    documents(&project::root(), Path::new("docs"), &mut found);
    let mut count = 0;
    for document in found {
        for block in document.text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            count += 1;
            let table = block.parse::<toml::Table>();
            assert!(table.is_ok(), "{}: {:?} in\n{block}", document.path.display(), table.err());
        }
    }
    assert!(count > 0, "there is none");
}

// <simulator>
#[test]
fn the_workflow_in_the_documentation_is_that_of_the_example() {
    let read = |path: &str| fs::read_to_string(project::root().join(path)).unwrap();
    let page = read("docs/simulator-in-your-ci.md");
    let shown = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(shown, read("examples/javascript-widget/.github/workflows/test.yml"));
}
// </simulator>

#[test]
fn a_broken_link_or_command_is_found() {
    let document =
        |text: &str| Document { root: project::root(), path: PathBuf::from("docs/README.md"), text: text.to_owned() };
    for (text, finding) in [
        ("[a](missing.md)", Some("there is no missing.md")),
        ("[`a`](../missing.md), and [b](../README.md)", Some("there is no ../missing.md")),
        ("<img src=\"screens/missing.png\">", Some("there is no screens/missing.png")),
        ("[a](../README.md#no-such-heading)", Some("there is no ../README.md#no-such-heading")),
        ("[a](../README.md#L1-L999999)", Some("there is no ../README.md#L1-L999999")),
        ("[a](../README.md#L0)", Some("there is no ../README.md#L0")),
        ("run `cargo xtask sreve --open`", Some("there is no `cargo xtask sreve`")),
        ("```\ncargo xtask tset\n```", Some("there is no `cargo xtask tset`")),
        (
            "[a](../README.md), [b](../README.md#getting-started), [c](../README.md#L1), [d](https://example.com/x)",
            None,
        ),
        ("`[a](missing.md)` in code, `cargo xtask serve`, and `cargo xtask …`", None),
        ("```\n[a](missing.md)\n```", None),
    ] {
        let findings = document(text).findings();
        match finding {
            Some(finding) => assert!(findings.iter().any(|found| found.ends_with(finding)), "{text}: {findings:?}"),
            None => assert!(findings.is_empty(), "{text}: {findings:?}"),
        }
    }
}

#[test]
fn anchors_are_those_of_github() {
    let text = "# Our App\n```sh\n# a comment\n```\n## What's `new`, and why?\n#hashtag\n";
    assert_eq!(headings(text), ["our-app", "whats-new-and-why"]);
}
