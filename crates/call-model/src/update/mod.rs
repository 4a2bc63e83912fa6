//! From an action to the next state and its commands.
//!
//! `update` is total and has no side effects. An action that does not apply in a state is [`Outcome::Ignored`]: the last arm of
//! each `match` returns it.

#[cfg(feature = "audio")]
mod audio;
#[cfg(feature = "softphone")]
mod consultation;
mod ending;
mod hubspot;
mod phone;
mod session;
mod user;

#[cfg(test)]
mod tests;

use crate::action::{Action, Command, Stamped};
use crate::call::{Call, CallPhase};
use crate::phone::{CallId, PhoneCommand};
use crate::state::{HostLink, Notice, State};
use calling_extensions::message::{GuestMessage, Ms, Size};

/// The largest number of notices; beyond it the oldest are dropped.
const MAX_NOTICES: usize = 5;

/// What an action led to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The next state, and what is to be done.
    Changed(State, Vec<Command>),
    /// The action does not apply in this state: a second click on Call, an end for a call that is over.
    Ignored,
}

/// Applies an action to the state.
pub fn update(state: &State, stamped: Stamped) -> Outcome {
    let Stamped { now, fresh_id, action } = stamped;
    let mut transition = Transition { state: state.clone(), commands: Vec::new(), now, fresh_id };
    let done = match action {
        Action::User(action) => transition.on_user(action),
        Action::LogInRequested => transition.log_in_requested(),
        Action::HubSpotReady(ready) => transition.ready(ready),
        Action::HubSpot(message) => transition.on_hubspot(message),
        Action::Phone(event) => transition.on_phone(event),
        Action::RingTimeout(call) => transition.ring_timeout(&call),
        Action::TakeOver { notify } => transition.take_over(notify),
        Action::NoFrame => transition.link(HostLink::NoFrame),
        Action::HandshakeOverdue => transition.link(HostLink::Overdue),
        Action::StorageBlocked => transition.notify_once(Notice::StorageBlocked),
        Action::Microphone(granted) => transition.microphone(granted),
        Action::SessionRenewed(session) => transition.session_renewed(session),
        Action::SessionEnded { reason } => transition.session_ended(reason),
    };
    match done {
        Some(()) => {
            #[cfg(feature = "audio")]
            transition.forget_audio();
            transition.resize(state);
            Outcome::Changed(transition.state, transition.commands)
        }
        None => Outcome::Ignored,
    }
}

/// One action in progress. Its methods return `None` when the action does not apply in the state; the whole transition is then
/// discarded.
struct Transition {
    state: State,
    commands: Vec<Command>,
    now: Ms,
    fresh_id: CallId,
}

impl Transition {
    fn send(&mut self, message: GuestMessage) {
        self.commands.push(Command::Send(message));
    }

    fn phone(&mut self, call: &CallId, command: PhoneCommand) {
        self.commands.push(Command::Phone(call.clone(), command));
    }

    /// Asks HubSpot for another size when another screen is shown; INITIALIZED had the first one.
    fn resize(&mut self, before: &State) {
        let (width, height) = self.state.screen().size();
        if before.host.is_some() && before.screen().size() != (width, height) {
            self.send(GuestMessage::ResizeWidget(Size::new(width, height)));
        }
    }

    /// Adds a notice once, as HubSpot may send the same message in each frame.
    fn notice(&mut self, notice: Notice) {
        if self.state.notices.last() == Some(&notice) {
            return;
        }
        if self.state.hidden {
            self.commands.push(Command::Alert(notice.clone()));
        }
        self.state.notices.push(notice);
        if self.state.notices.len() > MAX_NOTICES {
            self.state.notices.remove(0);
        }
    }

    /// The call, if it has this id.
    fn call_of(&mut self, id: &CallId) -> Option<&mut Call> {
        self.state.call.as_mut().filter(|call| call.id == *id)
    }

    /// The call, if it is answered and not over.
    fn talking(&mut self) -> Option<&mut Call> {
        self.state.call.as_mut().filter(|call| matches!(call.phase, CallPhase::Talking { .. }))
    }

    fn notify_once(&mut self, notice: Notice) -> Option<()> {
        (!self.state.notices.contains(&notice)).then(|| self.notice(notice))
    }
}
