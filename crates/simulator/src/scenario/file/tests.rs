#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::scenario::Matcher;

#[test]
fn a_file_becomes_a_scenario() {
    let text = r#"
description.en = "A call"

[setup]
frames = "remote-and-window"
faults.creation_fails = true
needs = ["busy-line"]

[[step]]
dial = "+1 617 555 0111"
of = "0-1/51"

[[step]]
in-widget = "type-notes"
value = "Yes."
place = "window"

[[step]]
widget-sends = "CALL_ENDED"
with.externalCallId.keep-as = "call"
with.callEndStatus = "BUSY"
within-seconds = 2.5
"#;
    let scenario = Scenario::read("a-call", text).unwrap();
    assert_eq!(scenario.description, LocalizedText { en: "A call".to_owned(), fr: None });
    assert_eq!(scenario.setup.frames, Placement::RemoteAndWindow);
    assert_eq!(scenario.setup.needs, ["busy-line"]);
    assert!(scenario.setup.faults.creation_fails && scenario.setup.logged_in);
    let lines: Vec<_> = scenario.steps.iter().map(|step| step.line).collect();
    assert_eq!(lines, [9, 9, 9, 9, 13, 18, 18]);
    assert_eq!(scenario.steps[5].within, 2_500.0);
    let StepKind::WidgetSends { kind, with: Matcher::Fields(fields) } = &scenario.steps[5].kind else { panic!() };
    assert_eq!((kind.as_str(), fields.len()), ("CALL_ENDED", 2));
}

#[track_caller]
fn check(steps: &str, line: usize, part: &str) {
    let text = format!("description.en = \"x\"\n{steps}");
    let error = Scenario::read("broken", &text).unwrap_err();
    let words = error.to_string();
    assert!(error.line == line && words.contains(part), "{steps}: {words}");
    assert!(words.starts_with("scenario broken, line "), "{words}");
}

#[test]
fn errors_have_line_numbers() {
    check("", 1, "no [[step]]");
    check("[[step]\n", 2, "");
    check("[[step]]\n\n[[step]]\nalert = \"x\"", 2, "needs one of in-widget, dial");
    check("[[step]]\nalert = \"x\"\nhubspot = \"end-call\"", 2, "`hubspot` and `alert`");
    check("[[step]]\nalret = \"x\"", 3, "alret");
    check("[[step]]\nalert = 5", 3, "invalid type");
    check("[[step]]\nhubspot = \"end-cal\"", 3, "end-cal");
    check("[[step]]\nalert = \"x\"\nvalue = \"y\"", 2, "`value` is not allowed with `alert`");
    check("[[step]]\ndial = \"1\"", 2, "`dial` requires `of`");
    check("[[step]]\ndial = \"1\"\nof = \"101\"", 2, "\"101\" is not the id of a record");
    check("[[step]]\ndial = \"112\"\nof = \"0-1/51\"", 2, "0-1/51 has no number 112");
    check(
        "[[step]]
malformed-message = \"nothing\"",
        3,
        "nothing",
    );
    check("[[step]]\nwidget-sends = \"CALL_BEGAN\"", 2, "CALL_BEGAN is not a message of a widget");
    check("[[step]]\nhubspot-sends = \"CALL_ENDED\"", 2, "CALL_ENDED is not a message of HubSpot");
    check("[[step]]\nwidget-sends = \"CALL_ENDED\"\nwith.a.is-an = 1", 2, "no matcher `is-an`");
    check("[[step]]\nwidget-sends = \"CALL_ENDED\"\nwith.a.same-as = \"call\"", 2, "captured `call`");
    check("[[step]]\nfaults.creation_fail = true", 2, "no fault `creation_fail`");
    check("[[step]]\nfaults.delay = \"long\"", 2, "invalid type");
    check("[[step]]\nalert = \"x\"\nwithin-seconds = 0", 2, "`within-seconds`");
    check("[setup]\nfindings = [\"twice\"]\n[[step]]\nalert = \"x\"", 3, "twice");
    check("[setup]\nfaults.dealy = 1\n[[step]]\nalert = \"x\"", 2, "no fault `dealy`");
}
