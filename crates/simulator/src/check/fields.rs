//! The table of fields of each message type, and the check against it.
//!
//! The accepted kinds are those of the npm package's types and those of HubSpot's documentation, where the two differ. Fields that are
//! not in the table are not checked.

use super::{Finding, Rule, values::brief};
use calling_extensions::codec::Value;

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Number,
    Bool,
    Object,
    /// One of these texts.
    OneOf(&'static [&'static str]),
}

/// Whether a field is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    Required,
    /// Required by the current types; older pages of the documentation omit it.
    RequiredSince,
    Optional,
}

/// One field. A name with a dot is a nested field, which is checked only if the outer field is an object.
pub struct Row {
    pub name: &'static str,
    pub requirement: Requirement,
    pub kinds: &'static [FieldKind],
}

const fn row(name: &'static str, requirement: Requirement, kinds: &'static [FieldKind]) -> Row {
    Row { name, requirement, kinds }
}

use FieldKind::{Bool, Number, Object, OneOf, Text};
use Requirement::{Optional, Required, RequiredSince};

/// Ids can be numbers or texts.
const ID: &[FieldKind] = &[Number, Text];
/// The host sets the value as an attribute of the frame, so a text works too.
const PIXELS: &[FieldKind] = &[Number, Text];
const END_STATUSES: &[&str] = &["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
const CALL_ID: Row = row("externalCallId", RequiredSince, ID);
const CALL_ID_REQUIRED: Row = row("externalCallId", Required, ID);

/// The fields of each type's `data`. Types that are missing here have no payload, or any payload.
pub const TABLE: &[(&[&str], &[Row])] = &[
    (
        &["INITIALIZED"],
        &[
            row("isLoggedIn", Optional, &[Bool]),
            row("isAvailable", Optional, &[Bool, Number]),
            row("engagementId", Optional, ID),
            row("sizeInfo", Optional, &[Object]),
            row("sizeInfo.width", Optional, PIXELS),
            row("sizeInfo.height", Optional, PIXELS),
        ],
    ),
    (
        &["INCOMING_CALL"],
        &[
            CALL_ID,
            row("fromNumber", Required, &[Text]),
            row("toNumber", Required, &[Text]),
            row("callStartTime", Optional, &[Number]),
            row("createEngagement", Optional, &[Bool]),
        ],
    ),
    (
        &["OUTGOING_CALL_STARTED"],
        &[
            CALL_ID,
            row("toNumber", Optional, &[Text]),
            row("fromNumber", Optional, &[Text]),
            row("phoneNumber", Optional, &[Text]),
            row("callStartTime", Optional, &[Number]),
            row("createEngagement", Optional, &[Bool]),
            // In neither the types nor the documentation's tables; integrators have seen it.
            row("dialingContext", Optional, &[Object]),
        ],
    ),
    (&["CALL_ANSWERED", "CALL_TRANSFERRED"], &[CALL_ID]),
    (
        &["CALL_ENDED"],
        &[CALL_ID, row("engagementId", Optional, ID), row("callEndStatus", Optional, &[OneOf(END_STATUSES)])],
    ),
    (
        &["CALL_COMPLETED"],
        &[
            CALL_ID,
            row("engagementId", Optional, ID),
            row("hideWidget", Optional, &[Bool]),
            row("engagementProperties", Optional, &[Object]),
        ],
    ),
    (&["FINALIZE_ENGAGEMENT", "PUBLISH_TO_CHANNEL"], &[CALL_ID_REQUIRED, row("engagementId", Required, ID)]),
    (
        &["NAVIGATE_TO_RECORD"],
        &[
            row("engagementId", Optional, ID),
            row("objectCoordinates", Required, &[Object]),
            row("objectCoordinates.portalId", Required, ID),
            row("objectCoordinates.objectId", Required, ID),
            row("objectCoordinates.objectTypeId", Required, &[Text]),
            row("openIn", Optional, &[OneOf(&["CURRENT_TAB", "NEW_TAB"])]),
        ],
    ),
    (&["ERROR"], &[row("message", Required, &[Text])]),
    (&["RESIZE_WIDGET"], &[row("width", Required, PIXELS), row("height", Required, PIXELS)]),
    (&["SET_WIDGET_URL"], &[row("iFrameUrl", Required, &[Text])]),
];

/// The fields of a message type.
pub fn rows(kind: &str) -> &'static [Row] {
    TABLE.iter().find(|(kinds, _)| kinds.contains(&kind)).map_or(&[], |(_, rows)| rows)
}

/// Checks the fields of a message.
pub fn check(kind: &str, message: &Value, found: &mut Vec<Finding>, entry: u64) {
    let data = match message.get("data") {
        None | Some(Value::Null) => None,
        Some(data) => Some(data),
    };
    let rows = rows(kind);
    if let Some(data) = data.filter(|data| !rows.is_empty() && data.as_map().is_none()) {
        found.push(Finding::new(entry, Rule::MistypedField, kind).field("data").value(brief(data)));
        return;
    }
    for row in rows {
        if let Some(rule) = judge(row, message, data) {
            let value = find(data, row.name).map(brief);
            found.push(Finding { value, ..Finding::new(entry, rule, kind).field(row.name) });
        }
    }
}

fn judge(row: &Row, message: &Value, data: Option<&Value>) -> Option<Rule> {
    if let Some((outer, _)) = row.name.split_once('.')
        && find(data, outer)?.as_map().is_none()
    {
        return None;
    }
    let Some(value) = find(data, row.name) else {
        let outside = message.get(row.name).is_some_and(|value| *value != Value::Null);
        return match row.requirement {
            _ if outside => Some(Rule::FieldOutsideData),
            Requirement::Required => Some(Rule::MissingField),
            Requirement::RequiredSince => Some(Rule::CallNotNamed),
            Requirement::Optional => None,
        };
    };
    if row.kinds.iter().any(|kind| accepts(*kind, value)) {
        return None;
    }
    match (row.kinds, value) {
        ([OneOf(_)], Value::Text(text)) if text.starts_with("INTERNAL_") => Some(Rule::InternalStatus),
        ([OneOf(_)], Value::Text(_)) => Some(Rule::UnknownValue),
        _ => Some(Rule::MistypedField),
    }
}

fn accepts(kind: FieldKind, value: &Value) -> bool {
    match (kind, value) {
        (Text, Value::Text(_)) | (Bool, Value::Bool(_)) | (Object, Value::Map(_)) => true,
        (Number, Value::Number(number)) => number.is_finite(),
        (OneOf(words), Value::Text(text)) => words.contains(&text.as_str()),
        _ => false,
    }
}

/// The value at a path. Null counts as absent, and so does an empty `externalCallId`.
pub fn find<'a>(data: Option<&'a Value>, path: &str) -> Option<&'a Value> {
    let mut value = data?;
    for name in path.split('.') {
        value = value.get(name)?;
    }
    let empty = path == "externalCallId" && value.as_text() == Some("");
    (*value != Value::Null && !empty).then_some(value)
}
