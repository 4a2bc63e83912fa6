//! Calls from the widget to the phone that is no browser: every message that HubSpot gets, in every field.

use sip_e2e::{ALICE, Control, DESK, run};

#[test]
fn a_call_to_the_phone() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let phone = stage.phone();
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        assert_eq!(phone.next("CALL_ESTABLISHED").await.unwrap().peer, format!("sip:{}@sip.test", ALICE.number));

        phone.hears_voice().await.unwrap();
        let audio = alice.audio().await;
        audio.is_heard().await;
        audio.is_played().await;

        alice.toggle(Control::Mute, true).await;
        phone.hears_silence().await.unwrap();
        audio.is_heard().await;
        alice.toggle(Control::Mute, false).await;
        phone.hears_voice().await.unwrap();

        alice.toggle(Control::Hold, true).await;
        phone.hears_silence().await.unwrap();
        audio.is_silent().await;
        alice.toggle(Control::Hold, false).await;
        phone.hears_voice().await.unwrap();
        audio.is_heard().await;

        alice.press("0429*#").await;
        phone.receives_digits("0429*#").await.unwrap();

        alice.host.nothing_more().await;
        alice.hang_up().await;
        phone.next("CALL_CLOSED").await.unwrap();
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}
