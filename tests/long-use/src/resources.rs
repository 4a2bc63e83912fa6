//! What pages can leave behind.

use crate::pages::Pages;
use e2e::{Value, json};
use std::fmt;

/// The memory of a program grows by so many bytes at a time, once when its free parts do not fit.
const WASM_PAGE: u64 = 65_536;
/// How many nodes and listeners may come and go with the garbage of the browser. One for each call would be more.
const SLACK: u64 = 8;
/// What the browser counts for all pages of its process.
const BROWSER_COUNTS: [&str; 4] = ["Documents", "Frames", "JSEventListeners", "Nodes"];
/// What the widget's page counts for itself: what it has open, then what it has made since it was loaded.
const PAGE_COUNTS: [&str; 6] = ["timers", "channels", "locksHeld", "locksPending", "ports", "sounds"];
/// What the widget has open, whichever page is around it.
pub const WIDGET_COUNTS: &[&str] = &["timers", "channels", "locksHeld", "locksPending"];

/// What the browser and the widget's page hold at one moment, after the garbage was collected.
#[derive(Clone, Debug, PartialEq)]
pub struct Resources {
    /// JavaScript of the host and the widget, which share a process here, in bytes.
    pub heap: f64,
    /// Of the widget, in bytes.
    pub wasm: u64,
    /// What the browser counts for both pages, and the widget's page for itself, each with its name.
    pub counts: Vec<(&'static str, u64)>,
}

impl Resources {
    /// What there is now.
    pub async fn of(pages: &Pages<'_>) -> Self {
        let own = pages.widget().run("return longUse.counts();", vec![]).await;
        pages.devtools("Performance.enable", json!({})).await;
        // The second time frees what the finalizers of the first have released.
        for _ in 0..2 {
            pages.devtools("HeapProfiler.collectGarbage", json!({})).await;
        }
        let metrics = pages.devtools("Performance.getMetrics", json!({})).await;
        let metric = |name: &str| {
            let found = metrics["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == name);
            found.and_then(|metric| metric["value"].as_f64()).unwrap_or_else(|| panic!("no {name} in {metrics}"))
        };
        let number = |value: &Value| value.as_u64().unwrap_or_else(|| panic!("no number in {own}"));
        let counts = BROWSER_COUNTS.into_iter().map(|name| (name, metric(name) as u64));
        let counts = counts.chain(PAGE_COUNTS.into_iter().map(|name| (name, number(&own[name])))).collect();
        Resources { heap: metric("JSHeapUsedSize"), wasm: number(&own["wasm"]), counts }
    }

    /// # Panics
    /// When anything has grown since `before`: a count, the heap by more than `heap_growth` bytes, the memory of
    /// the program by more than a page.
    pub fn assert_not_grown(&self, before: &Self, heap_growth: f64) {
        self.assert_counts_not_grown(before, heap_growth, &[&BROWSER_COUNTS[..], &PAGE_COUNTS].concat());
    }

    /// As [`Self::assert_not_grown`], of these counts alone.
    ///
    /// # Panics
    /// When anything has grown.
    pub fn assert_counts_not_grown(&self, before: &Self, heap_growth: f64, counts: &[&str]) {
        let pairs = self.counts.iter().zip(&before.counts).filter(|(now, _)| counts.contains(&now.0));
        let grown: Vec<_> = pairs
            .filter(|(now, then)| now.1 > then.1 + slack(now.0))
            .map(|(now, then)| (now.0, then.1, now.1))
            .collect();
        let heap = self.heap - before.heap;
        let why = format!("before: {before}\nafter: {self}");
        assert!(grown.is_empty(), "{grown:?} have grown\n{why}");
        assert!(self.wasm <= before.wasm + WASM_PAGE, "the memory of the program has grown\n{why}");
        assert!(heap <= heap_growth, "the heap has grown by {heap} bytes, more than {heap_growth}\n{why}");
    }
}

fn slack(count: &str) -> u64 {
    if matches!(count, "JSEventListeners" | "Nodes") { SLACK } else { 0 }
}

impl fmt::Display for Resources {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "heap {:.0} KiB, wasm {} KiB", self.heap / 1024.0, self.wasm / 1024)?;
        self.counts.iter().try_for_each(|(name, count)| write!(f, ", {name} {count}"))
    }
}
