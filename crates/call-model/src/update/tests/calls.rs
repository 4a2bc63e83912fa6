//! Calls from start to end.

use super::*;
use calling_extensions::message::{Direction, EndStatus};

#[test]
fn an_outbound_call_from_the_click_to_the_timeline() {
    let mut harness = TestHarness::logged_in();
    let request = map(&[("phoneNumber", "+1 617-555-1234".into()), ("threadId", 4.0.into())]);
    harness.receives("DIAL_NUMBER", request.clone());
    harness.does(UserAction::Dial("+16175551234".into()));
    assert_eq!(harness.state.screen(), Screen::Dialing);
    let GuestMessage::OutgoingCall(call) = harness.sent.remove(0) else { panic!() };
    assert_eq!(call.external_call_id, harness.call().id.0);
    assert_eq!((call.to_number.as_deref(), call.from_number.as_deref()), (Some("+16175551234"), Some("+16179483986")));
    assert_eq!((call.call_start_time, call.create_engagement), (Some(1_000_000.0), Some(true)));
    assert_eq!(call.dialing_context, Some(request), "sent back unchanged");

    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(77.0));
    harness.now += 2_500.0;
    harness.event(CallEvent::Answered);
    harness.now += 61_234.0;
    harness.notes("Ada will call back", 1);
    harness.does(UserAction::HangUp);
    assert_eq!(harness.kinds(), ["CALL_ANSWERED", "CALL_ENDED"]);
    assert_eq!(harness.state.screen(), Screen::CallEnded);

    harness.does(UserAction::SaveCall);
    assert_eq!(harness.state.screen(), Screen::Keypad);
    let GuestMessage::CallCompleted(saved) = harness.sent.remove(0) else { panic!() };
    let properties = saved.engagement_properties.unwrap();
    assert_eq!((saved.engagement_id, saved.hide_widget), (Some(Id::from(77.0)), Some(false)));
    assert_eq!(properties.hs_timestamp.as_deref(), Some("1000000"));
    assert_eq!(properties.hs_call_duration.as_deref(), Some("61234"), "to the millisecond, without the ringing");
    assert_eq!(properties.hs_call_body.as_deref(), Some("Ada will call back"));
    assert_eq!(properties.hs_call_status, Some(EndStatus::Completed));
    assert_eq!(properties.hs_call_direction, Some(Direction::Outbound));
    assert_eq!(properties.hs_call_from_number.as_deref(), Some("+16179483986"));
    assert_eq!(properties.hs_call_to_number.as_deref(), Some("+16175551234"));
    assert_eq!(properties.hs_call_recording_url, None);
}

#[test]
fn each_way_to_end_has_its_own_status_and_reason() {
    let rows = [
        (CallEvent::Busy, EndStatus::Busy, EndReason::Busy),
        (CallEvent::NotAnswered, EndStatus::NoAnswer, EndReason::NotAnswered),
        (CallEvent::Failed { reason: None }, EndStatus::Failed, EndReason::Failed),
    ];
    for (news, status, reason) in rows {
        let mut harness = TestHarness::logged_in();
        harness.does(UserAction::Dial("+16175551234".into()));
        harness.event(news);
        ended(&harness, status, reason);
    }
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.does(UserAction::HangUp);
    ended(&harness, EndStatus::Canceled, EndReason::Canceled);

    for (news, status, reason) in [
        (CallEvent::Dropped, EndStatus::Failed, EndReason::Dropped),
        (CallEvent::HungUp, EndStatus::Completed, EndReason::OtherHungUp),
    ] {
        let mut harness = TestHarness::talking();
        harness.event(news);
        ended(&harness, status, reason);
    }
    let mut harness = TestHarness::talking();
    harness.receives("END_CALL", Value::Null);
    ended(&harness, EndStatus::Completed, EndReason::EndedInHubSpot);
}

#[track_caller]
fn ended(harness: &TestHarness, status: EndStatus, reason: EndReason) {
    let CallPhase::WrapUp { status: is, reason: why, .. } = &harness.call().phase else {
        panic!("{:?}", harness.state)
    };
    assert_eq!((*is, *why), (status, reason));
    let Some(GuestMessage::CallEnded(sent)) = harness.sent.last() else { panic!("{:?}", harness.sent) };
    assert_eq!(sent.call_end_status, Some(status));
}

#[test]
fn double_clicks_count_once() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.ignores(UserAction::Dial("+16175551234".into()));
    harness.does(UserAction::HangUp);
    harness.ignores(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    harness.ignores(UserAction::SaveCall);
    assert_eq!(harness.kinds(), ["OUTGOING_CALL_STARTED", "CALL_ENDED", "CALL_COMPLETED"]);
}

#[test]
fn a_number_that_cannot_be_dialled_starts_no_call() {
    for number in ["", "+1", "hello", "<b>617</b>"] {
        TestHarness::logged_in().ignores(UserAction::Dial(number.into()));
    }
    TestHarness::logged_out().ignores(UserAction::Dial("+16175551234".into()));
}

