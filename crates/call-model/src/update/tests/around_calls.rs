//! Outside of calls: log-in, presence, the frame and its host.

use super::calls::incoming;
use super::*;
use calling_extensions::message::IframeLocation::{self, Remote, Widget, Window};

#[test]
fn a_log_in_is_requested_once_until_it_is_answered() {
    let mut harness = TestHarness::logged_out();
    harness.does(Action::LogInRequested);
    harness.ignores(Action::LogInRequested);
    harness.does(UserAction::LogInRefused("no such user".into()));
    assert_eq!((harness.state.logging_in, harness.state.screen()), (false, Screen::Login));
    assert_eq!(harness.state.notices, [Notice::LogInRefused { reason: "no such user".into() }]);
    harness.does(Action::LogInRequested);
    assert_eq!(harness.state.notices, [], "a new request removes the notice");
    harness.does(UserAction::LoggedIn(session()));
    assert_eq!((harness.state.logging_in, harness.state.screen()), (false, Screen::Keypad));
    assert_eq!(harness.kinds(), ["LOGGED_IN"]);
    // A late answer to the request of another frame.
    harness.ignores(UserAction::LoggedIn(session()));
    harness.ignores(UserAction::LogInRefused("too late".into()));
}

#[test]
fn the_muted_ringtone_stays_muted() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetRingtone(false));
    assert!(harness.state.ringtone_muted);
    harness.does(UserAction::SetRingtone(true));
    assert!(!harness.state.ringtone_muted);
}

#[test]
fn the_calling_window_is_opened_from_the_navigation_bar_and_at_hubspot() {
    #[track_caller]
    fn check(location: Option<IframeLocation>, uses: Option<bool>, url: &str, portal: Id, expected: Option<&str>) {
        let host = HostInfo {
            portal_id: Some(portal),
            location,
            uses_calling_window: uses,
            url: Some(url.into()),
            ..HostInfo::default()
        };
        let expected = expected.map(|at| [at, "/calling-integration-popup-ui/62515?usesCallingWindow=false"].concat());
        assert_eq!(host.calling_window(), expected, "{host:?}");
    }
    let (hubspot, portal) = ("https://app.hubspot.com", || Id::from(62_515.0));
    check(Some(Remote), Some(false), hubspot, portal(), Some(hubspot));
    check(
        Some(Remote),
        None,
        "https://app-eu1.hubspot.com/contacts/1?a=b#c",
        portal(),
        Some("https://app-eu1.hubspot.com"),
    );
    check(Some(Remote), Some(false), "http://localhost:9025/", Id::from("62515"), Some("http://localhost:9025"));
    // HubSpot opens it by itself, it is open, or there is none.
    check(Some(Remote), Some(true), hubspot, portal(), None);
    check(Some(Window), Some(false), hubspot, portal(), None);
    check(Some(Widget), Some(false), hubspot, portal(), None);
    check(None, Some(false), hubspot, portal(), None);
    // Of the account only a number gets into the address.
    check(Some(Remote), Some(false), hubspot, Id::from("../62515"), None);
    check(Some(Remote), Some(false), hubspot, Id::from(""), None);
    check(Some(Remote), Some(false), "javascript:alert(1)", portal(), None);
    assert_eq!(HostInfo { location: Some(Remote), ..HostInfo::default() }.calling_window(), None);
}

#[test]
fn logging_out_ends_completes_and_resets_availability() {
    let mut harness = TestHarness::talking();
    harness.does(UserAction::SetAvailable(true));
    harness.sent.clear();
    harness.does(UserAction::LogOut);
    assert_eq!(harness.kinds(), ["CALL_ENDED", "CALL_COMPLETED", "USER_UNAVAILABLE", "LOGGED_OUT"]);
    assert_eq!((harness.state.available, harness.state.screen()), (false, Screen::Login));
}

