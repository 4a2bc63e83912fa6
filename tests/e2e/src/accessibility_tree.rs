//! What assistive technology is told of a page, as text: a line for each element with its role, name and states.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The states that are shown where they apply. `focusable` is not among them: the role says it.
const STATES: [&str; 12] = [
    "focused", "disabled", "busy", "checked", "pressed", "expanded", "selected", "hasPopup", "invalid", "required",
    "readonly", "modal",
];

/// Roles that only group, without any meaning of their own.
const TRANSPARENT: [&str; 3] = ["none", "generic", "sectionheader"];

/// A node as the developer tools describe it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    node_id: String,
    #[serde(default)]
    ignored: bool,
    #[serde(default)]
    role: Field,
    #[serde(default)]
    name: Field,
    #[serde(default)]
    description: Field,
    #[serde(default)]
    value: Field,
    #[serde(default)]
    properties: Vec<Property>,
    #[serde(default)]
    child_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Field {
    #[serde(default)]
    value: Value,
}

#[derive(Debug, Deserialize)]
struct Property {
    name: String,
    value: Field,
}

impl Field {
    fn text(&self) -> String {
        match &self.value {
            Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }
}

/// The tree that `Accessibility.getFullAXTree` answers with, one line for each element, children indented below it. Times that pass are
/// shown as `0:00`.
///
/// # Panics
/// When the answer has another form.
pub fn outline(answer: &Value) -> String {
    let nodes: Vec<Node> = serde_json::from_value(answer["nodes"].clone()).expect("an accessibility tree");
    let root = nodes.first().map(|root| root.node_id.clone());
    let nodes: BTreeMap<_, _> = nodes.into_iter().map(|node| (node.node_id.clone(), node)).collect();
    let mut text = String::new();
    if let Some(root) = root {
        write(&nodes, &root, 0, "", &mut text);
    }
    text
}

/// Writes a node and what is below it. `inside` is the name of the element around it, or the value of a field: a text that only repeats it
/// is left out.
fn write(nodes: &BTreeMap<String, Node>, id: &str, depth: usize, inside: &str, text: &mut String) {
    let Some(node) = nodes.get(id) else { return };
    let role = node.role.text();
    let (name, value) = (without_time(&node.name.text()), node.value.text());
    let is_repeated = match role.as_str() {
        "StaticText" => inside.contains(&name),
        // A line of the text above it.
        "InlineTextBox" => true,
        _ => false,
    };
    let (mut depth, mut inside) = (depth, inside);
    if !(node.ignored || TRANSPARENT.contains(&role.as_str()) && name.is_empty() || is_repeated) {
        let _ = writeln!(text, "{:1$}{2}", "", 2 * depth, line(node, &role, &name));
        depth += 1;
        inside = if role == "textbox" { &value } else { &name };
    }
    for child in &node.child_ids {
        write(nodes, child, depth, inside, text);
    }
}

fn line(node: &Node, role: &str, name: &str) -> String {
    let role = match role {
        // The title of the page is the name of the app, which is not what is looked at here.
        "RootWebArea" => return "page".to_owned(),
        "StaticText" => "text",
        "LabelText" => "label",
        "MenuListPopup" => "options",
        role => role,
    };
    let mut line = role.to_owned();
    if !name.is_empty() {
        let _ = write!(line, " \"{name}\"");
    }
    let states: Vec<_> = node.properties.iter().filter_map(state).collect();
    if !states.is_empty() {
        let _ = write!(line, " ({})", states.join(", "));
    }
    let value = node.value.text();
    if !value.is_empty() && value != name {
        let _ = write!(line, " = \"{value}\"");
    }
    let description = node.description.text();
    if !description.is_empty() && description != name {
        let _ = write!(line, ", described as \"{description}\"");
    }
    line
}

/// A state that applies: `checked`, `checked: mixed`, `not pressed`. What is simply not so is left out, but for toggles.
fn state(property: &Property) -> Option<String> {
    let name = STATES.into_iter().find(|state| *state == property.name)?;
    match (name, property.value.text().as_str()) {
        (_, "true") => Some(name.to_owned()),
        ("checked" | "pressed" | "expanded", "false") => Some(format!("not {name}")),
        (_, "false" | "") => None,
        (_, other) => Some(format!("{name}: {other}")),
    }
}

/// The text with each time on a clock as `0:00`.
fn without_time(text: &str) -> String {
    let is_time = |word: &str| word.contains(':') && word.chars().all(|c| c.is_ascii_digit() || c == ':');
    text.split(' ').map(|word| if is_time(word) { "0:00" } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::outline;
    use serde_json::json;

    #[test]
    fn elements_are_lines_with_role_name_and_states() {
        let node = |id: &str, role: &str, name: &str, properties: serde_json::Value, children: &[&str]| json!({"nodeId": id, "role": {"value": role}, "name": {"value": name}, "properties": properties, "childIds": children});
        let states = json!([
            {"name": "focusable", "value": {"value": true}},
            {"name": "focused", "value": {"value": true}},
            {"name": "pressed", "value": {"value": "false"}},
            {"name": "invalid", "value": {"value": "false"}},
        ]);
        let tree = json!({"nodes": [
            node("1", "RootWebArea", "Acme Phone", json!([]), &["2"]),
            node("2", "generic", "", json!([]), &["3", "5", "6"]),
            node("3", "button", "Mute", states, &["4"]),
            node("4", "StaticText", "Mute", json!([]), &[]),
            node("5", "timer", "", json!([]), &["7"]),
            json!({"nodeId": "6", "ignored": true, "childIds": []}),
            node("7", "StaticText", "01:23", json!([]), &[]),
        ]});
        let lines = "page\n  button \"Mute\" (focused, not pressed)\n  timer\n    text \"0:00\"\n";
        assert_eq!(outline(&tree), lines);
    }
}
