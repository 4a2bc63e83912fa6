//! Invariants that hold after any list of actions.

use super::*;
use proptest::prelude::*;
use std::collections::HashMap;

/// Any action; the ids of calls are taken from those that the harness has used.
fn any_action() -> impl Strategy<Value = Action> {
    let call = (1u32..60).prop_map(|id| CallId(format!("call-{id}")));
    let news = prop_oneof![
        Just(CallEvent::Answered),
        Just(CallEvent::Busy),
        Just(CallEvent::NotAnswered),
        Just(CallEvent::Failed { reason: None }),
        Just(CallEvent::Dropped),
        Just(CallEvent::HungUp),
        Just(CallEvent::Transferred),
        any::<bool>().prop_map(CallEvent::Muted),
        Just(CallEvent::Property { name: "queue".into(), value: "sales".into() }),
        any::<bool>().prop_map(CallEvent::Recording),
        Just(CallEvent::Incoming { from: "+16175550123".into(), to: "+16179483986".into() }),
    ];
    let kind = prop_oneof![
        Just("DIAL_NUMBER"),
        Just("CREATE_ENGAGEMENT_SUCCEEDED"),
        Just("CREATE_ENGAGEMENT_FAILED"),
        Just("UPDATE_ENGAGEMENT_SUCCEEDED"),
        Just("UPDATE_ENGAGEMENT_FAILED"),
        Just("FINALIZE_ENGAGEMENT_SUCCEEDED"),
        Just("FINALIZE_ENGAGEMENT_FAILED"),
        Just("END_CALL"),
    ];
    let data =
        (0u32..5).prop_map(|id| map(&[("engagementId", f64::from(id).into()), ("phoneNumber", "+16175551234".into())]));
    prop_oneof![
        1 => Just(Action::LogInRequested),
        1 => Just(Action::User(UserAction::LogInRefused("no".into()))),
        4 => Just(Action::User(UserAction::LoggedIn(session()))),
        1 => Just(Action::User(UserAction::LogOut)),
        2 => any::<bool>().prop_map(|on| UserAction::SetAvailable(on).into()),
        4 => Just(Action::User(UserAction::Dial("+16175551234".into()))),
        3 => Just(Action::User(UserAction::Answer)),
        3 => Just(Action::User(UserAction::HangUp)),
        2 => Just(Action::User(UserAction::SaveCall)),
        1 => Just(Action::User(UserAction::Finalize)),
        1 => Just(Action::User(UserAction::SetProperty { name: "topic".into(), value: "renewal".into() })),
        1 => Just(Action::User(UserAction::Mute(true))),
        1 => Just(Action::User(UserAction::Transfer("+16175551234".into()))),
        1 => call.clone().prop_map(Action::RingTimeout),
        1 => (0u32..5).prop_map(|id| Action::HubSpotReady(Ready { engagement_id: Some(Id::from(f64::from(id))), ..Default::default() })),
        6 => (call, news).prop_map(|(call, news)| Action::Phone(PhoneEvent::Call { call, event: news })),
        4 => (kind, data).prop_map(|(kind, data)| hubspot(kind, data)),
    ]
}

/// What HubSpot was sent of one call.
#[derive(Default, Debug)]
struct Sent {
    started: u32,
    answered: u32,
    transferred: u32,
    ended: u32,
    completed: u32,
}

fn sent_by_call(messages: &[GuestMessage]) -> HashMap<String, Sent> {
    let mut calls: HashMap<String, Sent> = HashMap::new();
    for message in messages {
        let Some(id) = message.external_call_id() else { continue };
        let sent = calls.entry(id.to_owned()).or_default();
        match message {
            GuestMessage::OutgoingCall(_) | GuestMessage::IncomingCall(_) => sent.started += 1,
            GuestMessage::CallAnswered(_) => sent.answered += 1,
            GuestMessage::CallTransferred(_) => sent.transferred += 1,
            GuestMessage::CallEnded(_) => sent.ended += 1,
            GuestMessage::CallCompleted(_) => sent.completed += 1,
            _ => {}
        }
    }
    calls
}

/// Applies the actions one second apart. Each incoming call gets a new id.
fn run(actions: Vec<Action>) -> TestHarness {
    let mut harness = TestHarness::logged_out();
    let mut known: Vec<CallId> = vec![];
    for action in actions {
        // A phone system does not use an id twice.
        if let Action::Phone(PhoneEvent::Call { call, event: CallEvent::Incoming { .. } }) = &action {
            if known.contains(call) || sent_by_call(&harness.sent).contains_key(&call.0) {
                continue;
            }
            known.push(call.clone());
        }
        harness.now += 1_000.0;
        harness.ids += 100; // no id that the list of actions contains by chance
        harness.apply(action);
    }
    harness
}

