//! Properties of the sessions for any messages in any order.

use super::*;
use crate::{message::Sync, origin::AllowedOrigins};
use proptest::prelude::*;

const ORIGINS: [&str; 5] = [HUBSPOT, "https://app-eu1.hubspot.com", "https://evil.example", "null", WIDGET];
const KINDS: [&str; 14] = [
    "SYNC",
    "SYNC_ACK",
    "READY",
    "SYNC_ACK_FAILED",
    "ERROR",
    "FAILED",
    "DIAL_NUMBER",
    "INITIALIZED",
    "LOGGED_IN",
    "CALL_ENDED",
    "SET_WIDGET_URL",
    "CREATE_ENGAGEMENT_FAILED",
    "toString",
    "RESIZE_WIDGET",
];

#[derive(Debug, Clone)]
enum Input {
    Message {
        origin: &'static str,
        from_peer: bool,
        message: Value,
    },
    Send(&'static str, Option<Value>),
    /// The frame of a host loads (true), or its interval elapses.
    Time(bool, f64),
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        ".{0,8}".prop_map(Value::Text),
        proptest::sample::select(&ORIGINS[..]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let fields = proptest::collection::vec(("[a-z_]{0,6}|iFrameUrl|engagementId|isLoggedIn", inner.clone()), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::List),
            fields.prop_map(|fields| Value::Map(fields.into_iter().collect())),
        ]
    })
}

fn any_message() -> impl Strategy<Value = Value> {
    let id = prop_oneof![
        "[ab]_[0-9]".prop_map(Value::Text),
        "rs1(-[12])?_[1-4]".prop_map(Value::Text),
        any::<u8>().prop_map(|number| Value::Number(f64::from(number))),
        any_value(),
    ];
    let url = prop_oneof![proptest::sample::select(&ORIGINS[..]).prop_map(Value::from), any_value()];
    let shaped =
        (proptest::sample::select(&KINDS[..]), id, proptest::option::of(url), proptest::option::of(any_value()))
            .prop_map(|(kind, id, url, data)| {
                let mut message = Map::new();
                message.set("type", kind);
                message.set("messageId", id);
                for (name, field) in [("hostUrl", url.clone()), ("iFrameUrl", url), ("data", data)] {
                    if let Some(field) = field {
                        message.set(name, field);
                    }
                }
                Value::Map(message)
            });
    prop_oneof![4 => shaped, 1 => any_value()]
}

fn any_input() -> impl Strategy<Value = Input> {
    let message = (proptest::sample::select(&ORIGINS[..]), proptest::bool::weighted(0.9), any_message());
    prop_oneof![
        4 => message.prop_map(|(origin, from_peer, message)| Input::Message { origin, from_peer, message }),
        2 => (proptest::sample::select(&KINDS[..]), proptest::option::of(any_value()))
            .prop_map(|(kind, data)| Input::Send(kind, data)),
        1 => (proptest::bool::weighted(0.3), 0.0..40_000.0).prop_map(|(loads, now)| Input::Time(loads, now)),
    ]
}

/// The type of a message, or an empty text.
fn kind_of(message: &Value) -> &str {
    message.get("type").and_then(Value::as_text).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_guest_posts_only_to_allowed_origins_and_answers_each_host_once(
        inputs in proptest::collection::vec(any_input(), 0..60)
    ) {
        let allowed = AllowedOrigins::for_widget_at(WIDGET);
        let mut session = GuestSession::new(GuestConfig {
            seed: "1".into(), own_origin: WIDGET.into(), allowed: allowed.clone(), debug_mode: false, framed: true,
        });
        let mut answered: Vec<String> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for input in inputs {
            let mut received = None;
            let outputs = match input {
                Input::Message { origin, from_peer, message } => {
                    received = Some(kind_of(&message).to_owned());
                    let outputs = session.receive(&Incoming { origin, from_peer, read: &|| Ok(message.clone()) });
                    let refused = matches!(outputs[..], [Output::Ignored(_)]);
                    prop_assert!(refused || from_peer && allowed.allows(&Origin::parse(origin).unwrap()));
                    outputs
                }
                Input::Send(kind, data) => session.send(kind, data).unwrap_or_default(),
                Input::Time(..) => Vec::new(),
            };
            for (message, to) in posts(&outputs) {
                prop_assert!(allowed.allows(&Origin::parse(to).unwrap()));
                let id = message.get("messageId").unwrap().read::<String>().unwrap_or_default();
                if kind_of(message) == "SYNC_ACK" {
                    prop_assert_eq!(received.as_deref(), Some("SYNC"));
                    // A SYNC without an id gets one of this side's.
                    let instance = id.split('_').next().unwrap_or_default().to_owned();
                    prop_assert!(instance == "rs1" || !answered.contains(&instance), "{instance} was answered twice");
                    answered.push(instance);
                } else {
                    prop_assert!(!ids.contains(&id), "{id} was used twice");
                    ids.push(id);
                }
            }
            if received.as_deref() == Some("ERROR") {
                prop_assert!(posted(&outputs).is_empty());
            }
        }
    }

    #[test]
    fn a_host_posts_only_to_its_guest_and_is_ready_once_for_each_load(
        inputs in proptest::collection::vec(any_input(), 0..60)
    ) {
        let mut session = HostSession::new(HostConfig {
            seed: "1".into(), own_origin: HUBSPOT.into(), guest: Origin::parse(WIDGET).unwrap(), sync: Sync::default(),
        });
        let (mut loads, mut readies) = (0, 0);
        for input in inputs {
            let guest = session.guest().clone();
            let mut received = None;
            let outputs = match input {
                Input::Message { origin, from_peer, message } => {
                    received = Some(kind_of(&message).to_owned());
                    let outputs = session.receive(&Incoming { origin, from_peer, read: &|| Ok(message.clone()) });
                    let refused = matches!(outputs[..], [Output::Ignored(_)]);
                    prop_assert!(refused || from_peer && origin == guest.as_str());
                    outputs
                }
                Input::Send(kind, data) => session.send(kind, data).unwrap_or_default(),
                Input::Time(true, now) => {
                    loads += 1;
                    session.frame_loaded(now)
                }
                Input::Time(false, now) => session.tick(now),
            };
            for (_, to) in posts(&outputs) {
                prop_assert_eq!(to, guest.as_str());
            }
            readies += raised(&outputs).iter().filter(|event| matches!(event, HostEvent::Ready { .. })).count();
            prop_assert!(readies <= loads);
            if received.as_deref() == Some("ERROR") {
                prop_assert!(posted(&outputs).is_empty());
            }
        }
    }
}
