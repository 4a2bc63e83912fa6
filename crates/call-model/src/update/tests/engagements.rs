//! Whose engagement is whose.

use super::*;
use crate::state::EngagementState;

fn ready(id: Option<f64>) -> Action {
    Action::HubSpotReady(Ready { engagement_id: id.map(Id::from), ..Default::default() })
}

fn dial(desk: &mut Desk) {
    desk.does(Action::Dial("+16175551234".into()));
}

fn end_and_save(desk: &mut Desk) -> Option<Id> {
    desk.does(Action::HangUp);
    desk.does(Action::SaveCall);
    let Some(GuestMessage::CallCompleted(saved)) = desk.told.last() else { panic!() };
    saved.engagement_id.clone()
}

#[test]
fn an_id_never_outlives_its_call() {
    let mut desk = Desk::open();
    dial(&mut desk);
    desk.hears("CREATE_ENGAGEMENT_SUCCEEDED", engagement(1.0));
    assert_eq!(end_and_save(&mut desk), Some(Id::from(1.0)));
    dial(&mut desk);
    desk.hears("CREATE_ENGAGEMENT_FAILED", map(&[("error", map(&[("message", "no seat".into())]))]));
    assert_eq!(desk.state.notices, [Notice::EngagementFailed { reason: Some("no seat".into()) }]);
    assert_eq!(end_and_save(&mut desk), None);
}

#[test]
fn what_hubspot_says_in_each_frame_is_told_once() {
    let mut desk = Desk::open();
    dial(&mut desk);
    for kind in ["CREATE_ENGAGEMENT_FAILED", "NAVIGATE_TO_RECORD_FAILED"] {
        for _frame in 0..3 {
            desk.hears(kind, Value::Null);
        }
        assert_eq!(desk.state.notices.len(), 1, "{kind}");
        desk.does(Action::DismissNotice);
        desk.ignores(Action::DismissNotice);
    }
}

#[test]
fn an_answer_that_comes_late_is_not_the_next_calls() {
    let mut desk = Desk::open();
    dial(&mut desk);
    assert_eq!(end_and_save(&mut desk), None);
    dial(&mut desk);
    desk.hears("CREATE_ENGAGEMENT_SUCCEEDED", engagement(1.0));
    assert_eq!(desk.call().engagement, EngagementState::Awaited);
    desk.hears("CREATE_ENGAGEMENT_SUCCEEDED", engagement(2.0));
    assert_eq!(end_and_save(&mut desk), Some(Id::from(2.0)));
}

#[test]
fn an_answer_that_never_comes_does_not_take_the_next_ones_place_for_good() {
    let mut desk = Desk::open();
    dial(&mut desk);
    end_and_save(&mut desk);
    desk.now += 30_000.0;
    dial(&mut desk);
    desk.hears("CREATE_ENGAGEMENT_SUCCEEDED", engagement(2.0));
    assert_eq!(desk.call().engagement, EngagementState::Known(Id::from(2.0)));
}

#[test]
fn an_answer_that_names_its_call_is_taken_at_its_word() {
    let mut desk = Desk::open();
    dial(&mut desk);
    end_and_save(&mut desk);
    dial(&mut desk);
    let id = desk.call().id.0.clone();
    desk.hears("CREATE_ENGAGEMENT_SUCCEEDED", map(&[("engagementId", 2.0.into()), ("externalCallId", id.into())]));
    assert_eq!(desk.call().engagement, EngagementState::Known(Id::from(2.0)));
}

#[test]
fn the_id_of_ready_goes_once_to_the_first_call_after_it() {
    let mut desk = Desk::open();
    desk.does(ready(Some(9.0)));
    let Some(GuestMessage::Initialized(initialized)) = desk.told.last() else { panic!() };
    assert_eq!(initialized.engagement_id, Some(Id::from(9.0)));
    dial(&mut desk);
    assert_eq!(end_and_save(&mut desk), Some(Id::from(9.0)));
    dial(&mut desk);
    assert_eq!(end_and_save(&mut desk), None);
}

#[test]
fn the_id_of_ready_goes_to_the_call_that_is_on_unless_it_has_one() {
    let mut desk = Desk::talking();
    desk.does(ready(Some(9.0)));
    assert_eq!(desk.call().engagement, EngagementState::Known(Id::from(9.0)));
    desk.does(ready(Some(10.0)));
    assert_eq!(desk.call().engagement, EngagementState::Known(Id::from(9.0)));
    assert_eq!(desk.state.inherited_engagement, None);
    let mut none = Desk::open();
    none.does(ready(Some(0.0)));
    assert_eq!(none.state.inherited_engagement, None, "0 is HubSpot's way to say that there is none");
}

#[test]
fn finalizing_needs_an_id_and_is_asked_once() {
    let mut desk = Desk::talking();
    desk.does(Action::HangUp);
    desk.ignores(Action::Finalize);
    desk.hears("CREATE_ENGAGEMENT_SUCCEEDED", engagement(5.0));
    desk.told.clear();
    desk.does(Action::Finalize);
    desk.ignores(Action::Finalize);
    let GuestMessage::FinalizeEngagement(asked) = desk.told.remove(0) else { panic!() };
    assert_eq!((asked.external_call_id, asked.engagement_id), (desk.call().id.0.clone(), Some(Id::from(5.0))));
    desk.hears("FINALIZE_ENGAGEMENT_FAILED", engagement(5.0));
    desk.does(Action::Finalize);
    desk.hears("FINALIZE_ENGAGEMENT_SUCCEEDED", engagement(5.0));
    desk.ignores(Action::Finalize);
}

#[test]
fn notes_survive_a_save_that_failed() {
    let mut desk = Desk::talking();
    desk.does(Action::SetNotes { text: "important".into(), revision: 1 });
    end_and_save(&mut desk);
    desk.hears("UPDATE_ENGAGEMENT_FAILED", map(&[("error", "later".into())]));
    assert_eq!(desk.state.notices, [Notice::SaveFailed { reason: None, notes: "important".into() }]);
}

#[test]
fn ready_tells_log_in_and_availability_as_they_are() {
    let mut desk = Desk::open();
    desk.does(Action::SetAvailable(true));
    desk.does(ready(None));
    let Some(GuestMessage::Initialized(told)) = desk.told.last() else { panic!() };
    assert_eq!((told.is_logged_in, told.is_available), (Some(true), Some(true)));
    assert_eq!(told.size_info.as_ref().map(|size| (size.width, size.height)), Some((400.0, 650.0)));
}

#[test]
fn a_dial_request_is_read_from_the_typed_message_too() {
    let mut desk = Desk::open();
    let dial = DialNumber { phone_number: Some("+16175551234".into()), ..Default::default() };
    desk.does(Action::FromHubSpot(HostMessage::DialNumber(dial)));
    desk.ignores(Action::FromHubSpot(HostMessage::CreateEngagementSucceeded(Engagement::default())));
}
