//! One fault each: it is found, and nothing else.

use super::*;

/// The fault is the latest message; it is found there, in this field.
#[track_caller]
fn check(rule: Rule, field: Option<&str>, talk: &Talk) {
    let found = talk.found();
    let [finding] = &found[..] else { panic!("{rule:?} alone was to be found: {found:#?}") };
    assert_eq!((finding.rule, finding.field.as_deref()), (rule, field), "{finding:?}");
    assert_eq!(finding.entry, talk.entries.len() as u64 - 1, "{finding:?}");
}

/// The latest message breaks the rule.
#[track_caller]
fn said(rule: Rule, field: &str, mut talk: Talk, kind: &str, data: Json) {
    talk.says(kind, data);
    check(rule, (!field.is_empty()).then_some(field), &talk);
}

#[test]
fn messages_that_are_none() {
    let mut talk = Talk::ready();
    talk.says_raw(json!({"hello": 1}));
    check(Rule::NotAMessage, None, &talk);

    let mut talk = Talk::ready();
    talk.says_raw(json!({"type": "USER_AVAILABLE"}));
    check(Rule::MessageIdMissing, Some("messageId"), &talk);

    let mut talk = Talk::ready();
    talk.says("USER_AVAILABLE", Json::Null).again();
    check(Rule::MessageIdTwice, Some("messageId"), &talk);

    let mut talk = Talk::ready();
    talk.says_raw(json!({"type": "USER_AVAILABLE", "messageId": "x_1"}))
        .says_raw(json!({"type": "USER_UNAVAILABLE", "messageId": "x_1"}));
    check(Rule::MessageIdTwice, Some("messageId"), &talk);

    let mut talk = Talk::ready();
    talk.says_raw(json!({"type": "USER_AVAILABLE", "messageId": "rshost-1_1"}));
    check(Rule::MessageIdOfHost, Some("messageId"), &talk);

    let mut talk = Talk::ready();
    talk.says_in_vain(json!({"type": "USER_AVAILABLE", "messageId": "x_1"}), Ignored::OtherOrigin);
    check(Rule::OtherOrigin, None, &talk);

    let mut talk = Talk::ready();
    talk.says_in_vain(Json::Null, Ignored::Unreadable(calling_extensions::codec::Unreadable::TooDeep));
    check(Rule::Unreadable, None, &talk);

    for kind in ["OUTGOING_CALL", "DIAL_NUMBER", "toString", "call_ended"] {
        said(Rule::UnknownType, "", Talk::ready(), kind, json!({}));
    }
    for kind in ["READY", "SYNC", "SYNC_ACK_FAILED"] {
        said(Rule::Misplaced, "", Talk::ready(), kind, json!({}));
    }
}

#[test]
fn the_handshake() {
    let mut talk = Talk::new();
    talk.sync().wait(100.0).sync();
    check(Rule::SyncUnanswered, None, &talk);

    let mut talk = Talk::new();
    talk.sync().ack().says("INITIALIZED", json!({})).sync().ack();
    let found: Vec<Rule> = talk.found().iter().map(|finding| finding.rule).collect();
    assert_eq!(found, [Rule::SyncAckTwice], "another SYNC of the same instance");

    let mut talk = Talk::new();
    talk.host = "1763700000000".into();
    talk.sync().sync().ack().says("INITIALIZED", json!({})).ack();
    check(Rule::SyncAckTwice, None, &talk);

    let mut talk = Talk::ready();
    talk.sync().ack_with(json!({"messageId": "rshost-1_99"})).says("INITIALIZED", json!({}));
    let found: Vec<Rule> = talk.found().iter().map(|finding| finding.rule).collect();
    assert_eq!(found, [Rule::SyncAckStray]);

    for (changed, field) in [
        (json!({"portalId": null}), "portalId"),
        (json!({"portalId": 1}), "portalId"),
        (json!({"hostUrl": null}), "hostUrl"),
        (json!({"version": null}), "version"),
        (json!({"iFrameUrl": null}), "iFrameUrl"),
    ] {
        let mut talk = Talk::new();
        talk.sync().ack_with(changed);
        let entry = talk.entries.len() as u64 - 1;
        talk.says("INITIALIZED", json!({}));
        let found = talk.found();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].rule, found[0].field.as_deref(), found[0].entry),
            (Rule::SyncAckIncomplete, Some(field), entry)
        );
    }

    let mut talk = Talk::new();
    talk.sync().ack().says("INITIALIZED", json!({}));
    let ack = serde_json::to_value(&talk.entries[1].message).unwrap();
    talk.frame("other", "rsother-1").sync().says_in_vain(ack, Ignored::ForeignAddress);
    let found: Vec<Rule> = talk.found().iter().map(|finding| finding.rule).collect();
    assert_eq!(found, [Rule::SyncAckAddress, Rule::SyncUnanswered], "an answer that is not taken is none");
}

