//! The one place where things happen: it owns the state, works off actions one after the other, and carries out what
//! follows from them. No Yew in it, and no browser: tests drive it with a [`World`] of their own.

#[cfg(test)]
mod tests;

use call_model::{Action, CallId, Command, Notice, Outcome, PhoneCommand, Stamped, State, update};
use calling_extensions::message::{GuestMessage, HostMessage, Ms, Size};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// Everything outside: HubSpot, the phone, the clock, other frames. Each call may fail, and then says so where developers
/// look; it never stops the app.
pub trait World {
    /// The time, in milliseconds since 1970.
    fn now(&self) -> Ms;
    /// An id that no call has had.
    fn fresh_id(&self) -> CallId;
    /// Tells HubSpot.
    fn tell(&self, message: GuestMessage);
    /// Tells the phone system, about this call.
    fn phone(&self, call: &CallId, command: PhoneCommand);
    /// Lets the phone system take this call up again.
    fn resume(&self, call: &CallId);
    /// Asks the user for the microphone, and says what came of it.
    fn ask_for_microphone(&self);
    /// Lets HubSpot show this to the user, who does not see the widget.
    fn alert(&self, notice: &Notice);
    /// Lets an action happen after so many milliseconds.
    fn after(&self, delay: Ms, action: Action);
    /// The state has changed here: keep it over a reload, and show it to frames that mirror it.
    fn changed(&self, state: &State);
    /// Another frame acts, and the state is its: nothing is kept here, and nothing sounds.
    fn mirrors(&self);
    /// Asks the frame that acts to let this happen.
    fn forward(&self, action: Action);
    /// Writes a line for developers.
    fn log(&self, line: &str);
}

/// Whether this frame acts. HubSpot loads an app with a calling window more than once; only one of the frames acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// What happens here is worked off here.
    #[default]
    Acting,
    /// Another frame acts: what the user does is told to it, and what is shown comes from it.
    Mirroring,
}

/// See the module.
pub struct Runtime {
    state: RefCell<Rc<State>>,
    role: Cell<Role>,
    /// Actions that came while another was worked off.
    waiting: RefCell<VecDeque<Action>>,
    working: Cell<bool>,
    listeners: RefCell<Vec<Weak<dyn Fn()>>>,
    world: Box<dyn World>,
}

/// The runtime, for those who live in the world outside. Does nothing once the runtime is gone, nor before it is there.
#[derive(Clone)]
pub struct Handle(Weak<Runtime>);

impl Handle {
    /// Lets something happen.
    pub fn dispatch(&self, action: Action) {
        if let Some(runtime) = self.0.upgrade() {
            runtime.dispatch(action);
        }
    }

    /// Does something with the runtime, if it is there.
    pub fn with<T>(&self, run: impl FnOnce(&Runtime) -> T) -> Option<T> {
        self.0.upgrade().map(|runtime| run(&runtime))
    }
}

impl Runtime {
    /// The runtime of a world. The world and the state that it begins with are made here, as both may want to dispatch.
    pub fn new(begin: impl FnOnce(Handle) -> (State, Box<dyn World>)) -> Rc<Self> {
        Rc::new_cyclic(|this| {
            let (state, world) = begin(Handle(this.clone()));
            Runtime {
                state: RefCell::new(Rc::new(state)),
                role: Cell::default(),
                waiting: RefCell::default(),
                working: Cell::new(false),
                listeners: RefCell::default(),
                world,
            }
        })
    }

    /// The means to let things happen from outside.
    pub fn handle(self: &Rc<Self>) -> Handle {
        Handle(Rc::downgrade(self))
    }

    /// The state as it is now.
    pub fn state(&self) -> Rc<State> {
        self.state.borrow().clone()
    }

    /// Whether this frame acts.
    pub fn role(&self) -> Role {
        self.role.get()
    }

    /// The time, in milliseconds since 1970.
    pub fn now(&self) -> Ms {
        self.world.now()
    }

    /// Lets something happen: now, or right after what is happening at the moment.
    pub fn dispatch(&self, action: Action) {
        self.waiting.borrow_mut().push_back(action);
        if self.working.replace(true) {
            return;
        }
        while let Some(action) = self.next() {
            match self.role.get() {
                Role::Acting => self.act(action),
                Role::Mirroring => self.mirror(action),
            }
        }
        self.working.set(false);
    }

