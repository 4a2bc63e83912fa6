//! The menus on the keypad: presence and the number to call from.

use super::FIELD;
use super::support::{logged_in, show};
use call_model::{Capabilities, PhoneCommand, State};
use wasm_bindgen_test::wasm_bindgen_test as test;

const AVAILABILITY: &str = "[data-test-id=toggle-availability]";
const TEST_CALL: &str = "[data-test-id=toggle-incoming-call-option]";
const RINGING: &str = "[data-test-id=ringing]";
const FROM: &str = "[data-test-id=from-number]";

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

#[test]
async fn a_second_click_closes_a_menu() {
    let widget = show(logged_in()).await;
    for menu in [FROM, AVAILABILITY] {
        widget.click(menu);
        widget.until("the menu", |widget| widget.has(menu, "aria-expanded", "true")).await;
        widget.click(menu);
        widget.until("the menu to close", |widget| widget.has(menu, "aria-expanded", "false")).await;
    }
}

#[test]
async fn ringing_is_switched_off_and_on() {
    let widget = show(logged_in()).await;
    widget.click(AVAILABILITY);
    let switch = widget.shows(RINGING).await;
    assert_eq!(switch.get_attribute("role").as_deref(), Some("menuitemcheckbox"));
    for on in [true, false, true] {
        let words = if on { "true" } else { "false" };
        widget.until("the switch", |widget| widget.has(RINGING, "aria-checked", words)).await;
        assert_eq!(widget.runtime.state().silent, !on);
        widget.click(RINGING);
    }
}

#[test]
async fn the_number_of_a_made_up_caller_is_kept_and_goes_by_the_rules_of_the_keypad() {
    let (field, call) = ("[data-test-id=incoming-number-input]", "[data-test-id=incoming-call]");
    let widget = show(State { available: true, ..logged_in() }).await;
    widget.click(AVAILABILITY);
    widget.shows(TEST_CALL).await.click();
    widget.shows(field).await;
    widget.enter(field, "+1 (647) 625-1259");
    assert_eq!(widget.value(field), "+16476251259");
    widget.enter(field, "+16476251259a");
    widget.says("Only digits, +, * and # can be dialled.").await;
    widget.click(AVAILABILITY);
    widget.until("the menu to close", |widget| widget.find(field).is_none()).await;
    widget.click(AVAILABILITY);
    widget.shows(field).await;
    assert_eq!(widget.value(field), "+16476251259");
    widget.click(call);
    let asked = PhoneCommand::TestIncoming { from: "+16476251259".into(), to: "+16179483986".into() };
    assert_eq!(widget.asked(), [asked]);
}
