use super::*;
use crate::{codec::Id, origin::AllowedOrigins};
use std::cell::Cell;

fn config() -> GuestConfig {
    GuestConfig {
        seed: "1".into(),
        own_origin: WIDGET.into(),
        allowed: AllowedOrigins::for_widget_at(WIDGET),
        debug_mode: true,
        framed: true,
    }
}

fn waiting() -> GuestSession {
    GuestSession::new(config())
}

fn ready() -> GuestSession {
    let mut session = waiting();
    assert_eq!(posted(&receive(&mut session, sync("a_1"))), ["SYNC_ACK"]);
    session
}

fn ready_and_initialized() -> GuestSession {
    let mut session = ready();
    session.send("INITIALIZED", None).unwrap();
    session
}

fn sync(id: &str) -> serde_json::Value {
    json!({"type": "SYNC", "messageId": id, "hostUrl": HUBSPOT})
}

fn receive(session: &mut GuestSession, message: serde_json::Value) -> Vec<Output<Event>> {
    receive_from(session, HUBSPOT, message)
}

fn receive_from(session: &mut GuestSession, origin: &str, message: serde_json::Value) -> Vec<Output<Event>> {
    session.receive(&Incoming { origin, from_peer: true, read: &|| Ok(value(message.clone())) })
}

fn ignored(reason: Ignored) -> Vec<Output<Event>> {
    vec![Output::Ignored(reason)]
}