#[test]
fn the_order_of_the_first_words() {
    let mut talk = Talk::new();
    talk.says("INITIALIZED", json!({}));
    check(Rule::BeforeReady, None, &talk);

    let mut talk = Talk::new();
    talk.sync().says("LOGGED_IN", Json::Null).ack().says("INITIALIZED", json!({}));
    let found = talk.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].rule, found[0].entry), (Rule::BeforeReady, 1));

    let mut talk = Talk::ready();
    talk.frame("frame", "rshost-2").sync();
    talk.says_in_vain(json!({"type": "USER_AVAILABLE", "messageId": "x_1"}), Ignored::BeforeHandshake);
    check(Rule::BeforeReady, None, &talk);

    let mut talk = Talk::new();
    talk.sync().ack().says("LOGGED_IN", Json::Null);
    check(Rule::BeforeInitialized, None, &talk);

    let mut talk = Talk::new();
    talk.sync().ack().says("ERROR", json!({"message": "no phone"}));
    check(Rule::NeverInitialized, None, &talk);
}

#[test]
fn fields() {
    let missing: &[(&str, Json, &str)] = &[
        ("INCOMING_CALL", json!({"externalCallId": "x", "toNumber": "2"}), "fromNumber"),
        ("INCOMING_CALL", json!({"externalCallId": "x", "fromNumber": "2", "toNumber": null}), "toNumber"),
        ("NAVIGATE_TO_RECORD", json!({}), "objectCoordinates"),
        (
            "NAVIGATE_TO_RECORD",
            json!({"objectCoordinates": {"portalId": 1, "objectTypeId": "0-1"}}),
            "objectCoordinates.objectId",
        ),
        ("ERROR", json!({}), "message"),
        ("RESIZE_WIDGET", json!({"width": 400}), "height"),
        ("SET_WIDGET_URL", Json::Null, "iFrameUrl"),
    ];
    for (kind, data, field) in missing {
        match *kind {
            "INCOMING_CALL" => saved_after(Rule::MissingField, field, Talk::ready(), kind, data.clone()),
            _ => said(Rule::MissingField, field, Talk::ready(), kind, data.clone()),
        }
    }
    let mut talk = Talk::saved();
    talk.says("FINALIZE_ENGAGEMENT", json!({"externalCallId": "call"}));
    check(Rule::MissingField, Some("engagementId"), &talk);

    let mistyped: &[(&str, Json, &str)] = &[
        ("INITIALIZED", json!({"isLoggedIn": "true"}), "isLoggedIn"),
        ("INITIALIZED", json!({"isAvailable": "1"}), "isAvailable"),
        ("INITIALIZED", json!({"engagementId": {}}), "engagementId"),
        ("INITIALIZED", json!({"sizeInfo": [400, 650]}), "sizeInfo"),
        ("INITIALIZED", json!("ready"), "data"),
        ("ERROR", json!({"message": {"text": "x"}}), "message"),
        ("RESIZE_WIDGET", json!({"width": 400, "height": true}), "height"),
        ("NAVIGATE_TO_RECORD", json!({"objectCoordinates": "0-1/101"}), "objectCoordinates"),
        (
            "NAVIGATE_TO_RECORD",
            json!({"objectCoordinates": {"portalId": 1, "objectId": 1, "objectTypeId": 1}}),
            "objectCoordinates.objectTypeId",
        ),
    ];
    for (kind, data, field) in mistyped {
        said(Rule::MistypedField, field, Talk::ready(), kind, data.clone());
    }
    for (data, field) in [
        (json!({"externalCallId": "call", "callEndStatus": 3}), "callEndStatus"),
        (json!({"externalCallId": "call", "engagementId": true}), "engagementId"),
    ] {
        saved_after(Rule::MistypedField, field, Talk::ringing(), "CALL_ENDED", data);
    }
    saved_after(
        Rule::UnknownValue,
        "callEndStatus",
        Talk::ringing(),
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "DONE"}),
    );
    saved_after(
        Rule::InternalStatus,
        "callEndStatus",
        Talk::ringing(),
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "INTERNAL_COMPLETED"}),
    );
    saved_after(Rule::FieldOutsideData, "externalCallId", Talk::ringing(), "CALL_ENDED", Json::Null);
    said(
        Rule::UnknownValue,
        "openIn",
        Talk::ready(),
        "NAVIGATE_TO_RECORD",
        json!({"objectCoordinates": {"portalId": 1, "objectId": 1, "objectTypeId": "0-1"}, "openIn": "tab"}),
    );

    let mut talk = Talk::ready();
    talk.says_raw(json!({"type": "SET_WIDGET_URL", "messageId": "x_1", "iFrameUrl": "https://example.com/"}));
    check(Rule::FieldOutsideData, Some("iFrameUrl"), &talk);

    for url in ["javascript:alert(1)", "widget.html", ""] {
        said(Rule::AddressNotHttp, "iFrameUrl", Talk::ready(), "SET_WIDGET_URL", json!({"iFrameUrl": url}));
    }
    for size in [json!(0), json!(-1), json!("0px")] {
        said(Rule::SizeNotPositive, "width", Talk::ready(), "RESIZE_WIDGET", json!({"width": size, "height": 1}));
    }
    said(
        Rule::SizeNotPositive,
        "sizeInfo.height",
        Talk::ready(),
        "INITIALIZED",
        json!({"sizeInfo": {"width": 1, "height": 0}}),
    );
    said(
        Rule::TypeNotUnderstood,
        "",
        Talk::ready(),
        "ERROR",
        json!({"type": "UNKNOWN_MESSAGE_TYPE", "data": {"originalMessage": {"type": "END_CALL"}}}),
    );
}

