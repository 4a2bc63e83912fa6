//! What a phone system shows besides that rings at the other side, lets a call wait, and lets the user ask somebody first.

use super::other_side;
use super::support::{OTHER_SIDE, Widget, button, field, in_call, show, talking};
use call_model::{CallEvent, CallPhase, Consult, ConsultEvent, PhoneCommand, State};
use demo_app_rust::i18n::{fill, texts};
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlElement;

/// In a call, with a phone system that can ask somebody first.
fn can_ask() -> State {
    State { can_consult: true, ..talking() }
}

/// The control to ask first, if it is offered.
fn ask_first(widget: &Widget) -> Option<HtmlElement> {
    widget.all("[data-test-id=ask-first]").into_iter().next()
}

/// The user has asked for a call to somebody before the transfer.
async fn asking() -> Widget {
    let number = field(texts().transfer_to);
    let widget = show(can_ask()).await;
    widget.click(button(texts().transfer));
    widget.shows(number).await;
    ask_first(&widget).unwrap().click();
    widget.shows(button(texts().call)).await;
    widget.enter(number, OTHER_SIDE);
    widget.until_enabled(button(texts().call)).await;
    widget.click(button(texts().call));
    widget
}

#[test]
async fn the_other_side_rings() {
    let widget = show(in_call(CallPhase::Dialing)).await;
    assert!(!widget.text().contains(texts().rings), "{}", widget.text());
    widget.report(CallEvent::Ringing);
    widget.says(texts().rings).await;
}

#[test]
async fn a_phone_system_that_cannot_ask_first_does_not_offer_it() {
    let widget = show(talking()).await;
    widget.click(button(texts().transfer));
    widget.shows(field(texts().transfer_to)).await;
    assert!(ask_first(&widget).is_none());
}

#[test]
async fn somebody_is_asked_before_the_call_is_transferred_to_them() {
    let widget = asking().await;
    let [calling, asking] = texts().consulting;
    widget.says(&fill(calling, &other_side())).await;
    assert!(widget.is_disabled(button(texts().transfer_now)));
    widget.report(CallEvent::Consult(ConsultEvent::Answered));
    widget.says(&fill(asking, &other_side())).await;
    widget.until_enabled(button(texts().transfer_now)).await;
    widget.click(button(texts().transfer_now));
    let consult = PhoneCommand::Consult;
    assert_eq!(widget.phone_commands(), [consult(Consult::Begin(OTHER_SIDE.into())), consult(Consult::Transfer)]);
}

#[test]
async fn the_user_goes_back_to_the_call() {
    let widget = asking().await;
    widget.shows(button(texts().back_to_call)).await;
    widget.click(button(texts().back_to_call));
    widget.hides(button(texts().back_to_call)).await;
    assert_eq!(widget.phone_commands().last(), Some(&PhoneCommand::Consult(Consult::End)));
}
