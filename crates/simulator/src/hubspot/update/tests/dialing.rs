use super::*;

#[test]
fn dial_number_has_the_record_and_the_callee() {
    // The record on the page, the record with the number, and the values that differ.
    let rows = [
        ("0-1/51", "0-1/51", "phone", "+1 617 555 0111", "CONTACT", 51.0, "US"),
        ("0-1/55", "0-1/55", "mobilephone", "07700 900123", "CONTACT", 55.0, "GB"),
        ("0-2/201", "0-2/201", "phone", "+1 617 555 0161", "COMPANY", 201.0, "US"),
        ("0-5/301", "0-1/52", "mobilephone", "+1 617-555-0122", "TICKET", 0.0, "US"),
        ("2-1234567/401", "2-1234567/401", "service_line", "+1 617 555 0171", "CUSTOM_OBJECT", 401.0, "US"),
        ("0-1/51", "0-1/51", "fax", "+1 617 555 0000", "CONTACT", 51.0, "US"),
    ];
    for (page, callee, property, number, word, subject, country) in rows {
        let mut harness = TestHarness::ready();
        let (page, callee) = (record(page), record(callee));
        let dial = Dial {
            frame: None,
            record: page.clone(),
            callee: callee.clone(),
            property: property.into(),
            number: number.into(),
        };
        harness.dispatch(Action::Dial(dial));
        let (kind, data) = harness.answer();
        assert_eq!(kind, "DIAL_NUMBER");
        let expected = format!(
            r#"{{"phoneNumber": "{number}", "phone_number": "{number}", "ownerId": 70001, "subjectId": {subject},
                "objectId": {}, "objectType": "{word}", "portalId": 6125000, "countryCode": "{country}",
                "calleeInfo": {{"calleeId": {}, "calleeObjectTypeId": "{}"}}, "startTimestamp": {}, "toPhoneNumberSrc": "{property}",
                "threadId": 0}}"#,
            page.object_id, callee.object_id, callee.object_type_id, harness.now
        );
        assert_eq!(data, json(&expected), "{page}");
    }
}

#[test]
fn a_click_waits_until_the_widget_is_initialized() {
    let mut harness = TestHarness::new();
    harness.dispatch(click(None, "0-1/51"));
    harness.dispatch(Action::FrameOpened {
        frame: frame("a"),
        location: IframeLocation::Widget,
        uses_calling_window: None,
        supports_inbound_calling: true,
    });
    harness.dispatch(Action::FrameReady { frame: frame("a") });
    assert!(harness.kinds().is_empty());
    harness.dispatch(click(Some("a"), "0-1/52"));
    harness.receive("a", "INITIALIZED", "{}");
    let (_, data) = harness.answer();
    assert_eq!(data.get("phoneNumber").and_then(Value::as_text), Some("(617) 555-0121"), "the newest click counts");
    harness.dispatch(Action::FrameReloading { frame: frame("a") });
    harness.dispatch(Action::FrameReady { frame: frame("a") });
    harness.receive("a", "INITIALIZED", "{}");
    assert!(harness.kinds().is_empty(), "once is enough");
}

