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
const VERSION: u32 = 6;

impl State {
    /// The state as a plain value.
    pub fn to_value(&self) -> Value {
        let mut tape = Tape::writing();
        tape.pass(&mut VERSION.clone());
        tape.pass(&mut self.clone());
        Value::List(tape.written)
    }

    /// The state that was written so. `None` when it is of another version, or broken.
    pub fn from_value(value: &Value) -> Option<State> {
        let mut tape = Tape::reading(value)?;
        let mut version = 0;
        tape.pass(&mut version);
        if version != VERSION {
            return None;
        }
        let mut state = State::default();
        tape.pass(&mut state);
        tape.ended_well().then_some(state)
    }
}

impl Action {
    /// The action as a plain value, if it is one that one frame may ask of another: what the user does, and what HubSpot says.
    pub fn to_value(self) -> Option<Value> {
        let mut values = vec![];
        match self {
            Action::FromHubSpot(message) => {
                let kind = message.kind();
                // A dialled number goes on as it came: its whole payload is handed back to HubSpot with the call.
                let data = match message {
                    HostMessage::DialNumber(dial) if dial.context.is_some() => dial.context,
                    message => message.data(),
                };
                values.extend([kind.into(), data.unwrap_or_default()]);
            }
            Action::AskToLogIn
            | Action::HubSpotReady(_)
            | Action::FromPhone(_)
            | Action::RangOut(_)
            | Action::TakeOver { .. }
            | Action::NoFrame
            | Action::HandshakeOverdue
            | Action::Microphone(_) => return None,
            mut by_user => {
                let mut tape = Tape::writing();
                tape.pass(&mut by_user);
                values = tape.written;
            }
        }
        Some(Value::List(values))
    }

    /// The action that was written so.
    pub fn from_value(value: &Value) -> Option<Action> {
        let Value::List(values) = value else { return None };
        match &values[..] {
            [Value::Text(kind), data] => HostMessage::decode(kind, Some(data)).map(Action::FromHubSpot),
            _ => {
                let mut tape = Tape::reading(value)?;
                let mut action = Action::blank();
                tape.pass(&mut action);
                tape.ended_well().then_some(action)
            }
        }
    }
}

/// What is passed over field by field, either to write each or to read it. One walk serves both, as it is the walk that weighs.
struct Tape<'a> {
    /// What is still to be read; nothing while writing.
    reading: Option<Iter<'a, Value>>,
    written: Vec<Value>,
    /// Something that was read is not what is kept there.
    broken: bool,
}

impl<'a> Tape<'a> {
    fn writing() -> Self {
        Tape { reading: None, written: Vec::new(), broken: false }
    }

    fn reading(value: &'a Value) -> Option<Self> {
        let Value::List(values) = value else { return None };
        Some(Tape { reading: Some(values.iter()), written: Vec::new(), broken: false })
    }

    fn pass(&mut self, kept: &mut impl Kept) {
        kept.pass(self);
    }

    /// Passes over a value that the wire can write: it is kept as it is there.
    fn pass_field<T: Field>(&mut self, field: &mut T) {
        match &mut self.reading {
            None => self.written.push(field.to_value().unwrap_or_default()),
            Some(values) => match values.next().and_then(T::from_value) {
                Some(read) => *field = read,
                None => self.broken = true,
            },
        }
    }

    /// All was read, and all of it was right.
    fn ended_well(mut self) -> bool {
        !self.broken && self.reading.as_mut().is_some_and(|values| values.next().is_none())
    }
}

/// What can be kept, strictly.
trait Kept {
    /// One to be read into.
    fn blank() -> Self;

    /// Passes it over the tape.
    fn pass(&mut self, tape: &mut Tape);
}

/// What the wire can write.
macro_rules! kept_as_on_the_wire {
    ($($type:ty = $blank:expr),* $(,)?) => {
        $(impl Kept for $type {
            fn blank() -> Self {
                $blank
            }

            fn pass(&mut self, tape: &mut Tape) {
                tape.pass_field(self);
            }
        })*
    };
}

kept_as_on_the_wire! {
    bool = false,
    f64 = 0.0,
    String = String::new(),
    Id = Id::Number(0.0),
    Value = Value::Null,
    Direction = Direction::Outbound,
    EndStatus = EndStatus::Completed,
    IframeLocation = IframeLocation::Widget,
    OpenIn = OpenIn::NewTab,
    CallerIdMatch = CallerIdMatch::default(),
}

/// Fields, one after the other.
macro_rules! kept_structs {
    ($($type:ident { $($field:ident),* })*) => {
        $(impl Kept for $type {
            fn blank() -> Self {
                $type { $($field: Kept::blank()),* }
            }

            fn pass(&mut self, tape: &mut Tape) {
                $(self.$field.pass(tape);)*
            }
        })*
    };
}

