//! The call is over.

use super::support::{NOW, in_call, show, talking};
use super::{END, FIELD, NOTES, SAVE};
use call_model::state::Finalize;
use call_model::{Action, EndReason, EngagementState, Phase, PhoneEvent, PhoneNews};
use calling_extensions::codec::Id;
use calling_extensions::message::{EndStatus, GuestMessage};
use wasm_bindgen_test::wasm_bindgen_test as test;

pub fn over(reason: EndReason, finalize: Finalize) -> Phase {
    Phase::WrapUp { ended_at: NOW, talked: 65_000.0, status: EndStatus::Completed, reason, finalize }
}

#[test]
async fn the_end_is_shown_with_its_duration_and_its_reason() {
    for (reason, words) in [
        (EndReason::HungUp, "You hung up."),
        (EndReason::Busy, "The line was busy."),
        (EndReason::NotAnswered, "Nobody answered."),
        (EndReason::Failed, "The call could not be connected."),
        (EndReason::Dropped, "The connection was lost."),
        (EndReason::Missed, "You missed the call."),
    ] {
        let widget = show(in_call(over(reason, Finalize::No))).await;
        widget.says("Call with +1 (617) 555-0100 ended").await;
        widget.says("1:05").await;
        widget.says(words).await;
    }
}

#[test]
async fn the_call_is_saved_with_its_notes_and_its_outcome() {
    let widget = show(in_call(over(EndReason::HungUp, Finalize::No))).await;
    widget.enter(NOTES, "call back");
    widget.until("the notes", |widget| widget.value(NOTES) == "call back").await;
    widget.click(SAVE);
    widget.shows(FIELD).await;
    let Some(GuestMessage::CallCompleted(completed)) = widget.last_told() else { panic!("no CALL_COMPLETED") };
    let properties = completed.engagement_properties.unwrap();
    assert_eq!(properties.hs_call_body.as_deref(), Some("call back"));
    assert_eq!(properties.hs_call_duration.as_deref(), Some("65000"));
}

#[test]
async fn finalizing_waits_for_the_engagement_and_says_so() {
    let finalize = "[data-test-id=finalize-engagement]";
    for (engagement, asked, reason) in [
        (EngagementState::Awaited, Finalize::No, Some("HubSpot has not created the engagement yet.")),
        (EngagementState::Failed, Finalize::No, Some("HubSpot has no engagement for this call.")),
        (EngagementState::Known(Id::from(7.0)), Finalize::Asked, Some("HubSpot is finalizing the engagement …")),
        (EngagementState::Known(Id::from(7.0)), Finalize::Done, Some("The engagement is finalized.")),
        (EngagementState::Known(Id::from(7.0)), Finalize::No, None),
    ] {
        let mut state = in_call(over(EndReason::HungUp, asked));
        state.call.as_mut().unwrap().engagement = engagement;
        let widget = show(state).await;
        assert_eq!(widget.is_disabled(finalize), reason.is_some());
        let described_by = widget.get(finalize).get_attribute("aria-describedby");
        let description = described_by.map(|id| widget.get(&format!("#{id}")).inner_text());
        assert_eq!(description.as_deref(), reason);
    }
}

#[test]
async fn finalizing_is_told_to_hubspot_and_the_focus_stays_on_the_screen() {
    let mut state = in_call(over(EndReason::HungUp, Finalize::No));
    state.call.as_mut().unwrap().engagement = EngagementState::Known(Id::from(7.0));
    let widget = show(state).await;
    widget.click("[data-test-id=finalize-engagement]");
    widget.until("the button to be disabled", |widget| widget.is_disabled("[data-test-id=finalize-engagement]")).await;
    assert_eq!(widget.told(), ["FINALIZE_ENGAGEMENT"]);
    assert!(widget.has_focus(NOTES));
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
        if let Phase::WrapUp { status: as_told, .. } = &mut call.phase {
            *as_told = status;
        }
        let widget = show(state).await;
        widget.click(SAVE);
        let Some(GuestMessage::CallCompleted(completed)) = widget.last_told() else { panic!("no CALL_COMPLETED") };
        assert_eq!((completed.engagement_id, completed.hide_widget), (Some(Id::from(1.0)), Some(false)));
        assert_eq!(completed.engagement_properties.unwrap().hs_call_status, Some(saved));
    }
}

/// HubSpot has retired the field for recordings, and the widget has no address of one to tell.
#[test]
async fn a_recorded_call_is_saved_like_any_other() {
    let widget = show(talking()).await;
    let call = widget.runtime.state().call.as_ref().unwrap().id.clone();
    widget.runtime.dispatch(Action::FromPhone(PhoneEvent { call, news: PhoneNews::Recording(true) }));
    widget.says("Recording").await;
    widget.click(END);
    widget.shows(SAVE).await.click();
    widget.shows(FIELD).await;
    let Some(GuestMessage::CallCompleted(completed)) = widget.last_told() else { panic!("no CALL_COMPLETED") };
    let properties = completed.engagement_properties.unwrap();
    assert_eq!((properties.hs_call_duration.as_deref(), properties.hs_call_recording_url), (Some("0"), None));
}
