//! State and actions as plain [`Value`]s: what is kept over a reload, and what frames tell each other.
//!
//! A flat list: the fields one after the other in the order of their declaration, an optional one after a word that says
//! whether it is there, a list after its length, an enum as the number of its variant and the variant's fields. That is a
//! third of the code that names would take, and code is what people download.
//!
//! Reading is strict. What an older version has written, or what is broken, is no state at all: half a call would be worse
//! than none.

use crate::action::Action;
use crate::phone::{CallId, Capabilities};
use crate::state::*;
use calling_extensions::codec::{Field, Id, Value};
use calling_extensions::message::{CallerIdMatch, Direction, EndStatus, HostMessage, IframeLocation, Message, OpenIn};
use std::slice::Iter;

/// The form in which state is written. Another number is another form, which is not read; raise it with every change here,
/// or of [`State`] and what is in it.
const VERSION: u32 = 4;

impl State {
    /// The state as a plain value.
    pub fn to_value(&self) -> Value {
        let mut values = Vec::new();
        VERSION.keep(&mut values);
        self.keep(&mut values);
        Value::List(values)
    }

    /// The state that was written so. `None` when it is of another version, or broken.
    pub fn from_value(value: &Value) -> Option<State> {
        let Value::List(values) = value else { return None };
        let mut values = values.iter();
        if u32::restore(&mut values)? != VERSION {
            return None;
        }
        let state = State::restore(&mut values)?;
        values.next().is_none().then_some(state)
    }
}

impl Action {
    /// The action as a plain value, if it is one that one frame may ask of another: what the user does, and what HubSpot says.
    pub fn to_value(&self) -> Option<Value> {
        let mut values = Vec::new();
        match self {
            Action::FromHubSpot(message) => {
                // A dialled number goes on as it came: its whole payload is handed back to HubSpot with the call.
                let data = match message {
                    HostMessage::DialNumber(dial) if dial.context.is_some() => dial.context.clone(),
                    message => message.data(),
                };
                values.extend([message.kind().into(), data.unwrap_or_default()]);
            }
            Action::HubSpotReady(_)
            | Action::FromPhone(_)
            | Action::RangOut(_)
            | Action::TakeOver { .. }
            | Action::NoFrame
            | Action::HandshakeOverdue
            | Action::Microphone(_) => return None,
            by_user => by_user.keep(&mut values),
        }
        Some(Value::List(values))
    }

    /// The action that was written so.
    pub fn from_value(value: &Value) -> Option<Action> {
        let Value::List(values) = value else { return None };
        match &values[..] {
            [Value::Text(kind), data] => HostMessage::decode(kind, Some(data)).map(Action::FromHubSpot),
            values => Action::restore(&mut values.iter()),
        }
    }
}

/// What can be kept, strictly.
trait Kept: Sized {
    fn keep(&self, values: &mut Vec<Value>);
    fn restore(values: &mut Iter<'_, Value>) -> Option<Self>;
}

/// What the wire can write is kept as it is there.
macro_rules! kept_as_on_the_wire {
    ($($type:ty),*) => {
        $(impl Kept for $type {
            fn keep(&self, values: &mut Vec<Value>) {
                values.push(self.to_value().unwrap_or_default());
            }

            fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
                Field::from_value(values.next()?)
            }
        })*
    };
}

kept_as_on_the_wire!(bool, f64, String, Id, Value, Direction, EndStatus, IframeLocation, OpenIn, CallerIdMatch);

/// Fields, one after the other.
macro_rules! kept_structs {
    ($($type:ident { $($field:ident),* })*) => {
        $(impl Kept for $type {
            fn keep(&self, values: &mut Vec<Value>) {
                $(self.$field.keep(values);)*
            }

            fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
                $(let $field = Kept::restore(values)?;)*
                Some($type { $($field),* })
            }
        })*
    };
}

kept_structs! {
    State {
        capabilities, link, microphone_refused, host, logged_in, available, silent, out_of_sight, from_number, requested, call, inherited_engagement, awaited, unsaved, notices
    }
    Capabilities { mute, hold, record, digits, transfer, test_incoming, microphone }
    HostInfo { portal_id, user_id, location, uses_calling_window, url }
    DialRequest { number, context, serial }
    Call {
        id, direction, number, own_number, started_at, phase, engagement, notes, notes_revision, callers, recording_since,
        recorded, disposition, digits
    }
    Awaited { call, asked_at }
    Unsaved { call, engagement, notes }
}

