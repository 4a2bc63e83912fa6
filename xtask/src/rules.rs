//! Keeps `crates/calling-extensions/RULES.md` true: each rule has tests, and each test that it names exists.

use crate::project;
use std::{collections::BTreeSet, fs, path::Path};

/// The file of a test, and its name.
type NamedTest = (String, String);

/// The rows of the table: the number of a rule, and its tests.
fn rules(text: &str) -> Vec<(usize, Vec<NamedTest>)> {
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        Some((cells.next()?.parse().ok()?, named_tests(cells.last()?)))
    };
    text.lines().filter_map(row).collect()
}

/// What a cell names: a file, the names of its tests, and after a semicolon the next file.
fn named_tests(cell: &str) -> Vec<NamedTest> {
    let of_file = |part: &str| {
        let mut names = part.split('`').skip(1).step_by(2).map(str::to_owned);
        let file = names.next().unwrap_or_default();
        names.map(|name| (file.clone(), name)).collect::<Vec<_>>()
    };
    cell.split(';').flat_map(of_file).collect()
}

fn has_test(source: &str, name: &str) -> bool {
    source.contains(&format!("fn {name}("))
}

#[test]
fn a_cell_names_files_and_their_tests() {
    let expected = [("a.rs", "one"), ("a.rs", "two"), ("b.rs", "three")].map(|(file, name)| (file.into(), name.into()));
    assert_eq!(named_tests("`a.rs`: `one`, `two`; `b.rs`: `three`"), expected);
    assert_eq!(rules("| number | rule |\n| 7 | It. | `a.rs`: `one` |"), [(7, vec![expected[0].clone()])]);
}

#[test]
fn every_rule_of_the_protocol_has_tests_that_exist() {
    let folder = project::root().join("crates/calling-extensions");
    let rules = rules(&fs::read_to_string(folder.join("RULES.md")).unwrap());
    assert_eq!(rules.iter().map(|(number, _)| *number).collect::<Vec<_>>(), (1..=rules.len()).collect::<Vec<_>>());
    assert!(rules.len() > 20);
    let missing: BTreeSet<_> = rules
        .iter()
        .flat_map(|(_, tests)| tests)
        .filter(|(file, name)| {
            !fs::read_to_string(folder.join(Path::new(file))).is_ok_and(|text| has_test(&text, name))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(rules.iter().all(|(_, tests)| !tests.is_empty()), "a rule has no test");
}
