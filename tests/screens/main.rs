//! What a user can see and do on each screen, in a real browser.
//!
//! Elements are found by what a user perceives: a role and an accessible name. Texts come from `i18n`, what a fork sets from
//! `config`, and the account is the tests' own, so a fork can change all of these. The ids are checked in `ids` alone.
#![cfg(target_arch = "wasm32")]
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

#[cfg(feature = "audio")]
mod audio;
mod calling;
mod hooks;
mod ids;
mod incoming;
mod keypad;
mod log_in;
mod menus;
mod notices;
mod recorder;
mod renders;
mod support;
#[cfg(feature = "sip")]
mod transfer;
mod wrap_up;

use call_model::{CallPhase, EndReason, Finalize, phone_number};
use demo_app_rust::i18n::texts;
use support::{OTHER_SIDE, Query, button, document, field, in_call, logged_in, logged_out, show, talking};
use wasm_bindgen_test::wasm_bindgen_test as test;
use wrap_up::over;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn number_field() -> Query<'static> {
    field(texts().phone_number)
}

fn call_button() -> Query<'static> {
    button(texts().call)
}

fn end_button() -> Query<'static> {
    button(texts().end_call)
}

fn save_button() -> Query<'static> {
    button(texts().save_call)
}

fn notes_field() -> Query<'static> {
    field(texts().notes)
}

/// The number of the other side as it is displayed.
fn other_side() -> String {
    phone_number::display(OTHER_SIDE)
}

#[test]
async fn the_page_says_its_language() {
    let _widget = show(logged_in()).await;
    let lang = document().document_element().unwrap().get_attribute("lang");
    assert_eq!(lang.as_deref(), Some(texts().lang));
}

#[test]
async fn every_screen_has_one_heading_and_moves_the_focus_into_itself() {
    for state in [
        logged_out(),
        logged_in(),
        in_call(CallPhase::Ringing),
        in_call(CallPhase::Dialing),
        talking(),
        in_call(over(EndReason::HungUp, Finalize::No)),
    ] {
        let screen = state.screen();
        let widget = show(state).await;
        assert_eq!(document().query_selector_all("main h1").unwrap().length(), 1, "{screen:?}");
        assert!(widget.has_focus_inside(), "{screen:?}");
    }
}

#[test]
async fn a_test_begins_on_an_empty_page_though_the_one_before_has_left_its_widget() {
    // As after a panic, when nothing is dropped.
    std::mem::forget(show(talking()).await);
    let widget = show(logged_in()).await;
    assert_eq!(document().query_selector_all("main").unwrap().length(), 1);
    widget.shows(number_field()).await;
}
