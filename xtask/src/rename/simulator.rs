//! Removes the simulator: its packages, and what is about it elsewhere.
//!
//! What is about it in a file that stays is between `<simulator>` and `</simulator>`, each in a comment. Rows of tables, links and
//! lines of code in Markdown need no such marks: they are found by the paths in them.

use super::tree::Tree;

/// What is removed with it: folders, which end in a slash, and beginnings of file names.
const REMOVED: [&str; 11] = [
    "crates/simulator/",
    "crates/calling-simulator/",
    "examples/javascript-widget/",
    "tests/sip/",
    "tests/long-use/tests/faults.rs",
    "tests/long-use/src/simulator.rs",
    "tests/long-use/src/plan.rs",
    "docs/simulator-in-your-ci.md",
    "docs/screens/simulator-",
    ".github/workflows/simulator",
    ".github/workflows/release-simulator",
];
/// What the help of other commands says, with the simulator and without.
const HELP: [(&str, &str); 2] = [
    ("the widget, the simulator with the widget in it, and the SDK's", "the widget and the SDK's"),
    ("opens the simulator in the browser", "opens the widget in the browser"),
];
/// This command's own code.
const OWN_FOLDER: &str = "xtask/src/rename/";
/// Commands that only the simulator has.
const COMMANDS: [&str; 2] = ["cargo xtask simulate ", "cargo xtask simulator-pages"];
const MARKS: [(&str, &str); 3] = [
    ("<!-- <simulator> -->", "<!-- </simulator> -->"),
    ("// <simulator>", "// </simulator>"),
    ("# <simulator>", "# </simulator>"),
];

pub fn remove(tree: &mut Tree) {
    let removed: Vec<String> = tree.paths().filter(|path| is_removed(path)).map(str::to_owned).collect();
    removed.iter().for_each(|path| tree.remove(path));
    tree.edit(|path, text| {
        // The marks are named there.
        if path.starts_with(OWN_FOLDER) {
            return text.to_owned();
        }
        let text = MARKS.iter().fold(text.to_owned(), |text, (begin, end)| without_marked(&text, begin, end));
        match path {
            "Cargo.toml" => without_members(&text),
            // The help of the commands.
            "xtask/src/cli/help.rs" => without_help(&text),
            _ if path.ends_with(".yml") => text.replace(" --package simulator ", " "),
            _ if path.ends_with(".md") => without_links(path, &text),
            _ => text,
        }
    });
}

fn is_removed(path: &str) -> bool {
    REMOVED.iter().any(|removed| path.starts_with(removed))
}

/// Removes what is between the marks, with them. Where they are on lines of their own, whole lines go.
fn without_marked(text: &str, begin: &str, end: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (_, after))) =
        rest.split_once(begin).and_then(|(before, rest)| Some((before, rest.split_once(end)?)))
    {
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let is_own_line = before[line..].trim().is_empty() && after.starts_with('\n');
        kept.push_str(if is_own_line { &before[..line] } else { before });
        rest = if is_own_line { &after[1..] } else { after };
        if is_own_line && (kept.is_empty() || kept.ends_with("\n\n")) {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
    }
    kept + rest
}

/// Removes the packages from the members of the workspace, and from the dependencies that packages share.
fn without_members(manifest: &str) -> String {
    let is_member = |text: &str| is_removed(&format!("{text}/"));
    let line = |line: &str| {
        let depends = line.split_once("path = \"").and_then(|(_, rest)| rest.split_once('"'));
        if depends.is_some_and(|(path, _)| is_member(path)) {
            return None;
        }
        let mut changed = line.to_owned();
        for member in line.split('"').skip(1).step_by(2).filter(|text| is_member(text)) {
            for form in [format!("\"{member}\", "), format!(", \"{member}\""), format!("\"{member}\",")] {
                changed = changed.replacen(&form, "", 1);
            }
        }
        (line.trim().is_empty() || !changed.trim().is_empty()).then_some(changed)
    };
    lines(manifest, line)
}

fn without_help(source: &str) -> String {
    let source = HELP.iter().fold(source.to_owned(), |source, (with, without)| source.replace(with, without));
    let mut is_left_out = false;
    lines(&source, |line| {
        is_left_out = COMMANDS.iter().any(|command| line.starts_with(command))
            || (is_left_out && !line.starts_with("cargo xtask "));
        (!is_left_out).then(|| line.to_owned())
    })
}

