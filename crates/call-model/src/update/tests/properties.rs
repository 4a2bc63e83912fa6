//! What holds after any list of actions whatsoever.

use super::*;
use proptest::prelude::*;
use std::collections::HashMap;

/// Anything that can happen; ids of calls are taken from those that there have been.
fn any_action() -> impl Strategy<Value = Action> {
    let call = (1u32..60).prop_map(|id| CallId(format!("call-{id}")));
    let news = prop_oneof![
        Just(PhoneNews::Answered),
        Just(PhoneNews::Busy),
        Just(PhoneNews::NotAnswered),
        Just(PhoneNews::Failed),
        Just(PhoneNews::Dropped),
        Just(PhoneNews::HungUp),
        Just(PhoneNews::Transferred),
        any::<bool>().prop_map(PhoneNews::Muted),
        any::<bool>().prop_map(PhoneNews::Recording),
        Just(PhoneNews::Incoming { from: "+16175550123".into(), to: "+16179483986".into() }),
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
        1 => Just(Action::AskToLogIn),
        1 => Just(Action::LogInRefused("no".into())),
        4 => Just(Action::LogIn),
        1 => Just(Action::LogOut),
        2 => any::<bool>().prop_map(Action::SetAvailable),
        4 => Just(Action::Dial("+16175551234".into())),
        3 => Just(Action::Answer),
        3 => Just(Action::HangUp),
        2 => Just(Action::SaveCall),
        1 => Just(Action::Finalize),
        1 => Just(Action::Mute(true)),
        1 => Just(Action::Transfer("+16175551234".into())),
        1 => call.clone().prop_map(Action::RangOut),
        1 => (0u32..5).prop_map(|id| Action::HubSpotReady(Ready { engagement_id: Some(Id::from(f64::from(id))), ..Default::default() })),
        6 => (call, news).prop_map(|(call, news)| Action::FromPhone(PhoneEvent { call, news })),
        4 => (kind, data).prop_map(|(kind, data)| hubspot(kind, data)),
    ]
}

/// What HubSpot was told of one call.
#[derive(Default, Debug)]
struct Told {
    started: u32,
    answered: u32,
    transferred: u32,
    ended: u32,
    completed: u32,
}

fn told_by_call(messages: &[GuestMessage]) -> HashMap<String, Told> {
    let mut calls: HashMap<String, Told> = HashMap::new();
    for message in messages {
        let Some(id) = message.external_call_id() else { continue };
        let told = calls.entry(id.to_owned()).or_default();
        match message {
            GuestMessage::OutgoingCall(_) | GuestMessage::IncomingCall(_) => told.started += 1,
            GuestMessage::CallAnswered(_) => told.answered += 1,
            GuestMessage::CallTransferred(_) => told.transferred += 1,
            GuestMessage::CallEnded(_) => told.ended += 1,
            GuestMessage::CallCompleted(_) => told.completed += 1,
            _ => {}
        }
    }
    calls
}

/// Runs the actions a second apart, and sees to it that every call is new.
fn run(actions: Vec<Action>) -> Desk {
    let mut desk = Desk::closed();
    let mut known: Vec<CallId> = vec![];
    for action in actions {
        // A phone system does not call twice under one id.
        if let Action::FromPhone(PhoneEvent { call, news: PhoneNews::Incoming { .. } }) = &action {
            if known.contains(call) || told_by_call(&desk.told).contains_key(&call.0) {
                continue;
            }
            known.push(call.clone());
        }
        desk.now += 1_000.0;
        desk.ids += 100; // never an id that the list of actions speaks of by chance
        desk.may(action);
    }
    desk
}