#[test]
fn what_is_out_of_date() {
    let mut talk = Talk::saved();
    talk.says("PUBLISH_TO_CHANNEL", json!({"externalCallId": "call", "engagementId": 111}));
    check(Rule::DeprecatedType, None, &talk);

    // As older pages of the documentation have it.
    saved_after(
        Rule::DeprecatedField,
        "phoneNumber",
        Talk::ready(),
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "call", "phoneNumber": "+15550100"}),
    );
    saved_after(Rule::CallNotNamed, "externalCallId", Talk::ringing(), "CALL_ANSWERED", Json::Null);
    saved_after(Rule::CallNotNamed, "externalCallId", Talk::ringing(), "CALL_ENDED", Json::Null);
    said(
        Rule::CallNotNamed,
        "externalCallId",
        Talk::ended(),
        "CALL_COMPLETED",
        json!({"engagementId": 111, "hideWidget": true}),
    );
}

#[test]
fn a_call_without_a_name_is_followed_nevertheless() {
    let mut talk = Talk::ready();
    talk.says("OUTGOING_CALL_STARTED", json!({"createEngagement": true}));
    for kind in ["CALL_ANSWERED", "CALL_ENDED", "CALL_ENDED", "CALL_COMPLETED"] {
        talk.says(kind, Json::Null);
    }
    let found: Vec<Rule> =
        talk.found().iter().map(|finding| finding.rule).filter(|rule| *rule != Rule::CallNotNamed).collect();
    assert_eq!(found, [Rule::EndedTwice]);
}

