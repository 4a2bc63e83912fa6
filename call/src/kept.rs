//! State and actions as plain [`Value`]s: what is kept over a reload, and what frames tell each other.
//!
//! Reading is strict. What an older version has written, or what is broken, is no state at all: half a call would be worse
//! than none.

use crate::action::Action;
use crate::phone::{CallId, Capabilities};
use crate::state::*;
use calling_extensions::codec::{Field, Id, Map, Value};
use calling_extensions::message::{CallerIdMatch, Direction, EndStatus, HostMessage, IframeLocation, Message, OpenIn};

/// The form in which state is written. Another number is another form, which is not read.
const VERSION: f64 = 1.0;

impl State {
    /// The state as a plain value.
    pub fn to_value(&self) -> Value {
        Value::List(vec![VERSION.into(), self.keep()])
    }

    /// The state that was written so. `None` when it is of another version, or broken.
    pub fn from_value(value: &Value) -> Option<State> {
        let [version, state] = pair(value)?;
        if *version == VERSION.into() { State::restore(state) } else { None }
    }
}

impl Action {
    /// The action as a plain value, if it is one that one frame may ask of another: what the user does, and what HubSpot says.
    pub fn to_value(&self) -> Option<Value> {
        let (name, argument) = match self {
            Action::LogIn => ("log-in", Value::Null),
            Action::LogInRefused(reason) => ("log-in-refused", reason.keep()),
            Action::LogOut => ("log-out", Value::Null),
            Action::SetAvailable(available) => ("set-available", available.keep()),
            Action::ChooseFromNumber(number) => ("choose-from-number", number.keep()),
            Action::Dial(number) => ("dial", number.keep()),
            Action::Answer => ("answer", Value::Null),
            Action::HangUp => ("hang-up", Value::Null),
            Action::Mute(on) => ("mute", on.keep()),
            Action::Hold(on) => ("hold", on.keep()),
            Action::Record(on) => ("record", on.keep()),
            Action::SendDigit(digit) => ("send-digit", digit.to_string().keep()),
            Action::Transfer(number) => ("transfer", number.keep()),
            Action::SetNotes { text, revision } => ("set-notes", Value::List(vec![text.keep(), revision.keep()])),
            Action::SetDisposition(disposition) => ("set-disposition", disposition.keep()),
            Action::SaveCall => ("save-call", Value::Null),
            Action::Finalize => ("finalize", Value::Null),
            Action::OpenRecord(place, open_in) => {
                ("open-record", Value::List(vec![(*place as f64).keep(), open_in.keep()]))
            }
            Action::TestIncoming(number) => ("test-incoming", number.keep()),
            Action::DismissNotice => ("dismiss-notice", Value::Null),
            Action::FromHubSpot(message) => {
                // A dialled number goes on as it came: its whole payload is handed back to HubSpot with the call.
                let data = match message {
                    HostMessage::DialNumber(dial) if dial.context.is_some() => dial.context.clone(),
                    message => message.data(),
                };
                ("from-hubspot", Value::List(vec![message.kind().into(), data.unwrap_or_default()]))
            }
            Action::HubSpotReady(_) | Action::FromPhone(_) | Action::RangOut(_) | Action::TakeOver { .. } => {
                return None;
            }
        };
        Some(Value::List(vec![name.into(), argument]))
    }

    /// The action that was written so.
    pub fn from_value(value: &Value) -> Option<Action> {
        let [name, argument] = pair(value)?;
        Some(match name.as_text()? {
            "log-in" => Action::LogIn,
            "log-in-refused" => Action::LogInRefused(Kept::restore(argument)?),
            "log-out" => Action::LogOut,
            "set-available" => Action::SetAvailable(Kept::restore(argument)?),
            "choose-from-number" => Action::ChooseFromNumber(Kept::restore(argument)?),
            "dial" => Action::Dial(Kept::restore(argument)?),
            "answer" => Action::Answer,
            "hang-up" => Action::HangUp,
            "mute" => Action::Mute(Kept::restore(argument)?),
            "hold" => Action::Hold(Kept::restore(argument)?),
            "record" => Action::Record(Kept::restore(argument)?),
            "send-digit" => Action::SendDigit(argument.as_text()?.chars().next()?),
            "transfer" => Action::Transfer(Kept::restore(argument)?),
            "set-notes" => {
                let [text, revision] = pair(argument)?;
                Action::SetNotes { text: Kept::restore(text)?, revision: Kept::restore(revision)? }
            }
            "set-disposition" => Action::SetDisposition(Kept::restore(argument)?),
            "save-call" => Action::SaveCall,
            "finalize" => Action::Finalize,
            "open-record" => {
                let [place, open_in] = pair(argument)?;
                Action::OpenRecord(f64::restore(place)? as usize, OpenIn::restore(open_in)?)
            }
            "test-incoming" => Action::TestIncoming(Kept::restore(argument)?),
            "dismiss-notice" => Action::DismissNotice,
            "from-hubspot" => {
                let [kind, data] = pair(argument)?;
                Action::FromHubSpot(HostMessage::decode(kind.as_text()?, Some(data))?)
            }
            _ => return None,
        })
    }
}