kept_structs! {
    State {
        capabilities, link, microphone_refused, host, logging_in, logged_in, available, silent, out_of_sight, from_number, requested, call, inherited_engagement, awaited, unsaved, notices
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

/// The number of the variant, then its fields. Behind the type stands the blank one.
macro_rules! kept_enums {
    ($($type:ident, $blank:expr, {
        $($number:literal $variant:ident $({ $($field:ident),* })? $(( $($part:ident),* ))?,)*
    })*) => {
        $(impl Kept for $type {
            fn blank() -> Self {
                $blank
            }

            fn pass(&mut self, tape: &mut Tape) {
                let mut number: u32 = match self {
                    $($type::$variant { .. } => $number,)*
                    #[allow(unreachable_patterns, reason = "actions of others than the user are sorted out before")]
                    _ => return,
                };
                number.pass(tape);
                if tape.reading.is_some() {
                    *self = match number {
                        $($number => kept_enums!(@blank $type $variant $({ $($field),* })? $(( $($part),* ))?),)*
                        _ => return tape.broken = true,
                    };
                }
                match self {
                    $($type::$variant $({ $($field),* })? $(( $($part),* ))? => {
                        $($($field.pass(tape);)*)?
                        $($($part.pass(tape);)*)?
                    })*
                    #[allow(unreachable_patterns, reason = "as above")]
                    _ => {}
                }
            }
        })*
    };
    (@blank $type:ident $variant:ident) => { $type::$variant };
    (@blank $type:ident $variant:ident { $($field:ident),* }) => { $type::$variant { $($field: Kept::blank()),* } };
    (@blank $type:ident $variant:ident ( $($part:ident),* )) => { $type::$variant($({ let $part = Kept::blank(); $part }),*) };
}

kept_enums! {
    Action, Action::LogIn, {
        0 LogIn, 1 LogInRefused(reason), 2 LogOut, 3 SetAvailable(available), 4 ChooseFromNumber(number), 5 Dial(number),
        6 Answer, 7 HangUp, 8 Mute(on), 9 Hold(on), 10 Record(on), 11 SendDigit(digit), 12 Transfer(number),
        13 SetNotes { text, revision }, 14 SetDisposition(disposition), 15 SaveCall, 16 Finalize,
        17 OpenRecord(place, open_in), 18 TestIncoming(number), 19 DismissNotice, 20 SetRinging(on), 21 AskAgain,
    }
    Phase, Phase::Dialing, { 0 Dialing, 1 Ringing, 2 Talking { since, muted, held }, 3 WrapUp { ended_at, talked, status, reason, finalize }, }
    EndReason, EndReason::HungUp, {
        0 HungUp, 1 OtherHungUp, 2 EndedInHubSpot, 3 Canceled, 4 Busy, 5 NotAnswered, 6 Failed, 7 Dropped, 8 Rejected,
        9 Missed, 10 Transferred,
    }
    Link, Link::Waiting, { 0 Waiting, 1 Overdue, 2 NoFrame, 3 Connected, }
    Finalize, Finalize::No, { 0 No, 1 Asked, 2 Done, }
    EngagementState, EngagementState::Awaited, { 0 Awaited, 1 Known(id), 2 Failed, }
    Notice, Notice::TakenOver, {
        0 LogInRefused { reason }, 1 EngagementFailed { reason }, 2 SaveFailed { reason, notes }, 3 FinalizeFailed,
        4 RecordNotShown, 5 CannotDial { number }, 6 RefusedCall { number }, 7 TransferFailed, 8 TakenOver,
    }
}

impl Kept for CallId {
    fn blank() -> Self {
        CallId::default()
    }

    fn pass(&mut self, tape: &mut Tape) {
        self.0.pass(tape);
    }
}

/// Whole numbers, small enough to be exact.
macro_rules! kept_as_numbers {
    ($($type:ty, $self:ident => $to:expr, $number:ident => $from:expr;)*) => {
        $(impl Kept for $type {
            fn blank() -> Self {
                Self::default()
            }

            fn pass(&mut self, tape: &mut Tape) {
                let $self = *self;
                let mut $number: f64 = $to;
                tape.pass_field(&mut $number);
                *self = $from;
            }
        })*
    };
}

kept_as_numbers! {
    u32, number => f64::from(number), kept => kept as u32;
    usize, number => number as f64, kept => kept as usize;
    char, char => f64::from(u32::from(char)), kept => char::from_u32(kept as u32).unwrap_or_default();
}

/// A word that says whether it is there, then what is there.
impl<T: Kept> Kept for Option<T> {
    fn blank() -> Self {
        None
    }

    fn pass(&mut self, tape: &mut Tape) {
        let mut is_there = self.is_some();
        is_there.pass(tape);
        if is_there {
            self.get_or_insert_with(T::blank).pass(tape);
        }
    }
}

/// The length, then what is in it.
impl<T: Kept> Kept for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }

    fn pass(&mut self, tape: &mut Tape) {
        let mut length = self.len();
        length.pass(tape);
        // A length is only what the value claims: it ends where the tape does.
        for place in 0..length {
            if tape.broken {
                return;
            }
            if place == self.len() {
                self.push(T::blank());
            }
            if let Some(value) = self.get_mut(place) {
                value.pass(tape);
            }
        }
    }
}
