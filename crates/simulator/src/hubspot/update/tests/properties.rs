//! Properties that hold for any sequence of actions.

use super::*;
use crate::faults::MalformedMessage;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};

const RECORDS: [&str; 5] = ["0-1/51", "0-1/55", "0-2/201", "0-1/57", "2-1234567/401"];

fn any_frame() -> impl Strategy<Value = FrameId> {
    prop_oneof![Just("a"), Just("b"), Just("c")].prop_map(frame)
}

fn any_payload() -> impl Strategy<Value = Value> {
    let call = prop_oneof![Just("c1"), Just("c2"), Just("c3"), Just("")];
    let number = prop_oneof![Just("+16175550111"), Just("+16175550141"), Just("617 555 0161"), Just("x")];
    (call, number, any::<Option<bool>>(), 0u64..40, any::<bool>()).prop_map(
        |(call, number, create, engagement, hide)| {
            let coordinates =
                object([("objectId", Value::Number(engagement as f64 + 30.0)), ("objectTypeId", "0-1".into())]);
            let mut map = object([
                ("externalCallId", call.into()),
                ("fromNumber", number.into()),
                ("toNumber", number.into()),
                ("hideWidget", hide.into()),
                ("message", number.into()),
                ("objectCoordinates", coordinates.into()),
                ("engagementProperties", object([("hs_call_body", number.into())]).into()),
            ]);
            if let Some(create) = create {
                map.set("createEngagement", create);
            }
            if engagement > 0 {
                map.set("engagementId", Value::Number(61_250_000_000.0 + engagement as f64));
            }
            map.into()
        },
    )
}

fn any_action() -> impl Strategy<Value = Action> {
    let location =
        prop_oneof![Just(IframeLocation::Widget), Just(IframeLocation::Remote), Just(IframeLocation::Window)];
    let opened = (any_frame(), location, any::<Option<bool>>(), any::<bool>()).prop_map(
        |(frame, location, uses_calling_window, supports_inbound_calling)| Action::FrameOpened {
            frame,
            location,
            uses_calling_window,
            supports_inbound_calling,
        },
    );
    let messages = (any_frame(), 0..GuestMessage::KINDS.len(), proptest::option::weighted(0.9, any_payload()))
        .prop_map(|(frame, kind, data)| Action::FromWidget { frame, kind: GuestMessage::KINDS[kind].to_owned(), data });
    let dial = (proptest::option::of(any_frame()), 0..RECORDS.len())
        .prop_map(|(frame, at)| click(frame.as_ref().map(|frame| frame.0.as_str()), RECORDS[at]));
    let faults = any::<[bool; 8]>().prop_map(|on| {
        Action::SetFaults(Faults {
            creation_fails: on[0] && on[1],
            update_fails: on[1] && on[2],
            finalizing_fails: on[2] && on[3],
            navigation_fails: on[3] && on[4],
            old_engagement_created: on[4],
            duplicates: on[5],
            reorders: on[6],
            loses_next: on[7],
            ..Default::default()
        })
    });
    prop_oneof![
        3 => opened,
        4 => any_frame().prop_map(|frame| Action::FrameReady { frame }),
        1 => any_frame().prop_map(|frame| Action::FrameTimedOut { frame }),
        1 => any_frame().prop_map(|frame| Action::FrameReloading { frame }),
        1 => any_frame().prop_map(|frame| Action::FrameRemoved { frame }),
        30 => messages,
        4 => dial,
        1 => any_frame().prop_map(|frame| Action::CloseFrame { frame }),
        1 => any_frame().prop_map(|frame| Action::ReloadFrame { frame }),
        1 => Just(Action::EndCall),
        1 => (any_frame(), any::<bool>(), any::<bool>())
            .prop_map(|(frame, minimized, hidden)| Action::Visibility { frame, minimized, hidden }),
        1 => (any_frame(), any_payload())
            .prop_map(|(frame, data)| Action::Send { frame, kind: "SET_CALL_STATE".into(), data: Some(data) }),
        1 => any_frame().prop_map(|frame| Action::SendMalformed { frame, malformed: MalformedMessage::Null }),
        2 => faults,
        1 => any_frame().prop_map(|frame| Action::Release { frame }),
        1 => Just(Action::StartQueue),
        2 => Just(Action::CallTask { frame: None }),
        1 => Just(Action::SkipTask),
        1 => Just(Action::LeaveQueue),
        1 => (0u64..30).prop_map(|alert| Action::Dismiss { alert }),
        1 => Just(Action::Reset),
    ]
}

proptest! {
    #[test]
    fn ids_are_unique_and_no_call_is_twice_on_a_timeline(actions in prop::collection::vec(any_action(), 0..60)) {
        let mut state = State::default();
        let mut messages: BTreeMap<String, Value> = BTreeMap::new();
        let mut created = HashSet::new();
        for (step, action) in actions.into_iter().enumerate() {
            let (next, effects) = update(&state, step as f64, action);
            for effect in effects {
                let Effect::Post { message, .. } = effect else { continue };
                let id = message.get("messageId").and_then(Value::as_text).unwrap().to_owned();
                let is_new = messages.get(&id).is_none_or(|known| *known == message);
                prop_assert!(is_new, "{} was given to two messages", id);
                if messages.insert(id, message.clone()).is_none()
                    && matches!(message.get("type").and_then(Value::as_text), Some("CREATE_ENGAGEMENT_SUCCEEDED" | "ENGAGEMENT_CREATED"))
                {
                    let engagement = message.get("data").and_then(|data| data.get("engagementId")).unwrap().read::<String>().unwrap();
                    prop_assert!(created.insert(engagement), "an engagement was announced twice");
                }
            }
            let engagements: Vec<_> = next.calls.iter().filter_map(|call| call.engagement).collect();
            prop_assert_eq!(engagements.iter().collect::<HashSet<_>>().len(), engagements.len());
            for id in RECORDS {
                let serials: Vec<_> = next.timeline(&record(id)).map(|call| call.serial).collect();
                prop_assert_eq!(serials.iter().collect::<HashSet<_>>().len(), serials.len());
            }
            prop_assert!(next.calls.iter().all(|call| !(call.is_active() && call.is_done())));
            prop_assert!(next.ids >= state.ids);
            let saved = serde_json::to_string(&next).unwrap();
            prop_assert_eq!(&serde_json::from_str::<State>(&saved).unwrap(), &next, "it survives a reload");
            state = next;
        }
    }
}
