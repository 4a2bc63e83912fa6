//! The call is over.

use super::support::{NOW, button, in_call, select, show, talking};
use super::{end_button, notes_field, number_field, other_side, save_button};
use call_model::{CallEvent, CallPhase, EndReason, EngagementState, Finalize};
use calling_extensions::codec::{Id, Payload, Value};
use calling_extensions::message::{EndStatus, GuestMessage};
use demo_app_rust::account::MockAuth;
use demo_app_rust::hooks::Cti;
use demo_app_rust::i18n::{fill, texts};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test as test;

pub fn over(reason: EndReason, finalize: Finalize) -> CallPhase {
    let status = EndStatus::Completed;
    CallPhase::WrapUp { ended_at: NOW, talked: 65_000.0, status, reason, detail: None, finalize }
}

#[test]
async fn the_end_is_shown_with_its_duration_and_its_reason() {
    for (reason, text) in [
        (EndReason::HungUp, texts().reason_hung_up),
        (EndReason::Busy, texts().reason_busy),
        (EndReason::NotAnswered, texts().reason_no_answer),
        (EndReason::Failed, texts().reason_failed),
        (EndReason::Dropped, texts().reason_dropped),
        (EndReason::Missed, texts().reason_missed),
    ] {
        let widget = show(in_call(over(reason, Finalize::No))).await;
        widget.says(&fill(texts().call_ended, &other_side())).await;
        widget.says("1:05").await;
        widget.says(text).await;
    }
}

#[test]
async fn the_call_is_saved_with_its_notes() {
    let widget = show(in_call(over(EndReason::HungUp, Finalize::No))).await;
    widget.enter(notes_field(), "call back");
    widget.until("the notes", |widget| widget.value(notes_field()) == "call back").await;
    widget.click(save_button());
    widget.shows(number_field()).await;
    let Some(GuestMessage::CallCompleted(completed)) = widget.last_sent() else { panic!("no CALL_COMPLETED") };
    let properties = completed.engagement_properties.unwrap();
    assert_eq!(properties.hs_call_body.as_deref(), Some("call back"));
    assert_eq!(properties.hs_call_duration.as_deref(), Some("65000"));
}

#[test]
async fn finalizing_waits_for_the_engagement_and_says_so() {
    let finalize = button(texts().finalize);
    for (engagement, progress, reason) in [
        (EngagementState::Pending, Finalize::No, Some(texts().finalize_pending)),
        (EngagementState::Failed, Finalize::No, Some(texts().finalize_unavailable)),
        (EngagementState::Known(Id::from(7.0)), Finalize::Asked, Some(texts().finalizing)),
        (EngagementState::Known(Id::from(7.0)), Finalize::Done, Some(texts().finalized)),
        (EngagementState::Known(Id::from(7.0)), Finalize::No, None),
    ] {
        let mut state = in_call(over(EndReason::HungUp, progress));
        state.call.as_mut().unwrap().engagement = engagement;
        let widget = show(state).await;
        assert_eq!(widget.is_disabled(finalize), reason.is_some());
        assert_eq!(widget.description(finalize).as_deref(), reason);
    }
}

#[test]
async fn finalizing_sends_a_message_and_the_focus_stays_on_the_screen() {
    let finalize = button(texts().finalize);
    let mut state = in_call(over(EndReason::HungUp, Finalize::No));
    state.call.as_mut().unwrap().engagement = EngagementState::Known(Id::from(7.0));
    let widget = show(state).await;
    widget.click(finalize);
    widget.until("the button to be disabled", |widget| widget.is_disabled(finalize)).await;
    assert_eq!(widget.sent(), ["FINALIZE_ENGAGEMENT"]);
    assert!(widget.has_focus(notes_field()));
}

