//! The loop of the app: it owns the state, processes one action after the other, and executes what follows from them. No Yew in
//! it, and no browser: tests drive it with a [`Platform`] of their own. The browser's is in [`browser`].

#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod election;
pub mod stored_state;
#[cfg(test)]
mod tests;

use call_model::{Action, CallId, Command, Outcome, Stamped, State, UserAction, update};
use calling_extensions::message::{GuestMessage, HostMessage, Message, Ms, Size};
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// Everything outside: HubSpot, the phone system, the clock, storage, other frames. A method that fails logs it; none stops the
/// app.
pub trait Platform {
    /// The time, in milliseconds since 1970.
    fn now(&self) -> Ms;
    /// An id that no call has had.
    fn fresh_id(&self) -> CallId;
    /// Executes a command. Its result comes as an action, maybe before this returns.
    fn execute(&self, command: Command);
    /// Lets [`Runtime::flush`] be called after the current task, once however often this is called before.
    fn schedule_flush(&self);
    /// The state has changed in this frame, which leads: it is to be stored, and shown to the frames that follow.
    fn publish(&self, state: &State);
    /// This frame follows another: nothing is stored here, and nothing rings.
    fn follow(&self);
    /// This frame no longer leads: the phone system is left to the frame that does.
    fn hand_over(&self);
    /// Forwards a request to the frame that leads.
    fn forward(&self, request: FrameRequest);
    /// Writes a line for developers.
    fn log(&self, line: &str);
}

/// Whether this frame leads. HubSpot loads an app with a calling window more than once; only one of the frames leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FrameRole {
    /// Actions are processed here.
    #[default]
    Leader,
    /// Another frame leads: actions of the user are forwarded to it, and its state is shown here.
    Follower,
}

/// What a following frame asks the leading one to process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FrameRequest {
    /// The user did something in the following frame.
    User(UserAction),
    /// HubSpot sent a message to the following frame.
    HubSpot(HostMessage),
}

impl From<FrameRequest> for Action {
    fn from(request: FrameRequest) -> Self {
        match request {
            FrameRequest::User(action) => Action::User(action),
            FrameRequest::HubSpot(message) => Action::HubSpot(message),
        }
    }
}

/// The state and the loop that changes it.
pub struct Runtime {
    state: RefCell<Rc<State>>,
    role: Cell<FrameRole>,
    /// Actions that came while another was processed.
    queue: RefCell<VecDeque<Action>>,
    is_processing: Cell<bool>,
    /// The state has changed since the last flush.
    is_dirty: Cell<bool>,
    listeners: RefCell<Vec<Weak<dyn Fn()>>>,
    platform: Box<dyn Platform>,
}

/// A reference to the runtime for the platform. It does nothing before the runtime exists and after it is gone.
#[derive(Clone)]
pub struct RuntimeHandle(Weak<Runtime>);

impl RuntimeHandle {
    /// Lets something happen.
    pub fn dispatch(&self, action: impl Into<Action>) {
        if let Some(runtime) = self.0.upgrade() {
            runtime.dispatch(action);
        }
    }

    /// Runs a function on the runtime, if it exists.
    pub fn with<T>(&self, run: impl FnOnce(&Runtime) -> T) -> Option<T> {
        self.0.upgrade().map(|runtime| run(&runtime))
    }
}

impl Runtime {
    /// A runtime with its platform. The first state and the platform are made here, as both may need to dispatch later.
    pub fn new(make: impl FnOnce(RuntimeHandle) -> (State, Box<dyn Platform>)) -> Rc<Self> {
        Rc::new_cyclic(|this| {
            let (state, platform) = make(RuntimeHandle(this.clone()));
            Runtime {
                state: RefCell::new(Rc::new(state)),
                role: Cell::default(),
                queue: RefCell::default(),
                is_processing: Cell::new(false),
                is_dirty: Cell::new(false),
                listeners: RefCell::default(),
                platform,
            }
        })
    }

    /// A reference for code that lives in the platform.
    pub fn handle(self: &Rc<Self>) -> RuntimeHandle {
        RuntimeHandle(Rc::downgrade(self))
    }

    /// The current state.
    pub fn state(&self) -> Rc<State> {
        self.state.borrow().clone()
    }

    /// Whether this frame leads.
    pub fn role(&self) -> FrameRole {
        self.role.get()
    }

    /// The time, in milliseconds since 1970.
    pub fn now(&self) -> Ms {
        self.platform.now()
    }

    /// Lets something happen: now, or right after the action that is being processed.
    pub fn dispatch(&self, action: impl Into<Action>) {
        self.queue.borrow_mut().push_back(action.into());
        if self.is_processing.replace(true) {
            return;
        }
        while let Some(action) = self.next() {
            match self.role.get() {
                FrameRole::Leader => self.lead(action),
                FrameRole::Follower => self.follow(action),
            }
        }
        self.is_processing.set(false);
    }

