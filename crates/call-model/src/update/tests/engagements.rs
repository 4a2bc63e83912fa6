//! Which engagement belongs to which call.

use super::*;

fn ready(id: Option<f64>) -> Action {
    Action::HubSpotReady(Ready { engagement_id: id.map(Id::from), ..Default::default() })
}

fn dial(harness: &mut TestHarness) {
    harness.does(UserAction::Dial("+16175551234".into()));
}

fn end_and_save(harness: &mut TestHarness) -> Option<Id> {
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    let Some(GuestMessage::CallCompleted(saved)) = harness.sent.last() else { panic!() };
    saved.engagement_id.clone()
}

#[test]
fn an_engagement_id_is_used_for_one_call_only() {
    let mut harness = TestHarness::logged_in();
    dial(&mut harness);
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(1.0));
    assert_eq!(end_and_save(&mut harness), Some(Id::from(1.0)));
    dial(&mut harness);
    harness.receives("CREATE_ENGAGEMENT_FAILED", map(&[("error", map(&[("message", "no seat".into())]))]));
    assert_eq!(harness.state.notices, [Notice::EngagementFailed { reason: Some("no seat".into()) }]);
    assert_eq!(end_and_save(&mut harness), None);
}

#[test]
fn a_message_that_comes_in_each_frame_is_reported_once() {
    let mut harness = TestHarness::logged_in();
    dial(&mut harness);
    for kind in ["CREATE_ENGAGEMENT_FAILED", "NAVIGATE_TO_RECORD_FAILED"] {
        for _frame in 0..3 {
            harness.receives(kind, Value::Null);
        }
        assert_eq!(harness.state.notices.len(), 1, "{kind}");
        harness.does(UserAction::DismissNotice);
        harness.ignores(UserAction::DismissNotice);
    }
}

#[test]
fn a_late_answer_is_not_attributed_to_the_next_call() {
    let mut harness = TestHarness::logged_in();
    dial(&mut harness);
    assert_eq!(end_and_save(&mut harness), None);
    dial(&mut harness);
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(1.0));
    assert_eq!(harness.call().engagement, EngagementState::Pending);
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(2.0));
    assert_eq!(end_and_save(&mut harness), Some(Id::from(2.0)));
}

#[test]
fn a_missing_answer_does_not_shift_later_answers_forever() {
    let mut harness = TestHarness::logged_in();
    dial(&mut harness);
    end_and_save(&mut harness);
    harness.now += 30_000.0;
    dial(&mut harness);
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(2.0));
    assert_eq!(harness.call().engagement, EngagementState::Known(Id::from(2.0)));
}

#[test]
fn an_answer_with_a_call_id_belongs_to_that_call() {
    let mut harness = TestHarness::logged_in();
    dial(&mut harness);
    end_and_save(&mut harness);
    dial(&mut harness);
    let id = harness.call().id.0.clone();
    harness
        .receives("CREATE_ENGAGEMENT_SUCCEEDED", map(&[("engagementId", 2.0.into()), ("externalCallId", id.into())]));
    assert_eq!(harness.call().engagement, EngagementState::Known(Id::from(2.0)));
}

#[test]
fn the_id_of_ready_belongs_to_the_first_call_after_it() {
    let mut harness = TestHarness::logged_in();
    harness.does(ready(Some(9.0)));
    let Some(GuestMessage::Initialized(initialized)) = harness.sent.last() else { panic!() };
    assert_eq!(initialized.engagement_id, Some(Id::from(9.0)));
    dial(&mut harness);
    assert_eq!(end_and_save(&mut harness), Some(Id::from(9.0)));
    dial(&mut harness);
    assert_eq!(end_and_save(&mut harness), None);
}

#[test]
fn the_id_of_ready_belongs_to_the_current_call_unless_it_has_one() {
    let mut harness = TestHarness::talking();
    harness.does(ready(Some(9.0)));
    assert_eq!(harness.call().engagement, EngagementState::Known(Id::from(9.0)));
    harness.does(ready(Some(10.0)));
    assert_eq!(harness.call().engagement, EngagementState::Known(Id::from(9.0)));
    assert_eq!(harness.state.inherited_engagement, None);
    let mut none = TestHarness::logged_in();
    none.does(ready(Some(0.0)));
    assert_eq!(none.state.inherited_engagement, None, "0 means that there is none");
}

