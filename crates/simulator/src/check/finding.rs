use super::{Rule, Severity};
use serde::{Deserialize, Serialize};

/// One broken rule. It is data; what people read is put together by [`crate::i18n`] in their language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The number of the entry: the first that was fed has the number that the check began with.
    pub entry: u64,
    /// What was broken.
    pub rule: Rule,
    /// The type of the message; empty when it has none.
    pub kind: String,
    /// Which field, as a path: `engagementProperties.hs_timestamp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Which call, by the app's own id.
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

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}
