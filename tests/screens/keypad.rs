//! The number to call.

use super::support::{NOW, OTHER_SIDE, OWN_NUMBERS, button, logged_in, show};
use super::{call_button, end_button, number_field, save_button};
use call_model::PhoneCommand;
use call_model::State;
use call_model::state::DialRequest;
use calling_extensions::codec::Value;
use calling_extensions::message::GuestMessage;
use demo_app_rust::config::COUNTRY_PREFIX;
use demo_app_rust::i18n::texts;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test as test;

const KEYS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

#[test]
async fn the_field_begins_with_the_country_prefix_and_has_the_focus() {
    let widget = show(logged_in()).await;
    widget.until("the country prefix", |widget| widget.value(number_field()) == COUNTRY_PREFIX).await;
    assert!(widget.has_focus(number_field()));
    assert!(widget.is_disabled(call_button()));
}

#[test]
async fn each_key_types_what_it_shows() {
    let widget = show(logged_in()).await;
    widget.until("the country prefix", |widget| widget.value(number_field()) == COUNTRY_PREFIX).await;
    for key in KEYS {
        let before = widget.value(number_field());
        widget.click(button(key));
        assert_eq!(widget.value(number_field()), before + key);
    }
    assert_eq!(widget.value(number_field()), format!("{COUNTRY_PREFIX}{}", KEYS.concat()));
}

#[test]
async fn keys_and_backspace_act_at_the_caret_and_on_the_selection() {
    let (number, backspace) = (number_field(), button(texts().backspace));
    let widget = show(logged_in()).await;
    widget.enter(number, "+1617");
    widget.select(number, 2, 2);
    widget.click(button("9"));
    assert_eq!((widget.value(number).as_str(), widget.caret(number)), ("+19617", Some(3)));
    widget.click(backspace);
    assert_eq!((widget.value(number).as_str(), widget.caret(number)), ("+1617", Some(2)));
    widget.select(number, 2, 4);
    widget.click(backspace);
    assert_eq!((widget.value(number).as_str(), widget.caret(number)), ("+17", Some(2)));
    widget.select(number, 0, 3);
    widget.click(button("5"));
    assert_eq!((widget.value(number).as_str(), widget.caret(number)), ("5", Some(1)));
}

#[test]
async fn a_pasted_number_is_normalized_and_letters_are_refused() {
    let widget = show(logged_in()).await;
    for (entered, held) in [
        ("+1 (617) 555-0100", OTHER_SIDE),
        ("+16175550100a", OTHER_SIDE),
        ("<b>hello</b>", OTHER_SIDE),
        ("*+", OTHER_SIDE),
        ("617", "617"),
        ("", ""),
    ] {
        widget.enter(number_field(), entered);
        assert_eq!(widget.value(number_field()), held, "{entered}");
    }
}

#[test]
async fn call_dials_the_number_and_says_from_which() {
    let widget = show(logged_in()).await;
    widget.enter(number_field(), OTHER_SIDE);
    widget.until_enabled(call_button()).await;
    widget.click(call_button());
    widget.shows(end_button()).await;
    let dialled = PhoneCommand::Dial { to: OTHER_SIDE.into(), from: OWN_NUMBERS[0].into() };
    assert_eq!(widget.phone_commands(), [dialled]);
    assert_eq!(widget.sent(), ["OUTGOING_CALL_STARTED"]);
    let Some(GuestMessage::OutgoingCall(call)) = widget.last_sent() else { panic!("no OUTGOING_CALL_STARTED") };
    assert_eq!(call.to_number.as_deref(), Some(OTHER_SIDE));
    assert_eq!(call.from_number.as_deref(), Some(OWN_NUMBERS[0]));
    assert_eq!((call.create_engagement, call.call_start_time), (Some(true), Some(NOW)));
}

#[test]
async fn two_clicks_on_call_make_one_call() {
    let widget = show(logged_in()).await;
    widget.enter(number_field(), OTHER_SIDE);
    widget.until_enabled(call_button()).await;
    let button = widget.get(call_button());
    button.click();
    button.click();
    widget.shows(end_button()).await;
    assert_eq!(widget.sent(), ["OUTGOING_CALL_STARTED"]);
}

#[test]
async fn a_number_that_is_too_long_says_so() {
    let widget = show(logged_in()).await;
    widget.enter(number_field(), "+12345678901234567");
    widget.says(texts().too_long).await;
    assert!(widget.is_disabled(call_button()));
    assert!(widget.has(number_field(), "aria-invalid", "true"));
}

#[test]
async fn a_number_clicked_in_hubspot_is_in_the_field() {
    let request = DialRequest { number: "+442073238299".into(), context: Value::Null, serial: 1 };
    let widget = show(State { dial_request: Some(Rc::new(request)), ..logged_in() }).await;
    widget.until("the number", |widget| widget.value(number_field()) == "+442073238299").await;
    widget.until_enabled(call_button()).await;
}

#[test]
async fn the_field_returns_to_the_country_prefix_after_a_call() {
    let widget = show(logged_in()).await;
    widget.enter(number_field(), OTHER_SIDE);
    widget.until_enabled(call_button()).await;
    widget.click(call_button());
    widget.shows(end_button()).await.click();
    widget.shows(save_button()).await.click();
    widget.shows(number_field()).await;
    widget.until("the country prefix", |widget| widget.value(number_field()) == COUNTRY_PREFIX).await;
}

#[test]
async fn what_is_on_no_keypad_is_refused_and_the_field_says_why() {
    let why = texts().not_a_number;
    let widget = show(logged_in()).await;
    for entered in ["+1a", "+1b", "call me"] {
        widget.enter(number_field(), entered);
        widget.says(why).await;
        assert_eq!(widget.value(number_field()), COUNTRY_PREFIX, "{entered}");
        assert!(widget.is_disabled(call_button()));
    }
    widget.enter(number_field(), OTHER_SIDE);
    widget.until("the text to go", |widget| !widget.text().contains(why)).await;
    widget.enter(number_field(), "+16175550100!");
    widget.says(why).await;
    assert!(!widget.is_disabled(call_button()), "the number in the field is a good one");
}
