//! What calls cost: the time from the click to the INVITE, from the INVITE to ringing, and the memory that 100 calls leave behind. The
//! figures are printed, and are in ARCHITECTURE.md.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use sip_e2e::{ALICE, Caller, Control, DEFAULT_TIMEOUT, DESK, Frame, Options, Stage, Value, json, run_within, until};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(480);
/// The first measurement is made when buffers and caches have their size.
const MEASURED_AFTER: [u32; 2] = [20, 100];
/// In KiB. More than this for each call would be a call that is kept.
const LEFT_BEHIND: f64 = 4.0;
/// A script has a time limit.
const BATCH: u32 = 10;
const MAKE_CALLS: &str = "const [count, number] = arguments; return (async () => {
    const nextFrame = () => new Promise(done => setTimeout(done, 20));
    const there = async id => {
        for (;;) {
            const found = document.querySelector(`[data-test-id=${id}]`);
            if (found && !found.disabled) return found;
            await nextFrame();
        }
    };
    const packets = async () => {
        const stats = await window.connections.at(-1)?.getStats() ?? new Map();
        return [...stats.values()].find(entry => entry.type === 'inbound-rtp')?.packetsReceived ?? 0;
    };
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    for (let made = 0; made < count; made++) {
        const field = await there('dial-number-input');
        set.call(field, number);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        window.connections = [];
        (await there('outgoing-call')).click();
        while (await packets() < 5) await nextFrame();
        (await there('end-call')).click();
        (await there('complete-call')).click();
    }
    await there('dial-number-input');
    return count;
})();";
const SILENT_CONSOLE: &str =
    "for (const level of ['debug', 'error', 'info', 'log', 'warn']) console[level] = () => {};";
/// More than this, in milliseconds, is felt.
const IMMEDIATE: f64 = 1_000.0;

#[test]
fn the_first_message_is_sent_and_shown_without_a_delay() {
    run_within(LIMIT, Options::default(), async |stage| {
        let alice = stage.log_in_with_npm_host(ALICE).await;
        let (mut to_invite, mut to_ringing) = (Vec::new(), Vec::new());
        for _ in 0..9 {
            let widget = alice.widget().await;
            widget.type_over(Control::DialNumber, DESK.number).await;
            widget.run("window.times = {};", vec![]).await;
            widget.click(Control::Call).await;
            alice.host.next("OUTGOING_CALL_STARTED").await;
            alice.host.next("CALL_ANSWERED").await;
            to_invite.push(time_between(&alice, "click", "inviteSent").await);
            hang_up_and_save(&alice).await;

            alice.widget().await.run("window.times = {};", vec![]).await;
            stage.phone().dial(ALICE.number).await.unwrap();
            alice.rings(DESK.number).await;
            alice.widget().await.see(Control::Answer).await;
            to_ringing.push(time_between(&alice, "inviteReceived", "ringing").await);
            alice.widget().await.click(Control::Answer).await;
            alice.host.next("CALL_ANSWERED").await;
            hang_up_and_save(&alice).await;
        }
        let (to_invite, to_ringing) = (median(to_invite), median(to_ringing));
        println!("from the click to the INVITE: {to_invite:.1} ms; from the INVITE to ringing: {to_ringing:.1} ms");
        assert!(to_invite < IMMEDIATE && to_ringing < IMMEDIATE);
    });
}

/// The widget is the whole page: a host around it would have a heap of its own, and keep messages.
#[test]
fn memory_does_not_grow_with_calls() {
    run_within(LIMIT, Options::default(), async |stage| {
        // The developer tools keep what is logged.
        stage.harness.before_every_page(SILENT_CONSOLE).await;
        let back_end = stage.back_end().await;
        stage.harness.driver().goto(format!("{}/", back_end.url())).await.unwrap();
        let widget = stage.harness.page();
        widget.type_over(Control::UserName, ALICE.user).await;
        widget.type_over(Control::Password, ALICE.password).await;
        widget.click(Control::LogIn).await;
        until("the registration", DEFAULT_TIMEOUT, async || {
            if stage.exchange.log().contains("REGISTERED alice") { Ok(()) } else { Err("there is none".to_owned()) }
        })
        .await;
        let (mut made, mut heaps) = (0, Vec::new());
        for calls in MEASURED_AFTER {
            make_calls(&widget, calls - made).await;
            made = calls;
            heaps.push(heap(stage, &widget).await);
            println!(
                "after {calls} calls: {:.0} KiB of JavaScript, {:.0} KiB of wasm",
                heaps[heaps.len() - 1][0],
                heaps[heaps.len() - 1][1]
            );
        }
        let [first, last] = heaps[..] else { panic!("{heaps:?}") };
        let calls = f64::from(made - MEASURED_AFTER[0]);
        let each = [0, 1].map(|kind| (last[kind] - first[kind]) / calls);
        println!("left behind by each call: {:.2} KiB of JavaScript, {:.2} KiB of wasm", each[0], each[1]);
        assert!(each.iter().all(|left| *left < LEFT_BEHIND), "{heaps:?} KiB");
    });
}

/// Calls the phone, hears it, hangs up and saves, in the page itself: the driver keeps each element that it has found.
async fn make_calls(widget: &Frame<'_>, count: u32) {
    for _ in 0..count / BATCH {
        let made = widget.run(MAKE_CALLS, vec![json!(BATCH), json!(DESK.number)]).await;
        assert_eq!(made, json!(BATCH));
    }
}

async fn hang_up_and_save(alice: &Caller<'_>) {
    alice.widget().await;
    alice.host.hang_up_and_save().await;
}

/// In JavaScript and in wasm, in KiB, when the calls are over for SIP too.
async fn heap(stage: &Stage<'_>, widget: &Frame<'_>) -> [f64; 2] {
    // SIP keeps what belongs to a call for 32 seconds after its end (RFC 3261, timers D, H and J).
    for _ in 0..3 {
        widget.run("return new Promise(done => setTimeout(done, 12_000));", vec![]).await;
    }
    let wasm = widget.run("return window.wasmBytes();", vec![]).await.as_f64().unwrap();
    let devtools = async |method: &str| stage.harness.driver().cdp().send_raw(method, json!({})).await.unwrap();
    devtools("HeapProfiler.collectGarbage").await;
    let js = devtools("Runtime.getHeapUsage").await["usedSize"].as_f64().unwrap();
    [js / 1024.0, wasm / 1024.0]
}

async fn time_between(alice: &Caller<'_>, first: &str, then: &str) -> f64 {
    let script = "const [first, then] = arguments; return String(window.times[then] - window.times[first]);";
    let time = alice.widget().await.run(script, [first, then].map(Value::from).to_vec()).await;
    time.as_str().unwrap().parse().unwrap()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
