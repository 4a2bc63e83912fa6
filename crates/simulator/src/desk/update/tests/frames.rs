use super::*;
use crate::desk::{FramePhase, Presence};
use calling_extensions::{codec::Id, message::Size};

#[test]
fn the_bar_shows_what_the_app_said_last() {
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
    let mut desk = Desk::new();
    desk.frame("b", IframeLocation::Remote);
    desk.frame("a", IframeLocation::Remote);
    for (kind, data, (logged_in, available)) in rows {
        desk.says("a", kind, data);
        let expected = Presence { logged_in, available };
        assert_eq!((desk.state.presence, desk.state.frames[1].presence), (expected, expected), "{kind} {data}");
    }
    assert_eq!(desk.state.frames[0].presence, Presence { logged_in: yes, available: no }, "another frame has its own");
    desk.does(Action::FrameGone { frame: frame("a") });
    desk.does(Action::FrameGone { frame: frame("b") });
    assert_eq!(desk.state.presence, Presence::default());
}

#[test]
fn a_frame_gets_ready_and_is_lost() {
    let mut desk = Desk::new();
    desk.does(Action::FrameOpened { frame: frame("a"), location: IframeLocation::Widget, uses_calling_window: None });
    let rows = [
        (Action::FrameReady { frame: frame("a") }, FramePhase::Ready),
        (Action::FromWidget { frame: frame("a"), kind: "INITIALIZED".into(), data: None }, FramePhase::Initialized),
        (Action::FrameLost { frame: frame("a") }, FramePhase::Loading),
        (Action::FrameSilent { frame: frame("a") }, FramePhase::Silent),
    ];
    for (action, phase) in rows {
        desk.does(action.clone());
        assert_eq!(desk.state.frames[0].phase, phase, "{action:?}");
    }
    assert_eq!(desk.state.alerts.last().map(|alert| &alert.text), Some(&AlertText::Silent));
}

#[test]
fn nothing_is_said_to_a_frame_that_does_not_hear() {
    let mut desk = Desk::new();
    desk.does(Action::FrameOpened { frame: frame("a"), location: IframeLocation::Widget, uses_calling_window: None });
    desk.does(Action::Say { frame: frame("a"), kind: "UNLOADING".into(), data: None });
    desk.does(Action::Visibility { frame: frame("a"), minimized: true, hidden: false });
    assert!(desk.kinds().is_empty());
}

#[test]
fn a_widget_is_resized_within_reason() {
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
            let mut desk = Desk::ready();
            desk.says("a", kind, &data);
            let height = height.parse().unwrap_or_default();
            let effects = [Effect::Resize { frame: frame("a"), size: Size::new(400.0, height) }];
            assert_eq!(desk.done, effects[..usize::from(resized)], "{data}");
            assert_eq!(desk.state.frames[0].size.is_some(), resized, "{data}");
        }
    }
}

