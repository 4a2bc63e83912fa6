//! The texts for failed runs.

use crate::{
    i18n::texts,
    scenario::{Failure, Reason, Sender},
};

/// The text for a failure.
pub fn reason(failure: &Failure) -> String {
    let texts = &texts().scenarios;
    let reason = match &failure.reason {
        Reason::NotReady { ready, frames, seconds } => {
            with(texts.not_ready, &[&number(seconds), &ready.to_string(), &frames.to_string()])
        }
        Reason::NotSent { who, kind, seconds, instead } => {
            let template = match who {
                Sender::Widget => texts.widget_did_not_send,
                Sender::HubSpot => texts.hubspot_did_not_send,
            };
            with(template, &[kind, &number(seconds), &list(instead)])
        }
        Reason::SentInstead { wanted, sent } => with(texts.sent_instead, &[sent, wanted]),
        Reason::Field { kind, mismatch: wrong } => {
            with(texts.field, &[kind, &wrong.field, &wrong.expected, &wrong.found])
        }
        Reason::NotReloaded { seconds } => with(texts.not_reloaded, &[&number(seconds)]),
        Reason::NoEntry { record, nearest: None } => with(texts.empty_timeline, &[record]),
        Reason::NoEntry { record, nearest: Some(wrong) } => {
            with(texts.no_entry, &[record, &wrong.field, &wrong.expected, &wrong.found])
        }
        Reason::NoAlert { text, shown } => with(texts.no_alert, &[text, &list(shown)]),
        Reason::SentBesides(kind) => with(texts.sent_besides, &[kind]),
        Reason::Findings { found, expected } => with(texts.findings, &[&list(found), &list(expected)]),
        Reason::GhostCalls { found, expected } => with(texts.ghost_calls, &[&found.to_string(), &expected.to_string()]),
        Reason::NotDone(why) => why.clone(),
    };
    with(texts.at_line, &[&failure.line.to_string(), &reason])
}

/// Replaces each `{}` of the template with a value. Braces in values are not replaced.
pub fn with(template: &str, values: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part);
    }
    text
}

fn list(names: &[String]) -> String {
    if names.is_empty() { texts().scenarios.nothing.to_owned() } else { names.join(", ") }
}

fn number(seconds: &f64) -> String {
    seconds.to_string()
}
