//! One run of the checks: what is started in it, and how many have passed.

use crate::{
    bundle,
    count::Count,
    disk,
    error::{Error, Result},
    process, project, published, sip, size,
    suite::{self, Group, TestProgram},
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Where the outputs of the tests are.
pub fn logs() -> PathBuf {
    project::target().join("test-logs")
}

/// The tests that a browser cannot run, as the tests themselves report them.
struct Skips {
    report: PathBuf,
}

impl Skips {
    fn of(name: &str) -> Result<Self> {
        let report = logs().join(format!("{}.skipped", name.replace(' ', "-")));
        process::write(&report, b"")?;
        Ok(Self { report })
    }

    fn name_in<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("E2E_SKIPPED", &self.report)
    }

    /// Prints them, and says how many they are.
    fn print(&self) -> usize {
        let skipped = std::fs::read_to_string(&self.report).unwrap_or_default();
        let mut lines: Vec<_> = skipped.lines().collect();
        lines.sort_unstable();
        lines.iter().for_each(|line| println!("    skipped: {line}"));
        lines.len()
    }
}

/// What has been run so far.
#[derive(Default)]
pub struct Run {
    count: Count,
    failures: Vec<String>,
}

impl Run {
    /// A command that is one check: it passes or it does not.
    pub fn check(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let status = process::step(name, || process::run(command))?;
        self.add(name, Count::of(status.success()));
        Ok(())
    }

    pub fn checks(&mut self, checks: Vec<published::Check>) -> Result<()> {
        for published::Check { name, mut command } in checks {
            self.check(&name, &mut command)?;
        }
        Ok(())
    }

    /// A command that counts its tests itself.
    pub fn tests(&mut self, name: &str, command: &mut Command) -> Result<()> {
        self.count_tests(name, command, || 0)
    }

    /// End-to-end tests of which the browser cannot run some. Their names and the reasons are printed.
    pub fn tests_with_skips(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let skips = Skips::of(name)?;
        self.count_tests(name, skips.name_in(command), || skips.print())
    }

    fn count_tests(&mut self, name: &str, command: &mut Command, skipped: impl FnOnce() -> usize) -> Result<()> {
        let log = logs().join(format!("{}.log", name.replace(' ', "-")));
        let (status, output) = process::step(name, || process::run_captured(command, &log))?;
        self.add_tests(name, &output, status.success(), skipped());
        Ok(())
    }

    /// Test programs; `None` when they do not compile.
    pub fn compile(&mut self, compile: impl FnOnce() -> Result<Vec<TestProgram>>) -> Result<Option<Vec<TestProgram>>> {
        match process::step("compiling the tests", compile) {
            Ok(programs) => Ok(Some(programs)),
            Err(error @ Error::Command { .. }) => {
                eprintln!("\nerror: {error}");
                self.add("compiling the tests", Count::of(false));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Commands that count their tests themselves, and run beside each other.
    pub fn group(&mut self, group: Group) -> Result<()> {
        self.count_group(group, || 0)
    }

    /// As [`group`](Self::group), for end-to-end tests of which the browser cannot run some.
    pub fn group_with_skips(&mut self, mut group: Group) -> Result<()> {
        let skips = Skips::of(&group.name)?;
        for job in &mut group.jobs {
            skips.name_in(&mut job.command);
        }
        self.count_group(group, || skips.print())
    }

    fn count_group(&mut self, group: Group, skipped: impl FnOnce() -> usize) -> Result<()> {
        println!("==> {}", group.name);
        let suite::Outcome { name, output, succeeded, seconds } = suite::run(group);
        println!("    {name}: done in {seconds:.1} s");
        process::write(&logs().join(format!("{}.log", name.replace(' ', "-"))), output.as_bytes())?;
        self.add_tests(&name, &output, succeeded, skipped());
        Ok(())
    }

    fn add_tests(&mut self, name: &str, output: &str, succeeded: bool, skipped: usize) {
        let count = Count::of_tests(output, succeeded).with_skipped(skipped);
        // Tests that are not found would otherwise pass.
        self.add(name, if count.all() == 0 { Count::of(false) } else { count });
    }

    /// A release build that the next parts use.
    pub fn build(&mut self, name: &str, build: impl FnOnce() -> Result<()>) -> bool {
        let outcome = build();
        if let Err(error) = &outcome {
            eprintln!("\nerror: {error}");
        }
        self.add(name, Count::of(outcome.is_ok()));
        outcome.is_ok()
    }

    pub fn size(&mut self) -> Result<()> {
        println!("==> size");
        let (dist, beside) = (project::dist(), bundle::beside_the_widget());
        println!("{}", size::table(&dist, &beside)?);
        let (brotli, budget) = (size::of_widget(&dist, &beside)?.brotli, project::budget_bytes()?);
        println!("    {}", size::compared(brotli, budget));
        self.add("size", Count::of(brotli <= budget));
        self.without_sip(&dist, &beside)
    }

    /// A build without the feature `sip` has nothing of it.
    fn without_sip(&mut self, dist: &Path, beside: &[String]) -> Result<()> {
        if project::is_default_feature(sip::FEATURE)? {
            return Ok(());
        }
        let traces = sip::traces(dist, beside)?;
        for trace in &traces {
            eprintln!("    a build without the feature {} has {trace}", sip::FEATURE);
        }
        self.add("size without sip", Count::of(traces.is_empty()));
        Ok(())
    }

    fn add(&mut self, name: &str, count: Count) {
        if count.failed > 0 {
            self.failures.push(format!("{name}: {count}"));
        }
        self.count += count;
    }

    pub fn close(self) -> Result<()> {
        if self.count.failed > 0 {
            disk::explain_failure();
        }
        for failure in &self.failures {
            println!("FAILED {failure}");
        }
        println!("{}", self.count);
        if self.count.failed == 0 { Ok(()) } else { Err(Error::ChecksFailed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_fails_the_run_and_is_named() {
        let mut run = Run::default();
        run.add("fmt", Count::of(true));
        run.add("native", Count { passed: 3, failed: 1, skipped: 0 });
        assert_eq!(run.failures, ["native: 3 passed, 1 failed"]);
        assert_eq!(run.count.to_string(), "4 passed, 1 failed");
        assert!(matches!(run.close(), Err(Error::ChecksFailed)));
    }
}
