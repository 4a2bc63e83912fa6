mod around_calls;
#[cfg(feature = "audio")]
mod audio;
mod call_properties;
mod calls;
mod engagements;
mod sessions;
#[cfg(feature = "softphone")]
mod softphone;
// proptest does not build for wasm.
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod transitions;

use super::*;
use crate::account::{Account, OwnNumber, Session};
use crate::action::UserAction;
use crate::call::{EndReason, EngagementState};
use crate::phone::{CallEvent, Capabilities, PhoneEvent};
use crate::state::{HostInfo, Line, Screen};
use calling_extensions::codec::{Id, Value};
use calling_extensions::message::{DialNumber, Engagement, HostMessage, Message, Ready};

/// The model with a clock, ids, and everything that its commands did.
struct TestHarness {
    state: State,
    now: Ms,
    ids: u32,
    sent: Vec<GuestMessage>,
    /// The heights that HubSpot was asked for, apart from `sent`, so that tests need not list them.
    heights: Vec<Ms>,
    phoned: Vec<(CallId, PhoneCommand)>,
    after: Vec<(Ms, Action)>,
    resumed: Vec<CallId>,
    alerted: Vec<Notice>,
    asked_for_microphone: u32,
    connected: Vec<Session>,
    renewed: Vec<Session>,
    disconnected: u32,
}

/// How long an incoming call rings in the tests, in milliseconds.
const RING_TIME: Ms = 5_000.0;

/// A log-in with one number.
fn session() -> Session {
    let number = OwnNumber { id: "us".into(), name: "Mine".into(), number: "+16179483986".into() };
    Session {
        user: "ada".into(),
        account: Account { numbers: vec![number], ..Account::default() },
        ..Session::default()
    }
}

impl TestHarness {
    /// Nobody is logged in.
    fn logged_out() -> Self {
        let state = State::new(Capabilities::ALL, RING_TIME);
        TestHarness {
            state,
            now: 1_000_000.0,
            ids: 0,
            sent: vec![],
            heights: vec![],
            phoned: vec![],
            after: vec![],
            resumed: vec![],
            alerted: vec![],
            asked_for_microphone: 0,
            connected: vec![],
            renewed: vec![],
            disconnected: 0,
        }
    }

    fn logged_in() -> Self {
        let mut harness = TestHarness::logged_out();
        harness.does(Action::HubSpotReady(Ready::default()));
        harness.does(UserAction::LoggedIn(session()));
        harness.does(Action::Phone(PhoneEvent::Connected));
        harness.sent.clear();
        harness.heights.clear();
        harness
    }

    /// Logged in, with an answered call.
    fn talking() -> Self {
        let mut harness = TestHarness::logged_in();
        harness.does(UserAction::Dial("+16175551234".into()));
        harness.event(CallEvent::Answered);
        harness
    }

    /// Applies an action, and returns whether it applied in the state.
    fn apply(&mut self, action: impl Into<Action>) -> bool {
        let action = action.into();
        self.ids += 1;
        let fresh_id = CallId(format!("call-{}", self.ids));
        match update(&self.state, Stamped { now: self.now, fresh_id, action }) {
            Outcome::Ignored => false,
            Outcome::Changed(state, commands) => {
                self.state = state;
                for command in commands {
                    match command {
                        Command::Send(GuestMessage::ResizeWidget(size)) => self.heights.push(size.height),
                        Command::Send(message) => self.sent.push(message),
                        Command::Phone(call, command) => self.phoned.push((call, command)),
                        Command::Connect(session) => self.connected.push(session),
                        Command::Disconnect => self.disconnected += 1,
                        Command::RenewSession(session) => self.renewed.push(session),
                        Command::EndSession(_) | Command::AskForStorage => {}
                        Command::Resume(call) => self.resumed.push(call),
                        Command::AskForMicrophone => self.asked_for_microphone += 1,
                        Command::Alert(notice) => self.alerted.push(notice),
                        Command::After(delay, action) => self.after.push((self.now + delay, action)),
                    }
                }
                true
            }
        }
    }

    #[track_caller]
    fn does(&mut self, action: impl Into<Action>) {
        let action = action.into();
        assert!(self.apply(action.clone()), "{action:?} does not apply in {:?}", self.state);
    }

    #[track_caller]
    fn ignores(&mut self, action: impl Into<Action>) {
        let action = action.into();
        assert!(!self.apply(action.clone()), "{action:?} should not apply in {:?}", self.state);
    }

    /// The user writes notes of the current call.
    #[track_caller]
    fn notes(&mut self, text: &str, revision: u32) {
        let call = self.call().id.clone();
        self.does(UserAction::SetNotes { call, text: text.into(), revision });
    }

    /// An event of the current call.
    #[track_caller]
    fn event(&mut self, event: CallEvent) {
        let call = self.call().id.clone();
        self.does(Action::Phone(PhoneEvent::Call { call, event }));
    }

    #[track_caller]
    fn receives(&mut self, kind: &str, data: Value) {
        self.does(hubspot(kind, data));
    }

    #[track_caller]
    fn call(&self) -> &Call {
        self.state.call.as_ref().expect("a call")
    }

    /// The types of the messages to HubSpot since the last call of this function.
    fn kinds(&mut self) -> Vec<&'static str> {
        self.sent.drain(..).map(|message| message.kind()).collect()
    }
}

fn hubspot(kind: &str, data: Value) -> Action {
    Action::HubSpot(HostMessage::decode(kind, Some(&data)).expect("a type that HubSpot sends"))
}

fn map(fields: &[(&str, Value)]) -> Value {
    Value::Map(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn engagement(id: f64) -> Value {
    map(&[("engagementId", id.into())])
}
