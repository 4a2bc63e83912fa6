#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests, outside a `#[test]`")]

use super::*;
use crate::check::Rule;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

fn entry(at: f64, direction: Direction, message: Json) -> Entry {
    Entry {
        at,
        frame: FrameId("a".into()),
        direction,
        message: serde_json::from_value(message).unwrap(),
        ignored: None,
    }
}

/// A message from the widget.
fn widget(at: f64, kind: &str, data: Json) -> Entry {
    entry(at, Direction::FromWidget, json!({"type": kind, "messageId": format!("w_{at}"), "data": data}))
}

/// A message from HubSpot.
fn hubspot(at: f64, kind: &str, data: Json) -> Entry {
    entry(at, Direction::ToWidget, json!({"type": kind, "messageId": format!("h_{at}"), "data": data}))
}

fn in_frame(frame: &str, entry: Entry) -> Entry {
    Entry { frame: FrameId(frame.into()), ..entry }
}

fn transcript(entries: Vec<Entry>) -> Transcript {
    Transcript::of(entries, 0)
}

/// The message with this number.
fn get(transcript: &Transcript, number: u64) -> Option<&Entry> {
    transcript.iter().find(|(other, _)| *other == number).map(|(_, entry)| &**entry)
}

#[test]
fn the_oldest_are_removed_and_counted_and_numbers_stay() {
    let mut list = Transcript::default();
    for at in 0..5_000 {
        assert_eq!(list.add(widget(f64::from(at), "USER_AVAILABLE", Json::Null)), at as u64);
        assert!(list.len() <= MAX_ENTRIES);
    }
    assert_eq!(list.dropped() + list.len() as u64, 5_000);
    let oldest = list.first();
    assert_eq!(get(&list, oldest).unwrap().at, oldest as f64);
    assert_eq!(get(&list, oldest - 1), None);
    assert_eq!(get(&list, 5_000), None);
    assert_eq!(list.since(4_999).count(), 1);
    assert_eq!(list.since(0).count(), list.len());

    let newest = list.newest(3);
    assert_eq!((newest.len(), newest.first(), newest.dropped()), (3, 4_997, 4_997));
    let stored: Transcript = serde_json::from_str(&serde_json::to_string(&newest).unwrap()).unwrap();
    assert_eq!((stored.first(), stored.dropped(), get(&stored, 4_998)), (4_997, 4_997, get(&newest, 4_998)));

    list.clear();
    assert_eq!((list.len(), list.dropped(), list.add(widget(0.0, "X", Json::Null))), (0, 0, 5_000));
}

#[test]
fn answers_are_matched_with_requests() {
    #[track_caller]
    fn check(entries: Vec<Entry>, expected: &[Option<f64>]) {
        let mut trips = RoundTrips::default();
        let took: Vec<Option<f64>> = entries.iter().map(|entry| trips.feed(entry)).collect();
        assert_eq!(took, expected);
    }
    let id = |id: &str, at: f64, direction, kind: &str| entry(at, direction, json!({"type": kind, "messageId": id}));
    check(
        vec![
            id("h_1", 0.0, Direction::ToWidget, "SYNC"),
            id("h_2", 100.0, Direction::ToWidget, "SYNC"),
            id("h_2", 130.0, Direction::FromWidget, "SYNC_ACK"),
        ],
        &[None, None, Some(30.0)],
    );
    check(
        vec![
            widget(0.0, "OUTGOING_CALL_STARTED", json!({})),
            widget(5.0, "OUTGOING_CALL_STARTED", json!({})),
            hubspot(10.0, "CREATE_ENGAGEMENT_SUCCEEDED", json!({})),
            hubspot(20.0, "CREATE_ENGAGEMENT_FAILED", json!({})),
            hubspot(30.0, "CREATE_ENGAGEMENT_SUCCEEDED", json!({})),
        ],
        &[None, None, Some(10.0), Some(15.0), None],
    );
    check(
        vec![
            widget(0.0, "INCOMING_CALL", json!({})),
            hubspot(10.0, "CREATE_ENGAGEMENT_SUCCEEDED", json!({})),
            hubspot(20.0, "CALLER_ID_MATCH_FAILED", json!({})),
            hubspot(30.0, "CALLER_ID_MATCH_SUCCEEDED", json!({})),
        ],
        &[None, Some(10.0), Some(20.0), None],
    );
    for (asked, answered) in [
        ("CALL_COMPLETED", "UPDATE_ENGAGEMENT_FAILED"),
        ("FINALIZE_ENGAGEMENT", "FINALIZE_ENGAGEMENT_SUCCEEDED"),
        ("PUBLISH_TO_CHANNEL", "PUBLISH_TO_CHANNEL_FAILED"),
        ("NAVIGATE_TO_RECORD", "NAVIGATE_TO_RECORD_FAILED"),
        ("OUTGOING_CALL_STARTED", "ENGAGEMENT_CREATED"),
    ] {
        check(vec![widget(0.0, asked, json!({})), hubspot(7.0, answered, json!({}))], &[None, Some(7.0)]);
    }
    check(vec![hubspot(0.0, "END_CALL", json!({})), widget(9.0, "CALL_ENDED", json!({}))], &[None, Some(9.0)]);
    let other_frame = in_frame("b", hubspot(7.0, "UPDATE_ENGAGEMENT_SUCCEEDED", json!({})));
    check(vec![widget(0.0, "CALL_COMPLETED", json!({})), other_frame], &[None, None]);
    let ignored = Entry { ignored: Some("why".into()), ..widget(0.0, "CALL_COMPLETED", json!({})) };
    check(vec![ignored, hubspot(7.0, "UPDATE_ENGAGEMENT_SUCCEEDED", json!({}))], &[None, None]);
}