#[test]
fn engagement_properties() {
    use Rule::*;
    for (rule, name, value) in [
        (PropertyNotText, "hs_call_duration", json!(12_000)),
        (PropertyNotText, "hs_call_body", json!({"html": ""})),
        (PropertyNotText, "hs_call_status", json!(1)),
        (PropertyNotText, "my_own_property", json!(true)),
        (InternalStatus, "hs_call_status", json!("INTERNAL_COMPLETED")),
        (EndStatusInProperties, "hs_call_status", json!("REJECTED")),
        (EndStatusInProperties, "hs_call_status", json!("MISSED")),
        (UnknownValue, "hs_call_status", json!("completed")),
        (UnknownValue, "hs_call_direction", json!("OUT")),
        (UnknownValue, "hs_call_source", json!("MINE")),
        (RecordingUrlRetired, "hs_call_recording_url", json!("https://example.com/1.mp3")),
        (TimeNotMilliseconds, "hs_timestamp", json!(1_763_700_000)),
        (TimeNotMilliseconds, "hs_timestamp", json!("yesterday")),
        (PropertyNotText, "hs_timestamp", json!({})),
        (TimestampMissing, "hs_timestamp", Json::Null),
        (Contradiction, "hs_call_status", json!("BUSY")),
        (Contradiction, "hs_call_direction", json!("INBOUND")),
    ] {
        let mut data = completed("call", 111);
        data["engagementProperties"][name] = value;
        said(rule, &format!("engagementProperties.{name}"), Talk::ended(), "CALL_COMPLETED", data);
    }
    saved_after(
        TimeNotMilliseconds,
        "callStartTime",
        Talk::ready(),
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "call", "callStartTime": 1_763_700_000}),
    );
}

/// One fault, one finding: what follows from it is not held against the widget a second time.
#[test]
fn a_status_that_is_none_contradicts_nothing() {
    for (rule, status) in [(Rule::InternalStatus, "INTERNAL_COMPLETED"), (Rule::UnknownValue, "DONE")] {
        let mut talk = Talk::ringing();
        talk.says("CALL_ENDED", json!({"externalCallId": "call", "callEndStatus": status}));
        talk.says("CALL_COMPLETED", completed("call", 111));
        let found: Vec<Rule> = talk.found().iter().map(|finding| finding.rule).collect();
        assert_eq!(found, [rule]);
    }
}

#[test]
fn the_life_of_a_call() {
    use Rule::*;
    for kind in ["CALL_ANSWERED", "CALL_TRANSFERRED", "CALL_ENDED", "CALL_COMPLETED", "FINALIZE_ENGAGEMENT"] {
        said(NotStarted, "", Talk::saved(), kind, json!({"externalCallId": "never", "engagementId": 1}));
    }
    said(StartedTwice, "", Talk::saved(), "OUTGOING_CALL_STARTED", json!({"externalCallId": "call"}));
    said(CompletedTwice, "", Talk::saved(), "CALL_COMPLETED", json!({"externalCallId": "call"}));
    said(EndedTwice, "", Talk::saved(), "CALL_ENDED", json!({"externalCallId": "call"}));
    said(AfterEnd, "", Talk::saved(), "CALL_ANSWERED", json!({"externalCallId": "call"}));
    said(AfterEnd, "", Talk::saved(), "CALL_TRANSFERRED", json!({"externalCallId": "call"}));
    said(CompletedBeforeEnd, "", Talk::ringing(), "CALL_COMPLETED", json!({"externalCallId": "call"}));
    said(NeverEnded, "", Talk::ready(), "OUTGOING_CALL_STARTED", json!({"externalCallId": "call"}));
    check(NeverCompleted, None, &Talk::ended());

    let mut talk = Talk::ringing();
    talk.says("CALL_ANSWERED", json!({"externalCallId": "call"}));
    saved_after(AnsweredTwice, "", talk, "CALL_ANSWERED", json!({"externalCallId": "call"}));

    let mut talk = Talk::ringing();
    talk.says("CALL_ANSWERED", json!({"externalCallId": "call"}));
    saved_after(
        Contradiction,
        "callEndStatus",
        talk,
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "NO_ANSWER"}),
    );
    saved_after(
        Contradiction,
        "callEndStatus",
        Talk::ringing(),
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "MISSED"}),
    );

    // Left behind for the next call: found as soon as that begins, and once.
    let mut talk = Talk::ended();
    let end = talk.entries.len() as u64 - 1;
    talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": "next"}))
        .says("CALL_ENDED", json!({"externalCallId": "next"}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "next"}));
    let found = talk.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].rule, found[0].entry, found[0].call.as_deref()), (NeverCompleted, end, Some("call")));
}

