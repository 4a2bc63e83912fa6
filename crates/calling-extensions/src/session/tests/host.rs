use super::*;
use crate::message::{GuestMessage, Message, Sync};

fn waiting() -> HostSession {
    HostSession::new(HostConfig {
        seed: "1".into(),
        own_origin: HUBSPOT.into(),
        guest: Origin::parse(WIDGET).unwrap(),
        sync: Sync { portal_id: Some("53".into()), uses_calling_window: Some(false), ..Default::default() },
    })
}

fn ready() -> HostSession {
    let mut session = waiting();
    session.frame_loaded(0.0);
    assert!(matches!(raised(&receive(&mut session, ack("rs1-1_1")))[..], [HostEvent::Ready { .. }]));
    session
}

fn ack(id: &str) -> serde_json::Value {
    json!({"type": "SYNC_ACK", "messageId": id, "iFrameUrl": WIDGET, "debugMode": true, "version": "0.9.7"})
}

fn receive(session: &mut HostSession, message: serde_json::Value) -> Vec<Output<HostEvent>> {
    receive_from(session, WIDGET, message)
}

fn receive_from(session: &mut HostSession, origin: &str, message: serde_json::Value) -> Vec<Output<HostEvent>> {
    session.receive(&Incoming { origin, from_peer: true, read: &|| Ok(value(message.clone())) })
}

fn ignored(reason: Ignored) -> Vec<Output<HostEvent>> {
    vec![Output::Ignored(reason)]
}

#[test]
fn sync_is_sent_when_the_frame_has_loaded_and_with_every_tick_until_it_is_answered() {
    let mut session = waiting();
    assert_eq!(session.tick(0.0), []);
    let outputs = session.frame_loaded(1000.0);
    let expected = json!({"type": "SYNC", "messageId": "rs1-1_1", "hostUrl": HUBSPOT, "portalId": "53",
        "usesCallingWindow": false});
    let [(message, to)] = posts(&outputs)[..] else { panic!("{outputs:?}") };
    assert_same(Some(message), expected);
    assert_eq!(to, WIDGET);
    assert_eq!(posted(&session.tick(1100.0)), ["SYNC"]);
    assert!(session.is_syncing());
    receive(&mut session, ack("rs1-1_1"));
    assert!(!session.is_syncing());
    assert_eq!(session.tick(1200.0), []);
}

#[test]
fn the_next_sync_has_the_fields_that_were_set_last() {
    let mut session = ready();
    let elsewhere = Some("https://evil.example".into());
    session.set_sync(Sync { engagement_id: Some(7.0.into()), host_url: elsewhere, ..Default::default() });
    let outputs = session.frame_loaded(0.0);
    let [(message, _)] = posts(&outputs)[..] else { panic!("{outputs:?}") };
    let expected = json!({"type": "SYNC", "messageId": "rs1-2_2", "hostUrl": HUBSPOT, "engagementId": 7});
    assert_same(Some(message), expected);
}

#[test]
fn after_30_seconds_without_an_answer_the_handshake_has_failed() {
    let mut session = waiting();
    session.frame_loaded(500.0);
    assert_eq!(posted(&session.tick(30_500.0)), ["SYNC"]);
    assert_eq!(session.tick(30_501.0), [Output::Raise(HostEvent::SyncAckFailed)]);
    assert_eq!((session.state(), session.is_syncing()), (SessionState::Closed, false));
    assert_eq!(session.tick(30_600.0), []);
    assert_eq!(session.send("DIAL_NUMBER", None), Err(SendError::Closed));
    assert_eq!(receive(&mut session, ack("rs1-1_1")), ignored(Ignored::Misplaced));
    assert_eq!(
        posted(&session.frame_loaded(60_000.0)),
        ["SYNC"],
        "the handshake starts again when the frame loads again"
    );
}

