//! Matchers for the fields of messages.

use crate::crm::same_in_any_notation;
use calling_extensions::codec::{Id, Map, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values that steps have captured, by name.
pub type Captures = BTreeMap<String, Value>;

/// What a value must be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Matcher {
    /// Equal to this value.
    Exactly(Value),
    /// Any value of this kind: `text`, `number`, `bool`, `list`, `object` or `anything`.
    IsA(String),
    /// One of these values.
    OneOf(Vec<Value>),
    /// A text that contains this text.
    Contains(String),
    /// Any value except null, captured under this name.
    KeepAs(String),
    /// Equal to the captured value of this name. `12` and `"12"` are equal ids.
    SameAs(String),
    /// This phone number in any notation: widgets may change the spaces, or the number as it was clicked.
    PhoneNumber(String),
    /// Absent or null, or a value that matches. For fields that a widget may leave out.
    IfPresent(Box<Matcher>),
    /// Absent or null.
    Absent,
    /// An object with these fields; it may have others.
    Fields(Vec<(String, Matcher)>),
}

/// The kinds of [`Matcher::IsA`].
const KINDS: [&str; 6] = ["text", "number", "bool", "list", "object", "anything"];

/// A field that does not match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: expected {expected}, found {found}")]
pub struct Mismatch {
    /// The path of the field, for example `engagementProperties.hs_call_status`.
    pub field: String,
    /// The matcher as it is written in the file.
    pub expected: String,
    /// The value as JSON, or `absent`.
    pub found: String,
}

impl Matcher {
    /// Matches everything.
    pub const ANY: Self = Self::Fields(Vec::new());

    /// Parses the value after `with`. A table whose key has a hyphen is a matcher (`is-a = "text"`); any other table is an object.
    ///
    /// # Errors
    /// The reason, if the matcher is invalid.
    pub fn read(value: &Value) -> Result<Self, String> {
        let Value::Map(map) = value else { return Ok(Self::Exactly(value.clone())) };
        match map.iter().find(|(name, _)| name.contains('-')) {
            Some(_) if map.len() > 1 => Err(format!("a field can have only one matcher; found {}", names(map))),
            Some((matcher, of)) => Self::parse(matcher, of),
            None => {
                let fields = map.iter().map(|(name, value)| Ok((name.to_owned(), Self::read(value)?)));
                Ok(Self::Fields(fields.collect::<Result<_, String>>()?))
            }
        }
    }

    fn parse(matcher: &str, of: &Value) -> Result<Self, String> {
        match (matcher, of) {
            ("is-a", Value::Text(kind)) if KINDS.contains(&kind.as_str()) => Ok(Self::IsA(kind.clone())),
            ("is-a", _) => Err(format!("`is-a` is one of {}", KINDS.join(", "))),
            ("one-of", Value::List(values)) => Ok(Self::OneOf(values.clone())),
            ("one-of", _) => Err("`one-of` takes a list".to_owned()),
            ("has-text", Value::Text(text)) => Ok(Self::Contains(text.clone())),
            ("keep-as", Value::Text(name)) => Ok(Self::KeepAs(name.clone())),
            ("same-as", Value::Text(name)) => Ok(Self::SameAs(name.clone())),
            ("is-phone-number", Value::Text(number)) if number.chars().any(|char| char.is_ascii_digit()) => {
                Ok(Self::PhoneNumber(number.clone()))
            }
            ("is-phone-number", _) => Err("`is-phone-number` takes a text with digits".to_owned()),
            ("has-text" | "keep-as" | "same-as", _) => Err(format!("`{matcher}` takes a text")),
            ("if-present", of) => {
                let inner = Self::read(of)?;
                let mut captures = false;
                inner.names(&mut |_, is_capture| captures |= is_capture);
                if captures {
                    return Err(
                        "`keep-as` needs a field that is always there, so it cannot be in `if-present`".to_owned()
                    );
                }
                Ok(Self::IfPresent(Box::new(inner)))
            }
            ("is-absent", Value::Bool(true)) => Ok(Self::Absent),
            ("is-absent", _) => Err("`is-absent` is true, or not there".to_owned()),
            _ => Err(format!(
                "there is no matcher `{matcher}`; use is-a, one-of, has-text, keep-as, same-as, is-phone-number, if-present or is-absent"
            )),
        }
    }

    /// Passes the names of captures to `add`, in the order of the fields: with true those that are set, with false those that are used.
    pub(super) fn names<'a>(&'a self, add: &mut impl FnMut(&'a str, bool)) {
        match self {
            Self::KeepAs(name) => add(name, true),
            Self::SameAs(name) => add(name, false),
            Self::IfPresent(matcher) => matcher.names(add),
            Self::Fields(fields) => fields.iter().for_each(|(_, matcher)| matcher.names(add)),
            _ => {}
        }
    }

