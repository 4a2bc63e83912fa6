//! The runtime on a platform of the tests' own, where time passes when they say so.

use super::*;
use crate::telephony::script;
use call_model::{Account, CallEvent, CallPhase, Capabilities, OwnNumber, PhoneCommand, PhoneEvent, Screen, Session};
use calling_extensions::codec::{Map, Value};
use calling_extensions::message::{HostMessage, Message, Ready};

/// What the platform was asked for, and its clock.
#[derive(Default)]
struct TestHarness {
    now: Cell<Ms>,
    ids: Cell<u32>,
    sent: RefCell<Vec<GuestMessage>>,
    scheduled: RefCell<Vec<(Ms, Action)>>,
    ignored: Cell<u32>,
    flushes_scheduled: Cell<u32>,
    published: Cell<u32>,
    handed_over: Cell<u32>,
    forwarded: RefCell<Vec<FrameRequest>>,
}

struct TestPlatform {
    harness: Rc<TestHarness>,
    runtime: RuntimeHandle,
}

impl TestPlatform {
    fn after(&self, delay: Ms, action: Action) {
        self.harness.scheduled.borrow_mut().push((self.harness.now.get() + delay, action));
    }

    fn send(&self, message: GuestMessage) {
        // HubSpot creates an engagement for each call, numbered like the call.
        if let GuestMessage::OutgoingCall(call) = &message {
            let mut data = Map::new();
            data.set("engagementId", call.external_call_id.as_str());
            let created = HostMessage::decode("CREATE_ENGAGEMENT_SUCCEEDED", Some(&Value::Map(data)));
            self.after(40.0, Action::HubSpot(created.unwrap()));
        }
        self.harness.sent.borrow_mut().push(message);
    }

    fn phone(&self, call: &CallId, command: PhoneCommand) {
        let report = |event| Action::Phone(PhoneEvent::Call { call: call.clone(), event });
        match command {
            PhoneCommand::Dial { to, .. } => {
                for (delay, event) in script(&to) {
                    self.after(f64::from(*delay), report(event.clone()));
                }
            }
            // As real phone systems do, it reports this before `execute` has returned.
            PhoneCommand::Mute(on) => self.runtime.dispatch(report(CallEvent::Muted(on))),
            _ => {}
        }
    }
}

impl Platform for TestPlatform {
    fn now(&self) -> Ms {
        self.harness.now.get()
    }

    fn fresh_id(&self) -> CallId {
        self.harness.ids.set(self.harness.ids.get() + 1);
        CallId(self.harness.ids.get().to_string())
    }

    fn execute(&self, command: Command) {
        match command {
            Command::Send(message) => self.send(message),
            Command::Connect(_) => self.runtime.dispatch(Action::Phone(PhoneEvent::Connected)),
            Command::Phone(call, command) => self.phone(&call, command),
            Command::After(delay, action) => self.after(delay, action),
            Command::RenewSession(session) => self.runtime.dispatch(Action::SessionRenewed(session)),
            _ => {}
        }
    }

    fn schedule_flush(&self) {
        self.harness.flushes_scheduled.set(self.harness.flushes_scheduled.get() + 1);
    }

    fn publish(&self, _state: &State) {
        self.harness.published.set(self.harness.published.get() + 1);
    }

    fn follow(&self) {}

    fn hand_over(&self) {
        self.harness.handed_over.set(self.harness.handed_over.get() + 1);
    }

    fn forward(&self, request: FrameRequest) {
        self.harness.forwarded.borrow_mut().push(request);
    }

    fn log(&self, _line: &str) {
        self.harness.ignored.set(self.harness.ignored.get() + 1);
    }
}

fn session() -> Session {
    let number = OwnNumber { id: "us".into(), name: "Mine".into(), number: "+16179483986".into() };
    Session { account: Account { numbers: vec![number], ..Account::default() }, ..Session::default() }
}

