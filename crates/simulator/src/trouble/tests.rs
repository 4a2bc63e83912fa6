#![allow(clippy::unwrap_used)]

use super::*;
use calling_extensions::codec::{Map, Value};

/// Sends messages 1, 2, 3 … under these switches; what arrives is written as its number and its delay, what is lost as `lost 1`.
#[track_caller]
fn check(trouble: &Trouble, messages: u32, fates: &[&str]) {
    let (mut trouble, mut held) = (trouble.clone(), None);
    let mut all = Vec::new();
    for message in 1..=messages {
        all.extend(send(&mut trouble, &mut held, Value::Number(f64::from(message))));
    }
    all.extend(release(&trouble, &mut held));
    let words: Vec<_> = all.iter().map(words).collect();
    assert_eq!(words, fates);
}

fn words(fate: &Fate) -> String {
    let number = |message: &Value| message.read::<String>().unwrap();
    match fate {
        Fate::Arrives { message, after } => format!("{} after {after}", number(message)),
        Fate::Lost { message } => format!("lost {}", number(message)),
    }
}

#[test]
fn on_an_ordinary_day_everything_arrives_at_once() {
    check(&Trouble::default(), 2, &["1 after 0", "2 after 0"]);
}

#[test]
fn each_switch_does_what_it_says() {
    check(&Trouble { delay: 250, ..Default::default() }, 2, &["1 after 250", "2 after 250"]);
    check(
        &Trouble { duplicates: true, ..Default::default() },
        2,
        &["1 after 0", "1 after 0", "2 after 0", "2 after 0"],
    );
    check(
        &Trouble { reorders: true, ..Default::default() },
        5,
        &["2 after 0", "1 after 0", "4 after 0", "3 after 0", "5 after 0"],
    );
    check(&Trouble { loses_next: true, ..Default::default() }, 3, &["lost 1", "2 after 0", "3 after 0"]);
}

#[test]
fn troubles_come_together() {
    let all = Trouble { delay: 9, duplicates: true, reorders: true, loses_next: true, ..Default::default() };
    check(&all, 3, &["lost 1", "3 after 9", "3 after 9", "2 after 9", "2 after 9"]);
    check(
        &Trouble { delay: 9, duplicates: true, reorders: true, ..Default::default() },
        1,
        &["1 after 9", "1 after 9"],
    );
}

#[test]
fn a_duplicate_is_the_very_same_message() {
    let mut map = Map::new();
    map.set("messageId", "desk_1");
    let message = Value::Map(map);
    let fates = send(&mut Trouble { duplicates: true, ..Default::default() }, &mut None, message.clone());
    assert_eq!(fates, vec![Fate::Arrives { message, after: 0.0 }; 2]);
}

#[test]
fn mischief_is_what_it_is_called() {
    let mut sync = Map::new();
    sync.set("type", "SYNC");
    sync.set("messageId", "host_3");
    sync.set("hostUrl", "https://app.hubspot.com");
    let rows = [
        (Mischief::SecondSync, Some("SYNC"), Some("host_3")),
        (Mischief::UnknownType, Some("A_TYPE_THAT_NOBODY_KNOWS"), Some("desk_1")),
        (Mischief::InheritedType, Some("toString"), Some("desk_1")),
        (Mischief::Null, None, None),
        (Mischief::Text, None, None),
        (Mischief::NoType, None, Some("desk_1")),
        (Mischief::NoMessageId, Some("DIAL_NUMBER"), None),
        (Mischief::EmptyDialNumber, Some("DIAL_NUMBER"), Some("desk_1")),
        (Mischief::MistypedMatches, Some("CALLER_ID_MATCH_SUCCEEDED"), Some("desk_1")),
        (Mischief::TooDeep, Some("SET_CALL_STATE"), Some("desk_1")),
        (Mischief::TooLong, Some("SET_CALL_STATE"), Some("desk_1")),
    ];
    assert_eq!(rows.map(|(mischief, ..)| mischief), Mischief::ALL);
    for (mischief, kind, id) in rows {
        let value = mischief.value("desk_1", &sync);
        let text = |name: &str| value.get(name).and_then(Value::as_text);
        assert_eq!((text("type"), text("messageId")), (kind, id), "{mischief:?}");
    }
    assert!(Mischief::SecondSync.value("desk_1", &sync).get("hostUrl").is_some());
    assert!(
        matches!(Mischief::SecondSync.value("desk_1", &Map::new()).get("messageId"), Some(Value::Text(id)) if id == "desk_1")
    );
}