#[test]
fn hubspot_is_asked_for_the_size_of_each_screen() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetAvailable(true));
    incoming(&mut harness, "in-1");
    assert_eq!(harness.heights, [560.0]);
    harness.does(UserAction::Answer);
    assert_eq!(harness.heights, [560.0, 650.0]);
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    assert_eq!(harness.heights, [560.0, 650.0], "a call, its wrap-up and the keypad are of one size");
    harness.does(UserAction::LogOut);
    assert_eq!(harness.heights, [560.0, 650.0, 560.0]);
}

#[test]
fn a_hidden_widget_has_hubspot_show_an_alert() {
    let mut harness = TestHarness::talking();
    harness.receives("CREATE_ENGAGEMENT_FAILED", Value::Null);
    assert_eq!(harness.alerted, []);
    harness.receives("VISIBILITY_CHANGED", map(&[("isMinimized", true.into())]));
    harness.event(CallEvent::TransferFailed);
    assert_eq!(harness.alerted, [Notice::TransferFailed]);
    harness.receives("VISIBILITY_CHANGED", map(&[("isMinimized", false.into()), ("isHidden", false.into())]));
    assert!(!harness.state.hidden);
}

#[test]
fn undocumented_messages_change_nothing() {
    let mut harness = TestHarness::talking();
    for kind in [
        "SET_CALL_STATE",
        "INITIATE_CALL_ID_SUCCEEDED",
        "INITIATE_CALL_ID_FAILED",
        "SET_WIDGET_URL_FAILED",
        "UNLOADING",
    ] {
        harness.ignores(hubspot(kind, map(&[("callId", 7.0.into())])));
    }
}

#[test]
fn without_a_microphone_no_call_can_be_made() {
    let mut harness = TestHarness::logged_in();
    harness.state.capabilities.microphone = true;
    harness.does(UserAction::LogOut);
    harness.does(UserAction::LoggedIn(session()));
    assert_eq!(harness.asked_for_microphone, 1);
    harness.does(Action::Microphone(false));
    assert_eq!(harness.state.screen(), Screen::NoMicrophone);
    harness.ignores(UserAction::Dial("+16175551234".into()));
    harness.does(UserAction::RetryMicrophone);
    assert_eq!(harness.asked_for_microphone, 2);
    harness.does(Action::Microphone(true));
    assert_eq!(harness.state.screen(), Screen::Keypad);
    TestHarness::logged_in().ignores(UserAction::RetryMicrophone);
}

#[test]
fn an_overdue_handshake_is_shown_until_it_comes() {
    let mut harness = TestHarness::logged_out();
    harness.does(Action::HandshakeOverdue);
    assert_eq!(harness.state.link, HostLink::Overdue);
    harness.does(Action::HubSpotReady(Ready::default()));
    assert_eq!(harness.state.link, HostLink::Connected);
    harness.ignores(Action::HandshakeOverdue);
}

#[test]
fn the_five_newest_notices_stay() {
    let mut harness = TestHarness::logged_in();
    let shown = |harness: &TestHarness| -> String {
        let number = |notice: &Notice| match notice {
            Notice::CannotDial { number } => number.clone(),
            other => panic!("{other:?}"),
        };
        harness.state.notices.iter().map(number).collect()
    };
    for (number, expected) in [("a", "a"), ("b", "ab"), ("c", "abc"), ("d", "abcd"), ("e", "abcde"), ("f", "bcdef")] {
        harness.receives("DIAL_NUMBER", map(&[("phoneNumber", number.into())]));
        assert_eq!(shown(&harness), expected);
    }
}

#[test]
fn a_notice_is_dismissed_before_the_log_in_too() {
    let mut harness = TestHarness::logged_out();
    harness.does(UserAction::LogInRefused("no such user".into()));
    harness.does(UserAction::DismissNotice);
    assert_eq!(harness.state.notices, []);
    harness.ignores(UserAction::DismissNotice);
}