    /// Checks a value. Captures are stored only if the whole value matches.
    ///
    /// # Errors
    /// The first field that does not match.
    pub fn check(&self, value: Option<&Value>, captures: &mut Captures) -> Result<(), Mismatch> {
        let mut new = captures.clone();
        self.check_at("data", value, &mut new)?;
        *captures = new;
        Ok(())
    }

    fn check_at(&self, field: &str, value: Option<&Value>, captures: &mut Captures) -> Result<(), Mismatch> {
        let value = value.filter(|value| **value != Value::Null);
        let fits = match self {
            Self::Exactly(Value::Null) | Self::Absent => value.is_none(),
            Self::Exactly(wanted) => value == Some(wanted),
            Self::IsA(kind) => value.is_some_and(|value| kind == "anything" || kind == kind_of(value)),
            Self::OneOf(values) => value.is_some_and(|value| values.contains(value)),
            Self::Contains(text) => value.and_then(Value::as_text).is_some_and(|value| value.contains(text)),
            Self::KeepAs(name) => value.is_some_and(|value| {
                captures.insert(name.clone(), value.clone());
                true
            }),
            Self::SameAs(name) => captures
                .get(name)
                .zip(value)
                .is_some_and(|(captured, value)| captured == value || is_same_id(captured, value)),
            Self::PhoneNumber(number) => {
                value.and_then(Value::as_text).is_some_and(|value| same_in_any_notation(number, value))
            }
            Self::IfPresent(_) if value.is_none() => true,
            Self::IfPresent(matcher) => return matcher.check_at(field, value, captures),
            Self::Fields(fields) => {
                for (name, matcher) in fields {
                    let below = if field == "data" { name.clone() } else { format!("{field}.{name}") };
                    matcher.check_at(&below, value.and_then(|value| value.get(name)), captures)?;
                }
                return Ok(());
            }
        };
        if fits {
            return Ok(());
        }
        let found = value.map_or_else(|| "absent".to_owned(), json);
        Err(Mismatch { field: field.to_owned(), expected: self.as_written(captures), found })
    }

    fn as_written(&self, captures: &Captures) -> String {
        match self {
            Self::Exactly(value) => json(value),
            Self::IsA(kind) => format!("is-a {kind}"),
            Self::OneOf(values) => format!("one-of {}", values.iter().map(json).collect::<Vec<_>>().join(", ")),
            Self::Contains(text) => format!("has-text {text:?}"),
            Self::KeepAs(_) => "is-a anything".to_owned(),
            Self::SameAs(name) => format!("same-as {name} ({})", captures.get(name).map_or_else(String::new, json)),
            Self::PhoneNumber(number) => format!("is-phone-number {number:?}"),
            Self::IfPresent(matcher) => matcher.as_written(captures),
            Self::Absent => "is-absent".to_owned(),
            Self::Fields(_) => "is-a object".to_owned(),
        }
    }
}

/// The name of a value's kind in [`Matcher::IsA`].
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "anything",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::Text(_) => "text",
        Value::List(_) => "list",
        Value::Map(_) => "object",
    }
}

pub(super) fn is_same_id(one: &Value, other: &Value) -> bool {
    one.read::<Id>().is_some_and(|one| other.read::<Id>().is_some_and(|other| one == other))
}

