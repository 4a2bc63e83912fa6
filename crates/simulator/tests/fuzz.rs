//! Fuzz targets for the files that people write and exchange: scenarios and recordings. See `fuzz-driver` for longer runs.
#![cfg(not(target_arch = "wasm32"))]

use fuzz_driver::{Shape, Target, fuzz};
use simulator::{
    scenario::{Event, LocalizedText, Run, Scenario, Snapshot, StepKind, from_recording, write},
    transcript::{Entry, Log, export, import, plan},
};
use std::path::Path;

fn run(name: &'static str, run: fn(&[u8]) -> Shape, dictionary: &'static [&'static str], cases: u64) {
    fuzz(&Target { name, run, dictionary, cases }, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")));
}

#[test]
fn any_text_as_a_scenario() {
    const WORDS: &[&str] = &[
        "[[step]]\n",
        "[setup]\n",
        "in-widget = ",
        "widget-sends = ",
        "hubspot-sends = ",
        "hubspot = ",
        "dial = ",
        "of = ",
        "value = ",
        "within-seconds = ",
        "with.",
        ".keep-as = ",
        ".same-as = ",
        ".is-a = ",
        ".one-of = ",
        ".has-text = ",
        ".is-absent = true",
        ".is-phone-number = ",
        ".if-present",
        "\"call\"",
        "\"CALL_ENDED\"",
        "timeline-of = ",
        "frames = ",
        "logged-in = ",
        "faults = ",
        "findings = ",
        "ghost-calls = ",
        "needs = ",
        "description.en = ",
        "{ ",
        " }",
        "[",
        "]",
        "\n",
        "nan",
        "inf",
        "-1",
        "1e400",
        "'''",
    ];
    run("scenario", scenario, WORDS, 2_000);
}

#[test]
fn any_text_as_a_recording() {
    const WORDS: &[&str] = &[
        "\"format\":",
        "\"version\":",
        "\"entries\":",
        "\"dropped\":",
        "\"at\":",
        "\"frame\":",
        "\"direction\":",
        "\"message\":",
        "\"to-widget\"",
        "\"from-widget\"",
        "\"ignored\":",
        "\"type\":",
        "\"messageId\":",
        "\"data\":",
        "\"externalCallId\":",
        "\"engagementId\":",
        "\"DIAL_NUMBER\"",
        "\"OUTGOING_CALL_STARTED\"",
        "\"CALL_ENDED\"",
        "\"CALL_COMPLETED\"",
        "\"INCOMING_CALL\"",
        "\"phoneNumber\":",
        "\"engagementProperties\":",
        "null",
        "1e308",
        "-1",
        "18446744073709551615",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\\u0000",
        "\\ud800",
        "\u{7f}",
        "\"\"",
        "\"__proto__\"",
    ];
    run("recording", recording, WORDS, 2_000);
}

/// A file that can be read can be run, and what it is written as is read as the same scenario.
fn scenario(data: &[u8]) -> Shape {
    let text = String::from_utf8_lossy(data);
    let scenario = match Scenario::read("fuzz", &text) {
        Ok(scenario) => scenario,
        Err(error) => {
            assert!((1..=text.matches('\n').count() + 1).contains(&error.line), "{error}");
            assert!(!error.to_string().is_empty());
            let problem = format!("{:?}", error.problem);
            return Shape::of(&problem.chars().take_while(|char| char.is_ascii_alphabetic()).collect::<String>());
        }
    };
    let mut shape = Shape::of(&(scenario.steps.len(), scenario.setup.logged_in));
    for step in &scenario.steps {
        let kind = format!("{:?}", step.kind);
        shape.add(&kind.chars().take_while(|char| char.is_ascii_alphabetic()).collect::<String>());
    }
    let (mut run, mut commands) = Run::start(scenario.clone(), 0.0);
    for second in 1..200 {
        if run.outcome().is_some() {
            break;
        }
        let event = if run.prompt().is_some() { Event::Done } else { Event::Tick };
        commands.extend(run.on(event, &Snapshot::default(), f64::from(second) * 1_000.0));
    }
    shape.add(&(commands.len().min(50), run.outcome().is_some()));
    shape
}

/// A file that can be read can be checked, replayed, exported without a change, and made into a scenario that can be read.
fn recording(data: &[u8]) -> Shape {
    let text = String::from_utf8_lossy(data);
    let transcript = match import(&text) {
        Ok(transcript) => transcript,
        Err(error) => {
            let reason = error.to_string();
            return Shape::of(&reason.chars().filter(|char| char.is_ascii_alphabetic()).take(40).collect::<String>());
        }
    };
    let exported = export(&transcript);
    assert_eq!(
        import(&exported).as_ref().map(export),
        Ok(exported),
        "an export that is imported and exported again differs"
    );
    let entries: Vec<Entry> = transcript.iter().map(|(_, entry)| (**entry).clone()).collect();
    let words = LocalizedText { en: "Recorded".to_owned(), fr: None };
    let recorded = from_recording("fuzz", words, &entries);
    // A scenario without steps of its own has those of every file alone.
    let own = recorded.steps.iter().filter(|step| is_own(&step.kind)).count();
    let read = Scenario::read("fuzz", &write(&recorded));
    match &read {
        Ok(read) => assert_eq!(read.steps.iter().filter(|step| is_own(&step.kind)).count(), own),
        Err(error) => assert!(own == 0, "{error} in\n{}", write(&recorded)),
    }
    let plan = plan(&transcript);
    let mut shape = Shape::of(&(entries.len(), own, plan.steps.len(), plan.calls.len()));
    for entry in &entries {
        shape.add(&entry.kind());
    }
    let log = Log::of(transcript);
    for finding in log.messages().findings.iter().chain(&log.at_end(f64::MAX)) {
        shape.add(&format!("{:?}", finding.rule));
    }
    shape
}

fn is_own(kind: &StepKind) -> bool {
    !matches!(kind, StepKind::SetUp | StepKind::FramesReady | StepKind::LoggedIn | StepKind::End)
}