fn pair(value: &Value) -> Option<&[Value; 2]> {
    match value {
        Value::List(list) => list.as_slice().try_into().ok(),
        _ => None,
    }
}

/// What can be kept, strictly.
trait Kept: Sized {
    fn keep(&self) -> Value;
    fn restore(value: &Value) -> Option<Self>;
}

/// What the wire can write can be kept as it is there.
macro_rules! kept_as_on_the_wire {
    ($($type:ty),*) => {
        $(impl Kept for $type {
            fn keep(&self) -> Value {
                self.to_value().unwrap_or_default()
            }

            fn restore(value: &Value) -> Option<Self> {
                Field::from_value(value)
            }
        })*
    };
}

kept_as_on_the_wire!(bool, f64, String, Id, Value, Direction, EndStatus, IframeLocation, OpenIn, CallerIdMatch);

/// A struct is kept as an object with all its fields.
macro_rules! kept_structs {
    ($($type:ident { $($field:ident),* })*) => {
        $(impl Kept for $type {
            fn keep(&self) -> Value {
                let mut map = Map::new();
                $(map.set(stringify!($field), self.$field.keep());)*
                map.into()
            }

            fn restore(value: &Value) -> Option<Self> {
                let map = value.as_map()?;
                Some($type { $($field: Kept::restore(map.get(stringify!($field)).unwrap_or(&Value::Null))?),* })
            }
        })*
    };
}

kept_structs! {
    State { capabilities, host, logged_in, available, from_number, requested, call, inherited_engagement, awaited, unsaved, notices }
    Capabilities { mute, hold, record, digits, transfer, test_incoming }
    HostInfo { portal_id, user_id, location, uses_calling_window, url }
    DialRequest { number, context, serial }
    Call {
        id, direction, number, own_number, started_at, phase, engagement, notes, notes_revision, callers, recording_since, recorded,
        disposition, digits
    }
    Awaited { call, asked_at }
    Unsaved { call, engagement, notes }
}

/// An enum is kept as its variant's name, or as an object with that name and the variant's fields.
macro_rules! kept_enums {
    ($($type:ident { $($variant:ident $({ $($field:ident),* })?),* })*) => {
        $(impl Kept for $type {
            fn keep(&self) -> Value {
                match self {
                    $($type::$variant $({ $($field),* })? => {
                        let mut map = Map::new();
                        map.set("is", stringify!($variant));
                        $($(map.set(stringify!($field), $field.keep());)*)?
                        map.into()
                    })*
                }
            }

            fn restore(value: &Value) -> Option<Self> {
                match value.get("is")?.as_text()? {
                    $(stringify!($variant) => Some($type::$variant $({
                        $($field: Kept::restore(value.get(stringify!($field)).unwrap_or(&Value::Null))?),*
                    })?),)*
                    _ => None,
                }
            }
        })*
    };
}

kept_enums! {
    Phase { Dialing, Ringing, Talking { since, muted, held }, WrapUp { ended_at, talked, status, reason, finalize } }
    EndReason {
        HungUp, OtherHungUp, EndedInHubSpot, Canceled, Busy, NotAnswered, Failed, Dropped, Rejected, Missed, Transferred
    }
    Finalize { No, Asked, Done }
    Notice {
        LogInRefused { reason }, EngagementFailed { reason }, SaveFailed { reason, notes }, FinalizeFailed, RecordNotShown,
        CannotDial { number }, RefusedCall { number }, TransferFailed, TakenOver
    }
}

impl Kept for EngagementState {
    fn keep(&self) -> Value {
        match self {
            EngagementState::Awaited => Value::Null,
            EngagementState::Known(id) => id.keep(),
            EngagementState::Failed => false.into(),
        }
    }

    fn restore(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => EngagementState::Awaited,
            Value::Bool(false) => EngagementState::Failed,
            id => EngagementState::Known(Id::restore(id)?),
        })
    }
}

impl Kept for CallId {
    fn keep(&self) -> Value {
        self.0.keep()
    }

    fn restore(value: &Value) -> Option<Self> {
        String::restore(value).map(CallId)
    }
}

impl Kept for u32 {
    fn keep(&self) -> Value {
        f64::from(*self).into()
    }

    fn restore(value: &Value) -> Option<Self> {
        f64::restore(value).map(|number| number as u32)
    }
}

impl<T: Kept> Kept for Option<T> {
    fn keep(&self) -> Value {
        self.as_ref().map_or(Value::Null, Kept::keep)
    }

    fn restore(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::restore(value).map(Some),
        }
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn keep(&self) -> Value {
        Value::List(self.iter().map(Kept::keep).collect())
    }

    fn restore(value: &Value) -> Option<Self> {
        match value {
            Value::List(values) => values.iter().map(T::restore).collect(),
            _ => None,
        }
    }
}
