//! Valid conversations without findings, and one violation of each rule.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests, outside a `#[test]`")]

mod valid;
mod violations;

use super::{Check, Finding, Rule};
use crate::{
    hubspot::FrameId,
    transcript::{Direction, Entry},
};
use calling_extensions::codec::Value;
use calling_extensions::session::Ignored;
use serde_json::{Value as Json, json};

const START: f64 = 1_763_700_000_000.0;
const HOST: &str = "http://127.0.0.1:9025";

/// A conversation under construction.
pub struct Conversation {
    entries: Vec<Entry>,
    now: f64,
    count: u32,
    host: String,
    frame: String,
}

impl Conversation {
    /// Without messages.
    pub fn new() -> Self {
        Conversation { entries: Vec::new(), now: START, count: 0, host: "rshost-1".into(), frame: "frame".into() }
    }

    /// SYNC, SYNC_ACK, INITIALIZED, LOGGED_IN.
    pub fn ready() -> Self {
        let mut conversation = Self::new();
        conversation.sync().ack().sends("INITIALIZED", json!({"isLoggedIn": false, "isAvailable": false}));
        conversation.sends("LOGGED_IN", Json::Null);
        conversation
    }

    /// A ringing call with its engagement, after DIAL_NUMBER.
    pub fn ringing() -> Self {
        let mut conversation = Self::ready();
        conversation.receives("DIAL_NUMBER", dial("+1 617-555-0100"));
        conversation.sends(
            "OUTGOING_CALL_STARTED",
            json!({"externalCallId": "call", "toNumber": "+16175550100", "fromNumber": "+16179483986", "callStartTime": START, "createEngagement": true, "dialingContext": dial("+1 617-555-0100")}),
        );
        conversation.receives("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 111}));
        conversation
    }

    /// A call that has ended.
    pub fn ended() -> Self {
        let mut conversation = Self::ringing();
        conversation.sends("CALL_ANSWERED", json!({"externalCallId": "call"}));
        conversation
            .sends("CALL_ENDED", json!({"externalCallId": "call", "engagementId": 111, "callEndStatus": "COMPLETED"}));
        conversation
    }

    /// A completed call.
    pub fn saved() -> Self {
        let mut conversation = Self::ended();
        conversation.sends("CALL_COMPLETED", completed("call", 111));
        conversation.receives("UPDATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 111}));
        conversation
    }

    /// Continues in another frame.
    pub fn frame(&mut self, frame: &str, host: &str) -> &mut Self {
        self.frame = frame.into();
        self.host = host.into();
        self
    }

    /// Lets time pass.
    pub fn wait(&mut self, ms: f64) -> &mut Self {
        self.now += ms;
        self
    }

    pub fn sync(&mut self) -> &mut Self {
        self.sync_with(json!({}))
    }

    /// SYNC with additional fields.
    pub fn sync_with(&mut self, fields: Json) -> &mut Self {
        let mut sync = json!({"type": "SYNC", "messageId": self.host_id(), "hostUrl": HOST, "portalId": 6_125_000, "iframeLocation": "widget"});
        sync.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.push(Direction::ToWidget, sync)
    }

    /// Answers the latest SYNC.
    pub fn ack(&mut self) -> &mut Self {
        self.ack_with(json!({}))
    }

    /// Answers the latest SYNC with changed fields. Null removes a field.
    pub fn ack_with(&mut self, fields: Json) -> &mut Self {
        let syncs = self.entries.iter().rev().filter(|entry| entry.kind() == "SYNC");
        let sync = serde_json::to_value(&syncs.clone().next().expect("a SYNC").message).unwrap();
        let mut ack = sync;
        let map = ack.as_object_mut().unwrap();
        map.extend(
            json!({"type": "SYNC_ACK", "debugMode": false, "version": "0.9.7", "iFrameUrl": "http://localhost:9025"})
                .as_object()
                .unwrap()
                .clone(),
        );
        map.extend(fields.as_object().unwrap().clone());
        map.retain(|_, value| !value.is_null());
        self.push(Direction::FromWidget, ack)
    }

    /// The widget sends a message.
    pub fn sends(&mut self, kind: &str, data: Json) -> &mut Self {
        self.count += 1;
        let id = format!("{}w_{}", self.frame, self.count);
        self.sends_raw(message(kind, &id, data))
    }

    /// The widget posts a value.
    pub fn sends_raw(&mut self, message: Json) -> &mut Self {
        self.push(Direction::FromWidget, message)
    }

    /// The widget posts a value that the host ignores.
    pub fn sends_ignored(&mut self, message: Json, why: Ignored) -> &mut Self {
        self.sends_raw(message);
        self.entries.last_mut().unwrap().ignored = Some(why.reason().to_owned());
        self
    }

    /// HubSpot sends a message.
    pub fn receives(&mut self, kind: &str, data: Json) -> &mut Self {
        let message = message(kind, &self.host_id(), data);
        self.push(Direction::ToWidget, message)
    }

    /// The latest message was dropped.
    pub fn lose(&mut self) -> &mut Self {
        self.entries.last_mut().unwrap().ignored = Some(crate::transcript::LOST.into());
        self
    }

    /// The latest message comes again unchanged.
    pub fn again(&mut self) -> &mut Self {
        let entry = self.entries.last().expect("a message").clone();
        self.now += 1.0;
        self.entries.push(Entry { at: self.now, ..entry });
        self
    }

    fn host_id(&mut self) -> String {
        self.count += 1;
        format!("{}_{}", self.host, self.count)
    }

    fn push(&mut self, direction: Direction, message: Json) -> &mut Self {
        self.now += 100.0;
        let message: Value = serde_json::from_value(message).unwrap();
        self.entries.push(Entry {
            at: self.now,
            frame: FrameId(self.frame.clone()),
            direction,
            message,
            ignored: None,
        });
        self
    }

    /// The findings if no more messages come for a minute.
    pub fn found(&self) -> Vec<Finding> {
        self.found_by(Check::new())
    }

    pub fn found_by(&self, mut check: Check) -> Vec<Finding> {
        let mut found: Vec<Finding> = self.entries.iter().flat_map(|entry| check.feed(entry)).collect();
        found.extend(check.at_end(self.now + 60_000.0));
        found
    }
}

fn message(kind: &str, id: &str, data: Json) -> Json {
    match data {
        Json::Null => json!({"type": kind, "messageId": id}),
        data => json!({"type": kind, "messageId": id, "data": data}),
    }
}

/// The payload of DIAL_NUMBER.
pub fn dial(number: &str) -> Json {
    json!({
        "phoneNumber": number, "ownerId": "70001", "subjectId": 51, "objectId": 0, "objectType": "CONTACT",
        "portalId": 6_125_000, "countryCode": "US", "calleeInfo": {"calleeId": 51, "calleeObjectTypeId": "0-1"},
        "startTimestamp": START, "toPhoneNumberSrc": "phone",
    })
}

/// The payload of CALL_COMPLETED, as our widget sends it.
pub fn completed(call: &str, engagement: u32) -> Json {
    json!({
        "externalCallId": call, "engagementId": engagement, "hideWidget": false,
        "engagementProperties": {
            "hs_timestamp": "1763700000000", "hs_call_body": "", "hs_call_duration": "12000", "hs_call_status": "COMPLETED",
            "hs_call_direction": "OUTBOUND", "hs_call_from_number": "+16179483986", "hs_call_to_number": "+16175550100",
        },
    })
}

#[test]
fn every_rule_has_a_unique_id_and_a_source() {
    for (index, rule) in Rule::ALL.iter().enumerate() {
        assert!(!Rule::ALL[..index].iter().any(|other| other.id() == rule.id()), "{rule:?}");
        assert!(rule.source().starts_with("https://") || rule.source().starts_with("@hubspot/"), "{rule:?}");
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.id());
    }
}

#[test]
fn every_type_with_a_defined_payload_is_in_the_table() {
    use calling_extensions::message::{GuestMessage, Message};
    let free = ["USER_AVAILABLE", "USER_UNAVAILABLE", "LOGGED_IN", "LOGGED_OUT", "CALL_DATA"];
    for kind in GuestMessage::KINDS {
        assert_eq!(super::fields::rows(kind).is_empty(), free.contains(kind), "{kind}");
    }
}
