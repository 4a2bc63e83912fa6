//! How calls from the widget end without being answered: for each answer of the exchange one end status, and a reason in words.

use sip_e2e::{ALICE, Control, NEVER_ANSWERS, Options, Stage, UNKNOWN_NUMBER, run, run_in};
use std::time::Duration;

/// Calls a number, and checks how the call ends: for HubSpot, for the user, and in the record.
async fn check(stage: &mut Stage<'_>, rows: &[(&str, &str, &str, Option<&str>)]) {
    let alice = stage.log_in(ALICE).await;
    for (number, status, saved_as, words) in rows {
        let call = alice.dial(number).await;
        if let Some(words) = words {
            alice.sees(words).await;
        }
        alice.saves(&call, status, saved_as, false).await;
    }
}

#[test]
fn each_answer_of_the_exchange_has_its_status_and_reason() {
    run(async |stage| {
        let rows = [
            ("+16175550106", "BUSY", "BUSY", None),
            ("+16175550107", "NO_ANSWER", "NO_ANSWER", None),
            ("+16175550109", "FAILED", "FAILED", Some("The exchange has a problem. Try again later.")),
            ("+16175550110", "FAILED", "FAILED", Some("The number is incomplete.")),
            (UNKNOWN_NUMBER, "FAILED", "FAILED", Some("This number does not exist.")),
            // Bob is not registered.
            ("+16175550102", "NO_ANSWER", "NO_ANSWER", None),
        ];
        check(stage, &rows).await;
    });
}

#[test]
fn a_declined_call_is_busy() {
    run(async |stage| check(stage, &[("+16175550108", "BUSY", "BUSY", None)]).await);
}

#[test]
fn a_call_that_nobody_answers_ends_when_the_exchange_gives_up() {
    let options = Options { ring_timeout: Duration::from_secs(4), ..Options::default() };
    run_in(options, async |stage| check(stage, &[(NEVER_ANSWERS, "NO_ANSWER", "NO_ANSWER", None)]).await);
}

#[test]
fn a_call_is_canceled_before_it_is_answered() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let call = alice.dial(NEVER_ANSWERS).await;
        stage.phone().next("CALL_INCOMING").await.unwrap();
        alice.widget().await.click(Control::EndCall).await;
        let closed = stage.phone().next("CALL_CLOSED").await.unwrap();
        assert!(closed.parameter.contains("Cancel") || closed.parameter.contains("reset"), "{closed:?}");
        alice.saves(&call, "CANCELED", "CANCELED", false).await;
    });
}
