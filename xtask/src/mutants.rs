//! Mutation testing: cargo-mutants changes the code in one place after the other, and the tests must notice each change.

use crate::{
    error::{Error, Result},
    process, tools,
};
use std::ffi::OsString;

/// Whose code is changed.
const PACKAGES: [&str; 2] = ["call-model", "calling-extensions"];
/// Enough cases for the properties to find what the tables do not; each of the changes is tested with all of them.
const PROPTEST_CASES: &str = "32";

/// Runs cargo-mutants with `.cargo/mutants.toml` and these further options.
pub fn run(options: &[OsString]) -> Result<()> {
    tools::cargo_mutants()?;
    let mut command = tools::cargo_mutants_command();
    command.arg("mutants").args(PACKAGES.iter().flat_map(|package| ["--package", package])).args(options);
    command.env("PROPTEST_CASES", PROPTEST_CASES);
    // Its report says all.
    if process::run(&mut command)?.success() { Ok(()) } else { Err(Error::Reported) }
}

#[cfg(test)]
mod tests {
    use crate::project;
    use std::fs;

    /// What cargo-mutants is told to leave out, with the comment above it.
    fn exclusions(config: &str) -> Vec<(String, String)> {
        let mut comment = Vec::new();
        let mut exclusions = Vec::new();
        let lines = config.lines().map(str::trim).skip_while(|line| *line != "exclude_re = [").skip(1);
        for line in lines.take_while(|line| *line != "]") {
            match line.strip_prefix("# ") {
                Some(text) => comment.push(text),
                None => {
                    let pattern = line.trim_matches(|c| c == '"' || c == ',').to_owned();
                    exclusions.push((pattern, std::mem::take(&mut comment).join(" ")));
                }
            }
        }
        exclusions
    }

    fn config() -> String {
        fs::read_to_string(project::root().join(".cargo/mutants.toml")).unwrap()
    }

    #[test]
    fn a_comment_belongs_to_the_pattern_below_it() {
        let config = "exclude_re = [\n    # Why\n    # so.\n    \"in f$\",\n    \"in g$\",\n]\n";
        let expected = [("in f$", "Why so."), ("in g$", "")].map(|(one, other)| (one.to_owned(), other.to_owned()));
        assert_eq!(exclusions(config), expected);
    }

    #[test]
    fn every_change_that_no_test_can_notice_has_a_reason_and_a_function_that_exists() {
        let config = config();
        let table: toml::Table = config.parse().unwrap();
        let exclusions = exclusions(&config);
        assert_eq!(exclusions.len(), table["exclude_re"].as_array().unwrap().len());
        for (pattern, reason) in exclusions {
            assert!(reason.ends_with('.'), "{pattern}: a sentence above it says why: {reason:?}");
            // `path/to/file.rs:.*: … in Type::function$`
            let (file, rest) = pattern.split_once(':').unwrap_or_else(|| panic!("{pattern} begins with a file"));
            let source = fs::read_to_string(project::root().join(file)).unwrap_or_default();
            let function = rest.rsplit([':', ' ']).next().unwrap_or_default().trim_end_matches('$');
            assert!(source.contains(&format!("fn {function}(")), "{file} has no function {function}: {pattern}");
        }
    }

    #[test]
    fn what_is_examined_exists() {
        let table: toml::Table = config().parse().unwrap();
        for glob in table["examine_globs"].as_array().unwrap() {
            let folder = glob.as_str().unwrap().split("**").next().unwrap();
            assert!(project::root().join(folder).is_dir(), "{folder}");
        }
    }
}
