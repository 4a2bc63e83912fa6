//! The connection to the exchange: refused, lost, and restored, with a call and without.

use sip_e2e::{ALICE, Control, DESK, Link, RECOVERY, Settings, json, run};

#[test]
fn a_wrong_password_of_the_back_end_is_said_at_the_log_in() {
    run(async |stage| {
        let alice = stage.open(ALICE).await;
        stage.harness.expect_error("401");
        alice.enter("wrong").await;
        alice.sees("The user name or the password is wrong.").await;
        alice.host.nothing_more().await;
    });
}

#[test]
fn the_user_agent_is_loaded_with_the_first_connection() {
    run(async |stage| {
        let alice = stage.open(ALICE).await;
        let loaded = "return performance.getEntriesByType('resource').filter(({name}) => name.endsWith('/user-agent.js')).length";
        assert_eq!(alice.widget().await.run(loaded, vec![]).await, json!(0));
        alice.log_in(stage.exchange).await;
        assert_eq!(alice.widget().await.run(loaded, vec![]).await, json!(1));
    });
}

#[test]
fn a_wrong_password_for_the_exchange_ends_the_session_and_no_call_is_made() {
    run(async |stage| {
        let alice = stage.open(ALICE).await;
        alice.back_end.set(Settings { sip_password: Some("wrong".into()), ..Settings::default() });
        alice.enter(ALICE.password).await;
        alice.host.next("LOGGED_IN").await;
        // A password may be the one of a session that has expired, so the session is renewed once before the user is logged out.
        alice.host.next("LOGGED_OUT").await;
        alice.sees("the phone system does not accept your account").await;
        alice.host.nothing_more().await;
        assert!(!stage.exchange.log().contains("INVITE"));
    });
}

#[test]
fn the_exchange_is_restarted_in_a_call() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        stage.phone().hears_voice().await.unwrap();
        let registrations = alice.registrations(stage.exchange);
        stage.exchange.restart().await.unwrap();
        stage.phone().hears_voice().await.unwrap();
        alice.audio().await.is_heard().await;
        alice.registers_again(stage.exchange, registrations).await;
        alice.host.nothing_more().await;
        alice.hang_up().await;
        stage.phone().next("CALL_CLOSED").await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
        // The next call finds its way.
        stage.phone().dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.answer(&call).await;
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn the_websocket_is_cut_in_a_call_and_the_phone_hangs_up_after_it() {
    run(async |stage| {
        let link = Link::to(stage.exchange.ports().ws()).await.unwrap();
        let alice = stage.open(ALICE).await;
        alice.back_end.set(link.settings());
        alice.log_in(stage.exchange).await;
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        let registrations = alice.registrations(stage.exchange);
        link.cut();
        stage.phone().hears_voice().await.unwrap();
        alice.audio().await.is_heard().await;
        alice.registers_again(stage.exchange, registrations).await;
        stage.phone().hears_voice().await.unwrap();
        alice.host.nothing_more().await;
        stage.phone().hang_up().await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn the_network_is_gone_for_5_seconds_in_a_call() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        stage.phone().hears_voice().await.unwrap();
        stage.exchange.freeze();
        stage.phone().hears_silence().await.unwrap();
        alice.audio().await.is_silent().await;
        alice.wait(5_000.0).await;
        stage.exchange.thaw();
        stage.phone().hears_voice_within(RECOVERY).await.unwrap();
        alice.audio().await.is_heard().await;
        alice.host.nothing_more().await;
        alice.hang_up().await;
        stage.phone().next("CALL_CLOSED").await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// The exchange answers a restart of ICE in a call that it has offered too.
#[test]
fn the_websocket_is_cut_in_an_incoming_call() {
    run(async |stage| {
        let link = Link::to(stage.exchange.ports().ws()).await.unwrap();
        let alice = stage.open(ALICE).await;
        alice.back_end.set(link.settings());
        alice.log_in(stage.exchange).await;
        stage.phone().dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.answer(&call).await;
        stage.phone().hears_voice().await.unwrap();
        alice.toggle(Control::Hold, true).await;
        stage.phone().hears_silence().await.unwrap();
        alice.toggle(Control::Hold, false).await;
        stage.phone().hears_voice().await.unwrap();
        let registrations = alice.registrations(stage.exchange);
        link.cut();
        alice.registers_again(stage.exchange, registrations).await;
        // Until the new way is found, the old one is used: it is given up after some 10 seconds without an answer.
        alice.wait(12_000.0).await;
        stage.phone().hears_voice_within(RECOVERY).await.unwrap();
        alice.audio().await.is_heard().await;
        alice.host.nothing_more().await;
        alice.hang_up().await;
        stage.phone().next("CALL_CLOSED").await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}
