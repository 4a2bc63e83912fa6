//! The screens: a component for each state of the phone, its styles beside its markup. They know state and verbs, and no message.

mod announcer;
#[cfg(feature = "audio")]
mod audio;
mod call_ended;
mod calling;
mod dialing;
mod incoming;
mod keypad;
mod login;
mod no_microphone;
mod notices;
mod number_field;
mod parts;

pub use announcer::Announcer;
pub use call_ended::CallEnded;
pub use calling::Calling;
pub use dialing::Dialing;
pub use incoming::Incoming;
pub use keypad::Keypad;
pub use login::Login;
pub use no_microphone::NoMicrophone;
pub use notices::Notices;