fn logged_in() -> (Rc<Runtime>, Rc<TestHarness>) {
    let harness = Rc::new(TestHarness::default());
    let runtime = Runtime::new(|runtime| {
        let platform = TestPlatform { harness: harness.clone(), runtime };
        (State::new(Capabilities::ALL, 5_000.0), Box::new(platform))
    });
    runtime.dispatch(Action::HubSpotReady(Ready::default()));
    runtime.dispatch(UserAction::LoggedIn(session()));
    runtime.flush();
    (runtime, harness)
}

/// Lets time pass; what was scheduled happens in its order.
fn pass(runtime: &Runtime, harness: &TestHarness, time: Ms) {
    let until = harness.now.get() + time;
    loop {
        let mut scheduled = harness.scheduled.borrow_mut();
        let due = scheduled.iter().enumerate().filter(|(_, (at, _))| *at <= until);
        let Some(index) = due.min_by(|(_, a), (_, b)| a.0.total_cmp(&b.0)).map(|(index, _)| index) else { break };
        let (at, action) = scheduled.remove(index);
        drop(scheduled);
        harness.now.set(at);
        runtime.dispatch(action);
    }
    harness.now.set(until);
}

fn kinds(harness: &TestHarness) -> Vec<&'static str> {
    harness.sent.borrow_mut().drain(..).map(|message| message.kind()).collect()
}

