//! The reports: a test runner's, JUnit XML and JSON.

use crate::artifacts::Artifacts;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde::Serialize;
use std::{fmt::Write, time::Duration};

/// The name of this program in the reports.
const NAME: &str = "calling-simulator";

/// All scenarios of one run, in their order.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The widget's URL.
    pub widget: String,
    pub passed: usize,
    pub failed: usize,
    pub ignored: usize,
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub took: Duration,
    pub scenarios: Vec<Tested>,
}

/// One scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Tested {
    pub name: String,
    pub description: String,
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub took: Duration,
    #[serde(flatten)]
    pub result: TestResult,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "lowercase")]
pub enum TestResult {
    Passed,
    /// The widget does not support what the scenario needs.
    Ignored {
        reason: String,
    },
    Failed {
        reason: String,
        /// The errors in the browser's console.
        console: Vec<String>,
        artifacts: Artifacts,
    },
}

impl Report {
    /// Counts the results.
    pub fn new(widget: String, took: Duration, scenarios: Vec<Tested>) -> Self {
        let count = |is: fn(&TestResult) -> bool| scenarios.iter().filter(|scenario| is(&scenario.result)).count();
        let passed = count(|result| matches!(result, TestResult::Passed));
        let failed = count(|result| matches!(result, TestResult::Failed { .. }));
        let ignored = count(|result| matches!(result, TestResult::Ignored { .. }));
        Self { widget, passed, failed, ignored, took, scenarios }
    }

    /// The end of a test runner's report: the failures, and the count.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        if self.failed > 0 {
            text.push_str("\nfailures:\n");
        }
        for scenario in &self.scenarios {
            let TestResult::Failed { reason, console, artifacts } = &scenario.result else { continue };
            let _ = writeln!(text, "\n---- {} ----\n{reason}", scenario.name);
            console.iter().for_each(|line| {
                let _ = writeln!(text, "console: {line}");
            });
            artifacts.files().for_each(|file| {
                let _ = writeln!(text, "see {}", file.display());
            });
        }
        let verdict = match self {
            _ if self.failed > 0 => "FAILED",
            _ if !self.has_tested() => "NOTHING TESTED",
            _ => "ok",
        };
        let Self { passed, failed, ignored, took, .. } = self;
        let _ = write!(
            text,
            "\ntest result: {verdict}. {passed} passed; {failed} failed; {ignored} ignored; in {:.1} s",
            took.as_secs_f32()
        );
        text
    }

    /// Whether any scenario ran to its end. Without one the report says nothing about the widget.
    pub fn has_tested(&self) -> bool {
        self.passed + self.failed > 0
    }

    /// As JSON: the fields of this type.
    pub fn json(&self) -> String {
        // Only maps whose keys are not text fail, and there is none.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// As JUnit XML, which most CI systems read.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn junit(&self) -> Result<String, quick_junit::SerializeError> {
        let mut suite = TestSuite::new("scenarios");
        suite.set_time(self.took);
        suite.add_property(("widget", self.widget.as_str()));
        suite.add_test_cases(self.scenarios.iter().map(test_case));
        let mut report = quick_junit::Report::new(NAME);
        report.set_time(self.took).add_test_suite(suite);
        report.to_string()
    }
}

fn test_case(scenario: &Tested) -> TestCase {
    let status = match &scenario.result {
        TestResult::Passed => TestCaseStatus::success(),
        TestResult::Ignored { reason } => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason);
            status
        }
        TestResult::Failed { reason, console, .. } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(reason).set_type("scenario");
            let lines = [reason].into_iter().chain(console).map(String::as_str).collect::<Vec<_>>();
            status.set_description(lines.join("\n"));
            status
        }
    };
    let mut case = TestCase::new(&scenario.name, status);
    case.set_classname(NAME).set_time(scenario.took);
    if let TestResult::Failed { artifacts, .. } = &scenario.result {
        // GitLab and Jenkins link files that are named so.
        let files: Vec<_> = artifacts.files().map(|file| format!("[[ATTACHMENT|{}]]", file.display())).collect();
        case.set_system_out(files.join("\n"));
    }
    case
}

fn seconds<S: serde::Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((took.as_secs_f64() * 1000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let tested = |name: &str, result| Tested {
            name: name.into(),
            description: "A call".into(),
            took: Duration::from_millis(1500),
            result,
        };
        let artifacts = Artifacts { picture: Some("out/busy/screen.png".into()), ..Artifacts::default() };
        let failed = TestResult::Failed {
            reason: "line 3: <CALL_ENDED> did not come & the time is over".into(),
            console: vec!["TypeError".into()],
            artifacts,
        };
        let scenarios = vec![
            tested("saved", TestResult::Passed),
            tested("busy", failed),
            tested("transferred", TestResult::Ignored { reason: "no button".into() }),
        ];
        Report::new("http://localhost:3000/".into(), Duration::from_secs(4), scenarios)
    }

    #[test]
    fn the_summary_has_each_failure_and_the_count() {
        let text = report().summary();
        let expected = "\nfailures:\n\n---- busy ----\nline 3: <CALL_ENDED> did not come & the time is over\nconsole: \
                        TypeError\nsee out/busy/screen.png\n\ntest result: FAILED. 1 passed; 1 failed; 1 ignored; in 4.0 s";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_run_that_tested_nothing_says_so() {
        let mut nothing = report();
        nothing.scenarios.retain(|scenario| matches!(scenario.result, TestResult::Ignored { .. }));
        let nothing = Report::new(nothing.widget, nothing.took, nothing.scenarios);
        assert!(!nothing.has_tested() && report().has_tested());
        let expected = "\ntest result: NOTHING TESTED. 0 passed; 0 failed; 1 ignored; in 4.0 s";
        assert_eq!(nothing.summary(), expected);
    }

    #[test]
    fn the_json_has_the_result_of_each_scenario() {
        let json: serde_json::Value = serde_json::from_str(&report().json()).unwrap();
        assert_eq!((&json["passed"], &json["failed"], &json["ignored"]), (&1.into(), &1.into(), &1.into()));
        assert_eq!(json["scenarios"][0]["result"], "passed");
        assert_eq!(json["scenarios"][1]["artifacts"]["picture"], "out/busy/screen.png");
        assert_eq!(json["scenarios"][2]["reason"], "no button");
        assert_eq!(json["scenarios"][0]["seconds"], 1.5);
    }

    #[test]
    fn the_xml_can_be_read_again() {
        let xml = report().junit().unwrap();
        let read = quick_junit::Report::deserialize_from_str(&xml).unwrap();
        assert_eq!((read.tests, read.failures), (3, 1));
        let cases = &read.test_suites[0].test_cases;
        assert!(matches!(cases[2].status, TestCaseStatus::Skipped { .. }), "{xml}");
        let TestCaseStatus::NonSuccess { message, .. } = &cases[1].status else { panic!("{xml}") };
        assert_eq!(message.as_ref().unwrap().as_str(), "line 3: <CALL_ENDED> did not come & the time is over");
        assert!(cases[1].system_out.as_ref().unwrap().as_str().contains("[[ATTACHMENT|out/busy/screen.png]]"), "{xml}");
    }
}
