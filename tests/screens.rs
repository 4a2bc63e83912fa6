//! What a person can see and do on each screen, in a real browser.
#![cfg(target_arch = "wasm32")]
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use call_model::state::{DialRequest, Finalize};
use call_model::{
    Action, Capabilities, EndReason, EngagementState, Notice, Phase, PhoneCommand, PhoneEvent, PhoneNews, State,
};
use calling_extensions::codec::{Id, Value};
use calling_extensions::message::{CallerIdMatch, EndStatus, GuestMessage};
use demo_app_rust::account::Credentials;
use support::{NOW, document, in_call, logged_in, show, talking};
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const FIELD: &str = "[data-test-id=dial-number-input]";
const CALL: &str = "[data-test-id=outgoing-call]";
const END: &str = "[data-test-id=end-call]";
const AVAILABILITY: &str = "[data-test-id=toggle-availability]";
const TEST_CALL: &str = "[data-test-id=toggle-incoming-call-option]";
const FROM: &str = "[data-test-id=from-number]";
const NOTES: &str = "#callingnotes";
const BACKSPACE: &str = "[aria-label=backspace]";

// Login

#[test]
async fn log_in_takes_what_was_typed() {
    let widget = show(State::new(Capabilities::ALL, "+16179483986")).await;
    widget.says("Log into your calling account").await;
    widget.until("the focus in the first field", |widget| widget.has_focus("#user-name")).await;
    widget.enter("#user-name", "ada");
    widget.enter("#password", "secret");
    widget.until("the form to have it", |widget| widget.value("#password") == "secret").await;
    widget.click("[data-test-id=log-in]");
    widget.shows(FIELD).await;
    let given = Credentials::Password { user_name: "ada".into(), password: "secret".into() };
    assert!(widget.credentials() == [given]);
    assert_eq!(widget.told(), ["LOGGED_IN"]);
}

#[test]
async fn log_in_works_with_nothing_typed() {
    let widget = show(State::new(Capabilities::ALL, "+16179483986")).await;
    widget.click("[data-test-id=log-in]");
    widget.shows(FIELD).await;
}

#[test]
async fn single_sign_on_needs_no_password() {
    let widget = show(State::new(Capabilities::ALL, "+16179483986")).await;
    widget.click("[data-test-id=log-in-sso]");
    widget.shows(FIELD).await;
    assert!(widget.credentials() == [Credentials::SingleSignOn]);
}

#[test]
async fn log_out_goes_back_to_the_log_in() {
    let widget = show(logged_in()).await;
    widget.click("[data-test-id=log-out]");
    widget.shows("[data-test-id=log-in]").await;
    assert_eq!(widget.told().last().map(String::as_str), Some("LOGGED_OUT"));
}

// The notice at the bottom

#[test]
async fn the_notice_says_where_the_messages_are_and_goes_away() {
    let widget = show(logged_in()).await;
    let text = "Open your console to see the incoming and outgoing messages with HubSpot.";
    widget.says(text).await;
    widget.click("[aria-label='Close this notice']");
    widget.until("the notice to go", |widget| !widget.text().contains(text)).await;
    assert!(widget.has_focus("main"), "the focus goes on to the screen");
}

#[test]
async fn what_went_wrong_is_told_one_after_the_other() {
    let failed = Notice::SaveFailed { reason: None, notes: "call back".into() };
    let widget = show(State { notices: vec![failed, Notice::RecordNotShown], ..logged_in() }).await;
    let alert = widget.shows("[role=alert]").await;
    assert!(alert.inner_text().contains("call back"), "the notes are not lost");
    widget.click("[role=alert] button");
    widget.says("could not open the record").await;
}

// Keypad

#[test]
async fn the_field_begins_with_the_country_code_and_has_the_focus() {
    let widget = show(logged_in()).await;
    widget.until("the country code", |widget| widget.value(FIELD) == "+1").await;
    assert!(widget.has_focus(FIELD));
    assert!(widget.is_disabled(CALL));
}

#[test]
async fn each_key_types_what_it_shows() {
    let widget = show(logged_in()).await;
    for key in 1..=12 {
        widget.until("the country code", |widget| !widget.value(FIELD).is_empty()).await;
        let selector = format!("[role=group] button:nth-of-type({key})");
        let shown = widget.get(&selector).text_content().unwrap();
        let before = widget.value(FIELD);
        widget.click(&selector);
        assert_eq!(widget.value(FIELD), before + &shown);
    }
    assert_eq!(widget.value(FIELD), "+1123456789*0#");
}

