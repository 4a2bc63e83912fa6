//! The phone on SIP, with an exchange on this machine: `cargo xtask test --only sip` starts it. Alice, Bob and Carol are phones in this
//! page; the desk phone is a program.

use super::setup::{Phone, Setup, becomes_true, is_end};
use super::{contract, refusing_contract, token_contract};
use call_model::{Consult, ConsultEvent};
use demo_app_rust::account::{Credentials, FetchAuth, Session};
use demo_app_rust::i18n::sip_texts;
use demo_app_rust::providers::Providers;
use demo_app_rust::telephony::{CallEvent, CallId, PhoneCommand, PhoneEvent, SipTelephony};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Where the exchange serves the log-in.
const BACK_END: &str = match option_env!("BACK_END") {
    Some(server) => server,
    None => "",
};

const ALICE: &str = "+16175550101";
const BOB: &str = "+16175550102";
const CAROL: &str = "+16175550103";
const DESK: &str = "+16175550104";

#[wasm_bindgen(module = "/tests/contract/sip.js")]
extern "C" {
    /// Keeps the WebSockets that are opened from now on.
    #[wasm_bindgen(js_name = watchSockets)]
    fn watch_sockets();

    /// Closes them, as when the network fails.
    #[wasm_bindgen(js_name = cutSockets)]
    fn cut_sockets();

    #[wasm_bindgen(js_name = expireTokens)]
    fn expire_tokens(back_end: &str);
}

fn of_user(name: &str) -> Setup {
    Setup {
        providers: || Providers {
            auth: Rc::new(FetchAuth { server: BACK_END }),
            telephony: Rc::new(SipTelephony::default()),
        },
        accepted: Credentials::Password { user_name: name.into(), password: format!("{name}pw") },
        refused: Some(Credentials::Password { user_name: name.into(), password: "wrong".into() }),
        answers: DESK,
        fails: "+16175550106",
        expire_tokens: None,
    }
}

fn setup() -> Setup {
    of_user("alice")
}

/// Carol's password for the exchange is the token of her session.
fn with_token() -> Setup {
    Setup { expire_tokens: Some(|| expire_tokens(BACK_END)), ..of_user("carol") }
}

contract!(providers, setup);
refusing_contract!(refusing, setup);
token_contract!(tokens, with_token);

/// Alice and Bob, both connected.
async fn two_phones() -> (Phone, Phone) {
    (setup().connected().await, of_user("bob").connected().await)
}

/// Waits until a phone is called, and returns the call.
async fn incoming(phone: &Phone, from: &str, to: &str) -> CallId {
    let call = RefCell::new(None);
    let is_incoming = |event: &PhoneEvent| match event {
        PhoneEvent::Call { call: of, event: CallEvent::Incoming { from: caller, to: called } } => {
            assert_eq!((caller.as_str(), called.as_str()), (from, to));
            call.replace(Some(of.clone()));
            true
        }
        _ => false,
    };
    phone.until("the incoming call", is_incoming).await;
    call.take().unwrap()
}

async fn becomes(phone: &Phone, call: &CallId, event: CallEvent) {
    phone.until_call(&format!("{event:?}"), call, |reported| *reported == event).await;
}

#[test]
async fn a_call_between_two_phones_is_ended_by_the_caller() {
    let (alice, bob) = two_phones().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    becomes(&bob, &outgoing, CallEvent::Ringing).await;
    alice.send(&call, PhoneCommand::Answer);
    becomes(&bob, &outgoing, CallEvent::Answered).await;
    bob.send(&outgoing, PhoneCommand::HangUp);
    becomes(&alice, &call, CallEvent::HungUp).await;
    assert_eq!(bob.events_of(&outgoing), [CallEvent::Ringing, CallEvent::Answered]);
}

#[test]
async fn a_call_between_two_phones_is_ended_by_the_called() {
    let (alice, bob) = two_phones().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    alice.send(&call, PhoneCommand::Answer);
    becomes(&bob, &outgoing, CallEvent::Answered).await;
    alice.send(&call, PhoneCommand::HangUp);
    becomes(&bob, &outgoing, CallEvent::HungUp).await;
}

#[test]
async fn a_caller_who_hangs_up_early_is_missed() {
    let (alice, bob) = two_phones().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    bob.send(&outgoing, PhoneCommand::HangUp);
    becomes(&alice, &call, CallEvent::HungUp).await;
}

#[test]
async fn a_rejected_call_is_busy() {
    for command in [PhoneCommand::Reject, PhoneCommand::RejectAsBusy] {
        let (alice, bob) = two_phones().await;
        let outgoing = bob.dial(ALICE);
        let call = incoming(&alice, BOB, ALICE).await;
        alice.send(&call, command);
        becomes(&bob, &outgoing, CallEvent::Busy).await;
    }
}

#[test]
async fn an_unanswered_call_goes_back_to_the_exchange() {
    let (alice, bob) = two_phones().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    alice.send(&call, PhoneCommand::Transfer(None));
    becomes(&bob, &outgoing, CallEvent::NotAnswered).await;
}