proptest! {
    #[test]
    fn a_call_starts_ends_and_completes_at_most_once(actions in prop::collection::vec(any_action(), 0..80)) {
        let desk = run(actions);
        for (id, told) in told_by_call(&desk.told) {
            prop_assert_eq!(told.started, 1, "{}: {:?}", id, told);
            prop_assert!(told.answered <= 1 && told.ended <= 1 && told.transferred <= 1, "{}: {:?}", id, told);
            prop_assert!(told.completed <= told.ended, "{}: {:?}", id, told);
        }
    }

    #[test]
    fn after_hang_up_and_save_every_call_is_completed_or_given_away(actions in prop::collection::vec(any_action(), 0..80)) {
        let mut desk = run(actions);
        desk.may(Action::LogIn);
        desk.may(Action::HangUp);
        desk.may(Action::SaveCall);
        prop_assert!(desk.state.call.is_none());
        for (id, told) in told_by_call(&desk.told) {
            let given_away = told.transferred == 1 && told.answered == 0;
            prop_assert_eq!(told.completed, u32::from(!given_away), "{}: {:?}", id, told);
        }
    }

    /// Ids are given out one for each call here, so that a message with another call's id would show.
    #[test]
    fn no_message_names_another_calls_engagement(actions in prop::collection::vec(any_action(), 0..80), late in 0usize..4) {
        let mut desk = Desk::open();
        let mut owed: Vec<String> = vec![];
        for (place, action) in actions.into_iter().enumerate() {
            if matches!(action, Action::FromHubSpot(_) | Action::HubSpotReady(_)) {
                // HubSpot answers in order, and may be late by some steps.
                if owed.len() > late {
                    let call = owed.remove(0);
                    desk.may(hubspot("CREATE_ENGAGEMENT_SUCCEEDED", map(&[("engagementId", call.into())])));
                }
                continue;
            }
            let before = desk.told.len();
            desk.now += 100.0;
            desk.ids = 1_000 + place as u32;
            desk.may(match action {
                Action::FromPhone(PhoneEvent { news: news @ PhoneNews::Incoming { .. }, .. }) => {
                    Action::FromPhone(PhoneEvent { call: CallId(format!("in-{place}")), news })
                }
                action => action,
            });
            for message in &desk.told[before..] {
                if let GuestMessage::OutgoingCall(_) | GuestMessage::IncomingCall(_) = message {
                    owed.extend(message.external_call_id().map(str::to_owned));
                }
            }
        }
        for message in &desk.told {
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
    fn the_phone_is_only_asked_what_its_call_can_do(actions in prop::collection::vec(any_action(), 0..80)) {
        let mut desk = Desk::closed();
        for action in actions {
            let before = (desk.state.call.clone(), desk.phoned.len());
            desk.may(action);
            for (call, command) in &desk.phoned[before.1..] {
                let phase = before.0.as_ref().filter(|before| before.id == *call).map(|before| &before.phase);
                let sound = match command {
                    PhoneCommand::Dial { .. } | PhoneCommand::TestIncoming { .. } | PhoneCommand::RefuseAsBusy => phase.is_none(),
                    PhoneCommand::Answer | PhoneCommand::Reject | PhoneCommand::Transfer(None) => phase == Some(&Phase::Ringing),
                    PhoneCommand::HangUp => matches!(phase, Some(Phase::Dialing | Phase::Talking { .. })),
                    _ => matches!(phase, Some(Phase::Talking { .. })),
                };
                prop_assert!(sound, "{:?} in {:?}", command, phase);
            }
        }
    }
}

proptest! {
    /// What a reload or another frame gets is what there was.
    #[test]
    fn any_state_survives_being_kept(actions in prop::collection::vec(any_action(), 0..60)) {
        let desk = run(actions);
        prop_assert_eq!(State::from_value(&desk.state.to_value()), Some(desk.state));
    }

    #[test]
    fn any_action_of_a_user_or_of_hubspot_survives_being_told_to_another_frame(action in any_action()) {
        if let Some(value) = action.clone().to_value() {
            prop_assert_eq!(Action::from_value(&value), Some(action));
        }
    }
}

#[test]
fn a_state_of_another_version_or_a_broken_one_is_no_state() {
    let Value::List(kept) = Desk::talking().state.to_value() else { panic!() };
    assert!(State::from_value(&Value::List(kept.clone())).is_some());
    assert_eq!(State::from_value(&Value::Null), None);
    assert_eq!(State::from_value(&Value::List(vec![])), None);

    let mut other_version = kept.clone();
    other_version[0] = 1.0.into();
    assert_eq!(State::from_value(&Value::List(other_version)), None);

    for place in 0..kept.len() {
        let mut shorter = kept.clone();
        shorter.remove(place);
        assert_eq!(State::from_value(&Value::List(shorter)), None, "without value {place}");
    }
}
