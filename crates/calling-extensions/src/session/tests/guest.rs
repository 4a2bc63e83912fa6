mod handshake;
mod sending;

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
fn outside_a_frame_nothing_is_received_or_sent() {
    let mut session = GuestSession::new(GuestConfig { framed: false, ..config() });
    assert_eq!(session.state(), SessionState::Closed);
    assert_eq!(receive(&mut session, sync("a_1")), ignored(Ignored::NoSession));
    assert_eq!(session.send("LOGGED_IN", None), Err(SendError::NoHost));
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
