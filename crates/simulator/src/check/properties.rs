//! Checks values beyond their kind: engagement properties, times, sizes and addresses.

use super::{Finding, Rule, fields::find, values::brief};
use calling_extensions::{codec::Value, origin::Origin};

/// The valid values of `hs_call_status`.
const STATUSES: &[&str] = &[
    "BUSY",
    "CALLING_CRM_USER",
    "CANCELED",
    "COMPLETED",
    "CONNECTING",
    "ENDING",
    "FAILED",
    "IN_PROGRESS",
    "NO_ANSWER",
    "QUEUED",
    "RINGING",
];
/// Values of `callEndStatus` that are not valid for `hs_call_status`.
const END_ONLY: [&str; 2] = ["REJECTED", "MISSED"];
/// A time in 1973. A smaller number is in seconds, not milliseconds.
const EARLIEST: f64 = 1e11;

/// Checks the values of a message.
pub fn check(kind: &str, data: Option<&Value>, found: &mut Vec<Finding>, entry: u64) {
    let mut add = |rule, field: &str, value: &Value| {
        found.push(Finding::new(entry, rule, kind).field(field).value(brief(value)));
    };
    match kind {
        "CALL_COMPLETED" => {}
        "INCOMING_CALL" | "OUTGOING_CALL_STARTED" => {
            if let Some(time @ Value::Number(number)) = find(data, "callStartTime").filter(|time| !is_time(time))
                && number.is_finite()
            {
                add(Rule::TimeNotMilliseconds, "callStartTime", time);
            }
            if let (Some(number), None) = (find(data, "phoneNumber"), find(data, "toNumber")) {
                add(Rule::DeprecatedField, "phoneNumber", number);
            }
            return;
        }
        "INITIALIZED" | "RESIZE_WIDGET" => {
            let outer = if kind == "INITIALIZED" { "sizeInfo." } else { "" };
            for side in ["width", "height"] {
                let field = format!("{outer}{side}");
                if let Some(size) = find(data, &field).filter(|size| is_too_small(size)) {
                    add(Rule::SizeNotPositive, &field, size);
                }
            }
            return;
        }
        "SET_WIDGET_URL" => {
            if let Some(url @ Value::Text(text)) = find(data, "iFrameUrl")
                && Origin::of_url(text).is_none()
            {
                add(Rule::AddressNotHttp, "iFrameUrl", url);
            }
            return;
        }
        _ => return,
    }
    let Some(properties) = find(data, "engagementProperties").and_then(Value::as_map) else { return };
    if matches!(properties.get("hs_timestamp"), None | Some(Value::Null)) {
        let field = "engagementProperties.hs_timestamp";
        found.push(Finding::new(entry, Rule::TimestampMissing, kind).field(field));
    }
    for (name, value) in properties.iter() {
        if let Some(rule) = judge(name, value) {
            let field = format!("engagementProperties.{name}");
            found.push(Finding::new(entry, rule, kind).field(field).value(brief(value)));
        }
    }
}

fn judge(name: &str, value: &Value) -> Option<Rule> {
    match (name, value) {
        (_, Value::Null) => None,
        ("hs_timestamp", value) if is_time(value) => None,
        ("hs_timestamp", Value::Number(_) | Value::Text(_)) => Some(Rule::TimeNotMilliseconds),
        ("hs_call_status", Value::Text(status)) if status.starts_with("INTERNAL_") => Some(Rule::InternalStatus),
        ("hs_call_status", Value::Text(status)) if END_ONLY.contains(&status.as_str()) => {
            Some(Rule::EndStatusInProperties)
        }
        ("hs_call_status", Value::Text(status)) => unknown(status, STATUSES),
        ("hs_call_direction", Value::Text(direction)) => unknown(direction, &["INBOUND", "OUTBOUND"]),
        ("hs_call_source", Value::Text(source)) => unknown(source, &["INTEGRATIONS_PLATFORM"]),
        ("hs_call_recording_url", Value::Text(url)) if !url.is_empty() => Some(Rule::RecordingUrlRetired),
        (_, Value::Text(_)) => None,
        _ => Some(Rule::PropertyNotText),
    }
}

/// An empty text deletes a property.
fn unknown(word: &str, known: &[&str]) -> Option<Rule> {
    (!word.is_empty() && !known.contains(&word)).then_some(Rule::UnknownValue)
}

/// Milliseconds since 1970 as number or text, or a date in the format of HubSpot's API: `2021-03-17T01:32:44.872Z`.
fn is_time(value: &Value) -> bool {
    match value {
        Value::Number(number) => *number >= EARLIEST,
        Value::Text(text) => {
            let date = text.get(..10).map(|day| day.split('-').map(str::len).collect::<Vec<_>>());
            date.is_some_and(|parts| parts == [4, 2, 2]) || value.read::<f64>().is_some_and(|time| time >= EARLIEST)
        }
        _ => false,
    }
}

fn is_too_small(size: &Value) -> bool {
    match size {
        Value::Number(number) => *number <= 0.0,
        Value::Text(text) => text.trim_end_matches("px").trim().parse::<f64>().is_ok_and(|number| number <= 0.0),
        _ => false,
    }
}
