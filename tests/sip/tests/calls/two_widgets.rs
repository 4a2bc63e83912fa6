//! Two users of the widget: a call between them, and a call with the phone that one transfers to the other.

use sip_e2e::{ALICE, BOB, Control, DESK, run};

#[test]
fn two_widgets_call_each_other() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let bob = stage.log_in_beside(BOB).await;
        let outgoing = alice.dial(BOB.number).await;
        let incoming = bob.rings(ALICE.number).await;
        bob.answer(&incoming).await;
        alice.is_answered(&outgoing).await;
        alice.audio().await.is_heard().await;
        bob.audio().await.is_heard().await;

        alice.toggle(Control::Mute, true).await;
        bob.audio().await.is_silent().await;
        alice.audio().await.is_heard().await;
        alice.toggle(Control::Mute, false).await;
        bob.audio().await.is_heard().await;

        bob.toggle(Control::Hold, true).await;
        alice.audio().await.is_silent().await;
        bob.audio().await.is_silent().await;
        bob.toggle(Control::Hold, false).await;
        alice.audio().await.is_heard().await;
        bob.audio().await.is_heard().await;

        bob.hang_up().await;
        bob.saves(&incoming, "COMPLETED", "COMPLETED", true).await;
        alice.saves(&outgoing, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn a_call_with_the_phone_is_transferred() {
    run(async |stage| {
        let bob = stage.log_in(BOB).await;
        let alice = stage.log_in_beside(ALICE).await;
        let phone = stage.phone();
        phone.dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.answer(&call).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();

        alice.transfer(BOB.number).await;
        let transferred = bob.rings(DESK.number).await;
        bob.answer(&transferred).await;
        alice.is_transferred(&call).await;
        phone.hears_voice().await.unwrap();
        bob.audio().await.is_heard().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
        bob.hang_up().await;
        bob.saves(&transferred, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn somebody_is_asked_before_a_call_is_transferred_to_them() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let bob = stage.log_in_beside(BOB).await;
        let phone = stage.phone();
        let outgoing = alice.dial(BOB.number).await;
        let incoming = bob.rings(ALICE.number).await;
        bob.answer(&incoming).await;
        alice.is_answered(&outgoing).await;

        alice.asks(DESK.number).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();
        phone.hears_voice().await.unwrap();
        alice.transfers_now().await;
        alice.is_transferred(&outgoing).await;
        alice.saves(&outgoing, "COMPLETED", "COMPLETED", true).await;
        phone.hears_voice().await.unwrap();
        bob.audio().await.is_heard().await;
        bob.hang_up().await;
        bob.saves(&incoming, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn a_transfer_to_nobody_fails_and_the_call_goes_on() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let phone = stage.phone();
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        alice.transfer("+16175550199").await;
        alice.sees("could not be transferred").await;
        phone.hears_voice().await.unwrap();
        alice.host.nothing_more().await;
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}
