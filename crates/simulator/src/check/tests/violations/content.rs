//! The content of messages.

use super::*;

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
            "INCOMING_CALL" => check_completed(Rule::MissingField, field, Conversation::ready(), kind, data.clone()),
            _ => check_last(Rule::MissingField, field, Conversation::ready(), kind, data.clone()),
        }
    }
    let mut conversation = Conversation::saved();
    conversation.sends("FINALIZE_ENGAGEMENT", json!({"externalCallId": "call"}));
    check(Rule::MissingField, Some("engagementId"), &conversation);

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
        check_last(Rule::MistypedField, field, Conversation::ready(), kind, data.clone());
    }
    for (data, field) in [
        (json!({"externalCallId": "call", "callEndStatus": 3}), "callEndStatus"),
        (json!({"externalCallId": "call", "engagementId": true}), "engagementId"),
    ] {
        check_completed(Rule::MistypedField, field, Conversation::ringing(), "CALL_ENDED", data);
    }
    check_completed(
        Rule::UnknownValue,
        "callEndStatus",
        Conversation::ringing(),
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "DONE"}),
    );
    check_completed(
        Rule::InternalStatus,
        "callEndStatus",
        Conversation::ringing(),
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "INTERNAL_COMPLETED"}),
    );
    check_completed(Rule::FieldOutsideData, "externalCallId", Conversation::ringing(), "CALL_ENDED", Json::Null);
    check_last(
        Rule::UnknownValue,
        "openIn",
        Conversation::ready(),
        "NAVIGATE_TO_RECORD",
        json!({"objectCoordinates": {"portalId": 1, "objectId": 1, "objectTypeId": "0-1"}, "openIn": "tab"}),
    );

    let mut conversation = Conversation::ready();
    conversation.sends_raw(json!({"type": "SET_WIDGET_URL", "messageId": "x_1", "iFrameUrl": "https://example.com/"}));
    check(Rule::FieldOutsideData, Some("iFrameUrl"), &conversation);

    for url in ["javascript:alert(1)", "widget.html", ""] {
        check_last(
            Rule::AddressNotHttp,
            "iFrameUrl",
            Conversation::ready(),
            "SET_WIDGET_URL",
            json!({"iFrameUrl": url}),
        );
    }
    for size in [json!(0), json!(-1), json!("0px")] {
        check_last(
            Rule::SizeNotPositive,
            "width",
            Conversation::ready(),
            "RESIZE_WIDGET",
            json!({"width": size, "height": 1}),
        );
    }
    check_last(
        Rule::SizeNotPositive,
        "sizeInfo.height",
        Conversation::ready(),
        "INITIALIZED",
        json!({"sizeInfo": {"width": 1, "height": 0}}),
    );
    check_last(
        Rule::TypeNotUnderstood,
        "",
        Conversation::ready(),
        "ERROR",
        json!({"type": "UNKNOWN_MESSAGE_TYPE", "data": {"originalMessage": {"type": "END_CALL"}}}),
    );
}

#[test]
fn deprecated_messages_and_fields() {
    let mut conversation = Conversation::saved();
    conversation.sends("PUBLISH_TO_CHANNEL", json!({"externalCallId": "call", "engagementId": 111}));
    check(Rule::DeprecatedType, None, &conversation);

    // As in older pages of the documentation.
    check_completed(
        Rule::DeprecatedField,
        "phoneNumber",
        Conversation::ready(),
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "call", "phoneNumber": "+15550100"}),
    );
    check_completed(Rule::CallNotNamed, "externalCallId", Conversation::ringing(), "CALL_ANSWERED", Json::Null);
    check_completed(Rule::CallNotNamed, "externalCallId", Conversation::ringing(), "CALL_ENDED", Json::Null);
    check_last(
        Rule::CallNotNamed,
        "externalCallId",
        Conversation::ended(),
        "CALL_COMPLETED",
        json!({"engagementId": 111, "hideWidget": true}),
    );
}

#[test]
fn a_call_without_an_id_is_tracked() {
    let mut conversation = Conversation::ready();
    conversation.sends("OUTGOING_CALL_STARTED", json!({"createEngagement": true}));
    for kind in ["CALL_ANSWERED", "CALL_ENDED", "CALL_ENDED", "CALL_COMPLETED"] {
        conversation.sends(kind, Json::Null);
    }
    let found: Vec<Rule> =
        conversation.found().iter().map(|finding| finding.rule).filter(|rule| *rule != Rule::CallNotNamed).collect();
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
        check_last(rule, &format!("engagementProperties.{name}"), Conversation::ended(), "CALL_COMPLETED", data);
    }
    check_completed(
        TimeNotMilliseconds,
        "callStartTime",
        Conversation::ready(),
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "call", "callStartTime": 1_763_700_000}),
    );
}

/// One error, one finding: its consequences are not reported again.
#[test]
fn an_invalid_status_is_no_contradiction() {
    for (rule, status) in [(Rule::InternalStatus, "INTERNAL_COMPLETED"), (Rule::UnknownValue, "DONE")] {
        let mut conversation = Conversation::ringing();
        conversation.sends("CALL_ENDED", json!({"externalCallId": "call", "callEndStatus": status}));
        conversation.sends("CALL_COMPLETED", completed("call", 111));
        let found: Vec<Rule> = conversation.found().iter().map(|finding| finding.rule).collect();
        assert_eq!(found, [rule]);
    }
}
