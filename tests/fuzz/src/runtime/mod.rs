//! The runtime of the widget with hostile messages, a user, a phone system, reloads and changes of the leading frame.

mod events;

use self::events::{page_event, phone_event, session, user_action};
use crate::Source;
use call_model::{
    Action, CallEvent, CallId, Capabilities, Command, PhoneCommand, PhoneEvent, State, UserAction, state::HostLink,
};
use calling_extensions::{
    codec::{Map, Value},
    message::{GuestMessage, Message, Ms},
    origin::{AllowedOrigins, Origin},
    session::{Event, GuestConfig, GuestSession, Incoming, Output},
};
use demo_app_rust::runtime::{FrameRequest, FrameRole, Platform, Runtime, RuntimeHandle};
use fuzz_driver::Shape;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

const WIDGET: &str = "https://widget.example";
const PAGES: &[&str] = &["https://app.hubspot.com", "https://app-eu1.hubspot.com", "https://evil.example"];
/// What is stored besides values that the case chose, in bytes.
const MAX_STORED: usize = 16 << 10;

/// Runs events on the runtime. At the end the user hangs up and saves.
///
/// # Panics
/// When a call is started, ended or completed twice, when one is not completed, when something is posted to a page that is not the
/// pinned one, or when the stored state cannot be read.
pub fn runtime(data: &[u8]) -> Shape {
    let mut source = Source::new(data);
    let mut page = Page::load(Rc::default(), None, 0);
    page.shake_hands(PAGES[0]);
    let mut events = 0;
    while !source.is_empty() && events < 300 {
        page = page.event(&mut source);
        events += 1;
    }
    page.finish(data.len());
    let world = &page.world;
    world.shape.get()
}

/// What outlives a reload of the page.
#[derive(Default)]
struct World {
    now: Cell<Ms>,
    ids: Cell<u32>,
    /// The state that the browser has stored, as JSON.
    stored: RefCell<Option<String>>,
    pinned: RefCell<Option<String>>,
    /// How often HubSpot was sent a type about a call.
    sent: RefCell<BTreeMap<(String, &'static str), u32>>,
    shape: Cell<Shape>,
}

impl World {
    fn saw(&self, feature: &impl std::hash::Hash) {
        let mut shape = self.shape.get();
        shape.add(feature);
        self.shape.set(shape);
    }

    fn count(&self, message: &GuestMessage) {
        let Some(call) = message.external_call_id() else { return };
        let what = match message {
            GuestMessage::OutgoingCall(_) | GuestMessage::IncomingCall(_) => "started",
            GuestMessage::CallEnded(_) => "ended",
            GuestMessage::CallCompleted(_) => "completed",
            GuestMessage::CallTransferred(_) => "transferred",
            _ => return,
        };
        let mut sent = self.sent.borrow_mut();
        let times = sent.entry((call.to_owned(), what)).or_default();
        *times += 1;
        assert_eq!(*times, 1, "{call} was {what} twice");
    }

    fn was(&self, call: &str, what: &'static str) -> bool {
        self.sent.borrow().contains_key(&(call.to_owned(), what))
    }
}

struct Page {
    world: Rc<World>,
    runtime: Rc<Runtime>,
    outside: Rc<Outside>,
}

/// What the platform of a page is connected to.
struct Outside {
    world: Rc<World>,
    guest: RefCell<GuestSession>,
    scheduled: RefCell<Vec<Action>>,
    forwarded: RefCell<Vec<FrameRequest>>,
    needs_flush: Cell<bool>,
}

impl Page {
    fn load(world: Rc<World>, stored: Option<State>, loads: u32) -> Self {
        world.pinned.take();
        let guest = GuestSession::new(GuestConfig {
            seed: format!("g{loads}"),
            own_origin: WIDGET.into(),
            allowed: AllowedOrigins::for_widget_at(WIDGET),
            debug_mode: false,
            framed: true,
        });
        let outside = Rc::new(Outside {
            world: Rc::clone(&world),
            guest: RefCell::new(guest),
            scheduled: RefCell::default(),
            forwarded: RefCell::default(),
            needs_flush: Cell::default(),
        });
        let first = stored.unwrap_or_else(|| State::new(Capabilities::ALL, 20_000.0));
        let runtime = Runtime::new(|runtime| {
            let platform = FuzzPlatform { outside: Rc::clone(&outside), runtime };
            (State { host: None, link: HostLink::Waiting, ..first }, Box::new(platform))
        });
        Page { world, runtime, outside }
    }