    fn next(&self) -> Option<Action> {
        self.waiting.borrow_mut().pop_front()
    }

    fn act(&self, action: Action) {
        let name = name_of(&action);
        match self.update(action) {
            Some(commands) => {
                self.world.changed(&self.state());
                commands.into_iter().for_each(|command| self.run(command));
                self.notify();
            }
            None => self.world.log(&["ignored as it makes no sense now: ", name].concat()),
        }
    }

    /// Swaps the state for the one after this action, and gives what is to be done.
    fn update(&self, action: Action) -> Option<Vec<Command>> {
        let stamped = Stamped { now: self.world.now(), fresh_id: self.world.fresh_id(), action };
        match update(&self.state(), stamped) {
            Outcome::Changed(state, commands) => {
                self.state.replace(Rc::new(state));
                Some(commands)
            }
            Outcome::Ignored => None,
        }
    }

    fn run(&self, command: Command) {
        match command {
            Command::Tell(message) => self.world.tell(message),
            Command::Phone(call, command) => self.world.phone(&call, command),
            Command::Resume(call) => self.world.resume(&call),
            Command::AskForMicrophone => self.world.ask_for_microphone(),
            Command::Alert(notice) => self.world.alert(&notice),
            Command::After(delay, action) => self.world.after(delay, action),
        }
    }

    /// Another frame acts. Some things happen here all the same: this frame's own handshake and log-in, whether it can be seen,
    /// and the letters that the user types, which must not wait for a round trip.
    fn mirror(&self, action: Action) {
        use Action::{AskToLogIn, FromHubSpot, HandshakeOverdue, HubSpotReady, LogInRefused};
        if matches!(
            action,
            HubSpotReady(_) | HandshakeOverdue | AskToLogIn | FromHubSpot(HostMessage::VisibilityChanged(_))
        ) {
            self.update(action).into_iter().flatten().for_each(|command| self.run(command));
        } else {
            if matches!(action, Action::SetNotes { .. } | LogInRefused(_)) {
                self.update(action.clone());
            }
            self.world.forward(action);
        }
        self.notify();
    }

    /// Shows the state of the frame that acts, in a size that suits it. Notes that were typed here and have not reached it yet
    /// stay.
    pub fn adopt(&self, mut state: State) {
        let own = self.state();
        state.host = own.host.clone();
        state.link = own.link;
        state.out_of_sight = own.out_of_sight;
        state.logging_in = own.logging_in && !state.logged_in;
        if let (Some(call), Some(here)) = (&mut state.call, &own.call)
            && call.id == here.id
            && here.notes_revision > call.notes_revision
        {
            call.notes.clone_from(&here.notes);
            call.notes_revision = here.notes_revision;
        }
        self.world.mirrors();
        let (width, height) = state.screen().size();
        if own.host.is_some() && own.screen().size() != (width, height) {
            self.world.tell(GuestMessage::ResizeWidget(Size::new(width, height)));
        }
        self.state.replace(Rc::new(state));
        self.notify();
    }

    /// From now on this frame acts, or no longer does.
    pub fn set_role(&self, role: Role) {
        self.role.set(role);
    }

    /// Calls the listener after each change, for as long as it is kept.
    pub fn subscribe(&self, listener: &Rc<dyn Fn()>) {
        self.listeners.borrow_mut().push(Rc::downgrade(listener));
    }

    fn notify(&self) {
        self.listeners.borrow_mut().retain(|listener| listener.strong_count() > 0);
        let listeners = self.listeners.borrow().clone();
        for listener in listeners.iter().filter_map(Weak::upgrade) {
            listener();
        }
    }
}

/// A name for the log: actions themselves carry notes and numbers, which belong in no log.
fn name_of(action: &Action) -> &'static str {
    match action {
        Action::FromHubSpot(message) => calling_extensions::message::Message::kind(message),
        Action::FromPhone(_) => "news from the phone",
        Action::RangOut(_) => "a deadline",
        Action::HubSpotReady(_) => "READY",
        Action::HandshakeOverdue => "the time for the handshake",
        _ => "something the user did",
    }
}
