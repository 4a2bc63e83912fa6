use super::*;
use crate::message::{CalleeInfo, EndStatus, Engagement};

fn map(fields: &[(&str, Value)]) -> Value {
    Value::Map(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

#[track_caller]
fn reads<T: Field + PartialEq + std::fmt::Debug>(value: Value, expected: Option<T>) {
    assert_eq!(value.read::<T>(), expected, "{value:?}");
}

#[test]
fn numbers_are_read_from_text_and_text_from_numbers() {
    reads("1500".into(), Some(1500.0));
    reads("-2.25".into(), Some(-2.25));
    reads::<f64>("".into(), None);
    reads::<f64>(".".into(), None);
    reads::<f64>("12px".into(), None);
    reads::<f64>(Value::Null, None);
    reads(16175551234.0.into(), Some("16175551234".to_owned()));
    reads::<String>(0.5.into(), None);
    reads::<String>(f64::NAN.into(), None);
    reads::<String>(map(&[("number", 1.0.into())]), None);
    reads(0.0.into(), Some(false));
    reads("true".into(), Some(true));
    reads::<bool>("perhaps".into(), None);
}

#[test]
fn a_string_that_is_not_listed_is_not_read() {
    reads("BUSY".into(), Some(EndStatus::Busy));
    reads::<EndStatus>("INTERNAL_BUSY".into(), None);
    reads::<EndStatus>("busy".into(), None);
}

#[test]
fn ids_keep_their_form_and_are_compared_by_value() {
    let pairs = [
        (Id::from("00123"), Id::from(123.0), true),
        (Id::from("9007199254740993"), Id::from("9007199254740993"), true),
        (Id::from("9007199254740993"), Id::from(9007199254740992.0), false),
        (Id::from("abc"), Id::from("abc"), true),
        (Id::from("0abc"), Id::from("abc"), false),
        (Id::from(1.0), Id::from(2.0), false),
    ];
    for (left, right, equal) in pairs {
        assert_eq!(left == right, equal, "{left:?} {right:?}");
    }
    assert_eq!(Id::from("00123").to_value(), Some("00123".into()));
    assert_eq!(Id::from(123.0).to_value(), Some(123.0.into()));
    assert!(Id::from(0.0).is_none() && Id::from("").is_none() && !Id::from("10").is_none());
}

#[test]
fn unknown_and_unreadable_fields_are_kept_and_written_unchanged() {
    let value = map(&[
        ("later", Value::List(vec![1.0.into()])),
        ("engagementId", map(&[("unreadable", true.into())])),
        ("__proto__", "text".into()),
    ]);
    let read: Engagement = value.read().unwrap();
    assert_eq!(read.engagement_id, None);
    let written = read.to_value().unwrap();
    assert_eq!(written, value);
}

#[test]
fn other_spellings_and_nested_fields_are_read() {
    let nested = map(&[("engagement", map(&[("id", "7".into())]))]);
    assert_eq!(nested.read::<Engagement>().unwrap().engagement_id, Some(Id::from("7")));

    let spelled = map(&[("calleeID", 5.0.into()), ("objectTypeID", "0-1".into())]);
    let info: CalleeInfo = spelled.read().unwrap();
    assert_eq!((info.callee_id, info.callee_object_type_id), (Some(Id::from(5.0)), Some("0-1".into())));

    // Parts of the documentation show a list around the object.
    let listed = Value::List(vec![map(&[("calleeId", 5.0.into())])]);
    assert_eq!(listed.read::<CalleeInfo>().unwrap().callee_id, Some(Id::from(5.0)));
}

#[test]
fn the_last_value_of_a_repeated_name_is_used() {
    let twice: Map = [("a".to_owned(), 1.0.into()), ("a".to_owned(), 2.0.into())].into_iter().collect();
    assert_eq!((twice.len(), twice.get("a")), (1, Some(&2.0.into())));
}

#[cfg(feature = "serde")]
#[test]
fn a_payload_in_json_has_the_field_names_of_the_protocol() {
    let json = r#"{"engagementId":5,"later":[null,1.5,"x"]}"#;
    let read: Engagement = serde_json::from_str(json).unwrap();
    assert_eq!(read.engagement_id, Some(Id::from(5.0)));
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
}
