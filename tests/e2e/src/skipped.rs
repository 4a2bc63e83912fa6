//! The tests that a browser cannot run, each with the reason: `skipped.toml`.

use crate::browser::BrowserKind;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;

/// The variable with the file that `cargo xtask test` reads the skipped tests from. The test runner counts them as passed, and does
/// not show what a passed test prints.
const REPORT: &str = "E2E_SKIPPED";

/// The tests of one browser, as `file-test`, with the reasons.
type Reasons = BTreeMap<String, String>;

/// Why this test, such as `outbound_call-a_busy_number_ends_busy`, is skipped in this browser, if it is.
pub fn reason(browser: BrowserKind, test: &str) -> Option<String> {
    table().remove(browser.name())?.remove(test)
}

/// Prints the reason, and adds it to the report.
pub fn report(browser: BrowserKind, test: &str, reason: &str) {
    println!("skipped in {browser}: {test}: {reason}");
    let Some(path) = std::env::var_os(REPORT) else { return };
    let file = OpenOptions::new().create(true).append(true).open(path);
    // One write: the tests run at the same time.
    let written = file.and_then(|mut file| file.write_all(format!("{test}: {reason}\n").as_bytes()));
    written.expect("the report of skipped tests can be written");
}

fn table() -> BTreeMap<String, Reasons> {
    toml::from_str(include_str!("../skipped.toml")).expect("skipped.toml has a table of texts for each browser")
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::browser::BrowserKind;
    use std::path::Path;

    /// A test that is renamed would otherwise run again where it cannot pass.
    #[test]
    fn every_skipped_test_exists() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let crates = own.join("../../crates").read_dir().unwrap().map(|it| it.unwrap().path().join("e2e/tests"));
        let folders: Vec<_> = crates.chain([own.join("tests")]).collect();
        for (browser, tests) in table() {
            assert!(BrowserKind::ALL.iter().any(|kind| kind.name() == browser), "{browser}");
            for (name, reason) in tests {
                assert!(reason.len() > 10, "{name} has no reason");
                let (file, test) = name.split_once('-').unwrap();
                let texts: Vec<_> = folders
                    .iter()
                    .filter_map(|it| std::fs::read_to_string(it.join(format!("{file}.rs"))).ok())
                    .collect();
                // A fork may have fewer packages, and none of their tests.
                let found = texts.iter().any(|text| text.contains(&format!("fn {test}()")));
                assert!(found || texts.is_empty(), "there is no test {name}");
            }
        }
    }
}
