//! Writes scenario files.

use super::{Matcher, Scenario, StepKind, file::convert, matcher::json};
use calling_extensions::codec::Value;
use std::fmt::Write;

/// The text of the scenario's file. [`Scenario::read`] parses it.
pub fn write(scenario: &Scenario) -> String {
    let mut file = String::new();
    let _ = writeln!(file, "description.en = {}", quoted(&scenario.description.en));
    if let Some(french) = &scenario.description.fr {
        let _ = writeln!(file, "description.fr = {}", quoted(french));
    }
    for step in &scenario.steps {
        let lines = lines(&step.kind);
        if !lines.is_empty() {
            let _ = write!(file, "\n[[step]]\n{lines}");
        }
    }
    file
}

fn lines(kind: &StepKind) -> String {
    let mut lines = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(lines, "{name} = {}", quoted(value));
    };
    let with = match kind {
        StepKind::InWidget { action, value, .. } => {
            line("in-widget", action);
            if let Some(value) = value {
                line("value", value);
            }
            None
        }
        StepKind::Dial(dial) => {
            line("dial", &dial.number);
            line("of", &dial.record.to_string());
            None
        }
        StepKind::HubSpotAction(action) => {
            line("hubspot", &convert::<String>(action).unwrap_or_default());
            None
        }
        StepKind::WidgetSends { kind, with } => {
            line("widget-sends", kind);
            Some(with)
        }
        StepKind::HubSpotSends { kind, with } => {
            line("hubspot-sends", kind);
            Some(with)
        }
        _ => None,
    };
    if let Some(with) = with {
        write_pattern(&mut lines, "with", with);
    }
    lines
}

fn write_pattern(lines: &mut String, field: &str, matcher: &Matcher) {
    let (matcher, value) = match matcher {
        Matcher::Fields(fields) => {
            for (name, matcher) in fields {
                write_pattern(lines, &format!("{field}.{}", key(name)), matcher);
            }
            return;
        }
        Matcher::Exactly(value) => ("", inline(value)),
        Matcher::IsA(kind) => (".is-a", quoted(kind)),
        Matcher::OneOf(values) => (".one-of", inline(&Value::List(values.clone()))),
        Matcher::Contains(text) => (".has-text", quoted(text)),
        Matcher::KeepAs(name) => (".keep-as", quoted(name)),
        Matcher::SameAs(name) => (".same-as", quoted(name)),
        Matcher::PhoneNumber(number) => (".is-phone-number", quoted(number)),
        Matcher::IfPresent(matcher) => return write_pattern(lines, &format!("{field}.if-present"), matcher),
        Matcher::Absent => (".is-absent", "true".to_owned()),
    };
    let _ = writeln!(lines, "{field}{matcher} = {value}");
}

fn inline(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::List(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let fields = map.iter().filter(|(_, value)| **value != Value::Null);
            let fields = fields.map(|(name, value)| format!("{} = {}", key(name), inline(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        other => json(other),
    }
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { name.to_owned() } else { quoted(name) }
}

/// JSON strings are valid TOML strings, except for one character.
fn quoted(text: &str) -> String {
    json(&Value::from(text)).replace('\u{7f}', "\\u007f")
}
