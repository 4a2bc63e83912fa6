//! Why a run failed, in the language of the page.

use crate::{
    i18n::texts,
    scenario::{Failure, Reason, Sender},
};

/// The sentence for it.
pub fn reason(failure: &Failure) -> String {
    let texts = &texts().scenarios;
    let reason = match &failure.reason {
        Reason::NotReady { ready, frames, seconds } => {
            with(texts.not_ready, &[&number(seconds), &ready.to_string(), &frames.to_string()])
        }
        Reason::NotSent { who, kind, seconds, instead } => {
            let template = match who {
                Sender::Widget => texts.widget_silent,
                Sender::HubSpot => texts.hubspot_silent,
            };
            with(template, &[kind, &number(seconds), &list(instead)])
        }
        Reason::SentInstead { wanted, said } => with(texts.said_instead, &[said, wanted]),
        Reason::Field { kind, mismatch: wrong } => {
            with(texts.field, &[kind, &wrong.field, &wrong.expected, &wrong.found])
        }
        Reason::NotReloaded { seconds } => with(texts.not_reloaded, &[&number(seconds)]),
        Reason::NoEntry { record, nearest: None } => with(texts.empty_timeline, &[record]),
        Reason::NoEntry { record, nearest: Some(wrong) } => {
            with(texts.no_entry, &[record, &wrong.field, &wrong.expected, &wrong.found])
        }
        Reason::NoAlert { text, shown } => with(texts.no_alert, &[text, &list(shown)]),
        Reason::SentBesides(kind) => with(texts.said_besides, &[kind]),
        Reason::Findings { found, expected } => with(texts.findings, &[&list(found), &list(expected)]),
        Reason::GhostCalls { found, expected } => with(texts.ghost_calls, &[&found.to_string(), &expected.to_string()]),
        Reason::NotDone(why) => why.clone(),
    };
    with(texts.at_line, &[&failure.line.to_string(), &reason])
}

/// The template with a value in the place of each `{}`. Braces in a value stay what they are.
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
