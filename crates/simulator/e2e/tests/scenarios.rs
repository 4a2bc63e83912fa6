//! The scenarios that are shipped, each run in the simulator against our own widget.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::run;
use simulator_e2e::{OUR_WIDGET, Opening, Outcome, Selectors, Simulator};
use std::time::Duration;

#[track_caller]
fn check(name: &str) {
    run(async |harness| {
        let selectors = Selectors::read(OUR_WIDGET).unwrap();
        let simulator = Simulator::open(harness, &Opening { scenario: Some(name), ..Opening::default() }).await;
        assert_eq!(simulator.finish(&selectors, Duration::from_secs(80)).await, Outcome::Passed);
    });
}

/// A test for each, so that they run beside each other and a failure has a name.
macro_rules! scenarios {
    ($($test:ident = $name:literal,)*) => {
        $(#[test] fn $test() { check($name); })*

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
