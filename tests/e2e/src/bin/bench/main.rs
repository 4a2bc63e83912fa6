//! How fast the release build is in a browser, and what it holds: `cargo xtask bench` runs this. The reference, measured in
//! the same run, is a bare page with the npm package as guest; a ratio to it means more than milliseconds, which are the
//! machine's. Nothing is judged here.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a tool of this repository: what it cannot do ends it, with the reason"
)]

use e2e::{Frame, Host, PATIENCE, Stage, Value, json, run, until};
use std::collections::BTreeMap;

const PROBE: &str = include_str!("probe.js");
const PRESSES: u32 = 1_000;
const DIALS: u32 = 2_000;
const ROUND_TRIPS: u32 = 200;
const SLOWER: u32 = 4;

/// What is compared: the widget, the SDK alone, and the reference.
const GUESTS: [(&str, &str); 3] =
    [("widget", "/"), ("minimal example", "/minimal/"), ("npm guest", "/pages/npm-guest.html")];
/// Says nothing and answers nothing: what the host's own page holds.
const NO_GUEST: &str = "/pages/stranger.html";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Figure {
    Ready,
    Painted,
    LoggedIn,
    SlowReady,
    SlowPainted,
    SlowLoggedIn,
    Heap,
    HeapAfterPresses,
    Digit,
    Presses,
    Dials,
    RoundTrip,
}

impl Figure {
    const ALL: [Self; 12] = [
        Self::Ready,
        Self::Painted,
        Self::LoggedIn,
        Self::SlowReady,
        Self::SlowPainted,
        Self::SlowLoggedIn,
        Self::Heap,
        Self::HeapAfterPresses,
        Self::Digit,
        Self::Presses,
        Self::Dials,
        Self::RoundTrip,
    ];

    /// What it is, and its unit.
    fn name(self) -> (String, &'static str) {
        let slow = |what: &str| (format!("the same, CPU {SLOWER}x slower: {what}"), "ms");
        match self {
            Self::Ready => ("frame made -> READY at the host".into(), "ms"),
            Self::Painted => ("frame made -> first contentful paint".into(), "ms"),
            Self::LoggedIn => ("frame made -> a click on Log in works".into(), "ms"),
            Self::SlowReady => slow("READY"),
            Self::SlowPainted => slow("paint"),
            Self::SlowLoggedIn => slow("Log in"),
            Self::Heap => ("heap after load, JavaScript and wasm".into(), "KiB"),
            Self::HeapAfterPresses => (format!("heap after {PRESSES} key presses"), "KiB"),
            Self::Digit => ("digit click -> value shown".into(), "ms"),
            Self::Presses => (format!("{PRESSES} presses back to back, each"), "ms"),
            Self::Dials => (format!("{DIALS} DIAL_NUMBER until the last is shown"), "/s"),
            Self::RoundTrip => ("unknown type -> ERROR back".into(), "ms"),
        }
    }
}

type Figures = BTreeMap<(usize, Figure), Vec<f64>>;

fn main() {
    let runs = std::env::args().nth(1).and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let mut figures = Figures::new();
    for number in 1..=runs {
        eprintln!("run {number} of {runs}");
        let mut empty = 0.0;
        run(async |stage| empty = heap_of_host(stage).await);
        for (guest, (_, path)) in GUESTS.iter().enumerate() {
            let mut add = |figure, value: Option<f64>| figures.entry((guest, figure)).or_default().extend(value);
            run(async |stage| whole(stage, path, empty, &mut add).await);
            run(async |stage| slow_start(stage, path, &mut add).await);
        }
    }
    println!("{}", table(&figures, runs));
}

/// Everything that is measured at full speed, in a browser that has not seen the guest before.
async fn whole(stage: &Stage, path: &str, empty: f64, add: &mut impl FnMut(Figure, Option<f64>)) {
    let host = open(stage, path).await;
    let [ready, painted, logged_in] = start(&host).await;
    add(Figure::Ready, ready);
    add(Figure::Painted, painted);
    add(Figure::LoggedIn, logged_in);
    let is_widget = logged_in.is_some();
    add(Figure::Heap, Some(heap(&host).await - empty));

    let call = format!("return bench.roundTrips({ROUND_TRIPS});");
    add(Figure::RoundTrip, host.run(&call, vec![]).await.as_f64());

    let widget = host.guest();
    if is_widget {
        // Once unmeasured: the first presses find nothing compiled.
        widget.run("return bench.press(20, true);", vec![]).await;
        add(Figure::Digit, widget.run("return bench.press(200, true);", vec![]).await.as_f64());
        add(Figure::Presses, widget.run(&format!("return bench.press({PRESSES}, false);"), vec![]).await.as_f64());
        add(Figure::HeapAfterPresses, Some(heap(&host).await - empty));
    }
    if is_widget || widget.run("return Boolean(window.transcript);", vec![]).await == json!(true) {
        let last = host.run(&format!("return bench.number({DIALS});"), vec![]).await;
        widget.run("bench.seen = bench.sees(arguments[0]);", vec![last]).await;
        let began = time(&host.run(&format!("return bench.dial({DIALS});"), vec![]).await);
        let seen = time(&widget.run("return bench.seen;", vec![]).await);
        add(Figure::Dials, seen.zip(began).map(|(seen, began)| f64::from(DIALS) * 1000.0 / (seen - began)));
    }
}

