//! What a person sees: one screen for each state of the phone.
//!
//! A screen is a function of the state, and calls verbs; it knows no message. What is open or typed on it is in [`View`].

mod call_ended;
mod calling;
mod dialing;
mod incoming;
mod keypad;
mod login;
mod no_microphone;
mod number_field;
mod parts;
mod view;

pub use call_ended::call_ended;
pub use calling::calling;
pub use dialing::dialing;
pub use incoming::incoming;
pub use keypad::keypad;
pub use login::login;
pub use no_microphone::no_microphone;
pub use parts::{announcement, notice_text, timed_since};
pub use view::{Hint, View, use_view};

use crate::account::{Disposition, OwnNumber};

/// What the account gives the screens to choose from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Choices {
    /// The user's numbers.
    pub own_numbers: &'static [OwnNumber],
    /// What can come of a call; none shows no choice.
    pub dispositions: &'static [Disposition],
}