#[test]
fn filters() {
    let all = transcript(vec![
        hubspot(0.0, "DIAL_NUMBER", json!({"phoneNumber": "+1 555", "calleeInfo": {"calleeId": 51}})),
        widget(1.0, "CALL_ENDED", json!({"externalCallId": "Größe", "list": [{"deep": true}]})),
        in_frame("b", widget(2.0, "CALL_COMPLETED", json!({"externalCallId": "x", "n": null}))),
    ]);
    let with_findings = BTreeSet::from([1]);
    let check = |filter: Filter, expected: &[u64]| {
        let view = view(&all, &filter, &with_findings, None, 100);
        assert_eq!(view.rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), expected, "{filter:?}");
        assert_eq!(view.filtered, 3 - expected.len());
    };
    let text = |text: &str| Filter { text: text.into(), ..Filter::default() };
    check(Filter::default(), &[2, 1, 0]);
    check(Filter { direction: Some(Direction::ToWidget), ..Filter::default() }, &[0]);
    check(Filter { direction: Some(Direction::FromWidget), ..Filter::default() }, &[2, 1]);
    check(Filter { kind: "call_".into(), ..Filter::default() }, &[2, 1]);
    check(Filter { frame: Some(FrameId("b".into())), ..Filter::default() }, &[2]);
    check(Filter { with_findings: true, ..Filter::default() }, &[1]);
    check(Filter { with_findings: true, kind: "DIAL".into(), ..Filter::default() }, &[]);
    check(text("größe"), &[1]);
    check(text("PHONENUMBER"), &[0]);
    check(text("51"), &[0]);
    check(text("true"), &[1]);
    check(text("null"), &[2]);
    check(text("nowhere"), &[]);
}

#[test]
fn frames_have_short_names() {
    let sync = |frame: &str, location: &str| {
        in_frame(frame, entry(0.0, Direction::ToWidget, json!({"type": "SYNC", "iframeLocation": location})))
    };
    let all = transcript(vec![
        sync("x", "remote"),
        sync("y", "window"),
        sync("z", "remote"),
        in_frame("y", widget(1.0, "INITIALIZED", json!({}))),
        in_frame("old", widget(1.0, "CALL_ENDED", json!({}))),
    ]);
    let names: Vec<(String, String)> = frames(&all).into_iter().map(|(frame, name)| (frame.0, name)).collect();
    let expected = [("x", "remote"), ("y", "window"), ("z", "remote 2"), ("old", "?")];
    assert_eq!(names, expected.map(|(frame, name)| (frame.to_owned(), name.to_owned())));
}

