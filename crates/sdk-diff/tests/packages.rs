//! Two packages of our own: one as the crate has it, and one of a later version.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use sdk_diff::{Error, Report, compare::compare, package::Package};
use std::{path::PathBuf, process::Command};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/packages").join(name)
}

fn report(name: &str) -> Report {
    compare(&Package::read(&folder(name)).unwrap())
}

fn lines(findings: &[sdk_diff::Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.what, finding.how)).collect()
}

#[test]
fn a_package_that_is_the_same_has_the_wanted_differences_alone() {
    let report = report("same");
    assert_eq!(lines(&report.missing), Vec::<String>::new());
    assert_eq!(lines(&report.gone), Vec::<String>::new());
    assert_eq!(report.unread, Vec::<String>::new());
    let wanted: Vec<_> = report.wanted.iter().map(|finding| finding.what.as_str()).collect();
    let expected = [
        "field OnFinalizeEngagement.error",
        "field OnInitialized.isAvailable",
        "field OnInitialized.sizeInfo",
        "field OnOutgoingCall.dialingContext",
        "field OnPublishToChannel.error",
    ];
    assert_eq!(wanted, expected);
    assert_eq!(report.version, report.crate_speaks);
}

#[test]
fn what_a_later_version_has_is_missing() {
    let expected = [
        r#"constant callEndStatus.INTERNAL_VOICEMAIL: is "VOICEMAIL""#,
        r#"constant holdReason: nobody has looked at it: PARKED: "PARKED""#,
        "field OnCallAnswered.answeredBy: string",
        "field OnIncomingCall.callStartTime: is now string, which a Ms cannot hold",
        r#"field OnNavigateToRecord.openIn "SIDE_PANEL": is not in OpenIn"#,
        "handler onDialNumber: for DIAL_PHONE_NUMBER from HubSpot",
        "handler onQueueChanged: for QUEUE_CHANGED from HubSpot",
        r#"message DIAL_NUMBER: its type is now "DIAL_PHONE_NUMBER""#,
        "message HOLD_CALL: from the widget to HubSpot",
        "message QUEUE_CHANGED: ",
        "method holdCall: (payload:OnHoldCall)",
        r#"type EndStatus "VOICEMAIL": is not in EndStatus"#,
        r#"type OnHoldCall: nobody has looked at it: {externalCallId: string; reason: "PARKED" | "OTHER"}"#,
    ];
    assert_eq!(lines(&report("changed").missing), expected);
}

#[test]
fn what_a_later_version_no_longer_has_is_gone() {
    let expected = [
        "field OnCallCompleted.hideWidget: ",
        "message DIAL_NUMBER: ",
        "message PUBLISH_TO_CHANNEL: ",
        "message PUBLISH_TO_CHANNEL_FAILED: ",
        "message PUBLISH_TO_CHANNEL_SUCCEEDED: ",
        "method publishToChannel: sends PUBLISH_TO_CHANNEL",
        "type EndStatus \"MISSED\": ",
        "type OnPublishToChannel: ",
    ];
    assert_eq!(lines(&report("changed").gone), expected);
}

#[test]
fn what_the_program_lacks_is_said() {
    let unread = report("changed").unread;
    let [line] = &unread[..] else { panic!("{unread:#?}") };
    assert!(line.starts_with("the message type QUEUE_CHANGED is in the sources but not in "), "{line}");
}

#[test]
fn a_folder_that_is_no_package_is_an_error() {
    assert!(matches!(Package::read(&folder("nothing")), Err(Error::File { .. })));
    let error = Package::read(&folder("same/src")).unwrap_err();
    assert!(error.to_string().contains("package.json"), "{error}");
}

#[test]
fn the_program_fails_when_something_is_missing() {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sdk-diff"));
        let output = command.current_dir(folder("")).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, report, _) = run(&["--folder", "same"]);
    assert_eq!(code, Some(0), "{report}");
    assert!(report.ends_with("\nNothing is missing.\n"), "{report}");
    let (code, report, _) = run(&["--folder", "changed"]);
    assert_eq!(code, Some(1), "{report}");
    assert!(report.starts_with("@hubspot/calling-extensions-sdk 0.10.0, compared with"), "{report}");
    assert!(report.contains("\nMissing or changed: calling-extensions lacks\n"), "{report}");
    assert!(report.lines().any(|line| line.starts_with("  message HOLD_CALL ")), "{report}");
    assert!(report.ends_with("\n13 things are missing or changed.\n"), "{report}");

    let (code, json, _) = run(&["--folder", "changed", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, json["version"].as_str()), (Some(1), Some("0.10.0")));
    assert_eq!(json["missing"].as_array().unwrap().len(), 13);

    let (code, _, error) = run(&["--folder", "nowhere"]);
    assert_eq!(code, Some(2), "{error}");
    assert!(error.starts_with("error: ") && error.contains("nowhere"), "{error}");
    let (code, _, error) = run(&["../somewhere"]);
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("`../somewhere` is no version"), "{error}");
    assert_eq!(run(&[]).0, Some(2));
}
