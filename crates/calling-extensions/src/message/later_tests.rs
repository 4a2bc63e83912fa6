//! Messages of a later HubSpot: what this crate does not know is kept, and written again as it came.

use super::*;
use crate::codec::{FieldInfo, Map, Payload, Value};

fn map(fields: &[(&str, Value)]) -> Map {
    fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// Something that no field of any payload can hold.
fn unknown() -> Value {
    Value::Map(map(&[("later", Value::List(vec![Value::Null, 1.5.into(), Value::Map(map(&[("deep", true.into())]))]))]))
}

#[track_caller]
fn assert_kept<M: Message + std::fmt::Debug>(kind: &str, data: &Value) {
    let message = M::decode(kind, Some(data)).unwrap_or_else(|| panic!("{kind}"));
    let written = message.data().unwrap_or_default();
    for (name, value) in data.as_map().unwrap().iter() {
        assert_eq!(written.get(name), Some(value), "{kind} {name}: {message:?}");
    }
}

fn kinds_with_payload<M: Message>() -> impl Iterator<Item = &'static str> {
    let has_payload = |kind: &&&str| M::decode(kind, None).is_some_and(|message| message.data().is_some());
    M::KINDS.iter().filter(has_payload).copied()
}

#[test]
fn every_message_keeps_fields_that_are_unknown() {
    let data = Value::Map(map(&[
        ("laterText", "text".into()),
        ("laterNumber", 1.0.into()),
        ("laterNull", Value::Null),
        ("laterObject", unknown()),
        ("__proto__", "no prototype".into()),
    ]));
    let (mut host, mut guest) = (0, 0);
    for kind in kinds_with_payload::<HostMessage>() {
        assert_kept::<HostMessage>(kind, &data);
        host += 1;
    }
    for kind in kinds_with_payload::<GuestMessage>() {
        assert_kept::<GuestMessage>(kind, &data);
        guest += 1;
    }
    assert!(host >= 15 && guest >= 13, "{host} and {guest} messages have a payload");
}

/// A text where a number was, an object where a text was: such a field counts as absent.
#[track_caller]
fn keeps_fields_of_another_form<P: Payload + std::fmt::Debug>() {
    for FieldInfo { names, rust_type } in P::FIELDS {
        let Some(name) = names.first().filter(|name| !name.is_empty()) else { continue };
        // Entries of a list that cannot be read are left out.
        let list = (!rust_type.starts_with("Vec<")).then(|| Value::List(vec!["later".into()]));
        for value in [unknown(), "later".into()].into_iter().chain(list) {
            let read = P::from_map(&map(&[(name, value.clone())]));
            // An object that is itself a payload gets the fields that it must have.
            let written = read.to_map().get(name).cloned().unwrap_or_default();
            let is_kept = written == value || value.get("later").is_some_and(|it| written.get("later") == Some(it));
            assert!(is_kept, "{name}: {rust_type} is written as {written:?} instead of {value:?}");
        }
    }
}

#[test]
fn every_payload_keeps_known_fields_that_have_another_form() {
    keeps_fields_of_another_form::<Sync>();
    keeps_fields_of_another_form::<DialNumber>();
    keeps_fields_of_another_form::<CalleeInfo>();
    keeps_fields_of_another_form::<Engagement>();
    keeps_fields_of_another_form::<EngagementOfCall>();
    keeps_fields_of_another_form::<Failure>();
    keeps_fields_of_another_form::<ErrorInfo>();
    keeps_fields_of_another_form::<NavigateToRecordFailed>();
    keeps_fields_of_another_form::<ObjectCoordinates>();
    keeps_fields_of_another_form::<CallerIdMatches>();
    keeps_fields_of_another_form::<CallerIdMatch>();
    keeps_fields_of_another_form::<Visibility>();
    keeps_fields_of_another_form::<Initialized>();
    keeps_fields_of_another_form::<Size>();
    keeps_fields_of_another_form::<IncomingCall>();
    keeps_fields_of_another_form::<OutgoingCall>();
    keeps_fields_of_another_form::<CallOnly>();
    keeps_fields_of_another_form::<CallEnded>();
    keeps_fields_of_another_form::<CallCompleted>();
    keeps_fields_of_another_form::<EngagementProperties>();
    keeps_fields_of_another_form::<NavigateToRecord>();
    keeps_fields_of_another_form::<ErrorMessage>();
    keeps_fields_of_another_form::<WidgetUrl>();
}

#[test]
fn a_value_that_an_enum_does_not_have_is_kept() {
    let ended = map(&[("externalCallId", "c1".into()), ("callEndStatus", "VOICEMAIL".into())]);
    let GuestMessage::CallEnded(call) = GuestMessage::decode("CALL_ENDED", Some(&ended.clone().into())).unwrap() else {
        panic!()
    };
    assert_eq!((call.call_end_status, call.to_map()), (None, ended));

    let properties = map(&[("hs_call_status", "VOICEMAIL".into()), ("hs_call_direction", "CONFERENCE".into())]);
    let completed = map(&[("externalCallId", "c1".into()), ("engagementProperties", properties.into())]);
    assert_eq!(CallCompleted::from_map(&completed).to_map(), completed);

    let ticket = map(&[("callerIdType", "TICKET".into()), ("subject", "It is broken".into())]);
    let data = map(&[("callerIdMatches", Value::List(vec![ticket.into()])), ("source", "AI".into())]);
    let matches = CallerIdMatches::from_map(&data);
    assert_eq!(matches.caller_id_matches.len(), 1);
    assert_eq!(matches.to_map(), data);

    let sync = map(&[("hostUrl", "https://app.hubspot.com".into()), ("iframeLocation", "sidebar".into())]);
    assert_eq!(Sync::from_map(&sync).to_map(), sync);
}

#[test]
fn a_program_that_sets_a_field_replaces_what_came() {
    let sent = map(&[("externalCallId", unknown()), ("fromNumber", unknown()), ("later", unknown())]);
    let call = IncomingCall { external_call_id: "c1".into(), ..IncomingCall::from_map(&sent) };
    let written = call.to_map();
    assert_eq!(written.get("externalCallId"), Some(&"c1".into()));
    assert_eq!((written.get("fromNumber"), written.get("later")), (Some(&unknown()), Some(&unknown())));
}

/// An object in a list of one is what parts of HubSpot's documentation show. Of several, the context has all.
#[test]
fn further_objects_of_a_list_are_in_the_context() {
    let callee = |id: f64| Value::Map(map(&[("calleeId", id.into())]));
    let sent = map(&[("calleeInfo", Value::List(vec![callee(5.0), callee(6.0)]))]);
    let dial = DialNumber::from_map(&sent);
    assert_eq!(dial.callee_info.and_then(|info| info.callee_id), Some(crate::codec::Id::from(5.0)));
    assert_eq!(dial.context, Some(sent.into()));
}
