#[cfg(feature = "guest")]
mod guest;
#[cfg(feature = "host")]
mod host;
#[cfg(all(feature = "guest", feature = "host"))]
mod properties;

use super::*;
use crate::codec::Map;
use serde_json::json;

const HUBSPOT: &str = "https://app.hubspot.com";
const WIDGET: &str = "https://widget.example";

/// Converts a message that a test writes as JSON.
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

/// Compares two values. The order of fields does not matter.
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

/// The types of the messages to post. The answer to an unknown type counts as ERROR.
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
fn the_answer_to_an_unknown_type_is_an_error_to_which_the_original_can_be_added() {
    let expected = json!({"type": "ERROR", "messageId": "rs1_7", "data": {"type": "UNKNOWN_MESSAGE_TYPE", "data": {}}});
    assert_same(Some(&unknown_type_error("rs1_7")), expected);
}

#[test]
fn every_reason_to_ignore_a_message_is_explained_and_only_a_possible_attack_is_a_warning() {
    let rows = [
        (Ignored::NoSession, false),
        (Ignored::OtherWindow, false),
        (Ignored::OtherOrigin, true),
        (Ignored::NotAMessage, false),
        (Ignored::Unreadable(Unreadable::TooDeep), true),
        (Ignored::Unreadable(Unreadable::TooLarge), true),
        (Ignored::ForeignAddress, true),
        (Ignored::SyncAgain, false),
        (Ignored::BeforeHandshake, false),
        (Ignored::AnswersOwn, false),
        (Ignored::Misplaced, false),
    ];
    for (reason, warning) in rows {
        assert_eq!(reason.deserves_warning(), warning, "{reason:?}");
    }
    let texts: std::collections::BTreeSet<_> = rows.iter().map(|(reason, _)| reason.reason()).collect();
    assert_eq!(texts.len(), rows.len(), "{texts:?}");
}