#[test]
fn engagements_of_other_calls() {
    for id in [json!(111), json!("111")] {
        let mut talk = Talk::saved();
        talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": "next", "createEngagement": true}));
        talk.hears("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 222}));
        saved_after(
            Rule::EngagementOfOther,
            "engagementId",
            talk,
            "CALL_ENDED",
            json!({"externalCallId": "next", "engagementId": id}),
        );
    }
    let mut talk = Talk::saved();
    talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": "next", "createEngagement": true}));
    talk.hears("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "no"}}));
    saved_after(
        Rule::EngagementOfOther,
        "engagementId",
        talk,
        "CALL_ENDED",
        json!({"externalCallId": "next", "engagementId": 111}),
    );
}

#[test]
fn dialing_contexts() {
    let start =
        |context: Json, number: &str| json!({"externalCallId": "next", "toNumber": number, "dialingContext": context});
    let clicked = |number: &str| {
        let mut talk = Talk::saved();
        talk.hears("DIAL_NUMBER", dial(number)).wait(5_000.0);
        talk
    };
    let rule = |rule, talk, data| saved_after(rule, "dialingContext", talk, "OUTGOING_CALL_STARTED", data);

    let mut changed = dial("+15550199");
    changed["objectId"] = json!(7);
    rule(Rule::ContextChanged, clicked("+15550199"), start(changed, "+15550199"));
    let mut shortened = dial("+15550199");
    shortened.as_object_mut().unwrap().remove("calleeInfo");
    rule(Rule::ContextChanged, clicked("+15550199"), start(shortened, "+15550199"));
    rule(Rule::ContextMisplaced, clicked("+15550199"), start(dial("+15550199"), "+15550188"));
    rule(Rule::ContextMisplaced, Talk::saved(), start(dial("+1 617-555-0100"), "+16175550100"));
    rule(Rule::ContextMisplaced, clicked("+15550199"), start(dial("+1 617-555-0100"), "+16175550100"));

    let mut ticket = dial("+15550199");
    ticket["calleeInfo"]["calleeObjectTypeId"] = json!("0-5");
    let mut talk = Talk::saved();
    talk.hears("DIAL_NUMBER", ticket);
    rule(Rule::ContextMissing, talk, json!({"externalCallId": "next", "toNumber": "+15550199"}));
}

/// The message breaks the rule; then its call goes on as it should.
#[track_caller]
fn saved_after(rule: Rule, field: &str, mut talk: Talk, kind: &str, data: Json) {
    let entry = talk.entries.len() as u64;
    let call = data.get("externalCallId").cloned().unwrap_or(json!("call"));
    if rule == Rule::FieldOutsideData {
        talk.says_raw(json!({"type": kind, "messageId": "x_1", "externalCallId": call}));
    } else {
        talk.says(kind, data);
    }
    if kind != "CALL_ENDED" {
        talk.says("CALL_ENDED", json!({"externalCallId": call}));
    }
    talk.says("CALL_COMPLETED", json!({"externalCallId": call}));
    let found = talk.found();
    let [finding] = &found[..] else { panic!("{rule:?} alone was to be found: {found:#?}") };
    assert_eq!((finding.rule, finding.entry), (rule, entry), "{finding:?}");
    assert_eq!(finding.field.as_deref().unwrap_or_default(), field);
}
