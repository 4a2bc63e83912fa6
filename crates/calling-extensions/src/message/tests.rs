use super::*;
use crate::codec::{Id, Map, Payload, Value};

fn map(fields: &[(&str, Value)]) -> Value {
    Value::Map(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

#[track_caller]
fn every_kind_is_decoded_from_any_payload<M: Message + std::fmt::Debug>() {
    let payloads = [None, Some(Value::Null), Some("text".into()), Some(Value::List(vec![])), Some(map(&[]))];
    for kind in M::KINDS {
        for data in &payloads {
            let message = M::decode(kind, data.as_ref()).unwrap_or_else(|| panic!("{kind} {data:?}"));
            assert_eq!(message.kind(), *kind);
        }
    }
    for unknown in ["toString", "__proto__", "constructor", "READY", "SYNC", "", "dial_number"] {
        assert!(M::decode(unknown, None).is_none(), "{unknown}");
    }
}

#[test]
fn a_payload_that_is_absent_or_unreadable_is_not_an_error() {
    every_kind_is_decoded_from_any_payload::<GuestMessage>();
    every_kind_is_decoded_from_any_payload::<HostMessage>();
}

#[test]
fn there_are_as_many_kinds_as_in_the_npm_package() {
    assert_eq!(GuestMessage::KINDS.len(), 18);
    assert_eq!(HostMessage::KINDS.len(), 21);
}

#[test]
fn a_phone_number_is_read_in_every_spelling() {
    let rows = [
        (map(&[("phoneNumber", "+1617".into())]), Some("+1617")),
        (map(&[("phone_number", "+1617".into())]), Some("+1617")),
        (map(&[("phoneNumber", 1617.0.into())]), Some("1617")),
        (map(&[("phoneNumber", Value::Null), ("phone_number", "+1".into())]), Some("+1")),
        (map(&[("phoneNumber", map(&[]))]), None),
        (map(&[]), None),
    ];
    for (data, number) in rows {
        let Some(HostMessage::DialNumber(dial)) = HostMessage::decode("DIAL_NUMBER", Some(&data)) else { panic!() };
        assert_eq!(dial.phone_number.as_deref(), number, "{data:?}");
        assert_eq!(dial.context, Some(data));
    }
}

#[test]
fn null_matches_are_left_out_and_null_names_are_absent() {
    let contact = map(&[("callerIdType", "CONTACT".into()), ("firstName", "Ada".into()), ("lastName", Value::Null)]);
    let data = map(&[("callerIdMatches", Value::List(vec![Value::Null, contact]))]);
    let Some(HostMessage::CallerIdMatchSucceeded(found)) =
        HostMessage::decode("CALLER_ID_MATCH_SUCCEEDED", Some(&data))
    else {
        panic!()
    };
    let [only] = &found.caller_id_matches[..] else { panic!("{found:?}") };
    assert_eq!((only.first_name.as_deref(), only.last_name.as_deref()), (Some("Ada"), None));
}

#[test]
fn an_outgoing_call_has_its_known_fields_in_order_and_no_absent_ones() {
    let context = map(&[("phoneNumber", "+1".into()), ("threadId", 4.0.into())]);
    let call = OutgoingCall {
        external_call_id: "c1".into(),
        to_number: Some("+1".into()),
        create_engagement: Some(true),
        dialing_context: Some(context.clone()),
        ..Default::default()
    };
    let names: Vec<_> = call.to_map().iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(names, ["externalCallId", "toNumber", "createEngagement", "dialingContext"]);
    assert_eq!(call.to_map().get("dialingContext"), Some(&context));
}

#[test]
fn an_engagement_status_is_one_that_hubspot_accepts() {
    let rows = [(EndStatus::Rejected, "CANCELED"), (EndStatus::Missed, "NO_ANSWER"), (EndStatus::Busy, "BUSY")];
    for (status, text) in rows {
        assert_eq!(status.engagement_status().text(), text);
    }
}

#[test]
fn messages_know_their_call_and_whether_they_are_presence() {
    assert!(GuestMessage::LoggedIn.is_presence());
    assert!(!GuestMessage::CallAnswered(CallOnly::new("c1")).is_presence());
    assert_eq!(GuestMessage::CallAnswered(CallOnly::new("c1")).external_call_id(), Some("c1"));
    assert_eq!(Sync { portal_id: Some(Id::from(1.0)), ..Default::default() }.to_map().len(), 1);
    assert!(Map::new().is_empty());
}
