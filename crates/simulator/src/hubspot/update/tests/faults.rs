use super::*;
use crate::faults::MalformedMessage;
use std::collections::HashSet;

fn effects(faults: Faults, actions: &[Action]) -> Vec<Effect> {
    let mut state = TestHarness::ready().state;
    state.faults = faults;
    let mut all = Vec::new();
    for action in actions {
        let (next, effects) = update(&state, 0.0, action.clone());
        state = next;
        all.extend(effects);
    }
    all
}

fn send(kind: &str) -> Action {
    Action::Send { frame: frame("a"), kind: kind.into(), data: None }
}

fn descriptions(effects: &[Effect]) -> Vec<String> {
    let kind = |message: &Value| message.get("type").and_then(Value::as_text).unwrap().to_owned();
    let description = |effect: &Effect| match effect {
        Effect::Post { message, after, .. } => format!("{} after {after}", kind(message)),
        Effect::Lost { message, .. } => format!("{} lost", kind(message)),
        Effect::After { action, .. } => format!("{action:?}"),
        effect => format!("{effect:?}"),
    };
    effects.iter().map(description).collect()
}

#[test]
fn messages_are_delivered_with_the_active_faults() {
    let release = Action::Release { frame: frame("a") };
    let later = format!("{release:?}");
    let rows: [(Faults, &[Action], &[&str]); 5] = [
        (Faults { delay: 70, ..Default::default() }, &[send("A")], &["A after 70"]),
        (Faults { duplicates: true, ..Default::default() }, &[send("A")], &["A after 0", "A after 0"]),
        (Faults { loses_next: true, ..Default::default() }, &[send("A"), send("B")], &["A lost", "B after 0"]),
        (Faults { reorders: true, ..Default::default() }, &[send("A"), send("B")], &[&later, "B after 0", "A after 0"]),
        (
            Faults { reorders: true, ..Default::default() },
            &[send("A"), release.clone(), release.clone()],
            &[&later, "A after 0"],
        ),
    ];
    for (faults, actions, expected) in rows {
        assert_eq!(descriptions(&effects(faults.clone(), actions)), expected, "{faults:?}");
    }
}

#[test]
fn duplicates_share_an_id_and_other_messages_have_their_own() {
    let posts = effects(Faults { duplicates: true, ..Default::default() }, &[send("A"), send("B")]);
    let ids: Vec<_> = posts
        .iter()
        .filter_map(|effect| match effect {
            Effect::Post { message, .. } => message.get("messageId").and_then(Value::as_text).map(str::to_owned),
            _ => None,
        })
        .collect();
    assert_eq!((ids.len(), ids.iter().collect::<HashSet<_>>().len()), (4, 2), "{ids:?}");
}

#[test]
fn only_one_message_is_dropped() {
    let mut harness = TestHarness::ready();
    harness.dispatch(Action::SetFaults(Faults { loses_next: true, delay: 3, ..Default::default() }));
    harness.dispatch(send("A"));
    assert_eq!(harness.state.faults, Faults { delay: 3, ..Default::default() });
}

#[test]
fn failed_matching_is_reported() {
    let mut harness = TestHarness::ready();
    harness.dispatch(Action::SetFaults(Faults { matching_fails: true, ..Default::default() }));
    harness.receive("a", "INCOMING_CALL", r#"{"externalCallId": "c1", "fromNumber": "+16175550111", "toNumber": ""}"#);
    let (kind, data) = harness.answer();
    assert_eq!(kind, "CALLER_ID_MATCH_FAILED");
    assert!(data.get("error").and_then(|error| error.get("message")).is_some());
}

#[test]
fn malformed_messages_are_posted_by_the_page() {
    let done = effects(
        Faults { duplicates: true, ..Default::default() },
        &[Action::SendMalformed { frame: frame("a"), malformed: MalformedMessage::TooDeep }],
    );
    assert!(matches!(&done[..], [Effect::PostMalformed { malformed: MalformedMessage::TooDeep, .. }]), "{done:?}");
}