async fn slow_start(stage: &Stage, path: &str, add: &mut impl FnMut(Figure, Option<f64>)) {
    devtools(stage, "Emulation.setCPUThrottlingRate", json!({"rate": SLOWER})).await;
    let host = open(stage, path).await;
    let [ready, painted, logged_in] = start(&host).await;
    add(Figure::SlowReady, ready);
    add(Figure::SlowPainted, painted);
    add(Figure::SlowLoggedIn, logged_in);
}

async fn open<'a>(stage: &'a Stage, path: &str) -> Host<'a> {
    stage.before_every_page(PROBE).await;
    stage.guest_at(path).open(stage).await
}

/// When READY, the first paint and a log-in that works came, in milliseconds after the frame was made; nothing for what a guest
/// does not have.
async fn start(host: &Host<'_>) -> [Option<f64>; 3] {
    let ready = until("READY", PATIENCE, async || {
        host.run("return bench.ready();", vec![]).await.as_f64().ok_or(String::new())
    })
    .await;
    let guest = host.guest();
    let shows = guest.run("return Boolean(document.querySelector('button, [data-test-id]'));", vec![]).await;
    if shows != json!(true) {
        return [Some(ready), None, None];
    }
    let painted = until("a first paint", PATIENCE, async || {
        time(&guest.run("return bench.painted();", vec![]).await).ok_or(String::new())
    })
    .await;
    let has_log_in =
        "return Boolean(document.querySelector('[data-test-id=log-in], [data-test-id=dial-number-input]'));";
    let logged_in = match guest.run(has_log_in, vec![]).await == json!(true) {
        true => time(&guest.run("return bench.loggedIn;", vec![]).await),
        false => None,
    };
    let made = time(&host.run("return String(bench.frameMade);", vec![]).await).expect("the frame has been made");
    [Some(ready), Some(painted - made), logged_in.map(|at| at - made)]
}

async fn heap_of_host(stage: &Stage) -> f64 {
    stage.before_every_page(PROBE).await;
    let mut page = stage.guest_at(NO_GUEST);
    page.syncs = Some(0);
    let host = page.open(stage).await;
    until("the page in the frame", PATIENCE, async || {
        let there = host.guest().try_run("return Boolean(window.attack);", vec![]).await?;
        if there == json!(true) { Ok(()) } else { Err("it is loading".to_owned()) }
    })
    .await;
    heap(&host).await
}

/// JavaScript of the page and its frame, which share a process here, and the wasm of the frame; in KiB.
async fn heap(host: &Host<'_>) -> f64 {
    let guest: Frame<'_> = host.guest();
    let wasm = guest.run("return bench.wasmBytes();", vec![]).await.as_f64().unwrap_or_default();
    devtools(host.stage, "HeapProfiler.collectGarbage", json!({})).await;
    let usage = devtools(host.stage, "Runtime.getHeapUsage", json!({})).await;
    (usage["usedSize"].as_f64().expect("the size of the heap") + wasm) / 1024.0
}

async fn devtools(stage: &Stage, method: &str, parameters: Value) -> Value {
    stage.driver().cdp().send_raw(method, parameters).await.expect("the browser's developer tools do it")
}

/// Times travel as text: the driver would make other numbers of large ones.
fn time(text: &Value) -> Option<f64> {
    text.as_str()?.parse().ok()
}

fn table(figures: &Figures, runs: u32) -> String {
    let mut rows = vec![["".to_owned(), GUESTS[0].0.into(), GUESTS[1].0.into(), GUESTS[2].0.into(), "ratio".into()]];
    for figure in Figure::ALL {
        let (name, unit) = figure.name();
        let of = |guest| median(figures.get(&(guest, figure)).map_or(&[][..], Vec::as_slice));
        let cell = |value: Option<f64>| value.map_or("-".into(), |value| format!("{} {unit}", rounded(value)));
        let ratio = of(0).zip(of(2)).map_or("-".into(), |(ours, reference)| format!("{:.2}", ours / reference));
        rows.push([name, cell(of(0)), cell(of(1)), cell(of(2)), ratio]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [0, 1, 2, 3, 4].map(width);
    let lines = rows.iter().map(|row| {
        let cells = (1..5).map(|column| format!("{:>w$}", row[column], w = widths[column]));
        format!("{:w$}  {}", row[0], cells.collect::<Vec<_>>().join("  "), w = widths[0])
    });
    let lines: Vec<_> = lines.collect();
    format!("medians of {runs} runs; the ratio is the widget's to the npm guest's\n{}", lines.join("\n"))
}

fn rounded(value: f64) -> String {
    if value.abs() < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn what_a_guest_does_not_have_is_a_dash() {
        let figures = Figures::from([((0, Figure::Ready), vec![90.0]), ((2, Figure::Ready), vec![60.0])]);
        let table = table(&figures, 1);
        let row = table
            .lines()
            .find(|line| line.contains("READY at the host"))
            .map(|line| line.split_whitespace().collect::<Vec<_>>());
        assert_eq!(row.as_deref().map(|row| row[row.len() - 6..].join(" ")), Some("90 ms - 60 ms 1.50".into()));
        assert_eq!(table.lines().count(), 2 + Figure::ALL.len());
    }
}
