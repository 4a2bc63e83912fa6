//! What is expected of a message's fields.

use calling_extensions::codec::{Id, Map, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What earlier steps have kept, by the name that they gave it.
pub type Captures = BTreeMap<String, Value>;

/// What is expected of a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Matcher {
    /// This very value.
    Exactly(Value),
    /// Any value of this kind: `text`, `number`, `bool`, `list`, `object` or `anything`.
    IsA(String),
    /// One of these values.
    OneOf(Vec<Value>),
    /// A text with this in it.
    Contains(String),
    /// Any value but none. Later steps know it by this name.
    KeepAs(String),
    /// The value that an earlier step kept. Ids are compared by value: `12` and `"12"` are the same.
    SameAs(String),
    /// No value.
    Absent,
    /// An object with these fields, and perhaps others.
    Fields(Vec<(String, Matcher)>),
}

/// The kinds of [`Matcher::IsA`].
const KINDS: [&str; 6] = ["text", "number", "bool", "list", "object", "anything"];

/// Which field is not as expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: expected {expected}, found {found}")]
pub struct Mismatch {
    /// The way to the field: `engagementProperties.hs_call_status`.
    pub field: String,
    /// What the scenario wants, as its file says it.
    pub expected: String,
    /// What came, as JSON; `absent` when nothing did.
    pub found: String,
}

impl Matcher {
    /// No wishes.
    pub const ANY: Self = Self::Fields(Vec::new());

    /// Reads what stands after `with`. A table whose names have hyphens is a matcher (`is-a = "text"`), another one an object.
    ///
    /// # Errors
    /// In words, what is not understood.
    pub fn read(value: &Value) -> Result<Self, String> {
        let Value::Map(map) = value else { return Ok(Self::Exactly(value.clone())) };
        match map.iter().find(|(name, _)| name.contains('-')) {
            Some(_) if map.len() > 1 => Err(format!("one matcher a field, not both of {}", names(map))),
            Some((matcher, of)) => Self::matcher(matcher, of),
            None => {
                let fields = map.iter().map(|(name, value)| Ok((name.to_owned(), Self::read(value)?)));
                Ok(Self::Fields(fields.collect::<Result<_, String>>()?))
            }
        }
    }

    fn matcher(matcher: &str, of: &Value) -> Result<Self, String> {
        match (matcher, of) {
            ("is-a", Value::Text(kind)) if KINDS.contains(&kind.as_str()) => Ok(Self::IsA(kind.clone())),
            ("is-a", _) => Err(format!("`is-a` is one of {}", KINDS.join(", "))),
            ("one-of", Value::List(values)) => Ok(Self::OneOf(values.clone())),
            ("one-of", _) => Err("`one-of` takes a list".to_owned()),
            ("has-text", Value::Text(text)) => Ok(Self::Contains(text.clone())),
            ("keep-as", Value::Text(name)) => Ok(Self::KeepAs(name.clone())),
            ("same-as", Value::Text(name)) => Ok(Self::SameAs(name.clone())),
            ("has-text" | "keep-as" | "same-as", _) => Err(format!("`{matcher}` takes a text")),
            ("is-absent", Value::Bool(true)) => Ok(Self::Absent),
            ("is-absent", _) => Err("`is-absent` is true, or not there".to_owned()),
            _ => Err(format!(
                "there is no matcher `{matcher}`; there are is-a, one-of, has-text, keep-as, same-as and is-absent"
            )),
        }
    }

    /// The names that are kept and, with false, those that are needed, in the order of the fields.
    pub(super) fn names<'a>(&'a self, add: &mut impl FnMut(&'a str, bool)) {
        match self {
            Self::KeepAs(name) => add(name, true),
            Self::SameAs(name) => add(name, false),
            Self::Fields(fields) => fields.iter().for_each(|(_, matcher)| matcher.names(add)),
            _ => {}
        }
    }

    /// Whether the value is as expected. What it keeps is kept if so.
    ///
    /// # Errors
    /// The first field that is not.
    pub fn check(&self, value: Option<&Value>, kept: &mut Captures) -> Result<(), Mismatch> {
        let mut new = kept.clone();
        self.check_at("data", value, &mut new)?;
        *kept = new;
        Ok(())
    }

