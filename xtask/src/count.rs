//! How many tests passed and failed.

use std::{fmt, ops::AddAssign};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Count {
    /// One check.
    pub fn of(passed: bool) -> Self {
        if passed { Self { passed: 1, ..Self::default() } } else { Self { failed: 1, ..Self::default() } }
    }

    /// The tests in what `cargo test` printed. A run that failed without naming a failed test (it did not compile, or
    /// it crashed) is one failure.
    pub fn of_tests(output: &str, success: bool) -> Self {
        let mut count = Self::default();
        for line in output.lines().filter_map(|line| line.trim_start().strip_prefix("test result:")) {
            count.passed += before(line, "passed");
            count.failed += before(line, "failed");
        }
        if !success && count.failed == 0 {
            count.failed = 1;
        }
        count
    }

    /// The test runner has counted these tests as passed, though they did nothing.
    pub fn with_skipped(self, skipped: usize) -> Self {
        Self { passed: self.passed.saturating_sub(skipped), skipped: self.skipped + skipped, ..self }
    }

    pub fn all(self) -> usize {
        self.passed + self.failed
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

/// The number before a word: 3 in `ok. 3 passed; 0 failed`.
fn before(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line.split([' ', ';']).filter(|word| !word.is_empty()).collect();
    let position = words.iter().position(|it| *it == word).unwrap_or_default();
    position.checked_sub(1).and_then(|position| words[position].parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(output: &str, success: bool, passed: usize, failed: usize) {
        assert_eq!(Count::of_tests(output, success), Count { passed, failed, skipped: 0 }, "{output}");
    }

    #[test]
    fn results_are_summed() {
        let good = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s\n";
        let bad = "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s\n";
        let browser = "    test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.11s\n";
        check(good, true, 12, 0);
        check(&format!("running 12 tests\n{good}\n{browser}"), true, 16, 0);
        check(&format!("{good}{bad}"), false, 14, 3);
        check("", true, 0, 0);
    }

    #[test]
    fn a_skipped_test_is_not_counted_as_passed() {
        let count = Count { passed: 5, failed: 1, skipped: 0 }.with_skipped(2);
        assert_eq!(count.to_string(), "3 passed, 1 failed, 2 skipped");
    }

    #[test]
    fn a_run_that_ends_badly_never_counts_as_passed() {
        check("", false, 0, 1);
        check("test result: ok. 3 passed; 0 failed; 0 ignored", false, 3, 1);
    }

    #[test]
    fn a_line_that_only_speaks_of_results_is_not_one() {
        check("test prints_test_result: ok. 9 passed ... ok", true, 0, 0);
        check("test result: ok.", true, 0, 0);
    }

    #[test]
    fn it_reads_as_one_line() {
        let mut count = Count::of(true);
        count += Count::of(false);
        count += Count::of(true);
        assert_eq!((count.to_string().as_str(), count.all()), ("2 passed, 1 failed", 3));
    }
}