    fn next(&self) -> Option<Action> {
        self.queue.borrow_mut().pop_front()
    }

    fn lead(&self, action: Action) {
        let name = name_of(&action);
        if !self.process(action) {
            self.platform.log(&["ignored, as it makes no sense in this state: ", name].concat());
        }
    }

    /// Replaces the state by the next one and executes what follows; false when the action is ignored.
    fn process(&self, action: Action) -> bool {
        let stamped = Stamped { now: self.platform.now(), fresh_id: self.platform.fresh_id(), action };
        match update(&self.state(), stamped) {
            Outcome::Changed(mut state, commands) => {
                self.stamp(&mut state);
                self.replace(state);
                commands.into_iter().for_each(|command| self.platform.execute(command));
                true
            }
            Outcome::Ignored => false,
        }
    }

    /// Notes that the state has changed. What a following frame changes for itself makes its state no later than the leader's.
    fn stamp(&self, state: &mut State) {
        let before = self.state();
        if self.role.get() == FrameRole::Leader && (before.is_logged_in() || state.is_logged_in()) {
            state.changed_at = self.platform.now().max(before.changed_at + 1.0);
        }
    }

    fn replace(&self, state: State) {
        self.state.replace(Rc::new(state));
        if !self.is_dirty.replace(true) {
            self.platform.schedule_flush();
        }
    }

    /// Does once what follows from all actions of a task: the state is stored, shown to other frames and rendered.
    pub fn flush(&self) {
        if !self.is_dirty.replace(false) {
            return;
        }
        if self.role.get() == FrameRole::Leader {
            self.platform.publish(&self.state());
        }
        self.listeners.borrow_mut().retain(|listener| listener.strong_count() > 0);
        let listeners = self.listeners.borrow().clone();
        for listener in listeners.iter().filter_map(Weak::upgrade) {
            listener();
        }
    }

    /// The page is left: the state is stored at once, even if it has not changed since it was stored.
    pub fn leave(&self) {
        self.is_dirty.set(true);
        self.flush();
    }

    /// Another frame leads. Some things happen here all the same: this frame's own handshake and log-in, whether it can be seen,
    /// and the letters that the user types, which must not wait for a round trip.
    fn follow(&self, action: Action) {
        match action {
            Action::User(user) => {
                if matches!(user, UserAction::SetNotes { .. } | UserAction::LogInRefused(_)) {
                    self.process(user.clone().into());
                }
                self.platform.forward(FrameRequest::User(user));
            }
            Action::HubSpotReady(_)
            | Action::HandshakeOverdue
            | Action::LogInRequested
            | Action::StorageBlocked
            | Action::HubSpot(HostMessage::VisibilityChanged(_)) => {
                self.process(action);
            }
            Action::HubSpot(message) => self.platform.forward(FrameRequest::HubSpot(message)),
            // The phone, the session and the deadlines are the leading frame's.
            _ => {}
        }
    }

    /// Shows the state of the leading frame, and asks HubSpot for the size that suits it. Notes that were typed here and have not
    /// reached the leader yet stay.
    pub fn adopt(&self, mut state: State) {
        let own = self.state();
        state.host = own.host.clone();
        state.link = own.link;
        state.hidden = own.hidden;
        state.logging_in = own.logging_in && !state.is_logged_in();
        if let (Some(call), Some(here)) = (&mut state.call, &own.call)
            && call.id == here.id
            && here.notes_revision > call.notes_revision
        {
            call.notes.clone_from(&here.notes);
            call.notes_revision = here.notes_revision;
        }
        self.platform.follow();
        let (width, height) = state.screen().size();
        if own.host.is_some() && own.screen().size() != (width, height) {
            self.platform.execute(Command::Send(GuestMessage::ResizeWidget(Size::new(width, height))));
        }
        self.replace(state);
    }

    /// From now on this frame leads, or follows.
    pub fn set_role(&self, role: FrameRole) {
        let former = self.role.replace(role);
        if former == FrameRole::Leader && role == FrameRole::Follower {
            self.platform.hand_over();
        }
    }

    /// Calls the listener after each task in which the state has changed, for as long as the listener is kept.
    pub fn subscribe(&self, listener: &Rc<dyn Fn()>) {
        self.listeners.borrow_mut().push(Rc::downgrade(listener));
    }
}

/// A name for the log: actions themselves contain notes and numbers, which belong in no log.
fn name_of(action: &Action) -> &'static str {
    match action {
        Action::HubSpot(message) => message.kind(),
        Action::Phone(_) => "an event of the phone system",
        Action::RingTimeout(_) => "the time-out of an incoming call",
        Action::HubSpotReady(_) => "READY",
        Action::HandshakeOverdue => "the time-out of the handshake",
        Action::User(_) => "an action of the user",
        _ => "an event of the page",
    }
}
