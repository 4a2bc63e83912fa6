//! Creates a scenario from recorded messages.

use super::{
    HubSpotAction, LocalizedText, Matcher, Place, Scenario, Setup, Step, StepKind,
    file::DEFAULT_TIMEOUT_MS,
    file::with_setup_and_end,
    matcher::{is_same_id, kind_of},
};
use crate::{
    crm::{Account, RecordId},
    hubspot::Dial,
    transcript::{Direction, Entry},
};
use calling_extensions::{
    codec::{Map, Value},
    message::{HostMessage, Message},
};

/// The scenario of a recording. The actions in the widget are inferred from the widget's messages.
pub fn from_recording(name: &str, description: LocalizedText, entries: &[Entry]) -> Scenario {
    let mut recorder = Recorder::default();
    for entry in entries.iter().filter(|entry| entry.ignored.is_none()) {
        let data = entry.message.get("data");
        match entry.direction {
            Direction::ToWidget => recorder.hubspot_sends(entry.kind(), data),
            Direction::FromWidget => recorder.widget_sends(entry.kind(), data),
        }
    }
    let setup = Setup::default();
    Scenario { name: name.to_owned(), description, steps: with_setup_and_end(recorder.steps, &setup), setup }
}

#[derive(Default)]
struct Recorder {
    steps: Vec<Step>,
    /// The ids so far, and the names of their captures.
    ids: Vec<(Value, String)>,
    /// Whether the last call is outgoing, and whether HubSpot ended it.
    outgoing: bool,
    ended_by_hubspot: bool,
}

impl Recorder {
    fn add(&mut self, kind: StepKind) {
        self.steps.push(Step { line: 0, kind, within: DEFAULT_TIMEOUT_MS });
    }

    fn in_widget(&mut self, action: &str, value: Option<String>) {
        self.add(StepKind::InWidget { action: action.to_owned(), value, place: Place::default(), prompt: None });
    }

    fn hubspot_sends(&mut self, kind: &str, data: Option<&Value>) {
        match kind {
            "DIAL_NUMBER" => {
                if let Some(HostMessage::DialNumber(dial)) = HostMessage::decode(kind, data)
                    && let Some(step) = dialled(data, dial.phone_number)
                {
                    self.add(step);
                }
            }
            "END_CALL" => {
                self.ended_by_hubspot = true;
                self.add(StepKind::HubSpotAction(HubSpotAction::EndCall));
            }
            // A type of a newer HubSpot cannot be expected in a scenario yet.
            kind if kind.contains("_ENGAGEMENT_") && HostMessage::KINDS.contains(&kind) => {
                let with = self.matcher(data);
                self.add(StepKind::HubSpotSends { kind: kind.to_owned(), with });
            }
            _ => {}
        }
    }

    fn widget_sends(&mut self, kind: &str, data: Option<&Value>) {
        let text = |name: &str| data.and_then(|data| data.get(name)?.as_text()).map(str::to_owned);
        match kind {
            "OUTGOING_CALL_STARTED" => {
                (self.outgoing, self.ended_by_hubspot) = (true, false);
                self.in_widget("call", None);
            }
            "INCOMING_CALL" => {
                (self.outgoing, self.ended_by_hubspot) = (false, false);
                self.in_widget("receive-call", text("fromNumber"));
            }
            "CALL_ANSWERED" if !self.outgoing => self.in_widget("answer", None),
            "CALL_ENDED" if !self.ended_by_hubspot => match text("callEndStatus").as_deref() {
                Some("COMPLETED" | "CANCELED") => self.in_widget("end-call", None),
                Some("REJECTED") => self.in_widget("reject", None),
                _ => {}
            },
            "CALL_COMPLETED" => {
                let notes = data.and_then(|data| data.get("engagementProperties")?.get("hs_call_body")?.as_text());
                if let Some(notes) = notes.filter(|notes| !notes.is_empty()) {
                    self.in_widget("type-notes", Some(notes.to_owned()));
                }
                self.in_widget("save", None);
            }
            "FINALIZE_ENGAGEMENT" => self.in_widget("finalize", None),
            "CALL_ANSWERED" | "CALL_ENDED" | "CALL_TRANSFERRED" | "PUBLISH_TO_CHANNEL" => {}
            _ => return,
        }
        let with = self.matcher(data);
        self.add(StepKind::WidgetSends { kind: kind.to_owned(), with });
    }

