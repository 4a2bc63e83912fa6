//! Calls in the simulator, with faults: HubSpot's answers fail, are lost, doubled and late, pages are reloaded, left and flooded, storage
//! is cleared and full. Every call is completed once, with its own data. A seed reproduces the run.

use e2e::{Control, DEFAULT_TIMEOUT, FrameStorage, Setting, run_in, until};
use long_use::plan::{self, Course, Disturbance, End, HostFaults, Moment, PlannedCall, TABS};
use long_use::{Pages, RunLength, Simulator, Step, WIDGET_COUNTS, number_in};
use std::time::{Duration, Instant};

const ANSWERS: &str = "+16175550100";
const BUSY: &str = "+16175550101";
const NO_ANSWER: &str = "+16175550102";
const FAILS: &str = "+16175550104";
const CALLER: &str = "+16175550142";

/// How much the heap may differ, in bytes: the simulator shows and stores calls and messages.
const HEAP_OF_SIMULATOR: f64 = 2_048.0 * 1_024.0;

struct Run<'a> {
    simulator: &'a Simulator<'a>,
    disturbances: u32,
    reloads: u32,
}

impl Run<'_> {
    async fn call(&mut self, plan: &PlannedCall) {
        let simulator = self.simulator;
        let [begins, answers, talks, notes, ends, saves] = plan.tabs;
        simulator.set_faults(begins, plan.faults).await;
        self.disturb(plan, Moment::Before).await;
        let call = self.begin(plan, begins).await;
        match plan.course {
            Course::Answered(end) | Course::Incoming(end) => {
                if matches!(plan.course, Course::Incoming(_)) {
                    simulator.perform(answers, &[Step::Click(Control::Answer)]).await;
                } else {
                    self.disturb(plan, Moment::Dialing).await;
                    simulator.pass(Duration::from_secs(3)).await;
                }
                simulator.perform(talks, &[Step::Click(Control::Mute), Step::Click(Control::Hold)]).await;
                self.type_notes(notes, &call, "first").await;
                self.disturb(plan, Moment::Talking).await;
                self.type_notes(talks, &call, "second").await;
                simulator.pass(Duration::from_secs(plan.talks)).await;
                self.end(end, ends).await;
            }
            Course::RingsOut => {
                simulator.pass(Duration::from_secs(6)).await;
                return self.see_keypads().await;
            }
            Course::Busy | Course::NotAnswered => {
                self.disturb(plan, Moment::Dialing).await;
                simulator.pass(Duration::from_secs(25)).await;
            }
            Course::Fails => {}
        }
        self.wrap_up(plan, &call, notes, saves).await;
    }

    /// All calls so far are complete: a fault is reported with the call in which it came.
    async fn check(&self) {
        self.simulator.collect().await;
        self.simulator.ledger.borrow().check();
    }

    async fn begin(&self, plan: &PlannedCall, tab: usize) -> String {
        let dial = |number: &str| vec![Step::Type(Control::DialNumber, number.into()), Step::Click(Control::Call)];
        let steps = match plan.course {
            Course::Answered(_) => dial(ANSWERS),
            Course::Busy => dial(BUSY),
            Course::NotAnswered => dial(NO_ANSWER),
            Course::Fails => dial(FAILS),
            Course::Incoming(_) | Course::RingsOut => vec![
                Step::Click(Control::Availability),
                Step::Click(Control::Available),
                Step::Click(Control::TriggerIncoming),
                Step::Type(Control::IncomingNumber, CALLER.into()),
                Step::Click(Control::CallMe),
            ],
        };
        self.simulator.perform(tab, &steps).await;
        self.simulator.next_call().await
    }

    async fn type_notes(&self, tab: usize, call: &str, what: &str) -> String {
        let notes = format!("the {what} notes of {call}");
        self.simulator.perform(tab, &[Step::Type(Control::Notes, notes.clone())]).await;
        self.simulator.ledger.borrow_mut().typed(call, &notes);
        notes
    }

    async fn end(&self, end: End, tab: usize) {
        match end {
            End::HangUp => self.simulator.perform(tab, &[Step::Click(Control::EndCall)]).await,
            End::ByHubSpot => self.simulator.end_call(tab).await,
            End::Transfer => {
                let steps = [
                    Step::Click(Control::Transfer),
                    Step::Type(Control::TransferNumber, BUSY.into()),
                    Step::Click(Control::TransferCall),
                ];
                self.simulator.perform(tab, &steps).await;
                self.simulator.pass(Duration::from_secs(2)).await;
            }
        }
    }

    async fn wrap_up(&mut self, plan: &PlannedCall, call: &str, notes: usize, saves: usize) {
        let simulator = self.simulator;
        simulator.perform(notes, &[Step::See(Control::SaveCall)]).await;
        let text = self.type_notes(notes, call, "third").await;
        self.disturb(plan, Moment::WrapUp).await;
        if plan.finalizes {
            simulator.perform(saves, &[Step::ClickIfThere(Control::Finalize)]).await;
        }
        simulator.perform(saves, &[Step::Click(Control::SaveCall)]).await;
        self.see_keypads().await;
        if plan.faults.reorders {
            // A message that no other one overtakes is delivered by now.
            simulator.pass(Duration::from_secs(10)).await;
        }
        if plan.faults.update_fails && !plan.faults.loses_next {
            until("the notes that were not saved", DEFAULT_TIMEOUT, async || {
                if simulator.sees_or_closes_notice(saves, &text).await { Ok(()) } else { Err("not shown".to_owned()) }
            })
            .await;
        }
        for tab in 0..TABS {
            simulator.perform(tab, &[Step::ClickIfThere(Control::CloseNotice)]).await;
        }
        if plan.logs_out {
            simulator.perform(saves, &[Step::Click(Control::LogOut)]).await;
            for tab in 0..TABS {
                simulator.perform(tab, &[Step::See(Control::LogIn)]).await;
            }
            simulator.perform(notes, &[Step::Click(Control::LogIn), Step::See(Control::DialNumber)]).await;
        }
    }

    async fn see_keypads(&self) {
        for tab in 0..TABS {
            self.simulator.perform(tab, &[Step::See(Control::DialNumber)]).await;
        }
    }

    async fn disturb(&mut self, plan: &PlannedCall, moment: Moment) {
        let Some((at, disturbance)) = plan.disturbance else { return };
        if at != moment {
            return;
        }
        self.disturbances += 1;
        self.reloads += u32::from(!matches!(disturbance, Disturbance::Flood(_) | Disturbance::Background(_)));
        self.simulator.disturb(disturbance).await;
    }
}

