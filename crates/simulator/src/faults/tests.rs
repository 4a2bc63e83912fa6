#![allow(clippy::unwrap_used)]

use super::*;
use calling_extensions::codec::{Map, Value};

/// Sends messages 1, 2, 3 … with these faults. `1 after 0` is a message with its delay, `lost 1` a dropped one.
#[track_caller]
fn check(faults: &Faults, messages: u32, deliveries: &[&str]) {
    let (mut faults, mut held) = (faults.clone(), None);
    let mut all = Vec::new();
    for message in 1..=messages {
        all.extend(send(&mut faults, &mut held, Value::Number(f64::from(message))));
    }
    all.extend(release(&faults, &mut held));
    let descriptions: Vec<_> = all.iter().map(description).collect();
    assert_eq!(descriptions, deliveries);
}

fn description(delivery: &Delivery) -> String {
    let number = |message: &Value| message.read::<String>().unwrap();
    match delivery {
        Delivery::Arrives { message, after } => format!("{} after {after}", number(message)),
        Delivery::Lost { message } => format!("lost {}", number(message)),
    }
}

#[test]
fn without_faults_everything_arrives_at_once() {
    check(&Faults::default(), 2, &["1 after 0", "2 after 0"]);
}

#[test]
fn each_fault_has_its_effect() {
    check(&Faults { delay: 250, ..Default::default() }, 2, &["1 after 250", "2 after 250"]);
    check(&Faults { duplicates: true, ..Default::default() }, 2, &["1 after 0", "1 after 0", "2 after 0", "2 after 0"]);
    check(
        &Faults { reorders: true, ..Default::default() },
        5,
        &["2 after 0", "1 after 0", "4 after 0", "3 after 0", "5 after 0"],
    );
    check(&Faults { loses_next: true, ..Default::default() }, 3, &["lost 1", "2 after 0", "3 after 0"]);
}

#[test]
fn faults_can_be_combined() {
    let all = Faults { delay: 9, duplicates: true, reorders: true, loses_next: true, ..Default::default() };
    check(&all, 3, &["lost 1", "3 after 9", "3 after 9", "2 after 9", "2 after 9"]);
    check(&Faults { delay: 9, duplicates: true, reorders: true, ..Default::default() }, 1, &["1 after 9", "1 after 9"]);
}

#[test]
fn a_duplicate_is_identical() {
    let mut map = Map::new();
    map.set("messageId", "hubspot_1");
    let message = Value::Map(map);
    let deliveries = send(&mut Faults { duplicates: true, ..Default::default() }, &mut None, message.clone());
    assert_eq!(deliveries, vec![Delivery::Arrives { message, after: 0.0 }; 2]);
}

#[test]
fn each_malformed_message_has_its_type_and_id() {
    let mut sync = Map::new();
    sync.set("type", "SYNC");
    sync.set("messageId", "host_3");
    sync.set("hostUrl", "https://app.hubspot.com");
    let rows = [
        (MalformedMessage::SecondSync, Some("SYNC"), Some("host_3")),
        (MalformedMessage::UnknownType, Some("A_TYPE_THAT_NOBODY_KNOWS"), Some("hubspot_1")),
        (MalformedMessage::InheritedType, Some("toString"), Some("hubspot_1")),
        (MalformedMessage::Null, None, None),
        (MalformedMessage::Text, None, None),
        (MalformedMessage::NoType, None, Some("hubspot_1")),
        (MalformedMessage::NoMessageId, Some("DIAL_NUMBER"), None),
        (MalformedMessage::EmptyDialNumber, Some("DIAL_NUMBER"), Some("hubspot_1")),
        (MalformedMessage::MistypedMatches, Some("CALLER_ID_MATCH_SUCCEEDED"), Some("hubspot_1")),
        (MalformedMessage::TooDeep, Some("SET_CALL_STATE"), Some("hubspot_1")),
        (MalformedMessage::TooLong, Some("SET_CALL_STATE"), Some("hubspot_1")),
    ];
    assert_eq!(rows.map(|(malformed, ..)| malformed), MalformedMessage::ALL);
    for (malformed, kind, id) in rows {
        let value = malformed.value("hubspot_1", &sync);
        let text = |name: &str| value.get(name).and_then(Value::as_text);
        assert_eq!((text("type"), text("messageId")), (kind, id), "{malformed:?}");
    }
    assert!(MalformedMessage::SecondSync.value("hubspot_1", &sync).get("hostUrl").is_some());
    assert!(
        matches!(MalformedMessage::SecondSync.value("hubspot_1", &Map::new()).get("messageId"), Some(Value::Text(id)) if id == "hubspot_1")
    );
}