#[test]
async fn every_end_is_saved_with_its_own_status() {
    for (status, saved) in [
        (EndStatus::Completed, EndStatus::Completed),
        (EndStatus::Canceled, EndStatus::Canceled),
        (EndStatus::Rejected, EndStatus::Canceled),
        (EndStatus::Busy, EndStatus::Busy),
        (EndStatus::Missed, EndStatus::NoAnswer),
    ] {
        let mut state = in_call(over(EndReason::HungUp, Finalize::No));
        let call = state.call.as_mut().unwrap();
        call.engagement = EngagementState::Known(Id::from(1.0));
        if let CallPhase::WrapUp { status: at_end, .. } = &mut call.phase {
            *at_end = status;
        }
        let widget = show(state).await;
        widget.click(save_button());
        let Some(GuestMessage::CallCompleted(completed)) = widget.last_sent() else { panic!("no CALL_COMPLETED") };
        assert_eq!((completed.engagement_id, completed.hide_widget), (Some(Id::from(1.0)), Some(false)));
        assert_eq!(completed.engagement_properties.unwrap().hs_call_status, Some(saved));
    }
}

/// HubSpot has retired the field for recordings, and the widget has no address of one to send.
#[test]
async fn a_recorded_call_is_saved_like_any_other() {
    let widget = show(talking()).await;
    widget.report(CallEvent::Recording(true));
    widget.says(texts().recording).await;
    widget.click(end_button());
    widget.shows(save_button()).await.click();
    widget.shows(number_field()).await;
    let Some(GuestMessage::CallCompleted(completed)) = widget.last_sent() else { panic!("no CALL_COMPLETED") };
    let properties = completed.engagement_properties.unwrap();
    assert_eq!((properties.hs_call_duration.as_deref(), properties.hs_call_recording_url), (Some("0"), None));
}

#[test]
async fn the_outcome_of_the_account_is_chosen_and_saved() {
    let outcome = select(texts().outcome);
    let mut state = in_call(over(EndReason::HungUp, Finalize::No));
    state.call.as_mut().unwrap().engagement = EngagementState::Known(Id::from(1.0));
    let widget = show(state).await;
    let options: Vec<_> = widget.all("option").iter().map(|option| option.inner_text()).collect();
    let names = super::support::account().dispositions.into_iter().map(|disposition| disposition.name);
    assert_eq!(options, [texts().no_outcome.to_owned()].into_iter().chain(names).collect::<Vec<_>>());
    widget.choose(outcome, "connected-id");
    widget.click(save_button());
    let Some(GuestMessage::CallCompleted(completed)) = widget.last_sent() else { panic!("no CALL_COMPLETED") };
    assert_eq!(completed.engagement_properties.unwrap().hs_call_disposition.as_deref(), Some("connected-id"));
}

#[test]
async fn properties_of_the_phone_system_and_of_screens_are_saved_with_the_call() {
    let mut state = talking();
    state.call.as_mut().unwrap().properties.set("team", "north");
    let widget = show(state).await;
    widget.report(CallEvent::Property { name: "queue".into(), value: "sales".into() });
    let cti = Cti::new(widget.runtime.clone(), Rc::new(MockAuth));
    cti.set_property("topic", "renewal".into());
    widget.click(end_button());
    widget.shows(save_button()).await.click();
    widget.shows(number_field()).await;
    let Some(GuestMessage::CallCompleted(completed)) = widget.last_sent() else { panic!("no CALL_COMPLETED") };
    let properties = completed.engagement_properties.unwrap().to_map();
    for (name, value) in
        [("team", "north"), ("queue", "sales"), ("topic", "renewal"), ("hs_call_direction", "OUTBOUND")]
    {
        assert_eq!(properties.get(name).and_then(Value::as_text), Some(value), "{name}");
    }
}

#[test]
async fn without_outcomes_in_the_account_none_is_asked_for() {
    let mut state = in_call(over(EndReason::HungUp, Finalize::No));
    Rc::make_mut(state.session.as_mut().unwrap()).account.dispositions.clear();
    let widget = show(state).await;
    widget.shows(save_button()).await;
    assert!(widget.find(select(texts().outcome)).is_none());
}
