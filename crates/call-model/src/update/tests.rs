mod around_calls;
mod calls;
mod engagements;
// proptest does not build for wasm.
#[cfg(not(target_arch = "wasm32"))]
mod properties;

use super::*;
use crate::phone::{Capabilities, PhoneEvent, PhoneNews};
use calling_extensions::codec::{Id, Value};
use calling_extensions::message::{DialNumber, Engagement, HostMessage, Message, Ready};

/// A model with a clock, a supply of ids, and a list of what HubSpot was told.
struct Desk {
    state: State,
    now: Ms,
    ids: u32,
    told: Vec<GuestMessage>,
    /// The heights that HubSpot was asked for; they belong to the looks, and would stand between the rest.
    heights: Vec<Ms>,
    phoned: Vec<(CallId, PhoneCommand)>,
    after: Vec<(Ms, Action)>,
    resumed: Vec<CallId>,
    alerted: Vec<Notice>,
    asked_for_microphone: u32,
}

impl Desk {
    /// Nobody is logged in.
    fn closed() -> Self {
        let state = State::new(Capabilities::ALL, "+16179483986");
        Desk {
            state,
            now: 1_000_000.0,
            ids: 0,
            told: vec![],
            heights: vec![],
            phoned: vec![],
            after: vec![],
            resumed: vec![],
            alerted: vec![],
            asked_for_microphone: 0,
        }
    }

    fn open() -> Self {
        let mut desk = Desk::closed();
        desk.does(Action::HubSpotReady(Ready::default()));
        desk.does(Action::LogIn);
        desk.told.clear();
        desk.heights.clear();
        desk
    }

    /// Logged in, and they talk.
    fn talking() -> Self {
        let mut desk = Desk::open();
        desk.does(Action::Dial("+16175551234".into()));
        desk.news(PhoneNews::Answered);
        desk
    }

    /// Whether the action made sense.
    fn may(&mut self, action: Action) -> bool {
        self.ids += 1;
        let fresh_id = CallId(format!("call-{}", self.ids));
        match update(&self.state, Stamped { now: self.now, fresh_id, action }) {
            Outcome::Ignored => false,
            Outcome::Changed(state, commands) => {
                self.state = state;
                for command in commands {
                    match command {
                        Command::Tell(GuestMessage::ResizeWidget(size)) => self.heights.push(size.height),
                        Command::Tell(message) => self.told.push(message),
                        Command::Phone(call, command) => self.phoned.push((call, command)),
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
    fn does(&mut self, action: Action) {
        assert!(self.may(action.clone()), "{action:?} makes no sense in {:?}", self.state);
    }

    #[track_caller]
    fn ignores(&mut self, action: Action) {
        assert!(!self.may(action.clone()), "{action:?} should make no sense in {:?}", self.state);
    }

    /// News of the current call.
    #[track_caller]
    fn news(&mut self, news: PhoneNews) {
        let call = self.call().id.clone();
        self.does(Action::FromPhone(PhoneEvent { call, news }));
    }

    #[track_caller]
    fn hears(&mut self, kind: &str, data: Value) {
        self.does(hubspot(kind, data));
    }

    #[track_caller]
    fn call(&self) -> &Call {
        self.state.call.as_ref().expect("a call")
    }

    /// The types of what HubSpot was told since the last look.
    fn kinds(&mut self) -> Vec<&'static str> {
        self.told.drain(..).map(|message| message.kind()).collect()
    }
}

fn hubspot(kind: &str, data: Value) -> Action {
    Action::FromHubSpot(HostMessage::decode(kind, Some(&data)).expect("a type that HubSpot sends"))
}

fn map(fields: &[(&str, Value)]) -> Value {
    Value::Map(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn engagement(id: f64) -> Value {
    map(&[("engagementId", id.into())])
}
