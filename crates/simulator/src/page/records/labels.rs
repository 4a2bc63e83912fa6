//! Labels for records, properties and calls.

use crate::{
    crm::{Account, ObjectType, Record, RecordId},
    hubspot::TimelineStatus,
    i18n::texts,
};
use calling_extensions::message::EndStatus;
use js_sys::Date;
use wasm_bindgen::JsValue;

pub fn name(record: &Record) -> String {
    record.name().unwrap_or_else(|| texts().records.no_name.to_owned())
}

/// The label of a record's type. Custom types have names from the account.
pub fn kind(id: &RecordId) -> &'static str {
    let texts = &texts().records;
    match id.object_type() {
        ObjectType::Contact => texts.contact,
        ObjectType::Company => texts.company,
        ObjectType::Ticket => texts.ticket,
        ObjectType::Custom => Account::get().custom_types.get(&id.object_type_id).map_or(texts.customs, String::as_str),
    }
}

pub fn kinds(kind: Option<ObjectType>) -> &'static str {
    let texts = &texts().records;
    match kind {
        None => texts.all,
        Some(ObjectType::Contact) => texts.contacts,
        Some(ObjectType::Company) => texts.companies,
        Some(ObjectType::Ticket) => texts.tickets,
        Some(ObjectType::Custom) => texts.customs,
    }
}

/// The label of a property. An unknown property keeps its API name.
pub fn property(name: &str) -> &str {
    let texts = &texts().records;
    match name {
        "phone" => texts.phone,
        "mobilephone" => texts.mobilephone,
        "home_phone" => texts.home_phone,
        "service_line" => texts.service_line,
        "email" => texts.email,
        "jobtitle" => texts.jobtitle,
        "domain" => texts.domain,
        "city" => texts.city,
        "hs_pipeline_stage" => texts.stage,
        "hs_ticket_priority" => texts.priority,
        "location" => texts.location,
        "serial" => texts.serial,
        name => name,
    }
}

/// The label and tone of a timeline status.
pub fn timeline_status(status: TimelineStatus) -> (&'static str, &'static str) {
    let texts = &texts().timeline;
    match status {
        TimelineStatus::Ringing => (texts.ringing, "accent"),
        TimelineStatus::Talking => (texts.talking, "accent"),
        TimelineStatus::WrapUp => (texts.wrap_up, "warn"),
        TimelineStatus::TransferredUnanswered => (texts.transferred_unanswered, ""),
        TimelineStatus::Saved => (texts.saved, "ok"),
        TimelineStatus::NotSaved => (texts.not_saved, "bad"),
        TimelineStatus::Ghost => (texts.ghost, "bad"),
    }
}

pub fn status(status: EndStatus) -> &'static str {
    let texts = &texts().timeline;
    match status {
        EndStatus::Completed => texts.completed,
        EndStatus::Failed => texts.failed,
        EndStatus::Canceled => texts.canceled,
        EndStatus::Busy => texts.busy,
        EndStatus::NoAnswer => texts.no_answer,
        EndStatus::Rejected => texts.rejected,
        EndStatus::Missed => texts.missed,
    }
}

/// A time in the format of the language, and in ISO format. Both are empty for an invalid time.
pub fn moment(ms: f64) -> (String, String) {
    let date = Date::new(&JsValue::from_f64(ms));
    if date.get_time().is_nan() {
        return Default::default();
    }
    let machine = date.to_iso_string().into();
    (date.to_locale_string(texts().lang, &JsValue::UNDEFINED).into(), machine)
}

/// A duration in milliseconds as `1:05` or `1:00:00`.
pub fn duration(ms: f64) -> String {
    let seconds = (ms.max(0.0) / 1_000.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
