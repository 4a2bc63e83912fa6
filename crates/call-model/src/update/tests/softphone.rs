//! What a phone system reports whose media is in the page.

use super::*;
use crate::consultation::{Consult, ConsultEvent, Consultation};

const ASKED: &str = "+16175550102";

/// Logged in, with an answered call, with a phone system that can consult.
fn talking() -> TestHarness {
    let mut harness = TestHarness::talking();
    harness.does(Action::Phone(PhoneEvent::Capabilities { can: Capabilities::ALL, consult: true }));
    harness.phoned.clear();
    harness
}

/// An answered call during which somebody else is asked, who has answered too.
fn asking() -> TestHarness {
    let mut harness = talking();
    harness.does(UserAction::Consult(Consult::Begin(ASKED.into())));
    harness.now += 1_000.0;
    harness.event(CallEvent::Consult(ConsultEvent::Answered));
    harness
}

#[test]
fn it_rings_at_the_other_side_until_the_answer() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::Dial("+16175551234".into()));
    assert!(!harness.call().rings);
    harness.event(CallEvent::Ringing);
    assert!(harness.call().rings);
    let call = harness.call().id.clone();
    harness.ignores(Action::Phone(PhoneEvent::Call { call: call.clone(), event: CallEvent::Ringing }));
    harness.event(CallEvent::Answered);
    harness.ignores(Action::Phone(PhoneEvent::Call { call, event: CallEvent::Ringing }));
}

#[test]
fn capabilities_that_depend_on_the_account_are_those_of_the_state() {
    let mut harness = TestHarness::logged_in();
    let can = Capabilities { record: false, ..Capabilities::ALL };
    harness.does(Action::Phone(PhoneEvent::Capabilities { can, consult: true }));
    assert_eq!((harness.state.capabilities, harness.state.can_consult), (can, true));
    harness.ignores(Action::Phone(PhoneEvent::Capabilities { can, consult: true }));
}

#[test]
fn a_second_call_that_waits_is_reported_and_rings_after_the_first() {
    let mut harness = talking();
    harness.does(UserAction::SetAvailable(true));
    let waiting = CallEvent::Waiting { from: ASKED.into() };
    harness.does(Action::Phone(PhoneEvent::Call { call: "second".into(), event: waiting }));
    assert_eq!(harness.state.notices, [Notice::WaitingCall { number: ASKED.into() }]);
    assert_eq!(harness.phoned, []);
    harness.does(UserAction::HangUp);
    let incoming = CallEvent::Incoming { from: ASKED.into(), to: "+16179483986".into() };
    harness.does(Action::Phone(PhoneEvent::Call { call: "second".into(), event: incoming }));
    assert_eq!((harness.state.screen(), harness.call().number.as_str()), (Screen::Incoming, ASKED));
}

#[test]
fn a_second_call_is_busy_for_a_user_who_is_not_available() {
    let mut harness = talking();
    let waiting = CallEvent::Waiting { from: ASKED.into() };
    harness.does(Action::Phone(PhoneEvent::Call { call: "second".into(), event: waiting }));
    assert_eq!(harness.phoned, [("second".into(), PhoneCommand::RejectAsBusy)]);
    assert_eq!(harness.state.notices, []);
}

#[test]
fn somebody_is_asked_before_the_call_is_transferred_to_them() {
    let mut harness = asking();
    let asked = Consultation { number: ASKED.into(), answered_at: Some(1_001_000.0) };
    assert_eq!(harness.call().consultation, Some(asked));
    harness.does(UserAction::Consult(Consult::Transfer));
    let commands: Vec<_> = harness.phoned.iter().map(|(_, command)| command.clone()).collect();
    let begin = PhoneCommand::Consult(Consult::Begin(ASKED.into()));
    assert_eq!(commands, [begin, PhoneCommand::Consult(Consult::Transfer)]);
    harness.kinds();
    harness.event(CallEvent::Transferred);
    assert_eq!(harness.kinds(), ["CALL_TRANSFERRED", "CALL_ENDED"]);
}

#[test]
fn nobody_is_asked_where_the_phone_system_cannot_or_somebody_is_asked_already() {
    TestHarness::talking().ignores(UserAction::Consult(Consult::Begin(ASKED.into())));
    let mut harness = talking();
    harness.ignores(UserAction::Consult(Consult::Begin("nobody".into())));
    harness.ignores(UserAction::Consult(Consult::Transfer));
    harness.ignores(UserAction::Consult(Consult::End));
    harness.does(UserAction::Consult(Consult::Begin(ASKED.into())));
    harness.ignores(UserAction::Consult(Consult::Begin(ASKED.into())));
    // They have not answered yet.
    harness.ignores(UserAction::Consult(Consult::Transfer));
}

#[test]
fn the_user_goes_back_to_the_call() {
    let mut harness = asking();
    harness.does(UserAction::Consult(Consult::End));
    assert_eq!(harness.call().consultation, None);
    assert_eq!(harness.phoned.last().map(|(_, command)| command), Some(&PhoneCommand::Consult(Consult::End)));
    let call = harness.call().id.clone();
    let ended = CallEvent::Consult(ConsultEvent::Ended { reason: None });
    harness.ignores(Action::Phone(PhoneEvent::Call { call, event: ended }));
}

#[test]
fn the_user_is_notified_when_a_consultation_ends_by_itself() {
    let mut harness = asking();
    harness.event(CallEvent::Consult(ConsultEvent::Ended { reason: Some("Gone.".into()) }));
    assert_eq!(harness.call().consultation, None);
    assert_eq!(harness.state.notices, [Notice::ConsultationEnded { reason: Some("Gone.".into()) }]);
}

#[test]
fn the_password_for_the_exchange_is_not_stored_and_in_no_log() {
    let sip =
        serde_json::json!({ "server": "wss://pbx.example.com", "uri": "sip:ada@example.com", "password": "secret" });
    let mut session = session();
    session.account.sip = serde_json::from_value(sip).unwrap();
    assert!(!format!("{session:?}").contains("secret"));
    assert_eq!(session.without_token().account.sip, None);
    assert!(!serde_json::to_string(&session.without_token()).unwrap().contains("secret"));
}