#[test]
fn a_message_is_read_only_if_its_window_and_origin_are_accepted() {
    let rows = [
        (HUBSPOT, true, None),
        ("https://app-eu1.hubspot.com", true, None),
        (HUBSPOT, false, Some(Ignored::OtherWindow)),
        ("https://evil.example", true, Some(Ignored::OtherOrigin)),
        ("http://app.hubspot.com", true, Some(Ignored::OtherOrigin)),
        ("http://localhost", true, Some(Ignored::OtherOrigin)),
        ("null", true, Some(Ignored::OtherOrigin)),
        ("", true, Some(Ignored::OtherOrigin)),
    ];
    for (origin, from_peer, refused) in rows {
        let was_read = Cell::new(false);
        let read = || {
            was_read.set(true);
            Ok(value(json!({"type": "SYNC", "messageId": "a_1"})))
        };
        let outputs = waiting().receive(&Incoming { origin, from_peer, read: &read });
        assert_eq!(was_read.get(), refused.is_none(), "{origin}");
        match refused {
            Some(reason) => assert_eq!(outputs, ignored(reason), "{origin}"),
            None => assert_eq!(posts(&outputs)[0].1, origin),
        }
    }
}

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
fn outside_a_frame_nothing_is_received_or_sent() {
    let mut session = GuestSession::new(GuestConfig { framed: false, ..config() });
    assert_eq!(session.state(), SessionState::Closed);
    assert_eq!(receive(&mut session, sync("a_1")), ignored(Ignored::NoSession));
    assert_eq!(session.send("LOGGED_IN", None), Err(SendError::NoHost));
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

#[test]
fn received_messages_of_the_handshake_are_ignored_and_cannot_be_sent() {
    for kind in ["READY", "SYNC_ACK", "SYNC_ACK_FAILED"] {
        let outputs = receive(&mut ready(), json!({"type": kind, "messageId": "a_2", "data": {}}));
        assert_eq!(outputs, ignored(Ignored::Misplaced), "{kind}");
        assert_eq!(ready().send(kind, None), Err(SendError::Reserved), "{kind}");
    }
}

#[test]
fn values_that_are_not_messages_are_ignored() {
    let rows = [
        json!(null),
        json!(1),
        json!("DIAL_NUMBER"),
        json!([]),
        json!({}),
        json!({"messageId": "a_2"}),
        json!({"type": "DIAL_NUMBER"}),
        json!({"type": "DIAL_NUMBER", "messageId": ""}),
        json!({"type": "DIAL_NUMBER", "messageId": null}),
        json!({"type": "DIAL_NUMBER", "messageId": {}}),
        json!({"type": 5, "messageId": "a_2"}),
        json!({"type": "", "messageId": "a_2"}),
    ];
    for message in rows {
        assert_eq!(receive(&mut ready(), message.clone()), ignored(Ignored::NotAMessage), "{message}");
    }
    for reason in [Unreadable::TooDeep, Unreadable::TooLarge] {
        let outputs = ready().receive(&Incoming { origin: HUBSPOT, from_peer: true, read: &|| Err(reason) });
        assert_eq!(outputs, ignored(Ignored::Unreadable(reason)));
    }
}

#[test]
fn a_message_with_an_own_id_is_ignored_and_a_common_prefix_is_not_enough() {
    let rows = [("rs1_1", true), ("rs1_x", true), ("rs1", true), ("rs12_1", false), ("rs_1", false), ("1_1", false)];
    for (id, own) in rows {
        let outputs = receive(&mut ready(), json!({"type": "DIAL_NUMBER", "messageId": id}));
        assert_eq!(outputs == ignored(Ignored::AnswersOwn), own, "{id}");
    }
}

#[test]
fn an_unknown_type_is_answered_with_an_error_and_raised() {
    for kind in ["toString", "__proto__", "constructor", "dial_number", "INITIALIZED", "SET_WIDGET_URL", "NEW_THING"] {
        let message = json!({"type": kind, "messageId": "a_2", "data": {"a": 1}});
        let outputs = receive(&mut ready(), message.clone());
        let to = Origin::parse(HUBSPOT).unwrap();
        let unknown = Event::Unknown { kind: kind.into(), message: value(message) };
        let answer = Output::AnswerUnknown { message_id: "rs1_1".into(), to };
        assert_eq!(outputs, [answer, Output::Raise(unknown)], "{kind}");
    }
}

#[test]
fn an_error_is_never_answered_with_an_error() {
    let outputs = receive(&mut ready(), json!({"type": "ERROR", "messageId": "a_2", "data": {"message": "no"}}));
    assert!(posted(&outputs).is_empty());
    assert!(matches!(&raised(&outputs)[..], [Event::Unknown { kind, .. }] if kind == "ERROR"));
}

#[test]
fn a_failure_is_raised_in_addition_to_its_message() {
    let rows = [
        ("FAILED", true, true),
        ("CREATE_ENGAGEMENT_FAILED", true, true),
        ("SET_WIDGET_URL_FAILED", true, true),
        ("SOMETHING_NEW_FAILED", false, true),
        ("CREATE_ENGAGEMENT_SUCCEEDED", true, false),
        ("FAILED_TO", false, false),
    ];
    for (kind, known, failed) in rows {
        let events = raised(&receive(&mut ready(), json!({"type": kind, "messageId": "a_2", "data": {"error": 1}})));
        assert_eq!(matches!(events[0], Event::Message(_)), known, "{kind}");
        let expected = Event::Failed { kind: kind.into(), data: value(json!({"error": 1})) };
        assert_eq!(events.get(1), failed.then_some(&expected), "{kind}");
    }
}

#[test]
fn every_known_type_is_raised() {
    use crate::message::{HostMessage, Message};
    for kind in HostMessage::KINDS {
        let outputs = receive(&mut ready(), json!({"type": kind, "messageId": "a_2"}));
        let Some(Event::Message(message)) = raised(&outputs).first().cloned() else { panic!("{kind}") };
        assert_eq!(message.kind(), *kind);
        assert!(posted(&outputs).is_empty(), "{kind}");
    }
}

#[test]
fn messages_sent_before_the_handshake_follow_initialized_in_their_order() {
    let mut session = waiting();
    for kind in ["OUTGOING_CALL_STARTED", "INITIALIZED", "CALL_ANSWERED", "RESIZE_WIDGET"] {
        assert_eq!(session.send(kind, None), Ok(vec![]));
    }
    let outputs = receive(&mut session, sync("a_1"));
    let expected = ["SYNC_ACK", "INITIALIZED", "OUTGOING_CALL_STARTED", "CALL_ANSWERED", "RESIZE_WIDGET"];
    assert_eq!(posted(&outputs), expected);
    assert!(matches!(outputs.last(), Some(Output::Raise(Event::Ready(_)))));
}

#[test]
fn call_messages_wait_for_initialized_but_an_error_does_not() {
    let mut session = waiting();
    session.send("CALL_DATA", None).unwrap();
    session.send("ERROR", None).unwrap();
    assert_eq!(posted(&receive(&mut session, sync("a_1"))), ["SYNC_ACK", "ERROR"]);
    assert_eq!(posted(&session.send("CALL_ENDED", None).unwrap()), [""; 0]);
    assert_eq!(posted(&session.send("SET_WIDGET_URL", None).unwrap()), ["SET_WIDGET_URL"]);
    assert_eq!(posted(&session.send("INITIALIZED", None).unwrap()), ["INITIALIZED", "CALL_DATA", "CALL_ENDED"]);
    assert_eq!(posted(&session.send("CALL_ENDED", None).unwrap()), ["CALL_ENDED"]);
}

#[test]
fn presence_is_not_queued_and_initialized_contains_the_current_one() {
    let rows: [(&[&str], serde_json::Value, serde_json::Value); 7] = [
        (&["LOGGED_IN"], json!({}), json!({"isLoggedIn": true})),
        (&["LOGGED_IN", "USER_AVAILABLE"], json!({}), json!({"isLoggedIn": true, "isAvailable": true})),
        (
            &["LOGGED_IN", "USER_AVAILABLE", "USER_UNAVAILABLE"],
            json!({}),
            json!({"isLoggedIn": true, "isAvailable": false}),
        ),
        (&["LOGGED_IN", "USER_AVAILABLE", "LOGGED_OUT"], json!({}), json!({"isLoggedIn": false, "isAvailable": false})),
        (&["LOGGED_IN"], json!({"isLoggedIn": false}), json!({"isLoggedIn": false})),
        (&[], json!({"isAvailable": true, "a": 1}), json!({"isAvailable": true, "a": 1})),
        (&[], json!({}), json!({})),
    ];
    for (sent, initialized, expected) in rows {
        for handshake_first in [true, false] {
            let mut session = waiting();
            let mut outputs = Vec::new();
            if handshake_first {
                outputs.extend(receive(&mut session, sync("a_1")));
            }
            for kind in sent {
                assert_eq!(session.send(kind, None), Ok(vec![]), "{kind}");
            }
            outputs.extend(session.send("INITIALIZED", Some(value(initialized.clone()))).unwrap());
            if !handshake_first {
                outputs.extend(receive(&mut session, sync("a_1")));
            }
            assert_eq!(posted(&outputs), ["SYNC_ACK", "INITIALIZED"], "{sent:?}");
            assert_same(posts(&outputs)[1].0.get("data"), expected.clone());
        }
    }
}

#[test]
fn a_log_in_between_initialized_and_the_handshake_is_in_the_initialized_sent() {
    let mut session = waiting();
    session.send("INITIALIZED", Some(value(json!({"isLoggedIn": false})))).unwrap();
    session.send("LOGGED_IN", None).unwrap();
    let outputs = receive(&mut session, sync("a_1"));
    assert_eq!(posts(&outputs)[1].0.get("data"), Some(&value(json!({"isLoggedIn": true}))));
    assert_eq!(posted(&session.send("LOGGED_OUT", None).unwrap()), ["LOGGED_OUT"]);
}

#[test]
fn a_full_queue_refuses_the_newest_message() {
    let mut session = waiting();
    for number in 0..MAX_QUEUED {
        session.send("CALL_DATA", Some(Value::Number(number as f64))).unwrap();
    }
    assert_eq!(session.send("CALL_ENDED", None), Err(SendError::QueueFull));
    assert_eq!(session.send("LOGGED_IN", None), Ok(vec![]));
    assert_eq!(session.send("INITIALIZED", None), Ok(vec![]));
    let outputs = receive(&mut session, sync("a_1"));
    let sent = posts(&outputs);
    assert_eq!(sent.len(), 2 + MAX_QUEUED);
    assert_eq!(sent[2].0.get("data"), Some(&0.0.into()));
}

#[test]
fn message_ids_are_numbered_and_begin_with_letters() {
    let mut session = ready_and_initialized();
    let ids: Vec<String> = (0..100)
        .map(|_| session.send("CALL_DATA", None).unwrap())
        .map(|outputs| posts(&outputs)[0].0.get("messageId").and_then(Value::as_text).unwrap().to_owned())
        .collect();
    for (index, id) in ids.iter().enumerate() {
        assert_eq!(*id, format!("rs1_{}", index + 2));
    }
}

#[test]
fn a_closed_session_receives_and_sends_nothing() {
    let mut session = ready_and_initialized();
    session.close();
    assert_eq!(session.state(), SessionState::Closed);
    assert_eq!(receive(&mut session, sync("b_1")), ignored(Ignored::NoSession));
    assert_eq!(session.send("LOGGED_IN", None), Err(SendError::Closed));
    assert_eq!(session.send("INITIALIZED", None), Err(SendError::Closed));
}

/// The debug output of a session contains everything that it stores, so its length shows whether a list grows.
#[test]
fn a_session_does_not_grow_with_messages_calls_and_hosts() {
    let mut session = waiting();
    let mut lengths = Vec::new();
    for host in 0..3 * MAX_QUEUED {
        receive(&mut session, sync(&format!("{}_1", 100 + host)));
        for kind in ["INITIALIZED", "OUTGOING_CALL_STARTED", "CALL_ENDED", "CALL_COMPLETED"] {
            assert_eq!(posted(&session.send(kind, Some(value(json!({"externalCallId": "c"})))).unwrap()), [kind]);
        }
        for kind in ["DIAL_NUMBER", "UPDATE_ENGAGEMENT_FAILED", "NEW_THING", "READY"] {
            assert!(!receive(&mut session, json!({"type": kind, "messageId": "a_1"})).is_empty());
        }
        lengths.push(format!("{session:?}").len());
    }
    // The number in the message ids may have become longer.
    assert!(lengths[3 * MAX_QUEUED - 1] <= lengths[MAX_QUEUED] + 2, "{lengths:?}");
}
