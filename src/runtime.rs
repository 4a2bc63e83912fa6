//! The one place where things happen: it owns the state, works off actions one after the other, and carries out what
//! follows from them. No Yew in it, and no browser: tests drive it with a [`World`] of their own.

#[cfg(test)]
mod tests;

use call_model::{Action, CallId, Command, Outcome, PhoneCommand, Stamped, State, update};
use calling_extensions::message::{GuestMessage, Ms};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// Everything outside: HubSpot, the phone, the clock. Each call may fail, and then says so where developers look; it never
/// stops the app.
pub trait World {
    /// The time, in milliseconds since 1970.
    fn now(&self) -> Ms;
    /// An id that no call has had.
    fn fresh_id(&self) -> CallId;
    /// Tells HubSpot.
    fn tell(&self, message: GuestMessage);
    /// Tells the phone system, about this call.
    fn phone(&self, call: &CallId, command: PhoneCommand);
    /// Lets an action happen after so many milliseconds.
    fn after(&self, delay: Ms, action: Action);
    /// Writes a line for developers.
    fn log(&self, line: &str);
}

/// Gives an action to the runtime, for those who live in the world outside. Does nothing when the runtime is gone.
pub type Dispatch = Rc<dyn Fn(Action)>;

/// See the module.
pub struct Runtime {
    state: RefCell<Rc<State>>,
    /// Actions that came while another was worked off.
    waiting: RefCell<VecDeque<Action>>,
    working: Cell<bool>,
    listeners: RefCell<Vec<Weak<dyn Fn()>>>,
    world: Box<dyn World>,
}

impl Runtime {
    /// The runtime of a world. The world and the state that it begins with are made here, as both may want to dispatch.
    pub fn new(begin: impl FnOnce(Dispatch) -> (State, Box<dyn World>)) -> Rc<Self> {
        Rc::new_cyclic(|this: &Weak<Runtime>| {
            let this = this.clone();
            let dispatch: Dispatch = Rc::new(move |action| {
                if let Some(runtime) = this.upgrade() {
                    runtime.dispatch(action);
                }
            });
            let (state, world) = begin(dispatch);
            Runtime {
                state: RefCell::new(Rc::new(state)),
                waiting: RefCell::default(),
                working: Cell::new(false),
                listeners: RefCell::default(),
                world,
            }
        })
    }

    /// The state as it is now.
    pub fn state(&self) -> Rc<State> {
        self.state.borrow().clone()
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
            self.work_off(action);
        }
        self.working.set(false);
    }

    fn next(&self) -> Option<Action> {
        self.waiting.borrow_mut().pop_front()
    }

    fn work_off(&self, action: Action) {
        let stamped = Stamped { now: self.world.now(), fresh_id: self.world.fresh_id(), action };
        let name = name_of(&stamped.action);
        match update(&self.state(), stamped) {
            Outcome::Changed(state, commands) => {
                *self.state.borrow_mut() = Rc::new(state);
                commands.into_iter().for_each(|command| self.run(command));
                self.notify();
            }
            Outcome::Ignored => self.world.log(&["ignored as it makes no sense now: ", name].concat()),
        }
    }

    fn run(&self, command: Command) {
        match command {
            Command::Tell(message) => self.world.tell(message),
            Command::Phone(call, command) => self.world.phone(&call, command),
            Command::After(delay, action) => self.world.after(delay, action),
        }
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
        _ => "something the user did",
    }
}
