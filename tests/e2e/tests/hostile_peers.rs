//! Values that no peer should post, thousands of them, from the host, from another frame and from the guest: nothing panics, nothing takes
//! long, nobody but the pinned peer gets an answer, and memory does not grow.
//!
//! `HOSTILE_CASES=100000 HOSTILE_SEED=7` makes a longer run.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, Frame, GUEST, Setting, TestHarness, Value, encode, json, run_in};
use std::time::Duration;

/// The time that a handler may take, in milliseconds.
const LIMIT: f64 = 50.0;
/// Cases of one call of WebDriver, which has a time limit.
const BATCH: u64 = 1_000;

/// Measures in each page how long its handlers of messages take, and keeps its WebAssembly memory and its errors.
const MEASURE: &str = r#"(() => {
    const measured = window.measured = { handled: 0, suspects: [], errors: [] };
    console.debug = console.log = console.warn = () => {};
    console.error = (...parts) => measured.errors.push(parts.join(" "));
    window.addEventListener("error", event => measured.errors.push(String(event.message)));
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const wrapped = new WeakMap();
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
        return remove.call(this, type, wrapped.get(listener) ?? listener, options);
    };
    EventTarget.prototype.addEventListener = function (type, listener, options) {
        if (type !== "message" || this !== window || typeof listener !== "function") return add.call(this, type, listener, options);
        const measure = event => {
            const handle = () => {
                const began = performance.now();
                listener.call(this, event);
                return performance.now() - began;
            };
            measured.handled++;
            const time = handle();
            if (time > LIMIT) measured.suspects.push({ time, handle, data: event.data });
        };
        wrapped.set(listener, measure);
        return add.call(this, type, measure, options);
    };
    for (const name of ["instantiate", "instantiateStreaming"]) {
        const instantiate = WebAssembly[name];
        WebAssembly[name] = async (...parts) => {
            const made = await instantiate.apply(WebAssembly, parts);
            const exported = Object.values((made.instance ?? made).exports);
            measured.memory = exported.find(part => part instanceof WebAssembly.Memory);
            return made;
        };
    }
})();"#;

fn run(test: impl AsyncFnOnce(&TestHarness)) {
    let minutes = if std::env::var_os("HOSTILE_CASES").is_some() { 60 } else { 3 };
    run_in(
        Setting { limit: Duration::from_secs(60 * minutes), ..Setting::default() },
        async |harness: &TestHarness| {
            harness.before_every_page(&MEASURE.replace("LIMIT", &LIMIT.to_string())).await;
            test(harness).await;
        },
    );
}

