//! One fault each: it is found, and nothing else.

mod calls;
mod content;
mod handshake;

use super::*;

/// The fault is the latest message; it is found there, in this field.
#[track_caller]
fn check(rule: Rule, field: Option<&str>, talk: &Talk) {
    let found = talk.found();
    let [finding] = &found[..] else { panic!("{rule:?} alone was to be found: {found:#?}") };
    assert_eq!((finding.rule, finding.field.as_deref()), (rule, field), "{finding:?}");
    assert_eq!(finding.entry, talk.entries.len() as u64 - 1, "{finding:?}");
}

/// The latest message breaks the rule.
#[track_caller]
fn said(rule: Rule, field: &str, mut talk: Talk, kind: &str, data: Json) {
    talk.says(kind, data);
    check(rule, (!field.is_empty()).then_some(field), &talk);
}

/// The message breaks the rule; then its call goes on as it should.
#[track_caller]
fn saved_after(rule: Rule, field: &str, mut talk: Talk, kind: &str, data: Json) {
    let entry = talk.entries.len() as u64;
    let call = data.get("externalCallId").cloned().unwrap_or(json!("call"));
    if rule == Rule::FieldOutsideData {
        talk.says_raw(json!({"type": kind, "messageId": "x_1", "externalCallId": call}));
    } else {
        talk.says(kind, data);
    }
    if kind != "CALL_ENDED" {
        talk.says("CALL_ENDED", json!({"externalCallId": call}));
    }
    talk.says("CALL_COMPLETED", json!({"externalCallId": call}));
    let found = talk.found();
    let [finding] = &found[..] else { panic!("{rule:?} alone was to be found: {found:#?}") };
    assert_eq!((finding.rule, finding.entry), (rule, entry), "{finding:?}");
    assert_eq!(finding.field.as_deref().unwrap_or_default(), field);
}
