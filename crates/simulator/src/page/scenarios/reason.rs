//! The texts for failed runs.

use crate::{
    i18n::{fill_all, texts},
    scenario::{Failure, Reason, Sender},
};

/// The text for a failure.
pub fn reason(failure: &Failure) -> String {
    let texts = &texts().scenarios;
    let reason = match &failure.reason {
        Reason::NotReady { ready, frames, seconds } => {
            fill_all(texts.not_ready, &[&number(seconds), &ready.to_string(), &frames.to_string()])
        }
        Reason::NotSent { who, kind, seconds, instead } => {
            let template = match who {
                Sender::Widget => texts.widget_did_not_send,
                Sender::HubSpot => texts.hubspot_did_not_send,
            };
            fill_all(template, &[kind, &number(seconds), &list(instead)])
        }
        Reason::SentInstead { wanted, sent } => fill_all(texts.sent_instead, &[sent, wanted]),
        Reason::Field { kind, mismatch: wrong } => {
            fill_all(texts.field, &[kind, &wrong.field, &wrong.expected, &wrong.found])
        }
        Reason::NotReloaded { seconds } => fill_all(texts.not_reloaded, &[&number(seconds)]),
        Reason::NoEntry { record, nearest: None } => fill_all(texts.empty_timeline, &[record]),
        Reason::NoEntry { record, nearest: Some(wrong) } => {
            fill_all(texts.no_entry, &[record, &wrong.field, &wrong.expected, &wrong.found])
        }
        Reason::NoAlert { text, shown } => fill_all(texts.no_alert, &[text, &list(shown)]),
        Reason::SentBesides(kind) => fill_all(texts.sent_besides, &[kind]),
        Reason::Findings { found, expected } => fill_all(texts.findings, &[&list(found), &list(expected)]),
        Reason::GhostCalls { found, expected } => {
            fill_all(texts.ghost_calls, &[&found.to_string(), &expected.to_string()])
        }
        Reason::NotDone(why) => why.clone(),
    };
    fill_all(texts.at_line, &[&failure.line.to_string(), &reason])
}

fn list(names: &[String]) -> String {
    if names.is_empty() { texts().scenarios.nothing.to_owned() } else { names.join(", ") }
}

fn number(seconds: &f64) -> String {
    seconds.to_string()
}