#[test]
async fn the_answers_of_the_exchange_are_those_of_the_widget() {
    let texts = sip_texts();
    let failed = |text: &str| CallEvent::Failed { reason: Some(text.to_owned()) };
    let phone = setup().connected().await;
    for (number, event) in [
        ("+16175550106", CallEvent::Busy),
        ("+16175550107", CallEvent::NotAnswered),
        ("+16175550108", CallEvent::HungUp),
        ("+16175550109", failed(texts.exchange_fault)),
        ("+16175550110", failed(texts.incomplete_number)),
        ("+16175550199", failed(texts.unknown_number)),
    ] {
        let call = phone.dial(number);
        becomes(&phone, &call, event.clone()).await;
        assert_eq!(phone.events_of(&call), [event], "{number}");
    }
}

#[test]
async fn a_second_call_waits_for_the_end_of_the_first() {
    let (auth, bob) = (setup(), of_user("bob").connected().await);
    let mut session = auth.session().await;
    session.account.sip.as_mut().unwrap().call_waiting = true;
    let alice = auth.phone((auth.providers)().telephony, session);
    alice.connect();
    alice.until("the connection", |event| *event == PhoneEvent::Connected).await;
    let first = alice.dial_until_answered(&auth).await;
    let outgoing = bob.dial(ALICE);
    let is_waiting = |event: &PhoneEvent| matches!(event, PhoneEvent::Call { event: CallEvent::Waiting { from }, .. } if from == BOB);
    alice.until("the second call", is_waiting).await;
    becomes(&bob, &outgoing, CallEvent::Ringing).await;
    alice.send(&first, PhoneCommand::HangUp);
    let second = incoming(&alice, BOB, ALICE).await;
    alice.send(&second, PhoneCommand::Answer);
    becomes(&bob, &outgoing, CallEvent::Answered).await;
    bob.send(&outgoing, PhoneCommand::HangUp);
    becomes(&alice, &second, CallEvent::HungUp).await;
}

#[test]
async fn a_call_goes_on_while_the_connection_is_lost() {
    watch_sockets();
    let setup = setup();
    let phone = setup.connected().await;
    let call = phone.dial_until_answered(&setup).await;
    cut_sockets();
    let lost = PhoneEvent::Disconnected { reason: Some(sip_texts().call_goes_on.to_owned()) };
    phone.until("the loss", |event| *event == lost).await;
    let is_connected = || phone.events().iter().filter(|event| **event == PhoneEvent::Connected).count() == 2;
    assert!(becomes_true(is_connected).await, "{:?}", phone.events());
    phone.send(&call, PhoneCommand::Mute(true));
    becomes(&phone, &call, CallEvent::Muted(true)).await;
    // The media is negotiated again first, and one request has to wait for the other.
    let holds = || {
        phone.send(&call, PhoneCommand::Hold(true));
        phone.events_of(&call).contains(&CallEvent::Held(true))
    };
    assert!(becomes_true(holds).await, "{:?}", phone.events());
    phone.send(&call, PhoneCommand::HangUp);
    phone.dial_until_end(&setup).await;
    let on = [CallEvent::Ringing, CallEvent::Answered, CallEvent::Muted(true), CallEvent::Held(true)];
    assert_eq!(phone.events_of(&call), on);
}

#[test]
async fn a_call_that_is_ended_without_a_connection_ends_at_the_other_side_later() {
    let (alice, bob) = two_phones().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    watch_sockets();
    // Alice's phone opens a new socket, which is watched; Bob's is an earlier one and stays.
    alice.telephony.disconnect();
    becomes(&bob, &outgoing, CallEvent::NotAnswered).await;
    let alice = alice.connect_again();
    alice.until("the connection", |event| *event == PhoneEvent::Connected).await;
    assert_eq!(alice.events_of(&call), []);
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    alice.send(&call, PhoneCommand::Answer);
    becomes(&bob, &outgoing, CallEvent::Answered).await;
    cut_sockets();
    alice.until("the loss", |event| matches!(event, PhoneEvent::Disconnected { .. })).await;
    alice.send(&call, PhoneCommand::HangUp);
    becomes(&bob, &outgoing, CallEvent::HungUp).await;
}

#[test]
async fn a_refused_password_asks_for_a_renewed_session() {
    let auth = setup();
    let mut session: Session = auth.session().await;
    session.account.sip.as_mut().unwrap().password = Some(call_model::Token("wrong".into()));
    let phone = auth.phone((auth.providers)().telephony, session);
    phone.connect();
    phone.until("the refusal", |event| *event == PhoneEvent::SessionExpired).await;
    assert!(!phone.events().contains(&PhoneEvent::Connected));
    // The back end gives a session with another password.
    let renewed = auth.phone(phone.telephony.clone(), auth.session().await);
    renewed.connect();
    renewed.until("the connection", |event| *event == PhoneEvent::Connected).await;
}