proptest! {
    #[test]
    fn a_call_starts_ends_and_completes_at_most_once(actions in prop::collection::vec(any_action(), 0..80)) {
        let harness = run(actions);
        for (id, sent) in sent_by_call(&harness.sent) {
            prop_assert_eq!(sent.started, 1, "{}: {:?}", id, sent);
            prop_assert!(sent.answered <= 1 && sent.ended <= 1 && sent.transferred <= 1, "{}: {:?}", id, sent);
            prop_assert!(sent.completed <= sent.ended, "{}: {:?}", id, sent);
        }
    }

    #[test]
    fn after_hang_up_and_save_every_call_is_completed_or_transferred(actions in prop::collection::vec(any_action(), 0..80)) {
        let mut harness = run(actions);
        harness.apply(UserAction::LoggedIn(session()));
        harness.apply(UserAction::HangUp);
        harness.apply(UserAction::SaveCall);
        prop_assert!(harness.state.call.is_none());
        for (id, sent) in sent_by_call(&harness.sent) {
            let transferred = sent.transferred == 1 && sent.answered == 0;
            prop_assert_eq!(sent.completed, u32::from(!transferred), "{}: {:?}", id, sent);
        }
    }

    /// Each call has an engagement id of its own here, so that a wrong id is detected.
    #[test]
    fn no_message_names_another_calls_engagement(actions in prop::collection::vec(any_action(), 0..80), late in 0usize..4) {
        let mut harness = TestHarness::logged_in();
        let mut owed: Vec<String> = vec![];
        for (place, action) in actions.into_iter().enumerate() {
            if matches!(action, Action::HubSpot(_) | Action::HubSpotReady(_)) {
                // HubSpot answers in order, with a delay of some steps.
                if owed.len() > late {
                    let call = owed.remove(0);
                    harness.apply(hubspot("CREATE_ENGAGEMENT_SUCCEEDED", map(&[("engagementId", call.into())])));
                }
                continue;
            }
            let before = harness.sent.len();
            harness.now += 100.0;
            harness.ids = 1_000 + place as u32;
            harness.apply(match action {
                Action::Phone(PhoneEvent::Call { event: news @ CallEvent::Incoming { .. }, .. }) => {
                    Action::Phone(PhoneEvent::Call { call: CallId(format!("in-{place}")), event: news })
                }
                action => action,
            });
            for message in &harness.sent[before..] {
                if let GuestMessage::OutgoingCall(_) | GuestMessage::IncomingCall(_) = message {
                    owed.extend(message.external_call_id().map(str::to_owned));
                }
            }
        }
        for message in &harness.sent {
            let engagement = match message {
                GuestMessage::CallEnded(call) => call.engagement_id.clone(),
                GuestMessage::CallCompleted(call) => call.engagement_id.clone(),
                GuestMessage::FinalizeEngagement(call) => call.engagement_id.clone(),
                _ => None,
            };
            if let Some(id) = engagement {
                prop_assert_eq!(Some(id.text()), message.external_call_id().map(str::to_owned));
            }
        }
    }

    #[test]
    fn the_phone_system_gets_only_commands_that_fit_the_phase(actions in prop::collection::vec(any_action(), 0..80)) {
        let mut harness = TestHarness::logged_out();
        for action in actions {
            let before = (harness.state.call.clone(), harness.phoned.len());
            harness.apply(action);
            for (call, command) in &harness.phoned[before.1..] {
                let phase = before.0.as_ref().filter(|before| before.id == *call).map(|before| &before.phase);
                let sound = match command {
                    PhoneCommand::Dial { .. } | PhoneCommand::SimulateIncoming { .. } | PhoneCommand::RejectAsBusy => phase.is_none(),
                    PhoneCommand::Answer | PhoneCommand::Reject | PhoneCommand::Transfer(None) => phase == Some(&CallPhase::Ringing),
                    PhoneCommand::HangUp => matches!(phase, Some(CallPhase::Dialing | CallPhase::Talking { .. })),
                    _ => matches!(phase, Some(CallPhase::Talking { .. })),
                };
                prop_assert!(sound, "{:?} in {:?}", command, phase);
            }
        }
    }
}

proptest! {
    /// A reload and other frames get an identical state.
    #[test]
    fn any_state_survives_json(actions in prop::collection::vec(any_action(), 0..60)) {
        let harness = run(actions);
        let json = serde_json::to_string(&harness.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&json).unwrap(), harness.state);
    }

    #[test]
    fn any_action_of_the_user_survives_json(action in any_action()) {
        if let Action::User(action) = action {
            let json = serde_json::to_string(&action).unwrap();
            prop_assert_eq!(serde_json::from_str::<UserAction>(&json).unwrap(), action);
        }
    }
}
