//! Calls from the phone that is no browser to the widget.

use sip_e2e::{
    ALICE, BOB, Caller, Certificate, Control, DESK, Options, Settings, Stage, json, run, run_in, run_with_flags,
};

#[test]
fn an_answered_call() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let phone = stage.phone();
        phone.dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        phone.next("CALL_RINGING").await.unwrap();
        alice.answer(&call).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();
        phone.hears_voice().await.unwrap();
        let audio = alice.audio().await;
        audio.is_heard().await;
        audio.is_played().await;
        alice.toggle(Control::Mute, true).await;
        phone.hears_silence().await.unwrap();
        alice.toggle(Control::Mute, false).await;
        phone.hears_voice().await.unwrap();
        alice.toggle(Control::Hold, true).await;
        phone.hears_silence().await.unwrap();
        audio.is_silent().await;
        alice.toggle(Control::Hold, false).await;
        phone.hears_voice().await.unwrap();
        audio.is_heard().await;
        alice.press("7").await;
        phone.receives_digits("7").await.unwrap();
        phone.hang_up().await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn a_rejected_call_is_busy_for_the_caller() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        stage.phone().dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.widget().await.click(Control::EndCall).await;
        assert_eq!(stage.phone().next("CALL_CLOSED").await.unwrap().parameter, "486 Busy Here");
        alice.saves(&call, "REJECTED", "CANCELED", false).await;
    });
}

#[test]
fn a_caller_who_gives_up_is_missed() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        stage.phone().dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        stage.phone().next("CALL_RINGING").await.unwrap();
        stage.phone().hang_up().await.unwrap();
        alice.saves(&call, "MISSED", "NO_ANSWER", false).await;
    });
}

/// The widget's own time to ring ends first: the exchange decides what becomes of the call, here that the caller gets 480.
#[test]
fn a_call_that_is_not_answered_in_the_widgets_time_goes_back_to_the_exchange() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        stage.phone().dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.is_transferred(&call).await;
        assert_eq!(stage.phone().next("CALL_CLOSED").await.unwrap().parameter, "480 Temporarily Unavailable");
        alice.host.nothing_more().await;
    });
}

/// The account says where such a call goes.
#[test]
fn an_unanswered_call_goes_to_the_number_of_the_account() {
    run(async |stage| {
        let bob = stage.log_in(BOB).await;
        let alice = stage.open_beside(ALICE).await;
        let mut settings = Settings::default();
        settings.sip.insert("unanswered".into(), json!(BOB.number));
        alice.back_end.set(settings);
        alice.log_in(stage.exchange).await;
        let phone = stage.phone();
        phone.dial(ALICE.number).await.unwrap();
        let unanswered = alice.rings(DESK.number).await;
        alice.is_transferred(&unanswered).await;
        let call = bob.rings(DESK.number).await;
        bob.answer(&call).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();
        phone.hears_voice().await.unwrap();
        bob.audio().await.is_heard().await;
        alice.widget().await;
        alice.host.nothing_more().await;
        bob.hang_up().await;
        bob.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn a_second_call_is_busy_and_the_first_goes_on() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let phone = stage.phone();
        phone.dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.answer(&call).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();
        phone.dial(ALICE.number).await.unwrap();
        assert_eq!(phone.next("CALL_CLOSED").await.unwrap().parameter, "486 Busy Here");
        alice.host.nothing_more().await;
        phone.hears_voice().await.unwrap();
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn a_call_with_turn() {
    let options = Options { turn: true, ..Options::default() };
    run_in(options, async |stage| {
        let alice = stage.log_in(ALICE).await;
        is_called(stage, &alice, async || assert_eq!(alice.audio().await.own_candidates().await, ["relay"])).await;
    });
}

/// The browser trusts the certificate of this exchange and no other.
#[test]
fn a_call_with_tls() {
    let certificate = Certificate::generate().unwrap();
    let trusted = trusting(&certificate);
    let options = Options { tls: Some(certificate), ..Options::default() };
    run_with_flags(options, &[&trusted], async |stage| {
        let alice = stage.log_in(ALICE).await;
        is_called(stage, &alice, async || ()).await;
    });
}

#[test]
fn an_exchange_with_another_certificate_is_not_connected() {
    let trusted = trusting(&Certificate::generate().unwrap());
    let options = Options { tls: Some(Certificate::generate().unwrap()), ..Options::default() };
    run_with_flags(options, &[&trusted], async |stage| {
        stage.harness.expect_error("ERR_CERT_AUTHORITY_INVALID");
        let alice = stage.open(ALICE).await;
        alice.enter(ALICE.password).await;
        alice.host.next("LOGGED_IN").await;
        alice.sees("The connection to the phone system is lost.").await;
        assert!(!stage.exchange.log().contains("REGISTERED alice"));
    });
}

fn trusting(certificate: &Certificate) -> String {
    format!("--ignore-certificate-errors-spki-list={}", certificate.fingerprint())
}

/// The phone calls, both hear each other, and something is checked meanwhile.
async fn is_called(stage: &Stage<'_>, alice: &Caller<'_>, check: impl AsyncFnOnce()) {
    let phone = stage.phone();
    phone.dial(ALICE.number).await.unwrap();
    let call = alice.rings(DESK.number).await;
    alice.answer(&call).await;
    phone.hears_voice().await.unwrap();
    alice.audio().await.is_heard().await;
    check().await;
    alice.hang_up().await;
    alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
}
