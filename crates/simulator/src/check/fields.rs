//! The table of fields of each message type, and the check against it.
//!
//! The accepted kinds are those of the npm package's types and those of HubSpot's documentation, where the two differ. Fields that are
//! not in the table are not checked.

use super::{Finding, Rule, values::brief};
use calling_extensions::codec::Value;

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Bool,
    Object,
    /// One of these texts.
    OneOf(&'static [&'static str]),
}

/// Whether a field is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Required,
    /// Required by the current types; older pages of the documentation omit it.
    RequiredSince,
    Optional,
}

/// Where the field is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Documented {
    /// `src/types.ts` of the npm package.
    Types,
    /// The tables of the documentation.
    Tables,
    /// Types and tables, which differ; both are accepted.
    Both,
    /// In neither; integrators have seen it.
    Field,
}

/// One field. A name with a dot is a nested field, which is checked only if the outer field is an object.
pub struct Row {
    pub name: &'static str,
    pub need: Need,
    pub kinds: &'static [Kind],
    pub documented: Documented,
}

const fn row(name: &'static str, need: Need, kinds: &'static [Kind], documented: Documented) -> Row {
    Row { name, need, kinds, documented }
}

use Documented::{Both, Field, Tables, Types};
use Kind::{Bool, Number, Object, OneOf, Text};
use Need::{Optional, Required, RequiredSince};

/// Ids can be numbers or texts.
const ID: &[Kind] = &[Number, Text];
/// The host sets the value as an attribute of the frame, so a text works too.
const PIXELS: &[Kind] = &[Number, Text];
const END_STATUSES: &[&str] = &["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
const CALL_ID: Row = row("externalCallId", RequiredSince, ID, Both);
const CALL_ID_REQUIRED: Row = row("externalCallId", Required, ID, Both);

/// The fields of each type's `data`. Types that are missing here have no payload, or any payload.
pub const TABLE: &[(&[&str], &[Row])] = &[
    (
        &["INITIALIZED"],
        &[
            row("isLoggedIn", Optional, &[Bool], Types),
            row("isAvailable", Optional, &[Bool, Number], Tables),
            row("engagementId", Optional, ID, Both),
            row("sizeInfo", Optional, &[Object], Tables),
            row("sizeInfo.width", Optional, PIXELS, Both),
            row("sizeInfo.height", Optional, PIXELS, Both),
        ],
    ),
    (
        &["INCOMING_CALL"],
        &[
            CALL_ID,
            row("fromNumber", Required, &[Text], Types),
            row("toNumber", Required, &[Text], Types),
            row("callStartTime", Optional, &[Number], Types),
            row("createEngagement", Optional, &[Bool], Types),
        ],
    ),
    (
        &["OUTGOING_CALL_STARTED"],
        &[
            CALL_ID,
            row("toNumber", Optional, &[Text], Types),
            row("fromNumber", Optional, &[Text], Both),
            row("phoneNumber", Optional, &[Text], Tables),
            row("callStartTime", Optional, &[Number], Types),
            row("createEngagement", Optional, &[Bool], Types),
            row("dialingContext", Optional, &[Object], Field),
        ],
    ),
    (&["CALL_ANSWERED", "CALL_TRANSFERRED"], &[CALL_ID]),
    (
        &["CALL_ENDED"],
        &[
            CALL_ID,
            row("engagementId", Optional, ID, Both),
            row("callEndStatus", Optional, &[OneOf(END_STATUSES)], Both),
        ],
    ),
    (
        &["CALL_COMPLETED"],
        &[
            CALL_ID,
            row("engagementId", Optional, ID, Types),
            row("hideWidget", Optional, &[Bool], Types),
            row("engagementProperties", Optional, &[Object], Types),
        ],
    ),
    (&["FINALIZE_ENGAGEMENT", "PUBLISH_TO_CHANNEL"], &[CALL_ID_REQUIRED, row("engagementId", Required, ID, Types)]),
    (
        &["NAVIGATE_TO_RECORD"],
        &[
            row("engagementId", Optional, ID, Types),
            row("objectCoordinates", Required, &[Object], Types),
            row("objectCoordinates.portalId", Required, ID, Both),
            row("objectCoordinates.objectId", Required, ID, Both),
            row("objectCoordinates.objectTypeId", Required, &[Text], Types),
            row("openIn", Optional, &[OneOf(&["CURRENT_TAB", "NEW_TAB"])], Types),
        ],
    ),
    (&["ERROR"], &[row("message", Required, &[Text], Types)]),
    (&["RESIZE_WIDGET"], &[row("width", Required, PIXELS, Both), row("height", Required, PIXELS, Both)]),
    (&["SET_WIDGET_URL"], &[row("iFrameUrl", Required, &[Text], Types)]),
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
        return match row.need {
            _ if outside => Some(Rule::FieldOutsideData),
            Need::Required => Some(Rule::MissingField),
            Need::RequiredSince => Some(Rule::CallNotNamed),
            Need::Optional => None,
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

fn accepts(kind: Kind, value: &Value) -> bool {
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
