use super::*;

/// Calls the current task and completes it; what the queue is then.
fn work(desk: &mut Desk, call: &str) -> (usize, usize) {
    desk.does(Action::CallTask { frame: None });
    let (kind, context) = desk.answer();
    assert_eq!(kind, "DIAL_NUMBER");
    let number = context.get("phoneNumber").cloned().unwrap();
    let outgoing = object([
        ("externalCallId", call.into()),
        ("toNumber", number),
        ("createEngagement", true.into()),
        ("dialingContext", context),
    ]);
    desk.does(Action::FromWidget {
        frame: frame("a"),
        kind: "OUTGOING_CALL_STARTED".into(),
        data: Some(outgoing.into()),
    });
    desk.says("a", "CALL_COMPLETED", &format!(r#"{{"externalCallId": "{call}", "hideWidget": false}}"#));
    desk.told.clear();
    let queue = desk.state.queue.unwrap();
    (queue.at, queue.done)
}

#[test]
fn tasks_are_called_one_after_the_other() {
    let mut desk = Desk::ready();
    desk.does(Action::CallTask { frame: None });
    assert!(desk.kinds().is_empty(), "the user works in no queue");
    desk.does(Action::StartQueue);
    assert_eq!(work(&mut desk, "c1"), (1, 1));
    assert_eq!(desk.done, [Effect::Close { frame: frame("a") }], "in a queue hideWidget is ignored");
    assert_eq!(work(&mut desk, "c2"), (2, 2));
    desk.does(Action::SkipTask);
    assert_eq!(desk.state.queue.and_then(|queue| queue.task()), None, "all are behind");
    desk.does(Action::SkipTask);
    desk.does(Action::CallTask { frame: None });
    assert_eq!(desk.state.queue.map(|queue| (queue.at, queue.done)), Some((3, 2)));
    assert!(desk.kinds().is_empty());
    assert_eq!((desk.timeline("0-1/51"), desk.timeline("0-1/52")), (vec!["c1"], vec!["c2"]));
    desk.does(Action::LeaveQueue);
    assert_eq!(desk.state.queue, None);
}

#[test]
fn another_call_than_the_tasks_changes_nothing_in_the_queue() {
    let mut desk = Desk::ready();
    desk.does(Action::StartQueue);
    desk.does(click(None, "0-1/55"));
    desk.says(
        "a",
        "OUTGOING_CALL_STARTED",
        r#"{"externalCallId": "c1", "toNumber": "+442079460018", "createEngagement": true}"#,
    );
    desk.says("a", "CALL_COMPLETED", r#"{"externalCallId": "c1", "hideWidget": false}"#);
    assert_eq!(desk.state.queue.map(|queue| queue.at), Some(0));
    assert!(desk.done.is_empty(), "and hideWidget counts");
}