#[test]
fn the_widget_hears_how_it_is_shown_when_that_changes() {
    let mut desk = Desk::ready();
    for (minimized, hidden, told) in
        [(true, false, true), (true, false, false), (false, true, true), (false, false, true)]
    {
        desk.does(Action::Visibility { frame: frame("a"), minimized, hidden });
        let expected = json(&format!(r#"{{"isMinimized": {minimized}, "isHidden": {hidden}}}"#));
        let said: Vec<_> = desk.told.drain(..).map(|(_, kind, data)| (kind, data)).collect();
        assert_eq!(said, vec![("VISIBILITY_CHANGED".to_owned(), expected); usize::from(told)]);
    }
}

#[test]
fn an_address_is_noted_if_it_can_be_loaded() {
    for (url, noted) in
        [("https://a.example/", true), ("http://localhost:1/", true), ("javascript:alert(1)", false), ("", false)]
    {
        let mut desk = Desk::ready();
        desk.says("a", "SET_WIDGET_URL", &format!(r#"{{"iFrameUrl": "{url}"}}"#));
        assert_eq!(desk.state.frames[0].url.is_some(), noted, "{url}");
    }
}

#[test]
fn an_error_is_an_alert_until_it_is_dismissed() {
    let mut desk = Desk::ready();
    desk.says("a", "ERROR", r#"{"message": "The line is down."}"#);
    desk.says("a", "ERROR", r#"{"message": "The line is down."}"#);
    desk.says("a", "ERROR", r#"{"type": "UNKNOWN_MESSAGE_TYPE", "data": {"originalMessage": {}}}"#);
    desk.says("a", "ERROR", r#"{"message": " "}"#);
    let [alert] = &desk.state.alerts[..] else { panic!("{:?}", desk.state.alerts) };
    assert_eq!((&alert.text, alert.times), (&AlertText::Widget("The line is down.".into()), 2));
    let id = alert.id;
    desk.does(Action::Dismiss { alert: id + 1 });
    assert_eq!(desk.state.alerts.len(), 1);
    desk.does(Action::Dismiss { alert: id });
    assert!(desk.state.alerts.is_empty());
    desk.does(Action::NotKept);
    assert_eq!(desk.state.alerts.last().map(|alert| &alert.text), Some(&AlertText::NotKept));
}

#[test]
fn a_flood_of_errors_is_bounded() {
    let mut desk = Desk::ready();
    for error in 0..1_000 {
        desk.says("a", "ERROR", &format!(r#"{{"message": "{error} {}"}}"#, "x".repeat(5_000)));
    }
    assert_eq!(desk.state.alerts.len(), 20);
    let AlertText::Widget(text) = &desk.state.alerts[19].text else { panic!("{:?}", desk.state.alerts) };
    assert!(text.starts_with("999 ") && text.len() == 500);
}

#[test]
fn a_record_is_shown_where_the_widget_wants_it_or_the_widget_is_told() {
    use IframeLocation::*;
    let navigation_fails = Trouble { navigation_fails: true, ..Default::default() };
    // Where the frame is, what it asks for, what fails, and: in a new tab? `None` is a failure.
    let rows = [
        (
            Widget,
            r#""portalId": 6125000, "objectId": 51, "objectTypeId": "0-1"}, "openIn": "CURRENT_TAB""#,
            Trouble::default(),
            Some(false),
        ),
        (
            Widget,
            r#""portalId": "6125000", "objectId": "51", "objectTypeId": "0-1"}, "openIn": "NEW_TAB""#,
            Trouble::default(),
            Some(true),
        ),
        (Remote, r#""objectId": 51, "objectTypeId": "0-1"}"#, Trouble::default(), Some(false)),
        (Window, r#""objectId": 51, "objectTypeId": "0-1"}, "openIn": "CURRENT_TAB""#, Trouble::default(), Some(true)),
        (Widget, r#""portalId": 1, "objectId": 51, "objectTypeId": "0-1"}"#, Trouble::default(), None),
        (Widget, r#""objectId": 999, "objectTypeId": "0-1"}"#, Trouble::default(), None),
        (Widget, r#""objectTypeId": "0-1"}"#, Trouble::default(), None),
        (Widget, "}", Trouble::default(), None),
        (Widget, r#""objectId": 51, "objectTypeId": "0-1"}"#, navigation_fails, None),
    ];
    for (location, asked, trouble, shown) in rows {
        let mut desk = Desk::new();
        desk.frame("a", location);
        desk.does(Action::SetTrouble(trouble));
        let data = format!(r#"{{"engagementId": 5, "objectCoordinates": {{{asked}}}"#);
        desk.says("a", "NAVIGATE_TO_RECORD", &data);
        let mut effects = Vec::new();
        if let Some(new_tab) = shown {
            effects.push(Effect::Show { frame: frame("a"), record: record("0-1/51"), new_tab });
        }
        if shown == Some(false) {
            effects.push(Effect::Reload { frame: frame("a") });
        }
        assert_eq!(desk.done, effects, "{data}");
        if shown.is_none() {
            let (kind, answer) = desk.answer();
            assert_eq!(kind, "NAVIGATE_TO_RECORD_FAILED");
            assert_eq!(answer.get("engagementId"), Some(&Value::Number(5.0)));
            assert_eq!(answer.get("objectCoordinates"), json(&data).get("objectCoordinates"));
        }
    }
}

#[test]
fn a_frame_that_loads_during_a_call_hears_its_engagement() {
    let sync = |desk: &Desk| desk.state.sync(IframeLocation::Widget, Some(true));
    let before = sync(&Desk::ready());
    assert_eq!((before.portal_id, before.user_id, before.owner_id), (id(6_125_000), id(900_001), id(70_001)));
    assert_eq!((before.iframe_location, before.uses_calling_window), (Some(IframeLocation::Widget), Some(true)));
    assert_eq!((before.engagement_id, before.host_url), (None, None));
    let (mut desk, engagement) = Desk::calling();
    assert_eq!(sync(&desk).engagement_id, id(engagement));
    desk.does(Action::FrameGone { frame: frame("a") });
    assert_eq!(sync(&desk).engagement_id, id(engagement), "the page was loaded anew");
    desk.frame("b", IframeLocation::Widget);
    desk.says("b", "CALL_ENDED", r#"{"externalCallId": "c1"}"#);
    assert_eq!(sync(&desk).engagement_id, id(engagement));
    desk.says("b", "CALL_COMPLETED", r#"{"externalCallId": "c1"}"#);
    assert_eq!(sync(&desk).engagement_id, None);
}

fn id(number: u64) -> Option<Id> {
    Some(Id::from(number as f64))
}

#[test]
fn a_widget_that_remembers_its_engagement_holds_the_call_again() {
    let (mut desk, engagement) = Desk::calling();
    desk.does(Action::FrameGone { frame: frame("a") });
    desk.frame("b", IframeLocation::Widget);
    assert!(!desk.state.holds(&frame("b")));
    desk.says("b", "INITIALIZED", &format!(r#"{{"engagementId": {engagement}}}"#));
    assert!(desk.state.holds(&frame("b")));
}

#[test]
fn any_message_can_be_said_by_hand() {
    let mut desk = Desk::ready();
    for kind in ["SET_CALL_STATE", "INITIATE_CALL_ID_SUCCEEDED", "INITIATE_CALL_ID_FAILED", "UNLOADING", "FAILED"] {
        desk.does(Action::Say { frame: frame("a"), kind: kind.into(), data: Some(json(r#"{"callId": "x"}"#)) });
        assert_eq!(desk.answer(), (kind.to_owned(), json(r#"{"callId": "x"}"#)));
    }
}

#[test]
fn reset_brings_back_the_account_and_leaves_the_frames() {
    let (mut desk, engagement) = Desk::calling();
    desk.says("a", "ERROR", r#"{"message": "x"}"#);
    desk.does(Action::SetTrouble(Trouble { delay: 5, ..Default::default() }));
    desk.does(Action::StartQueue);
    let (frames, ids) = (desk.state.frames.clone(), desk.state.ids);
    desk.does(Action::Reset);
    let presence = desk.state.presence;
    assert_eq!(desk.state, State { frames, ids, presence, ..State::default() });
    desk.says("a", "OUTGOING_CALL_STARTED", r#"{"externalCallId": "c1", "createEngagement": true}"#);
    assert!(desk.call("c1").engagement > Some(engagement), "no id is given out twice");
}
