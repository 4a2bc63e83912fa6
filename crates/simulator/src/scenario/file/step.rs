//! A step as it is in the file, before validation.

use super::{Problem, read_faults};
use crate::{
    crm::{Account, RecordId},
    faults::MalformedMessage,
    hubspot::Dial,
    scenario::{HubSpotAction, LocalizedText, Matcher, Place, StepKind},
};
use calling_extensions::{
    codec::Value,
    message::{GuestMessage, HostMessage, Message},
};
use serde::Deserialize;

pub const KEYWORDS: [&str; 10] = [
    "in-widget",
    "dial",
    "widget-sends",
    "hubspot-sends",
    "hubspot",
    "send",
    "faults",
    "malformed-message",
    "timeline-of",
    "alert",
];

/// The fields of all kinds of steps. [`RawStep::into_kind`] checks which of them are set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStep {
    in_widget: Option<String>,
    value: Option<String>,
    place: Option<Place>,
    prompt: Option<LocalizedText>,
    dial: Option<String>,
    of: Option<String>,
    widget_sends: Option<String>,
    hubspot_sends: Option<String>,
    with: Option<Value>,
    hubspot: Option<HubSpotAction>,
    send: Option<String>,
    data: Option<Value>,
    faults: Option<Value>,
    malformed_message: Option<MalformedMessage>,
    timeline_of: Option<String>,
    alert: Option<String>,
    pub within_seconds: Option<f64>,
}

impl RawStep {
    /// The kind of the step, if its fields belong together.
    pub fn into_kind(self) -> Result<StepKind, Problem> {
        let there = [
            self.in_widget.is_some(),
            self.dial.is_some(),
            self.widget_sends.is_some(),
            self.hubspot_sends.is_some(),
            self.hubspot.is_some(),
            self.send.is_some(),
            self.faults.is_some(),
            self.malformed_message.is_some(),
            self.timeline_of.is_some(),
            self.alert.is_some(),
        ];
        let mut keywords = KEYWORDS.into_iter().zip(there).filter(|(_, there)| *there).map(|(keyword, _)| keyword);
        let keyword = keywords.next().ok_or(Problem::NoKeyword)?;
        if let Some(second) = keywords.next() {
            return Err(Problem::PageActions(format!("`{keyword}` and `{second}`")));
        }
        for (field, there, keywords) in [
            ("value", self.value.is_some(), &["in-widget"][..]),
            ("place", self.place.is_some(), &["in-widget"]),
            ("prompt", self.prompt.is_some(), &["in-widget"]),
            ("data", self.data.is_some(), &["send"]),
            ("of", self.of.is_some(), &["dial"]),
            ("with", self.with.is_some(), &["widget-sends", "hubspot-sends", "timeline-of"]),
        ] {
            if there && !keywords.contains(&keyword) {
                return Err(Problem::Stray { field, keyword });
            }
        }
        let with = self.with.as_ref().map_or(Ok(Matcher::ANY), Matcher::read).map_err(Problem::Matcher);
        if let Some(action) = self.in_widget {
            let place = self.place.unwrap_or_default();
            return Ok(StepKind::InWidget { action, value: self.value, place, prompt: self.prompt });
        }
        if let Some(number) = self.dial {
            let record = self.of.ok_or(Problem::Missing { field: "of", keyword })?;
            let record: RecordId = record.parse()?;
            let on_page = Account::get().numbers_on_page(&record);
            let found = on_page.into_iter().find(|(_, on_page)| on_page.number == number);
            let Some((callee, on_page)) = found else { return Err(Problem::NoSuchNumber { record, number }) };
            let (callee, property) = (callee.id.clone(), on_page.property.clone());
            return Ok(StepKind::Dial(Dial { frame: None, record, callee, property, number }));
        }
        if let Some(kind) = self.widget_sends {
            return Ok(StepKind::WidgetSends { kind: known::<GuestMessage>("a widget", kind)?, with: with? });
        }
        if let Some(kind) = self.hubspot_sends {
            return Ok(StepKind::HubSpotSends { kind: known::<HostMessage>("HubSpot", kind)?, with: with? });
        }
        if let Some(record) = self.timeline_of {
            return Ok(StepKind::Timeline { record: record.parse()?, with: with? });
        }
        if let Some(action) = self.hubspot {
            return Ok(StepKind::HubSpotAction(action));
        }
        if let Some(kind) = self.send {
            return Ok(StepKind::Send { kind: known::<HostMessage>("HubSpot", kind)?, data: self.data });
        }
        if let Some(faults) = self.faults {
            return Ok(StepKind::Faults(read_faults(&faults)?));
        }
        if let Some(malformed) = self.malformed_message {
            return Ok(StepKind::MalformedMessage(malformed));
        }
        self.alert.map(StepKind::Alert).ok_or(Problem::NoKeyword)
    }
}

/// Rejects unknown message types, which would never be sent.
fn known<M: Message>(who: &'static str, kind: String) -> Result<String, Problem> {
    if M::KINDS.contains(&kind.as_str()) { Ok(kind) } else { Err(Problem::UnknownMessage { who, kind }) }
}
