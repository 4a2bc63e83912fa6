use super::*;
use crate::hubspot::{FramePhase, Presence};
use calling_extensions::{codec::Id, message::Size};

#[test]
fn the_latest_presence_counts() {
    let yes = Some(true);
    let no = Some(false);
    let rows = [
        ("INITIALIZED", "{}", (None, None)),
        ("INITIALIZED", r#"{"isLoggedIn": true, "isAvailable": 1}"#, (yes, yes)),
        ("USER_UNAVAILABLE", "null", (yes, no)),
        ("USER_AVAILABLE", "null", (yes, yes)),
        ("LOGGED_OUT", "null", (no, no)),
        ("LOGGED_IN", "null", (yes, no)),
    ];
    let mut harness = TestHarness::new();
    harness.frame("b", IframeLocation::Remote);
    harness.frame("a", IframeLocation::Remote);
    for (kind, data, (logged_in, available)) in rows {
        harness.receive("a", kind, data);
        let expected = Presence { logged_in, available };
        assert_eq!((harness.state.presence, harness.state.frames[1].presence), (expected, expected), "{kind} {data}");
    }
    assert_eq!(
        harness.state.frames[0].presence,
        Presence { logged_in: yes, available: no },
        "another frame has its own"
    );
    harness.dispatch(Action::FrameRemoved { frame: frame("a") });
    harness.dispatch(Action::FrameRemoved { frame: frame("b") });
    assert_eq!(harness.state.presence, Presence::default());
}

#[test]
fn a_frame_goes_through_its_phases() {
    let mut harness = TestHarness::new();
    harness.dispatch(Action::FrameOpened {
        frame: frame("a"),
        location: IframeLocation::Widget,
        uses_calling_window: None,
        supports_inbound_calling: true,
    });
    let rows = [
        (Action::FrameReady { frame: frame("a") }, FramePhase::Ready),
        (Action::FromWidget { frame: frame("a"), kind: "INITIALIZED".into(), data: None }, FramePhase::Initialized),
        (Action::FrameReloading { frame: frame("a") }, FramePhase::Loading),
        (Action::FrameTimedOut { frame: frame("a") }, FramePhase::TimedOut),
    ];
    for (action, phase) in rows {
        harness.dispatch(action.clone());
        assert_eq!(harness.state.frames[0].phase, phase, "{action:?}");
    }
    assert_eq!(harness.state.alerts.last().map(|alert| &alert.text), Some(&AlertText::FrameTimedOut));
}

#[test]
fn nothing_is_sent_before_a_frame_is_ready() {
    let mut harness = TestHarness::new();
    harness.dispatch(Action::FrameOpened {
        frame: frame("a"),
        location: IframeLocation::Widget,
        uses_calling_window: None,
        supports_inbound_calling: true,
    });
    harness.dispatch(Action::Send { frame: frame("a"), kind: "UNLOADING".into(), data: None });
    harness.dispatch(Action::Visibility { frame: frame("a"), minimized: true, hidden: false });
    assert!(harness.kinds().is_empty());
}

#[test]
fn a_widget_can_resize_within_limits() {
    for (width, height, resized) in [
        ("400", "650", true),
        (r#""400""#, "650.5", true),
        ("0", "650", false),
        ("-5", "650", false),
        ("1e9", "650", false),
        ("null", "650", false),
    ] {
        for (kind, data) in [
            ("RESIZE_WIDGET", format!(r#"{{"width": {width}, "height": {height}}}"#)),
            ("INITIALIZED", format!(r#"{{"sizeInfo": {{"width": {width}, "height": {height}}}}}"#)),
        ] {
            let mut harness = TestHarness::ready();
            harness.receive("a", kind, &data);
            let height = height.parse().unwrap_or_default();
            let effects = [Effect::Resize { frame: frame("a"), size: Size::new(400.0, height) }];
            assert_eq!(harness.effects, effects[..usize::from(resized)], "{data}");
            assert_eq!(harness.state.frames[0].size.is_some(), resized, "{data}");
        }
    }
}

#[test]
fn visibility_changes_are_sent_once() {
    let mut harness = TestHarness::ready();
    for (minimized, hidden, is_sent) in
        [(true, false, true), (true, false, false), (false, true, true), (false, false, true)]
    {
        harness.dispatch(Action::Visibility { frame: frame("a"), minimized, hidden });
        let expected = json(&format!(r#"{{"isMinimized": {minimized}, "isHidden": {hidden}}}"#));
        let sent: Vec<_> = harness.sent.drain(..).map(|(_, kind, data)| (kind, data)).collect();
        assert_eq!(sent, vec![("VISIBILITY_CHANGED".to_owned(), expected); usize::from(is_sent)]);
    }
}

#[test]
fn a_valid_new_address_is_stored() {
    for (url, noted) in
        [("https://a.example/", true), ("http://localhost:1/", true), ("javascript:alert(1)", false), ("", false)]
    {
        let mut harness = TestHarness::ready();
        harness.receive("a", "SET_WIDGET_URL", &format!(r#"{{"iFrameUrl": "{url}"}}"#));
        assert_eq!(harness.state.frames[0].url.is_some(), noted, "{url}");
    }
}

#[test]
fn an_error_is_an_alert_until_it_is_dismissed() {
    let mut harness = TestHarness::ready();
    harness.receive("a", "ERROR", r#"{"message": "The line is down."}"#);
    harness.receive("a", "ERROR", r#"{"message": "The line is down."}"#);
    harness.receive("a", "ERROR", r#"{"type": "UNKNOWN_MESSAGE_TYPE", "data": {"originalMessage": {}}}"#);
    harness.receive("a", "ERROR", r#"{"message": " "}"#);
    let [alert] = &harness.state.alerts[..] else { panic!("{:?}", harness.state.alerts) };
    assert_eq!((&alert.text, alert.times), (&AlertText::Widget("The line is down.".into()), 2));
    let id = alert.id;
    harness.dispatch(Action::Dismiss { alert: id + 1 });
    assert_eq!(harness.state.alerts.len(), 1);
    harness.dispatch(Action::Dismiss { alert: id });
    assert!(harness.state.alerts.is_empty());
    harness.dispatch(Action::NotPersisted);
    assert_eq!(harness.state.alerts.last().map(|alert| &alert.text), Some(&AlertText::NotPersisted));
}

#[test]
fn a_flood_of_errors_is_bounded() {
    let mut harness = TestHarness::ready();
    for error in 0..1_000 {
        harness.receive("a", "ERROR", &format!(r#"{{"message": "{error} {}"}}"#, "x".repeat(5_000)));
    }
    assert_eq!(harness.state.alerts.len(), 20);
    let AlertText::Widget(text) = &harness.state.alerts[19].text else { panic!("{:?}", harness.state.alerts) };
    assert!(text.starts_with("999 ") && text.len() == 500);
}

#[test]
fn a_record_opens_in_the_requested_tab_or_the_request_fails() {
    use IframeLocation::*;
    let navigation_fails = Faults { navigation_fails: true, ..Default::default() };
    // The location of the frame, the request, the faults, and whether a new tab is used. `None` is a failure.
    let rows = [
        (
            Widget,
            r#""portalId": 6125000, "objectId": 51, "objectTypeId": "0-1"}, "openIn": "CURRENT_TAB""#,
            Faults::default(),
            Some(false),
        ),
        (
            Widget,
            r#""portalId": "6125000", "objectId": "51", "objectTypeId": "0-1"}, "openIn": "NEW_TAB""#,
            Faults::default(),
            Some(true),
        ),
        (Remote, r#""objectId": 51, "objectTypeId": "0-1"}"#, Faults::default(), Some(false)),
        (Window, r#""objectId": 51, "objectTypeId": "0-1"}, "openIn": "CURRENT_TAB""#, Faults::default(), Some(true)),
        (Widget, r#""portalId": 1, "objectId": 51, "objectTypeId": "0-1"}"#, Faults::default(), None),
        (Widget, r#""objectId": 999, "objectTypeId": "0-1"}"#, Faults::default(), None),
        (Widget, r#""objectTypeId": "0-1"}"#, Faults::default(), None),
        (Widget, "}", Faults::default(), None),
        (Widget, r#""objectId": 51, "objectTypeId": "0-1"}"#, navigation_fails, None),
    ];
    for (location, asked, faults, shown) in rows {
        let mut harness = TestHarness::new();
        harness.frame("a", location);
        harness.dispatch(Action::SetFaults(faults));
        let data = format!(r#"{{"engagementId": 5, "objectCoordinates": {{{asked}}}"#);
        harness.receive("a", "NAVIGATE_TO_RECORD", &data);
        let mut effects = Vec::new();
        if let Some(new_tab) = shown {
            effects.push(Effect::Show { frame: frame("a"), record: record("0-1/51"), new_tab });
        }
        if shown == Some(false) {
            effects.push(Effect::Reload { frame: frame("a") });
        }
        assert_eq!(harness.effects, effects, "{data}");
        if shown.is_none() {
            let (kind, answer) = harness.answer();
            assert_eq!(kind, "NAVIGATE_TO_RECORD_FAILED");
            assert_eq!(answer.get("engagementId"), Some(&Value::Number(5.0)));
            assert_eq!(answer.get("objectCoordinates"), json(&data).get("objectCoordinates"));
        }
    }
}

#[test]
fn sync_has_the_engagement_of_the_open_call() {
    let sync = |harness: &TestHarness| harness.state.sync(IframeLocation::Widget, Some(true));
    let before = sync(&TestHarness::ready());
    assert_eq!((before.portal_id, before.user_id, before.owner_id), (id(6_125_000), id(900_001), id(70_001)));
    assert_eq!((before.iframe_location, before.uses_calling_window), (Some(IframeLocation::Widget), Some(true)));
    assert_eq!((before.engagement_id, before.host_url), (None, None));
    let (mut harness, engagement) = TestHarness::calling();
    assert_eq!(sync(&harness).engagement_id, id(engagement));
    harness.dispatch(Action::FrameRemoved { frame: frame("a") });
    assert_eq!(sync(&harness).engagement_id, id(engagement), "the page was reloaded");
    harness.frame("b", IframeLocation::Widget);
    harness.receive("b", "CALL_ENDED", r#"{"externalCallId": "c1"}"#);
    assert_eq!(sync(&harness).engagement_id, id(engagement));
    harness.receive("b", "CALL_COMPLETED", r#"{"externalCallId": "c1"}"#);
    assert_eq!(sync(&harness).engagement_id, None);
}

fn id(number: u64) -> Option<Id> {
    Some(Id::from(number as f64))
}

#[test]
fn initialized_with_an_engagement_assigns_the_call_to_the_frame() {
    let (mut harness, engagement) = TestHarness::calling();
    harness.dispatch(Action::FrameRemoved { frame: frame("a") });
    harness.frame("b", IframeLocation::Widget);
    assert!(!harness.state.has_active_call(&frame("b")));
    harness.receive("b", "INITIALIZED", &format!(r#"{{"engagementId": {engagement}}}"#));
    assert!(harness.state.has_active_call(&frame("b")));
}

#[test]
fn any_message_can_be_sent_manually() {
    let mut harness = TestHarness::ready();
    for kind in ["SET_CALL_STATE", "INITIATE_CALL_ID_SUCCEEDED", "INITIATE_CALL_ID_FAILED", "UNLOADING", "FAILED"] {
        harness.dispatch(Action::Send { frame: frame("a"), kind: kind.into(), data: Some(json(r#"{"callId": "x"}"#)) });
        assert_eq!(harness.answer(), (kind.to_owned(), json(r#"{"callId": "x"}"#)));
    }
}

#[test]
fn reset_keeps_only_the_frames() {
    let (mut harness, engagement) = TestHarness::calling();
    harness.receive("a", "ERROR", r#"{"message": "x"}"#);
    harness.dispatch(Action::SetFaults(Faults { delay: 5, ..Default::default() }));
    harness.dispatch(Action::StartQueue);
    let (frames, ids) = (harness.state.frames.clone(), harness.state.ids);
    harness.dispatch(Action::Reset);
    let presence = harness.state.presence;
    assert_eq!(harness.state, State { frames, ids, presence, ..State::default() });
    harness.receive("a", "OUTGOING_CALL_STARTED", r#"{"externalCallId": "c1", "createEngagement": true}"#);
    assert!(harness.call("c1").engagement > Some(engagement), "no id is given out twice");
}
