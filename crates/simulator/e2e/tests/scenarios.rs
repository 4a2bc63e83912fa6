//! The scenarios that are shipped, each run in the simulator against our own widget with the keyboard alone. With the mouse, other tests
//! run most of their actions, and two tests here the rest.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use calling_simulator::frame::Frame;
use e2e::run;
use simulator_e2e::{OUR_WIDGET, Opening, Outcome, Selectors, Simulator};
use std::time::Duration;

#[track_caller]
fn check(name: &str, selectors: &Selectors) {
    run(async |harness| {
        if name != "transferred-unanswered" {
            harness.ring_on().await;
        }
        let simulator = Simulator::open(harness, &Opening { scenario: Some(name), ..Opening::default() }).await;
        assert_eq!(simulator.finish(selectors, Duration::from_secs(80)).await, Outcome::Passed);
    });
}

fn selectors() -> Selectors {
    Selectors::read(OUR_WIDGET).unwrap()
}

/// A test for each, so that they run beside each other and a failure has a name.
macro_rules! scenarios {
    ($($test:ident = $name:literal,)*) => {
        $(#[test] fn $test() { check($name, &selectors().by_keyboard()); })*

        #[test]
        fn none_is_left_out() {
            let shipped: Vec<_> = simulator::scenario::FILES.iter().map(|(name, _)| *name).collect();
            assert_eq!([$($name),*].as_slice(), shipped);
        }
    };
}

scenarios! {
    saved = "saved",
    busy = "busy",
    no_answer = "no-answer",
    dropped = "dropped",
    hung_up_while_dialing = "hung-up-while-dialing",
    creation_failed = "creation-failed",
    update_failed = "update-failed",
    inbound_answered = "inbound-answered",
    rejected = "rejected",
    transferred_unanswered = "transferred-unanswered",
    transferred = "transferred",
    end_call = "end-call",
    frame_reload = "frame-reload",
    host_reload = "host-reload",
    duplicate_delivery = "duplicate-delivery",
    window_and_remote = "window-and-remote",
    task_queue = "task-queue",
    set_call_state = "set-call-state",
    help_desk_inbound = "help-desk-inbound",
}

#[test]
fn a_call_is_transferred_with_the_mouse() {
    check("transferred", &selectors());
}

#[test]
fn an_engagement_is_finalized_with_the_mouse() {
    check("help-desk-inbound", &selectors());
}

/// What the tests above would find: a control without a visible focus, and one that is no tab stop.
#[test]
fn a_control_that_the_keyboard_cannot_use_is_named() {
    run(async |harness| {
        let simulator = Simulator::open(harness, &Opening::default()).await;
        simulator.page().click("record-phone-number").await;
        let by_keyboard = selectors().by_keyboard();
        let widget = Frame::widget(harness.driver());
        let log_in = async || by_keyboard.act(&widget, "log-in", None).await;

        simulator.widget().run_on("log-in", "arguments[0].style.outline = 'none';", vec![]).await;
        let found = log_in().await.unwrap_err();
        assert!(found.contains("Log in") && found.contains("looks the same"), "{found}");

        simulator
            .widget()
            .run_on("log-in", "arguments[0].style.outline = ''; arguments[0].tabIndex = -1;", vec![])
            .await;
        simulator.widget().click("#password").await;
        let found = log_in().await.unwrap_err();
        assert!(found.contains("does not lead to log-in"), "{found}");

        simulator.widget().run_on("log-in", "arguments[0].tabIndex = 0;", vec![]).await;
        log_in().await.unwrap();
        simulator.widget().see("dial-number-input").await;
    });
}
