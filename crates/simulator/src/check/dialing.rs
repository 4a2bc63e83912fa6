//! `dialingContext`: the payload of a DIAL_NUMBER, handed back unchanged.

use super::{Rule, fields::find, values::same};
use calling_extensions::{
    codec::Value,
    message::{DialNumber, HostMessage, Message},
};
use std::collections::VecDeque;

/// So many clicked numbers are remembered.
const MAX_CLICKS: usize = 50;
/// A click that came this shortly before a call, in milliseconds, the widget cannot have known.
const RACE_WINDOW_MS: f64 = 1_000.0;
/// Types of records that need no context.
const PLAIN: [&str; 2] = ["0-1", "0-2"];

/// Numbers that were clicked in HubSpot.
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
    /// HubSpot said DIAL_NUMBER. SeenMessages twice, or to two frames, it is one click.
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

    /// A call begins: what is wrong with the context that it has, or has not.
    pub fn check(&mut self, data: Option<&Value>, at: f64, from_start: bool) -> Option<Rule> {
        let number = ["toNumber", "phoneNumber"].iter().find_map(|name| find(data, name)?.as_text());
        let Some(context) = find(data, "dialingContext") else {
            let last = self.clicked.back().filter(|last| !last.used)?;
            let special = last.object_type.as_deref().is_some_and(|id| !PLAIN.contains(&id));
            return (special && same_number(number?, last.number.as_deref()?)).then_some(Rule::ContextMissing);
        };
        let Some(place) = self.clicked.iter().rposition(|clicked| same(&clicked.payload, context)) else {
            return (from_start || !self.clicked.is_empty()).then_some(Rule::ContextChanged);
        };
        let newer = self.clicked.iter().skip(place + 1).any(|clicked| at - clicked.at > RACE_WINDOW_MS);
        let clicked = self.clicked.get_mut(place)?;
        let used = std::mem::replace(&mut clicked.used, true);
        let other = matches!((number, &clicked.number), (Some(one), Some(other)) if !same_number(one, other));
        (newer || used || other).then_some(Rule::ContextMisplaced)
    }
}

/// Whether two spellings can be one number: the last seven digits agree, extensions apart.
fn same_number(one: &str, other: &str) -> bool {
    let tail = |number: &str| -> String {
        let main = number.split(|char: char| char.is_alphabetic() || matches!(char, ',' | ';' | '#')).next();
        let digits: Vec<char> = main.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        digits.iter().rev().take(7).collect()
    };
    tail(one) == tail(other)
}
