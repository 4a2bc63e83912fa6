#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::crm::RecordId;
use calling_extensions::session::Ignored;
use serde_json::json;

const HEAD: &str = "description.en = \"x\"\n";

/// A run with a simulated clock, widget and HubSpot.
struct TestRun {
    run: Run,
    now: f64,
    snapshot: Snapshot,
    commands: Vec<Command>,
    count: u32,
}

impl TestRun {
    fn new(text: &str) -> Self {
        let (run, commands) = Run::start(Scenario::read("test", &format!("{HEAD}{text}")).unwrap(), 0.0);
        let mut test = Self { run, now: 0.0, snapshot: Snapshot::default(), commands, count: 0 };
        test.shake_hands();
        test
    }

    /// With a frame that is ready, and a user who is logged in.
    fn ready(text: &str) -> Self {
        let mut test = Self::new(text);
        test.widget("INITIALIZED", json!({"isLoggedIn": true}));
        test
    }

    fn on(&mut self, event: Event) {
        let commands = self.run.on(event, &self.snapshot, self.now);
        self.commands.extend(commands);
    }

    fn pass(&mut self, direction: Direction, message: serde_json::Value) {
        let (frame, message) = (FrameId("one".to_owned()), serde_json::from_value(message).unwrap());
        self.on(Event::Message(Entry { at: self.now, frame, direction, message, ignored: None }));
    }

    fn shake_hands(&mut self) {
        let host = "https://app.hubspot.com";
        self.pass(Direction::ToWidget, json!({"type": "SYNC", "messageId": "7_1", "hostUrl": host}));
        self.pass(
            Direction::FromWidget,
            json!({"type": "SYNC_ACK", "messageId": "7_1", "hostUrl": host, "debugMode": false, "version": "0.9.7",
                "iFrameUrl": "https://widget.example"}),
        );
    }

    fn send(&mut self, direction: Direction, kind: &str, data: serde_json::Value) {
        self.count += 1;
        self.pass(
            direction,
            json!({"type": kind, "messageId": format!("{}_{}", direction as u8, self.count), "data": data}),
        );
    }

    fn widget(&mut self, kind: &str, data: serde_json::Value) {
        self.send(Direction::FromWidget, kind, data);
    }

    fn hubspot(&mut self, kind: &str, data: serde_json::Value) {
        self.send(Direction::ToWidget, kind, data);
    }

    fn after(&mut self, ms: f64) {
        self.now += ms;
        self.on(Event::Tick);
    }

    fn asks(&self) -> Option<String> {
        self.run.prompt().map(|prompt| prompt.action)
    }

    #[track_caller]
    fn passes(mut self) {
        self.on(Event::Tick);
        self.after(QUIET_PERIOD_MS);
        assert_eq!(self.run.outcome(), Some(&Outcome::Passed), "at step {}: {:?}", self.run.at(), self.run.findings());
    }

    #[track_caller]
    fn fails(&self, words: &str) {
        let Some(Outcome::Failed(failure)) = self.run.outcome() else { panic!("{:?}", self.run.outcome()) };
        assert_eq!(failure.to_string(), words);
    }
}

