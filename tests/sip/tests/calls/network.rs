//! Changes of the network in a call.

use sip_e2e::{ALICE, Caller, DESK, Link, RECOVERY, run_with_networks, until};

const INTERRUPTED: &str = "The audio is interrupted.";

/// Waits until the browser sends its audio from this address alone. A browser whose network is gone looks for another way first.
async fn sends_from(caller: &Caller<'_>, address: &str) {
    until(&format!("audio from {address}"), RECOVERY, async || {
        let used = caller.audio().await.own_address().await;
        if used == address { Ok(()) } else { Err(used) }
    })
    .await;
}

/// As when the user leaves the Wi-Fi and plugs in a cable: for a while there is no network, and the WebSocket does not notice.
#[test]
fn a_call_goes_on_in_another_network() {
    run_with_networks(async |stage, network| {
        let link = Link::to(stage.exchange.ports().ws()).await.unwrap();
        let alice = stage.open(ALICE).await;
        alice.back_end.set(link.settings());
        alice.log_in(stage.exchange).await;
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        stage.phone().hears_voice().await.unwrap();
        sends_from(&alice, "10.1.0.2").await;
        let registrations = alice.registrations(stage.exchange);

        network.disconnect("wifi");
        link.stall();
        alice.sees(INTERRUPTED).await;
        stage.phone().hears_silence().await.unwrap();
        network.connect("cable", "10.2.0.2");
        link.restore();
        stage.phone().hears_voice_within(RECOVERY).await.unwrap();
        alice.audio().await.is_heard().await;
        alice.no_longer_sees(INTERRUPTED).await;
        sends_from(&alice, "10.2.0.2").await;
        alice.registers_again(stage.exchange, registrations).await;

        alice.host.nothing_more().await;
        alice.hang_up().await;
        stage.phone().next("CALL_CLOSED").await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// There is always a network, so the browser never says that it is offline.
#[test]
fn a_call_moves_to_a_second_network_when_the_first_is_gone() {
    run_with_networks(async |stage, network| {
        let alice = stage.log_in(ALICE).await;
        stage.phone().dial(ALICE.number).await.unwrap();
        let call = alice.rings(DESK.number).await;
        alice.answer(&call).await;
        stage.phone().hears_voice().await.unwrap();
        network.connect("cable", "10.2.0.2");
        sends_from(&alice, "10.1.0.2").await;

        network.disconnect("wifi");
        sends_from(&alice, "10.2.0.2").await;
        stage.phone().hears_voice_within(RECOVERY).await.unwrap();
        alice.audio().await.is_heard().await;
        alice.no_longer_sees(INTERRUPTED).await;

        alice.host.nothing_more().await;
        stage.phone().hang_up().await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}