    fn event(self, source: &mut Source) -> Self {
        self.world.now.set(self.world.now.get() + f64::from(source.byte()) * 20.0);
        let state = self.runtime.state();
        let event = source.byte() % 24;
        self.world.saw(&(event, state.screen() as u8, self.runtime.role() == FrameRole::Leader));
        match event {
            0..=4 => self.hubspot_posts(source),
            5 | 6 => self.hubspot_answers(source),
            7..=11 => self.runtime.dispatch(user_action(source, &state)),
            12..=15 => {
                self.world.ids.set(self.world.ids.get() + 1);
                let event = phone_event(source, self.world.ids.get(), &state);
                self.runtime.dispatch(Action::Phone(event));
            }
            16 | 17 => self.time_passes(source),
            18 => self.shake_hands(source.one_of(PAGES)),
            19 => return self.reload(),
            20 => self.runtime.set_role(if source.chance(128) { FrameRole::Follower } else { FrameRole::Leader }),
            21 if self.runtime.role() == FrameRole::Follower => {
                let shown = State { notices: vec![], ..(*state).clone() };
                self.runtime.adopt(shown);
            }
            22 => self.runtime.dispatch(page_event(source, &state)),
            _ => {
                let requests = self.outside.forwarded.take();
                self.runtime.set_role(FrameRole::Leader);
                self.runtime.dispatch(Action::TakeOver { notify: source.chance(128) });
                requests.into_iter().for_each(|request| self.runtime.dispatch(request));
            }
        }
        if self.outside.needs_flush.replace(false) {
            self.runtime.flush();
        }
        self
    }

    /// The page is left and loaded again, with what was stored.
    fn reload(self) -> Self {
        if self.runtime.role() == FrameRole::Follower {
            // Another frame has the state, which is the same one here.
            self.runtime.set_role(FrameRole::Leader);
        }
        self.runtime.leave();
        let stored = self.world.stored.borrow().as_deref().map(serde_json::from_str::<State>);
        assert!(!matches!(stored, Some(Err(_))), "a stored state cannot be read: {stored:?}");
        let stored = stored.and_then(Result::ok);
        let loads = self.world.ids.get() + 1;
        self.world.ids.set(loads);
        let page = Page::load(Rc::clone(&self.world), stored, loads);
        page.shake_hands(PAGES[0]);
        page.runtime.dispatch(Action::TakeOver { notify: false });
        page
    }

    fn shake_hands(&self, origin: &str) {
        self.world.ids.set(self.world.ids.get() + 1);
        let mut sync = Map::new();
        sync.set("type", "SYNC");
        sync.set("messageId", format!("{}_1", self.world.ids.get()));
        sync.set("hostUrl", origin);
        self.receive(origin, &sync.into());
    }

    /// Any message, from any page.
    fn hubspot_posts(&self, source: &mut Source) {
        let mut message = Map::new();
        message.set("type", source.kind());
        message.set("messageId", "1_1");
        message.set("data", source.value());
        let origin = if source.chance(220) { PAGES[0] } else { source.one_of(PAGES) };
        self.receive(origin, &message.into());
    }

    /// A message that is right in itself, whether anybody asked for it or not.
    fn hubspot_answers(&self, source: &mut Source) {
        const KINDS: &[&str] = &[
            "DIAL_NUMBER",
            "CREATE_ENGAGEMENT_SUCCEEDED",
            "CREATE_ENGAGEMENT_FAILED",
            "UPDATE_ENGAGEMENT_SUCCEEDED",
            "UPDATE_ENGAGEMENT_FAILED",
            "FINALIZE_ENGAGEMENT_SUCCEEDED",
            "FINALIZE_ENGAGEMENT_FAILED",
            "END_CALL",
            "VISIBILITY_CHANGED",
            "CALLER_ID_MATCH_SUCCEEDED",
            "NAVIGATE_TO_RECORD_FAILED",
            "SET_CALL_STATE",
        ];
        let mut data = Map::new();
        data.set("engagementId", f64::from(source.byte() % 8));
        data.set("phoneNumber", "+16175551234");
        data.set("isHidden", source.chance(128));
        let state = self.runtime.state();
        if let Some(call) = state.call.as_ref().filter(|_| source.chance(100)) {
            data.set("externalCallId", call.id.0.as_str());
        }
        let mut message = Map::new();
        message.set("type", source.one_of(KINDS));
        message.set("messageId", "1_1");
        message.set("data", data);
        self.receive(self.world.pinned.borrow().clone().as_deref().unwrap_or(PAGES[0]), &message.into());
    }

