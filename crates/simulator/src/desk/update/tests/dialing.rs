use super::*;

#[test]
fn dial_number_says_whom_and_from_where() {
    // The record on the page, the one that has the number, and what is different in each.
    let rows = [
        ("0-1/51", "0-1/51", "phone", "+1 617 555 0111", "CONTACT", 51.0, "US"),
        ("0-1/55", "0-1/55", "mobilephone", "07700 900123", "CONTACT", 55.0, "GB"),
        ("0-2/201", "0-2/201", "phone", "+1 617 555 0161", "COMPANY", 201.0, "US"),
        ("0-5/301", "0-1/52", "mobilephone", "+1 617-555-0122", "TICKET", 0.0, "US"),
        ("2-1234567/401", "2-1234567/401", "service_line", "+1 617 555 0171", "CUSTOM_OBJECT", 401.0, "US"),
        ("0-1/51", "0-1/51", "fax", "+1 617 555 0000", "CONTACT", 51.0, "US"),
    ];
    for (page, callee, property, number, word, subject, country) in rows {
        let mut desk = Desk::ready();
        let (page, callee) = (record(page), record(callee));
        let dial = Dial {
            frame: None,
            record: page.clone(),
            callee: callee.clone(),
            property: property.into(),
            number: number.into(),
        };
        desk.does(Action::Dial(dial));
        let (kind, data) = desk.answer();
        assert_eq!(kind, "DIAL_NUMBER");
        let expected = format!(
            r#"{{"phoneNumber": "{number}", "phone_number": "{number}", "ownerId": 70001, "subjectId": {subject},
                "objectId": {}, "objectType": "{word}", "portalId": 6125000, "countryCode": "{country}",
                "calleeInfo": {{"calleeId": {}, "calleeObjectTypeId": "{}"}}, "startTimestamp": {}, "toPhoneNumberSrc": "{property}",
                "threadId": 0}}"#,
            page.object_id, callee.object_id, callee.object_type_id, desk.now
        );
        assert_eq!(data, json(&expected), "{page}");
    }
}

#[test]
fn the_click_waits_until_the_phone_can_be_used() {
    let mut desk = Desk::new();
    desk.does(click(None, "0-1/51"));
    desk.does(Action::FrameOpened { frame: frame("a"), location: IframeLocation::Widget, uses_calling_window: None });
    desk.does(Action::FrameReady { frame: frame("a") });
    assert!(desk.kinds().is_empty());
    desk.does(click(Some("a"), "0-1/52"));
    desk.says("a", "INITIALIZED", "{}");
    let (_, data) = desk.answer();
    assert_eq!(data.get("phoneNumber").and_then(Value::as_text), Some("(617) 555-0121"), "the newest click counts");
    desk.does(Action::FrameLost { frame: frame("a") });
    desk.does(Action::FrameReady { frame: frame("a") });
    desk.says("a", "INITIALIZED", "{}");
    assert!(desk.kinds().is_empty(), "once is enough");
}

#[test]
fn the_number_goes_to_the_frame_that_dials() {
    use IframeLocation::*;
    // The frames, whether each uses the calling window, where the click was, and who dials.
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
        let mut desk = Desk::new();
        for (id, location, uses_calling_window) in *frames {
            desk.does(Action::FrameOpened {
                frame: frame(id),
                location: *location,
                uses_calling_window: *uses_calling_window,
            });
            desk.does(Action::FrameReady { frame: frame(id) });
            desk.says(id, "INITIALIZED", "{}");
        }
        desk.clear();
        desk.does(click(*clicked, "0-1/51"));
        let expected: Vec<_> = dials.iter().map(|id| format!("{id} DIAL_NUMBER")).collect();
        assert_eq!(desk.kinds(), expected, "{frames:?} {clicked:?}");
    }
}

#[test]
fn a_click_that_nobody_dials_is_told() {
    for end in [Action::FrameSilent { frame: frame("a") }, Action::FrameGone { frame: frame("a") }] {
        let mut desk = Desk::new();
        desk.does(Action::FrameOpened {
            frame: frame("a"),
            location: IframeLocation::Widget,
            uses_calling_window: None,
        });
        desk.does(click(Some("a"), "0-1/51"));
        desk.does(end.clone());
        assert_eq!(desk.state.waiting, None);
        let not_dialled = AlertText::NotDialled("+1 617 555 0111".into());
        assert_eq!(desk.state.alerts.last().map(|alert| &alert.text), Some(&not_dialled), "{end:?}");
    }
}

#[test]
fn a_frame_that_was_put_away_is_shown_again() {
    let mut desk = Desk::new();
    desk.frame("r", IframeLocation::Remote);
    desk.does(Action::Visibility { frame: frame("r"), minimized: false, hidden: true });
    desk.clear();
    desk.does(click(Some("r"), "0-1/51"));
    assert_eq!(desk.kinds(), ["r VISIBILITY_CHANGED", "r DIAL_NUMBER"]);
    assert!(!desk.state.frames[0].hidden);
}

#[test]
fn a_call_is_on_the_timelines_of_the_records_that_it_is_about() {
    // The record on the page, the one with the number, whether the app hands the context back, and where the call is then.
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
        let mut desk = Desk::ready();
        let number = crate::crm::Account::get().record(&record(callee)).unwrap().numbers[0].clone();
        let (property, spelled) = (number.property, number.number);
        desk.does(Action::Dial(Dial {
            frame: None,
            record: record(page),
            callee: record(callee),
            property,
            number: spelled.clone(),
        }));
        let (_, data) = desk.answer();
        let mut call =
            object([("externalCallId", "c1".into()), ("toNumber", spelled.into()), ("createEngagement", true.into())]);
        if *context {
            call.set("dialingContext", data);
        }
        desk.does(Action::FromWidget {
            frame: frame("a"),
            kind: "OUTGOING_CALL_STARTED".into(),
            data: Some(call.into()),
        });
        let on: Vec<_> = desk.call("c1").associations.iter().map(ToString::to_string).collect();
        assert_eq!(on, *expected, "{page} {callee} {context}");
    }
}

#[test]
fn a_typed_number_is_looked_up() {
    for (number, expected) in [("+16175550111", &["0-1/51"][..]), ("+16175550141", &[]), ("+16175559999", &[])] {
        let mut desk = Desk::ready();
        desk.says(
            "a",
            "OUTGOING_CALL_STARTED",
            &format!(r#"{{"externalCallId": "c1", "phoneNumber": "{number}", "createEngagement": true}}"#),
        );
        let on: Vec<_> = desk.call("c1").associations.iter().map(ToString::to_string).collect();
        assert_eq!(on, expected, "{number}");
    }
}

#[test]
fn the_user_ends_the_call_where_it_is() {
    let (mut desk, _) = Desk::calling();
    desk.frame("b", IframeLocation::Remote);
    desk.does(Action::EndCall);
    assert_eq!(desk.kinds(), ["a END_CALL"]);
    desk.says("a", "CALL_ENDED", r#"{"externalCallId": "c1"}"#);
    desk.does(Action::EndCall);
    assert!(desk.kinds().is_empty(), "it is over");
}
