//! The ids and `data-test-id`s of the original app, by which existing tests and tools find its elements.

use super::support::{Widget, account, button, in_call, logged_in, logged_out, menu_item, show, talking};
use super::wrap_up::over;
use call_model::{CallPhase, Capabilities, EndReason, Finalize, State, phone_number};
use demo_app_rust::i18n::texts;
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The one test that a fork fails when it drops an id.
#[test]
async fn every_screen_has_the_ids_of_the_original() {
    let screens = [
        (logged_out(), vec!["#user-name", "#password"], vec!["log-in", "log-in-sso"]),
        (
            State { microphone_refused: true, capabilities: Capabilities::ALL, ..logged_in() },
            vec![],
            vec!["ask-again", "log-out"],
        ),
        (
            logged_in(),
            vec!["#availability", "#from-number"],
            vec!["toggle-availability", "log-out", "dial-number-input", "outgoing-call", "from-number"],
        ),
        (in_call(CallPhase::Ringing), vec![], vec!["answer-call", "end-call"]),
        (in_call(CallPhase::Dialing), vec![], vec!["end-call"]),
        (talking(), vec!["#record", "#mute", "#hold", "#keypad", "#transfer", "#callingnotes"], vec!["end-call"]),
        (
            in_call(over(EndReason::HungUp, Finalize::No)),
            vec!["#callingnotes", "#outcome"],
            vec!["complete-call", "finalize-engagement"],
        ),
    ];
    for (state, ids, test_ids) in screens {
        let screen = format!("{:?}", state.screen());
        let widget = show(state).await;
        assert_has(&widget, &screen, ids, &test_ids);
    }

    let widget = show(talking()).await;
    widget.click(button(texts().transfer));
    widget.until("the form", |widget| !widget.all("#call-panel").is_empty()).await;
    assert_has(&widget, "transfer", [], &["transfer-number-input", "transfer-call"]);

    let widget = show(State { available: true, ..logged_in() }).await;
    widget.click(button(texts().available));
    widget.shows(menu_item(texts().trigger_incoming)).await.click();
    widget.shows(button(texts().call_me)).await;
    let test_ids = ["user-available", "user-unavailable", "ringing", "toggle-incoming-call-option"];
    assert_has(&widget, "availability", [], &test_ids);
    assert_has(&widget, "simulated call", [], &["incoming-number-input", "incoming-call"]);

    let widget = show(logged_in()).await;
    let numbers = account().numbers;
    widget.click(button(&phone_number::display(&numbers[0].number)));
    widget.until("the menu", |widget| !widget.all("[role=menu]").is_empty()).await;
    assert_has(&widget, "from number", [], &numbers.iter().map(|own| own.id.as_str()).collect::<Vec<_>>());
}

#[track_caller]
fn assert_has<'a>(widget: &Widget, screen: &str, ids: impl IntoIterator<Item = &'a str>, test_ids: &[&str]) {
    let ids = ids.into_iter().map(str::to_owned);
    for selector in ids.chain(test_ids.iter().map(|id| format!("[data-test-id={id}]"))) {
        assert_eq!(widget.all(&selector).len(), 1, "{screen}: {selector}");
    }
}
