//! The way of a message from HubSpot to a widget, with the trouble that befalls it there. No clock and no browser: what is
//! to be done later comes with its delay.

use super::Trouble;
use calling_extensions::codec::Value;

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It arrives after so many milliseconds.
    Arrives {
        /// The message, whole.
        message: Value,
        /// How late.
        after: f64,
    },
    /// It never does.
    Lost {
        /// The message, whole.
        message: Value,
    },
}

/// Sends a message. `held` is what an earlier message left behind: the one that waits to be overtaken.
pub fn send(trouble: &mut Trouble, held: &mut Option<Value>, message: Value) -> Vec<Fate> {
    if std::mem::take(&mut trouble.loses_next) {
        return vec![Fate::Lost { message }];
    }
    match held.take() {
        None if trouble.reorders => {
            *held = Some(message);
            Vec::new()
        }
        None => arrive(trouble, message),
        Some(overtaken) => [arrive(trouble, message), arrive(trouble, overtaken)].concat(),
    }
}

/// Lets go of the message that nobody has overtaken.
pub fn release(trouble: &Trouble, held: &mut Option<Value>) -> Vec<Fate> {
    held.take().map(|message| arrive(trouble, message)).unwrap_or_default()
}

fn arrive(trouble: &Trouble, message: Value) -> Vec<Fate> {
    let copies = if trouble.duplicates { 2 } else { 1 };
    vec![Fate::Arrives { message, after: f64::from(trouble.delay) }; copies]
}
