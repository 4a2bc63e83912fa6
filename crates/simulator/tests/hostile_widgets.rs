//! HOSTILE-WIDGETS.md names tests that exist, and all tests that attack.
#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use std::path::Path;

fn source(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/tests").join(name)).unwrap()
}

fn tests(source: &str) -> Vec<&str> {
    source.split("#[test]\nfn ").skip(1).map(|rest| rest.split('(').next().unwrap()).collect()
}

#[test]
fn every_row_names_its_test_or_says_why_there_is_none() {
    let (attacks, page) = (source("hostile_widget.rs"), source("page.rs"));
    let mut unnamed = tests(&attacks);
    let rows: Vec<_> = include_str!("../HOSTILE-WIDGETS.md").lines().filter(|line| line.starts_with("| to ")).collect();
    assert!(rows.len() > 20, "{rows:?}");
    for row in rows {
        let last = row.rsplit('|').nth(1).unwrap().trim();
        if last.starts_with("none: ") {
            continue;
        }
        let name = last.split('`').nth(1).unwrap();
        if last.ends_with("`page.rs`") {
            assert!(tests(&page).contains(&name), "page.rs has no {name}");
        } else {
            assert!(unnamed.contains(&name), "hostile_widget.rs has no {name}, or two rows have it");
            unnamed.retain(|it| *it != name);
        }
    }
    assert!(unnamed.is_empty(), "no row names {unnamed:?}");
}