#[test]
async fn keys_and_backspace_act_at_the_caret_and_on_the_selection() {
    let widget = show(logged_in()).await;
    widget.enter(FIELD, "+1617");
    widget.select(FIELD, 2, 2);
    widget.click("[role=group] button:nth-of-type(9)");
    assert_eq!((widget.value(FIELD).as_str(), widget.caret(FIELD)), ("+19617", Some(3)));
    widget.click(BACKSPACE);
    assert_eq!((widget.value(FIELD).as_str(), widget.caret(FIELD)), ("+1617", Some(2)));
    widget.select(FIELD, 2, 4);
    widget.click(BACKSPACE);
    assert_eq!((widget.value(FIELD).as_str(), widget.caret(FIELD)), ("+17", Some(2)));
    widget.select(FIELD, 0, 3);
    widget.click("[role=group] button:nth-of-type(5)");
    assert_eq!((widget.value(FIELD).as_str(), widget.caret(FIELD)), ("5", Some(1)));
}

#[test]
async fn a_pasted_number_is_tidied_and_letters_do_not_get_in() {
    let widget = show(logged_in()).await;
    for (entered, held) in [
        ("+1 (617) 555-0100", "+16175550100"),
        ("+16175550100a", "+16175550100"),
        ("<b>hello</b>", "+16175550100"),
        ("*+", "+16175550100"),
        ("617", "617"),
        ("", ""),
    ] {
        widget.enter(FIELD, entered);
        assert_eq!(widget.value(FIELD), held, "{entered}");
    }
}

#[test]
async fn call_dials_the_number_and_says_from_which() {
    let widget = show(logged_in()).await;
    widget.enter(FIELD, "+16175550100");
    widget.until("the call button", |widget| !widget.is_disabled(CALL)).await;
    widget.click(CALL);
    widget.shows(END).await;
    assert_eq!(widget.asked(), [PhoneCommand::Dial { to: "+16175550100".into(), from: "+16179483986".into() }]);
    assert_eq!(widget.told(), ["OUTGOING_CALL_STARTED"]);
}

#[test]
async fn two_clicks_on_call_make_one_call() {
    let widget = show(logged_in()).await;
    widget.enter(FIELD, "+16175550100");
    widget.until("the call button", |widget| !widget.is_disabled(CALL)).await;
    let button = widget.get(CALL);
    button.click();
    button.click();
    widget.shows(END).await;
    assert_eq!(widget.told(), ["OUTGOING_CALL_STARTED"]);
}

#[test]
async fn a_number_that_is_too_long_says_so() {
    let widget = show(logged_in()).await;
    widget.enter(FIELD, "+12345678901234567");
    widget.says("too long").await;
    assert!(widget.is_disabled(CALL));
    assert!(widget.has(FIELD, "aria-invalid", "true"));
}

#[test]
async fn a_number_clicked_in_hubspot_is_in_the_field() {
    let request = |number: &str, serial| DialRequest { number: number.into(), context: Value::Null, serial };
    let widget = show(State { requested: Some(request("+442073238299", 1)), ..logged_in() }).await;
    widget.until("the number", |widget| widget.value(FIELD) == "+442073238299").await;
    widget.until("the call button", |widget| !widget.is_disabled(CALL)).await;
}

#[test]
async fn the_field_returns_to_the_country_code_after_a_call() {
    let widget = show(logged_in()).await;
    widget.enter(FIELD, "+16175550100");
    widget.until("the call button", |widget| !widget.is_disabled(CALL)).await;
    widget.click(CALL);
    widget.shows(END).await.click();
    widget.shows("[data-test-id=complete-call]").await.click();
    widget.shows(FIELD).await;
    widget.until("the country code", |widget| widget.value(FIELD) == "+1").await;
}

// The number to call from

#[test]
async fn the_number_to_call_from_can_be_chosen() {
    let widget = show(logged_in()).await;
    assert!(widget.get(FROM).inner_text().contains("+1 (617) 948-3986"));
    assert!(widget.has(FROM, "aria-expanded", "false"));
    widget.click(FROM);
    widget.shows("[data-test-id=uk-number]").await;
    assert!(widget.has(FROM, "aria-expanded", "true"));
    widget.click("[data-test-id=uk-number]");
    widget.until("the menu to close", |widget| widget.find("[role=menu]").is_none()).await;
    widget.until("the choice", |widget| widget.get(FROM).inner_text().contains("+44 20 7323 8299")).await;
    assert!(widget.has_focus(FROM));
    assert_eq!(widget.runtime.state().from_number, "+442073238299");
}

