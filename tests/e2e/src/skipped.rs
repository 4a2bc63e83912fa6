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
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for (browser, tests) in table() {
            assert!(BrowserKind::ALL.iter().any(|kind| kind.name() == browser), "{browser}");
            for (name, reason) in tests {
                assert!(reason.len() > 10, "{name} has no reason");
                let (file, test) = name.split_once('-').unwrap();
                let files = ["tests/e2e/tests", "crates/simulator/e2e/tests"];
                let texts = files
                    .iter()
                    .filter_map(|folder| std::fs::read_to_string(root.join(folder).join(format!("{file}.rs"))).ok());
                let found = texts.into_iter().any(|text| text.contains(&format!("fn {test}()")));
                // A project without the simulator has none of its tests.
                let has_file = files.iter().any(|folder| root.join(folder).join(format!("{file}.rs")).is_file());
                assert!(found || !has_file, "there is no test {name}");
            }
        }
    }
}
