//! What HubSpot answers when it refuses a request.

use crate::{
    credentials::{AppId, Secret},
    error::Answer,
    redact::redact,
};
use serde::Deserialize;
use serde_json::Value;

/// How much of an answer without a message is shown.
const EXCERPT_CHARS: usize = 200;

/// The documented fields. Each may be absent, and older services use other names for them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Body {
    message: Option<String>,
    category: Option<String>,
    error_type: Option<String>,
    correlation_id: Option<String>,
    policy_name: Option<String>,
    context: Value,
    errors: Vec<Detail>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    message: Option<String>,
    context: Value,
}

impl Answer {
    /// Reads the body of an error; one that is no JSON becomes the message, shortened.
    pub(crate) fn parse(status: u16, body: &str, secret: &Secret, app_id: AppId) -> Self {
        let redact = |text: &str| redact(text, secret, app_id);
        let Ok(parsed) = serde_json::from_str::<Body>(body) else {
            return Self { status, message: excerpt(&redact(body)), ..Self::default() };
        };
        let details = parsed.errors.iter().filter_map(|detail| detail.message.clone());
        let mut messages: Vec<String> = parsed.message.iter().cloned().chain(details).collect();
        messages.dedup();
        let contexts = [&parsed.context].into_iter().chain(parsed.errors.iter().map(|detail| &detail.context));
        Self {
            status,
            message: excerpt(&redact(&messages.join("; "))),
            category: parsed.category.or(parsed.error_type).map(|category| redact(&category)),
            correlation_id: parsed.correlation_id.map(|id| redact(&id)),
            policy: parsed.policy_name,
            missing_scopes: contexts.flat_map(scopes).collect(),
        }
    }
}

/// The scopes that a context names, under any of the names that HubSpot uses for them.
fn scopes(context: &Value) -> Vec<String> {
    let names = ["missingScopes", "requiredScopes", "requiredGranularScopes"];
    let lists = names.iter().filter_map(|name| context.get(name)?.as_array());
    lists.flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The beginning of a text on one line.
pub(crate) fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT_CHARS) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &str) -> Answer {
        Answer::parse(403, body, &Secret::new("the-key").unwrap(), AppId::new(47))
    }

    #[test]
    fn the_missing_scopes_are_found_wherever_hubspot_names_them() {
        let in_error = r#"{"message": "no", "category": "MISSING_SCOPES",
            "errors": [{"message": "one", "context": {"requiredScopes": ["developers-write"]}}]}"#;
        assert_eq!(parse(in_error).missing_scopes, ["developers-write"]);
        assert_eq!(parse(in_error).message, "no; one");
        let at_top = r#"{"context": {"missingScopes": ["a", "b"]}}"#;
        assert_eq!(parse(at_top).missing_scopes, ["a", "b"]);
    }

    #[test]
    fn a_message_never_repeats_the_key() {
        let answer = parse(r#"{"message": "the hapikey the-key of app 47", "correlationId": "c-1"}"#);
        assert_eq!(answer.message, "the hapikey [hidden] of app [hidden]");
        assert_eq!(answer.correlation_id.as_deref(), Some("c-1"));
    }

    #[test]
    fn what_is_no_json_is_shortened() {
        let page = format!("<html>\n{}</html> the-key", "word ".repeat(100));
        let message = parse(&page).message;
        assert!(message.starts_with("<html> word word"), "{message}");
        assert!(message.chars().count() <= EXCERPT_CHARS + 2, "{message}");
    }
}
