//! Envelope, handshake, and the first words.

use super::*;

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