#[test]
fn a_typed_number_has_no_context() {
    let mut harness = TestHarness::logged_in();
    harness.receives("DIAL_NUMBER", map(&[("phoneNumber", "+16175551234".into())]));
    harness.does(UserAction::Dial("+16175559999".into()));
    let Some(GuestMessage::OutgoingCall(call)) = harness.sent.last() else { panic!() };
    assert_eq!(call.dialing_context, None);
    assert_eq!(harness.state.dial_request, None, "and the number clicked before is not offered again");
}

#[test]
fn a_number_clicked_during_a_call_is_stored_and_used_once() {
    let mut harness = TestHarness::talking();
    harness.receives("DIAL_NUMBER", map(&[("phoneNumber", "+442073238299".into())]));
    assert_eq!(harness.call().number, "+16175551234", "the call keeps its number");
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    assert_eq!(harness.state.dial_request.as_ref().unwrap().number, "+442073238299");
    harness.does(UserAction::Dial("+442073238299".into()));
    let Some(GuestMessage::OutgoingCall(call)) = harness.sent.last() else { panic!() };
    assert!(call.dialing_context.is_some());
    assert_eq!(harness.state.dial_request, None);
}

#[test]
fn a_clicked_number_that_cannot_be_dialled_is_reported_and_changes_nothing_else() {
    let mut harness = TestHarness::logged_in();
    harness.receives("DIAL_NUMBER", map(&[("phoneNumber", "n/a".into())]));
    assert_eq!(harness.state.dial_request, None);
    assert_eq!(harness.state.notices, [Notice::CannotDial { number: "n/a".into() }]);
    harness.ignores(hubspot("DIAL_NUMBER", Value::Null));
}

#[test]
fn the_recorded_time_is_the_sum_of_the_recordings() {
    let mut harness = TestHarness::talking();
    harness.event(CallEvent::Recording(true));
    harness.now += 3_000.0;
    harness.event(CallEvent::Recording(false));
    harness.now += 10_000.0;
    harness.event(CallEvent::Recording(true));
    harness.now += 500.0;
    harness.does(UserAction::HangUp);
    assert_eq!((harness.call().recorded, harness.call().recording_since), (3_500.0, None));
}

#[test]
fn mute_is_shown_when_the_phone_system_confirms_it() {
    let mut harness = TestHarness::talking();
    harness.does(UserAction::Mute(true));
    assert!(matches!(harness.call().phase, CallPhase::Talking { muted: false, .. }));
    harness.event(CallEvent::Muted(true));
    assert!(matches!(harness.call().phase, CallPhase::Talking { muted: true, .. }));
}

#[test]
fn digits_are_sent_and_shown() {
    let mut harness = TestHarness::talking();
    for digit in ['1', '#', '*'] {
        harness.does(UserAction::SendDigit(digit));
    }
    harness.ignores(UserAction::SendDigit('a'));
    assert_eq!(harness.call().digits, "1#*");
    let sent = harness.phoned.iter().filter(|(_, command)| matches!(command, PhoneCommand::Digit(_))).count();
    assert_eq!(sent, 3);
}

#[test]
fn commands_outside_the_capabilities_are_not_sent() {
    let mut harness = TestHarness::talking();
    harness.state.capabilities = Capabilities::default();
    for action in [UserAction::Mute(true), UserAction::Hold(true), UserAction::Record(true), UserAction::SendDigit('1')]
    {
        harness.ignores(action);
    }
    harness.ignores(UserAction::Transfer("+16175551234".into()));
}

pub(super) fn incoming(harness: &mut TestHarness, id: &str) {
    let incoming = CallEvent::Incoming { from: "+16175550123".into(), to: "+16179483986".into() };
    harness.does(Action::Phone(PhoneEvent::Call { call: id.into(), event: incoming }));
}

#[test]
fn the_duration_of_an_incoming_call_counts_from_the_answer() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetAvailable(true));
    harness.sent.clear();
    incoming(&mut harness, "in-1");
    assert_eq!(harness.state.screen(), Screen::Incoming);
    harness.now += 2_000.0;
    harness.does(UserAction::Answer);
    harness.ignores(Action::RingTimeout("in-1".into()));
    harness.now += 1_500.0;
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    let GuestMessage::CallCompleted(saved) = harness.sent.pop().unwrap() else { panic!() };
    assert_eq!(harness.kinds(), ["INCOMING_CALL", "CALL_ANSWERED", "CALL_ENDED"]);
    let properties = saved.engagement_properties.unwrap();
    assert_eq!(properties.hs_call_duration.as_deref(), Some("1500"));
    assert_eq!(properties.hs_call_direction, Some(Direction::Inbound));
    assert_eq!(properties.hs_call_from_number.as_deref(), Some("+16175550123"));
    assert_eq!(properties.hs_call_to_number.as_deref(), Some("+16179483986"));
}

