//! SYNC and its answer.

use super::*;

#[test]
fn an_absent_host_url_means_the_origin_of_the_message() {
    for message in [json!({"type": "SYNC", "messageId": "a_1"}), json!({"type": "SYNC", "hostUrl": null})] {
        let outputs = receive(&mut waiting(), message);
        assert_eq!(posts(&outputs)[0].1, HUBSPOT);
        let [Event::Ready(ready)] = &raised(&outputs)[..] else { panic!("{outputs:?}") };
        assert_eq!(ready.host_url.as_deref(), Some(HUBSPOT));
    }
}

#[test]
fn a_sync_with_another_host_url_is_ignored_and_a_later_valid_one_is_answered() {
    let invalid = [
        json!("https://evil.example"),
        json!("https://app.hubspot.com.evil.example"),
        json!("http://app.hubspot.com"),
        json!("https://app-eu1.hubspot.com"),
        json!("https://app.hubspot.com:444"),
        json!("*"),
        json!("/"),
        json!(""),
        json!("null"),
        json!(5),
        json!({}),
        json!([HUBSPOT]),
        json!(true),
    ];
    for url in invalid {
        let mut session = waiting();
        let outputs = receive(&mut session, json!({"type": "SYNC", "messageId": "a_1", "hostUrl": url}));
        assert_eq!(outputs, ignored(Ignored::ForeignAddress), "{url}");
        assert_eq!(posted(&receive(&mut session, sync("a_2"))), ["SYNC_ACK"], "{url}");
    }
    for url in ["https://app.hubspot.com/", "https://APP.hubspot.com", "https://app.hubspot.com:443/contacts/1?a=b"] {
        let outputs = receive(&mut waiting(), json!({"type": "SYNC", "messageId": "a_1", "hostUrl": url}));
        assert_eq!(posts(&outputs)[0].1, HUBSPOT, "{url}");
    }
}

#[test]
fn a_sync_without_a_message_id_or_with_a_number_is_answered() {
    let outputs = receive(&mut waiting(), json!({"type": "SYNC", "hostUrl": HUBSPOT}));
    assert_eq!(posts(&outputs)[0].0.get("messageId"), Some(&"rs1_1".into()));
    let outputs = receive(&mut waiting(), json!({"type": "SYNC", "messageId": 17, "hostUrl": HUBSPOT}));
    assert_eq!(posts(&outputs)[0].0.get("messageId"), Some(&17.0.into()));
}

#[test]
fn sync_ack_repeats_every_field_of_sync_and_adds_its_own() {
    let fields = json!({"type": "SYNC", "messageId": "a_1", "hostUrl": HUBSPOT, "portalId": "00123", "userId": 9,
        "ownerId": null, "engagementId": 9007199254740993_i64, "iframeLocation": "remote", "usesCallingWindow": false,
        "version": "999", "new": {"deep": [1, "2"]}});
    let outputs = receive(&mut waiting(), fields.clone());
    let mut expected = fields;
    expected["type"] = json!("SYNC_ACK");
    expected["debugMode"] = json!(true);
    expected["version"] = json!("0.9.7");
    expected["iFrameUrl"] = json!(WIDGET);
    let [Output::Post { message, to }, Output::Raise(Event::Ready(ready))] = &outputs[..] else {
        panic!("{outputs:?}")
    };
    assert_eq!(to.as_str(), HUBSPOT);
    assert_same(Some(message), expected);
    assert_eq!(ready.portal_id, Some("00123".into()));
    assert_eq!(ready.uses_calling_window, Some(false));
    assert_eq!(ready.other.get("type"), None);
    assert_eq!(ready.other.get("new"), Some(&value(json!({"deep": [1, "2"]}))));
}

