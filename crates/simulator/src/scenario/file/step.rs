//! One step of the file, before it is known to make sense.

use super::{Problem, read_trouble};
use crate::{
    crm::{Account, RecordId},
    desk::Dial,
    scenario::{HubSpotDoes, Pattern, Place, Verb, Words},
    trouble::Mischief,
};
use calling_extensions::{
    codec::Value,
    message::{GuestMessage, HostMessage, Message},
};
use serde::Deserialize;

pub const VERBS: [&str; 9] =
    ["in-widget", "dial", "widget-says", "hubspot-says", "hubspot", "trouble", "mischief", "timeline-of", "alert"];

/// Every field of every step; [`RawStep::verb`] sorts out which go together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawStep {
    in_widget: Option<String>,
    value: Option<String>,
    place: Option<Place>,
    prompt: Option<Words>,
    dial: Option<String>,
    of: Option<String>,
    widget_says: Option<String>,
    hubspot_says: Option<String>,
    with: Option<Value>,
    hubspot: Option<HubSpotDoes>,
    trouble: Option<Value>,
    mischief: Option<Mischief>,
    timeline_of: Option<String>,
    alert: Option<String>,
    pub within_seconds: Option<f64>,
}

impl RawStep {
    /// What it is, if its fields go together.
    pub fn verb(self) -> Result<Verb, Problem> {
        let there = [
            self.in_widget.is_some(),
            self.dial.is_some(),
            self.widget_says.is_some(),
            self.hubspot_says.is_some(),
            self.hubspot.is_some(),
            self.trouble.is_some(),
            self.mischief.is_some(),
            self.timeline_of.is_some(),
            self.alert.is_some(),
        ];
        let mut verbs = VERBS.into_iter().zip(there).filter(|(_, there)| *there).map(|(verb, _)| verb);
        let verb = verbs.next().ok_or(Problem::NoVerb)?;
        if let Some(second) = verbs.next() {
            return Err(Problem::Verbs(format!("`{verb}` and `{second}`")));
        }
        for (field, there, verbs) in [
            ("value", self.value.is_some(), &["in-widget"][..]),
            ("place", self.place.is_some(), &["in-widget"]),
            ("prompt", self.prompt.is_some(), &["in-widget"]),
            ("of", self.of.is_some(), &["dial"]),
            ("with", self.with.is_some(), &["widget-says", "hubspot-says", "timeline-of"]),
        ] {
            if there && !verbs.contains(&verb) {
                return Err(Problem::Stray { field, verb });
            }
        }
        let with = self.with.as_ref().map_or(Ok(Pattern::ANY), Pattern::read).map_err(Problem::Pattern);
        if let Some(action) = self.in_widget {
            let place = self.place.unwrap_or_default();
            return Ok(Verb::InWidget { action, value: self.value, place, prompt: self.prompt });
        }
        if let Some(number) = self.dial {
            let record = self.of.ok_or(Problem::Missing { field: "of", verb })?;
            let record: RecordId = record.parse()?;
            let on_page = Account::get().numbers_on_page(&record);
            let found = on_page.into_iter().find(|(_, on_page)| on_page.number == number);
            let Some((callee, on_page)) = found else { return Err(Problem::NoSuchNumber { record, number }) };
            let (callee, property) = (callee.id.clone(), on_page.property.clone());
            return Ok(Verb::Dial(Dial { frame: None, record, callee, property, number }));
        }
        if let Some(kind) = self.widget_says {
            return Ok(Verb::WidgetSays { kind: known::<GuestMessage>("a widget", kind)?, with: with? });
        }
        if let Some(kind) = self.hubspot_says {
            return Ok(Verb::HubSpotSays { kind: known::<HostMessage>("HubSpot", kind)?, with: with? });
        }
        if let Some(record) = self.timeline_of {
            return Ok(Verb::Timeline { record: record.parse()?, with: with? });
        }
        if let Some(does) = self.hubspot {
            return Ok(Verb::HubSpotDoes(does));
        }
        if let Some(trouble) = self.trouble {
            return Ok(Verb::Trouble(read_trouble(&trouble)?));
        }
        if let Some(mischief) = self.mischief {
            return Ok(Verb::Mischief(mischief));
        }
        self.alert.map(Verb::Alert).ok_or(Problem::NoVerb)
    }
}

/// A message that nobody says would be waited for in vain.
fn known<M: Message>(who: &'static str, kind: String) -> Result<String, Problem> {
    if M::KINDS.contains(&kind.as_str()) { Ok(kind) } else { Err(Problem::UnknownMessage { who, kind }) }
}
