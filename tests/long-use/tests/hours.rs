//! Hours in one tab, compressed: hundreds of calls and reloads leave nothing behind.

use e2e::{Control, Setting, json, run_in};
use long_use::{Pages, Resources, RunLength, Step, User};
use std::time::{Duration, Instant};

/// How much the heap may grow for each call, in bytes, with what the npm host and the driver keep.
const HEAP_FOR_EACH_CALL: f64 = 512.0;
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

/// A script has a time limit.
const CALLS_OF_SCRIPT: u32 = 8;
/// Keypad, dialing or incoming, the call, and the wrap-up.
const SCREENS_OF_CALL: u32 = 4;
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
}

impl Day<'_> {
    /// So many calls of all kinds, each with some time in it or after it. A script makes several, as each script leaves something in
    /// the memory of the driver.
    async fn calls(&mut self, count: u32, time: Duration) {
        let mut left = count;
        while left > 0 {
            let batch = left.min(CALLS_OF_SCRIPT);
            let steps: Vec<_> = (0..batch).flat_map(|number| steps(self.calls + number, time)).collect();
            User::new(self.pages).perform(&steps).await;
            self.calls += batch;
            left -= batch;
        }
    }

    /// An answered call in which a page is loaded again.
    async fn call_with_reload(&mut self, moment: Moment, time: Duration) {
        let user = User::new(self.pages);
        let number = self.calls;
        self.calls += 1;
        self.reload_at(Moment::Before, moment).await;
        user.perform(&dial(ANSWERS)).await;
        user.perform(&[Step::See(Control::EndCall)]).await;
        self.reload_at(Moment::Dialing, moment).await;
        user.perform(&[Step::Pass(Duration::from_secs(3)), Step::Click(Control::Mute), notes(number)]).await;
        self.reload_at(Moment::Talking, moment).await;
        user.perform(&[Step::Click(Control::Mute), Step::Pass(time), Step::Click(Control::EndCall)]).await;
        user.perform(&[Step::See(Control::SaveCall)]).await;
        self.reload_at(Moment::After, moment).await;
        user.perform(&[Step::Click(Control::SaveCall), Step::See(Control::DialNumber)]).await;
    }

    async fn reload_at(&mut self, moment: Moment, wanted: Moment) {
        if moment == wanted {
            self.reload().await;
        }
    }

    /// Loads the frame or the whole page again: one after the other.
    async fn reload(&mut self) {
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
        self.calls(KINDS.len() as u32, SHORT_CALL).await;
        self.pages.pass(Duration::from_secs(60)).await;
        Resources::of(self.pages).await
    }
}

/// What the user does in one call.
fn steps(number: u32, time: Duration) -> Vec<Step> {
    let kind = KINDS[number as usize % KINDS.len()];
    let mut steps = match kind {
        Kind::Answered => {
            [&dial(ANSWERS)[..], &[Step::See(Control::EndCall), Step::Pass(Duration::from_secs(3))]].concat()
        }
        Kind::Incoming => vec![
            Step::Click(Control::Availability),
            Step::Click(Control::Available),
            Step::Click(Control::TriggerIncoming),
            Step::Type(Control::IncomingNumber, BUSY.into()),
            Step::Click(Control::CallMe),
            Step::See(Control::Answer),
            Step::Pass(Duration::from_secs(3)),
            Step::Click(Control::Answer),
        ],
        Kind::Busy => dial(BUSY).to_vec(),
        Kind::NotAnswered => dial(NO_ANSWER).to_vec(),
        Kind::Failed => dial(FAILS).to_vec(),
    };
    if matches!(kind, Kind::Answered | Kind::Incoming) {
        steps.extend([
            Step::Click(Control::Mute),
            Step::Click(Control::Hold),
            Step::Click(Control::Record),
            Step::Click(Control::Keypad),
            Step::Click(Control::Key('5')),
            Step::Click(Control::Keypad),
            notes(number),
            Step::Click(Control::Hold),
            Step::Pass(time),
            Step::Click(Control::EndCall),
        ]);
    } else {
        steps.push(Step::Pass(time.max(Duration::from_secs(25))));
    }
    steps.extend([Step::Click(Control::SaveCall), Step::See(Control::DialNumber)]);
    steps
}

fn dial(number: &str) -> [Step; 2] {
    [Step::Type(Control::DialNumber, number.into()), Step::Click(Control::Call)]
}

fn notes(number: u32) -> Step {
    Step::Type(Control::Notes, format!("notes of call {number}"))
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
        let mut day = Day { pages: &pages, calls: 0, reloads: 0 };

        for moment in [Moment::Before, Moment::After] {
            day.call_with_reload(moment, SHORT_CALL).await;
        }
        let before = day.resources().await;
        println!("before: {before}");

        // One call takes hours, and later nothing happens for a while.
        let (longest, idle) = (length.time / 4, length.time / 8);
        let time = (length.time - longest - idle) / length.calls;
        User::new(&pages).perform(&dial(ANSWERS)).await;
        pages.pass(longest).await;
        User::new(&pages).perform(&[Step::Click(Control::EndCall), Step::Click(Control::SaveCall)]).await;
        day.calls += 1;
        pages.pass(idle).await;
        let together = length.calls - length.reloads;
        day.calls(together - 1, time).await;
        let after_calls = day.resources().await;
        println!("after {} calls: {after_calls}", day.calls);
        for reload in 0..length.reloads as usize {
            day.call_with_reload(MOMENTS[reload % MOMENTS.len()], time).await;
        }
        let after_reloads = day.resources().await;
        println!("after {} calls and {} reloads: {after_reloads}", day.calls, day.reloads);
        println!(
            "{} calls, {} screens, {} reloads, {} s on the clock of the pages, {} s on that of the machine",
            day.calls,
            SCREENS_OF_CALL * day.calls,
            day.reloads,
            pages.passed().as_secs(),
            began.elapsed().as_secs()
        );

        let completed = host.run("return [sessionStorage.calls, sessionStorage.completed];", vec![]).await;
        assert_eq!(completed, json!([day.calls.to_string(), day.calls.to_string()]), "every call is saved once");
        assert!(pages.passed() >= length.time);
        let allowed = |calls: u32| HEAP_OF_CACHES + HEAP_FOR_EACH_CALL * f64::from(calls);
        after_calls.assert_not_grown(&before, allowed(together));
        after_reloads.assert_not_grown(&before, allowed(length.calls));
    });
}
