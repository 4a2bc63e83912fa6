//! Messages as JSON: a message that is stored or sent to another frame is read without loss.

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
fn assert_round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    let read: T = from_json(&json);
    assert_eq!(&read, value, "{json}");
    assert_eq!(format!("{read:?}"), format!("{value:?}"), "{json}");
}

/// Field names that the payloads know, in several spellings, and some that they do not know.
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
    fn a_received_host_message_is_read_from_json_without_loss(
        kind in proptest::sample::select(HostMessage::KINDS),
        data in proptest::option::of(any_value()),
    ) {
        assert_round_trip(&HostMessage::decode(kind, data.as_ref()).unwrap());
    }

    #[test]
    fn a_received_guest_message_is_read_from_json_without_loss(
        kind in proptest::sample::select(GuestMessage::KINDS),
        data in proptest::option::of(any_value()),
    ) {
        assert_round_trip(&GuestMessage::decode(kind, data.as_ref()).unwrap());
    }

    #[test]
    fn a_payload_is_read_from_json_without_loss(data in any_value()) {
        if let Some(dial) = data.read::<DialNumber>() {
            assert_round_trip(&dial);
            assert_round_trip(&DialNumber { context: None, ..dial.clone() });
            // Changed by a program: the context is still what was received.
            assert_round_trip(&DialNumber { phone_number: Some("+1".into()), other: Map::new(), ..dial });
        }
        if let Some(ready) = data.read::<Ready>() {
            assert_round_trip(&ready);
        }
        assert_round_trip(&data);
    }
}

#[test]
fn a_message_in_json_has_a_type_and_its_data() {
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
fn the_original_payload_of_a_dial_number_is_restored() {
    let data: Value = from_json(r#"{"threadId":"007","phone_number":"+1617","ownerId":"00123","later":{"a":[null]}}"#);
    let dial = HostMessage::decode("DIAL_NUMBER", Some(&data)).unwrap();
    assert_round_trip(&dial);
    let HostMessage::DialNumber(DialNumber { context, other, .. }) = from_json(&serde_json::to_string(&dial).unwrap())
    else {
        panic!()
    };
    assert_eq!(context, Some(data));
    assert_eq!(other.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["threadId", "later"]);

    // This field is only stored, never sent.
    assert_eq!(dial.data().unwrap().get("$context"), None);
}

#[test]
fn without_a_stored_context_the_payload_is_the_context() {
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
