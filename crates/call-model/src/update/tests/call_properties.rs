//! Further properties of the engagement: from the account, the phone system and the screens.

use super::*;
use calling_extensions::codec::{Map, Payload};
use std::rc::Rc;

fn property(name: &str, value: &str) -> CallEvent {
    CallEvent::Property { name: name.into(), value: value.into() }
}

fn entered(name: &str, value: &str) -> UserAction {
    UserAction::SetProperty { name: name.into(), value: value.into() }
}

/// Logged in to an account whose calls begin with these properties.
fn with_account(properties: &[(&str, Value)]) -> TestHarness {
    let mut harness = TestHarness::logged_in();
    let account = &mut Rc::make_mut(harness.state.session.as_mut().unwrap()).account;
    account.call_properties = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    harness
}

/// The properties of the CALL_COMPLETED that was sent last, as they are in the message.
fn saved(harness: &TestHarness) -> Map {
    let Some(GuestMessage::CallCompleted(completed)) = harness.sent.last() else { panic!("{:?}", harness.sent) };
    completed.engagement_properties.as_ref().unwrap().to_map()
}

fn text<'a>(properties: &'a Map, name: &str) -> Option<&'a str> {
    properties.get(name).and_then(Value::as_text)
}

#[test]
fn all_three_sources_are_saved_with_the_call() {
    let mut harness = with_account(&[("hs_call_source", "INTEGRATIONS_PLATFORM".into()), ("team", "north".into())]);
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.event(property("hs_call_external_id", "rec-1"));
    harness.event(CallEvent::Answered);
    harness.does(entered("topic", "price"));
    harness.does(entered("topic", "renewal"));
    harness.does(UserAction::HangUp);
    harness.event(property("cost", "0.12"));
    harness.does(UserAction::SaveCall);
    let saved = saved(&harness);
    for (name, value) in [
        ("hs_call_source", "INTEGRATIONS_PLATFORM"),
        ("team", "north"),
        ("hs_call_external_id", "rec-1"),
        ("topic", "renewal"),
        ("cost", "0.12"),
        ("hs_call_status", "COMPLETED"),
    ] {
        assert_eq!(text(&saved, name), Some(value), "{name}");
    }
}

#[test]
fn every_call_begins_with_those_of_the_account_alone() {
    let mut harness = with_account(&[("team", "north".into())]);
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.event(property("team", "south"));
    harness.event(property("queue", "sales"));
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    let first = saved(&harness);
    assert_eq!((text(&first, "team"), text(&first, "queue")), (Some("south"), Some("sales")));
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    let second = saved(&harness);
    assert_eq!((text(&second, "team"), text(&second, "queue")), (Some("north"), None));
}

#[test]
fn what_the_widget_sets_itself_is_not_replaced() {
    let mut harness = with_account(&[("hs_call_status", "BUSY".into()), ("hs_call_disposition", "connected".into())]);
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.event(property("hs_timestamp", "0"));
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SaveCall);
    let without_outcome = saved(&harness);
    assert_eq!(text(&without_outcome, "hs_call_status"), Some("CANCELED"));
    assert_eq!(text(&without_outcome, "hs_timestamp"), Some("1000000"));
    assert_eq!(text(&without_outcome, "hs_call_disposition"), Some("connected"), "the user has chosen none");

    harness.does(UserAction::Dial("+16175551234".into()));
    harness.does(UserAction::HangUp);
    harness.does(UserAction::SetDisposition(Some("busy".into())));
    harness.does(UserAction::SaveCall);
    assert_eq!(text(&saved(&harness), "hs_call_disposition"), Some("busy"));
}

#[test]
fn the_values_of_the_account_are_sent_as_text() {
    let mut harness = with_account(&[
        ("seat", 7.0.into()),
        ("flag", true.into()),
        ("nested", Map::new().into()),
        ("none", Value::Null),
    ]);
    harness.does(UserAction::Dial("+16175551234".into()));
    assert_eq!(harness.call().properties, [("seat".to_owned(), Value::from("7"))].into_iter().collect());
}

#[test]
fn without_a_call_there_is_nothing_to_set() {
    let mut harness = TestHarness::logged_in();
    harness.ignores(entered("topic", "renewal"));
    harness.does(UserAction::Dial("+16175551234".into()));
    harness.ignores(Action::Phone(PhoneEvent::Call { call: "another".into(), event: property("queue", "sales") }));
    assert!(harness.call().properties.is_empty());
}

#[test]
fn a_back_end_sends_them_as_an_object_and_a_stored_call_keeps_them() {
    let account: Account = serde_json::from_str(r#"{"call_properties": {"team": "north", "seat": 7}}"#).unwrap();
    assert_eq!(account.call_properties.len(), 2);
    assert!(serde_json::from_str::<Account>("{}").unwrap().call_properties.is_empty());

    let mut harness = TestHarness::logged_in();
    Rc::make_mut(harness.state.session.as_mut().unwrap()).account = account;
    harness.does(UserAction::Dial("+16175551234".into()));
    let stored = serde_json::to_string(harness.call()).unwrap();
    let properties = r#","properties":{"team":"north","seat":"7"}"#;
    assert!(stored.contains(properties), "{stored}");
    let restored: Call = serde_json::from_str(&stored).unwrap();
    assert_eq!(&restored, harness.call());
    let of_an_older_build: Call = serde_json::from_str(&stored.replace(properties, "")).unwrap();
    assert!(of_an_older_build.properties.is_empty());
}
