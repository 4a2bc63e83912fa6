use super::*;
use calling_extensions::codec::Payload;

/// Checks the answers to a new call with these fields.
#[track_caller]
fn check_creation(faults: Faults, create: &str, answers: &[&str], is_made: bool) {
    for (kind, others) in [
        ("OUTGOING_CALL_STARTED", r#""toNumber": "+16175550111""#),
        ("INCOMING_CALL", r#""fromNumber": "+16175559999", "toNumber": "+16179483986""#),
    ] {
        let mut harness = TestHarness::ready();
        harness.dispatch(Action::SetFaults(faults.clone()));
        harness.receive("a", kind, &format!(r#"{{"externalCallId": "c1", {others}{create}}}"#));
        let made = harness.call("c1").engagement;
        assert_eq!(made.is_some(), is_made, "{kind} {create}");
        for (_, kind, data) in harness.sent.iter().filter(|(_, kind, _)| kind.contains("ENGAGEMENT")) {
            let id = data.get("engagementId").and_then(Value::read::<f64>);
            assert_eq!(id, made.map(|id| id as f64), "{kind}");
            let reason = data.get("error").and_then(|error| error.get("message")).and_then(Value::as_text);
            assert_eq!(reason.is_some(), !is_made, "{kind}");
        }
        let kinds: Vec<_> = harness.kinds().into_iter().filter(|kind| kind.contains("ENGAGEMENT")).collect();
        assert_eq!(kinds, answers, "{kind} {create}");
    }
}

#[test]
fn an_engagement_is_created_on_request() {
    let on = |set: fn(&mut Faults)| {
        let mut faults = Faults::default();
        set(&mut faults);
        faults
    };
    check_creation(Faults::default(), r#", "createEngagement": true"#, &["a CREATE_ENGAGEMENT_SUCCEEDED"], true);
    check_creation(Faults::default(), r#", "createEngagement": "true""#, &["a CREATE_ENGAGEMENT_SUCCEEDED"], true);
    check_creation(Faults::default(), r#", "createEngagement": false"#, &[], false);
    check_creation(Faults::default(), "", &[], false);
    let old = on(|faults| faults.old_engagement_created = true);
    check_creation(old, r#", "createEngagement": true"#, &["a ENGAGEMENT_CREATED"], true);
    let fails = on(|faults| faults.creation_fails = true);
    check_creation(fails, r#", "createEngagement": true"#, &["a CREATE_ENGAGEMENT_FAILED"], false);
}

/// Checks the answer to CALL_COMPLETED with these fields, and the phase of the call.
#[track_caller]
fn check_completion(faults: Faults, fields: &str, answer: &str, phase: CallPhase) {
    let (mut harness, engagement) = TestHarness::calling();
    harness.dispatch(Action::SetFaults(faults));
    harness.receive("a", "CALL_ENDED", r#"{"externalCallId": "c1"}"#);
    harness.receive("a", "CALL_COMPLETED", &fields.replace("ID", &engagement.to_string()));
    let (kind, data) = harness.answer();
    assert_eq!((kind.as_str(), harness.call("c1").phase), (answer, phase), "{fields}");
    match data.get("error") {
        None => assert_eq!(data, json(&format!(r#"{{"engagementId": {engagement}}}"#))),
        Some(error) => assert!(!error.get("message").and_then(Value::as_text).unwrap().is_empty()),
    }
}

#[test]
fn a_completed_call_is_saved_or_the_answer_has_a_reason() {
    let ok = "UPDATE_ENGAGEMENT_SUCCEEDED";
    let failed = "UPDATE_ENGAGEMENT_FAILED";
    let fails = Faults { update_fails: true, ..Default::default() };
    let long =
        format!(r#"{{"externalCallId": "c1", "engagementProperties": {{"hs_call_body": "{}"}}}}"#, "x".repeat(65_537));
    check_completion(Faults::default(), r#"{"externalCallId": "c1", "engagementId": ID}"#, ok, CallPhase::Saved);
    check_completion(Faults::default(), r#"{"externalCallId": "c1", "engagementId": "ID"}"#, ok, CallPhase::Saved);
    check_completion(Faults::default(), r#"{"externalCallId": "other", "engagementId": ID}"#, ok, CallPhase::Saved);
    check_completion(Faults::default(), r#"{"externalCallId": "c1"}"#, ok, CallPhase::Saved);
    check_completion(Faults::default(), r#"{"externalCallId": "c1", "engagementId": 0}"#, ok, CallPhase::Saved);
    check_completion(Faults::default(), r#"{"externalCallId": "c1", "engagementId": 7}"#, failed, CallPhase::Ended);
    check_completion(Faults::default(), r#"{"externalCallId": "other"}"#, failed, CallPhase::Ended);
    check_completion(Faults::default(), &long, failed, CallPhase::NotSaved);
    check_completion(fails, r#"{"externalCallId": "c1", "engagementId": ID}"#, failed, CallPhase::NotSaved);
}

#[test]
fn a_call_without_an_engagement_cannot_be_saved_and_is_on_no_timeline() {
    let mut harness = TestHarness::ready();
    harness.receive("a", "OUTGOING_CALL_STARTED", r#"{"externalCallId": "c1", "toNumber": "+16175550111"}"#);
    harness.receive("a", "CALL_COMPLETED", r#"{"externalCallId": "c1"}"#);
    assert_eq!(harness.answer().0, "UPDATE_ENGAGEMENT_FAILED");
    assert!(harness.timeline("0-1/51").is_empty());
}

#[test]
fn saved_properties_are_on_the_timeline_and_saving_again_merges_them() {
    let (mut harness, _) = TestHarness::calling();
    harness.receive("a", "CALL_COMPLETED", r#"{"externalCallId": "c1", "engagementProperties": {
        "hs_timestamp": "1000000", "hs_call_body": "Wants 40 seats.", "hs_call_status": "COMPLETED", "hs_call_duration": "61000",
        "hs_call_recording_url": "https://calls.example.com/1.mp3", "hs_call_disposition": "f240bbac", "hs_call_title": "First",
        "hs_call_callee_object_id": "201", "hs_call_callee_object_type": "COMPANY", "our_own": "kept"}}"#);
    harness.receive(
        "a",
        "CALL_COMPLETED",
        r#"{"externalCallId": "c1", "engagementProperties": {"hs_call_body": "Wants 50."}}"#,
    );
    assert_eq!(harness.timeline("0-1/51"), ["c1"]);
    assert_eq!(harness.timeline("0-2/201"), ["c1"], "the record that the app names");
    let call = harness.call("c1");
    let saved = call.properties.to_map();
    let text = |name: &str| saved.get(name).and_then(Value::as_text);
    assert_eq!(text("hs_call_body"), Some("Wants 50."));
    assert_eq!(text("hs_call_title"), Some("First"));
    assert_eq!(text("our_own"), Some("kept"));
    assert_eq!(call.duration(), Some(61_000.0));
    assert_eq!(call.status().map(|status| status.text()), Some("COMPLETED"));
}

#[test]
fn saving_can_be_retried_and_a_failure_keeps_saved_properties() {
    let (mut harness, _) = TestHarness::calling();
    let fails = |harness: &mut TestHarness, update_fails| {
        harness.dispatch(Action::SetFaults(Faults { update_fails, ..Default::default() }))
    };
    let save = |harness: &mut TestHarness, body: &str| {
        harness.receive(
            "a",
            "CALL_COMPLETED",
            &format!(r#"{{"externalCallId": "c1", "engagementProperties": {{"hs_call_body": "{body}"}}}}"#),
        );
        (harness.call("c1").phase, harness.call("c1").properties.hs_call_body.clone())
    };
    fails(&mut harness, true);
    assert_eq!(save(&mut harness, "first"), (CallPhase::NotSaved, None));
    fails(&mut harness, false);
    assert_eq!(save(&mut harness, "second"), (CallPhase::Saved, Some("second".into())));
    fails(&mut harness, true);
    assert_eq!(save(&mut harness, "third"), (CallPhase::Saved, Some("second".into())));
}

#[test]
fn the_frame_closes_after_the_call_unless_the_app_keeps_it_open() {
    for (location, hide, closes, hides) in [
        (IframeLocation::Widget, "", true, false),
        (IframeLocation::Widget, r#", "hideWidget": true"#, true, false),
        (IframeLocation::Widget, r#", "hideWidget": false"#, false, false),
        (IframeLocation::Remote, "", false, true),
        (IframeLocation::Window, r#", "hideWidget": true"#, false, true),
        (IframeLocation::Remote, r#", "hideWidget": false"#, false, false),
    ] {
        let mut harness = TestHarness::new();
        harness.frame("a", location);
        harness.receive("a", "OUTGOING_CALL_STARTED", r#"{"externalCallId": "c1", "createEngagement": true}"#);
        harness.clear();
        harness.receive("a", "CALL_COMPLETED", &format!(r#"{{"externalCallId": "c1"{hide}}}"#));
        assert_eq!(harness.effects.contains(&Effect::Close { frame: frame("a") }), closes, "{location:?} {hide}");
        assert_eq!(harness.state.frames[0].hidden, hides, "{location:?} {hide}");
        assert_eq!(harness.kinds().contains(&"a VISIBILITY_CHANGED".to_owned()), hides, "{location:?} {hide}");
    }
}

#[test]
fn an_engagement_is_finalized_by_either_message() {
    let fails = Faults { finalizing_fails: true, ..Default::default() };
    for (faults, fields, word, finalized) in [
        (Faults::default(), r#"{"externalCallId": "c1", "engagementId": ID}"#, "SUCCEEDED", true),
        (Faults::default(), r#"{"externalCallId": "c1"}"#, "SUCCEEDED", true),
        (Faults::default(), r#"{"externalCallId": "c1", "engagementId": 7}"#, "FAILED", false),
        (Faults::default(), r#"{"externalCallId": "c9"}"#, "FAILED", false),
        (fails, r#"{"externalCallId": "c1", "engagementId": ID}"#, "FAILED", false),
    ] {
        for kind in ["FINALIZE_ENGAGEMENT", "PUBLISH_TO_CHANNEL"] {
            let (mut harness, engagement) = TestHarness::calling();
            harness.dispatch(Action::SetFaults(faults.clone()));
            let asked = fields.replace("ID", &engagement.to_string());
            harness.receive("a", kind, &asked);
            let (answer, data) = harness.answer();
            assert_eq!(answer, format!("{kind}_{word}"), "{fields}");
            assert_eq!(data.get("externalCallId"), json(&asked).get("externalCallId"));
            let expected = if finalized {
                Some(Value::Number(engagement as f64))
            } else {
                json(&asked).get("engagementId").cloned()
            };
            assert_eq!(data.get("engagementId"), expected.as_ref());
            assert_eq!(harness.call("c1").finalized, finalized);
        }
    }
}

/// A call can be saved after it was finalized: the widget's button is on the wrap-up screen.
#[test]
fn a_finalized_call_can_be_completed() {
    let (mut harness, engagement) = TestHarness::calling();
    harness.receive(
        "a",
        "FINALIZE_ENGAGEMENT",
        &format!(r#"{{"externalCallId": "c1", "engagementId": {engagement}}}"#),
    );
    harness.receive("a", "CALL_COMPLETED", r#"{"externalCallId": "c1"}"#);
    assert_eq!(harness.kinds(), ["a FINALIZE_ENGAGEMENT_SUCCEEDED", "a UPDATE_ENGAGEMENT_SUCCEEDED"]);
}
