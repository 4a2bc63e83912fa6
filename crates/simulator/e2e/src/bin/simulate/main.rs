//! Runs scenarios of the simulator without a person: `cargo xtask simulate` runs this. Each has a browser of its own; what
//! is to be done inside the widget is done by the selectors of its file. The report is a test runner's.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a tool of this repository: what it cannot do ends it, with the reason"
)]

mod arguments;

use arguments::{Arguments, Task};
use e2e::{Setting, run_in};
use simulator_e2e::{Opening, Outcome, Simulator};
use std::collections::VecDeque;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// How many browsers run beside each other.
const BROWSERS: usize = 2;

/// How long one scenario may take. The steps have limits of their own; this one is for pages that hang.
const LIMIT: Duration = Duration::from_secs(180);

fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(why) => {
            eprintln!("error: {why}");
            return ExitCode::from(2);
        }
    };
    if arguments.task == Task::List {
        for scenario in &arguments.scenarios {
            println!("{:<20} {}", scenario.name, scenario.description);
        }
        return ExitCode::SUCCESS;
    }
    let begin = Instant::now();
    println!("\nrunning {} scenarios", arguments.scenarios.len());
    let report = run_all(Arc::new(arguments));
    if !report.failed.is_empty() {
        println!("\nfailures:");
        for (name, why) in &report.failed {
            println!("\n---- {name} ----\n{why}");
            for line in console_errors(name) {
                println!("console: {line}");
            }
        }
    }
    let verdict = if report.failed.is_empty() { "ok" } else { "FAILED" };
    let Report { passed, ignored, .. } = report;
    let (failed, seconds) = (report.failed.len(), begin.elapsed().as_secs_f32());
    println!("\ntest result: {verdict}. {passed} passed; {failed} failed; {ignored} ignored; in {seconds:.1} s");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What the pages of a failed run wrote to the console in anger; the rest lies beside its picture.
fn console_errors(name: &str) -> Vec<String> {
    let console = e2e::target().join("e2e").join(format!("simulate-{name}")).join("console.txt");
    let console = std::fs::read_to_string(console).unwrap_or_default();
    console.lines().filter_map(|line| line.strip_prefix("SEVERE ").map(str::to_owned)).collect()
}

#[derive(Default)]
struct Report {
    passed: usize,
    /// The widget does not support what these scenarios need.
    ignored: usize,
    failed: Vec<(String, String)>,
}

fn run_all(arguments: Arc<Arguments>) -> Report {
    // A failed scenario is told in the report, not as the panic of a program.
    std::panic::set_hook(Box::new(|_| {}));
    let mut report = Report::default();
    let mut waiting = VecDeque::new();
    for (index, scenario) in arguments.scenarios.iter().enumerate() {
        match scenario.unsupported(&arguments.selectors) {
            Some(reason) => {
                println!("test {} ... ignored, {reason}", scenario.name);
                report.ignored += 1;
            }
            None => waiting.push_back(index),
        }
    }
    let waiting = Arc::new(Mutex::new(waiting));
    let (tell, told) = mpsc::channel();
    for _ in 0..BROWSERS {
        let (waiting, arguments, tell) = (waiting.clone(), arguments.clone(), tell.clone());
        thread::spawn(move || {
            loop {
                let next = waiting.lock().expect("nobody panics with the lock").pop_front();
                let Some(index) = next else { return };
                let begin = Instant::now();
                let outcome = run_one(arguments.clone(), index);
                if tell.send((index, begin.elapsed(), outcome)).is_err() {
                    return;
                }
            }
        });
    }
    drop(tell);
    for (index, took, outcome) in told {
        let name = &arguments.scenarios[index].name;
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("test {name} ... {verdict} ({:.1} s)", took.as_secs_f32());
        match outcome {
            Ok(()) => report.passed += 1,
            Err(why) => report.failed.push((name.clone(), why)),
        }
    }
    report
}

/// In a thread of its name, after which what a failure leaves behind is named.
fn run_one(arguments: Arc<Arguments>, index: usize) -> Result<(), String> {
    let thread = thread::Builder::new().name(arguments.scenarios[index].name.clone());
    let running = thread.spawn(move || {
        let foreign = arguments.widget.is_some();
        let setting = Setting { limit: LIMIT, outside: foreign, quiet_console: !foreign, ..Setting::default() };
        run_in(setting, async |harness| {
            let simulator = Simulator::open(
                harness,
                &Opening {
                    widget: arguments.widget.as_deref(),
                    scenario: Some(&arguments.scenarios[index].name),
                    own_scenarios: &arguments.own,
                },
            )
            .await;
            if let Outcome::Failed(why) = simulator.finish(&arguments.selectors, LIMIT).await {
                panic!("{why}");
            }
        });
    });
    running.expect("a thread can be started").join().map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("it ended without a reason").to_owned()
    })
}
