//! Dialing, and the call itself.

use super::support::{HEADING, OTHER_SIDE, button, field, group, in_call, show, status, talking};
use super::{end_button, notes_field, other_side, save_button};
use call_model::{CallEvent, CallPhase, Capabilities, PhoneCommand, State};
use demo_app_rust::config::COUNTRY_PREFIX;
use demo_app_rust::i18n::{fill, texts};
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn dialing_shows_the_number_and_can_be_ended() {
    let widget = show(in_call(CallPhase::Dialing)).await;
    widget.says(&fill(texts().dialing, &other_side())).await;
    widget.click(end_button());
    widget.shows(save_button()).await;
    widget.says(texts().reason_canceled).await;
}

#[test]
async fn an_answer_leads_to_the_call_and_is_announced() {
    let widget = show(in_call(CallPhase::Dialing)).await;
    widget.report(CallEvent::Answered);
    widget.shows(button(texts().mute)).await;
    widget.says(&fill(texts().call_with, &other_side())).await;
    widget.shows(status(texts().answered)).await;
    widget.until_focused(HEADING).await;
}

#[test]
async fn toggles_send_a_command_and_show_what_the_phone_system_reports() {
    let widget = show(talking()).await;
    for (name, command, event) in [
        (texts().mute, PhoneCommand::Mute(true), CallEvent::Muted(true)),
        (texts().hold, PhoneCommand::Hold(true), CallEvent::Held(true)),
        (texts().record, PhoneCommand::Record(true), CallEvent::Recording(true)),
    ] {
        let toggle = button(name);
        assert!(widget.has(toggle, "aria-pressed", "false"), "{name}");
        widget.click(toggle);
        assert_eq!(widget.phone_commands().last(), Some(&command));
        widget.report(event);
        widget.until("the toggle to be on", |widget| widget.has(toggle, "aria-pressed", "true")).await;
    }
}

#[test]
async fn controls_show_what_the_phone_system_can_do() {
    let widget = show(State { capabilities: Capabilities::default(), ..talking() }).await;
    for name in [texts().mute, texts().hold, texts().record, texts().keypad, texts().transfer] {
        assert!(widget.find(button(name)).is_none(), "{name}");
    }
    assert!(widget.find(end_button()).is_some());
}

#[test]
async fn the_keypad_in_a_call_sends_digits_and_leaves_end_call_uncovered() {
    let (toggle, keys) = (button(texts().keypad), group(texts().keys));
    let widget = show(talking()).await;
    assert!(widget.has(toggle, "aria-expanded", "false"));
    widget.click(toggle);
    widget.shows(keys).await;
    assert!(widget.has(toggle, "aria-expanded", "true"));
    assert!(widget.is_uncovered(end_button()), "End call is under the keypad");
    for key in ["2", "*"] {
        widget.click(button(key));
    }
    assert_eq!(widget.phone_commands(), [PhoneCommand::Digit('2'), PhoneCommand::Digit('*')]);
    let digits = status(texts().digits_sent);
    widget.until("the digits", |widget| widget.get(digits).inner_text() == "2*").await;
    widget.click(toggle);
    widget.hides(keys).await;
}

#[test]
async fn a_call_is_transferred_to_another_number() {
    let (number, send) = (field(texts().transfer_to), button(texts().transfer_call));
    let widget = show(talking()).await;
    widget.click(button(texts().transfer));
    widget.shows(number).await;
    widget.until_focused(number).await;
    widget.enter(number, "+16175550123");
    widget.until_enabled(send).await;
    widget.click(send);
    assert_eq!(widget.phone_commands(), [PhoneCommand::Transfer(Some("+16175550123".into()))]);
    widget.hides(number).await;
    assert!(widget.has_focus(button(texts().transfer)), "the field is gone, its button has the focus");
}

#[test]
async fn notes_of_the_call_are_there_after_it_and_the_caret_is_behind_them() {
    let widget = show(talking()).await;
    widget.enter(notes_field(), "call back");
    widget.click(end_button());
    widget.shows(save_button()).await;
    assert_eq!(widget.value(notes_field()), "call back");
    widget.until_focused(notes_field()).await;
}

#[test]
async fn a_number_to_transfer_to_follows_the_rules_of_the_keypad() {
    let (number, send) = (field(texts().transfer_to), button(texts().transfer_call));
    let begins =
        |widget: &super::support::Widget| widget.find(number).is_some() && widget.value(number) == COUNTRY_PREFIX;
    let widget = show(talking()).await;
    widget.click(button(texts().transfer));
    widget.until("the country prefix", begins).await;
    assert!(widget.is_disabled(send));
    for (entered, held, error) in [
        ("+1 (617) 555-0100", OTHER_SIDE, None),
        ("+16175550100a", OTHER_SIDE, Some(texts().not_a_number)),
        ("+16175550100b", OTHER_SIDE, Some(texts().not_a_number)),
        ("+12345678901234567", "+12345678901234567", Some(texts().too_long)),
        ("6175550100", "6175550100", None),
    ] {
        widget.enter(number, entered);
        widget.until(entered, |widget| widget.description(number).as_deref() == error).await;
        assert_eq!(widget.value(number), held);
        widget.until("the button", |widget| widget.is_disabled(send) == (held.len() > 16)).await;
    }
    widget.click(button(texts().backspace));
    assert_eq!(widget.value(number), "617555010");
    widget.click(button(texts().transfer));
    widget.hides(number).await;
    widget.click(button(texts().transfer));
    widget.until("the country prefix", begins).await;
}
