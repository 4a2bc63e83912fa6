//! What is true between calls and around them: log-in, presence, the frame and its host.

use super::calls::incoming;
use super::*;
use crate::state::{HostInfo, Screen};
use calling_extensions::message::IframeLocation::{self, Remote, Widget, Window};

#[test]
fn one_is_asked_to_be_let_in_once_until_there_is_an_answer() {
    let mut desk = Desk::closed();
    desk.does(Action::AskToLogIn);
    desk.ignores(Action::AskToLogIn);
    desk.does(Action::LogInRefused("no such user".into()));
    assert_eq!((desk.state.logging_in, desk.state.screen()), (false, Screen::Login));
    assert_eq!(desk.state.notices, [Notice::LogInRefused { reason: "no such user".into() }]);
    desk.does(Action::AskToLogIn);
    assert_eq!(desk.state.notices, [], "the same refusal is told anew");
    desk.does(Action::LogIn);
    assert_eq!((desk.state.logging_in, desk.state.screen()), (false, Screen::Keypad));
    assert_eq!(desk.kinds(), ["LOGGED_IN"]);
    // The answer to what another frame has asked comes late.
    desk.ignores(Action::LogIn);
    desk.ignores(Action::LogInRefused("too late".into()));
}

#[test]
fn silence_is_kept() {
    let mut desk = Desk::open();
    desk.does(Action::SetRinging(false));
    assert!(desk.state.silent);
    let kept = State::from_value(&desk.state.to_value()).unwrap();
    assert!(kept.silent);
    desk.does(Action::SetRinging(true));
    assert!(!desk.state.silent);
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
    // Nothing that is said gets into the address but a number.
    check(Some(Remote), Some(false), hubspot, Id::from("../62515"), None);
    check(Some(Remote), Some(false), hubspot, Id::from(""), None);
    check(Some(Remote), Some(false), "javascript:alert(1)", portal(), None);
    assert_eq!(HostInfo { location: Some(Remote), ..HostInfo::default() }.calling_window(), None);
}

#[test]
fn logging_out_ends_completes_and_resets_availability() {
    let mut desk = Desk::talking();
    desk.does(Action::SetAvailable(true));
    desk.told.clear();
    desk.does(Action::LogOut);
    assert_eq!(desk.kinds(), ["CALL_ENDED", "CALL_COMPLETED", "USER_UNAVAILABLE", "LOGGED_OUT"]);
    assert_eq!((desk.state.available, desk.state.screen()), (false, Screen::Login));
}

#[test]
fn each_screen_has_one_size_that_is_asked_for_when_it_comes() {
    let mut desk = Desk::open();
    desk.does(Action::SetAvailable(true));
    incoming(&mut desk, "in-1");
    assert_eq!(desk.heights, [560.0]);
    desk.does(Action::Answer);
    assert_eq!(desk.heights, [560.0, 650.0]);
    desk.does(Action::HangUp);
    desk.does(Action::SaveCall);
    assert_eq!(desk.heights, [560.0, 650.0], "a call, its wrap-up and the keypad are of one size");
    desk.does(Action::LogOut);
    assert_eq!(desk.heights, [560.0, 650.0, 560.0]);
}

#[test]
fn who_does_not_see_the_widget_is_told_by_hubspot() {
    let mut desk = Desk::talking();
    desk.hears("CREATE_ENGAGEMENT_FAILED", Value::Null);
    assert_eq!(desk.alerted, []);
    desk.hears("VISIBILITY_CHANGED", map(&[("isMinimized", true.into())]));
    desk.news(PhoneNews::TransferFailed);
    assert_eq!(desk.alerted, [Notice::TransferFailed]);
    desk.hears("VISIBILITY_CHANGED", map(&[("isMinimized", false.into()), ("isHidden", false.into())]));
    assert!(!desk.state.out_of_sight);
}

#[test]
fn what_nobody_documents_changes_nothing() {
    let mut desk = Desk::talking();
    for kind in [
        "SET_CALL_STATE",
        "INITIATE_CALL_ID_SUCCEEDED",
        "INITIATE_CALL_ID_FAILED",
        "SET_WIDGET_URL_FAILED",
        "UNLOADING",
    ] {
        desk.ignores(hubspot(kind, map(&[("callId", 7.0.into())])));
    }
}

#[test]
fn without_a_microphone_there_is_no_silent_call() {
    let mut desk = Desk::open();
    desk.state.capabilities.microphone = true;
    desk.does(Action::LogOut);
    desk.does(Action::LogIn);
    assert_eq!(desk.asked_for_microphone, 1);
    desk.does(Action::Microphone(false));
    assert_eq!(desk.state.screen(), Screen::NoMicrophone);
    desk.ignores(Action::Dial("+16175551234".into()));
    desk.does(Action::AskAgain);
    assert_eq!(desk.asked_for_microphone, 2);
    desk.does(Action::Microphone(true));
    assert_eq!(desk.state.screen(), Screen::Keypad);
    Desk::open().ignores(Action::AskAgain);
}

#[test]
fn a_handshake_that_never_comes_is_told_until_it_comes() {
    let mut desk = Desk::closed();
    desk.does(Action::HandshakeOverdue);
    assert_eq!(desk.state.link, Link::Overdue);
    desk.does(Action::HubSpotReady(Ready::default()));
    assert_eq!(desk.state.link, Link::Connected);
    desk.ignores(Action::HandshakeOverdue);
}
