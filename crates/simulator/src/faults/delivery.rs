//! Applies the active faults to a message from HubSpot to a widget. It needs neither clock nor browser: delays are part of the result.

use super::Faults;
use calling_extensions::codec::Value;

/// How a message is delivered.
#[derive(Debug, Clone, PartialEq)]
pub enum Delivery {
    /// It arrives.
    Arrives {
        /// The whole message.
        message: Value,
        /// The delay in milliseconds.
        after: f64,
    },
    /// It is dropped.
    Lost {
        /// The whole message.
        message: Value,
    },
}

/// Sends a message. `held` is the message that waits until a later one has been delivered, if messages are reordered.
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

/// Delivers the held message if no later one has come.
pub fn release(faults: &Faults, held: &mut Option<Value>) -> Vec<Delivery> {
    held.take().map(|message| arrive(faults, message)).unwrap_or_default()
}

fn arrive(faults: &Faults, message: Value) -> Vec<Delivery> {
    let copies = if faults.duplicates { 2 } else { 1 };
    vec![Delivery::Arrives { message, after: f64::from(faults.delay) }; copies]
}