#[test]
fn a_paused_list_stays_unchanged_and_a_flood_is_not_shown() {
    let all = transcript((0..1_000).map(|at| widget(f64::from(at), "CALL_DATA", Json::Null)).collect());
    let with_findings = BTreeSet::new();
    let shown = view(&all, &Filter::default(), &with_findings, None, 200);
    assert_eq!((shown.rows.len(), shown.older, shown.waiting, shown.rows[0].0), (200, 800, 0, 999));
    let held = view(&all, &Filter::default(), &with_findings, Some(100), 200);
    assert_eq!((held.rows.len(), held.older, held.waiting, held.rows[0].0), (100, 0, 900, 99));
}

#[test]
fn an_export_can_be_imported() {
    let mut odd = widget(1.5, "CALL_DATA", json!({"big": "00123", "list": [1, 2.5, null, true], "größe": {"": ""}}));
    odd.ignored = Some("why".into());
    let all =
        Transcript::of(vec![hubspot(0.0, "SYNC", json!({})), odd, entry(2.0, Direction::FromWidget, Json::Null)], 7);
    let back = import(&format!("\u{feff}{}", export(&all))).unwrap();
    assert_eq!(back.dropped(), 7);
    assert_eq!(back.iter().collect::<Vec<_>>(), all.iter().collect::<Vec<_>>());
}