#[test]
async fn a_menu_goes_by_the_keyboard() {
    let widget = show(logged_in()).await;
    widget.get(FROM).focus().unwrap();
    widget.press("ArrowDown");
    widget.until("the chosen item to have the focus", |widget| widget.has_focus("[data-test-id=us-number]")).await;
    for (key, item) in [("ArrowDown", "uk"), ("ArrowDown", "us"), ("ArrowUp", "uk"), ("Home", "us"), ("End", "uk")] {
        widget.press(key);
        assert!(widget.has_focus(&format!("[data-test-id={item}-number]")), "{key}");
    }
    widget.press("Escape");
    widget.until("the menu to close", |widget| widget.find("[role=menu]").is_none()).await;
    assert!(widget.has_focus(FROM));
}

#[test]
async fn a_click_elsewhere_closes_a_menu() {
    let widget = show(logged_in()).await;
    widget.click(AVAILABILITY);
    widget.shows("[role=menu]").await;
    widget.point_at(FIELD);
    widget.until("the menu to close", |widget| widget.find("[role=menu]").is_none()).await;
}

// Availability

#[test]
async fn availability_is_told_to_hubspot_each_way() {
    let widget = show(logged_in()).await;
    assert!(widget.get(AVAILABILITY).inner_text().contains("Unavailable"));
    widget.click(AVAILABILITY);
    widget.shows("[data-test-id=user-available]").await.click();
    widget.until("available", |widget| widget.get(AVAILABILITY).inner_text().trim() == "Available").await;
    assert!(widget.has("[data-test-id=user-available]", "aria-checked", "true"));
    widget.click("[data-test-id=user-unavailable]");
    widget.until("unavailable", |widget| widget.get(AVAILABILITY).inner_text().trim() == "Unavailable").await;
    assert_eq!(widget.told(), ["USER_AVAILABLE", "USER_UNAVAILABLE"]);
}

#[test]
async fn an_incoming_call_can_be_tried_while_available() {
    let widget = show(State { available: true, ..logged_in() }).await;
    widget.click(AVAILABILITY);
    widget.shows(TEST_CALL).await.click();
    let field = "[data-test-id=incoming-number-input]";
    widget.shows(field).await;
    assert_eq!(widget.value(field), "+1");
    assert!(widget.is_disabled("[data-test-id=incoming-call]"));
    widget.enter(field, "6476251259");
    widget.until("the button", |widget| !widget.is_disabled("[data-test-id=incoming-call]")).await;
    widget.click("[data-test-id=incoming-call]");
    let asked = PhoneCommand::TestIncoming { from: "6476251259".into(), to: "+16179483986".into() };
    assert_eq!(widget.asked(), [asked]);
}

#[test]
async fn no_incoming_call_can_be_tried_while_unavailable_or_where_the_phone_cannot() {
    let widget = show(logged_in()).await;
    widget.click(AVAILABILITY);
    widget.shows(TEST_CALL).await;
    assert!(widget.is_disabled(TEST_CALL));
    drop(widget);

    let capabilities = Capabilities { test_incoming: false, ..Capabilities::ALL };
    let widget = show(State { capabilities, available: true, ..logged_in() }).await;
    widget.click(AVAILABILITY);
    widget.shows("[role=menu]").await;
    assert!(widget.find(TEST_CALL).is_none());
}

// Incoming

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

// Dialing and calling

#[test]
async fn dialing_shows_the_number_and_can_be_ended() {
    let widget = show(in_call(Phase::Dialing)).await;
    widget.says("Dialing +1 (617) 555-0100").await;
    widget.click(END);
    widget.shows("[data-test-id=complete-call]").await;
    widget.says("You hung up before the answer.").await;
}

#[test]
async fn an_answer_leads_to_the_call_and_is_announced() {
    let widget = show(in_call(Phase::Dialing)).await;
    let call = widget.runtime.state().call.as_ref().unwrap().id.clone();
    widget.runtime.dispatch(Action::FromPhone(PhoneEvent { call, news: PhoneNews::Answered }));
    widget.shows("#mute").await;
    widget.says("Call with +1 (617) 555-0100").await;
    widget
        .until("the announcement", |widget| widget.get(".unseen[role=status]").inner_text().contains("answered"))
        .await;
    widget.until("the focus on the heading", |widget| widget.has_focus("h1")).await;
}