    fn matcher(&mut self, data: Option<&Value>) -> Matcher {
        let fields = data.and_then(Value::as_map).into_iter().flat_map(Map::iter);
        let fields = fields.filter(|(_, value)| **value != Value::Null);
        Matcher::Fields(fields.map(|(name, value)| (name.to_owned(), self.field(name, value))).collect())
    }

    /// Ids and times differ in each run, and a number may be written in another notation.
    fn field(&mut self, name: &str, value: &Value) -> Matcher {
        match (name, value) {
            ("externalCallId", id) => self.id("call", id),
            ("engagementId", id) => self.id("engagement", id),
            ("callStartTime" | "hs_timestamp" | "hs_call_duration" | "dialingContext" | "error", value) => {
                Matcher::IsA(kind_of(value).to_owned())
            }
            ("toNumber" | "fromNumber" | "hs_call_to_number" | "hs_call_from_number", Value::Text(number))
                if number.chars().any(|char| char.is_ascii_digit()) =>
            {
                Matcher::PhoneNumber(number.clone())
            }
            (_, Value::Map(_)) => self.matcher(Some(value)),
            (_, Value::List(list)) if list.contains(&Value::Null) => Matcher::IsA("list".to_owned()),
            (_, value) => Matcher::Exactly(value.clone()),
        }
    }

    fn id(&mut self, what: &str, id: &Value) -> Matcher {
        if let Some((_, name)) = self.ids.iter().find(|(known, name)| is_same_id(known, id) && name.starts_with(what)) {
            return Matcher::SameAs(name.clone());
        }
        let count = self.ids.iter().filter(|(_, name)| name.starts_with(what)).count();
        let name = if count == 0 { what.to_owned() } else { format!("{what}-{}", count + 1) };
        self.ids.push((id.clone(), name.clone()));
        Matcher::KeepAs(name)
    }
}

