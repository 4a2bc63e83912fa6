//! Conversations without findings.

use super::*;

#[track_caller]
fn check(name: &str, conversation: &Conversation) {
    assert_eq!(conversation.found(), [], "{name}");
    assert_eq!(conversation.found_by(Check::starting_at(40)), [], "{name}, from the middle");
}

#[test]
fn calls_of_our_widget() {
    check("saved", &Conversation::saved());

    let mut conversation = Conversation::saved();
    conversation.sends("USER_AVAILABLE", Json::Null).sends("INCOMING_CALL", json!({"externalCallId": "in", "fromNumber": "+442073238299", "toNumber": "+16179483986", "callStartTime": START, "createEngagement": true}));
    conversation.receives("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": []}));
    conversation.sends("NAVIGATE_TO_RECORD", json!({"objectCoordinates": {"portalId": 6_125_000, "objectId": "101", "objectTypeId": "0-1"}, "openIn": "NEW_TAB"}));
    conversation.sends("CALL_ENDED", json!({"externalCallId": "in", "callEndStatus": "REJECTED"}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "in", "engagementProperties": {"hs_timestamp": "1763700000000", "hs_call_status": "CANCELED", "hs_call_direction": "INBOUND", "hs_call_disposition": null}}));
    conversation
        .sends("FINALIZE_ENGAGEMENT", json!({"externalCallId": "in", "engagementId": 222}))
        .sends("LOGGED_OUT", Json::Null);
    check("rejected", &conversation);

    let mut conversation = Conversation::ready();
    conversation.sends("INCOMING_CALL", json!({"externalCallId": "in", "fromNumber": "", "toNumber": "+16179483986"}));
    conversation.sends("CALL_TRANSFERRED", json!({"externalCallId": "in"}));
    check("transferred unanswered: its last message", &conversation);

    let mut conversation = Conversation::saved();
    conversation.sends(
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "typed", "toNumber": "+15550199", "createEngagement": false}),
    );
    conversation.sends("CALL_ENDED", json!({"externalCallId": "typed", "callEndStatus": "BUSY"}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "typed", "engagementId": "00777"}));
    check("a typed number, and an engagement of the app's own", &conversation);
}

#[test]
fn the_react_demo() {
    let mut conversation = Conversation::new();
    conversation.host = "1763700000000".into();
    conversation.sync().sync().sync().ack().sends(
        "INITIALIZED",
        json!({"isLoggedIn": false, "isAvailable": false, "engagementId": 0, "sizeInfo": {"width": 400, "height": 650}, "iframeLocation": "widget", "usesCallingWindow": null, "portalId": 6_125_000, "hostUrl": HOST}),
    );
    conversation.sends("LOGGED_IN", Json::Null).sends("USER_AVAILABLE", Json::Null);
    conversation.sends("OUTGOING_CALL_STARTED", json!({"createEngagement": true, "toNumber": "+16175550100", "fromNumber": "+16179483986", "externalCallId": "5e2c"}));
    conversation.receives("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 9}));
    conversation.sends("CALL_ANSWERED", json!({"externalCallId": "5e2c"}));
    conversation.sends("CALL_ENDED", json!({"callEndStatus": "COMPLETED", "externalCallId": "5e2c"}));
    conversation.sends("CALL_COMPLETED", json!({"engagementId": null, "hideWidget": false, "externalCallId": "5e2c"}));
    conversation
        .sends("ERROR", json!({"type": "ERROR", "message": "Something"}))
        .sends("RESIZE_WIDGET", json!({"width": 420, "height": 670}));
    check("one call", &conversation);

    // The package uses the time as id: two messages of one millisecond have the same id.
    let mut conversation = Conversation::ready();
    for kind in ["USER_AVAILABLE", "USER_UNAVAILABLE"] {
        conversation.sends_raw(json!({"type": kind, "messageId": "1763700000123_1763700000456"}));
    }
    check("two messages in one millisecond", &conversation);

    // It sends SYNC with the same instance after each reload of the frame.
    let mut conversation = Conversation::new();
    conversation.host = "1763700000000".into();
    conversation.sync().ack().sends("INITIALIZED", json!({})).sync().ack().sends("INITIALIZED", json!({}));
    check("a frame that reloads", &conversation);
}

#[test]
fn variants_in_the_documentation() {
    let mut conversation = Conversation::ready();
    conversation
        .sends("INITIALIZED", json!({"isLoggedIn": true, "engagementId": 5, "isAvailable": 1, "notYetInvented": [{}]}));
    conversation.sends("OUTGOING_CALL_STARTED", json!({"externalCallId": 4711, "callStartTime": START, "createEngagement": true, "fromNumber": "1", "toNumber": "2", "phoneNumber": "2"}));
    conversation.receives("ENGAGEMENT_CREATED", json!({"engagementId": 5}));
    conversation.sends("CALL_ANSWERED", json!({"externalCallId": 4711}));
    conversation.sends("CALL_ENDED", json!({"externalCallId": "4711", "engagementId": "5"}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": 4711, "engagementId": "5", "engagementProperties": {"hs_timestamp": START, "hs_call_status": "COMPLETED", "my_own_property": "x"}}));
    conversation
        .sends("RESIZE_WIDGET", json!({"width": "420px", "height": "100"}))
        .sends("CALL_DATA", json!([1, "anything"]));
    conversation.sends("SET_WIDGET_URL", json!({"iFrameUrl": "https://example.com/widget"}));
    check("ids in either form, old and new names side by side", &conversation);

    for time in [json!(START), json!("1763700000000"), json!("2025-11-21T04:40:00Z")] {
        let mut conversation = Conversation::ended();
        conversation
            .sends("CALL_COMPLETED", json!({"externalCallId": "call", "engagementProperties": {"hs_timestamp": time}}));
        check("a time", &conversation);
    }
}

#[test]
fn several_frames_and_reloads() {
    let mut conversation = Conversation::new();
    for (frame, host) in [("remote", "rsa-1"), ("window", "rsb-1")] {
        conversation.frame(frame, host).sync().sync().ack().sends("INITIALIZED", json!({"isLoggedIn": true}));
    }
    conversation
        .frame("remote", "rsa-1")
        .receives("DIAL_NUMBER", dial("1"))
        .frame("window", "rsb-1")
        .receives("DIAL_NUMBER", dial("1"));
    conversation.sends(
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "one", "toNumber": "1", "createEngagement": true, "dialingContext": dial("1")}),
    );
    for (frame, host) in [("remote", "rsa-1"), ("window", "rsb-1")] {
        conversation.frame(frame, host).receives("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 1}));
    }
    conversation.frame("remote", "rsa-1").sends("CALL_ENDED", json!({"externalCallId": "one", "engagementId": 1}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "one", "engagementId": 1}));
    check("navigation bar and calling window share a call", &conversation);

    let mut conversation = Conversation::ringing();
    conversation.frame("frame", "rshost-2").sync_with(json!({"engagementId": 111})).ack();
    conversation
        .sends("INITIALIZED", json!({"engagementId": 111}))
        .sends("CALL_ANSWERED", json!({"externalCallId": "call"}));
    conversation.frame("other", "rsnew-1").sync().ack().sends("INITIALIZED", json!({}));
    conversation.sends("CALL_ENDED", json!({"externalCallId": "call", "engagementId": 111}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "call", "engagementId": 111}));
    check("frame and host reload during a call", &conversation);

    let mut conversation = Conversation::ready();
    conversation.sync().sends("USER_AVAILABLE", Json::Null);
    check("a second SYNC needs no answer", &conversation);

    let mut conversation = Conversation::new();
    conversation.sync_with(json!({"engagementId": 333})).ack().sends("INITIALIZED", json!({"engagementId": 333}));
    conversation.sends("CALL_ANSWERED", json!({"externalCallId": "started elsewhere"}));
    conversation.sends("CALL_ENDED", json!({"externalCallId": "started elsewhere", "engagementId": 333}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "started elsewhere", "engagementId": 333}));
    check("an inbound call that HubSpot knew before", &conversation);
}