#[test]
fn the_number_is_sent_to_the_right_frame() {
    use IframeLocation::*;
    // The frames, whether each uses the calling window, the frame of the click, and the frame that dials.
    type Row<'a> = (&'a [(&'a str, IframeLocation, Option<bool>)], Option<&'a str>, Option<&'a str>);
    let rows: &[Row] = &[
        (&[("a", Widget, None)], Some("a"), Some("a")),
        (&[("a", Widget, None), ("b", Widget, None)], Some("a"), Some("a")),
        (&[("a", Widget, None), ("b", Widget, None)], None, Some("b")),
        (&[("r", Remote, None), ("w", Window, None)], Some("r"), Some("w")),
        (&[("r", Remote, Some(true)), ("w", Window, Some(true))], Some("r"), Some("w")),
        (&[("r", Remote, Some(false)), ("w", Window, Some(false))], Some("r"), Some("r")),
        (&[("r", Remote, Some(true))], Some("r"), None),
        (&[("r", Remote, Some(true))], None, None),
        (&[("w", Window, Some(false))], None, None),
        (&[("a", Widget, None)], Some("gone"), Some("a")),
        (&[], None, None),
    ];
    for (frames, clicked, dials) in rows {
        let mut harness = TestHarness::new();
        for (id, location, uses_calling_window) in *frames {
            harness.dispatch(Action::FrameOpened {
                frame: frame(id),
                location: *location,
                uses_calling_window: *uses_calling_window,
                supports_inbound_calling: true,
            });
            harness.dispatch(Action::FrameReady { frame: frame(id) });
            harness.receive(id, "INITIALIZED", "{}");
        }
        harness.clear();
        harness.dispatch(click(*clicked, "0-1/51"));
        let expected: Vec<_> = dials.iter().map(|id| format!("{id} DIAL_NUMBER")).collect();
        assert_eq!(harness.kinds(), expected, "{frames:?} {clicked:?}");
    }
}

#[test]
fn a_click_that_cannot_be_dialed_raises_an_alert() {
    for end in [Action::FrameTimedOut { frame: frame("a") }, Action::FrameRemoved { frame: frame("a") }] {
        let mut harness = TestHarness::new();
        harness.dispatch(Action::FrameOpened {
            frame: frame("a"),
            location: IframeLocation::Widget,
            uses_calling_window: None,
            supports_inbound_calling: true,
        });
        harness.dispatch(click(Some("a"), "0-1/51"));
        harness.dispatch(end.clone());
        assert_eq!(harness.state.pending_dial, None);
        let not_dialled = AlertText::NotDialled("+1 617 555 0111".into());
        assert_eq!(harness.state.alerts.last().map(|alert| &alert.text), Some(&not_dialled), "{end:?}");
    }
}

#[test]
fn a_hidden_frame_is_shown_for_the_next_number() {
    let mut harness = TestHarness::new();
    harness.frame("r", IframeLocation::Remote);
    harness.dispatch(Action::Visibility { frame: frame("r"), minimized: false, hidden: true });
    harness.clear();
    harness.dispatch(click(Some("r"), "0-1/51"));
    assert_eq!(harness.kinds(), ["r VISIBILITY_CHANGED", "r DIAL_NUMBER"]);
    assert!(!harness.state.frames[0].hidden);
}

#[test]
fn a_call_is_on_the_timelines_of_its_records() {
    // The record on the page, the record with the number, whether the app sends the context, and the associations of the call.
    let rows: &[(&str, &str, bool, &[&str])] = &[
        ("0-1/51", "0-1/51", true, &["0-1/51"]),
        ("0-1/51", "0-1/51", false, &["0-1/51"]),
        ("0-2/201", "0-1/52", true, &["0-2/201", "0-1/52"]),
        ("0-2/201", "0-1/52", false, &["0-2/201", "0-1/52"]),
        ("0-5/301", "0-1/52", true, &["0-5/301", "0-1/52"]),
        ("0-5/301", "0-1/52", false, &["0-1/52"]),
        ("2-1234567/401", "2-1234567/401", true, &["2-1234567/401"]),
        ("2-1234567/401", "2-1234567/401", false, &[]),
        ("0-1/57", "0-1/57", false, &["0-1/57"]),
    ];
    for (page, callee, context, expected) in rows {
        let mut harness = TestHarness::ready();
        let number = crate::crm::Account::get().record(&record(callee)).unwrap().numbers[0].clone();
        let (property, spelled) = (number.property, number.number);
        harness.dispatch(Action::Dial(Dial {
            frame: None,
            record: record(page),
            callee: record(callee),
            property,
            number: spelled.clone(),
        }));
        let (_, data) = harness.answer();
        let mut call =
            object([("externalCallId", "c1".into()), ("toNumber", spelled.into()), ("createEngagement", true.into())]);
        if *context {
            call.set("dialingContext", data);
        }
        harness.dispatch(Action::FromWidget {
            frame: frame("a"),
            kind: "OUTGOING_CALL_STARTED".into(),
            data: Some(call.into()),
        });
        let on: Vec<_> = harness.call("c1").associations.iter().map(ToString::to_string).collect();
        assert_eq!(on, *expected, "{page} {callee} {context}");
    }
}

#[test]
fn a_typed_number_is_matched() {
    for (number, expected) in [("+16175550111", &["0-1/51"][..]), ("+16175550141", &[]), ("+16175559999", &[])] {
        let mut harness = TestHarness::ready();
        harness.receive(
            "a",
            "OUTGOING_CALL_STARTED",
            &format!(r#"{{"externalCallId": "c1", "phoneNumber": "{number}", "createEngagement": true}}"#),
        );
        let on: Vec<_> = harness.call("c1").associations.iter().map(ToString::to_string).collect();
        assert_eq!(on, expected, "{number}");
    }
}

#[test]
fn end_call_is_sent_to_the_frame_of_the_call() {
    let (mut harness, _) = TestHarness::calling();
    harness.frame("b", IframeLocation::Remote);
    harness.dispatch(Action::EndCall);
    assert_eq!(harness.kinds(), ["a END_CALL"]);
    harness.receive("a", "CALL_ENDED", r#"{"externalCallId": "c1"}"#);
    harness.dispatch(Action::EndCall);
    assert!(harness.kinds().is_empty(), "it is over");
}
