//! An incoming call.

use super::other_side;
use super::support::{ALERT, HEADING, button, in_call, show, talking};
use call_model::{Action, CallPhase, PhoneCommand};
use calling_extensions::codec::Id;
use calling_extensions::message::{
    CallerIdMatch, EndStatus, GuestMessage, HostMessage, Message, ObjectCoordinates, OpenIn,
};
use demo_app_rust::i18n::{fill, texts};
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn an_unknown_caller_is_a_number() {
    let widget = show(in_call(CallPhase::Ringing)).await;
    widget.says(texts().incoming).await;
    widget.says(&other_side()).await;
    widget.until_focused(HEADING).await;
}

#[test]
async fn a_known_caller_has_a_name_and_what_is_missing_is_left_out() {
    let contact = |first: Option<&str>, last: Option<&str>| CallerIdMatch {
        first_name: first.map(Into::into),
        last_name: last.map(Into::into),
        ..CallerIdMatch::default()
    };
    let company = CallerIdMatch { name: Some("Analytical Engines".into()), ..CallerIdMatch::default() };
    let email = CallerIdMatch { email: Some("ada@example.com".into()), ..CallerIdMatch::default() };
    for (caller, shown) in [
        (contact(Some("Ada"), Some("Lovelace")), "Ada Lovelace"),
        (contact(Some("Ada"), None), "Ada"),
        (contact(None, Some("Lovelace")), "Lovelace"),
        (company, "Analytical Engines"),
        (email, "ada@example.com"),
        (contact(None, None), &other_side()),
        (contact(Some(" "), Some("")), &other_side()),
    ] {
        let mut state = in_call(CallPhase::Ringing);
        state.call.as_mut().unwrap().callers = vec![caller];
        let widget = show(state).await;
        assert_eq!(widget.get(HEADING).inner_text(), shown);
        assert!(widget.text().contains(&other_side()), "the number is there in any case");
    }
}

#[test]
async fn several_matches_are_all_there_to_open() {
    let name = |name: &str| CallerIdMatch { name: Some(name.into()), ..CallerIdMatch::default() };
    let mut state = in_call(CallPhase::Ringing);
    state.call.as_mut().unwrap().callers = vec![name("One"), CallerIdMatch::default(), name("Two")];
    let widget = show(state).await;
    assert_eq!(widget.get(HEADING).inner_text(), other_side());
    let items: Vec<_> = widget.all("li").iter().map(|item| item.inner_text()).collect();
    assert_eq!(items, ["One", "Two"]);
}

#[test]
async fn a_call_is_answered() {
    let widget = show(in_call(CallPhase::Ringing)).await;
    widget.click(button(texts().answer));
    widget.until("the command", |widget| widget.phone_commands() == [PhoneCommand::Answer]).await;
}

#[test]
async fn a_call_is_declined() {
    let widget = show(in_call(CallPhase::Ringing)).await;
    widget.click(button(texts().decline));
    widget.says(texts().reason_rejected).await;
    let Some(GuestMessage::CallEnded(ended)) = widget.last_sent() else { panic!("no CALL_ENDED") };
    assert_eq!(ended.call_end_status, Some(EndStatus::Rejected));
}

#[test]
async fn a_record_opens_in_this_tab_and_in_a_new_one() {
    let ada = CallerIdMatch {
        first_name: Some("Ada".into()),
        object_coordinates: Some(ObjectCoordinates { object_id: Some(Id::from(51.0)), ..Default::default() }),
        ..CallerIdMatch::default()
    };
    let in_tab = fill(texts().open_in_tab, "Ada");
    for mut state in [in_call(CallPhase::Ringing), talking()] {
        state.call.as_mut().unwrap().callers = vec![ada.clone()];
        let widget = show(state).await;
        for (name, open_in) in [(texts().open_record, OpenIn::CurrentTab), (in_tab.as_str(), OpenIn::NewTab)] {
            widget.click(button(name));
            let Some(GuestMessage::NavigateToRecord(sent)) = widget.last_sent() else {
                panic!("no NAVIGATE_TO_RECORD")
            };
            assert_eq!((sent.open_in, sent.object_coordinates.object_id), (Some(open_in), Some(Id::from(51.0))));
        }
        let failed = HostMessage::decode("NAVIGATE_TO_RECORD_FAILED", None).unwrap();
        widget.runtime.dispatch(Action::HubSpot(failed));
        let alert = widget.shows(ALERT).await;
        assert_eq!(alert.inner_text().trim(), texts().record_not_shown);
    }
}
