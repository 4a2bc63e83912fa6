#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::crm::RecordId;
use calling_extensions::session::Ignored;
use serde_json::json;

const HEAD: &str = "description.en = \"x\"\n";

/// A run with a clock, a person and a widget that do as they are told.
struct Stage {
    run: Run,
    now: f64,
    snapshot: Snapshot,
    commands: Vec<Command>,
    said: u32,
}

impl Stage {
    fn new(text: &str) -> Self {
        let (run, commands) = Run::start(Scenario::read("test", &format!("{HEAD}{text}")).unwrap(), 0.0);
        let mut stage = Self { run, now: 0.0, snapshot: Snapshot::default(), commands, said: 0 };
        stage.shake_hands();
        stage
    }

    /// With a frame that is ready and logged in.
    fn ready(text: &str) -> Self {
        let mut stage = Self::new(text);
        stage.widget("INITIALIZED", json!({"isLoggedIn": true}));
        stage
    }

    fn on(&mut self, event: Event) {
        let commands = self.run.on(event, &self.snapshot, self.now);
        self.commands.extend(commands);
    }

    fn pass(&mut self, direction: Direction, message: serde_json::Value) {
        let (frame, message) = (FrameId("one".to_owned()), serde_json::from_value(message).unwrap());
        self.on(Event::Said(Entry { at: self.now, frame, direction, message, ignored: None }));
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

    fn say(&mut self, direction: Direction, kind: &str, data: serde_json::Value) {
        self.said += 1;
        self.pass(
            direction,
            json!({"type": kind, "messageId": format!("{}_{}", direction as u8, self.said), "data": data}),
        );
    }

    fn widget(&mut self, kind: &str, data: serde_json::Value) {
        self.say(Direction::FromWidget, kind, data);
    }

    fn hubspot(&mut self, kind: &str, data: serde_json::Value) {
        self.say(Direction::ToWidget, kind, data);
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
    let mut stage = Stage::new(
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
    assert!(matches!(&stage.commands[..], [Command::SetUp(_)]), "{:?}", stage.commands);
    stage.widget("INITIALIZED", json!({"isLoggedIn": false}));
    assert_eq!(stage.asks().as_deref(), Some("log-in"));
    stage.on(Event::Done); // the widget says whether that is true
    assert_eq!(stage.asks().as_deref(), Some("log-in"));
    stage.widget("LOGGED_IN", json!(null));
    assert!(matches!(&stage.commands[1..], [Command::Dial(_)]), "{:?}", stage.commands);
    assert_eq!(stage.asks().as_deref(), Some("call"));
    stage.after(1_000_000.0); // a person may take as long as it likes
    stage.widget("RESIZE_WIDGET", json!({"width": 1, "height": 1})); // others may speak in between
    let started = json!({"externalCallId": "c1", "toNumber": "+16175550111", "callStartTime": 1_795_212_000_123_u64});
    stage.widget("OUTGOING_CALL_STARTED", started); // so it was clicked
    stage.hubspot("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 7}));
    assert_eq!(stage.asks().as_deref(), Some("type-notes"));
    stage.on(Event::Done);
    assert_eq!(stage.asks().as_deref(), Some("end-call"));
    stage.on(Event::Done);
    let ended = json!({"externalCallId": "c1", "engagementId": "7", "callEndStatus": "COMPLETED"});
    stage.widget("CALL_ENDED", ended);
    let properties = json!({"hs_timestamp": "1795212000123"});
    let completed = json!({"externalCallId": "c1", "engagementId": 7, "engagementProperties": properties});
    stage.widget("CALL_COMPLETED", completed);
    stage.snapshot.alerts.push("40 seats".to_owned());
    let record = RecordId { object_type_id: "0-1".to_owned(), object_id: 51 };
    stage.snapshot.timeline.push((record, serde_json::from_value(json!({"status": "COMPLETED"})).unwrap()));
    stage.passes();
}

#[test]
fn the_next_message_about_calls_is_the_expected_one() {
    let wait = "[[step]]\nwidget-sends = \"CALL_ENDED\"\nwith.callEndStatus = \"BUSY\"\n";
    let mut stage = Stage::ready(wait);
    stage.widget("CALL_ANSWERED", json!({}));
    stage.fails("line 2: the widget said CALL_ANSWERED where CALL_ENDED should come");

    let mut stage = Stage::ready(wait);
    stage.widget("CALL_ENDED", json!({"callEndStatus": "INTERNAL_BUSY"}));
    stage.fails("line 2: CALL_ENDED: callEndStatus: expected \"BUSY\", found \"INTERNAL_BUSY\"");

    let mut stage = Stage::ready(wait);
    stage.widget("RESIZE_WIDGET", json!({"width": 1, "height": 1}));
    stage.after(10_000.0);
    stage.fails("line 2: the widget did not say CALL_ENDED within 10 s, but INITIALIZED, RESIZE_WIDGET");

    let mut stage = Stage::ready(wait);
    stage.widget("CALL_ENDED", json!({"callEndStatus": "BUSY"}));
    stage.widget("CALL_ENDED", json!({"callEndStatus": "BUSY"}));
    stage.fails("line 2: the widget also said CALL_ENDED, which no step waits for");
}

#[test]
fn what_hubspot_shows_is_waited_for() {
    let mut stage = Stage::ready("[[step]]\nalert = \"seats\"\n");
    stage.after(9_999.0);
    assert_eq!(stage.run.outcome(), None);
    stage.snapshot.alerts.push("chairs".to_owned());
    stage.after(1.0);
    stage.fails("line 2: there is no alert with \"seats\" in it; shown: [\"chairs\"]");

    let mut stage = Stage::ready("[[step]]\ntimeline-of = \"0-1/51\"\nwith.notes = \"Yes.\"\n");
    stage.after(10_000.0);
    stage.fails("line 2: the timeline of 0-1/51 has no such entry: it is empty");
}

#[test]
fn at_the_end_nothing_is_left_over() {
    let ends = "[[step]]\nwidget-sends = \"CALL_ENDED\"\n";
    let mut stage = Stage::ready(ends);
    stage.widget("CALL_ENDED", json!({"externalCallId": "c1"})); // of a call that never started
    stage.after(10_000.0);
    let Some(Outcome::Failed(Failure { reason: Reason::Findings { found, expected }, line: 2 })) = stage.run.outcome()
    else {
        panic!("{:?}", stage.run.outcome())
    };
    assert!(found.contains(&"not-started".to_owned()) && expected.is_empty(), "{found:?}");

    // The same is a pass where it is looked for.
    let mut stage = Stage::ready(&format!("[setup]\nfindings = {found:?}\n{ends}"));
    stage.widget("CALL_ENDED", json!({"externalCallId": "c1"}));
    stage.passes();

    let mut stage = Stage::ready("[setup]\nfindings = [\"ended-twice\"]\n[[step]]\nhubspot = \"end-call\"\n");
    stage.after(10_000.0);
    let Some(Outcome::Failed(failure)) = stage.run.outcome() else { panic!("{:?}", stage.run.outcome()) };
    assert!(failure.to_string().ends_with("expected [\"ended-twice\"]"), "{failure}");

    let mut stage = Stage::ready("[setup]\nghost-calls = 1\n[[step]]\nhubspot = \"end-call\"\n");
    stage.after(1_000.0);
    stage.snapshot.ghost_calls = 1; // it may take a moment
    stage.on(Event::Tick);
    stage.passes();

    let mut stage = Stage::ready("[[step]]\nhubspot = \"end-call\"\n");
    stage.snapshot.ghost_calls = 2;
    stage.after(10_000.0);
    stage.fails("line 2: 2 calls were never completed, expected 0");
}

#[test]
fn a_run_goes_on_after_the_page_was_reloaded() {
    let mut stage = Stage::ready("[[step]]\nhubspot = \"reload-page\"\n[[step]]\nwidget-sends = \"INITIALIZED\"\n");
    assert_eq!(stage.commands.last(), Some(&Command::Do(HubSpotAction::ReloadPage)));
    stage.on(Event::Tick);
    let kept = serde_json::to_string(&stage.run).unwrap();
    let run = serde_json::from_str(&kept).unwrap();
    assert_eq!(run, stage.run);
    let mut stage = Stage { run, now: 5.0, snapshot: Snapshot::default(), commands: Vec::new(), said: 9 };
    stage.on(Event::PageLoaded);
    stage.pass(Direction::ToWidget, json!({"type": "SYNC", "messageId": "8_1"}));
    let answer = json!({"type": "SYNC_ACK", "messageId": "8_1", "debugMode": false, "version": "0.9.7",
        "iFrameUrl": "https://widget.example"});
    stage.pass(Direction::FromWidget, answer);
    stage.widget("INITIALIZED", json!({"isLoggedIn": true}));
    assert_eq!(stage.commands, []);
    stage.passes();

    let mut stage = Stage::ready("[[step]]\nhubspot = \"reload-page\"\n");
    stage.after(10_000.0);
    stage.fails("line 2: the page was not loaded again within 10 s");
}

#[test]
fn frames_that_are_never_ready_and_deeds_that_cannot_be_done_fail() {
    let mut stage = Stage::new("[setup]\nframes = \"remote-and-window\"\n[[step]]\nhubspot = \"end-call\"\n");
    stage.widget("INITIALIZED", json!({"isLoggedIn": true}));
    stage.widget("INITIALIZED", json!({"isLoggedIn": true})); // the same frame
    stage.after(30_000.0);
    stage.fails("line 4: the widget was not ready after 30 s: 1 of 2 frames said INITIALIZED");

    let mut stage = Stage::ready("[[step]]\nin-widget = \"save\"\n");
    stage.on(Event::NotDone("there is no [data-test-id=save]".to_owned()));
    stage.fails("line 2: there is no [data-test-id=save]");
    stage.on(Event::Done); // over is over
    stage.fails("line 2: there is no [data-test-id=save]");
}

#[test]
fn ignored_messages_are_none_and_floods_are_bounded() {
    let mut stage = Stage::ready("[[step]]\nhubspot = \"end-call\"\n");
    let message = serde_json::from_value(json!({"type": "CALL_ENDED"})).unwrap();
    let frame = FrameId("one".to_owned());
    let ignored = Some(Ignored::OtherWindow.reason().to_owned());
    stage.on(Event::Said(Entry { at: 0.0, frame, direction: Direction::FromWidget, message, ignored }));
    for _ in 0..MAX_ENTRIES * 2 {
        stage.widget("RESIZE_WIDGET", json!({"width": 1, "height": 1}));
    }
    assert_eq!(stage.run.entries.len(), MAX_ENTRIES);
    assert!(serde_json::to_string(&stage.run).unwrap().len() < 1_000_000);
    stage.passes();
}
