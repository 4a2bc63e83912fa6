//! What is measured.

pub const PRESSES: u32 = 1_000;
pub const DIALS: u32 = 2_000;
/// How much slower the CPU is made.
pub const SLOWER: u32 = 4;
/// A slow line: 1.6 Mbit/s down, 0.75 Mbit/s up, in bytes a second, and milliseconds for a round trip.
pub const DOWN: u32 = 200_000;
pub const UP: u32 = 93_750;
pub const LATENCY: u32 = 150;

/// On what kind of machine and line a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conditions {
    Full,
    SlowCpu,
    SlowCpuAndLine,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    Transferred,
    Ready(Conditions),
    Painted(Conditions),
    Usable(Conditions),
    HeapJs,
    Heap,
    HeapJsAfterPresses,
    HeapAfterPresses,
    Digit,
    Presses,
    Dials,
    DialsAgain,
    RoundTrip,
    CallJs,
    CallWasm,
}

impl Figure {
    /// In the order of the table.
    pub fn all() -> Vec<Self> {
        let start = |conditions| [Self::Ready(conditions), Self::Painted(conditions), Self::Usable(conditions)];
        let mut all = vec![Self::Transferred];
        for conditions in [Conditions::Full, Conditions::SlowCpu, Conditions::SlowCpuAndLine] {
            all.extend(start(conditions));
        }
        all.extend([Self::HeapJs, Self::Heap, Self::HeapJsAfterPresses, Self::HeapAfterPresses, Self::Digit]);
        all.extend([Self::Presses, Self::Dials, Self::DialsAgain, Self::RoundTrip]);
        all.extend([Self::CallJs, Self::CallWasm]);
        all
    }

    pub fn name(self) -> String {
        let at = |conditions, what: &str| match conditions {
            Conditions::Full => what.to_owned(),
            Conditions::SlowCpu => format!("CPU {SLOWER}x slower: {what}"),
            Conditions::SlowCpuAndLine => format!("CPU {SLOWER}x slower, 1.6 Mbit/s, {LATENCY} ms: {what}"),
        };
        match self {
            Self::Transferred => "transferred, brotli 11".into(),
            Self::Ready(conditions) => at(conditions, "frame made → READY at the host"),
            Self::Painted(conditions) => at(conditions, "frame made → first contentful paint"),
            Self::Usable(conditions) => at(conditions, "frame made → a click on Log in works"),
            Self::HeapJs => "heap after load, JavaScript".into(),
            Self::Heap => "heap after load, JavaScript and wasm".into(),
            Self::HeapJsAfterPresses => format!("heap after {PRESSES} key presses, JavaScript"),
            Self::HeapAfterPresses => format!("heap after {PRESSES} key presses, JavaScript and wasm"),
            Self::Digit => "digit click → value shown".into(),
            Self::Presses => format!("{PRESSES} presses, one in each task: each"),
            Self::Dials => format!("{DIALS} DIAL_NUMBER until the last is shown"),
            Self::DialsAgain => format!("the next {DIALS}, with the code compiled"),
            Self::RoundTrip => "unknown type → ERROR back".into(),
            Self::CallJs => "stays behind for each call, JavaScript".into(),
            Self::CallWasm => "stays behind for each call, wasm".into(),
        }
    }

    pub fn unit(self) -> &'static str {
        match self {
            Self::Transferred | Self::CallJs | Self::CallWasm => "B",
            Self::HeapJs | Self::Heap | Self::HeapJsAfterPresses | Self::HeapAfterPresses => "KiB",
            Self::Dials | Self::DialsAgain => "/s",
            Self::Ready(_) | Self::Painted(_) | Self::Usable(_) | Self::Digit | Self::Presses | Self::RoundTrip => "ms",
        }
    }
}
