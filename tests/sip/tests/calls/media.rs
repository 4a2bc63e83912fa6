//! What the user sees and sets of the sound of a call.

use sip_e2e::{ALICE, BOB, Caller, Control, DEFAULT_TIMEOUT, DESK, Options, run, run_with_flags, until};

const BLOCKED: &str = "The browser does not play the call until you click.";

/// Waits until so many bars are lit.
async fn until_bars(caller: &Caller<'_>, bars: u64) {
    let widget = caller.widget().await;
    until(&format!("{bars} bars"), DEFAULT_TIMEOUT, async || {
        let script = "return document.querySelectorAll('[data-test-id=call-quality] i.on').length";
        let lit = widget.run(script, vec![]).await;
        if lit.as_u64() == Some(bars) { Ok(()) } else { Err(format!("there are {lit}")) }
    })
    .await;
}

/// Waits until what the connection sends fulfills a condition of JavaScript on its `track`.
async fn until_track(caller: &Caller<'_>, condition: &str) {
    let widget = caller.widget().await;
    until(&format!("a track with {condition}"), DEFAULT_TIMEOUT, async || {
        let script = format!(
            "const track = window.connections.at(-1).getSenders().map(sender => sender.track).find(Boolean);
            return [Boolean(track && {condition}), track?.label + ' ' + track?.readyState];"
        );
        let result = widget.run(&script, vec![]).await;
        if result[0] == true { Ok(()) } else { Err(format!("it is {}", result[1])) }
    })
    .await;
}

#[test]
fn the_quality_is_shown_on_both_sides() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let bob = stage.log_in_beside(BOB).await;
        let call = alice.dial(BOB.number).await;
        let heard = bob.rings(ALICE.number).await;
        bob.answer(&heard).await;
        alice.is_answered(&call).await;
        until_bars(&alice, 3).await;
        until_bars(&bob, 3).await;
        let widget = alice.widget().await;
        widget.click("[data-test-id=call-quality]").await;
        widget.see("[data-test-id=quality-details] dl").await;
        widget.click("[data-test-id=audio-done]").await;
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn another_microphone_in_a_call_is_heard_and_the_microphone_is_released_after_it() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let phone = stage.phone();
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        phone.hears_voice().await.unwrap();
        let widget = alice.widget().await;
        widget.click("[data-test-id=call-quality]").await;
        widget.click("#microphone-select > option:nth-of-type(3)").await;
        widget.click("[data-test-id=noise-suppression]").await;
        widget.click("[data-test-id=audio-done]").await;
        until_track(&alice, "track.label === 'Fake Audio Input 2' && !track.getSettings().noiseSuppression").await;
        phone.hears_voice().await.unwrap();
        // The phone knows the new track too.
        alice.toggle(Control::Mute, true).await;
        phone.hears_silence().await.unwrap();
        alice.host.nothing_more().await;
        alice.hang_up().await;
        until_track(&alice, "track.readyState === 'ended'").await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

/// The call is answered long after the click that made it, so this browser plays nothing.
#[test]
fn a_browser_that_refuses_to_play_is_asked_with_a_click() {
    let options = Options { phone_answers: false, ..Options::default() };
    run_with_flags(options, &["--autoplay-policy=user-gesture-required"], async |stage| {
        let alice = stage.log_in(ALICE).await;
        let call = alice.dial(DESK.number).await;
        stage.phone().next("CALL_INCOMING").await.unwrap();
        alice.wait(6_000.0).await;
        stage.phone().answer().await.unwrap();
        alice.is_answered(&call).await;
        alice.sees(BLOCKED).await;
        stage.phone().hears_voice().await.unwrap();
        alice.widget().await.click("[data-test-id=play-sound]").await;
        alice.no_longer_sees(BLOCKED).await;
        alice.audio().await.is_played().await;
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}

#[test]
fn who_speaks_muted_is_warned_and_unmutes() {
    run(async |stage| {
        let alice = stage.log_in(ALICE).await;
        let phone = stage.phone();
        let call = alice.dial(DESK.number).await;
        alice.is_answered(&call).await;
        let widget = alice.widget().await;
        assert!(!widget.has("[data-test-id=unmute]").await);
        alice.toggle(Control::Mute, true).await;
        phone.hears_silence().await.unwrap();
        widget.click("[data-test-id=unmute]").await;
        widget.see_attribute(Control::Mute, "aria-pressed", Some("false")).await;
        phone.hears_voice().await.unwrap();
        // On hold nobody is to be heard.
        alice.toggle(Control::Hold, true).await;
        phone.hears_silence().await.unwrap();
        assert!(!widget.has("[data-test-id=unmute]").await);
        until_bars(&alice, 0).await;
        alice.hang_up().await;
        alice.saves(&call, "COMPLETED", "COMPLETED", true).await;
    });
}
