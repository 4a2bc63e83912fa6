//! Checks of `Telephony`.
//!
//! To run them against your own phone system, see the top of `main.rs`: `contract!(own, || Setup { .. });`
//!
//! That something is not reported is checked without waiting for nothing: a later call is dialled and followed to its end, and
//! by then the event would have come.

use super::setup::{Phone, Setup, is_end, new_call};
use call_model::Token;
use demo_app_rust::account::Session;
use demo_app_rust::telephony::{CallEvent, CallId, PhoneCommand, PhoneEvent};

pub async fn a_connection_is_reported(setup: &Setup) {
    let phone = setup.connected().await;
    assert_eq!(phone.events(), [PhoneEvent::Connected]);
}

pub async fn a_call_is_answered_once(setup: &Setup) {
    let phone = setup.connected().await;
    let call = phone.dial_until_answered(setup).await;
    phone.send(&call, PhoneCommand::HangUp);
    phone.dial_until_end(setup).await;
    let is_answered = |event: &&CallEvent| **event == CallEvent::Answered;
    assert_eq!(phone.events_of(&call).iter().filter(is_answered).count(), 1, "{:?}", phone.events());
}

pub async fn a_call_that_fails_ends_once(setup: &Setup) {
    let phone = setup.connected().await;
    let call = phone.dial_until_end(setup).await;
    phone.dial_until_end(setup).await;
    let events = phone.events_of(&call);
    assert_eq!(events.iter().filter(|event| is_end(event)).count(), 1, "{events:?}");
    assert!(!events.contains(&CallEvent::Answered), "{events:?}");
}

pub async fn events_name_the_call_that_they_are_about(setup: &Setup) {
    let phone = setup.connected().await;
    let answered = phone.dial_until_answered(setup).await;
    phone.send(&answered, PhoneCommand::HangUp);
    let failed = phone.dial_until_end(setup).await;
    for event in phone.events() {
        if let PhoneEvent::Call { call, .. } = event {
            assert!(call == answered || call == failed, "nobody has made the call {call}");
        }
    }
    assert!(!phone.events_of(&failed).contains(&CallEvent::Answered));
}

pub async fn nothing_is_reported_after_disconnecting(setup: &Setup) {
    let (phone, other) = (setup.connected().await, setup.connected().await);
    phone.dial(setup.fails);
    let before = phone.events();
    phone.telephony.disconnect();
    other.dial_until_end(setup).await;
    assert_eq!(phone.events(), before);

    // The user logs in again at once: the call of the session before is none of this one's.
    let second = phone.connect_again();
    second.until("the connection", |event| *event == PhoneEvent::Connected).await;
    let call = second.dial(setup.fails);
    second.telephony.disconnect();
    let third = second.connect_again();
    third.until("the connection", |event| *event == PhoneEvent::Connected).await;
    third.dial_until_end(setup).await;
    assert_eq!(third.events_of(&call), []);
}

pub async fn calls_before_connecting_are_not_made(setup: &Setup) {
    let phone = setup.phone((setup.providers)().telephony, setup.session().await);
    let call = phone.dial(setup.fails);
    phone.connect();
    phone.until("the connection", |event| *event == PhoneEvent::Connected).await;
    phone.dial_until_end(setup).await;
    assert_eq!(phone.events_of(&call), []);
}

pub async fn commands_for_unknown_calls_do_nothing(setup: &Setup) {
    let phone = setup.connected().await;
    let unknown = new_call();
    for command in [
        PhoneCommand::Answer,
        PhoneCommand::Mute(true),
        PhoneCommand::Hold(true),
        PhoneCommand::Record(true),
        PhoneCommand::Digit('1'),
        PhoneCommand::Transfer(Some(setup.answers.to_owned())),
        PhoneCommand::Transfer(None),
        PhoneCommand::Reject,
        PhoneCommand::RejectAsBusy,
        PhoneCommand::HangUp,
    ] {
        phone.send(&unknown, command);
    }
    phone.dial_until_end(setup).await;
    assert_eq!(phone.events_of(&unknown), []);
}

pub async fn a_second_connection_keeps_the_calls(setup: &Setup) {
    let phone = setup.connected().await;
    let call = phone.dial(setup.answers);
    let before = phone.events();
    let again = phone.connect_again();
    again.until("the connection", |event| *event == PhoneEvent::Connected).await;
    again.until_call("the answer", &call, |event| *event == CallEvent::Answered).await;
    assert_eq!(phone.events(), before, "events are reported to the second connection");
    again.send(&call, PhoneCommand::HangUp);
}

pub async fn what_is_switched_is_reported(setup: &Setup) {
    type Switch = (bool, fn(bool) -> PhoneCommand, fn(bool) -> CallEvent);
    let phone = setup.connected().await;
    let can = phone.capabilities();
    let call = phone.dial_until_answered(setup).await;
    let switches: [Switch; 3] = [
        (can.mute, PhoneCommand::Mute, CallEvent::Muted),
        (can.hold, PhoneCommand::Hold, CallEvent::Held),
        (can.record, PhoneCommand::Record, CallEvent::Recording),
    ];
    let mut expected = vec![CallEvent::Answered];
    for (can, command, event) in switches {
        for on in [true, false] {
            phone.send(&call, command(on));
            if can {
                phone.until_call("the switch", &call, |reported| *reported == event(on)).await;
                expected.push(event(on));
            }
        }
    }
    phone.send(&call, PhoneCommand::HangUp);
    phone.dial_until_end(setup).await;
    // Before the answer a phone system may report that the other side rings.
    let events = phone.events_of(&call).into_iter().skip_while(|event| *event != CallEvent::Answered);
    assert_eq!(events.filter(|event| !is_end(event)).collect::<Vec<_>>(), expected);
}

