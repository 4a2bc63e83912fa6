//! Each conversation breaks one rule: this is the only finding.

mod calls;
mod content;
mod handshake;

use super::*;

/// The only finding is about the latest message and this field.
#[track_caller]
fn check(rule: Rule, field: Option<&str>, conversation: &Conversation) {
    let found = conversation.found();
    let [finding] = &found[..] else { panic!("{rule:?} must be the only finding: {found:#?}") };
    assert_eq!((finding.rule, finding.field.as_deref()), (rule, field), "{finding:?}");
    assert_eq!(finding.entry, conversation.entries.len() as u64 - 1, "{finding:?}");
}

/// This message breaks the rule.
#[track_caller]
fn check_last(rule: Rule, field: &str, mut conversation: Conversation, kind: &str, data: Json) {
    conversation.sends(kind, data);
    check(rule, (!field.is_empty()).then_some(field), &conversation);
}

/// This message breaks the rule; the call then ends and is completed.
#[track_caller]
fn check_completed(rule: Rule, field: &str, mut conversation: Conversation, kind: &str, data: Json) {
    let entry = conversation.entries.len() as u64;
    let call = data.get("externalCallId").cloned().unwrap_or(json!("call"));
    if rule == Rule::FieldOutsideData {
        conversation.sends_raw(json!({"type": kind, "messageId": "x_1", "externalCallId": call}));
    } else {
        conversation.sends(kind, data);
    }
    if kind != "CALL_ENDED" {
        conversation.sends("CALL_ENDED", json!({"externalCallId": call}));
    }
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": call}));
    let found = conversation.found();
    let [finding] = &found[..] else { panic!("{rule:?} must be the only finding: {found:#?}") };
    assert_eq!((finding.rule, finding.entry), (rule, entry), "{finding:?}");
    assert_eq!(finding.field.as_deref().unwrap_or_default(), field);
}
