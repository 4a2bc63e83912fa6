use super::*;

/// Calls the current task and completes it. Returns the position and the number of done tasks.
fn complete_task(harness: &mut TestHarness, call: &str) -> (usize, usize) {
    harness.dispatch(Action::CallTask { frame: None });
    let (kind, context) = harness.answer();
    assert_eq!(kind, "DIAL_NUMBER");
    let number = context.get("phoneNumber").cloned().unwrap();
    let outgoing = object([
        ("externalCallId", call.into()),
        ("toNumber", number),
        ("createEngagement", true.into()),
        ("dialingContext", context),
    ]);
    harness.dispatch(Action::FromWidget {
        frame: frame("a"),
        kind: "OUTGOING_CALL_STARTED".into(),
        data: Some(outgoing.into()),
    });
    harness.receive("a", "CALL_COMPLETED", &format!(r#"{{"externalCallId": "{call}", "hideWidget": false}}"#));
    harness.sent.clear();
    let queue = harness.state.queue.unwrap();
    (queue.at, queue.done)
}

#[test]
fn tasks_are_called_in_order() {
    let mut harness = TestHarness::ready();
    harness.dispatch(Action::CallTask { frame: None });
    assert!(harness.kinds().is_empty(), "the user works in no queue");
    harness.dispatch(Action::StartQueue);
    assert_eq!(complete_task(&mut harness, "c1"), (1, 1));
    assert_eq!(harness.effects, [Effect::Close { frame: frame("a") }], "in a queue hideWidget is ignored");
    assert_eq!(complete_task(&mut harness, "c2"), (2, 2));
    harness.dispatch(Action::SkipTask);
    assert_eq!(harness.state.queue.and_then(|queue| queue.task()), None, "all are behind");
    harness.dispatch(Action::SkipTask);
    harness.dispatch(Action::CallTask { frame: None });
    assert_eq!(harness.state.queue.map(|queue| (queue.at, queue.done)), Some((3, 2)));
    assert!(harness.kinds().is_empty());
    assert_eq!((harness.timeline("0-1/51"), harness.timeline("0-1/52")), (vec!["c1"], vec!["c2"]));
    harness.dispatch(Action::LeaveQueue);
    assert_eq!(harness.state.queue, None);
}

#[test]
fn a_call_that_is_not_the_tasks_does_not_change_the_queue() {
    let mut harness = TestHarness::ready();
    harness.dispatch(Action::StartQueue);
    harness.dispatch(click(None, "0-1/55"));
    harness.receive(
        "a",
        "OUTGOING_CALL_STARTED",
        r#"{"externalCallId": "c1", "toNumber": "+442079460018", "createEngagement": true}"#,
    );
    harness.receive("a", "CALL_COMPLETED", r#"{"externalCallId": "c1", "hideWidget": false}"#);
    assert_eq!(harness.state.queue.map(|queue| queue.at), Some(0));
    assert!(harness.effects.is_empty(), "and hideWidget counts");
}
