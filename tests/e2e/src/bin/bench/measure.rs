//! One measurement in one browser.

use crate::arguments::Opponent;
use crate::figure::{Conditions, DIALS, DOWN, Figure, LATENCY, PRESSES, SLOWER, UP};
use e2e::{BrowserKind, DEFAULT_TIMEOUT, Host, Server, TestHarness, Value, json, until};
use std::time::Duration;

const PROBE: &str = include_str!("probe.js");
const ROUND_TRIPS: u32 = 200;
/// It sends and answers nothing, so only the host page is measured.
const NO_GUEST: &str = "/pages/unrelated.html";
/// A slow machine with a slow network needs longer than the default timeout.
const SLOW_START_TIMEOUT: Duration = Duration::from_secs(60);
/// A call to it fails at once in the mock phone system. Without spaces, which some fields reject.
const NUMBER: &str = "+16175550104";
/// Calls before memory is compared: lists and caches have then grown to their usual size.
const WARM_UP_CALLS: u32 = 100;

pub struct Guest {
    pub name: String,
    pub kind: Kind,
    pub at: Opponent,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// It has a button to log in, and a keypad.
    Widget,
    /// It shows something.
    Page,
    /// It shows nothing, and records the messages that it receives.
    Program,
}

impl Guest {
    /// Its address in a test of this harness.
    async fn url(&self, harness: &TestHarness) -> String {
        match &self.at {
            Opponent::Folder(folder) => format!("http://127.0.0.1:{}/", Server::folder(folder).await),
            Opponent::Url(path) if path.starts_with('/') => format!("{}{path}", harness.guest_origin()),
            Opponent::Url(url) => url.clone(),
        }
    }
}

/// Everything that is measured at full speed.
pub async fn all(harness: &TestHarness, guest: &Guest, empty: Option<f64>, add: &mut impl FnMut(Figure, Option<f64>)) {
    let host = open(harness, guest).await;
    start(&host, guest.kind, Conditions::Full, add).await;
    let widget = host.guest();
    add(Figure::Transferred, widget.run("return bench.transferred();", vec![]).await.as_f64());
    let heap_of_guest = async || Some(heap(&host).await?).zip(empty).map(|((js, wasm), empty)| (js - empty, wasm));
    let after_load = heap_of_guest().await;
    add(Figure::HeapJs, after_load.map(|(js, _)| js));
    add(Figure::Heap, after_load.map(|(js, wasm)| js + wasm));

    let round_trips = format!("return bench.roundTrips({ROUND_TRIPS});");
    add(Figure::RoundTrip, host.run(&round_trips, vec![]).await.as_f64());

    if guest.kind == Kind::Widget {
        // One round without measuring: the first presses compile the code.
        widget.run("return bench.press(20, true);", vec![]).await;
        add(Figure::Digit, widget.run("return bench.press(200, true);", vec![]).await.as_f64());
        add(Figure::Presses, widget.run(&format!("return bench.press({PRESSES}, false);"), vec![]).await.as_f64());
        let after_presses = heap_of_guest().await;
        add(Figure::HeapJsAfterPresses, after_presses.map(|(js, _)| js));
        add(Figure::HeapAfterPresses, after_presses.map(|(js, wasm)| js + wasm));
    }
    if guest.kind != Kind::Page {
        for (figure, first) in [(Figure::Dials, 1), (Figure::DialsAgain, DIALS + 1)] {
            let last = first + DIALS - 1;
            let number = host.run(&format!("return bench.number({last});"), vec![]).await;
            widget.run("bench.seen = bench.sees(arguments[0]);", vec![number]).await;
            let began = time(&host.run(&format!("return bench.dial({first}, {last});"), vec![]).await);
            let seen = time(&widget.run("return bench.seen;", vec![]).await);
            add(figure, seen.zip(began).map(|(seen, began)| f64::from(DIALS) * 1000.0 / (seen - began)));
        }
    }
}

/// The start alone, on a slower machine.
pub async fn start_in(
    harness: &TestHarness,
    guest: &Guest,
    conditions: Conditions,
    add: &mut impl FnMut(Figure, Option<f64>),
) {
    devtools(harness, "Emulation.setCPUThrottlingRate", json!({"rate": SLOWER})).await;
    if conditions == Conditions::SlowCpuAndLine {
        devtools(harness, "Network.enable", json!({})).await;
        let line = json!({"offline": false, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP});
        devtools(harness, "Network.emulateNetworkConditions", line).await;
    }
    let host = open(harness, guest).await;
    start(&host, guest.kind, conditions, add).await;
}