#[test]
fn sync_ack_is_accepted_by_its_message_id_origin_and_window() {
    let elsewhere = json!({"type": "SYNC_ACK", "messageId": "rs1-1_1", "iFrameUrl": "https://evil.example"});
    let invalid = json!({"type": "SYNC_ACK", "messageId": "rs1-1_1", "iFrameUrl": 5});
    let rows = [
        (WIDGET, ack("rs1-1_1"), None),
        (WIDGET, json!({"type": "SYNC_ACK", "messageId": "rs1-1_1"}), None),
        (WIDGET, ack("rs1-0_1"), Some(Ignored::Misplaced)),
        (WIDGET, ack("rs11-1_1"), Some(Ignored::Misplaced)),
        (WIDGET, ack("1_1"), Some(Ignored::Misplaced)),
        (WIDGET, json!({"type": "SYNC_ACK"}), Some(Ignored::NotAMessage)),
        (WIDGET, elsewhere, Some(Ignored::ForeignAddress)),
        (WIDGET, invalid, Some(Ignored::ForeignAddress)),
        ("https://evil.example", ack("rs1-1_1"), Some(Ignored::OtherOrigin)),
        ("null", ack("rs1-1_1"), Some(Ignored::OtherOrigin)),
    ];
    for (origin, message, refused) in rows {
        let mut session = waiting();
        session.frame_loaded(0.0);
        let outputs = receive_from(&mut session, origin, message.clone());
        match refused {
            Some(reason) => assert_eq!(outputs, ignored(reason), "{message}"),
            None => assert_eq!(session.state(), SessionState::Ready, "{message}"),
        }
    }
    let mut session = waiting();
    session.frame_loaded(0.0);
    let sibling = session.receive(&Incoming { origin: WIDGET, from_peer: false, read: &|| panic!("not to be read") });
    assert_eq!(sibling, ignored(Ignored::OtherWindow));
}

#[test]
fn ready_is_raised_once_with_the_fields_of_sync_ack() {
    let mut session = waiting();
    session.frame_loaded(0.0);
    let event = HostEvent::Ready { debug_mode: true, version: Some("0.9.7".into()) };
    assert_eq!(receive(&mut session, ack("rs1-1_1")), [Output::Raise(event)]);
    assert_eq!(receive(&mut session, ack("rs1-1_1")), ignored(Ignored::Misplaced));
}

#[test]
fn a_frame_that_loads_again_needs_a_new_handshake() {
    let mut session = ready();
    let outputs = session.frame_loaded(5.0);
    assert_eq!(raised(&outputs), [HostEvent::Lost]);
    assert_eq!(
        posts(&outputs)[0].0.get("messageId"),
        Some(&"rs1-2_2".into()),
        "another instance, so that it is answered"
    );
    let late = receive(&mut session, json!({"type": "LOGGED_IN", "messageId": "g_1"}));
    assert_eq!(late, ignored(Ignored::BeforeHandshake));
    assert_eq!(receive(&mut session, ack("rs1-1_1")), ignored(Ignored::Misplaced), "the answer of the previous guest");
    assert_eq!(raised(&receive(&mut session, ack("rs1-2_2"))).len(), 1);
}

#[test]
fn messages_wait_for_the_handshake_and_a_full_queue_refuses_the_newest() {
    let mut session = waiting();
    session.frame_loaded(0.0);
    for _ in 0..MAX_QUEUED {
        assert_eq!(session.send("DIAL_NUMBER", None), Ok(vec![]));
    }
    assert_eq!(session.send("END_CALL", None), Err(SendError::QueueFull));
    assert_eq!(posted(&receive(&mut session, ack("rs1-1_1"))), vec!["DIAL_NUMBER"; MAX_QUEUED]);
    assert_eq!(posted(&session.send("END_CALL", None).unwrap()), ["END_CALL"]);
    assert_eq!(session.send("SYNC", None), Err(SendError::Reserved));
}

#[test]
fn every_known_type_is_raised_and_an_error_is_never_answered() {
    for kind in GuestMessage::KINDS.iter().filter(|kind| **kind != "SET_WIDGET_URL") {
        let outputs = receive(&mut ready(), json!({"type": kind, "messageId": "g_1"}));
        assert!(posted(&outputs).is_empty(), "{kind}");
        let [HostEvent::Message(message)] = &raised(&outputs)[..] else { panic!("{kind}") };
        assert_eq!(message.kind(), *kind);
    }
}

