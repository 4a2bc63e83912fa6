//! What a person can see and do on each screen, in a real browser.
#![cfg(target_arch = "wasm32")]
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod calling;
mod incoming;
mod keypad;
mod log_in;
mod menus;
mod notices;
mod support;
mod wrap_up;

use support::{document, in_call, logged_in, show, talking};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const FIELD: &str = "[data-test-id=dial-number-input]";
const CALL: &str = "[data-test-id=outgoing-call]";
const END: &str = "[data-test-id=end-call]";
const SAVE: &str = "[data-test-id=complete-call]";
const NOTES: &str = "#callingnotes";
const ALERT: &str = "[role=alert]";

use call_model::state::{Finalize, State};
use call_model::{Capabilities, EndReason, Phase};
use wasm_bindgen_test::wasm_bindgen_test as test;
use wrap_up::over;

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
