use super::{Rule, Severity};
use serde::{Deserialize, Serialize};

/// A broken rule. [`crate::i18n`] has the texts for users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The number of the transcript entry.
    pub entry: u64,
    /// The rule.
    pub rule: Rule,
    /// The type of the message, empty if it has none.
    pub kind: String,
    /// The path of the field, for example `engagementProperties.hs_timestamp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value of the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The app's id of the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
}

impl Finding {
    pub(super) fn new(entry: u64, rule: Rule, kind: &str) -> Self {
        Finding { entry, rule, kind: kind.to_owned(), field: None, value: None, call: None }
    }

    pub(super) fn field(self, field: impl Into<String>) -> Self {
        Finding { field: Some(field.into()), ..self }
    }

    pub(super) fn value(self, value: impl Into<String>) -> Self {
        Finding { value: Some(value.into()), ..self }
    }

    pub(super) fn call(self, call: Option<&str>) -> Self {
        Finding { call: call.map(str::to_owned), ..self }
    }

    /// The severity of the rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}
