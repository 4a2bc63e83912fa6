//! Somebody calls.

use super::support::{in_call, show, talking};
use super::{ALERT, END};
use call_model::{Action, Phase, PhoneCommand};
use calling_extensions::codec::Id;
use calling_extensions::message::{
    CallerIdMatch, EndStatus, GuestMessage, HostMessage, Message, ObjectCoordinates, OpenIn,
};
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn an_unknown_caller_is_a_number() {
    let widget = show(in_call(Phase::Ringing)).await;
    widget.says("Incoming call").await;
    widget.says("+1 (617) 555-0100").await;
    widget.until("the focus on the heading", |widget| widget.has_focus("h1")).await;
}

#[test]
async fn a_known_caller_has_a_name_and_whatever_is_missing_is_left_out() {
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
        (contact(None, None), "+1 (617) 555-0100"),
        (contact(Some(" "), Some("")), "+1 (617) 555-0100"),
    ] {
        let mut state = in_call(Phase::Ringing);
        state.call.as_mut().unwrap().callers = vec![caller];
        let widget = show(state).await;
        assert_eq!(widget.get("h1").inner_text(), shown);
        assert!(widget.text().contains("+1 (617) 555-0100"), "the number is there in any case");
    }
}

#[test]
async fn several_matches_are_all_there_to_open() {
    let name = |name: &str| CallerIdMatch { name: Some(name.into()), ..CallerIdMatch::default() };
    let mut state = in_call(Phase::Ringing);
    state.call.as_mut().unwrap().callers = vec![name("One"), CallerIdMatch::default(), name("Two")];
    let widget = show(state).await;
    assert_eq!(widget.get("h1").inner_text(), "+1 (617) 555-0100");
    assert_eq!(widget.get("li:nth-child(1)").inner_text(), "One");
    assert_eq!(widget.get("li:nth-child(2)").inner_text(), "Two");
}

#[test]
async fn a_call_is_answered() {
    let widget = show(in_call(Phase::Ringing)).await;
    widget.click("[data-test-id=answer-call]");
    widget.until("the phone to be asked", |widget| widget.asked() == [PhoneCommand::Answer]).await;
}

#[test]
async fn a_call_is_declined() {
    let widget = show(in_call(Phase::Ringing)).await;
    widget.click(END);
    widget.says("You declined the call.").await;
    let Some(GuestMessage::CallEnded(ended)) = widget.last_told() else { panic!("no CALL_ENDED") };
    assert_eq!(ended.call_end_status, Some(EndStatus::Rejected));
}

#[test]
async fn a_record_opens_in_this_tab_and_in_a_new_one() {
    let ada = CallerIdMatch {
        first_name: Some("Ada".into()),
        object_coordinates: Some(ObjectCoordinates { object_id: Some(Id::from(51.0)), ..Default::default() }),
        ..CallerIdMatch::default()
    };
    for mut state in [in_call(Phase::Ringing), talking()] {
        state.call.as_mut().unwrap().callers = vec![ada.clone()];
        let widget = show(state).await;
        for (button, name, open_in) in [
            (".records [data-kind=link]", "Open the record", OpenIn::CurrentTab),
            (".records [data-kind=icon]", "Open Ada in a new tab", OpenIn::NewTab),
        ] {
            assert_eq!(widget.get(button).text_content().as_deref(), Some(name));
            widget.click(button);
            let Some(GuestMessage::NavigateToRecord(asked)) = widget.last_told() else {
                panic!("no NAVIGATE_TO_RECORD")
            };
            assert_eq!((asked.open_in, asked.object_coordinates.object_id), (Some(open_in), Some(Id::from(51.0))));
        }
        let failed = HostMessage::decode("NAVIGATE_TO_RECORD_FAILED", None).unwrap();
        widget.runtime.dispatch(Action::FromHubSpot(failed));
        let alert = widget.shows(ALERT).await;
        assert_eq!(alert.inner_text().trim(), "HubSpot could not open the record.");
    }
}
