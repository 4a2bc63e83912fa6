mod guest;
mod host;
mod properties;

use super::*;
use crate::{codec::Map, origin::AllowedOrigins};
use serde_json::json;

const HUBSPOT: &str = "https://app.hubspot.com";
const WIDGET: &str = "https://widget.example";

/// A message as tests write it.
fn value(json: serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(bool),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::Text(text),
        Json::Array(list) => Value::List(list.into_iter().map(value).collect()),
        Json::Object(map) => Value::Map(map.into_iter().map(|(name, json)| (name, value(json))).collect::<Map>()),
    }
}

/// Compares without regard to the order of fields.
#[track_caller]
fn assert_same(found: Option<&Value>, expected: serde_json::Value) {
    fn sorted(value: &Value) -> Value {
        match value {
            Value::List(list) => Value::List(list.iter().map(sorted).collect()),
            Value::Map(map) => {
                let mut fields: Vec<_> = map.iter().map(|(name, field)| (name.to_owned(), sorted(field))).collect();
                fields.sort_by(|one, other| one.0.cmp(&other.0));
                Value::Map(fields.into_iter().collect())
            }
            value => value.clone(),
        }
    }
    assert_eq!(found.map(sorted), Some(sorted(&value(expected))));
}

/// What it wants posted, `type` by `type`; an answer to an unknown type is an ERROR.
fn posted<E>(outputs: &[Output<E>]) -> Vec<String> {
    let kind = |output: &Output<E>| match output {
        Output::Post { message, .. } => message.get("type").and_then(Value::as_text).map(str::to_owned),
        Output::AnswerUnknown { .. } => Some("ERROR".to_owned()),
        _ => None,
    };
    outputs.iter().filter_map(kind).collect()
}

fn posts<E>(outputs: &[Output<E>]) -> Vec<(&Value, &str)> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Post { message, to } => Some((message, to.as_str())),
            _ => None,
        })
        .collect()
}

fn raised<E: Clone>(outputs: &[Output<E>]) -> Vec<E> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Raise(event) => Some(event.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_answer_to_an_unknown_type_is_an_error_with_a_place_for_the_original() {
    let expected = json!({"type": "ERROR", "messageId": "rs1_7", "data": {"type": "UNKNOWN_MESSAGE_TYPE", "data": {}}});
    assert_same(Some(&unknown_type("rs1_7")), expected);
}
