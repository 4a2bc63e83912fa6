//! What a person sees: one screen for each state of the phone.
//!
//! A screen shows the state and calls verbs; it knows no message. Most are functions of the two; those with a draft of their own are
//! components.

mod call_ended;
mod calling;
mod dialing;
mod incoming;
mod keypad;
mod login;
mod no_microphone;
mod number_field;
mod parts;

pub use call_ended::call_ended;
pub use calling::Calling;
pub use dialing::dialing;
pub use incoming::incoming;
pub use keypad::Keypad;
pub use login::login;
pub use no_microphone::no_microphone;
pub use parts::{announcement, notice_text};

use std::rc::Rc;

use call_model::State;
use yew::Properties;

use crate::account::{Disposition, OwnNumber};
use crate::hooks::Cti;

/// What the account gives the screens to choose from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Choices {
    /// The user's numbers.
    pub own_numbers: &'static [OwnNumber],
    /// What can come of a call; none shows no choice.
    pub dispositions: &'static [Disposition],
}

/// For the screens that keep something of their own, and are components for that.
#[derive(Properties)]
pub struct ScreenProps {
    pub cti: Cti,
    pub state: Rc<State>,
    pub choices: Choices,
}

impl PartialEq for ScreenProps {
    /// Every change makes a new state, so it is enough to look whether it is the same one.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}
