//! Speed and memory of the release build in a browser: `cargo xtask bench` runs this. Another widget, or a bare page with the npm
//! package as guest, is measured in the same runs. The ratio between the two is comparable between machines, milliseconds are
//! not. Nothing passes or fails here.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a tool of this repository: what it cannot do ends it, with the reason"
)]

mod arguments;
mod figure;
mod measure;
mod table;

use arguments::{Arguments, Opponent};
use e2e::{BrowserKind, Setting, TestHarness, precompress, run_in};
use figure::Conditions;
use measure::{Guest, Kind};
use std::process::ExitCode;
use std::time::Duration;
use table::Figures;

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("error: {problem}; `cargo xtask help` lists the options");
            return ExitCode::FAILURE;
        }
    };
    let guests = guests(arguments.against.as_ref());
    eprintln!("compressing what is served");
    precompress(&e2e::dist());
    if let Some(Opponent::Folder(folder)) = &arguments.against {
        assert!(folder.join("index.html").is_file(), "{} has no index.html", folder.display());
        precompress(folder);
    }
    let browser = BrowserKind::from_environment();
    if browser != BrowserKind::Chromium {
        eprintln!("{browser} does not say how big its heap is, and cannot be slowed down: neither is measured");
    }
    let figures = measured(&arguments, &guests);
    let names: Vec<_> = guests.iter().map(|guest| guest.name.clone()).collect();
    let text = format!(
        "{browser}: medians of {} runs. The ratio is that of {} to {}.\n\n{}\n",
        arguments.runs,
        names[0],
        names[names.len() - 1],
        table::table(&figures, &names)
    );
    println!("{text}");
    if let Some(path) = &arguments.out {
        std::fs::write(path, text).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }
    ExitCode::SUCCESS
}

/// What is compared. The last one is the reference.
fn guests(against: Option<&Opponent>) -> Vec<Guest> {
    let ours = Guest { name: "this widget".into(), kind: Kind::Widget, at: Opponent::Url("/".into()) };
    let npm_guest = Opponent::Url("/pages/npm-guest.html".into());
    match against {
        Some(opponent) => {
            vec![ours, Guest { name: "the other widget".into(), kind: Kind::Widget, at: opponent.clone() }]
        }
        None => vec![
            ours,
            Guest { name: "minimal example".into(), kind: Kind::Page, at: Opponent::Url("/minimal/".into()) },
            Guest { name: "npm guest".into(), kind: Kind::Program, at: npm_guest },
        ],
    }
}

fn measured(arguments: &Arguments, guests: &[Guest]) -> Figures {
    let mut figures = Figures::new();
    for number in 1..=arguments.runs {
        eprintln!("run {number} of {}", arguments.runs);
        let mut empty = None;
        in_browser(&arguments.against, async |harness| empty = measure::heap_of_host(harness).await);
        for (index, guest) in guests.iter().enumerate() {
            let mut add = |figure, value: Option<f64>| figures.entry((index, figure)).or_default().extend(value);
            in_browser(&arguments.against, async |harness| measure::all(harness, guest, empty, &mut add).await);
            if BrowserKind::from_environment() != BrowserKind::Chromium {
                continue;
            }
            for conditions in [Conditions::SlowCpu, Conditions::SlowCpuAndLine] {
                in_browser(&arguments.against, async |harness| {
                    measure::start_in(harness, guest, conditions, &mut add).await;
                });
            }
        }
    }
    if let Some(calls) = arguments.calls {
        for (index, guest) in guests.iter().enumerate().filter(|(_, guest)| guest.kind == Kind::Widget) {
            eprintln!("{calls} calls in {}", guest.name);
            let mut add = |figure, value: Option<f64>| figures.entry((index, figure)).or_default().extend(value);
            in_browser(&arguments.against, async |harness| measure::calls(harness, guest, calls, &mut add).await);
        }
    }
    figures
}

/// Runs a measurement in a new browser. Errors in the console are allowed, as another widget may log them.
fn in_browser(against: &Option<Opponent>, test: impl AsyncFnOnce(&TestHarness)) {
    let outside = matches!(against, Some(Opponent::Url(_)));
    run_in(Setting { limit: Duration::from_secs(3600), outside, quiet_console: false, ..Setting::default() }, test);
}
