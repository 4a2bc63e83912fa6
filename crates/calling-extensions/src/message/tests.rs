use super::*;
use crate::codec::{Id, Map, Payload, Value};

fn map(fields: &[(&str, Value)]) -> Value {
    Value::Map(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

#[track_caller]
fn every_kind_decodes_from_anything<M: Message + std::fmt::Debug>() {
    let odd = [None, Some(Value::Null), Some("text".into()), Some(Value::List(vec![])), Some(map(&[]))];
    for kind in M::KINDS {
        for data in &odd {
            let message = M::decode(kind, data.as_ref()).unwrap_or_else(|| panic!("{kind} {data:?}"));
            assert_eq!(message.kind(), *kind);
        }
    }
    for unknown in ["toString", "__proto__", "constructor", "READY", "SYNC", "", "dial_number"] {
        assert!(M::decode(unknown, None).is_none(), "{unknown}");
    }
}

#[test]
fn a_payload_that_is_missing_or_odd_is_never_a_failure() {
    every_kind_decodes_from_anything::<GuestMessage>();
    every_kind_decodes_from_anything::<HostMessage>();
}

#[test]
fn the_kinds_are_those_of_the_npm_package() {
    assert_eq!(GuestMessage::KINDS.len(), 18);
    assert_eq!(HostMessage::KINDS.len(), 21);
}

#[test]
fn a_dialled_number_is_read_in_every_spelling() {
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
fn null_matches_and_null_names_are_passed_over() {
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
fn an_outgoing_call_is_written_field_by_field() {
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
fn engagement_statuses_are_plain_words_that_hubspot_knows() {
    let rows = [(EndStatus::Rejected, "CANCELED"), (EndStatus::Missed, "NO_ANSWER"), (EndStatus::Busy, "BUSY")];
    for (status, word) in rows {
        assert_eq!(status.engagement_status().text(), word);
    }
}

#[test]
fn only_presence_is_left_to_initialized() {
    assert!(GuestMessage::LoggedIn.is_presence());
    assert!(!GuestMessage::CallAnswered(CallOnly::new("c1")).is_presence());
    assert_eq!(GuestMessage::CallAnswered(CallOnly::new("c1")).external_call_id(), Some("c1"));
    assert_eq!(Sync { portal_id: Some(Id::from(1.0)), ..Default::default() }.to_map().len(), 1);
    assert!(Map::new().is_empty());
}