#[test]
fn invalid_files_have_specific_errors() {
    #[track_caller]
    fn check(text: &str, expected: ImportError) {
        assert_eq!(import(text).unwrap_err(), expected);
    }
    check("", ImportError::NotJson { line: 1, column: 0 });
    check("{\n  \"format\": ", ImportError::NotJson { line: 2, column: 12 });
    for foreign in ["[]", "3", "{}", r#"{"format": "har", "version": 1}"#, r#"{"format": "calling-transcript"}"#] {
        check(foreign, ImportError::Foreign);
    }
    check(r#"{"format": "calling-transcript", "version": 1, "entries": {}}"#, ImportError::Foreign);
    check(r#"{"format": "calling-transcript", "version": 2, "entries": []}"#, ImportError::TooNew(2));
    let good = r#"{"at": 1, "frame": "a", "direction": "to-widget", "message": null}"#;
    for (bad, why) in [
        (r#"{"frame": "a", "direction": "to-widget", "message": null}"#, "missing field `at`"),
        (r#"{"at": 1, "frame": "a", "direction": "up", "message": null}"#, "unknown variant `up`"),
        ("7", "invalid type"),
    ] {
        let text = format!(r#"{{"format": "calling-transcript", "version": 1, "entries": [{good}, {bad}]}}"#);
        match import(&text).unwrap_err() {
            ImportError::BrokenEntry { number: 2, why: found } => assert!(found.contains(why), "{found}"),
            other => panic!("{other:?}"),
        }
    }
    check(&" ".repeat(MAX_BYTES + 1), ImportError::TooLarge);
}

#[test]
fn the_log_checks_messages_and_stores_findings() {
    let mut log = Log::default();
    log.add(entry(0.0, Direction::ToWidget, json!({"type": "SYNC", "messageId": "h_1"})));
    let ack = json!({"type": "SYNC_ACK", "messageId": "h_1", "version": "1", "iFrameUrl": "http://localhost:1"});
    log.add(entry(20.0, Direction::FromWidget, ack));
    log.add(widget(30.0, "INITIALIZED", json!({})));
    log.add(widget(40.0, "CALL_BEGAN", json!({})));
    let messages = log.messages();
    assert_eq!(messages.round_trips.get(&1), Some(&20.0));
    assert_eq!(messages.findings_of(3).map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::UnknownType]);
    assert_eq!(messages.numbers_with_findings(), BTreeSet::from([3]));

    // Another page, or this page after a reload, has the same findings.
    assert_eq!(Log::of(Transcript::clone(&messages.transcript)).messages().findings, messages.findings);

    log.add(widget(50.0, "OUTGOING_CALL_STARTED", json!({"externalCallId": "x"})));
    log.clear();
    assert_eq!((log.messages().transcript.len(), log.messages().findings.len()), (0, 0));
    log.add(widget(60.0, "CALL_ENDED", json!({"externalCallId": "x"})));
    assert_eq!(*log.messages().findings, [], "the call started before the list was cleared");
    assert_eq!(
        log.at_end(70.0).iter().map(|finding| (finding.rule, finding.entry)).collect::<Vec<_>>(),
        [(Rule::NeverCompleted, 5)]
    );
}

#[test]
fn a_flood_of_findings_is_counted() {
    let mut log = Log::default();
    for at in 0..3_000 {
        log.add(widget(f64::from(at), "NOISE", json!({})));
    }
    let messages = log.messages();
    assert_eq!(messages.findings.len(), MAX_FINDINGS);
    assert_eq!(messages.unlisted, 2 * 3_000 - MAX_FINDINGS as u64, "before READY, and of an unknown type");
}

#[test]
fn a_recording_is_replayed() {
    let recorded = transcript(vec![
        hubspot(0.0, "SYNC", json!({})),
        widget(10.0, "INITIALIZED", json!({})),
        widget(20.0, "LOGGED_IN", Json::Null),
        in_frame("b", hubspot(30.0, "VISIBILITY_CHANGED", json!({}))),
        hubspot(1_000.0, "DIAL_NUMBER", json!({"phoneNumber": "1"})),
        widget(3_000.0, "OUTGOING_CALL_STARTED", json!({"externalCallId": "old"})),
        hubspot(3_250.0, "CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 5})),
        widget(4_000.0, "CALL_ANSWERED", json!({"externalCallId": "old"})),
        widget(5_000.0, "CALL_ENDED", json!({"externalCallId": "old"})),
        hubspot(5_100.0, "ERROR", json!({})),
        widget(6_000.0, "FINALIZE_ENGAGEMENT", json!({"externalCallId": "old", "engagementId": 5})),
        hubspot(6_100.0, "FINALIZE_ENGAGEMENT_SUCCEEDED", json!({"externalCallId": "old", "engagementId": 5})),
        hubspot(6_500.0, "END_CALL", Json::Null),
    ]);
    let plan = plan(&recorded);
    let steps: Vec<_> =
        plan.steps.iter().map(|step| (step.awaits.as_deref(), step.delay, step.kind.as_str())).collect();
    assert_eq!(
        steps,
        [
            (None, 0.0, "DIAL_NUMBER"),
            (Some("OUTGOING_CALL_STARTED"), 250.0, "CREATE_ENGAGEMENT_SUCCEEDED"),
            (Some("FINALIZE_ENGAGEMENT"), 100.0, "FINALIZE_ENGAGEMENT_SUCCEEDED"),
            (None, 400.0, "END_CALL"),
        ]
    );

    let mut replay = Replay::new(plan, 2.0, 0.0);
    let send = |kind: &str, data: Json| Next::Send { kind: kind.into(), data: serde_json::from_value(data).unwrap() };
    assert_eq!(replay.next(0.0), send("DIAL_NUMBER", json!({"phoneNumber": "1"})));
    assert_eq!(replay.next(9_000.0), Next::Await("OUTGOING_CALL_STARTED".into()));
    replay.on_message(&widget(0.0, "OUTGOING_CALL_STARTED", json!({"externalCallId": 77})).message, 9_000.0);
    assert_eq!(replay.next(9_025.0), Next::Wait(100.0));
    assert_eq!(replay.next(9_125.0), send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 5})));
    assert_eq!(replay.next(9_126.0), Next::Await("FINALIZE_ENGAGEMENT".into()));
    replay.skip();
    assert_eq!(
        replay.next(9_127.0),
        send("FINALIZE_ENGAGEMENT_SUCCEEDED", json!({"externalCallId": 77, "engagementId": 5}))
    );
    assert_eq!(replay.left(), 1);
    assert_eq!(replay.next(9_127.0), Next::Wait(200.0));
    let Next::Send { kind, .. } = replay.next(9_327.0) else { panic!("END_CALL is due") };
    assert_eq!((kind.as_str(), replay.next(9_328.0)), ("END_CALL", Next::Done));
}

#[test]
fn an_empty_recording_has_an_empty_plan() {
    assert_eq!(plan(&transcript(vec![hubspot(0.0, "SYNC", json!({}))])), Plan::default());
    assert_eq!(Replay::new(Plan::default(), f64::NAN, 0.0).next(0.0), Next::Done);
}