#[test]
fn delivery_faults_are_not_the_widgets_errors() {
    let mut conversation = Conversation::ringing();
    conversation.again().sends("CALL_ENDED", json!({"externalCallId": "call", "engagementId": 111}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "call", "engagementId": 111}));
    check("an answer seen_messages twice", &conversation);

    let mut conversation = Conversation::ready();
    for (call, engagement) in [("a", 0), ("b", 2), ("c", 3)] {
        conversation.sends("OUTGOING_CALL_STARTED", json!({"externalCallId": call, "createEngagement": true}));
        if engagement > 0 {
            conversation.receives("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": engagement}));
        }
        conversation.sends("CALL_ENDED", json!({"externalCallId": call, "engagementId": engagement}));
        conversation.sends("CALL_COMPLETED", json!({"externalCallId": call, "engagementId": engagement}));
    }
    check("an answer that was lost", &conversation);

    let mut conversation = Conversation::ready();
    conversation.receives("DIAL_NUMBER", dial("+15550100"));
    conversation.wait(9_000.0).receives("DIAL_NUMBER", dial("+15550200")).lose().wait(9_000.0);
    let context = json!({"externalCallId": "x", "toNumber": "+15550100", "dialingContext": dial("+15550100")});
    conversation.sends("OUTGOING_CALL_STARTED", context).sends("CALL_ENDED", json!({"externalCallId": "x"}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "x"}));
    check("a click that was lost", &conversation);

    let mut conversation = Conversation::ready();
    conversation
        .receives("NOT_A_TYPE", json!({}))
        .sends("ERROR", json!({"type": "UNKNOWN_MESSAGE_TYPE", "data": {"originalMessage": {"type": "NOT_A_TYPE"}}}));
    conversation.sends_ignored(json!({"source": "an extension"}), Ignored::OtherWindow);
    check("an unknown type, and another window", &conversation);
}

#[test]
fn calls_before_the_transcript_are_accepted() {
    let mut conversation = Conversation::new();
    conversation.sends("CALL_ENDED", json!({"externalCallId": "old", "engagementId": 4}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "old", "engagementId": 4}));
    conversation
        .sends("OUTGOING_CALL_STARTED", json!({"externalCallId": "new", "toNumber": "1", "dialingContext": dial("1")}));
    conversation
        .sends("CALL_ENDED", json!({"externalCallId": "new"}))
        .sends("CALL_COMPLETED", json!({"externalCallId": "new"}));
    assert_eq!(conversation.found_by(Check::starting_at(2_000)), []);
    assert!(!conversation.found().is_empty(), "and from the start it is not");
}