#[test]
fn a_call_from_dial_to_save() {
    let (runtime, harness) = logged_in();
    kinds(&harness);
    runtime.dispatch(UserAction::Dial("+16175551234".into()));
    pass(&runtime, &harness, 2_499.0);
    assert_eq!(runtime.state().screen(), Screen::Dialing);
    pass(&runtime, &harness, 1.0);
    assert_eq!(runtime.state().screen(), Screen::Calling);
    runtime.dispatch(UserAction::HangUp);
    runtime.dispatch(UserAction::SaveCall);
    assert_eq!(kinds(&harness), ["OUTGOING_CALL_STARTED", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"]);
}

#[test]
fn the_test_numbers_have_their_outcomes() {
    let rows = [
        ("+16175550101", 1_500.0, "BUSY", vec!["OUTGOING_CALL_STARTED", "CALL_ENDED"]),
        ("+16175550102", 20_000.0, "NO_ANSWER", vec!["OUTGOING_CALL_STARTED", "CALL_ENDED"]),
        ("+16175550103", 12_500.0, "FAILED", vec!["OUTGOING_CALL_STARTED", "CALL_ANSWERED", "CALL_ENDED"]),
        ("+16175550104", 0.0, "FAILED", vec!["OUTGOING_CALL_STARTED", "CALL_ENDED"]),
    ];
    for (number, time, status, sent) in rows {
        let (runtime, harness) = logged_in();
        kinds(&harness);
        runtime.dispatch(UserAction::Dial(number.into()));
        pass(&runtime, &harness, time);
        assert_eq!(runtime.state().screen(), Screen::CallEnded, "{number}");
        let last = harness.sent.borrow().last().and_then(|message| message.data()).unwrap();
        assert_eq!(last.get("callEndStatus"), Some(&status.into()), "{number}");
        assert_eq!(kinds(&harness), sent, "{number}");
    }
}

#[test]
fn an_action_that_comes_while_another_is_processed_waits_and_is_not_lost() {
    let (runtime, harness) = logged_in();
    runtime.dispatch(UserAction::Dial("+16175551234".into()));
    pass(&runtime, &harness, 2_500.0);
    runtime.dispatch(UserAction::Mute(true));
    let state = runtime.state();
    assert!(matches!(state.call.as_ref().unwrap().phase, CallPhase::Talking { muted: true, .. }));
}

#[test]
fn listeners_are_called_after_changes_only_and_only_while_they_are_kept() {
    let (runtime, harness) = logged_in();
    let heard = Rc::new(Cell::new(0));
    let listener: Rc<dyn Fn()> = {
        let heard = heard.clone();
        Rc::new(move || heard.set(heard.get() + 1))
    };
    runtime.subscribe(&listener);
    runtime.dispatch(UserAction::SetAvailable(true));
    runtime.dispatch(UserAction::SetAvailable(true));
    runtime.flush();
    runtime.flush();
    assert_eq!((heard.get(), harness.ignored.get()), (1, 1));
    drop(listener);
    runtime.dispatch(UserAction::SetAvailable(false));
    runtime.flush();
    assert_eq!(heard.get(), 1);
}

#[test]
fn ten_thousand_calls_leave_nothing_behind() {
    let (runtime, harness) = logged_in();
    let numbers = ["+16175550101", "+16175550103", "+16175550104", "+442073238299"];
    for call in 0..10_000 {
        runtime.dispatch(UserAction::Dial(numbers[call % numbers.len()].into()));
        pass(&runtime, &harness, 13_000.0);
        runtime.dispatch(UserAction::HangUp);
        runtime.dispatch(UserAction::SaveCall);
        assert_eq!(runtime.state().screen(), Screen::Keypad, "call {call}");
    }
    let completed = harness.sent.borrow().iter().filter(|message| message.kind() == "CALL_COMPLETED").count();
    assert_eq!(completed, 10_000);
    let state = runtime.state();
    assert!(state.pending_engagements.is_empty() && state.notices.is_empty() && harness.scheduled.borrow().is_empty());
    assert!(harness.sent.borrow().iter().all(|message| match message {
        GuestMessage::CallCompleted(saved) =>
            saved.engagement_id.as_ref().map(|id| id.text()) == Some(saved.external_call_id.clone()),
        _ => true,
    }));
}

#[test]
fn a_follower_forwards_shows_and_keeps_what_is_typed() {
    let (leader, _) = logged_in();
    leader.dispatch(UserAction::Dial("+16175551234".into()));
    let (follower, harness) = logged_in();
    kinds(&harness);
    follower.set_role(FrameRole::Follower);
    follower.adopt((*leader.state()).clone());
    assert_eq!(follower.state().screen(), Screen::Dialing);

    let call = follower.state().call.as_ref().unwrap().id.clone();
    follower.dispatch(UserAction::HangUp);
    follower.dispatch(UserAction::SetNotes { call, text: "typed here".into(), revision: 1 });
    assert_eq!(harness.forwarded.borrow().len(), 2);
    assert_eq!(kinds(&harness), [""; 0], "HubSpot gets it from the leader");
    assert_eq!(follower.state().screen(), Screen::Dialing, "until the other frame says so");

    follower.adopt((*leader.state()).clone());
    assert_eq!(follower.state().call.as_ref().unwrap().notes, "typed here", "the leader has not received it yet");

    for action in harness.forwarded.borrow().iter() {
        leader.dispatch(action.clone());
    }
    follower.adopt((*leader.state()).clone());
    assert_eq!((follower.state().screen(), &follower.state().call), (Screen::CallEnded, &leader.state().call));
}

#[test]
fn a_follower_does_its_own_handshake() {
    let (follower, harness) = logged_in();
    kinds(&harness);
    follower.set_role(FrameRole::Follower);
    follower.dispatch(Action::HubSpotReady(Ready::default()));
    assert_eq!(kinds(&harness), ["INITIALIZED"]);
}

/// The frame in which the user logs in asks the back end, so that frame alone waits for the answer.
#[test]
fn a_follower_waits_for_its_own_log_in() {
    let (leader, _) = logged_in();
    leader.dispatch(UserAction::LogOut);
    let (follower, harness) = logged_in();
    follower.set_role(FrameRole::Follower);
    follower.adopt((*leader.state()).clone());
    follower.dispatch(Action::LogInRequested);
    follower.adopt((*leader.state()).clone());
    assert!(follower.state().logging_in && !leader.state().logging_in);
    assert_eq!(*harness.forwarded.borrow(), []);

    follower.dispatch(UserAction::LogInRefused("no such user".into()));
    assert!(!follower.state().logging_in);
    follower.dispatch(Action::LogInRequested);
    follower.dispatch(UserAction::LoggedIn(session()));
    for action in harness.forwarded.take() {
        leader.dispatch(action);
    }
    follower.adopt((*leader.state()).clone());
    assert_eq!((follower.state().logging_in, follower.state().screen()), (false, Screen::Keypad));
}

#[test]
fn a_follower_that_becomes_the_leader_goes_on_with_the_call_and_notifies() {
    let (runtime, harness) = logged_in();
    runtime.dispatch(UserAction::Dial("+16175551234".into()));
    runtime.set_role(FrameRole::Follower);
    runtime.set_role(FrameRole::Follower);
    assert_eq!(harness.handed_over.get(), 1, "the phone system is left to the new leader, once");
    kinds(&harness);
    runtime.set_role(FrameRole::Leader);
    runtime.dispatch(Action::TakeOver { notify: true });
    assert_eq!(runtime.state().notices, [call_model::Notice::TakenOver]);
    runtime.dispatch(UserAction::HangUp);
    assert_eq!(kinds(&harness), ["CALL_ENDED"]);
}

#[test]
fn many_actions_in_one_task_are_stored_shown_and_rendered_once() {
    let (runtime, harness) = logged_in();
    let (published, scheduled) = (harness.published.get(), harness.flushes_scheduled.get());
    for number in 0..2_000 {
        let mut data = Map::new();
        data.set("phoneNumber", format!("+1617555{number:04}").as_str());
        let dial = HostMessage::decode("DIAL_NUMBER", Some(&Value::Map(data)));
        runtime.dispatch(Action::HubSpot(dial.unwrap()));
    }
    runtime.flush();
    assert_eq!((harness.published.get() - published, harness.flushes_scheduled.get() - scheduled), (1, 1));
    assert_eq!(runtime.state().dial_request.as_ref().map(|request| request.number.as_str()), Some("+16175551999"));
}

#[test]
fn a_follower_publishes_nothing() {
    let (runtime, harness) = logged_in();
    let published = harness.published.get();
    runtime.set_role(FrameRole::Follower);
    runtime.adopt((*runtime.state()).clone());
    runtime.flush();
    assert_eq!(harness.published.get(), published);
}

/// Of two frames that were reloaded at the same time, the one whose state is later leads.
#[test]
fn a_state_becomes_later_with_each_change_of_the_leader_alone() {
    let (runtime, harness) = logged_in();
    let mut before = runtime.state().changed_at;
    for now in [1_000.0, 1_000.0, 500.0] {
        harness.now.set(now);
        let available = runtime.state().available;
        runtime.dispatch(UserAction::SetAvailable(!available));
        let after = runtime.state().changed_at;
        assert!(after > before && after >= now, "{after} after {before}");
        before = after;
    }
    runtime.dispatch(UserAction::Dial("+16175551234".into()));
    runtime.set_role(FrameRole::Follower);
    let (call, before) = (runtime.state().call.as_ref().unwrap().id.clone(), runtime.state().changed_at);
    harness.now.set(9_000.0);
    runtime.dispatch(UserAction::SetNotes { call, text: "typed here".into(), revision: 1 });
    assert_eq!(runtime.state().changed_at, before);
}

#[test]
fn a_page_that_nobody_has_logged_in_to_has_no_later_state_than_any_other() {
    let runtime = Runtime::new(|runtime| {
        let platform = TestPlatform { harness: Rc::default(), runtime };
        (State::new(Capabilities::ALL, 5_000.0), Box::new(platform))
    });
    runtime.dispatch(Action::HubSpotReady(Ready::default()));
    assert_eq!(runtime.state().changed_at, 0.0);
}

#[test]
fn a_page_that_is_left_stores_its_state_though_it_has_not_changed() {
    let (runtime, harness) = logged_in();
    let published = harness.published.get();
    runtime.flush();
    assert_eq!(harness.published.get(), published);
    runtime.leave();
    assert_eq!(harness.published.get(), published + 1);
}
