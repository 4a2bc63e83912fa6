//! Events with any content.

use crate::Source;
use call_model::{Account, Action, CallEvent, CallId, Disposition, OwnNumber, PhoneEvent, Session, State, UserAction};
use calling_extensions::message::OpenIn;

/// A session with a number and a disposition.
pub fn session() -> Session {
    let number = OwnNumber { id: "us".into(), name: "Mine".into(), number: "+16179483986".into() };
    let disposition = Disposition { id: "sold".into(), name: "Sold".into() };
    let account = Account { numbers: vec![number], dispositions: vec![disposition], ..Account::default() };
    Session { account, ..Session::default() }
}

/// Something that the user does.
pub fn user_action(source: &mut Source, state: &State) -> UserAction {
    let on = source.chance(128);
    match source.byte() % 24 {
        0 | 1 => UserAction::LoggedIn(session()),
        2 => UserAction::LogOut,
        3 => UserAction::LogInRefused(source.text()),
        4 => UserAction::SetAvailable(on),
        5..8 => UserAction::Dial("+16175551234".into()),
        8 => UserAction::Dial(source.text()),
        9 | 10 => UserAction::Answer,
        11 | 12 => UserAction::HangUp,
        13 => UserAction::Mute(on),
        14 => UserAction::Hold(on),
        15 => UserAction::Record(on),
        16 => UserAction::SendDigit(char::from(source.byte())),
        17 => UserAction::Transfer(source.text()),
        18 => {
            let call = state.call.as_ref().map(|call| call.id.clone()).unwrap_or_default();
            UserAction::SetNotes { call, text: source.text(), revision: u32::from(source.byte()) }
        }
        19 | 20 => UserAction::SaveCall,
        21 => UserAction::Finalize,
        22 => UserAction::OpenRecord(usize::from(source.byte()), OpenIn::NewTab),
        _ => match source.byte() % 6 {
            0 => UserAction::SetProperty { name: source.text(), value: source.text() },
            1 => UserAction::SetDisposition(on.then(|| source.text())),
            2 => UserAction::ChooseFromNumber(source.text()),
            3 => UserAction::DismissNotice,
            4 => UserAction::SetRingtone(on),
            _ => UserAction::RetryMicrophone,
        },
    }
}

/// Something that the phone system reports, mostly about the current call.
pub fn phone_event(source: &mut Source, fresh_id: u32, state: &State) -> PhoneEvent {
    let call = match &state.call {
        Some(call) if source.chance(230) => call.id.clone(),
        _ => CallId(format!("out-{}", source.byte())),
    };
    let on = source.chance(128);
    let event = match source.byte() % 20 {
        0 => return PhoneEvent::Connected,
        1 => return PhoneEvent::Disconnected { reason: on.then(|| source.text()) },
        2 => return PhoneEvent::SessionExpired,
        3..6 => {
            // A phone system does not use an id twice.
            let call = CallId(format!("in-{fresh_id}"));
            return PhoneEvent::Call { call, event: CallEvent::Incoming { from: source.text(), to: source.text() } };
        }
        6..9 => CallEvent::Answered,
        9 => CallEvent::Busy,
        10 => CallEvent::NotAnswered,
        11 => CallEvent::Failed { reason: on.then(|| source.text()) },
        12 => CallEvent::Dropped,
        13 => CallEvent::HungUp,
        14 => CallEvent::Muted(on),
        15 => CallEvent::Recording(on),
        16 => CallEvent::Transferred,
        17 => CallEvent::TransferFailed,
        18 => CallEvent::AnsweredElsewhere,
        _ => CallEvent::Resumed { answered_at: on.then(|| source.number()) },
    };
    PhoneEvent::Call { call, event }
}

/// Something that happens to the page.
pub fn page_event(source: &mut Source, state: &State) -> Action {
    match source.byte() % 8 {
        0 => Action::LogInRequested,
        1 => Action::HandshakeOverdue,
        2 => Action::StorageBlocked,
        3 => Action::Microphone(source.chance(128)),
        4 => Action::RingTimeout(state.call.as_ref().map(|call| call.id.clone()).unwrap_or_default()),
        5 => Action::SessionRenewed(session()),
        6 => Action::SessionEnded { reason: source.chance(128).then(|| source.text()) },
        _ => Action::NoFrame,
    }
}