    fn receive(&self, origin: &str, message: &Value) {
        let kind = message.get("type").and_then(Value::as_text).unwrap_or_default();
        let incoming = Incoming { origin, from_peer: true, read: &|| Ok(message.clone()) };
        let outputs = self.outside.guest.borrow_mut().receive(&incoming);
        if outputs.iter().any(|output| matches!(output, Output::Raise(Event::Ready(_)))) {
            self.world.pinned.replace(Some(origin.to_owned()));
        }
        for output in outputs {
            match output {
                Output::Post { to, .. } | Output::AnswerUnknown { to, .. } => self.outside.check_target(&to),
                Output::Raise(Event::Ready(ready)) => self.runtime.dispatch(Action::HubSpotReady(ready)),
                Output::Raise(Event::Message(message)) => {
                    assert_eq!(self.world.pinned.borrow().as_deref(), Some(origin));
                    self.world.saw(&("message", message.kind(), self.runtime.state().screen() as u8));
                    self.runtime.dispatch(Action::HubSpot(message));
                }
                Output::Ignored(reason) => self.world.saw(&(kind.len(), reason.reason())),
                Output::Raise(_) => {}
            }
        }
    }

    /// One of the actions that wait for a time happens.
    fn time_passes(&self, source: &mut Source) {
        let mut scheduled = self.outside.scheduled.borrow_mut();
        if scheduled.is_empty() {
            return;
        }
        let index = source.below(scheduled.len());
        let action = scheduled.remove(index);
        drop(scheduled);
        self.runtime.dispatch(action);
    }

    /// Whatever happened: when the user hangs up and saves, every call is over, and was saved once.
    fn finish(&self, size: usize) {
        self.runtime.set_role(FrameRole::Leader);
        self.runtime.dispatch(UserAction::LoggedIn(session()));
        self.runtime.dispatch(UserAction::HangUp);
        self.runtime.dispatch(UserAction::SaveCall);
        self.runtime.flush();
        let state = self.runtime.state();
        assert!(state.call.is_none(), "{:?}", state.call);
        let sent = self.world.sent.borrow().clone();
        for (call, _) in sent.keys().filter(|(_, what)| *what == "started") {
            let completed = self.world.was(call, "completed");
            let given_away = self.world.was(call, "transferred") && !self.world.was(call, "ended");
            assert!(completed != given_away, "{call} was not completed: {sent:?}");
        }
        assert!(state.pending_engagements.len() <= 64 && state.notices.len() <= 16, "{state:?}");
        let stored = serde_json::to_string(&*state).unwrap_or_default().len();
        // Each byte of a case makes a text of 36 KiB at most.
        assert!(stored <= MAX_STORED + size * (36 << 10), "{stored} bytes are stored");
    }
}

impl Outside {
    fn check_target(&self, to: &Origin) {
        assert_eq!(self.world.pinned.borrow().as_deref(), Some(to.as_str()), "something was posted to another page");
    }

    fn send(&self, message: &GuestMessage) {
        self.world.count(message);
        self.world.saw(&("sent", message.kind()));
        // A queue that is full refuses the message; the browser's platform logs that.
        let outputs = self.guest.borrow_mut().send(message.kind(), message.data()).unwrap_or_default();
        for output in outputs {
            if let Output::Post { to, .. } = output {
                self.check_target(&to);
            }
        }
    }
}

struct FuzzPlatform {
    outside: Rc<Outside>,
    runtime: RuntimeHandle,
}

impl Platform for FuzzPlatform {
    fn now(&self) -> Ms {
        1.8e12 + self.outside.world.now.get()
    }

    fn fresh_id(&self) -> CallId {
        let ids = &self.outside.world.ids;
        ids.set(ids.get() + 1);
        CallId(format!("out-{}", ids.get()))
    }

    fn execute(&self, command: Command) {
        match command {
            Command::Send(message) => self.outside.send(&message),
            Command::Connect(_) => self.runtime.dispatch(Action::Phone(PhoneEvent::Connected)),
            // A phone system may report this before `execute` has returned.
            Command::Phone(call, PhoneCommand::Mute(on)) => {
                self.runtime.dispatch(Action::Phone(PhoneEvent::Call { call, event: CallEvent::Muted(on) }));
            }
            Command::After(_, action) => {
                let mut scheduled = self.outside.scheduled.borrow_mut();
                if scheduled.len() < 64 {
                    scheduled.push(action);
                }
            }
            _ => {}
        }
    }

    fn schedule_flush(&self) {
        self.outside.needs_flush.set(true);
    }

    fn publish(&self, state: &State) {
        let json = state.session.is_some().then(|| serde_json::to_string(state).unwrap_or_default());
        self.outside.world.stored.replace(json);
    }

    fn follow(&self) {}

    fn hand_over(&self) {}

    fn forward(&self, request: FrameRequest) {
        let mut forwarded = self.outside.forwarded.borrow_mut();
        if forwarded.len() < 64 {
            forwarded.push(request);
        }
    }

    fn log(&self, _line: &str) {}
}