/// Removes rows about what is gone, lines of code that use it, and links to it, whose text stays.
fn without_links(path: &str, text: &str) -> String {
    let mut fenced = false;
    lines(text, |line| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let first_cell = line.strip_prefix('|').and_then(|row| row.split('|').next());
        let is_about = |text: &str| {
            COMMANDS.iter().any(|command| format!("{text} ").contains(command))
                || REMOVED.iter().any(|removed| text.contains(removed.trim_end_matches('/')))
                || links(text).any(|(_, target)| is_removed(&resolved(path, target)))
        };
        let is_entry =
            fenced && ["simulator/", "calling-simulator/"].iter().any(|name| line.trim_start().starts_with(name));
        if is_entry || (fenced && is_about(line)) || first_cell.is_some_and(is_about) {
            return None;
        }
        let removed: Vec<_> = links(line).filter(|(_, target)| is_removed(&resolved(path, target))).collect();
        Some(
            removed
                .iter()
                .fold(line.to_owned(), |line, (text, target)| line.replace(&format!("[{text}]({target})"), text)),
        )
    })
}

/// Text and target of each link.
fn links(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.match_indices("](").filter_map(|(at, _)| {
        let text = &line[line[..at].rfind('[')? + 1..at];
        let target = line[at + 2..].split(')').next()?;
        Some((text, target))
    })
}

/// The path from the root of the project that a link in this file leads to, without its fragment.
fn resolved(path: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The lines that `keep` returns.
fn lines(text: &str, mut keep: impl FnMut(&str) -> Option<String>) -> String {
    text.split_inclusive('\n')
        .filter_map(|line| {
            let content = line.trim_end_matches('\n');
            keep(content).map(|kept| kept + &line[content.len()..])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_goes_and_the_rest_stays() {
        let marked =
            |text: &str| MARKS.iter().fold(text.to_owned(), |text, (begin, end)| without_marked(&text, begin, end));
        for (text, kept) in [
            ("a\n\n<!-- <simulator> -->\nb\n\nc\n<!-- </simulator> -->\n\nd\n", "a\n\nd\n"),
            ("a<!-- <simulator> -->, b<!-- </simulator> --> c\n", "a c\n"),
            ("fn a() {\n    // <simulator>\n    b();\n    // </simulator>\n    c();\n}\n", "fn a() {\n    c();\n}\n"),
            ("# <simulator>\na: 1\n# </simulator>\nb: 2\n", "b: 2\n"),
            ("a // <simulator>\n", "a // <simulator>\n"),
        ] {
            assert_eq!(marked(text), kept, "{text}");
        }
    }

    #[test]
    fn the_packages_are_no_members_any_more() {
        let manifest = "[workspace]\nmembers = [\n    \"crates/a\", \"crates/simulator\", \"crates/simulator/e2e\", \"crates/b\",\n    \
                        \"crates/calling-simulator\",\n    \"xtask\", \"crates/simulator\"\n]\n\n[workspace.dependencies]\nsimulator = { \
                        path = \"crates/simulator\" }\nb = { path = \"crates/b\" }\n";
        let expected = "[workspace]\nmembers = [\n    \"crates/a\", \"crates/b\",\n    \"xtask\"\n]\n\n[workspace.dependencies]\nb = { \
                        path = \"crates/b\" }\n";
        assert_eq!(without_members(manifest), expected);
    }

    #[test]
    fn rows_links_and_code_about_it_go() {
        let text = "See [the check](../crates/simulator/CHECK.md), [a](a.md).\n\n| a | b |\n|---|---|\n| [CI](simulator-in-your-ci.md) | c |\n\
                    | `crates/simulator/` | d |\n| e | [f](../crates/simulator/x.rs#L3) |\n\n```\ntrunk serve\ncd crates/simulator && trunk \
                    serve\ncargo xtask simulate --list\n  simulator/  a page\n```\n";
        let expected = "See the check, [a](a.md).\n\n| a | b |\n|---|---|\n| e | f |\n\n```\ntrunk serve\n```\n";
        assert_eq!(without_links("docs/page.md", text), expected);
    }

    #[test]
    fn its_commands_are_not_in_the_help() {
        let help = "cargo xtask serve\n    Serves.\n\ncargo xtask simulate [--list]\n    Runs.\n    --list  lists\n\ncargo xtask help\n    Prints.\";\n";
        assert_eq!(without_help(help), "cargo xtask serve\n    Serves.\n\ncargo xtask help\n    Prints.\";\n");
    }
}