    fn check_at(&self, field: &str, value: Option<&Value>, kept: &mut Captures) -> Result<(), Mismatch> {
        let value = value.filter(|value| **value != Value::Null);
        let fits = match self {
            Self::Exactly(Value::Null) | Self::Absent => value.is_none(),
            Self::Exactly(wanted) => value == Some(wanted),
            Self::IsA(kind) => value.is_some_and(|value| kind == "anything" || kind == kind_of(value)),
            Self::OneOf(values) => value.is_some_and(|value| values.contains(value)),
            Self::Contains(text) => value.and_then(Value::as_text).is_some_and(|value| value.contains(text)),
            Self::KeepAs(name) => value.is_some_and(|value| {
                kept.insert(name.clone(), value.clone());
                true
            }),
            Self::SameAs(name) => {
                kept.get(name).zip(value).is_some_and(|(kept, value)| kept == value || is_same_id(kept, value))
            }
            Self::Fields(fields) => {
                for (name, matcher) in fields {
                    let below = if field == "data" { name.clone() } else { format!("{field}.{name}") };
                    matcher.check_at(&below, value.and_then(|value| value.get(name)), kept)?;
                }
                return Ok(());
            }
        };
        if fits {
            return Ok(());
        }
        let found = value.map_or_else(|| "absent".to_owned(), json);
        Err(Mismatch { field: field.to_owned(), expected: self.as_in_the_file(kept), found })
    }

    fn as_in_the_file(&self, kept: &Captures) -> String {
        match self {
            Self::Exactly(value) => json(value),
            Self::IsA(kind) => format!("is-a {kind}"),
            Self::OneOf(values) => format!("one-of {}", values.iter().map(json).collect::<Vec<_>>().join(", ")),
            Self::Contains(text) => format!("has-text {text:?}"),
            Self::KeepAs(_) => "is-a anything".to_owned(),
            Self::SameAs(name) => format!("same-as {name} ({})", kept.get(name).map_or_else(String::new, json)),
            Self::Absent => "is-absent".to_owned(),
            Self::Fields(_) => "is-a object".to_owned(),
        }
    }
}

/// What [`Matcher::IsA`] calls it.
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
        let mut kept = Captures::from([("call".to_owned(), value("\"12\""))]);
        let found = Matcher::read(&value(matcher)).unwrap().check(Some(&value(data)), &mut kept);
        assert_eq!(found.map_err(|mismatch| mismatch.to_string()), expected.map_err(str::to_owned), "{matcher} {data}");
    }

    #[test]
    fn every_wish_fits_or_says_what_does_not() {
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
        check("{\"a\": {\"is-absent\": true}}", "{}", Ok(()));
        check("{\"a\": {\"is-absent\": true}}", "{\"a\": 0}", Err("a: expected is-absent, found 0"));
    }

    #[test]
    fn what_does_not_fit_keeps_nothing() {
        let matcher = Matcher::read(&value("{\"a\": {\"keep-as\": \"x\"}, \"b\": 1}")).unwrap();
        let mut kept = Captures::new();
        assert!(matcher.check(Some(&value("{\"a\": 5, \"b\": 2}")), &mut kept).is_err());
        assert_eq!(kept, Captures::new());
        matcher.check(Some(&value("{\"a\": 5, \"b\": 1}")), &mut kept).unwrap();
        assert_eq!(kept, Captures::from([("x".to_owned(), value("5"))]));
    }

    #[test]
    fn a_wish_that_is_none_is_named() {
        for (matcher, part) in [
            ("{\"a\": {\"is-an\": \"text\"}}", "no matcher `is-an`"),
            ("{\"a\": {\"is-a\": \"string\"}}", "one of text, number"),
            ("{\"a\": {\"keep-as\": 1}}", "`keep-as` takes a text"),
            ("{\"a\": {\"keep-as\": \"x\", \"is-a\": \"text\"}}", "one matcher a field"),
        ] {
            let error = Matcher::read(&value(matcher)).unwrap_err();
            assert!(error.contains(part), "{matcher}: {error}");
        }
    }
}