#[test]
fn finalizing_needs_an_id_and_is_sent_once() {
    let mut harness = TestHarness::talking();
    harness.does(UserAction::HangUp);
    harness.ignores(UserAction::Finalize);
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(5.0));
    harness.sent.clear();
    harness.does(UserAction::Finalize);
    harness.ignores(UserAction::Finalize);
    let GuestMessage::FinalizeEngagement(asked) = harness.sent.remove(0) else { panic!() };
    assert_eq!((asked.external_call_id, asked.engagement_id), (harness.call().id.0.clone(), Some(Id::from(5.0))));
    harness.receives("FINALIZE_ENGAGEMENT_FAILED", engagement(5.0));
    harness.does(UserAction::Finalize);
    harness.receives("FINALIZE_ENGAGEMENT_SUCCEEDED", engagement(5.0));
    harness.ignores(UserAction::Finalize);
}

#[test]
fn notes_survive_a_save_that_failed() {
    let mut harness = TestHarness::talking();
    harness.notes("important", 1);
    end_and_save(&mut harness);
    harness.receives("UPDATE_ENGAGEMENT_FAILED", map(&[("error", "later".into())]));
    assert_eq!(harness.state.notices, [Notice::SaveFailed { reason: None, notes: "important".into() }]);
}

#[test]
fn initialized_reports_log_in_and_availability() {
    let mut harness = TestHarness::logged_in();
    harness.does(UserAction::SetAvailable(true));
    harness.does(ready(None));
    let Some(GuestMessage::Initialized(sent)) = harness.sent.last() else { panic!() };
    assert_eq!((sent.is_logged_in, sent.is_available), (Some(true), Some(true)));
    assert_eq!(sent.size_info.as_ref().map(|size| (size.width, size.height)), Some((400.0, 650.0)));
}

#[test]
fn a_dial_request_can_be_read_from_the_typed_message() {
    let mut harness = TestHarness::logged_in();
    let dial = DialNumber { phone_number: Some("+16175551234".into()), ..Default::default() };
    harness.does(Action::HubSpot(HostMessage::DialNumber(dial)));
    harness.ignores(Action::HubSpot(HostMessage::CreateEngagementSucceeded(Engagement::default())));
}

#[test]
fn an_answer_that_names_its_call_leaves_the_others_waiting() {
    let mut harness = TestHarness::talking();
    let first = harness.call().id.clone();
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    harness.does(UserAction::Dial("+16175551234".into()));
    let second = harness.call().id.clone();
    let named = map(&[("engagementId", 2.0.into()), ("externalCallId", second.0.as_str().into())]);
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", named);
    let waiting: Vec<_> = harness.state.pending_engagements.iter().map(|pending| &pending.call).collect();
    assert_eq!(waiting, [&first]);
    assert_eq!(harness.call().engagement, EngagementState::Known(Id::from(2.0)));
}

#[test]
fn an_answer_that_comes_after_the_frame_was_loaded_again_belongs_to_the_call_that_waits_for_it() {
    let mut harness = TestHarness::talking();
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    harness.does(ready(None));
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", map(&[("engagementId", 1.0.into())]));
    assert_eq!(harness.call().engagement, EngagementState::Pending, "it was the first call's");
    harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", map(&[("engagementId", 2.0.into())]));
    assert_eq!(harness.call().engagement, EngagementState::Known(Id::from(2.0)));
}

#[test]
fn a_call_whose_engagement_the_handshake_names_waits_for_no_answer() {
    let mut harness = TestHarness::talking();
    harness.does(ready(Some(1.0)));
    assert_eq!(harness.call().engagement, EngagementState::Known(Id::from(1.0)));
    assert_eq!(harness.state.pending_engagements, []);
}
