//! Hours in one tab, compressed: hundreds of calls and reloads leave nothing behind.

use e2e::{Control, Setting, json, run_in};
use long_use::{Pages, Resources, RunLength, Step, User};
use std::time::{Duration, Instant};

/// How much the heap may grow for each call, in bytes. `cargo xtask bench` measures less than 200.
const HEAP_FOR_EACH_CALL: f64 = 1_024.0;
/// For each run, in bytes: caches and compiled code.
const HEAP_OF_CACHES: f64 = 400.0 * 1_024.0;

const ANSWERS: &str = "+16175550100";
const BUSY: &str = "+16175550101";
const NO_ANSWER: &str = "+16175550102";
const FAILS: &str = "+16175550104";

/// HubSpot, in the page around the widget: it answers, and counts the calls that were saved.
const HUBSPOT: &str = "if (window === top) {
    let answers = 0;
    addEventListener('message', ({data, source, origin}) => {
        const answer = (type, engagementId) =>
            source.postMessage({type, messageId: `hubspot_${++answers}`, data: {engagementId}}, origin);
        switch (data.type) {
            case 'OUTGOING_CALL_STARTED':
            case 'INCOMING_CALL':
                sessionStorage.calls = Number(sessionStorage.calls ?? 0) + 1;
                return answer('CREATE_ENGAGEMENT_SUCCEEDED', Number(sessionStorage.calls));
            case 'CALL_COMPLETED':
                sessionStorage.completed = Number(sessionStorage.completed ?? 0) + 1;
                return answer('UPDATE_ENGAGEMENT_SUCCEEDED', data.data.engagementId);
        }
        // The transcript belongs to the test and not to the widget.
        if (window.transcript) transcript.length = 0;
    });
}";

const SHORT_CALL: Duration = Duration::from_secs(10);

/// What one call is like.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Answered,
    Incoming,
    Busy,
    NotAnswered,
    Failed,
}

const KINDS: [Kind; 8] = [
    Kind::Answered,
    Kind::Incoming,
    Kind::Busy,
    Kind::Answered,
    Kind::NotAnswered,
    Kind::Answered,
    Kind::Incoming,
    Kind::Failed,
];

/// Where in a call a page is loaded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Before,
    Dialing,
    Talking,
    After,
}

const MOMENTS: [Moment; 4] = [Moment::Before, Moment::Dialing, Moment::Talking, Moment::After];

struct Day<'a> {
    pages: &'a Pages<'a>,
    calls: u32,
    reloads: u32,
    screens: u32,
}

