//! The runtime in a world of the tests' own, where time passes when they say so.

use super::*;
use crate::telephony::mock::script;
use call_model::{Capabilities, PhoneEvent, PhoneNews, Screen};
use calling_extensions::codec::{Map, Value};
use calling_extensions::message::{HostMessage, Message, Ready};

#[derive(Default)]
struct Desk {
    now: Cell<Ms>,
    ids: Cell<u32>,
    told: RefCell<Vec<GuestMessage>>,
    coming: RefCell<Vec<(Ms, Action)>>,
    ignored: Cell<u32>,
    changes: Cell<u32>,
    forwarded: RefCell<Vec<Action>>,
}

struct DeskWorld {
    desk: Rc<Desk>,
    handle: Handle,
}

impl World for DeskWorld {
    fn now(&self) -> Ms {
        self.desk.now.get()
    }

    fn fresh_id(&self) -> CallId {
        self.desk.ids.set(self.desk.ids.get() + 1);
        CallId(self.desk.ids.get().to_string())
    }

    fn tell(&self, message: GuestMessage) {
        // HubSpot makes an engagement for each call, numbered like the call.
        if let GuestMessage::OutgoingCall(call) = &message {
            let mut data = Map::new();
            data.set("engagementId", call.external_call_id.as_str());
            let made = HostMessage::decode("CREATE_ENGAGEMENT_SUCCEEDED", Some(&Value::Map(data)));
            self.after(40.0, Action::FromHubSpot(made.unwrap()));
        }
        self.desk.told.borrow_mut().push(message);
    }

    fn phone(&self, call: &CallId, command: PhoneCommand) {
        let tell = |news| Action::FromPhone(PhoneEvent { call: call.clone(), news });
        match command {
            PhoneCommand::Dial { to, .. } => {
                for (delay, news) in script(&to) {
                    self.after(f64::from(*delay), tell(news.clone()));
                }
            }
            // As real phones do, it says so before `send` has returned.
            PhoneCommand::Mute(on) => self.handle.dispatch(tell(PhoneNews::Muted(on))),
            _ => {}
        }
    }

    fn after(&self, delay: Ms, action: Action) {
        self.desk.coming.borrow_mut().push((self.desk.now.get() + delay, action));
    }

    fn ask_for_microphone(&self) {}

    fn alert(&self, _notice: &Notice) {}

    fn resume(&self, _call: &CallId) {}

    fn changed(&self, _state: &State) {
        self.desk.changes.set(self.desk.changes.get() + 1);
    }

    fn mirrors(&self) {}

    fn forward(&self, action: Action) {
        self.desk.forwarded.borrow_mut().push(action);
    }

    fn log(&self, _line: &str) {
        self.desk.ignored.set(self.desk.ignored.get() + 1);
    }
}

fn open() -> (Rc<Runtime>, Rc<Desk>) {
    let desk = Rc::new(Desk::default());
    let runtime = Runtime::new(|handle| {
        let world = DeskWorld { desk: desk.clone(), handle };
        (State::new(Capabilities::ALL, "+16179483986"), Box::new(world))
    });
    runtime.dispatch(Action::HubSpotReady(Ready::default()));
    runtime.dispatch(Action::LogIn);
    (runtime, desk)
}

/// Lets time pass until then; what was to come happens in its order.
fn pass(runtime: &Runtime, desk: &Desk, time: Ms) {
    let until = desk.now.get() + time;
    loop {
        let mut coming = desk.coming.borrow_mut();
        let next =
            coming.iter().enumerate().filter(|(_, (at, _))| *at <= until).min_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
        let Some(place) = next.map(|(place, _)| place) else { break };
        let (at, action) = coming.remove(place);
        drop(coming);
        desk.now.set(at);
        runtime.dispatch(action);
    }
    desk.now.set(until);
}

fn kinds(desk: &Desk) -> Vec<&'static str> {
    desk.told.borrow_mut().drain(..).map(|message| message.kind()).collect()
}