fn number_in(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Runs an attack of so many cases, in batches, with a seed for each. Returns how many values were posted.
async fn attack(frame: &Frame<'_>, function: &str, cases: u64) -> u64 {
    let seed = number_in("HOSTILE_SEED", 1) * 1_000_000;
    let mut posted = 0;
    for batch in 0..cases.div_ceil(BATCH) {
        let count = BATCH.min(cases - batch * BATCH);
        let script = format!("return window.{function}(arguments[0], arguments[1]);");
        posted += frame.run(&script, vec![json!(seed + batch), json!(count)]).await.as_u64().unwrap();
    }
    posted
}

/// What was measured in a page since the last call. A busy machine can interrupt a handler, so a message that took long is handled again:
/// it is slow when it is slow each time.
async fn measured(frame: &Frame<'_>) -> Value {
    let script = "const { handled, suspects, errors, memory } = measured;
        Object.assign(measured, { handled: 0, suspects: [] });
        const slow = suspects
            .map(({ time, handle, data }) => ({ time: Math.min(time, ...Array.from({ length: 5 }, handle)), data }))
            .filter(({ time }) => time > LIMIT)
            .map(({ time, data }) => `${time} ms: ${Object.prototype.toString.call(data)} ${String(data?.type)} ${String(data?.data).slice(0, 100)}`);
        return { handled, interrupted: suspects.length, slow, errors, memory: memory.buffer.byteLength };"
        .replace("LIMIT", &LIMIT.to_string());
    frame.run(&script, vec![]).await
}

/// No handler failed, and none takes long.
fn check(measured: &Value, posted: u64) {
    println!("    {posted} values: {measured}");
    assert_eq!(measured["errors"], json!([]));
    assert!(measured["handled"].as_u64() >= Some(posted), "{measured}, but {posted} were posted");
    assert_eq!(measured["slow"], json!([]));
}

/// The number of answers of each type.
async fn answers(frame: &Frame<'_>) -> Value {
    frame.run("return answers;", vec![]).await
}

#[test]
fn a_hostile_host_and_a_hostile_frame() {
    run(async |harness| {
        let page = "/pages/hostile-host.html";
        let source = encode(&harness.widget().guest);
        harness.driver().goto(format!("{}{page}?src={source}", harness.host_origin())).await.unwrap();
        let (host, widget) = (harness.page(), harness.frame(GUEST));
        widget.see(Control::LogIn).await;

        // Before the handshake nobody is answered.
        host.run(
            "for (const type of FROM_HOST) frames[0].postMessage({ type, messageId: '9_1', data: {} }, '*');",
            vec![],
        )
        .await;
        host.run("sync();", vec![]).await;
        let cases = number_in("HOSTILE_CASES", 1_000);
        let posted = attack(&host, "attackWidget", cases).await;
        let first = measured(&widget).await;
        check(&first, posted);

        // The same again with other values: memory stays where it was.
        widget.click(Control::LogIn).await;
        let posted = attack(&host, "attackWidget", cases).await;
        let second = measured(&widget).await;
        check(&second, posted);
        let (before, after) = (first["memory"].as_u64().unwrap(), second["memory"].as_u64().unwrap());
        assert!(after <= before + (1 << 20), "the memory of the widget grew from {before} to {after} bytes");

        let counted = answers(&host).await;
        let acks = host.run("return expectedAcks;", vec![]).await;
        assert_eq!(counted["SYNC_ACK"], acks, "each host instance is answered once: {counted}");
        let known =
            ["SYNC_ACK", "INITIALIZED", "ERROR", "LOGGED_IN", "USER_AVAILABLE", "USER_UNAVAILABLE", "RESIZE_WIDGET"];
        let surprising: Vec<_> =
            counted.as_object().unwrap().keys().filter(|kind| !known.contains(&kind.as_str())).collect();
        assert!(surprising.is_empty(), "{counted}");

        // A frame beside the widget, of another site and of the host's.
        for origin in ["http://foreign.example".to_owned(), harness.host_origin()] {
            let add = "return new Promise(resolve => {
                const frame = document.createElement('iframe');
                frame.id = 'sibling';
                frame.src = arguments[0];
                frame.onload = () => resolve();
                document.body.append(frame);
            });";
            host.run(add, vec![json!(format!("{origin}{page}?src=about:blank"))]).await;
            let sibling = harness.frame("#sibling");
            let posted = attack(&sibling, "attackSibling", cases / 4).await;
            host.run("return probe('PROBE_SIBLING');", vec![]).await;
            check(&measured(&widget).await, posted);
            assert_eq!(answers(&sibling).await, json!({}), "{origin} was answered");
            host.run("document.getElementById('sibling').remove();", vec![]).await;
        }
        assert_eq!(answers(&host).await["SYNC_ACK"], acks);

        // The widget is loaded again, and gets such values before its program has started.
        let acks = host.run("return reloadUnderFire(arguments[0]);", vec![json!(number_in("HOSTILE_SEED", 1))]).await;
        assert_eq!(acks, 1, "the new page answers the host once");
        check(&measured(&widget).await, 0);

        // It still works.
        let dial = "frames[0].postMessage({ type: 'DIAL_NUMBER', messageId: '9_1', data: { phoneNumber: '+16175550102' } }, '*');";
        host.run(dial, vec![]).await;
        widget.see_number(Control::DialNumber, "+16175550102").await;
        widget.click(Control::Call).await;
        e2e::until("the call at the host", e2e::DEFAULT_TIMEOUT, async || {
            let counted = answers(&host).await;
            if counted["OUTGOING_CALL_STARTED"] == 1 { Ok(()) } else { Err(format!("it received {counted}")) }
        })
        .await;
    });
}

#[test]
fn a_hostile_guest_of_our_host() {
    run(async |harness| {
        let guest = encode(&format!("{}/pages/hostile-guest.html", harness.guest_origin()));
        harness.driver().goto(format!("{}/host/?guest={guest}", harness.host_origin())).await.unwrap();
        let (host, guest) = (harness.page(), harness.frame(GUEST));
        host.see_log(1, "event", "READY").await;
        // The page lists every message; that is not what is tested.
        host.run("document.getElementById('log').remove();", vec![]).await;
        guest.run("return isConnected;", vec![]).await;
        let cases = number_in("HOSTILE_CASES", 1_000);
        let posted = attack(&guest, "attackHost", cases).await;
        let first = measured(&host).await;
        check(&first, posted);
        let posted = attack(&guest, "attackHost", cases).await;
        let second = measured(&host).await;
        check(&second, posted);
        let (before, after) = (first["memory"].as_u64().unwrap(), second["memory"].as_u64().unwrap());
        assert!(after <= before + (1 << 20), "the memory of the host grew from {before} to {after} bytes");
        let counted = answers(&guest).await;
        let surprising: Vec<_> =
            counted.as_object().unwrap().keys().filter(|kind| !["SYNC", "ERROR"].contains(&kind.as_str())).collect();
        assert!(surprising.is_empty(), "{counted}");
    });
}