#[test]
fn an_unknown_type_is_answered_and_raised() {
    for kind in ["toString", "DIAL_NUMBER", "x"] {
        let outputs = receive(&mut ready(), json!({"type": kind, "messageId": "g_1"}));
        assert_eq!(posted(&outputs), ["ERROR"], "{kind}");
        assert!(matches!(&raised(&outputs)[..], [HostEvent::Unknown { .. }]), "{kind}");
    }
    for kind in ["SYNC", "READY", "SYNC_ACK_FAILED"] {
        assert_eq!(
            receive(&mut ready(), json!({"type": kind, "messageId": "g_1"})),
            ignored(Ignored::Misplaced),
            "{kind}"
        );
    }
}

#[test]
fn a_guest_with_a_new_url_is_ready_after_the_handshake_with_it() {
    let url = "https://other.example/widget?a=b";
    for message in [
        json!({"type": "SET_WIDGET_URL", "messageId": "g_1", "data": {"iFrameUrl": url}}),
        json!({"type": "SET_WIDGET_URL", "messageId": "g_1", "iFrameUrl": url}),
    ] {
        let mut session = ready();
        let events = raised(&receive(&mut session, message));
        let [HostEvent::Message(GuestMessage::SetWidgetUrl(new)), HostEvent::Lost, moves] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!(new.i_frame_url, url);
        assert_eq!(*moves, HostEvent::Moves { url: url.into() });
        assert_eq!(session.tick(1.0), [], "no SYNC before the frame has loaded");

        assert_eq!(posts(&session.frame_loaded(2.0))[0].1, "https://other.example");
        assert_eq!(receive(&mut session, ack("rs1-2_2")), ignored(Ignored::OtherOrigin), "the old origin");
        let answer = json!({"type": "SYNC_ACK", "messageId": "rs1-2_2", "iFrameUrl": "https://other.example"});
        let outputs = receive_from(&mut session, "https://other.example", answer);
        assert!(matches!(raised(&outputs)[..], [HostEvent::Ready { .. }]));
    }
}

#[test]
fn an_invalid_url_is_refused_and_the_session_continues() {
    for url in
        ["javascript:alert(1)", "data:text/html,x", "/relative", "", "https://user@evil.example", "blob:https://x"]
    {
        let mut session = ready();
        let message = json!({"type": "SET_WIDGET_URL", "messageId": "g_1", "data": {"iFrameUrl": url}});
        let outputs = receive(&mut session, message);
        assert_eq!(posted(&outputs), ["SET_WIDGET_URL_FAILED"], "{url}");
        assert!(matches!(raised(&outputs)[..], [HostEvent::Message(_)]), "{url}");
        assert_eq!(session.state(), SessionState::Ready, "{url}");
    }
}

/// The debug output of a session contains everything that it stores, so its length shows whether a list grows.
#[test]
fn a_session_does_not_grow_with_messages_and_reloads() {
    let mut session = waiting();
    let mut lengths = Vec::new();
    for load in 1..=200 {
        let outputs = session.frame_loaded(0.0);
        let id = posts(&outputs)[0].0.get("messageId").and_then(Value::as_text).unwrap().to_owned();
        assert_eq!(session.send("DIAL_NUMBER", None), Ok(vec![]), "load {load}");
        assert_eq!(posted(&receive(&mut session, ack(&id))), ["DIAL_NUMBER"]);
        for kind in ["INITIALIZED", "CALL_ENDED", "NEW_THING", "READY"] {
            assert!(!receive(&mut session, json!({"type": kind, "messageId": "g_1"})).is_empty());
        }
        lengths.push(format!("{session:?}").len());
    }
    // The numbers in the message ids may have become longer.
    assert!(lengths[199] <= lengths[0] + 8, "{lengths:?}");
}