#[test]
async fn toggles_ask_the_phone_and_show_what_it_says() {
    let widget = show(talking()).await;
    let call = widget.runtime.state().call.as_ref().unwrap().id.clone();
    for (id, command, news) in [
        ("#mute", PhoneCommand::Mute(true), PhoneNews::Muted(true)),
        ("#hold", PhoneCommand::Hold(true), PhoneNews::Held(true)),
        ("#record", PhoneCommand::Record(true), PhoneNews::Recording(true)),
    ] {
        assert!(widget.has(id, "aria-pressed", "false"), "{id}");
        widget.click(id);
        assert_eq!(widget.asked().last(), Some(&command));
        widget.runtime.dispatch(Action::FromPhone(PhoneEvent { call: call.clone(), news }));
        widget.until("the toggle to be on", |widget| widget.has(id, "aria-pressed", "true")).await;
    }
}

#[test]
async fn controls_show_what_the_phone_can_do() {
    let widget = show(State { capabilities: Capabilities::default(), ..talking() }).await;
    for id in ["#mute", "#hold", "#record", "#keypad", "#transfer"] {
        assert!(widget.find(id).is_none(), "{id}");
    }
    assert!(widget.find(END).is_some());
}

#[test]
async fn the_keypad_in_a_call_sends_digits_and_leaves_end_call_free() {
    let widget = show(talking()).await;
    assert!(widget.has("#keypad", "aria-expanded", "false"));
    widget.click("#keypad");
    widget.shows("#call-panel").await;
    assert!(widget.has("#keypad", "aria-expanded", "true"));
    assert!(widget.is_free(END), "End call is under the keypad");
    for key in [2, 10] {
        widget.click(&format!("#call-panel button:nth-of-type({key})"));
    }
    assert_eq!(widget.asked(), [PhoneCommand::Digit('2'), PhoneCommand::Digit('*')]);
    widget.until("the digits", |widget| widget.get("#call-panel output").inner_text() == "2*").await;
    widget.click("#keypad");
    widget.until("the keypad to close", |widget| widget.find("#call-panel").is_none()).await;
}

#[test]
async fn a_call_is_given_to_another_number() {
    let widget = show(talking()).await;
    widget.click("#transfer");
    let field = "[data-test-id=transfer-number-input]";
    widget.shows(field).await;
    widget.until("the focus in the field", |widget| widget.has_focus(field)).await;
    widget.enter(field, "+16175550123");
    widget.until("the button", |widget| !widget.is_disabled("[data-test-id=transfer-call]")).await;
    widget.click("[data-test-id=transfer-call]");
    assert_eq!(widget.asked(), [PhoneCommand::Transfer(Some("+16175550123".into()))]);
    widget.until("the form to close", |widget| widget.find(field).is_none()).await;
    assert!(widget.has_focus("main"), "the field is gone, the focus stays on the screen");
}

#[test]
async fn notes_written_in_the_call_are_there_after_it_and_the_caret_is_behind_them() {
    let widget = show(talking()).await;
    widget.enter(NOTES, "call back");
    widget.click(END);
    widget.shows("[data-test-id=complete-call]").await;
    assert_eq!(widget.value(NOTES), "call back");
    widget.until("the focus in the notes", |widget| widget.has_focus(NOTES)).await;
}

// Call ended

fn over(reason: EndReason, finalize: Finalize) -> Phase {
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
    widget.click("[data-test-id=complete-call]");
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

// All of them

#[test]
async fn the_page_says_its_language() {
    let _widget = show(logged_in()).await;
    let lang = document().document_element().unwrap().get_attribute("lang");
    assert_eq!(lang.as_deref(), Some("en"));
}

#[test]
async fn every_screen_has_one_heading_and_moves_the_focus_into_itself() {
    for state in [
        State::new(Capabilities::ALL, "+16179483986"),
        logged_in(),
        in_call(Phase::Ringing),
        in_call(Phase::Dialing),
        talking(),
        in_call(over(EndReason::HungUp, Finalize::No)),
    ] {
        let screen = state.screen();
        let widget = show(state).await;
        assert_eq!(document().query_selector_all("main h1").unwrap().length(), 1, "{screen:?}");
        assert!(widget.has_focus_inside(), "{screen:?}");
    }
}
