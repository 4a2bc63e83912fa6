//! What a user lives through, call by call.

use super::*;
use crate::state::{EndReason, Screen};
use calling_extensions::message::{Direction, EndStatus};

#[test]
fn an_outbound_call_from_the_click_to_the_timeline() {
    let mut desk = Desk::open();
    let request = map(&[("phoneNumber", "+1 617-555-1234".into()), ("threadId", 4.0.into())]);
    desk.hears("DIAL_NUMBER", request.clone());
    desk.does(Action::Dial("+16175551234".into()));
    assert_eq!(desk.state.screen(), Screen::Dialing);
    let GuestMessage::OutgoingCall(call) = desk.told.remove(0) else { panic!() };
    assert_eq!(call.external_call_id, desk.call().id.0);
    assert_eq!((call.to_number.as_deref(), call.from_number.as_deref()), (Some("+16175551234"), Some("+16179483986")));
    assert_eq!((call.call_start_time, call.create_engagement), (Some(1_000_000.0), Some(true)));
    assert_eq!(call.dialing_context, Some(request), "handed back as it came");

    desk.hears("CREATE_ENGAGEMENT_SUCCEEDED", engagement(77.0));
    desk.now += 2_500.0;
    desk.news(PhoneNews::Answered);
    desk.now += 61_234.0;
    desk.does(Action::SetNotes { text: "Ada will call back".into(), revision: 1 });
    desk.does(Action::HangUp);
    assert_eq!(desk.kinds(), ["CALL_ANSWERED", "CALL_ENDED"]);
    assert_eq!(desk.state.screen(), Screen::CallEnded);

    desk.does(Action::SaveCall);
    assert_eq!(desk.state.screen(), Screen::Keypad);
    let GuestMessage::CallCompleted(saved) = desk.told.remove(0) else { panic!() };
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
fn every_end_has_its_own_status_and_reason() {
    let rows = [
        (PhoneNews::Busy, EndStatus::Busy, EndReason::Busy),
        (PhoneNews::NotAnswered, EndStatus::NoAnswer, EndReason::NotAnswered),
        (PhoneNews::Failed, EndStatus::Failed, EndReason::Failed),
    ];
    for (news, status, reason) in rows {
        let mut desk = Desk::open();
        desk.does(Action::Dial("+16175551234".into()));
        desk.news(news);
        ended(&desk, status, reason);
    }
    let mut desk = Desk::open();
    desk.does(Action::Dial("+16175551234".into()));
    desk.does(Action::HangUp);
    ended(&desk, EndStatus::Canceled, EndReason::Canceled);

    for (news, status, reason) in [
        (PhoneNews::Dropped, EndStatus::Failed, EndReason::Dropped),
        (PhoneNews::HungUp, EndStatus::Completed, EndReason::OtherHungUp),
    ] {
        let mut desk = Desk::talking();
        desk.news(news);
        ended(&desk, status, reason);
    }
    let mut desk = Desk::talking();
    desk.hears("END_CALL", Value::Null);
    ended(&desk, EndStatus::Completed, EndReason::EndedInHubSpot);
}

#[track_caller]
fn ended(desk: &Desk, status: EndStatus, reason: EndReason) {
    let Phase::WrapUp { status: is, reason: why, .. } = &desk.call().phase else { panic!("{:?}", desk.state) };
    assert_eq!((*is, *why), (status, reason));
    let Some(GuestMessage::CallEnded(told)) = desk.told.last() else { panic!("{:?}", desk.told) };
    assert_eq!(told.call_end_status, Some(status));
}

#[test]
fn what_is_clicked_twice_happens_once() {
    let mut desk = Desk::open();
    desk.does(Action::Dial("+16175551234".into()));
    desk.ignores(Action::Dial("+16175551234".into()));
    desk.does(Action::HangUp);
    desk.ignores(Action::HangUp);
    desk.does(Action::SaveCall);
    desk.ignores(Action::SaveCall);
    assert_eq!(desk.kinds(), ["OUTGOING_CALL_STARTED", "CALL_ENDED", "CALL_COMPLETED"]);
}

#[test]
fn what_cannot_be_dialled_starts_no_call() {
    for number in ["", "+1", "hello", "<b>617</b>"] {
        Desk::open().ignores(Action::Dial(number.into()));
    }
    Desk::closed().ignores(Action::Dial("+16175551234".into()));
}

#[test]
fn a_typed_number_brings_no_context_back() {
    let mut desk = Desk::open();
    desk.hears("DIAL_NUMBER", map(&[("phoneNumber", "+16175551234".into())]));
    desk.does(Action::Dial("+16175559999".into()));
    let Some(GuestMessage::OutgoingCall(call)) = desk.told.last() else { panic!() };
    assert_eq!(call.dialing_context, None);
    assert_eq!(desk.state.requested, None, "and the number clicked before is not offered again");
}

#[test]
fn a_number_clicked_during_a_call_is_held_and_used_once() {
    let mut desk = Desk::talking();
    desk.hears("DIAL_NUMBER", map(&[("phoneNumber", "+442073238299".into())]));
    assert_eq!(desk.call().number, "+16175551234", "the call keeps its number");
    desk.does(Action::HangUp);
    desk.does(Action::SaveCall);
    assert_eq!(desk.state.requested.as_ref().unwrap().number, "+442073238299");
    desk.does(Action::Dial("+442073238299".into()));
    let Some(GuestMessage::OutgoingCall(call)) = desk.told.last() else { panic!() };
    assert!(call.dialing_context.is_some());
    assert_eq!(desk.state.requested, None);
}

#[test]
fn a_clicked_number_that_cannot_be_dialled_is_told_and_changes_nothing_else() {
    let mut desk = Desk::open();
    desk.hears("DIAL_NUMBER", map(&[("phoneNumber", "n/a".into())]));
    assert_eq!(desk.state.requested, None);
    assert_eq!(desk.state.notices, [Notice::CannotDial { number: "n/a".into() }]);
    desk.ignores(hubspot("DIAL_NUMBER", Value::Null));
}

#[test]
fn the_recording_is_as_long_as_it_was_on() {
    let mut desk = Desk::talking();
    desk.news(PhoneNews::Recording(true));
    desk.now += 3_000.0;
    desk.news(PhoneNews::Recording(false));
    desk.now += 10_000.0;
    desk.news(PhoneNews::Recording(true));
    desk.now += 500.0;
    desk.does(Action::HangUp);
    assert_eq!((desk.call().recorded, desk.call().recording_since), (3_500.0, None));
}

#[test]
fn mute_shows_when_the_phone_has_said_so() {
    let mut desk = Desk::talking();
    desk.does(Action::Mute(true));
    assert!(matches!(desk.call().phase, Phase::Talking { muted: false, .. }));
    desk.news(PhoneNews::Muted(true));
    assert!(matches!(desk.call().phase, Phase::Talking { muted: true, .. }));
}

#[test]
fn digits_are_sent_and_kept() {
    let mut desk = Desk::talking();
    for digit in ['1', '#', '*'] {
        desk.does(Action::SendDigit(digit));
    }
    desk.ignores(Action::SendDigit('a'));
    assert_eq!(desk.call().digits, "1#*");
    let sent = desk.phoned.iter().filter(|(_, command)| matches!(command, PhoneCommand::Digit(_))).count();
    assert_eq!(sent, 3);
}

#[test]
fn what_the_phone_cannot_do_is_not_asked_of_it() {
    let mut desk = Desk::talking();
    desk.state.capabilities = Capabilities::default();
    for action in [Action::Mute(true), Action::Hold(true), Action::Record(true), Action::SendDigit('1')] {
        desk.ignores(action);
    }
    desk.ignores(Action::Transfer("+16175551234".into()));
}

pub(super) fn incoming(desk: &mut Desk, id: &str) {
    let news = PhoneNews::Incoming { from: "+16175550123".into(), to: "+16179483986".into() };
    desk.does(Action::FromPhone(PhoneEvent { call: id.into(), news }));
}

#[test]
fn an_incoming_call_rings_is_answered_and_counts_from_the_answer() {
    let mut desk = Desk::open();
    desk.does(Action::SetAvailable(true));
    desk.told.clear();
    incoming(&mut desk, "in-1");
    assert_eq!(desk.state.screen(), Screen::Incoming);
    desk.now += 2_000.0;
    desk.does(Action::Answer);
    desk.ignores(Action::RangOut("in-1".into()));
    desk.now += 1_500.0;
    desk.does(Action::HangUp);
    desk.does(Action::SaveCall);
    let GuestMessage::CallCompleted(saved) = desk.told.pop().unwrap() else { panic!() };
    assert_eq!(desk.kinds(), ["INCOMING_CALL", "CALL_ANSWERED", "CALL_ENDED"]);
    let properties = saved.engagement_properties.unwrap();
    assert_eq!(properties.hs_call_duration.as_deref(), Some("1500"));
    assert_eq!(properties.hs_call_direction, Some(Direction::Inbound));
    assert_eq!(properties.hs_call_from_number.as_deref(), Some("+16175550123"));
    assert_eq!(properties.hs_call_to_number.as_deref(), Some("+16179483986"));
}

#[test]
fn an_incoming_call_that_nobody_takes_is_given_away_and_never_completed() {
    let mut desk = Desk::open();
    desk.does(Action::SetAvailable(true));
    desk.told.clear();
    incoming(&mut desk, "in-1");
    let (_, deadline) = desk.after.pop().unwrap();
    desk.does(deadline.clone());
    desk.ignores(deadline);
    assert_eq!(desk.kinds(), ["INCOMING_CALL", "CALL_TRANSFERRED"]);
    assert_eq!(desk.state.screen(), Screen::Keypad);
}

#[test]
fn declined_and_missed_calls_have_end_statuses_of_their_own() {
    for (action, status, reason, engagement_status) in [
        (Action::HangUp, EndStatus::Rejected, EndReason::Rejected, EndStatus::Canceled),
        (
            Action::FromPhone(PhoneEvent { call: "in-1".into(), news: PhoneNews::HungUp }),
            EndStatus::Missed,
            EndReason::Missed,
            EndStatus::NoAnswer,
        ),
    ] {
        let mut desk = Desk::open();
        desk.does(Action::SetAvailable(true));
        incoming(&mut desk, "in-1");
        desk.does(action);
        ended(&desk, status, reason);
        desk.does(Action::SaveCall);
        let Some(GuestMessage::CallCompleted(saved)) = desk.told.last() else { panic!() };
        assert_eq!(saved.engagement_properties.as_ref().unwrap().hs_call_status, Some(engagement_status));
    }
}

#[test]
fn a_second_caller_hears_that_the_line_is_busy() {
    let mut desk = Desk::talking();
    desk.does(Action::SetAvailable(true));
    incoming(&mut desk, "in-2");
    assert_eq!(desk.phoned.last(), Some(&("in-2".into(), PhoneCommand::RefuseAsBusy)));
    assert_eq!(desk.state.notices, [Notice::RefusedCall { number: "+16175550123".into() }]);
    assert_ne!(desk.call().id, "in-2".into());
}

#[test]
fn a_call_given_to_somebody_else_is_over_and_still_completed() {
    let mut desk = Desk::talking();
    desk.told.clear();
    desk.does(Action::Transfer("+442073238299".into()));
    desk.news(PhoneNews::Transferred);
    desk.does(Action::SaveCall);
    assert_eq!(desk.kinds(), ["CALL_TRANSFERRED", "CALL_ENDED", "CALL_COMPLETED"]);
}

#[test]
fn a_call_that_is_taken_over_goes_on_with_its_phone_and_its_deadline() {
    let mut desk = Desk::open();
    desk.does(Action::SetAvailable(true));
    incoming(&mut desk, "in-1");
    desk.now += 2_000.0;
    desk.after.clear();
    desk.told.clear();
    desk.does(Action::TakeOver { tell: true });
    assert_eq!(desk.after, [(desk.now + 3_000.0, Action::RangOut("in-1".into()))]);
    assert_eq!(desk.resumed, ["in-1".into()]);
    assert_eq!(desk.state.notices, [Notice::TakenOver]);
    assert_eq!(desk.told, [], "HubSpot knows the call");
}

#[test]
fn of_two_who_write_at_once_the_last_is_right() {
    let mut desk = Desk::talking();
    desk.does(Action::SetNotes { text: "one".into(), revision: 1 });
    desk.does(Action::SetNotes { text: "two".into(), revision: 1 });
    assert_eq!((desk.call().notes.as_str(), desk.call().notes_revision), ("two", 2));
}
