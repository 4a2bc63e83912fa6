//! The way of a message from HubSpot to a widget, with the trouble that befalls it there. No clock and no browser: what is
//! to be done later comes with its delay.

use super::Faults;
use calling_extensions::codec::Value;

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Delivery {
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
pub fn send(faults: &mut Faults, held: &mut Option<Value>, message: Value) -> Vec<Delivery> {
    if std::mem::take(&mut faults.loses_next) {
        return vec![Delivery::Lost { message }];
    }
    match held.take() {
        None if faults.reorders => {
            *held = Some(message);
            Vec::new()
        }
        None => arrive(faults, message),
        Some(overtaken) => [arrive(faults, message), arrive(faults, overtaken)].concat(),
    }
}

/// Lets go of the message that nobody has overtaken.
pub fn release(faults: &Faults, held: &mut Option<Value>) -> Vec<Delivery> {
    held.take().map(|message| arrive(faults, message)).unwrap_or_default()
}

fn arrive(faults: &Faults, message: Value) -> Vec<Delivery> {
    let copies = if faults.duplicates { 2 } else { 1 };
    vec![Delivery::Arrives { message, after: f64::from(faults.delay) }; copies]
}
