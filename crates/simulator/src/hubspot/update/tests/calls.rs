use super::*;

#[test]
fn an_app_without_inbound_calling_receives_no_calls() {
    let mut harness = TestHarness::new();
    for (id, supports_inbound_calling) in [("a", false), ("b", true)] {
        harness.dispatch(Action::FrameOpened {
            frame: frame(id),
            location: IframeLocation::Widget,
            uses_calling_window: None,
            supports_inbound_calling,
        });
        harness.dispatch(Action::FrameReady { frame: frame(id) });
    }
    let incoming =
        r#"{"externalCallId": "c1", "fromNumber": "+16175550111", "toNumber": "+1", "createEngagement": true}"#;
    harness.receive("a", "INCOMING_CALL", incoming);
    assert_eq!((harness.state.calls.len(), harness.sent.len()), (0, 0), "{:?}", harness.sent);
    assert_eq!(harness.state.alerts.last().unwrap().text, AlertText::InboundNotSupported);
    // It still makes calls.
    harness.receive("a", "OUTGOING_CALL_STARTED", r#"{"externalCallId": "c2", "createEngagement": true}"#);
    assert_eq!(harness.state.calls.len(), 1);

    harness.receive("b", "INCOMING_CALL", incoming);
    assert_eq!(harness.call("c1").associations.len(), 1);
    assert_eq!(harness.state.alerts.len(), 1);
}

#[test]
fn a_call_goes_from_ringing_to_saved_and_is_active_until_it_ends() {
    let (mut harness, engagement) = TestHarness::calling();
    let rows = [
        ("CALL_ANSWERED", r#"{"externalCallId": "c1"}"#.to_owned(), CallPhase::Talking, true),
        ("CALL_ENDED", r#"{"externalCallId": "c1", "callEndStatus": "COMPLETED"}"#.to_owned(), CallPhase::Ended, false),
        (
            "CALL_COMPLETED",
            format!(r#"{{"externalCallId": "c1", "engagementId": {engagement}}}"#),
            CallPhase::Saved,
            false,
        ),
    ];
    assert!(harness.state.has_active_call(&frame("a")));
    for (kind, data, phase, holds) in rows {
        harness.receive("a", kind, &data);
        assert_eq!(harness.call("c1").phase, phase, "{kind}");
        assert_eq!(
            (harness.state.has_active_call(&frame("a")), harness.state.active_call().is_some()),
            (holds, holds),
            "{kind}"
        );
    }
    let call = harness.call("c1");
    assert_eq!((call.answered_at, call.ended_at), (Some(harness.now - 20.0), Some(harness.now - 10.0)));
    assert_eq!(call.duration(), Some(10.0));
}

#[test]
fn messages_about_unknown_calls_change_nothing() {
    for (kind, data) in [
        ("CALL_ANSWERED", r#"{"externalCallId": "never"}"#),
        ("CALL_TRANSFERRED", r#"{"externalCallId": "never"}"#),
        ("CALL_ENDED", r#"{"externalCallId": "never", "engagementId": 7}"#),
        ("CALL_DATA", r#"{"anything": [1, 2]}"#),
        ("A_TYPE_OF_ITS_OWN", "{}"),
    ] {
        let mut harness = TestHarness::ready();
        let before = harness.state.clone();
        harness.receive("a", kind, data);
        assert_eq!((&harness.state, harness.sent.len(), harness.effects.len()), (&before, 0, 0), "{kind}");
    }
}

#[test]
fn a_call_that_is_transferred_unanswered_has_ended() {
    let (mut harness, _) = TestHarness::calling();
    harness.receive("a", "CALL_TRANSFERRED", r#"{"externalCallId": "c1"}"#);
    let call = harness.call("c1");
    assert!(
        call.transferred && call.phase == CallPhase::TransferredUnanswered && harness.state.active_call().is_none()
    );
    assert!(!harness.state.is_ghost(call));
    let (mut harness, _) = TestHarness::calling();
    harness.receive("a", "CALL_ANSWERED", r#"{"externalCallId": "c1"}"#);
    harness.receive("a", "CALL_TRANSFERRED", r#"{"externalCallId": "c1"}"#);
    let call = harness.call("c1");
    assert!(call.transferred && call.phase == CallPhase::Talking, "an answered one still ends");
}

#[test]
fn callers_are_matched_among_contacts_and_companies() {
    let rows: &[(&str, &[&str], &[&str])] = &[
        ("+16175550111", &["0-1/51"], &["0-1/51"]),
        ("+16175550161", &["0-2/201"], &["0-2/201"]),
        ("+16175550141", &["0-1/57", "0-1/58"], &[]),
        ("+16175559999", &[], &[]),
        ("anonymous", &[], &[]),
    ];
    for (number, found, associated) in rows {
        let mut harness = TestHarness::ready();
        harness.receive("a", "INCOMING_CALL", &format!(
            r#"{{"externalCallId": "c1", "fromNumber": "{number}", "toNumber": "+16179483986", "createEngagement": true}}"#
        ));
        let (_, kind, data) = harness.sent.pop().unwrap();
        assert_eq!(kind, "CALLER_ID_MATCH_SUCCEEDED");
        let Some(Value::List(matches)) = data.get("callerIdMatches").cloned() else { panic!("no list: {data:?}") };
        let ids: Vec<_> = matches.iter().map(coordinates).collect();
        assert_eq!(ids, *found, "{number}");
        assert_eq!(harness.kinds(), ["a CREATE_ENGAGEMENT_SUCCEEDED"]);
        let on: Vec<_> = harness.call("c1").associations.iter().map(ToString::to_string).collect();
        assert_eq!(on, *associated, "{number}");
    }
}

fn coordinates(found: &Value) -> String {
    let text = |name| found.get("objectCoordinates").unwrap().get(name).unwrap().read::<String>().unwrap();
    assert_eq!(text("portalId"), crate::crm::PORTAL_ID.to_string());
    format!("{}/{}", text("objectTypeId"), text("objectId"))
}

#[test]
fn a_match_has_the_fields_of_its_type_and_null_for_missing_names() {
    let rows = [
        (
            "+16175550111",
            r#"{"callerIdType":"CONTACT","objectCoordinates":{"portalId":6125000,"objectId":51,"objectTypeId":"0-1"},"firstName":"Anna","lastName":"Answers","email":"anna.answers@example.com"}"#,
        ),
        (
            "+16175550151",
            r#"{"callerIdType":"CONTACT","objectCoordinates":{"portalId":6125000,"objectId":59,"objectTypeId":"0-1"},"firstName":null,"lastName":null,"email":null}"#,
        ),
        (
            "+16175550161",
            r#"{"callerIdType":"COMPANY","objectCoordinates":{"portalId":6125000,"objectId":201,"objectTypeId":"0-2"},"name":"Imaginary Pencils Inc."}"#,
        ),
    ];
    for (number, expected) in rows {
        let mut harness = TestHarness::ready();
        harness.receive(
            "a",
            "INCOMING_CALL",
            &format!(r#"{{"externalCallId": "c1", "fromNumber": "{number}", "toNumber": ""}}"#),
        );
        let (kind, data) = harness.answer();
        assert_eq!(kind, "CALLER_ID_MATCH_SUCCEEDED");
        assert_eq!(data, json(&format!(r#"{{"callerIdMatches": [{expected}]}}"#)));
    }
}

#[test]
fn opening_one_of_several_matches_associates_the_call() {
    let mut harness = TestHarness::ready();
    harness.receive(
        "a",
        "INCOMING_CALL",
        r#"{"externalCallId": "c1", "fromNumber": "+16175550141", "toNumber": "", "createEngagement": true}"#,
    );
    harness.receive(
        "a",
        "NAVIGATE_TO_RECORD",
        r#"{"objectCoordinates": {"portalId": 6125000, "objectId": 51, "objectTypeId": "0-1"}}"#,
    );
    assert_eq!(harness.call("c1").associations, [], "Anna does not have that number");
    harness.receive(
        "a",
        "NAVIGATE_TO_RECORD",
        r#"{"objectCoordinates": {"portalId": 6125000, "objectId": 58, "objectTypeId": "0-1"}}"#,
    );
    assert_eq!(harness.timeline("0-1/58"), ["c1"]);
    assert!(harness.timeline("0-1/57").is_empty());
}

#[test]
fn a_call_that_two_frames_report_is_one_call() {
    let mut harness = TestHarness::ready();
    harness.frame("b", IframeLocation::Remote);
    let outgoing = r#"{"externalCallId": "c1", "toNumber": "+16175550111", "createEngagement": true}"#;
    harness.receive("a", "OUTGOING_CALL_STARTED", outgoing);
    harness.receive("b", "OUTGOING_CALL_STARTED", outgoing);
    assert_eq!((harness.state.calls.len(), harness.kinds()), (1, vec!["a CREATE_ENGAGEMENT_SUCCEEDED".to_owned()]));
    // Another frame continues the call, which is now assigned to it.
    harness.receive("b", "CALL_ANSWERED", r#"{"externalCallId": "c1"}"#);
    assert!(harness.state.has_active_call(&frame("b")) && !harness.state.has_active_call(&frame("a")));
    harness.receive("b", "CALL_ENDED", r#"{"externalCallId": "c1"}"#);
    harness.receive("a", "OUTGOING_CALL_STARTED", outgoing);
    assert_eq!(harness.state.calls.len(), 2, "an id that is used again after the end is another call");
}

#[test]
fn a_call_that_is_never_completed_becomes_a_ghost_call() {
    let ghost = |harness: &TestHarness, id: &str| harness.state.is_ghost(harness.call(id));
    let end = r#"{"externalCallId": "c1", "callEndStatus": "CANCELED"}"#;

    let (mut harness, _) = TestHarness::calling();
    harness.receive("a", "CALL_ENDED", end);
    assert!(!ghost(&harness, "c1"), "the user may still write notes");
    harness.receive(
        "a",
        "OUTGOING_CALL_STARTED",
        r#"{"externalCallId": "c2", "toNumber": "+16175550111", "createEngagement": true}"#,
    );
    assert!(ghost(&harness, "c1") && !ghost(&harness, "c2"));
    harness.receive("a", "CALL_COMPLETED", r#"{"externalCallId": "c1"}"#);
    assert!(!ghost(&harness, "c1"), "it may come late");

    let (mut harness, _) = TestHarness::calling();
    harness.dispatch(Action::FrameRemoved { frame: frame("a") });
    assert!(ghost(&harness, "c1") && harness.state.active_call().is_none());
    harness.frame("b", IframeLocation::Widget);
    assert!(!ghost(&harness, "c1"), "after a reload the widget continues");

    let (mut harness, _) = TestHarness::calling();
    harness.dispatch(Action::CloseFrame { frame: frame("a") });
    assert_eq!(harness.effects, [Effect::Close { frame: frame("a") }]);
    assert!(ghost(&harness, "c1") && !harness.state.has_active_call(&frame("a")));
    assert_eq!(harness.state.sync(IframeLocation::Widget, None).engagement_id, None, "the user has left it");

    let mut harness = TestHarness::ready();
    harness.receive("a", "OUTGOING_CALL_STARTED", r#"{"externalCallId": "c1"}"#);
    harness.dispatch(Action::FrameRemoved { frame: frame("a") });
    assert!(!ghost(&harness, "c1"), "without an engagement nothing is on a timeline");
}

#[test]
fn a_call_has_a_timeline_status_at_any_time() {
    use crate::hubspot::TimelineStatus::*;
    let (mut harness, _) = TestHarness::calling();
    let status = |harness: &TestHarness| harness.state.timeline_status(harness.call("c1"));
    assert_eq!(status(&harness), Ringing);
    harness.dispatch(Action::SetFaults(Faults { update_fails: true, ..Default::default() }));
    for (kind, expected) in [("CALL_ANSWERED", Talking), ("CALL_ENDED", WrapUp), ("CALL_COMPLETED", NotSaved)] {
        harness.receive("a", kind, r#"{"externalCallId": "c1"}"#);
        assert_eq!(status(&harness), expected, "{kind}");
    }
    harness.dispatch(Action::SetFaults(Faults::default()));
    harness.receive("a", "CALL_COMPLETED", r#"{"externalCallId": "c1"}"#);
    assert_eq!(status(&harness), Saved);
    for (action, expected) in [
        (Action::FrameRemoved { frame: frame("a") }, Ghost),
        (Action::CloseFrame { frame: frame("a") }, Ghost),
        (
            Action::FromWidget {
                frame: frame("a"),
                kind: "CALL_TRANSFERRED".into(),
                data: Some(json(r#"{"externalCallId": "c1"}"#)),
            },
            TransferredUnanswered,
        ),
    ] {
        let (mut harness, _) = TestHarness::calling();
        harness.dispatch(action.clone());
        assert_eq!(status(&harness), expected, "{action:?}");
    }
}

#[test]
fn the_list_of_calls_is_bounded_and_keeps_open_calls() {
    let (mut harness, engagement) = TestHarness::calling();
    harness.receive("a", "CALL_ANSWERED", r#"{"externalCallId": "c1"}"#);
    for call in 0..500 {
        harness.receive(
            "a",
            "INCOMING_CALL",
            &format!(
                r#"{{"externalCallId": "in-{call}", "fromNumber": "", "toNumber": "", "createEngagement": true}}"#
            ),
        );
        harness.receive("a", "CALL_ENDED", &format!(r#"{{"externalCallId": "in-{call}"}}"#));
    }
    assert!(harness.state.calls.len() <= 200);
    assert_eq!(harness.call("c1").engagement, Some(engagement));
}

#[test]
fn invalid_payloads_are_tolerated() {
    for data in [
        "null",
        "[]",
        "7",
        r#""text""#,
        r#"{"externalCallId": null}"#,
        r#"{"externalCallId": {"a": 1}, "callStartTime": "soon"}"#,
    ] {
        let mut harness = TestHarness::ready();
        for kind in GuestMessage::KINDS {
            harness.receive("a", kind, data);
            harness.receive("nowhere", kind, data);
            harness.dispatch(Action::FromWidget { frame: frame("a"), kind: (*kind).into(), data: None });
        }
        let text = serde_json::to_string(&harness.state).unwrap();
        assert_eq!(serde_json::from_str::<State>(&text).unwrap(), harness.state, "{data}");
    }
}