/// The number of the variant, then its fields.
macro_rules! kept_enums {
    ($($type:ident { $($number:literal $variant:ident $({ $($field:ident),* })? $(( $($part:ident),* ))?,)* })*) => {
        $(impl Kept for $type {
            fn keep(&self, values: &mut Vec<Value>) {
                match self {
                    $($type::$variant $({ $($field),* })? $(( $($part),* ))? => {
                        values.push(Value::Number(f64::from($number)));
                        $($($field.keep(values);)*)?
                        $($($part.keep(values);)*)?
                    })*
                    #[allow(unreachable_patterns, reason = "actions of others than the user are sorted out before")]
                    _ => {}
                }
            }

            fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
                Some(match u32::restore(values)? {
                    $($number => {
                        $($(let $field = Kept::restore(values)?;)*)?
                        $($(let $part = Kept::restore(values)?;)*)?
                        $type::$variant $({ $($field),* })? $(( $($part),* ))?
                    })*
                    _ => return None,
                })
            }
        })*
    };
}

kept_enums! {
    Action {
        0 LogIn, 1 LogInRefused(reason), 2 LogOut, 3 SetAvailable(available), 4 ChooseFromNumber(number), 5 Dial(number),
        6 Answer, 7 HangUp, 8 Mute(on), 9 Hold(on), 10 Record(on), 11 SendDigit(digit), 12 Transfer(number),
        13 SetNotes { text, revision }, 14 SetDisposition(disposition), 15 SaveCall, 16 Finalize,
        17 OpenRecord(place, open_in), 18 TestIncoming(number), 19 DismissNotice, 20 SetRinging(on), 21 AskAgain,
    }
    Phase { 0 Dialing, 1 Ringing, 2 Talking { since, muted, held }, 3 WrapUp { ended_at, talked, status, reason, finalize }, }
    EndReason {
        0 HungUp, 1 OtherHungUp, 2 EndedInHubSpot, 3 Canceled, 4 Busy, 5 NotAnswered, 6 Failed, 7 Dropped, 8 Rejected,
        9 Missed, 10 Transferred,
    }
    Link { 0 Waiting, 1 Overdue, 2 NoFrame, 3 Connected, }
    Finalize { 0 No, 1 Asked, 2 Done, }
    EngagementState { 0 Awaited, 1 Known(id), 2 Failed, }
    Notice {
        0 LogInRefused { reason }, 1 EngagementFailed { reason }, 2 SaveFailed { reason, notes }, 3 FinalizeFailed,
        4 RecordNotShown, 5 CannotDial { number }, 6 RefusedCall { number }, 7 TransferFailed, 8 TakenOver,
    }
}

impl Kept for CallId {
    fn keep(&self, values: &mut Vec<Value>) {
        self.0.keep(values);
    }

    fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
        String::restore(values).map(CallId)
    }
}

impl Kept for u32 {
    fn keep(&self, values: &mut Vec<Value>) {
        values.push(Value::Number(f64::from(*self)));
    }

    fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
        match values.next()? {
            Value::Number(number) => Some(*number as u32),
            _ => None,
        }
    }
}

impl Kept for usize {
    fn keep(&self, values: &mut Vec<Value>) {
        (*self as u32).keep(values);
    }

    fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
        u32::restore(values).map(|number| number as usize)
    }
}

impl Kept for char {
    fn keep(&self, values: &mut Vec<Value>) {
        u32::from(*self).keep(values);
    }

    fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
        u32::restore(values).and_then(char::from_u32)
    }
}

impl<T: Kept> Kept for Option<T> {
    fn keep(&self, values: &mut Vec<Value>) {
        self.is_some().keep(values);
        if let Some(value) = self {
            value.keep(values);
        }
    }

    fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
        if bool::restore(values)? { T::restore(values).map(Some) } else { Some(None) }
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn keep(&self, values: &mut Vec<Value>) {
        self.len().keep(values);
        self.iter().for_each(|value| value.keep(values));
    }

    fn restore(values: &mut Iter<'_, Value>) -> Option<Self> {
        // Not with the capacity that the value claims: it may claim anything.
        (0..usize::restore(values)?).map(|_| T::restore(values)).collect()
    }
}