#[test]
fn ready_contains_the_owner_and_the_account_in_either_spelling() {
    let ready_after = |fields: serde_json::Value| {
        let mut message = sync("a_1");
        message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let outputs = receive(&mut waiting(), message.clone());
        let [(answer, _)] = posts(&outputs)[..] else { panic!("{outputs:?}") };
        for (name, field) in fields.as_object().unwrap() {
            assert_eq!(answer.get(name), Some(&value(field.clone())), "SYNC_ACK repeats {name} as it was sent");
        }
        let [Event::Ready(ready)] = &raised(&outputs)[..] else { panic!("{outputs:?}") };
        ready.clone()
    };
    let rows = [
        (json!({"portalId": 53, "ownerId": "00123"}), Some(Id::from(53.0)), Some(Id::from("123"))),
        (json!({"PortalId": 53, "ownerId": 123}), Some(Id::from(53.0)), Some(Id::from(123.0))),
        (json!({"PortalId": "53", "portalId": null, "ownerId": null}), Some(Id::from(53.0)), None),
        (json!({"PortalId": 54, "portalId": 53}), Some(Id::from(53.0)), None),
        (json!({"PortalId": {}}), None, None),
    ];
    for (fields, portal_id, owner_id) in rows {
        let ready = ready_after(fields.clone());
        assert_eq!((ready.portal_id, ready.owner_id), (portal_id, owner_id), "{fields}");
    }
    // The id is sent back in the form in which it was received.
    assert!(matches!(ready_after(json!({"ownerId": "00123"})).owner_id, Some(Id::Text(text)) if text == "00123"));
}

#[test]
fn each_host_instance_is_answered_once() {
    let mut session = ready();
    for id in ["a_1", "a_2", "a", "a_", "a_x_y"] {
        assert_eq!(receive(&mut session, sync(id)), ignored(Ignored::SyncAgain), "{id}");
    }
    assert_eq!(posted(&receive(&mut session, sync("b_1"))), ["SYNC_ACK"]);
    assert_eq!(
        receive(&mut session, sync("a_9")),
        ignored(Ignored::SyncAgain),
        "an earlier host is not answered again"
    );
}

#[test]
fn the_last_64_hosts_are_remembered_as_answered() {
    let mut session = waiting();
    for host in 0..65 {
        assert_eq!(posted(&receive(&mut session, sync(&format!("{host}_1")))), ["SYNC_ACK"]);
    }
    assert_eq!(receive(&mut session, sync("1_2")), ignored(Ignored::SyncAgain), "the oldest that is remembered");
    assert_eq!(posted(&receive(&mut session, sync("0_2"))), ["SYNC_ACK"], "the 65th host took its place");
    assert_eq!(receive(&mut session, sync("2_2")), ignored(Ignored::SyncAgain));
    assert_eq!(posted(&receive(&mut session, sync("1_3"))), ["SYNC_ACK"]);
}

#[test]
fn would_answer_is_true_for_a_valid_sync_only() {
    let session = waiting();
    let would_answer = |origin, message: serde_json::Value| {
        session.would_answer(&Incoming { origin, from_peer: true, read: &|| Ok(value(message.clone())) })
    };
    assert!(would_answer(HUBSPOT, sync("a_1")));
    assert!(!would_answer("https://evil.example", sync("a_1")));
    assert!(!would_answer("https://app-eu1.hubspot.com", sync("a_1")));
    assert!(!would_answer(HUBSPOT, json!({"type": "DIAL_NUMBER", "messageId": "a_1"})));
    assert!(!would_answer(HUBSPOT, json!(null)));
}

#[test]
fn a_sync_of_another_instance_starts_a_new_session() {
    let mut session = ready_and_initialized();
    let eu1 = "https://app-eu1.hubspot.com";
    let outputs = receive_from(&mut session, eu1, json!({"type": "SYNC", "messageId": "b_1", "hostUrl": eu1}));
    assert_eq!(posts(&outputs)[0].1, eu1);
    assert!(matches!(raised(&outputs)[..], [Event::Ready(_)]));

    let dial = json!({"type": "DIAL_NUMBER", "messageId": "a_2"});
    assert_eq!(receive(&mut session, dial.clone()), ignored(Ignored::OtherOrigin));
    assert_eq!(raised(&receive_from(&mut session, eu1, dial)).len(), 1);
    assert_eq!(
        posted(&session.send("CALL_ANSWERED", None).unwrap()),
        [""; 0],
        "the new host has not received INITIALIZED"
    );
    assert_eq!(posted(&session.send("INITIALIZED", None).unwrap()), ["INITIALIZED", "CALL_ANSWERED"]);
}

#[test]
fn before_the_handshake_only_sync_is_handled() {
    for kind in ["DIAL_NUMBER", "READY", "SYNC_ACK", "unknown", "ERROR"] {
        let outputs = receive(&mut waiting(), json!({"type": kind, "messageId": "a_1"}));
        assert_eq!(outputs, ignored(Ignored::BeforeHandshake), "{kind}");
    }
}
