//! Messages as JSON: what is stored, or sent to another frame, is read back as it was.

use super::*;
use crate::codec::{Map, Value};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

fn from_json<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

/// Compares the debug output as well: two ids are equal when one is a number and the other the same digits as text.
#[track_caller]
fn round_trips<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    let read: T = from_json(&json);
    assert_eq!(&read, value, "{json}");
    assert_eq!(format!("{read:?}"), format!("{value:?}"), "{json}");
}

/// Names that the payloads know, in several spellings, and some that they do not.
const NAMES: &str = "phoneNumber|phone_number|ownerId|objectId|objectID|portalId|PortalId|calleeInfo|calleeId|calleeID|\
    objectTypeID|engagementId|engagement|id|error|message|externalCallId|callerIdMatches|callerIdType|objectCoordinates|\
    dialingContext|toNumber|createEngagement|engagementProperties|hs_timestamp|hs_call_status|callEndStatus|callStartTime|\
    width|sizeInfo|iFrameUrl|isHidden|threadId|context|type|data|__proto__|[a-z]{0,3}";

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(|quarters| Value::Number(f64::from(quarters) / 4.0)),
        any::<u32>().prop_map(|number| Value::Number(f64::from(number) * 1_000_000.0)),
        "[0-9]{0,20}|CONTACT|BUSY|true|.{0,6}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 8, |inner| {
        let fields = proptest::collection::vec((NAMES, inner.clone()), 0..8);
        prop_oneof![
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::List),
            3 => fields.prop_map(|fields| Value::Map(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_received_host_message_survives_json(
        kind in proptest::sample::select(HostMessage::KINDS),
        data in proptest::option::of(any_value()),
    ) {
        round_trips(&HostMessage::decode(kind, data.as_ref()).unwrap());
    }

    #[test]
    fn a_received_guest_message_survives_json(
        kind in proptest::sample::select(GuestMessage::KINDS),
        data in proptest::option::of(any_value()),
    ) {
        round_trips(&GuestMessage::decode(kind, data.as_ref()).unwrap());
    }

    #[test]
    fn payloads_survive_json_by_themselves(data in any_value()) {
        if let Some(dial) = data.read::<DialNumber>() {
            round_trips(&dial);
            round_trips(&DialNumber { context: None, ..dial.clone() });
            // Changed by a program: the context is still what was received.
            round_trips(&DialNumber { phone_number: Some("+1".into()), other: Map::new(), ..dial });
        }
        if let Some(ready) = data.read::<Ready>() {
            round_trips(&ready);
        }
        round_trips(&data);
    }
}

#[test]
fn a_message_is_stored_with_its_type_beside_its_payload() {
    let rows = [
        (GuestMessage::UserAvailable, r#"{"type":"USER_AVAILABLE"}"#),
        (GuestMessage::CallAnswered(CallOnly::new("c1")), r#"{"type":"CALL_ANSWERED","data":{"externalCallId":"c1"}}"#),
    ];
    for (message, json) in rows {
        assert_eq!(serde_json::to_string(&message).unwrap(), json);
        assert_eq!(from_json::<GuestMessage>(json), message);
    }
}

#[test]
fn the_payload_of_a_dialled_number_is_restored_in_its_own_spelling_and_order() {
    let data: Value = from_json(r#"{"threadId":"007","phone_number":"+1617","ownerId":"00123","later":{"a":[null]}}"#);
    let dial = HostMessage::decode("DIAL_NUMBER", Some(&data)).unwrap();
    round_trips(&dial);
    let HostMessage::DialNumber(DialNumber { context, other, .. }) = from_json(&serde_json::to_string(&dial).unwrap())
    else {
        panic!()
    };
    assert_eq!(context, Some(data));
    assert_eq!(other.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["threadId", "later"]);

    // What is sent to a host has no such field.
    assert_eq!(dial.data().unwrap().get("$context"), None);
}

#[test]
fn a_dialled_number_written_by_hand_is_its_own_context() {
    let json = r#"{"data":{"phoneNumber":"+1617"},"type":"DIAL_NUMBER"}"#;
    let HostMessage::DialNumber(dial) = from_json(json) else { panic!() };
    assert_eq!(dial.context, Some(from_json(r#"{"phoneNumber":"+1617"}"#)));
    assert_eq!(dial.other, Map::new());
}

#[test]
fn a_message_without_a_known_type_is_an_error() {
    for json in ["{}", "[]", "null", r#"{"type":5}"#, r#"{"type":"READY"}"#, r#"{"type":"toString","data":{}}"#] {
        assert!(serde_json::from_str::<HostMessage>(json).is_err(), "{json}");
        assert!(serde_json::from_str::<GuestMessage>(json).is_err(), "{json}");
    }
    for json in [r#"{"type":"END_CALL"}"#, r#"{"type":"END_CALL","data":null}"#] {
        assert_eq!(from_json::<HostMessage>(json), HostMessage::EndCall(Value::Null));
    }
}