pub(super) fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn names(map: &Map) -> String {
    map.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn value(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[track_caller]
    fn check(matcher: &str, data: &str, expected: Result<(), &str>) {
        let mut captures = Captures::from([("call".to_owned(), value("\"12\""))]);
        let found = Matcher::read(&value(matcher)).unwrap().check(Some(&value(data)), &mut captures);
        assert_eq!(found.map_err(|mismatch| mismatch.to_string()), expected.map_err(str::to_owned), "{matcher} {data}");
    }

    #[test]
    fn every_matcher_matches_or_reports_the_mismatch() {
        check("{}", "{\"a\": 1}", Ok(()));
        check("{\"a\": 1}", "{\"a\": 1, \"b\": 2}", Ok(()));
        check("{\"a\": 1}", "{\"a\": \"1\"}", Err("a: expected 1, found \"1\""));
        check("{\"a\": 1}", "{}", Err("a: expected 1, found absent"));
        check("{\"a\": {\"b\": \"x\"}}", "{\"a\": {\"b\": \"y\"}}", Err("a.b: expected \"x\", found \"y\""));
        check("{\"a\": {\"b\": \"x\"}}", "{\"a\": 3}", Err("a.b: expected \"x\", found absent"));
        check("{\"a\": {\"is-a\": \"number\"}}", "{\"a\": 3}", Ok(()));
        check("{\"a\": {\"is-a\": \"number\"}}", "{\"a\": \"3\"}", Err("a: expected is-a number, found \"3\""));
        check("{\"a\": {\"is-a\": \"anything\"}}", "{\"a\": []}", Ok(()));
        check("{\"a\": {\"is-a\": \"anything\"}}", "{\"a\": null}", Err("a: expected is-a anything, found absent"));
        check("{\"a\": {\"one-of\": [\"x\", \"y\"]}}", "{\"a\": \"y\"}", Ok(()));
        check(
            "{\"a\": {\"one-of\": [\"x\", \"y\"]}}",
            "{\"a\": \"z\"}",
            Err("a: expected one-of \"x\", \"y\", found \"z\""),
        );
        check("{\"a\": {\"has-text\": \"seats\"}}", "{\"a\": \"40 seats\"}", Ok(()));
        check("{\"a\": {\"same-as\": \"call\"}}", "{\"a\": 12}", Ok(()));
        check("{\"a\": {\"same-as\": \"call\"}}", "{\"a\": 13}", Err("a: expected same-as call (\"12\"), found 13"));
        check("{\"a\": {\"is-phone-number\": \"+1 617 555 0111\"}}", "{\"a\": \"+16175550111\"}", Ok(()));
        check("{\"a\": {\"is-phone-number\": \"+16175550111\"}}", "{\"a\": \"+1 (617) 555-0111\"}", Ok(()));
        check(
            "{\"a\": {\"is-phone-number\": \"+16175550111\"}}",
            "{\"a\": \"+16175550112\"}",
            Err("a: expected is-phone-number \"+16175550111\", found \"+16175550112\""),
        );
        check(
            "{\"a\": {\"is-phone-number\": \"+16175550111\"}}",
            "{\"a\": 16175550111}",
            Err("a: expected is-phone-number \"+16175550111\", found 16175550111"),
        );
        check(
            "{\"a\": {\"is-phone-number\": \"+16175550111\"}}",
            "{}",
            Err("a: expected is-phone-number \"+16175550111\", found absent"),
        );
        check("{\"a\": {\"if-present\": \"x\"}}", "{}", Ok(()));
        check("{\"a\": {\"if-present\": \"x\"}}", "{\"a\": \"x\"}", Ok(()));
        check("{\"a\": {\"if-present\": \"x\"}}", "{\"a\": \"y\"}", Err("a: expected \"x\", found \"y\""));
        check("{\"a\": {\"if-present\": {\"same-as\": \"call\"}}}", "{\"a\": null}", Ok(()));
        check(
            "{\"a\": {\"if-present\": {\"same-as\": \"call\"}}}",
            "{\"a\": 13}",
            Err("a: expected same-as call (\"12\"), found 13"),
        );
        check("{\"a\": {\"is-absent\": true}}", "{}", Ok(()));
        check("{\"a\": {\"is-absent\": true}}", "{\"a\": 0}", Err("a: expected is-absent, found 0"));
    }

    #[test]
    fn a_mismatch_captures_nothing() {
        let matcher = Matcher::read(&value("{\"a\": {\"keep-as\": \"x\"}, \"b\": 1}")).unwrap();
        let mut captures = Captures::new();
        assert!(matcher.check(Some(&value("{\"a\": 5, \"b\": 2}")), &mut captures).is_err());
        assert_eq!(captures, Captures::new());
        matcher.check(Some(&value("{\"a\": 5, \"b\": 1}")), &mut captures).unwrap();
        assert_eq!(captures, Captures::from([("x".to_owned(), value("5"))]));
    }

    #[test]
    fn invalid_matchers_have_specific_errors() {
        for (matcher, part) in [
            ("{\"a\": {\"is-an\": \"text\"}}", "no matcher `is-an`"),
            ("{\"a\": {\"is-a\": \"string\"}}", "one of text, number"),
            ("{\"a\": {\"is-phone-number\": \"none\"}}", "a text with digits"),
            ("{\"a\": {\"if-present\": {\"keep-as\": \"x\"}}}", "cannot be in `if-present`"),
            ("{\"a\": {\"if-present\": {\"is-an\": \"x\"}}}", "no matcher `is-an`"),
            ("{\"a\": {\"keep-as\": 1}}", "`keep-as` takes a text"),
            ("{\"a\": {\"keep-as\": \"x\", \"is-a\": \"text\"}}", "only one matcher"),
        ] {
            let error = Matcher::read(&value(matcher)).unwrap_err();
            assert!(error.contains(part), "{matcher}: {error}");
        }
    }
}
