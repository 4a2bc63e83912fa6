//! Message format, handshake, and the first messages.

use super::*;

#[test]
fn invalid_messages() {
    let mut conversation = Conversation::ready();
    conversation.sends_raw(json!({"hello": 1}));
    check(Rule::NotAMessage, None, &conversation);

    let mut conversation = Conversation::ready();
    conversation.sends_raw(json!({"type": "USER_AVAILABLE"}));
    check(Rule::MessageIdMissing, Some("messageId"), &conversation);

    let mut conversation = Conversation::ready();
    conversation.sends("USER_AVAILABLE", Json::Null).again();
    check(Rule::MessageIdTwice, Some("messageId"), &conversation);

    let mut conversation = Conversation::ready();
    conversation
        .sends_raw(json!({"type": "USER_AVAILABLE", "messageId": "x_1"}))
        .sends_raw(json!({"type": "USER_UNAVAILABLE", "messageId": "x_1"}));
    check(Rule::MessageIdTwice, Some("messageId"), &conversation);

    let mut conversation = Conversation::ready();
    conversation.sends_raw(json!({"type": "USER_AVAILABLE", "messageId": "rshost-1_1"}));
    check(Rule::MessageIdOfHost, Some("messageId"), &conversation);

    let mut conversation = Conversation::ready();
    conversation.sends_ignored(json!({"type": "USER_AVAILABLE", "messageId": "x_1"}), Ignored::OtherOrigin);
    check(Rule::OtherOrigin, None, &conversation);

    let mut conversation = Conversation::ready();
    conversation.sends_ignored(Json::Null, Ignored::Unreadable(calling_extensions::codec::Unreadable::TooDeep));
    check(Rule::Unreadable, None, &conversation);

    for kind in ["OUTGOING_CALL", "DIAL_NUMBER", "toString", "call_ended"] {
        check_last(Rule::UnknownType, "", Conversation::ready(), kind, json!({}));
    }
    for kind in ["READY", "SYNC", "SYNC_ACK_FAILED"] {
        check_last(Rule::Misplaced, "", Conversation::ready(), kind, json!({}));
    }
}

#[test]
fn the_handshake() {
    let mut conversation = Conversation::new();
    conversation.sync().wait(100.0).sync();
    check(Rule::SyncUnanswered, None, &conversation);

    let mut conversation = Conversation::new();
    conversation.sync().ack().sends("INITIALIZED", json!({})).sync().ack();
    let found: Vec<Rule> = conversation.found().iter().map(|finding| finding.rule).collect();
    assert_eq!(found, [Rule::SyncAckTwice], "another SYNC of the same instance");

    let mut conversation = Conversation::new();
    conversation.host = "1763700000000".into();
    conversation.sync().sync().ack().sends("INITIALIZED", json!({})).ack();
    check(Rule::SyncAckTwice, None, &conversation);

    let mut conversation = Conversation::ready();
    conversation.sync().ack_with(json!({"messageId": "rshost-1_99"})).sends("INITIALIZED", json!({}));
    let found: Vec<Rule> = conversation.found().iter().map(|finding| finding.rule).collect();
    assert_eq!(found, [Rule::SyncAckStray]);

    for (changed, field) in [
        (json!({"portalId": null}), "portalId"),
        (json!({"portalId": 1}), "portalId"),
        (json!({"hostUrl": null}), "hostUrl"),
        (json!({"version": null}), "version"),
        (json!({"iFrameUrl": null}), "iFrameUrl"),
    ] {
        let mut conversation = Conversation::new();
        conversation.sync().ack_with(changed);
        let entry = conversation.entries.len() as u64 - 1;
        conversation.sends("INITIALIZED", json!({}));
        let found = conversation.found();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].rule, found[0].field.as_deref(), found[0].entry),
            (Rule::SyncAckIncomplete, Some(field), entry)
        );
    }

    let mut conversation = Conversation::new();
    conversation.sync().ack().sends("INITIALIZED", json!({}));
    let ack = serde_json::to_value(&conversation.entries[1].message).unwrap();
    conversation.frame("other", "rsother-1").sync().sends_ignored(ack, Ignored::ForeignAddress);
    let found: Vec<Rule> = conversation.found().iter().map(|finding| finding.rule).collect();
    assert_eq!(found, [Rule::SyncAckAddress, Rule::SyncUnanswered], "an ignored answer is no answer");
}

#[test]
fn the_order_of_the_first_messages() {
    let mut conversation = Conversation::new();
    conversation.sends("INITIALIZED", json!({}));
    check(Rule::BeforeReady, None, &conversation);

    let mut conversation = Conversation::new();
    conversation.sync().sends("LOGGED_IN", Json::Null).ack().sends("INITIALIZED", json!({}));
    let found = conversation.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].rule, found[0].entry), (Rule::BeforeReady, 1));

    let mut conversation = Conversation::ready();
    conversation.frame("frame", "rshost-2").sync();
    conversation.sends_ignored(json!({"type": "USER_AVAILABLE", "messageId": "x_1"}), Ignored::BeforeHandshake);
    check(Rule::BeforeReady, None, &conversation);

    let mut conversation = Conversation::new();
    conversation.sync().ack().sends("LOGGED_IN", Json::Null);
    check(Rule::BeforeInitialized, None, &conversation);

    let mut conversation = Conversation::new();
    conversation.sync().ack().sends("ERROR", json!({"message": "no phone"}));
    check(Rule::NeverInitialized, None, &conversation);
}
