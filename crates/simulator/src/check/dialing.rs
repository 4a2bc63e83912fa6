//! `dialingContext`: the payload of a DIAL_NUMBER, sent back unchanged.

use super::{Rule, fields::find, values::same};
use calling_extensions::{
    codec::Value,
    message::{DialNumber, HostMessage, Message},
};
use std::collections::VecDeque;

/// The number of clicked numbers that are stored.
const MAX_CLICKS: usize = 50;
/// If a number was clicked less than this before a call, in milliseconds, the widget may not have received it.
const RACE_WINDOW_MS: f64 = 1_000.0;
/// Types of records whose calls need no context.
const PLAIN: [&str; 2] = ["0-1", "0-2"];

/// The numbers that were clicked in HubSpot.
#[derive(Debug, Default)]
pub struct Dialing {
    clicked: VecDeque<Clicked>,
}

#[derive(Debug)]
struct Clicked {
    at: f64,
    payload: Value,
    number: Option<String>,
    object_type: Option<String>,
    used: bool,
}

impl Dialing {
    /// HubSpot sent DIAL_NUMBER. The same payload again, or in another frame, is the same click.
    pub fn on_host_message(&mut self, payload: &Value, at: f64) {
        if self.clicked.back().is_some_and(|last| !last.used && same(&last.payload, payload)) {
            return;
        }
        let Some(HostMessage::DialNumber(dial)) = HostMessage::decode("DIAL_NUMBER", Some(payload)) else { return };
        if self.clicked.len() >= MAX_CLICKS {
            self.clicked.pop_front();
        }
        let DialNumber { phone_number, callee_info, .. } = dial;
        self.clicked.push_back(Clicked {
            at,
            payload: payload.clone(),
            number: phone_number,
            object_type: callee_info.and_then(|callee| callee.callee_object_type_id),
            used: false,
        });
    }

    /// Checks the context of a call that starts.
    pub fn check(&mut self, data: Option<&Value>, at: f64, from_start: bool) -> Option<Rule> {
        let number = ["toNumber", "phoneNumber"].iter().find_map(|name| find(data, name)?.as_text());
        let Some(context) = find(data, "dialingContext") else {
            let last = self.clicked.back().filter(|last| !last.used)?;
            let special = last.object_type.as_deref().is_some_and(|id| !PLAIN.contains(&id));
            return (special && same_number(number?, last.number.as_deref()?)).then_some(Rule::ContextMissing);
        };
        let Some(position) = self.clicked.iter().rposition(|clicked| same(&clicked.payload, context)) else {
            return (from_start || !self.clicked.is_empty()).then_some(Rule::ContextChanged);
        };
        let newer = self.clicked.iter().skip(position + 1).any(|clicked| at - clicked.at > RACE_WINDOW_MS);
        let clicked = self.clicked.get_mut(position)?;
        let used = std::mem::replace(&mut clicked.used, true);
        let other = matches!((number, &clicked.number), (Some(one), Some(other)) if !same_number(one, other));
        (newer || used || other).then_some(Rule::ContextMisplaced)
    }
}

/// Whether two texts can be the same number: the last seven digits are equal, without extensions.
fn same_number(one: &str, other: &str) -> bool {
    let tail = |number: &str| -> String {
        let main = number.split(|char: char| char.is_alphabetic() || matches!(char, ',' | ';' | '#')).next();
        let digits: Vec<char> = main.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        digits.iter().rev().take(7).collect()
    };
    tail(one) == tail(other)
}
