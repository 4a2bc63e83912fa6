//! GUESSES.md refers to code that exists.
#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use std::path::Path;

/// The code spans in the last column: files, each followed by names in it.
fn places(list: &str) -> Vec<(&str, Vec<&str>)> {
    let mut places: Vec<(&str, Vec<&str>)> = Vec::new();
    let columns = list.lines().filter(|line| line.starts_with("| ")).filter_map(|line| line.rsplit('|').nth(1));
    for column in columns {
        for word in column.split('`').skip(1).step_by(2) {
            if word.ends_with(".rs") {
                places.push((word, Vec::new()));
            } else {
                places.last_mut().unwrap().1.push(word);
            }
        }
    }
    places
}

#[test]
fn every_assumption_names_the_place_to_change() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = places(include_str!("../GUESSES.md"));
    assert!(places.len() > 20, "{places:?}");
    for (file, names) in places {
        let code = std::fs::read_to_string(folder.join("src").join(file)).unwrap_or_default();
        assert!(!code.is_empty(), "{file} does not exist");
        for name in names {
            let name = name.rsplit("::").next().unwrap();
            let is_there = ["fn", "const"].iter().any(|word| {
                [format!("{word} {name}("), format!("{word} {name}:")].iter().any(|start| code.contains(start))
            });
            assert!(is_there, "{file} has no {name}");
        }
    }
}
