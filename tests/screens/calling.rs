//! The call goes on.

use super::support::{in_call, show, talking};
use super::{END, NOTES, SAVE};
use call_model::{Action, Capabilities, Phase, PhoneCommand, PhoneEvent, PhoneNews, State};
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn dialing_shows_the_number_and_can_be_ended() {
    let widget = show(in_call(Phase::Dialing)).await;
    widget.says("Dialing +1 (617) 555-0100").await;
    widget.click(END);
    widget.shows(SAVE).await;
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
    widget.shows(SAVE).await;
    assert_eq!(widget.value(NOTES), "call back");
    widget.until("the focus in the notes", |widget| widget.has_focus(NOTES)).await;
}

#[test]
async fn a_number_to_transfer_to_goes_by_the_rules_of_the_keypad() {
    let (field, send) = ("[data-test-id=transfer-number-input]", "[data-test-id=transfer-call]");
    let widget = show(talking()).await;
    widget.click("#transfer");
    widget.until("the country code", |widget| widget.find(field).is_some() && widget.value(field) == "+1").await;
    assert!(widget.is_disabled(send));
    for (entered, held, why) in [
        ("+1 (617) 555-0100", "+16175550100", None),
        ("+16175550100a", "+16175550100", Some("Only digits, +, * and # can be dialled.")),
        ("+16175550100b", "+16175550100", Some("Only digits, +, * and # can be dialled.")),
        ("+12345678901234567", "+12345678901234567", Some("This number is too long to be dialled.")),
        ("6175550100", "6175550100", None),
    ] {
        widget.enter(field, entered);
        widget.until(entered, |widget| widget.find(".error").map(|error| error.inner_text()).as_deref() == why).await;
        assert_eq!(widget.value(field), held);
        widget.until("the button", |widget| widget.is_disabled(send) == (held.len() > 16)).await;
    }
    widget.click("#call-panel [aria-label=backspace]");
    assert_eq!(widget.value(field), "617555010");
    widget.click("#transfer");
    widget.until("the form to close", |widget| widget.find(field).is_none()).await;
    widget.click("#transfer");
    widget.until("the country code", |widget| widget.find(field).is_some() && widget.value(field) == "+1").await;
}