pub async fn a_transfer_is_reported(setup: &Setup) {
    let phone = setup.connected().await;
    let can_transfer = phone.capabilities().transfer;
    let call = phone.dial_until_answered(setup).await;
    phone.send(&call, PhoneCommand::Transfer(Some(setup.answers.to_owned())));
    let is_result = |event: &CallEvent| matches!(event, CallEvent::Transferred | CallEvent::TransferFailed);
    if can_transfer {
        phone.until_call("the result of the transfer", &call, is_result).await;
    } else {
        phone.send(&call, PhoneCommand::HangUp);
        phone.dial_until_end(setup).await;
        assert!(!phone.events_of(&call).iter().any(is_result), "{:?}", phone.events());
    }
}

/// With the capability to simulate one; without it there is none.
pub async fn an_incoming_call_is_reported_with_both_numbers(setup: &Setup) {
    let phone = setup.connected().await;
    let can_simulate = phone.capabilities().simulate_incoming;
    let (call, from, to) = (new_call(), "+16175550100".to_owned(), "+16175550101".to_owned());
    phone.send(&call, PhoneCommand::SimulateIncoming { from: from.clone(), to: to.clone() });
    if can_simulate {
        phone.until_call("the call", &call, |event| matches!(event, CallEvent::Incoming { .. })).await;
        phone.send(&call, PhoneCommand::Reject);
    }
    phone.dial_until_end(setup).await;
    let expected = if can_simulate { vec![CallEvent::Incoming { from, to }] } else { vec![] };
    assert_eq!(phone.events_of(&call), expected);
}

/// The page was reloaded: the call is on, and has been answered since then, or not yet.
pub async fn a_call_is_resumed_by_a_new_instance(setup: &Setup) {
    let phone = setup.connected().await;
    let call = phone.dial_until_answered(setup).await;
    let answered_by = js_sys::Date::now();
    let resumed = after_reload(setup, phone, &call).await;
    let events = resumed.events_of(&call);
    let Some(CallEvent::Resumed { answered_at }) = events.first() else {
        assert!(is_end(&events[0]), "{events:?}");
        return;
    };
    // Half a second for clocks that differ.
    let is_before = answered_at.is_some_and(|answered_at| answered_at <= answered_by + 500.0);
    assert!(is_before, "the call was answered before the reload: {events:?}");
    resumed.send(&call, PhoneCommand::HangUp);
}

/// After the user has hung up, commands about the call do nothing.
pub async fn a_call_that_was_ended_takes_no_commands(setup: &Setup) {
    let phone = setup.connected().await;
    let call = phone.dial_until_answered(setup).await;
    phone.send(&call, PhoneCommand::HangUp);
    phone.dial_until_end(setup).await;
    let before = phone.events_of(&call);
    for command in [PhoneCommand::Mute(true), PhoneCommand::Hold(true), PhoneCommand::HangUp] {
        phone.send(&call, command);
    }
    phone.dial_until_end(setup).await;
    assert_eq!(phone.events_of(&call), before);
}

/// A calling window leads from now on: it alone is connected, and has the call.
pub async fn a_call_goes_on_in_the_frame_that_takes_over(setup: &Setup) {
    let phone = setup.connected().await;
    let call = phone.dial(setup.answers);
    phone.telephony.hand_over();
    let before = phone.events();
    let successor = setup.phone((setup.providers)().telephony, setup.session().await);
    successor.connect();
    successor.telephony.resume(&call);
    let goes_on = |event: &CallEvent| matches!(event, CallEvent::Resumed { .. } | CallEvent::Answered);
    successor.until_call("the call", &call, |event| goes_on(event) || is_end(event)).await;
    // What becomes of the call may be known before there is a connection.
    successor.until("the connection", |event| *event == PhoneEvent::Connected).await;
    successor.send(&call, PhoneCommand::HangUp);
    successor.dial_until_end(setup).await;
    assert_eq!(phone.events(), before, "nothing is reported to the frame that follows");
}

async fn after_reload(setup: &Setup, before: Phone, call: &CallId) -> Phone {
    drop(before);
    let phone = setup.phone((setup.providers)().telephony, setup.session().await);
    phone.connect();
    // The connection may not be there yet.
    phone.telephony.resume(call);
    let is_result = |event: &CallEvent| matches!(event, CallEvent::Resumed { .. }) || is_end(event);
    phone.until_call("what has become of the call", call, is_result).await;
    phone
}

pub async fn a_token_that_is_refused_is_reported(setup: &Setup) {
    let session = Session { token: Some(Token("refused".into())), ..setup.session().await };
    let phone = setup.phone((setup.providers)().telephony, session);
    phone.connect();
    phone.until("the refusal", |event| *event == PhoneEvent::SessionExpired).await;
    assert!(!phone.events().contains(&PhoneEvent::Connected));
}

pub async fn an_expired_token_is_reported_and_a_renewed_one_connects(setup: &Setup) {
    let phone = setup.connected().await;
    let expire_tokens = setup.expire_tokens.unwrap();
    expire_tokens();
    phone.until("the expiry", |event| *event == PhoneEvent::SessionExpired).await;
    let renewed = (setup.providers)().auth.resume(phone.session.clone()).await.unwrap();
    let again = setup.phone(phone.telephony.clone(), renewed);
    again.connect();
    again.until("the connection", |event| *event == PhoneEvent::Connected).await;
}
