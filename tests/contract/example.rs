//! The provider in `examples/provider`, with its SDK and a server that the tests put in the place of fetch.

use super::setup::{Setup, becomes_true, new_call};
use super::{contract, refusing_contract, token_contract};
use demo_app_rust::account::{Credentials, FetchAuth, LogInError};
use demo_app_rust::providers::Providers;
use demo_app_rust::telephony::{CallEvent, PhoneCommand, PhoneEvent};
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test as test;

#[path = "../../examples/provider/sdk.rs"]
mod sdk;
#[path = "../../examples/provider/telephony.rs"]
mod telephony;

#[wasm_bindgen(module = "/tests/contract/server.js")]
extern "C" {
    /// Answers fetch from now on.
    #[wasm_bindgen(js_name = startServer)]
    fn start_server();

    /// From now on each request gets this status, or no answer when it is 0.
    #[wasm_bindgen(js_name = failWith)]
    fn fail_with(status: u16);

    /// What was requested last: method, path, body.
    #[wasm_bindgen(js_name = lastRequest)]
    fn last_request() -> String;

    /// The number of the newest token.
    #[wasm_bindgen(js_name = newestToken)]
    fn newest_token() -> u32;
}

#[wasm_bindgen(module = "/examples/provider/sdk.js")]
extern "C" {
    #[wasm_bindgen(js_name = simulateIncomingCall)]
    fn simulate_incoming_call(reference: &str, from: &str, to: &str);

    #[wasm_bindgen(js_name = simulateEnd)]
    fn simulate_end(reference: &str, reason: &str);

    #[wasm_bindgen(js_name = simulateOutage)]
    async fn simulate_outage();

    #[wasm_bindgen(js_name = simulateExpiry)]
    fn simulate_expiry(number: u32);
}

fn setup() -> Setup {
    start_server();
    Setup {
        providers: || Providers {
            auth: Rc::new(FetchAuth { server: "https://voice.example.com" }),
            telephony: Rc::new(telephony::VoiceTelephony::new()),
        },
        accepted: Credentials::Password { user_name: "ada".into(), password: "secret".into() },
        refused: Some(Credentials::Password { user_name: "ada".into(), password: "wrong".into() }),
        answers: "+16175550110",
        fails: "+16175550104",
        expire_tokens: Some(|| simulate_expiry(newest_token())),
    }
}

contract!(providers, setup);
refusing_contract!(refusing, setup);
token_contract!(tokens, setup);

#[test]
async fn numbers_and_dispositions_come_from_the_answer() {
    let session = setup().session().await;
    assert_eq!(last_request(), r#"POST /session {"user":"ada","password":"secret"}"#);
    assert_eq!(session.user, "ada");
    assert_eq!(session.account.numbers[0].number, "+16175550150");
    assert_eq!(session.account.dispositions[0].name, "Connected");
    assert!(session.token.is_some());
}

#[test]
async fn a_log_out_is_sent() {
    let setup = setup();
    let session = setup.session().await;
    (setup.providers)().auth.log_out(&session);
    assert!(becomes_true(|| last_request() == "DELETE /session ").await, "{}", last_request());
}

#[test]
async fn a_server_that_does_not_answer_is_unreachable() {
    for status in [0, 500, 404] {
        let setup = setup();
        fail_with(status);
        let error = (setup.providers)().auth.log_in(setup.accepted).await.unwrap_err();
        assert!(matches!(error, LogInError::Unreachable(_)), "{status}: {error:?}");
    }
}

#[test]
async fn an_incoming_call_rings_until_the_caller_hangs_up() {
    let phone = setup().connected().await;
    let call = new_call();
    simulate_incoming_call(&call.0, "+16175550100", "+16175550150");
    simulate_end(&call.0, "hang-up");
    let incoming = CallEvent::Incoming { from: "+16175550100".into(), to: "+16175550150".into() };
    assert_eq!(phone.events_of(&call), [incoming, CallEvent::HungUp]);
}

#[test]
async fn reasons_of_the_sdk_are_those_of_the_widget() {
    let phone = setup().connected().await;
    for (reason, event) in [
        ("busy", CallEvent::Busy),
        ("no-answer", CallEvent::NotAnswered),
        ("hang-up", CallEvent::HungUp),
        ("lost", CallEvent::Dropped),
        ("answered-elsewhere", CallEvent::AnsweredElsewhere),
        ("something new", CallEvent::Failed { reason: None }),
    ] {
        let call = phone.dial("+16175550110");
        simulate_end(&call.0, reason);
        assert_eq!(phone.events_of(&call), [event], "{reason}");
    }
}

#[test]
async fn a_transfer_that_is_not_possible_leaves_the_call_on() {
    let setup = setup();
    let phone = setup.connected().await;
    let call = phone.dial_until_answered(&setup).await;
    phone.send(&call, PhoneCommand::Transfer(Some(setup.fails.into())));
    phone.until_call("the failure", &call, |event| *event == CallEvent::TransferFailed).await;
    phone.send(&call, PhoneCommand::Mute(true));
    phone.until_call("the call to go on", &call, |event| *event == CallEvent::Muted(true)).await;
}

#[test]
async fn a_lost_connection_comes_back_by_itself() {
    let phone = setup().connected().await;
    simulate_outage().await;
    let reason = Some("The network is down.".to_owned());
    let lost = PhoneEvent::Disconnected { reason };
    assert_eq!(phone.events(), [PhoneEvent::Connected, lost, PhoneEvent::Connected]);
}
