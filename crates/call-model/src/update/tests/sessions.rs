//! The log-in, its account and the connection to the phone system.

use super::*;
use crate::account::Token;

fn with_token(token: &str) -> Session {
    Session { token: Some(Token(token.into())), ..session() }
}

#[test]
fn a_log_in_connects_the_phone_system_and_sets_the_account() {
    let mut harness = TestHarness::logged_out();
    harness.does(UserAction::LoggedIn(with_token("t1")));
    assert_eq!(harness.connected, [with_token("t1")]);
    assert_eq!((&harness.state.line, harness.state.from_number.as_str()), (&Line::Connecting, "+16179483986"));
    harness.ignores(UserAction::Dial("+16175551234".into()));
    harness.does(Action::Phone(PhoneEvent::Connected));
    harness.does(UserAction::Dial("+16175551234".into()));
}

#[test]
fn an_account_without_numbers_can_call() {
    let mut harness = TestHarness::logged_out();
    harness.does(UserAction::LoggedIn(Session::default()));
    harness.does(Action::Phone(PhoneEvent::Connected));
    harness.does(UserAction::Dial("+16175551234".into()));
    let Some(GuestMessage::OutgoingCall(call)) = harness.sent.last() else { panic!() };
    assert_eq!(call.from_number, None);
}

#[test]
fn a_chosen_number_stays_chosen_while_the_account_has_it() {
    let mut harness = TestHarness::logged_in();
    let mut two = session();
    two.account.numbers.push(OwnNumber { id: "uk".into(), name: "UK".into(), number: "+442073238299".into() });
    harness.does(Action::SessionRenewed(two));
    harness.does(UserAction::ChooseFromNumber("+442073238299".into()));
    harness.does(Action::SessionRenewed(Session::clone(harness.state.session.as_ref().unwrap())));
    assert_eq!(harness.state.from_number, "+442073238299");
    harness.does(Action::SessionRenewed(session()));
    assert_eq!(harness.state.from_number, "+16179483986");
}

#[test]
fn logging_out_disconnects_and_ends_the_session() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetExtra { key: "recent".into(), json: "[]".into() });
    harness.does(UserAction::LogOut);
    assert_eq!((harness.disconnected, &harness.state.line, &harness.state.session), (1, &Line::Offline, &None));
    assert!(harness.state.extras.is_empty());
    harness.ignores(Action::Phone(PhoneEvent::Connected));
}

#[test]
fn a_lost_line_is_reported_until_it_is_back() {
    let mut harness = TestHarness::logged_in();
    let lost = PhoneEvent::Disconnected { reason: Some("no network".into()) };
    harness.does(Action::Phone(lost.clone()));
    harness.ignores(Action::Phone(lost));
    harness.ignores(UserAction::Dial("+16175551234".into()));
    harness.does(Action::Phone(PhoneEvent::Connected));
    harness.does(UserAction::Dial("+16175551234".into()));
}

#[test]
fn a_restored_state_can_dial_when_the_phone_system_is_connected_again() {
    let mut harness = TestHarness::logged_in();
    assert!(harness.state.can_dial());
    harness.state = harness.state.clone().restored();
    assert_eq!((&harness.state.host, harness.state.link), (&None, HostLink::Waiting));
    harness.ignores(UserAction::Dial("+16175550100".into()));
    harness.does(Action::TakeOver { notify: false });
    harness.ignores(UserAction::Dial("+16175550100".into()));
    let session = harness.state.session.as_deref().cloned().unwrap();
    harness.does(Action::SessionRenewed(session));
    harness.does(Action::Phone(PhoneEvent::Connected));
    harness.does(UserAction::Dial("+16175550100".into()));

    let logged_out = State::default().restored();
    assert_eq!(logged_out.line, Line::Offline);
}

#[test]
fn an_expired_session_is_renewed_and_the_call_continues() {
    let mut harness = TestHarness::talking();
    harness.does(Action::Phone(PhoneEvent::SessionExpired));
    assert_eq!((harness.renewed.len(), harness.state.screen()), (1, Screen::Calling));
    harness.does(Action::SessionRenewed(with_token("t2")));
    assert_eq!(harness.connected.last(), Some(&with_token("t2")));
    assert_eq!(harness.resumed, [harness.call().id.clone()]);
}

#[test]
fn a_session_that_cannot_be_renewed_logs_the_user_out_and_completes_the_call() {
    let mut harness = TestHarness::talking();
    harness.sent.clear();
    harness.does(Action::Phone(PhoneEvent::SessionExpired));
    harness.does(Action::SessionEnded { reason: Some("your password has changed".into()) });
    assert_eq!(harness.kinds(), ["CALL_ENDED", "CALL_COMPLETED", "LOGGED_OUT"]);
    assert_eq!(harness.state.notices, [Notice::SessionEnded { reason: Some("your password has changed".into()) }]);
}

#[test]
fn a_token_that_is_refused_at_once_is_not_renewed_again() {
    let mut harness = TestHarness::logged_in();
    harness.does(Action::Phone(PhoneEvent::SessionExpired));
    harness.does(Action::SessionRenewed(with_token("t2")));
    harness.does(Action::Phone(PhoneEvent::SessionExpired));
    assert_eq!((harness.renewed.len(), harness.state.screen()), (1, Screen::Login));
    assert_eq!(harness.state.notices, [Notice::AccountRefused]);
}

#[test]
fn a_call_that_failed_has_the_reason_of_the_phone_system() {
    for (mut harness, expected) in
        [(TestHarness::logged_in(), EndReason::Failed), (TestHarness::talking(), EndReason::Dropped)]
    {
        if expected == EndReason::Failed {
            harness.does(UserAction::Dial("+16175551234".into()));
        }
        harness.event(CallEvent::Failed { reason: Some("no credit".into()) });
        let CallPhase::WrapUp { reason, detail, .. } = &harness.call().phase else { panic!() };
        assert_eq!((*reason, detail.as_deref()), (expected, Some("no credit")));
    }
}

#[test]
fn a_call_that_is_answered_elsewhere_is_transferred_and_over() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetAvailable(true));
    super::calls::incoming(&mut harness, "in-1");
    harness.sent.clear();
    harness.event(CallEvent::AnsweredElsewhere);
    assert_eq!(harness.kinds(), ["CALL_TRANSFERRED"]);
    assert_eq!(
        (harness.state.screen(), &harness.state.notices[..]),
        (Screen::Keypad, &[Notice::AnsweredElsewhere][..])
    );
}

#[test]
fn a_failed_caller_match_is_reported_once_and_only_during_a_call() {
    let mut harness = TestHarness::logged_in();
    harness.ignores(hubspot("CALLER_ID_MATCH_FAILED", Value::Null));
    let mut harness = TestHarness::talking();
    harness.receives("CALLER_ID_MATCH_FAILED", Value::Null);
    harness.ignores(hubspot("CALLER_ID_MATCH_FAILED", Value::Null));
    assert_eq!(harness.state.notices, [Notice::CallerMatchFailed]);
}

#[test]
fn blocked_storage_is_reported_once_and_the_log_in_does_not_hide_it() {
    let mut harness = TestHarness::logged_out();
    harness.does(Action::StorageBlocked);
    harness.ignores(Action::StorageBlocked);
    harness.does(UserAction::LoggedIn(session()));
    assert_eq!(harness.state.notices, [Notice::StorageBlocked]);
}

#[test]
fn a_token_is_neither_logged_nor_stored() {
    let session = with_token("secret");
    assert!(!format!("{session:?}").contains("secret"));
    assert!(!serde_json::to_string(&session.without_token()).unwrap().contains("secret"));
}