#[test]
async fn a_call_is_transferred_to_another_number() {
    let (alice, bob) = two_phones().await;
    let call = alice.dial_until_answered(&setup()).await;
    alice.send(&call, PhoneCommand::Transfer(Some(BOB.into())));
    let second = incoming(&bob, DESK, BOB).await;
    bob.send(&second, PhoneCommand::Answer);
    becomes(&alice, &call, CallEvent::Transferred).await;
    bob.send(&second, PhoneCommand::HangUp);
}

/// Alice asks at the desk before she transfers her call with Bob there.
#[test]
async fn a_call_is_transferred_to_somebody_who_was_asked() {
    let (alice, bob) = two_phones().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    alice.send(&call, PhoneCommand::Answer);
    becomes(&bob, &outgoing, CallEvent::Answered).await;
    alice.send(&call, PhoneCommand::Consult(Consult::Begin(DESK.into())));
    becomes(&alice, &call, CallEvent::Consult(ConsultEvent::Answered)).await;
    becomes(&alice, &call, CallEvent::Held(true)).await;
    alice.send(&call, PhoneCommand::Consult(Consult::Transfer));
    becomes(&alice, &call, CallEvent::Transferred).await;
    goes_on(&bob, &outgoing).await;
}

/// As above, but the one who is asked is called with an INVITE that replaces the call with Alice (RFC 3891).
#[test]
async fn a_call_goes_on_with_somebody_who_takes_the_place_of_the_other_side() {
    let (alice, bob) = two_phones().await;
    let carol = of_user("carol").connected().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    alice.send(&call, PhoneCommand::Answer);
    becomes(&bob, &outgoing, CallEvent::Answered).await;
    alice.send(&call, PhoneCommand::Consult(Consult::Begin(CAROL.into())));
    let asked = incoming(&carol, ALICE, CAROL).await;
    carol.send(&asked, PhoneCommand::Answer);
    becomes(&alice, &call, CallEvent::Consult(ConsultEvent::Answered)).await;
    becomes(&alice, &call, CallEvent::Held(true)).await;
    alice.send(&call, PhoneCommand::Consult(Consult::Transfer));
    becomes(&alice, &call, CallEvent::Transferred).await;
    // Neither call has ended, and each is with the other.
    carol.send(&asked, PhoneCommand::HangUp);
    becomes(&bob, &outgoing, CallEvent::HungUp).await;
    let calls = carol.events().iter().filter(|event| is_incoming(event)).count();
    assert_eq!(calls, 1, "{:?}", carol.events());
    assert!(!carol.events_of(&asked).iter().any(is_end), "{:?}", carol.events());
}

#[test]
async fn a_call_goes_on_after_a_consultation() {
    let (alice, bob) = two_phones().await;
    let call = alice.dial_until_answered(&setup()).await;
    alice.send(&call, PhoneCommand::Consult(Consult::Begin(BOB.into())));
    let asked = incoming(&bob, ALICE, BOB).await;
    becomes(&alice, &call, CallEvent::Held(true)).await;
    bob.send(&asked, PhoneCommand::Reject);
    becomes(&alice, &call, CallEvent::Consult(ConsultEvent::Ended { reason: None })).await;
    becomes(&alice, &call, CallEvent::Held(false)).await;
    // Once more, and it is ended by who asks.
    alice.send(&call, PhoneCommand::Consult(Consult::Begin(BOB.into())));
    let is_second = || bob.events().iter().filter(|event| is_incoming(event)).count() == 2;
    assert!(becomes_true(is_second).await, "{:?}", bob.events());
    alice.send(&call, PhoneCommand::Consult(Consult::End));
    alice.send(&call, PhoneCommand::HangUp);
    let is_over =
        |event: &PhoneEvent| matches!(event, PhoneEvent::Call { call, event: CallEvent::HungUp } if *call != asked);
    bob.until("the end of the second consultation", is_over).await;
}

/// The other side of Bob's call transfers it: Bob's call goes on with somebody else.
#[test]
async fn a_call_goes_on_when_the_other_side_transfers_it() {
    let (alice, bob) = two_phones().await;
    let outgoing = bob.dial(ALICE);
    let call = incoming(&alice, BOB, ALICE).await;
    alice.send(&call, PhoneCommand::Answer);
    becomes(&bob, &outgoing, CallEvent::Answered).await;
    alice.send(&call, PhoneCommand::Transfer(Some(DESK.into())));
    becomes(&alice, &call, CallEvent::Transferred).await;
    goes_on(&bob, &outgoing).await;
}

/// The call of Bob has not ended: it is with the desk phone now, which can be put on hold.
async fn goes_on(bob: &Phone, call: &CallId) {
    let holds = || {
        bob.send(call, PhoneCommand::Hold(true));
        bob.events_of(call).contains(&CallEvent::Held(true))
    };
    assert!(becomes_true(holds).await, "{:?}", bob.events());
    bob.send(call, PhoneCommand::HangUp);
    bob.dial_until_end(&of_user("bob")).await;
    assert_eq!(bob.events_of(call), [CallEvent::Ringing, CallEvent::Answered, CallEvent::Held(true)]);
}

fn is_incoming(event: &PhoneEvent) -> bool {
    matches!(event, PhoneEvent::Call { event: CallEvent::Incoming { .. }, .. })
}