/// The memory that is not freed after each call, in bytes. Each call is dialled, ends and is saved.
pub async fn calls(harness: &TestHarness, guest: &Guest, count: u32, add: &mut impl FnMut(Figure, Option<f64>)) {
    let host = open(harness, guest).await;
    until("a log-in", DEFAULT_TIMEOUT, async || {
        time(&host.guest().try_run("return bench.loggedIn;", vec![]).await?).ok_or(String::new())
    })
    .await;
    host.run("bench.answerCalls();", vec![]).await;
    make_calls(&host, WARM_UP_CALLS).await;
    let before = heap(&host).await;
    make_calls(&host, count).await;
    let after = heap(&host).await;
    let Some(((js, wasm), (js_after, wasm_after))) = before.zip(after) else { return };
    let each = |before: f64, after: f64| Some((after - before) * 1024.0 / f64::from(count));
    add(Figure::CallJs, each(js, js_after));
    add(Figure::CallWasm, each(wasm, wasm_after));
}

async fn make_calls(host: &Host<'_>, count: u32) {
    let mut left = count;
    while left > 0 {
        let made = host.guest().run(&format!("return bench.calls({left}, arguments[0]);"), vec![json!(NUMBER)]).await;
        let made = made.as_u64().and_then(|made| u32::try_from(made).ok()).filter(|made| *made > 0);
        left -= made.expect("a call can be made in some seconds");
        // The transcript belongs to the test and not to the guest.
        host.run("transcript.length = 0;", vec![]).await;
    }
}

/// JavaScript of a host whose guest does nothing, in KiB. Nothing where the browser does not say it.
pub async fn heap_of_host(harness: &TestHarness) -> Option<f64> {
    harness.before_every_page(PROBE).await;
    let mut page = harness.guest_at(NO_GUEST);
    page.syncs = Some(0);
    let host = page.open(harness).await;
    until("the page in the frame", DEFAULT_TIMEOUT, async || {
        let there = host.guest().try_run("return Boolean(window.attack);", vec![]).await?;
        if there == json!(true) { Ok(()) } else { Err("it is loading".to_owned()) }
    })
    .await;
    heap(&host).await.map(|(js, _)| js)
}

async fn open<'a>(harness: &'a TestHarness, guest: &Guest) -> Host<'a> {
    harness.use_precise_clock().await;
    harness.before_every_page(PROBE).await;
    let mut page = harness.guest_at("/");
    page.guest = guest.url(harness).await;
    page.open(harness).await
}

/// When READY, the first paint and a log-in that works came, in milliseconds after the frame was made.
async fn start(host: &Host<'_>, kind: Kind, conditions: Conditions, add: &mut impl FnMut(Figure, Option<f64>)) {
    let ready = until("READY", SLOW_START_TIMEOUT, async || {
        host.run("return bench.ready();", vec![]).await.as_f64().ok_or(String::new())
    })
    .await;
    add(Figure::Ready(conditions), Some(ready));
    if kind == Kind::Program {
        return;
    }
    let guest = host.guest();
    let made = time(&host.run("return String(bench.frameMade);", vec![]).await).expect("the frame has been made");
    let painted = until("a first paint", SLOW_START_TIMEOUT, async || {
        time(&guest.run("return bench.painted();", vec![]).await).ok_or(String::new())
    })
    .await;
    add(Figure::Painted(conditions), Some(painted - made));
    if kind == Kind::Widget {
        let logged_in = time(&guest.run("return bench.loggedIn;", vec![]).await);
        add(Figure::Usable(conditions), logged_in.map(|at| at - made));
    }
}

/// JavaScript of the page and its frame, which share a process here, and the wasm of the frame; in KiB. Only Chromium says it.
async fn heap(host: &Host<'_>) -> Option<(f64, f64)> {
    if host.harness.browser() != BrowserKind::Chromium {
        return None;
    }
    let wasm = host.guest().run("return bench.wasmBytes();", vec![]).await.as_f64().unwrap_or_default();
    devtools(host.harness, "HeapProfiler.collectGarbage", json!({})).await;
    let usage = devtools(host.harness, "Runtime.getHeapUsage", json!({})).await;
    let js = usage["usedSize"].as_f64().expect("the size of the heap");
    Some((js / 1024.0, wasm / 1024.0))
}

async fn devtools(harness: &TestHarness, method: &str, parameters: Value) -> Value {
    harness.driver().cdp().send_raw(method, parameters).await.expect("the browser's developer tools do it")
}

/// Times are transferred as text: the driver would change large numbers.
fn time(text: &Value) -> Option<f64> {
    text.as_str()?.parse().ok()
}
