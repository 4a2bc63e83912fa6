//! What follows from what happened.
//!
//! `update` is total and silent: what makes no sense in a state is [`Outcome::Ignored`], by one last arm in each room.

mod ending;
mod hubspot;
mod phone;
mod user;

#[cfg(test)]
mod tests;

use crate::action::{Action, Command, Stamped};
use crate::phone::{CallId, PhoneCommand};
use crate::state::{Call, Link, Notice, Phase, State};
use calling_extensions::message::{GuestMessage, Ms, Size};

/// How many notices are kept for the user; the oldest give way.
const MAX_NOTICES: usize = 5;

/// What an action led to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The state after it, and what is to be done.
    Changed(State, Vec<Command>),
    /// It makes no sense in this state: a second click on Call, an end for a call that is over.
    Ignored,
}

/// What follows from an action.
pub fn update(state: &State, stamped: Stamped) -> Outcome {
    let Stamped { now, fresh_id, action } = stamped;
    let mut turn = Turn { state: state.clone(), commands: Vec::new(), now, fresh_id };
    let done = match action {
        Action::HubSpotReady(ready) => turn.ready(ready),
        Action::FromHubSpot(message) => turn.hubspot_says(message),
        Action::FromPhone(event) => turn.phone_says(event),
        Action::RangOut(call) => turn.rang_out(&call),
        Action::TakeOver { tell } => turn.take_over(tell),
        Action::NoFrame => turn.link(Link::NoFrame),
        Action::HandshakeOverdue => turn.link(Link::Overdue),
        Action::Microphone(granted) => turn.microphone(granted),
        action => turn.user_does(action),
    };
    match done {
        Some(()) => {
            turn.resize(state);
            Outcome::Changed(turn.state, turn.commands)
        }
        None => Outcome::Ignored,
    }
}

/// One action being worked off. Its methods give `None` for what makes no sense, and then nothing of the turn counts.
struct Turn {
    state: State,
    commands: Vec<Command>,
    now: Ms,
    fresh_id: CallId,
}

impl Turn {
    fn tell(&mut self, message: GuestMessage) {
        self.commands.push(Command::Tell(message));
    }

    fn phone(&mut self, call: &CallId, command: PhoneCommand) {
        self.commands.push(Command::Phone(call.clone(), command));
    }

    /// HubSpot is asked for another size when another screen is shown; INITIALIZED has said the first one.
    fn resize(&mut self, before: &State) {
        let (width, height) = self.state.screen().size();
        if before.host.is_some() && before.screen().size() != (width, height) {
            self.tell(GuestMessage::ResizeWidget(Size::new(width, height)));
        }
    }

    /// HubSpot may say the same in each frame; once is enough.
    fn notice(&mut self, notice: Notice) {
        if self.state.notices.last() == Some(&notice) {
            return;
        }
        if self.state.out_of_sight {
            self.commands.push(Command::Alert(notice.clone()));
        }
        self.state.notices.push(notice);
        if self.state.notices.len() > MAX_NOTICES {
            self.state.notices.remove(0);
        }
    }

    /// The call, if it is of this id.
    fn call_of(&mut self, id: &CallId) -> Option<&mut Call> {
        self.state.call.as_mut().filter(|call| call.id == *id)
    }

    /// The call, while the two talk.
    fn talking(&mut self) -> Option<&mut Call> {
        self.state.call.as_mut().filter(|call| matches!(call.phase, Phase::Talking { .. }))
    }
}
