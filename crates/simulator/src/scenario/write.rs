//! From a scenario to the text of its file.

use super::{Pattern, Scenario, Verb, pattern::json};
use calling_extensions::codec::Value;
use std::fmt::Write;

/// The text of a file that [`Scenario::read`] reads as this scenario.
pub fn write(scenario: &Scenario) -> String {
    let mut file = String::new();
    let _ = writeln!(file, "description.en = {}", quoted(&scenario.description.en));
    if let Some(french) = &scenario.description.fr {
        let _ = writeln!(file, "description.fr = {}", quoted(french));
    }
    for step in &scenario.steps {
        let lines = lines(&step.verb);
        if !lines.is_empty() {
            let _ = write!(file, "\n[[step]]\n{lines}");
        }
    }
    file
}

fn lines(verb: &Verb) -> String {
    let mut lines = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(lines, "{name} = {}", quoted(value));
    };
    let with = match verb {
        Verb::InWidget { action, value, .. } => {
            line("in-widget", action);
            if let Some(value) = value {
                line("value", value);
            }
            None
        }
        Verb::Dial(dial) => {
            line("dial", &dial.number);
            line("of", &dial.record.to_string());
            None
        }
        Verb::HubSpotDoes(does) => {
            line("hubspot", does.name());
            None
        }
        Verb::WidgetSays { kind, with } => {
            line("widget-says", kind);
            Some(with)
        }
        Verb::HubSpotSays { kind, with } => {
            line("hubspot-says", kind);
            Some(with)
        }
        _ => None,
    };
    if let Some(with) = with {
        write_pattern(&mut lines, "with", with);
    }
    lines
}

fn write_pattern(lines: &mut String, field: &str, pattern: &Pattern) {
    let (wish, value) = match pattern {
        Pattern::Fields(fields) => {
            for (name, pattern) in fields {
                write_pattern(lines, &format!("{field}.{}", key(name)), pattern);
            }
            return;
        }
        Pattern::Exactly(value) => ("", inline(value)),
        Pattern::IsA(kind) => (".is-a", quoted(kind)),
        Pattern::OneOf(values) => (".one-of", inline(&Value::List(values.clone()))),
        Pattern::Contains(text) => (".has-text", quoted(text)),
        Pattern::KeepAs(name) => (".keep-as", quoted(name)),
        Pattern::SameAs(name) => (".same-as", quoted(name)),
        Pattern::Absent => (".is-absent", "true".to_owned()),
    };
    let _ = writeln!(lines, "{field}{wish} = {value}");
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

/// JSON's strings are TOML's, but for one character.
fn quoted(text: &str) -> String {
    json(&Value::from(text)).replace('\u{7f}', "\\u007f")
}
