//! What a person sees: one screen for each state of the phone.
//!
//! A screen reads the part of the state that it shows and calls verbs; it knows no message and keeps nothing but drafts.

mod call_ended;
mod calling;
mod dialing;
mod incoming;
mod keypad;
mod login;
mod no_microphone;
mod parts;

pub use call_ended::CallEnded;
pub use calling::Calling;
pub use dialing::Dialing;
pub use incoming::Incoming;
pub use keypad::Keypad;
pub use login::Login;
pub use no_microphone::NoMicrophone;
pub use parts::{announcement, notice_text};

use crate::account::{Disposition, OwnNumber};

/// What the account gives the screens to choose from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Choices {
    /// The user's numbers.
    pub own_numbers: &'static [OwnNumber],
    /// What can come of a call; none shows no choice.
    pub dispositions: &'static [Disposition],
}