impl Day<'_> {
    /// One call, with a reload at one of its moments if `reload` names one.
    async fn call(&mut self, talks: Duration, reload: Option<Moment>) {
        let number = self.calls as usize;
        self.calls += 1;
        self.screens += 4;
        let user = User::new(self.pages);
        let kind = if reload.is_some() { Kind::Answered } else { KINDS[number % KINDS.len()] };
        self.reload_at(Moment::Before, reload).await;
        let dial = |to: &str| [Step::Type(Control::DialNumber, to.into()), Step::Click(Control::Call)];
        let notes = Step::Type(Control::Notes, format!("notes of call {number}"));
        match kind {
            Kind::Answered => {
                user.perform(&dial(ANSWERS)).await;
                user.perform(&[Step::See(Control::EndCall)]).await;
                self.reload_at(Moment::Dialing, reload).await;
                self.pages.pass(Duration::from_secs(3)).await;
                user.perform(&[
                    Step::Click(Control::Mute),
                    Step::Click(Control::Hold),
                    Step::Click(Control::Record),
                    Step::Click(Control::Keypad),
                    Step::Click(Control::Key('5')),
                    Step::Click(Control::Keypad),
                    notes,
                ])
                .await;
                self.reload_at(Moment::Talking, reload).await;
                user.perform(&[Step::Click(Control::Mute), Step::Click(Control::Hold)]).await;
            }
            Kind::Incoming => {
                user.perform(&[
                    Step::Click(Control::Availability),
                    Step::Click(Control::Available),
                    Step::Click(Control::TriggerIncoming),
                    Step::Type(Control::IncomingNumber, BUSY.into()),
                    Step::Click(Control::CallMe),
                    Step::See(Control::Answer),
                ])
                .await;
                self.pages.pass(Duration::from_secs(3)).await;
                user.perform(&[Step::Click(Control::Answer), notes]).await;
            }
            Kind::Busy | Kind::NotAnswered | Kind::Failed => {
                let number = match kind {
                    Kind::Busy => BUSY,
                    Kind::NotAnswered => NO_ANSWER,
                    _ => FAILS,
                };
                user.perform(&dial(number)).await;
                if !matches!(kind, Kind::Failed) {
                    self.pages.pass(Duration::from_secs(25)).await;
                }
            }
        }
        if matches!(kind, Kind::Answered | Kind::Incoming) {
            self.pages.pass(talks).await;
            user.perform(&[Step::Click(Control::EndCall)]).await;
        }
        user.perform(&[Step::See(Control::SaveCall)]).await;
        self.reload_at(Moment::After, reload).await;
        user.perform(&[Step::Click(Control::SaveCall), Step::See(Control::DialNumber)]).await;
    }

    /// Loads the frame or the whole page again: one after the other.
    async fn reload_at(&mut self, moment: Moment, wanted: Option<Moment>) {
        if wanted != Some(moment) {
            return;
        }
        self.reloads += 1;
        // Every moment meets both in turn.
        if (self.reloads / 4 + self.reloads).is_multiple_of(2) {
            self.pages.reload_host().await;
        } else {
            self.pages.reload_frame().await;
        }
    }

    /// What there is when all that was started has ended. A call of each kind is made before, so that lists, styles and compiled code
    /// have their usual size.
    async fn resources(&mut self) -> Resources {
        for _ in KINDS {
            self.call(SHORT_CALL, None).await;
        }
        self.pages.pass(Duration::from_secs(60)).await;
        Resources::of(self.pages).await
    }
}

#[test]
fn nothing_grows() {
    let length = RunLength::of_environment();
    let setting = Setting {
        limit: Duration::from_secs(if length == RunLength::SHORT { 300 } else { 3_600 }),
        browser_flags: &["--autoplay-policy=no-user-gesture-required"],
        ..Setting::default()
    };
    run_in(setting, async |harness| {
        let began = Instant::now();
        harness.before_every_page(HUBSPOT).await;
        let pages = Pages::new(harness).await;
        let host = harness.widget().remote().open(harness).await;
        User::new(&pages).perform(&[Step::Click(Control::LogIn), Step::See(Control::DialNumber)]).await;
        let mut day = Day { pages: &pages, calls: 0, reloads: 0, screens: 0 };

        for moment in [Moment::Before, Moment::After] {
            day.call(SHORT_CALL, Some(moment)).await;
        }
        let before = day.resources().await;
        println!("before: {before}");

        // One call takes hours, and later nothing happens for a while.
        let (longest, idle) = (length.time / 4, length.time / 8);
        let talks = (length.time - longest - idle) / length.calls;
        day.call(longest, None).await;
        pages.pass(idle).await;
        for _ in 1..length.calls - length.reloads {
            day.call(talks, None).await;
        }
        let after_calls = day.resources().await;
        println!("after {} calls: {after_calls}", day.calls);
        for reload in 0..length.reloads as usize {
            day.call(talks, Some(MOMENTS[reload % MOMENTS.len()])).await;
        }
        let after_reloads = day.resources().await;
        println!("after {} calls and {} reloads: {after_reloads}", day.calls, day.reloads);
        println!(
            "{} calls, {} screens, {} reloads, {} s on the clock of the pages, {} s on that of the machine",
            day.calls,
            day.screens,
            day.reloads,
            pages.passed().as_secs(),
            began.elapsed().as_secs()
        );

        let completed = host.run("return [sessionStorage.calls, sessionStorage.completed];", vec![]).await;
        assert_eq!(completed, json!([day.calls.to_string(), day.calls.to_string()]), "every call is saved once");
        assert!(pages.passed() >= length.time);
        let allowed = |calls: u32| HEAP_OF_CACHES + HEAP_FOR_EACH_CALL * f64::from(calls);
        after_calls.assert_not_grown(&before, allowed(length.calls - length.reloads));
        after_reloads.assert_not_grown(&before, allowed(length.calls));
    });
}