#[test]
fn a_call_from_the_set_up_to_the_end() {
    let mut test = TestRun::new(
        "[[step]]\ndial = \"+1 617 555 0111\"\nof = \"0-1/51\"\n\
         [[step]]\nin-widget = \"call\"\n\
         [[step]]\nwidget-sends = \"OUTGOING_CALL_STARTED\"\nwith.externalCallId.keep-as = \"call\"\n\
         [[step]]\nhubspot-sends = \"CREATE_ENGAGEMENT_SUCCEEDED\"\nwith.engagementId.keep-as = \"engagement\"\n\
         [[step]]\nin-widget = \"type-notes\"\nvalue = \"Yes.\"\n\
         [[step]]\nin-widget = \"end-call\"\n\
         [[step]]\nwidget-sends = \"CALL_ENDED\"\nwith.engagementId.same-as = \"engagement\"\n\
         [[step]]\nwidget-sends = \"CALL_COMPLETED\"\n\
         [[step]]\nalert = \"seats\"\n\
         [[step]]\ntimeline-of = \"0-1/51\"\nwith.status = \"COMPLETED\"\n",
    );
    assert!(matches!(&test.commands[..], [Command::SetUp(_)]), "{:?}", test.commands);
    test.widget("INITIALIZED", json!({"isLoggedIn": false}));
    assert_eq!(test.asks().as_deref(), Some("log-in"));
    test.on(Event::Done); // only the widget's message counts
    assert_eq!(test.asks().as_deref(), Some("log-in"));
    test.widget("LOGGED_IN", json!(null));
    assert!(matches!(&test.commands[1..], [Command::Dial(_)]), "{:?}", test.commands);
    assert_eq!(test.asks().as_deref(), Some("call"));
    test.after(1_000_000.0); // there is no time limit for a person
    test.widget("RESIZE_WIDGET", json!({"width": 1, "height": 1})); // other messages may come in between
    let started = json!({"externalCallId": "c1", "toNumber": "+16175550111", "callStartTime": 1_795_212_000_123_u64});
    test.widget("OUTGOING_CALL_STARTED", started); // the button was clicked
    test.hubspot("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 7}));
    assert_eq!(test.asks().as_deref(), Some("type-notes"));
    test.on(Event::Done);
    assert_eq!(test.asks().as_deref(), Some("end-call"));
    test.on(Event::Done);
    let ended = json!({"externalCallId": "c1", "engagementId": "7", "callEndStatus": "COMPLETED"});
    test.widget("CALL_ENDED", ended);
    let properties = json!({"hs_timestamp": "1795212000123"});
    let completed = json!({"externalCallId": "c1", "engagementId": 7, "engagementProperties": properties});
    test.widget("CALL_COMPLETED", completed);
    test.snapshot.alerts.push("40 seats".to_owned());
    let record = RecordId { object_type_id: "0-1".to_owned(), object_id: 51 };
    test.snapshot.timeline.push((record, serde_json::from_value(json!({"status": "COMPLETED"})).unwrap()));
    test.passes();
}

#[test]
fn messages_about_calls_must_come_in_order() {
    let wait = "[[step]]\nwidget-sends = \"CALL_ENDED\"\nwith.callEndStatus = \"BUSY\"\n";
    let mut test = TestRun::ready(wait);
    test.widget("CALL_ANSWERED", json!({}));
    test.fails("Line 2: the widget sent CALL_ANSWERED instead of CALL_ENDED");

    let mut test = TestRun::ready(wait);
    test.widget("CALL_ENDED", json!({"callEndStatus": "INTERNAL_BUSY"}));
    test.fails("Line 2: CALL_ENDED, callEndStatus: expected \"BUSY\", found \"INTERNAL_BUSY\"");

    let mut test = TestRun::ready(wait);
    test.widget("RESIZE_WIDGET", json!({"width": 1, "height": 1}));
    test.after(10_000.0);
    test.fails("Line 2: the widget did not send CALL_ENDED within 10 s; it sent: INITIALIZED, RESIZE_WIDGET");

    let mut test = TestRun::ready(wait);
    test.widget("CALL_ENDED", json!({"callEndStatus": "BUSY"}));
    test.widget("CALL_ENDED", json!({"callEndStatus": "BUSY"}));
    test.fails("Line 2: the widget also sent CALL_ENDED, which no step expects");
}

#[test]
fn steps_wait_for_alerts_and_timelines() {
    let mut test = TestRun::ready("[[step]]\nalert = \"seats\"\n");
    test.after(9_999.0);
    assert_eq!(test.run.outcome(), None);
    test.snapshot.alerts.push("chairs".to_owned());
    test.after(1.0);
    test.fails("Line 2: no alert contains “seats”; shown: chairs");

    let mut test = TestRun::ready("[[step]]\ntimeline-of = \"0-1/51\"\nwith.notes = \"Yes.\"\n");
    test.after(10_000.0);
    test.fails("Line 2: the timeline of 0-1/51 is empty");
}

#[test]
fn the_end_checks_findings_and_ghost_calls() {
    let ends = "[[step]]\nwidget-sends = \"CALL_ENDED\"\n";
    let mut test = TestRun::ready(ends);
    test.widget("CALL_ENDED", json!({"externalCallId": "c1"})); // of a call that never started
    test.after(10_000.0);
    let Some(Outcome::Failed(Failure { reason: Reason::Findings { found, expected }, line: 2 })) = test.run.outcome()
    else {
        panic!("{:?}", test.run.outcome())
    };
    assert!(found.contains(&"not-started".to_owned()) && expected.is_empty(), "{found:?}");

    // The same findings are accepted if they are expected.
    let mut test = TestRun::ready(&format!("[setup]\nfindings = {found:?}\n{ends}"));
    test.widget("CALL_ENDED", json!({"externalCallId": "c1"}));
    test.passes();

    let mut test = TestRun::ready("[setup]\nfindings = [\"ended-twice\"]\n[[step]]\nhubspot = \"end-call\"\n");
    test.after(10_000.0);
    let Some(Outcome::Failed(failure)) = test.run.outcome() else { panic!("{:?}", test.run.outcome()) };
    assert!(failure.to_string().ends_with("expected: ended-twice"), "{failure}");

    let mut test = TestRun::ready("[setup]\nghost-calls = 1\n[[step]]\nhubspot = \"end-call\"\n");
    test.after(1_000.0);
    test.snapshot.ghost_calls = 1; // this may take a moment
    test.on(Event::Tick);
    test.passes();

    let mut test = TestRun::ready("[[step]]\nhubspot = \"end-call\"\n");
    test.snapshot.ghost_calls = 2;
    test.after(10_000.0);
    test.fails("Line 2: calls that were never completed: 2; expected: 0");
}

#[test]
fn a_message_of_hubspot_is_sent_once() {
    let mut test = TestRun::ready(
        "[[step]]\nsend = \"SET_CALL_STATE\"\ndata.callState = \"READY\"\n[[step]]\nhubspot-sends = \"SET_CALL_STATE\"\n",
    );
    let data = serde_json::from_value(json!({"callState": "READY"})).unwrap();
    let send = Command::Send { kind: "SET_CALL_STATE".to_owned(), data: Some(data) };
    assert_eq!(test.commands[1..], [send]);
    test.after(50.0);
    test.hubspot("SET_CALL_STATE", json!({"callState": "READY"}));
    assert_eq!(test.commands.len(), 2);
    test.passes();
}

#[test]
fn a_run_continues_after_the_page_reloads() {
    let mut test = TestRun::ready("[[step]]\nhubspot = \"reload-page\"\n[[step]]\nwidget-sends = \"INITIALIZED\"\n");
    assert_eq!(test.commands.last(), Some(&Command::HubSpotAction(HubSpotAction::ReloadPage)));
    test.on(Event::Tick);
    let saved = serde_json::to_string(&test.run).unwrap();
    let run = serde_json::from_str(&saved).unwrap();
    assert_eq!(run, test.run);
    let mut test = TestRun { run, now: 5.0, snapshot: Snapshot::default(), commands: Vec::new(), count: 9 };
    test.on(Event::PageLoaded);
    test.pass(Direction::ToWidget, json!({"type": "SYNC", "messageId": "8_1"}));
    let answer = json!({"type": "SYNC_ACK", "messageId": "8_1", "debugMode": false, "version": "0.9.7",
        "iFrameUrl": "https://widget.example"});
    test.pass(Direction::FromWidget, answer);
    test.widget("INITIALIZED", json!({"isLoggedIn": true}));
    assert_eq!(test.commands, []);
    test.passes();

    let mut test = TestRun::ready("[[step]]\nhubspot = \"reload-page\"\n");
    test.after(10_000.0);
    test.fails("Line 2: the page did not reload within 10 s");
}

#[test]
fn frames_that_are_never_ready_and_impossible_actions_fail() {
    let mut test = TestRun::new("[setup]\nframes = \"remote-and-window\"\n[[step]]\nhubspot = \"end-call\"\n");
    test.widget("INITIALIZED", json!({"isLoggedIn": true}));
    test.widget("INITIALIZED", json!({"isLoggedIn": true})); // the same frame
    test.after(30_000.0);
    test.fails("Line 4: the widget was not ready after 30 s: 1 of 2 frames sent INITIALIZED");

    let mut test = TestRun::ready("[[step]]\nin-widget = \"save\"\n");
    test.on(Event::NotDone("there is no [data-test-id=save]".to_owned()));
    test.fails("Line 2: there is no [data-test-id=save]");
    test.on(Event::Done); // the run has already ended
    test.fails("Line 2: there is no [data-test-id=save]");
}

#[test]
fn ignored_messages_do_not_count_and_floods_are_bounded() {
    let mut test = TestRun::ready("[[step]]\nhubspot = \"end-call\"\n");
    let message = serde_json::from_value(json!({"type": "CALL_ENDED"})).unwrap();
    let frame = FrameId("one".to_owned());
    let ignored = Some(Ignored::OtherWindow.reason().to_owned());
    test.on(Event::Message(Entry { at: 0.0, frame, direction: Direction::FromWidget, message, ignored }));
    for _ in 0..MAX_ENTRIES * 2 {
        test.widget("RESIZE_WIDGET", json!({"width": 1, "height": 1}));
    }
    assert_eq!(test.run.entries.len(), MAX_ENTRIES);
    assert!(serde_json::to_string(&test.run).unwrap().len() < 1_000_000);
    test.passes();
}