#[test]
fn a_call_from_dial_to_save() {
    let (runtime, desk) = open();
    kinds(&desk);
    runtime.dispatch(Action::Dial("+16175551234".into()));
    pass(&runtime, &desk, 2_499.0);
    assert_eq!(runtime.state().screen(), Screen::Dialing);
    pass(&runtime, &desk, 1.0);
    assert_eq!(runtime.state().screen(), Screen::Calling);
    runtime.dispatch(Action::HangUp);
    runtime.dispatch(Action::SaveCall);
    assert_eq!(kinds(&desk), ["OUTGOING_CALL_STARTED", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"]);
}

#[test]
fn the_test_numbers_tell_their_stories() {
    let rows = [
        ("+16175550101", 1_500.0, "BUSY", vec!["OUTGOING_CALL_STARTED", "CALL_ENDED"]),
        ("+16175550102", 20_000.0, "NO_ANSWER", vec!["OUTGOING_CALL_STARTED", "CALL_ENDED"]),
        ("+16175550103", 12_500.0, "FAILED", vec!["OUTGOING_CALL_STARTED", "CALL_ANSWERED", "CALL_ENDED"]),
        ("+16175550104", 0.0, "FAILED", vec!["OUTGOING_CALL_STARTED", "CALL_ENDED"]),
    ];
    for (number, time, status, told) in rows {
        let (runtime, desk) = open();
        kinds(&desk);
        runtime.dispatch(Action::Dial(number.into()));
        pass(&runtime, &desk, time);
        assert_eq!(runtime.state().screen(), Screen::CallEnded, "{number}");
        let last = desk.told.borrow().last().and_then(|message| message.data()).unwrap();
        assert_eq!(last.get("callEndStatus"), Some(&status.into()), "{number}");
        assert_eq!(kinds(&desk), told, "{number}");
    }
}

#[test]
fn an_action_that_comes_while_another_is_worked_off_waits_and_is_not_lost() {
    let (runtime, desk) = open();
    runtime.dispatch(Action::Dial("+16175551234".into()));
    pass(&runtime, &desk, 2_500.0);
    runtime.dispatch(Action::Mute(true));
    let state = runtime.state();
    assert!(matches!(state.call.as_ref().unwrap().phase, call_model::Phase::Talking { muted: true, .. }));
}

#[test]
fn listeners_hear_of_changes_only_and_only_while_they_are_kept() {
    let (runtime, desk) = open();
    let heard = Rc::new(Cell::new(0));
    let listener: Rc<dyn Fn()> = {
        let heard = heard.clone();
        Rc::new(move || heard.set(heard.get() + 1))
    };
    runtime.subscribe(&listener);
    runtime.dispatch(Action::SetAvailable(true));
    runtime.dispatch(Action::SetAvailable(true));
    assert_eq!((heard.get(), desk.ignored.get()), (1, 1));
    drop(listener);
    runtime.dispatch(Action::SetAvailable(false));
    assert_eq!(heard.get(), 1);
}

#[test]
fn ten_thousand_calls_leave_nothing_behind() {
    let (runtime, desk) = open();
    let numbers = ["+16175550101", "+16175550103", "+16175550104", "+442073238299"];
    for call in 0..10_000 {
        runtime.dispatch(Action::Dial(numbers[call % numbers.len()].into()));
        pass(&runtime, &desk, 13_000.0);
        runtime.dispatch(Action::HangUp);
        runtime.dispatch(Action::SaveCall);
        assert_eq!(runtime.state().screen(), Screen::Keypad, "call {call}");
    }
    let completed = desk.told.borrow().iter().filter(|message| message.kind() == "CALL_COMPLETED").count();
    assert_eq!(completed, 10_000);
    let state = runtime.state();
    assert!(state.awaited.is_empty() && state.notices.is_empty() && desk.coming.borrow().is_empty());
    assert!(desk.told.borrow().iter().all(|message| match message {
        GuestMessage::CallCompleted(saved) =>
            saved.engagement_id.as_ref().map(|id| id.text()) == Some(saved.external_call_id.clone()),
        _ => true,
    }));
}

#[test]
fn a_mirror_forwards_draws_and_keeps_what_is_typed() {
    let (owner, _) = open();
    owner.dispatch(Action::Dial("+16175551234".into()));
    let (mirror, desk) = open();
    kinds(&desk);
    mirror.set_role(Role::Mirroring);
    mirror.adopt((*owner.state()).clone());
    assert_eq!(mirror.state().screen(), Screen::Dialing);

    mirror.dispatch(Action::HangUp);
    mirror.dispatch(Action::SetNotes { text: "typed here".into(), revision: 1 });
    assert_eq!(desk.forwarded.borrow().len(), 2);
    assert_eq!(kinds(&desk), [""; 0], "HubSpot hears it from the frame that acts");
    assert_eq!(mirror.state().screen(), Screen::Dialing, "until the other frame says so");

    mirror.adopt((*owner.state()).clone());
    assert_eq!(mirror.state().call.as_ref().unwrap().notes, "typed here", "the other frame has not heard of it yet");

    for action in desk.forwarded.borrow().iter() {
        owner.dispatch(action.clone());
    }
    mirror.adopt((*owner.state()).clone());
    assert_eq!((mirror.state().screen(), &mirror.state().call), (Screen::CallEnded, &owner.state().call));
}

#[test]
fn a_mirror_shakes_hands_for_itself() {
    let (mirror, desk) = open();
    kinds(&desk);
    mirror.set_role(Role::Mirroring);
    mirror.dispatch(Action::HubSpotReady(Ready::default()));
    assert_eq!(kinds(&desk), ["INITIALIZED"]);
}

/// Whoever knows the users is asked by the frame in which the user logs in, so that frame alone waits for the answer.
#[test]
fn a_mirror_waits_for_its_own_log_in() {
    let (owner, _) = open();
    owner.dispatch(Action::LogOut);
    let (mirror, desk) = open();
    mirror.set_role(Role::Mirroring);
    mirror.adopt((*owner.state()).clone());
    mirror.dispatch(Action::AskToLogIn);
    mirror.adopt((*owner.state()).clone());
    assert!(mirror.state().logging_in && !owner.state().logging_in);
    assert_eq!(*desk.forwarded.borrow(), []);

    mirror.dispatch(Action::LogInRefused("no such user".into()));
    assert!(!mirror.state().logging_in);
    mirror.dispatch(Action::AskToLogIn);
    mirror.dispatch(Action::LogIn);
    for action in desk.forwarded.take() {
        owner.dispatch(action);
    }
    mirror.adopt((*owner.state()).clone());
    assert_eq!((mirror.state().logging_in, mirror.state().screen()), (false, Screen::Keypad));
}

#[test]
fn a_mirror_that_begins_to_act_goes_on_with_the_call_and_says_so() {
    let (runtime, desk) = open();
    runtime.dispatch(Action::Dial("+16175551234".into()));
    runtime.set_role(Role::Mirroring);
    kinds(&desk);
    runtime.set_role(Role::Acting);
    runtime.dispatch(Action::TakeOver { tell: true });
    assert_eq!(runtime.state().notices, [call_model::Notice::TakenOver]);
    runtime.dispatch(Action::HangUp);
    assert_eq!(kinds(&desk), ["CALL_ENDED"]);
}
