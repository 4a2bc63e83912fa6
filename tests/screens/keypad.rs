//! The number that is called.

use super::support::{NOW, logged_in, show};
use super::{CALL, END, FIELD, SAVE};
use call_model::PhoneCommand;
use call_model::State;
use call_model::state::DialRequest;
use calling_extensions::codec::Value;
use calling_extensions::message::GuestMessage;
use wasm_bindgen_test::wasm_bindgen_test as test;

const BACKSPACE: &str = "[aria-label=backspace]";

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
    let Some(GuestMessage::OutgoingCall(call)) = widget.last_told() else { panic!("no OUTGOING_CALL_STARTED") };
    assert_eq!(call.to_number.as_deref(), Some("+16175550100"));
    assert_eq!(call.from_number.as_deref(), Some("+16179483986"));
    assert_eq!((call.create_engagement, call.call_start_time), (Some(true), Some(NOW)));
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
    widget.shows(SAVE).await.click();
    widget.shows(FIELD).await;
    widget.until("the country code", |widget| widget.value(FIELD) == "+1").await;
}

#[test]
async fn what_is_on_no_keypad_is_kept_out_and_says_why() {
    let why = "Only digits, +, * and # can be dialled.";
    let widget = show(logged_in()).await;
    for entered in ["+1a", "+1b", "call me"] {
        widget.enter(FIELD, entered);
        widget.says(why).await;
        assert_eq!(widget.value(FIELD), "+1", "{entered}");
        assert!(widget.is_disabled(CALL));
    }
    widget.enter(FIELD, "+16175550100");
    widget.until("the words to go", |widget| !widget.text().contains(why)).await;
    widget.enter(FIELD, "+16175550100!");
    widget.says(why).await;
    assert!(!widget.is_disabled(CALL), "the number in the field is a good one");
}