#[test]
fn every_call_completes_once_with_its_own_data() {
    let length = RunLength::of_environment();
    let seed = number_in("SOAK_SEED").unwrap_or(plan::SEED_OF_TESTS);
    let calls = number_in("SOAK_CALLS").unwrap_or(length.calls.into()) as usize;
    let setting = Setting {
        limit: Duration::from_secs(if length == RunLength::SHORT { 300 } else { 7_200 }),
        storage: FrameStorage::Allowed,
        quiet_console: false,
        browser_flags: &["--autoplay-policy=no-user-gesture-required"],
        ..Setting::default()
    };
    run_in(setting, async |harness| {
        let began = Instant::now();
        let pages = Pages::new(harness).await;
        let simulator = Simulator::open(&pages).await;
        simulator.perform(0, &[Step::Click(Control::LogIn), Step::See(Control::DialNumber)]).await;
        let mut run = Run { simulator: &simulator, disturbances: 0, reloads: 0 };
        let mut plans = plan::calls(seed, plan::FAULTS).take(calls).enumerate();
        let half = calls / 2;
        for (number, plan) in plans.by_ref().take(half) {
            println!("call {number} of seed {seed}: {plan:?}");
            run.call(&plan).await;
            run.check().await;
        }
        // By now the simulator's lists have their greatest length, in a whole run.
        let before = simulator.resources().await;
        for (number, plan) in plans {
            println!("call {number} of seed {seed}: {plan:?}");
            run.call(&plan).await;
            run.check().await;
        }
        simulator.set_faults(0, HostFaults::default()).await;
        let after = simulator.resources().await;
        run.check().await;

        for (before, after) in before.iter().zip(&after) {
            println!("half of it: {before}\nall of it: {after}");
        }
        println!(
            "{}; {} disturbances, {} of them loaded a page again; {} s on the clock of the pages, {} s on that of the machine",
            simulator.ledger.borrow(),
            run.disturbances,
            run.reloads,
            pages.passed().as_secs(),
            began.elapsed().as_secs()
        );
        assert_eq!(simulator.ledger.borrow().started(), calls as u64);
        for (before, after) in before.iter().zip(&after) {
            after.assert_counts_not_grown(before, HEAP_OF_SIMULATOR, WIDGET_COUNTS);
        }
    });
}
