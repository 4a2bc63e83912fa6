//! What is sent, and when.

use super::*;

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
