//! What the back end sets for a user: waiting calls, how digits are sent, recording.

use sip_e2e::{
    ALICE, Caller, Control, DEFAULT_TIMEOUT, DESK, Options, Settings, Stage, Value, json, run, run_in, until,
};
use std::{path::Path, time::Duration};

/// The user logs in, with a field of the account for the exchange.
async fn log_in_with<'a>(stage: &Stage<'a>, field: &str, value: Value) -> Caller<'a> {
    let alice = stage.open(ALICE).await;
    let mut settings = Settings::default();
    settings.sip.insert(field.to_owned(), value);
    alice.back_end.set(settings);
    alice.log_in(stage.exchange).await;
    alice
}

#[test]
fn a_waiting_call_rings_when_the_first_is_over() {
    run(async |stage| {
        let alice = log_in_with(stage, "call_waiting", json!(true)).await;
        let phone = stage.phone();
        phone.dial(ALICE.number).await.unwrap();
        let first = alice.rings(DESK.number).await;
        alice.answer(&first).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();
        phone.dial(ALICE.number).await.unwrap();
        phone.next("CALL_RINGING").await.unwrap();
        alice.hang_up().await;
        alice.is_ended(&first, "COMPLETED").await;
        phone.next("CALL_CLOSED").await.unwrap();
        // The next call leaves no time for a wrap-up.
        alice.host.next("CALL_COMPLETED").await;
        let second = alice.rings(DESK.number).await;
        alice.answer(&second).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();
        phone.hears_voice().await.unwrap();
        alice.audio().await.is_heard().await;
        alice.hang_up().await;
        alice.saves(&second, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn digits_are_sent_as_info() {
    run(async |stage| {
        let alice = log_in_with(stage, "digits", json!("info")).await;
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        alice.press("15#").await;
        stage.phone().receives_digits("15#").await.unwrap();
        assert!(stage.exchange.log().contains("INFO from=alice"));
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// The call goes on, and HubSpot gets no message.
#[test]
fn credentials_are_renewed_before_they_expire() {
    run(async |stage| {
        let alice = log_in_with(stage, "expires_in", json!(2)).await;
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        let before = alice.back_end.renewals();
        until("two more renewals", DEFAULT_TIMEOUT, async || match alice.back_end.renewals() - before {
            2.. => Ok(()),
            renewals => Err(format!("there were {renewals}")),
        })
        .await;
        stage.phone().hears_voice().await.unwrap();
        alice.audio().await.is_heard().await;
        alice.host.nothing_more().await;
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// Credentials for TURN are needed when a call begins: those of the log-in have expired by then.
#[test]
fn a_call_is_made_after_the_first_credentials_for_turn_have_expired() {
    let options = Options { turn: true, turn_lifetime: Duration::from_secs(5), ..Options::default() };
    run_in(options, async |stage| {
        let alice = stage.log_in(ALICE).await;
        alice.wait(6_000.0).await;
        assert!(alice.back_end.renewals() > 0);
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        stage.phone().hears_voice().await.unwrap();
        alice.audio().await.is_heard().await;
        assert_eq!(alice.audio().await.own_candidates().await, ["relay"]);
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// A registration lasts for 10 seconds here.
#[test]
fn a_registration_is_renewed_before_it_expires() {
    run(async |stage| {
        let alice = log_in_with(stage, "registration", json!(10)).await;
        let registrations = alice.registrations(stage.exchange);
        alice.registers_again(stage.exchange, registrations).await;
        alice.registers_again(stage.exchange, registrations + 1).await;
        // The first one has expired.
        stage.phone().dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.answer(&call).await;
        stage.phone().hears_voice().await.unwrap();
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// The exchange records, and only while it is asked to.
#[test]
fn the_exchange_records_when_the_user_asks_for_it() {
    run(async |stage| {
        let alice = log_in_with(stage, "recording", json!(true)).await;
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        let recordings = stage.exchange.folder().join("recordings");
        assert_eq!(bytes_in(&recordings), 0);
        alice.toggle(Control::Record, true).await;
        let recorded = until("a recording", DEFAULT_TIMEOUT, async || match bytes_in(&recordings) {
            0 => Err("there is none".to_owned()),
            bytes => Ok(bytes),
        })
        .await;
        until("more of the recording", DEFAULT_TIMEOUT, async || match bytes_in(&recordings) {
            bytes if bytes > recorded => Ok(()),
            bytes => Err(format!("there are {bytes} bytes")),
        })
        .await;
        alice.toggle(Control::Record, false).await;
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// The size of all files in a folder that may not exist.
fn bytes_in(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| if entry.path().is_dir() { bytes_in(&entry.path()) } else { entry.metadata().unwrap().len() })
        .sum()
}
