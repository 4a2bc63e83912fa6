//! Nothing is to be said of these.

use super::*;

#[track_caller]
fn check(name: &str, talk: &Talk) {
    assert_eq!(talk.found(), [], "{name}");
    assert_eq!(talk.found_by(Check::from_the_middle(40)), [], "{name}, from the middle");
}

#[test]
fn calls_of_our_widget() {
    check("saved", &Talk::saved());

    let mut talk = Talk::saved();
    talk.says("USER_AVAILABLE", Json::Null).says("INCOMING_CALL", json!({"externalCallId": "in", "fromNumber": "+442073238299", "toNumber": "+16179483986", "callStartTime": START, "createEngagement": true}));
    talk.hears("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": []}));
    talk.says("NAVIGATE_TO_RECORD", json!({"objectCoordinates": {"portalId": 6_125_000, "objectId": "101", "objectTypeId": "0-1"}, "openIn": "NEW_TAB"}));
    talk.says("CALL_ENDED", json!({"externalCallId": "in", "callEndStatus": "REJECTED"}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "in", "engagementProperties": {"hs_timestamp": "1763700000000", "hs_call_status": "CANCELED", "hs_call_direction": "INBOUND", "hs_call_disposition": null}}));
    talk.says("FINALIZE_ENGAGEMENT", json!({"externalCallId": "in", "engagementId": 222}))
        .says("LOGGED_OUT", Json::Null);
    check("rejected", &talk);

    let mut talk = Talk::ready();
    talk.says("INCOMING_CALL", json!({"externalCallId": "in", "fromNumber": "", "toNumber": "+16179483986"}));
    talk.says("CALL_TRANSFERRED", json!({"externalCallId": "in"}));
    check("given away unanswered: its last message", &talk);

    let mut talk = Talk::saved();
    talk.says(
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "typed", "toNumber": "+15550199", "createEngagement": false}),
    );
    talk.says("CALL_ENDED", json!({"externalCallId": "typed", "callEndStatus": "BUSY"}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "typed", "engagementId": "00777"}));
    check("a typed number, and an engagement of the app's own", &talk);
}