#[test]
fn an_unanswered_incoming_call_is_transferred_and_never_completed() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetAvailable(true));
    harness.sent.clear();
    incoming(&mut harness, "in-1");
    let (_, deadline) = harness.after.pop().unwrap();
    harness.does(deadline.clone());
    harness.ignores(deadline);
    assert_eq!(harness.kinds(), ["INCOMING_CALL", "CALL_TRANSFERRED"]);
    assert_eq!(harness.state.screen(), Screen::Keypad);
}

#[test]
fn declined_and_missed_calls_have_end_statuses_of_their_own() {
    for (action, status, reason, engagement_status) in [
        (Action::User(UserAction::HangUp), EndStatus::Rejected, EndReason::Rejected, EndStatus::Canceled),
        (
            Action::Phone(PhoneEvent::Call { call: "in-1".into(), event: CallEvent::HungUp }),
            EndStatus::Missed,
            EndReason::Missed,
            EndStatus::NoAnswer,
        ),
    ] {
        let mut harness = TestHarness::logged_in();
        harness.does(UserAction::SetAvailable(true));
        incoming(&mut harness, "in-1");
        harness.does(action);
        ended(&harness, status, reason);
        harness.does(UserAction::SaveCall);
        let Some(GuestMessage::CallCompleted(saved)) = harness.sent.last() else { panic!() };
        assert_eq!(saved.engagement_properties.as_ref().unwrap().hs_call_status, Some(engagement_status));
    }
}

#[test]
fn a_user_who_is_not_available_is_not_called() {
    let mut harness = TestHarness::logged_in();
    incoming(&mut harness, "in-1");
    assert_eq!(harness.phoned, [("in-1".into(), PhoneCommand::RejectAsBusy)]);
    assert_eq!((harness.kinds(), harness.state.screen()), (vec![], Screen::Keypad));
}

#[test]
fn a_second_caller_gets_the_busy_signal() {
    let mut harness = TestHarness::talking();
    harness.does(UserAction::SetAvailable(true));
    incoming(&mut harness, "in-2");
    assert_eq!(harness.phoned.last(), Some(&("in-2".into(), PhoneCommand::RejectAsBusy)));
    assert_eq!(harness.state.notices, [Notice::RefusedCall { number: "+16175550123".into() }]);
    assert_ne!(harness.call().id, "in-2".into());
}

#[test]
fn a_transferred_call_is_over_and_still_completed() {
    let mut harness = TestHarness::talking();
    harness.sent.clear();
    harness.does(UserAction::Transfer("+442073238299".into()));
    harness.event(CallEvent::Transferred);
    harness.does(UserAction::SaveCall);
    assert_eq!(harness.kinds(), ["CALL_TRANSFERRED", "CALL_ENDED", "CALL_COMPLETED"]);
}

#[test]
fn a_call_that_is_taken_over_is_resumed_and_keeps_its_deadline() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetAvailable(true));
    incoming(&mut harness, "in-1");
    harness.now += 2_000.0;
    harness.after.clear();
    harness.sent.clear();
    harness.does(Action::TakeOver { notify: true });
    assert_eq!(harness.after, [(harness.now + 3_000.0, Action::RingTimeout("in-1".into()))]);
    assert_eq!((harness.renewed.len(), &harness.resumed), (1, &vec![]), "the session is renewed first");
    harness.does(Action::SessionRenewed(session()));
    assert_eq!(harness.resumed, ["in-1".into()]);
    assert_eq!(harness.state.notices, [Notice::TakenOver]);
    assert_eq!(harness.sent, [], "HubSpot was sent the call before");
}

#[test]
fn a_resumed_call_can_be_stored_whatever_time_the_phone_system_reports() {
    for reported in [f64::NAN, f64::INFINITY] {
        let mut harness = TestHarness::logged_in();
        harness.does(UserAction::Dial("+16175551234".into()));
        harness.event(CallEvent::Resumed { answered_at: Some(reported) });
        let json = serde_json::to_string(&harness.state).unwrap();
        assert_eq!(serde_json::from_str::<State>(&json).unwrap(), harness.state);
        assert!(matches!(harness.call().phase, CallPhase::Talking { since, .. } if since == harness.now));
    }
}

#[test]
fn of_two_simultaneous_edits_of_the_notes_the_last_wins() {
    let mut harness = TestHarness::talking();
    harness.notes("one", 1);
    harness.notes("two", 1);
    assert_eq!((harness.call().notes.as_str(), harness.call().notes_revision), ("two", 2));
}

/// They were written in another frame while the next call began.
#[test]
fn notes_that_come_after_their_call_are_shown_and_given_to_no_other() {
    let mut harness = TestHarness::talking();
    let call = harness.call().id.clone();
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.does(UserAction::SetNotes { call, text: "late".into(), revision: 1 });
    assert_eq!(harness.call().notes, "");
    assert_eq!(harness.state.notices, [Notice::SaveFailed { reason: None, notes: "late".into() }]);
}
