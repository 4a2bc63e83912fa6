//! The menus on the keypad: availability and the number to call from.

use super::number_field;
use super::support::{MENU, OTHER_SIDE, OWN_NUMBERS, Query, account, button, field, logged_in, menu_item, show};
use call_model::{Capabilities, PhoneCommand, State, phone_number};
use demo_app_rust::config::COUNTRY_PREFIX;
use demo_app_rust::i18n::texts;
use wasm_bindgen_test::wasm_bindgen_test as test;

fn unavailable_button() -> Query<'static> {
    button(texts().unavailable)
}

fn available_button() -> Query<'static> {
    button(texts().available)
}

fn simulate_item() -> Query<'static> {
    menu_item(texts().trigger_incoming)
}

/// The user's numbers as they are displayed, and the names of their menu items.
fn own_numbers() -> [(String, String); 2] {
    let item = |index: usize| {
        let own = &account().numbers[index];
        let number = phone_number::display(&own.number);
        let item = format!("{} {number}", own.name);
        (number, item)
    };
    [item(0), item(1)]
}

#[test]
async fn the_number_to_call_from_can_be_chosen() {
    let [(first, _), (second, second_item)] = &own_numbers();
    let widget = show(logged_in()).await;
    assert!(widget.has(button(first), "aria-expanded", "false"));
    widget.click(button(first));
    widget.shows(menu_item(second_item)).await;
    assert!(widget.has(button(first), "aria-expanded", "true"));
    widget.click(menu_item(second_item));
    widget.hides(MENU).await;
    widget.shows(button(second)).await;
    assert!(widget.has_focus(button(second)));
    assert_eq!(widget.runtime.state().from_number, OWN_NUMBERS[1]);
}

#[test]
async fn a_menu_can_be_used_with_the_keyboard() {
    let [(first, first_item), (_, second_item)] = &own_numbers();
    let widget = show(logged_in()).await;
    widget.get(button(first)).focus().unwrap();
    widget.press("ArrowDown");
    widget.shows(MENU).await;
    widget.until_focused(menu_item(first_item)).await;
    for (key, item) in [
        ("ArrowDown", second_item),
        ("ArrowDown", first_item),
        ("ArrowUp", second_item),
        ("Home", first_item),
        ("End", second_item),
    ] {
        widget.press(key);
        assert!(widget.has_focus(menu_item(item)), "{key}");
    }
    widget.press("Escape");
    widget.hides(MENU).await;
    assert!(widget.has_focus(button(first)));
}

#[test]
async fn a_click_elsewhere_closes_a_menu() {
    let widget = show(logged_in()).await;
    widget.click(unavailable_button());
    widget.shows(MENU).await;
    widget.mouse_down(number_field());
    widget.hides(MENU).await;
}

#[test]
async fn hubspot_gets_each_change_of_availability() {
    let widget = show(logged_in()).await;
    widget.click(unavailable_button());
    widget.shows(menu_item(texts().available)).await.click();
    widget.shows(available_button()).await;
    assert!(widget.has(menu_item(texts().available), "aria-checked", "true"));
    widget.click(menu_item(texts().unavailable));
    widget.shows(unavailable_button()).await;
    assert_eq!(widget.sent(), ["USER_AVAILABLE", "USER_UNAVAILABLE"]);
}

#[test]
async fn an_incoming_call_can_be_simulated_while_available() {
    let (number, call) = (field(texts().incoming_number), button(texts().call_me));
    let widget = show(State { available: true, ..logged_in() }).await;
    widget.click(available_button());
    widget.shows(simulate_item()).await.click();
    widget.shows(number).await;
    assert_eq!(widget.value(number), COUNTRY_PREFIX);
    assert!(widget.is_disabled(call));
    widget.enter(number, "6476251259");
    widget.until_enabled(call).await;
    widget.click(call);
    let simulated = PhoneCommand::SimulateIncoming { from: "6476251259".into(), to: OWN_NUMBERS[0].into() };
    assert_eq!(widget.phone_commands(), [simulated]);
}

#[test]
async fn no_incoming_call_can_be_simulated_while_unavailable_or_without_the_capability() {
    let widget = show(logged_in()).await;
    widget.click(unavailable_button());
    widget.shows(simulate_item()).await;
    assert!(widget.is_disabled(simulate_item()));
    drop(widget);

    let capabilities = Capabilities { simulate_incoming: false, ..Capabilities::ALL };
    let widget = show(State { capabilities, available: true, ..logged_in() }).await;
    widget.click(available_button());
    widget.shows(MENU).await;
    assert!(widget.find(simulate_item()).is_none());
}

#[test]
async fn a_second_click_closes_a_menu() {
    let [(first, _), _] = &own_numbers();
    let widget = show(logged_in()).await;
    for menu in [button(first), unavailable_button()] {
        widget.click(menu);
        widget.until("the menu", |widget| widget.has(menu, "aria-expanded", "true")).await;
        widget.click(menu);
        widget.until("the menu to close", |widget| widget.has(menu, "aria-expanded", "false")).await;
    }
}

#[test]
async fn the_ringtone_is_switched_off_and_on() {
    let switch = menu_item(texts().ringtone);
    let widget = show(logged_in()).await;
    widget.click(unavailable_button());
    widget.shows(switch).await;
    assert!(widget.has(switch, "role", "menuitemcheckbox"));
    for on in [true, false, true] {
        let checked = if on { "true" } else { "false" };
        widget.until("the switch", |widget| widget.has(switch, "aria-checked", checked)).await;
        assert_eq!(widget.runtime.state().ringtone_muted, !on);
        widget.click(switch);
    }
}

#[test]
async fn the_number_of_a_simulated_caller_is_kept_and_follows_the_rules_of_the_keypad() {
    let (number, call) = (field(texts().incoming_number), button(texts().call_me));
    let widget = show(State { available: true, ..logged_in() }).await;
    widget.click(available_button());
    widget.shows(simulate_item()).await.click();
    widget.shows(number).await;
    widget.enter(number, "+1 (617) 555-0100");
    assert_eq!(widget.value(number), OTHER_SIDE);
    widget.enter(number, "+16175550100a");
    widget.says(texts().not_a_number).await;
    widget.click(available_button());
    widget.hides(number).await;
    widget.click(available_button());
    widget.shows(number).await;
    assert_eq!(widget.value(number), OTHER_SIDE);
    widget.click(call);
    let simulated = PhoneCommand::SimulateIncoming { from: OTHER_SIDE.into(), to: OWN_NUMBERS[0].into() };
    assert_eq!(widget.phone_commands(), [simulated]);
}
