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

fn ignored(why: Ignored) -> Vec<Output<HostEvent>> {
    vec![Output::Ignored(why)]
}

#[test]
fn sync_goes_out_when_the_frame_has_loaded_and_with_every_tick_until_it_is_answered() {
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
fn the_next_sync_says_what_has_been_set_since() {
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
    session.frame_loaded(0.0);
    assert_eq!(posted(&session.tick(30_000.0)), ["SYNC"]);
    assert_eq!(session.tick(30_001.0), [Output::Raise(HostEvent::SyncAckFailed)]);
    assert_eq!((session.phase(), session.is_syncing()), (Phase::Lost, false));
    assert_eq!(session.tick(30_100.0), []);
    assert_eq!(session.send("DIAL_NUMBER", None), Err(SendError::Closed));
    assert_eq!(receive(&mut session, ack("rs1-1_1")), ignored(Ignored::Misplaced));
    assert_eq!(posted(&session.frame_loaded(60_000.0)), ["SYNC"], "a frame that loads later starts over");
}

#[test]
fn sync_ack_is_matched_by_its_message_id_and_checked_for_where_it_comes_from() {
    let elsewhere = json!({"type": "SYNC_ACK", "messageId": "rs1-1_1", "iFrameUrl": "https://evil.example"});
    let broken = json!({"type": "SYNC_ACK", "messageId": "rs1-1_1", "iFrameUrl": 5});
    let rows = [
        (WIDGET, ack("rs1-1_1"), None),
        (WIDGET, json!({"type": "SYNC_ACK", "messageId": "rs1-1_1"}), None),
        (WIDGET, ack("rs1-0_1"), Some(Ignored::Misplaced)),
        (WIDGET, ack("rs11-1_1"), Some(Ignored::Misplaced)),
        (WIDGET, ack("1_1"), Some(Ignored::Misplaced)),
        (WIDGET, json!({"type": "SYNC_ACK"}), Some(Ignored::NotAMessage)),
        (WIDGET, elsewhere, Some(Ignored::ForeignAddress)),
        (WIDGET, broken, Some(Ignored::ForeignAddress)),
        ("https://evil.example", ack("rs1-1_1"), Some(Ignored::OtherOrigin)),
        ("null", ack("rs1-1_1"), Some(Ignored::OtherOrigin)),
    ];
    for (origin, message, refused) in rows {
        let mut session = waiting();
        session.frame_loaded(0.0);
        let outputs = receive_from(&mut session, origin, message.clone());
        match refused {
            Some(why) => assert_eq!(outputs, ignored(why), "{message}"),
            None => assert_eq!(session.phase(), Phase::Ready, "{message}"),
        }
    }
    let mut session = waiting();
    session.frame_loaded(0.0);
    let sibling = session.receive(&Incoming { origin: WIDGET, from_peer: false, read: &|| panic!("not to be read") });
    assert_eq!(sibling, ignored(Ignored::OtherWindow));
}

#[test]
fn ready_is_raised_once_and_says_what_the_guest_said_of_itself() {
    let mut session = waiting();
    session.frame_loaded(0.0);
    let event = HostEvent::Ready { debug_mode: true, version: Some("0.9.7".into()) };
    assert_eq!(receive(&mut session, ack("rs1-1_1")), [Output::Raise(event)]);
    assert_eq!(receive(&mut session, ack("rs1-1_1")), ignored(Ignored::Misplaced));
}

#[test]
fn a_frame_that_loads_again_loses_its_guest_and_has_to_shake_hands_anew() {
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
    assert_eq!(
        receive(&mut session, ack("rs1-1_1")),
        ignored(Ignored::Misplaced),
        "the answer of the guest that is gone"
    );
    assert_eq!(raised(&receive(&mut session, ack("rs1-2_2"))).len(), 1);
}

#[test]
fn what_is_said_before_ready_waits_and_the_newest_is_refused_when_the_queue_is_full() {
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
fn every_known_type_reaches_the_handler_and_an_error_is_never_answered() {
    for kind in GuestMessage::KINDS.iter().filter(|kind| **kind != "SET_WIDGET_URL") {
        let outputs = receive(&mut ready(), json!({"type": kind, "messageId": "g_1"}));
        assert!(posted(&outputs).is_empty(), "{kind}");
        let [HostEvent::Message(message)] = &raised(&outputs)[..] else { panic!("{kind}") };
        assert_eq!(message.kind(), *kind);
    }
}

#[test]
fn an_unknown_type_is_answered_and_handed_over() {
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
fn a_guest_that_moves_is_ready_when_its_new_origin_has_shaken_hands() {
    let url = "https://other.example/widget?a=b";
    for message in [
        json!({"type": "SET_WIDGET_URL", "messageId": "g_1", "data": {"iFrameUrl": url}}),
        json!({"type": "SET_WIDGET_URL", "messageId": "g_1", "iFrameUrl": url}),
    ] {
        let mut session = ready();
        let events = raised(&receive(&mut session, message));
        let [HostEvent::Message(GuestMessage::SetWidgetUrl(said)), HostEvent::Lost, moves] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!(said.i_frame_url, url);
        assert_eq!(*moves, HostEvent::Moves { url: url.into() });
        assert_eq!(session.tick(1.0), [], "nobody is there before the frame has loaded");

        assert_eq!(posts(&session.frame_loaded(2.0))[0].1, "https://other.example");
        assert_eq!(receive(&mut session, ack("rs1-2_2")), ignored(Ignored::OtherOrigin), "the old origin");
        let answer = json!({"type": "SYNC_ACK", "messageId": "rs1-2_2", "iFrameUrl": "https://other.example"});
        let outputs = receive_from(&mut session, "https://other.example", answer);
        assert!(matches!(raised(&outputs)[..], [HostEvent::Ready { .. }]));
    }
}

#[test]
fn an_address_that_is_none_is_refused_and_the_guest_stays() {
    for url in
        ["javascript:alert(1)", "data:text/html,x", "/relative", "", "https://user@evil.example", "blob:https://x"]
    {
        let mut session = ready();
        let message = json!({"type": "SET_WIDGET_URL", "messageId": "g_1", "data": {"iFrameUrl": url}});
        let outputs = receive(&mut session, message);
        assert_eq!(posted(&outputs), ["SET_WIDGET_URL_FAILED"], "{url}");
        assert!(matches!(raised(&outputs)[..], [HostEvent::Message(_)]), "{url}");
        assert_eq!(session.phase(), Phase::Ready, "{url}");
    }
}