#[test]
fn habits_of_the_react_demo() {
    let mut talk = Talk::new();
    talk.host = "1763700000000".into();
    talk.sync().sync().sync().ack().says(
        "INITIALIZED",
        json!({"isLoggedIn": false, "isAvailable": false, "engagementId": 0, "sizeInfo": {"width": 400, "height": 650}, "iframeLocation": "widget", "usesCallingWindow": null, "portalId": 6_125_000, "hostUrl": HOST}),
    );
    talk.says("LOGGED_IN", Json::Null).says("USER_AVAILABLE", Json::Null);
    talk.says("OUTGOING_CALL_STARTED", json!({"createEngagement": true, "toNumber": "+16175550100", "fromNumber": "+16179483986", "externalCallId": "5e2c"}));
    talk.hears("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 9}));
    talk.says("CALL_ANSWERED", json!({"externalCallId": "5e2c"}));
    talk.says("CALL_ENDED", json!({"callEndStatus": "COMPLETED", "externalCallId": "5e2c"}));
    talk.says("CALL_COMPLETED", json!({"engagementId": null, "hideWidget": false, "externalCallId": "5e2c"}));
    talk.says("ERROR", json!({"type": "ERROR", "message": "Something"}))
        .says("RESIZE_WIDGET", json!({"width": 420, "height": 670}));
    check("one call", &talk);

    // The package makes its ids of the clock: two messages of one millisecond share one.
    let mut talk = Talk::ready();
    for kind in ["USER_AVAILABLE", "USER_UNAVAILABLE"] {
        talk.says_raw(json!({"type": kind, "messageId": "1763700000123_1763700000456"}));
    }
    check("two messages in one millisecond", &talk);

    // It says SYNC with one instance to every life of its frame.
    let mut talk = Talk::new();
    talk.host = "1763700000000".into();
    talk.sync().ack().says("INITIALIZED", json!({})).sync().ack().says("INITIALIZED", json!({}));
    check("a frame that loads anew", &talk);
}

#[test]
fn spellings_of_the_documentation() {
    let mut talk = Talk::ready();
    talk.says("INITIALIZED", json!({"isLoggedIn": true, "engagementId": 5, "isAvailable": 1, "notYetInvented": [{}]}));
    talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": 4711, "callStartTime": START, "createEngagement": true, "fromNumber": "1", "toNumber": "2", "phoneNumber": "2"}));
    talk.hears("ENGAGEMENT_CREATED", json!({"engagementId": 5}));
    talk.says("CALL_ANSWERED", json!({"externalCallId": 4711}));
    talk.says("CALL_ENDED", json!({"externalCallId": "4711", "engagementId": "5"}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": 4711, "engagementId": "5", "engagementProperties": {"hs_timestamp": START, "hs_call_status": "COMPLETED", "my_own_property": "x"}}));
    talk.says("RESIZE_WIDGET", json!({"width": "420px", "height": "100"})).says("CALL_DATA", json!([1, "anything"]));
    talk.says("SET_WIDGET_URL", json!({"iFrameUrl": "https://example.com/widget"}));
    check("ids in either form, old and new names side by side", &talk);

    for time in [json!(START), json!("1763700000000"), json!("2025-11-21T04:40:00Z")] {
        let mut talk = Talk::ended();
        talk.says("CALL_COMPLETED", json!({"externalCallId": "call", "engagementProperties": {"hs_timestamp": time}}));
        check("a time", &talk);
    }
}

#[test]
fn several_frames_and_lives() {
    let mut talk = Talk::new();
    for (frame, host) in [("remote", "rsa-1"), ("window", "rsb-1")] {
        talk.frame(frame, host).sync().sync().ack().says("INITIALIZED", json!({"isLoggedIn": true}));
    }
    talk.frame("remote", "rsa-1")
        .hears("DIAL_NUMBER", dial("1"))
        .frame("window", "rsb-1")
        .hears("DIAL_NUMBER", dial("1"));
    talk.says(
        "OUTGOING_CALL_STARTED",
        json!({"externalCallId": "one", "toNumber": "1", "createEngagement": true, "dialingContext": dial("1")}),
    );
    for (frame, host) in [("remote", "rsa-1"), ("window", "rsb-1")] {
        talk.frame(frame, host).hears("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 1}));
    }
    talk.frame("remote", "rsa-1").says("CALL_ENDED", json!({"externalCallId": "one", "engagementId": 1}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "one", "engagementId": 1}));
    check("bar and calling window speak of one call", &talk);

    let mut talk = Talk::ringing();
    talk.frame("frame", "rshost-2").sync_with(json!({"engagementId": 111})).ack();
    talk.says("INITIALIZED", json!({"engagementId": 111})).says("CALL_ANSWERED", json!({"externalCallId": "call"}));
    talk.frame("other", "rsnew-1").sync().ack().says("INITIALIZED", json!({}));
    talk.says("CALL_ENDED", json!({"externalCallId": "call", "engagementId": 111}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "call", "engagementId": 111}));
    check("frame and host load anew in a call", &talk);

    let mut talk = Talk::ready();
    talk.sync().says("USER_AVAILABLE", Json::Null);
    check("a second SYNC needs no answer", &talk);

    let mut talk = Talk::new();
    talk.sync_with(json!({"engagementId": 333})).ack().says("INITIALIZED", json!({"engagementId": 333}));
    talk.says("CALL_ANSWERED", json!({"externalCallId": "begun elsewhere"}));
    talk.says("CALL_ENDED", json!({"externalCallId": "begun elsewhere", "engagementId": 333}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "begun elsewhere", "engagementId": 333}));
    check("an inbound call that HubSpot knew before", &talk);
}

#[test]
fn trouble_on_the_way_is_not_the_widgets_fault() {
    let mut talk = Talk::ringing();
    talk.again().says("CALL_ENDED", json!({"externalCallId": "call", "engagementId": 111}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "call", "engagementId": 111}));
    check("an answer delivered twice", &talk);

    let mut talk = Talk::ready();
    for (call, engagement) in [("a", 0), ("b", 2), ("c", 3)] {
        talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": call, "createEngagement": true}));
        if engagement > 0 {
            talk.hears("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": engagement}));
        }
        talk.says("CALL_ENDED", json!({"externalCallId": call, "engagementId": engagement}));
        talk.says("CALL_COMPLETED", json!({"externalCallId": call, "engagementId": engagement}));
    }
    check("an answer that was lost", &talk);

    let mut talk = Talk::ready();
    talk.hears("DIAL_NUMBER", dial("+15550100"));
    talk.wait(9_000.0).hears("DIAL_NUMBER", dial("+15550200")).lose().wait(9_000.0);
    let context = json!({"externalCallId": "x", "toNumber": "+15550100", "dialingContext": dial("+15550100")});
    talk.says("OUTGOING_CALL_STARTED", context).says("CALL_ENDED", json!({"externalCallId": "x"}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "x"}));
    check("a click that was lost", &talk);

    let mut talk = Talk::ready();
    talk.hears("NOT_A_TYPE", json!({}))
        .says("ERROR", json!({"type": "UNKNOWN_MESSAGE_TYPE", "data": {"originalMessage": {"type": "NOT_A_TYPE"}}}));
    talk.says_in_vain(json!({"source": "an extension"}), Ignored::OtherWindow);
    check("an unknown type, and another window", &talk);
}

#[test]
fn what_was_before_the_transcript_is_believed() {
    let mut talk = Talk::new();
    talk.says("CALL_ENDED", json!({"externalCallId": "old", "engagementId": 4}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "old", "engagementId": 4}));
    talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": "new", "toNumber": "1", "dialingContext": dial("1")}));
    talk.says("CALL_ENDED", json!({"externalCallId": "new"})).says("CALL_COMPLETED", json!({"externalCallId": "new"}));
    assert_eq!(talk.found_by(Check::from_the_middle(2_000)), []);
    assert!(!talk.found().is_empty(), "and from the start it is not");
}