/// The dial step for a DIAL_NUMBER. `None` when the simulated account has no such record, or the record no such number: a recording may be
/// of another account.
fn dialled(data: Option<&Value>, number: Option<String>) -> Option<StepKind> {
    let text = |value: &Value, name: &str| value.get(name)?.read::<String>();
    let (data, number) = (data?, number?);
    let callee = data.get("calleeInfo")?;
    let callee: RecordId =
        format!("{}/{}", text(callee, "calleeObjectTypeId")?, text(callee, "calleeId")?).parse().ok()?;
    let on_page = Account::get().numbers_on_page(&callee);
    on_page.iter().find(|(_, on_page)| on_page.number == number)?;
    let property = text(data, "toPhoneNumberSrc").unwrap_or_default();
    Some(StepKind::Dial(Dial { frame: None, record: callee.clone(), callee, property, number }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{super::write, *};
    use crate::hubspot::FrameId;
    use serde_json::json;

    #[test]
    fn an_unknown_type_is_no_step() {
        let words = LocalizedText { en: "Recorded".to_owned(), fr: None };
        let entries = ["MERGE_ENGAGEMENT_SUCCEEDED", "CREATE_ENGAGEMENT_SUCCEEDED"]
            .map(|kind| entry(Direction::ToWidget, kind, json!({"engagementId": 7})));
        let read = Scenario::read("mine", &write(&from_recording("mine", words, &entries))).unwrap();
        assert_eq!(read.steps.iter().filter(|step| matches!(step.kind, StepKind::HubSpotSends { .. })).count(), 1);
    }

    #[test]
    fn a_number_that_the_account_does_not_have_is_no_step() {
        let dial = |number: &str| {
            let callee = json!({"calleeId": 51, "calleeObjectTypeId": "0-1"});
            let entry = entry(Direction::ToWidget, "DIAL_NUMBER", json!({"phoneNumber": number, "calleeInfo": callee}));
            let words = LocalizedText { en: "Recorded".to_owned(), fr: None };
            let steps = from_recording("mine", words, &[entry]).steps;
            steps.iter().any(|step| matches!(step.kind, StepKind::Dial(_)))
        };
        assert!(dial("+1 617 555 0111"));
        assert!(!dial("+1 617 555 9999"));
    }

    fn entry(direction: Direction, kind: &str, data: serde_json::Value) -> Entry {
        let mut message = json!({"type": kind, "messageId": "a_1", "data": data});
        // Whether serde_json keeps the order of fields depends on the other packages of the build.
        message.sort_all_objects();
        let message = serde_json::from_value(message).unwrap();
        Entry { at: 0.0, frame: FrameId("f".to_owned()), direction, message, ignored: None }
    }

    #[test]
    fn a_recording_is_written_and_read_back() {
        use Direction::{FromWidget, ToWidget};
        let entries = [
            entry(ToWidget, "SYNC", json!(null)),
            entry(FromWidget, "INITIALIZED", json!({"isLoggedIn": true})),
            entry(
                ToWidget,
                "DIAL_NUMBER",
                json!({"phoneNumber": "+1 617 555 0111", "calleeInfo": {"calleeId": 51, "calleeObjectTypeId": "0-1"}}),
            ),
            entry(
                FromWidget,
                "OUTGOING_CALL_STARTED",
                json!({"externalCallId": "c1", "toNumber": "+16175550111", "callStartTime": 5, "odd name": [1, {"a": "\u{7f}\"\\\n"}], "none": null}),
            ),
            entry(ToWidget, "CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 7})),
            entry(FromWidget, "CALL_ANSWERED", json!({"externalCallId": "c1"})),
            entry(FromWidget, "CALL_ENDED", json!({"externalCallId": "c1", "callEndStatus": "COMPLETED"})),
            entry(
                FromWidget,
                "CALL_COMPLETED",
                json!({"externalCallId": "c1", "engagementId": "7",
                    "engagementProperties": {"hs_timestamp": "5", "hs_call_body": "Yes."}}),
            ),
        ];
        let words = LocalizedText { en: "Recorded".to_owned(), fr: None };
        let scenario = from_recording("mine", words, &entries);
        let text = write(&scenario);
        let read = Scenario::read("mine", &text).unwrap();
        let kinds = |scenario: &Scenario| scenario.steps.iter().map(|step| step.kind.clone()).collect::<Vec<_>>();
        let sent = |kind: &StepKind| match kind {
            StepKind::InWidget { action, .. } => Some(action.clone()),
            StepKind::WidgetSends { kind, .. } | StepKind::HubSpotSends { kind, .. } => Some(kind.clone()),
            _ => None,
        };
        assert_eq!(
            kinds(&read).iter().filter_map(sent).collect::<Vec<_>>(),
            [
                "call",
                "OUTGOING_CALL_STARTED",
                "CREATE_ENGAGEMENT_SUCCEEDED",
                "CALL_ANSWERED",
                "end-call",
                "CALL_ENDED",
                "type-notes",
                "save",
                "CALL_COMPLETED"
            ],
            "{text}"
        );
        assert!(text.contains("with.externalCallId.keep-as = \"call\"\n"), "{text}");
        assert!(text.contains("with.engagementProperties.hs_timestamp.is-a = \"text\"\n"), "{text}");
        assert!(text.contains("with.toNumber.is-phone-number = \"+16175550111\"\n"), "{text}");
        assert_eq!(write(&read), text);
    }
}
