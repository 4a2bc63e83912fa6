//! What the user does.

use super::Turn;
use crate::action::{Action, Command};
use crate::phone::{CallId, PhoneCommand};
use crate::phone_number;
use crate::state::{Awaited, Call, EndReason, EngagementState, Finalize, Notice, Phase};
use calling_extensions::message::{
    CallOnly, Direction, EndStatus, EngagementOfCall, GuestMessage, IncomingCall, NavigateToRecord, OpenIn,
    OutgoingCall,
};

/// How long an incoming call rings before it is given to somebody else, in milliseconds.
const RINGING_TIME: f64 = 5_000.0;

impl Turn {
    pub(super) fn user_does(&mut self, action: Action) -> Option<()> {
        if !self.state.logged_in {
            return match action {
                // One answer is enough: a second click, or Enter after a click, asks nobody.
                Action::AskToLogIn if !self.state.logging_in => {
                    self.state.logging_in = true;
                    self.state.notices.clear();
                    Some(())
                }
                Action::LogIn => self.log_in(),
                Action::LogInRefused(reason) => {
                    self.state.logging_in = false;
                    self.notice(Notice::LogInRefused { reason });
                    Some(())
                }
                Action::DismissNotice => self.dismiss_notice(),
                _ => None,
            };
        }
        match action {
            Action::LogOut => self.log_out(),
            Action::SetAvailable(available) => self.set_available(available),
            Action::AskAgain => self.ask_for_microphone(),
            Action::SetRinging(on) => {
                self.state.silent = !on;
                Some(())
            }
            Action::ChooseFromNumber(number) => self.choose_from_number(number),
            Action::Dial(number) => self.dial(&number),
            Action::Answer => self.answer(),
            Action::HangUp => self.hang_up(EndReason::HungUp),
            Action::Mute(on) => self.switch(self.state.capabilities.mute, PhoneCommand::Mute(on)),
            Action::Hold(on) => self.switch(self.state.capabilities.hold, PhoneCommand::Hold(on)),
            Action::Record(on) => self.switch(self.state.capabilities.record, PhoneCommand::Record(on)),
            Action::SendDigit(digit) => self.send_digit(digit),
            Action::Transfer(number) => self.transfer(&number),
            Action::SetNotes { text, revision } => self.set_notes(text, revision),
            Action::SetDisposition(disposition) => self.set_disposition(disposition),
            Action::SaveCall => self.save_call(),
            Action::Finalize => self.finalize(),
            Action::OpenRecord(place, open_in) => self.open_record(place, open_in),
            Action::TestIncoming(number) => self.test_incoming(&number),
            Action::DismissNotice => self.dismiss_notice(),
            _ => None,
        }
    }

    fn log_in(&mut self) -> Option<()> {
        self.state.logging_in = false;
        self.state.logged_in = true;
        self.state.notices.clear();
        self.tell(GuestMessage::LoggedIn);
        let _ = self.ask_for_microphone();
        Some(())
    }

    /// Asked before the first call, so that no call is silent.
    fn ask_for_microphone(&mut self) -> Option<()> {
        self.state.capabilities.microphone.then(|| self.commands.push(Command::AskForMicrophone))
    }

    pub(super) fn microphone(&mut self, granted: bool) -> Option<()> {
        (self.state.microphone_refused == granted).then(|| self.state.microphone_refused = !granted)
    }

    /// Nothing is left of the user: the call is ended and completed with the notes as they are.
    fn log_out(&mut self) -> Option<()> {
        let _ = self.hang_up(EndReason::HungUp);
        self.complete();
        if self.state.available {
            self.state.available = false;
            self.tell(GuestMessage::UserUnavailable);
        }
        self.state.logged_in = false;
        self.state.notices.clear();
        self.tell(GuestMessage::LoggedOut);
        Some(())
    }

    fn set_available(&mut self, available: bool) -> Option<()> {
        if self.state.available == available {
            return None;
        }
        self.state.available = available;
        self.tell(if available { GuestMessage::UserAvailable } else { GuestMessage::UserUnavailable });
        Some(())
    }

    fn choose_from_number(&mut self, number: String) -> Option<()> {
        self.state.from_number = number;
        Some(())
    }

    fn dial(&mut self, typed: &str) -> Option<()> {
        if self.state.call.is_some() {
            return None;
        }
        let number = phone_number::dialable(typed).ok().filter(|_| !self.state.microphone_refused)?;
        // Only the number that was clicked in HubSpot brings its context back; one that was typed instead drops it.
        let context =
            self.state.requested.take().filter(|request| request.number == number).map(|request| request.context);
        let id = self.begin(Direction::Outbound, &number, Phase::Dialing);
        let from_number = self.state.from_number.clone();
        self.tell(GuestMessage::OutgoingCall(OutgoingCall {
            external_call_id: id.0.clone(),
            to_number: Some(number.clone()),
            from_number: Some(from_number.clone()),
            call_start_time: Some(self.now),
            create_engagement: Some(true),
            dialing_context: context,
            ..Default::default()
        }));
        self.phone(&id, PhoneCommand::Dial { to: number, from: from_number });
        Some(())
    }

    /// An incoming call begins to ring.
    pub(super) fn ring(&mut self, from: &str, to: &str) {
        let id = self.begin(Direction::Inbound, from, Phase::Ringing);
        if let Some(call) = self.call_of(&id) {
            to.clone_into(&mut call.own_number);
        }
        self.tell(GuestMessage::IncomingCall(IncomingCall {
            external_call_id: id.0.clone(),
            from_number: from.to_owned(),
            to_number: to.to_owned(),
            call_start_time: Some(self.now),
            create_engagement: Some(true),
            ..Default::default()
        }));
        self.commands.push(Command::After(RINGING_TIME, Action::RangOut(id)));
    }

    /// A call begins; the one before it, if it is still in wrap-up, is completed first.
    fn begin(&mut self, direction: Direction, number: &str, phase: Phase) -> CallId {
        self.complete();
        let id = self.fresh_id.clone();
        self.state.awaited.push(Awaited { call: id.clone(), asked_at: self.now });
        self.state.call = Some(Call {
            id: id.clone(),
            direction,
            number: number.to_owned(),
            own_number: self.state.from_number.clone(),
            started_at: self.now,
            phase,
            engagement: self.state.inherited_engagement.take().map_or(EngagementState::Awaited, EngagementState::Known),
            notes: String::new(),
            notes_revision: 0,
            callers: Vec::new(),
            recording_since: None,
            recorded: 0.0,
            disposition: None,
            digits: String::new(),
        });
        id
    }

    fn answer(&mut self) -> Option<()> {
        let now = self.now;
        let call = self.state.call.as_mut().filter(|call| call.phase == Phase::Ringing)?;
        call.phase = Phase::Talking { since: now, muted: false, held: false };
        let id = call.id.clone();
        self.phone(&id, PhoneCommand::Answer);
        self.tell(GuestMessage::CallAnswered(CallOnly::new(id.0)));
        Some(())
    }

    /// Ends the call whatever its phase, each with its own status.
    pub(super) fn hang_up(&mut self, reason: EndReason) -> Option<()> {
        let call = self.state.call.as_ref()?;
        let id = call.id.clone();
        let (command, status, by_user) = match call.phase {
            Phase::Dialing => (PhoneCommand::HangUp, EndStatus::Canceled, EndReason::Canceled),
            Phase::Ringing => (PhoneCommand::Reject, EndStatus::Rejected, EndReason::Rejected),
            Phase::Talking { .. } => (PhoneCommand::HangUp, EndStatus::Completed, EndReason::HungUp),
            Phase::WrapUp { .. } => return None,
        };
        self.phone(&id, command);
        self.end(status, if reason == EndReason::HungUp { by_user } else { reason })
    }

    /// The phone is asked, and the state follows when it has said that it is so.
    fn switch(&mut self, can: bool, command: PhoneCommand) -> Option<()> {
        let id = self.talking().filter(|_| can)?.id.clone();
        self.phone(&id, command);
        Some(())
    }

    fn send_digit(&mut self, digit: char) -> Option<()> {
        if !matches!(digit, '0'..='9' | '*' | '#') {
            return None;
        }
        self.switch(self.state.capabilities.digits, PhoneCommand::Digit(digit))?;
        self.talking()?.digits.push(digit);
        Some(())
    }

    fn transfer(&mut self, typed: &str) -> Option<()> {
        let number = phone_number::dialable(typed).ok()?;
        self.switch(self.state.capabilities.transfer, PhoneCommand::Transfer(Some(number)))
    }

    /// Nobody answered in time: the call is somebody else's now, and CALL_TRANSFERRED is the last that HubSpot hears of it.
    pub(super) fn rang_out(&mut self, id: &CallId) -> Option<()> {
        self.call_of(id).filter(|call| call.phase == Phase::Ringing)?;
        self.phone(id, PhoneCommand::Transfer(None));
        self.tell(GuestMessage::CallTransferred(CallOnly::new(id.0.clone())));
        self.state.call = None;
        Some(())
    }

    /// The last one who wrote is right. A revision that is behind means that two wrote at once; the next is above both.
    fn set_notes(&mut self, text: String, revision: u32) -> Option<()> {
        let call = self.state.call.as_mut()?;
        call.notes = text;
        call.notes_revision = if revision > call.notes_revision { revision } else { call.notes_revision + 1 };
        Some(())
    }

    /// A call that was there before this page or this frame: the phone takes it up, and its deadlines are set again.
    pub(super) fn take_over(&mut self, tell: bool) -> Option<()> {
        let call = self.state.call.as_ref().filter(|call| !call.is_over());
        if let Some(call) = call {
            let id = call.id.clone();
            if call.phase == Phase::Ringing {
                let left = (call.started_at + RINGING_TIME - self.now).max(0.0);
                self.commands.push(Command::After(left, Action::RangOut(id.clone())));
            }
            self.commands.push(Command::Resume(id));
        }
        if tell && self.state.call.is_some() {
            self.notice(Notice::TakenOver);
        }
        Some(())
    }

    fn set_disposition(&mut self, disposition: Option<String>) -> Option<()> {
        self.state.call.as_mut()?.disposition = disposition;
        Some(())
    }

    fn save_call(&mut self) -> Option<()> {
        self.state.call.as_ref().filter(|call| call.is_over())?;
        self.complete();
        Some(())
    }

    fn finalize(&mut self) -> Option<()> {
        let call = self.state.call.as_mut()?;
        let engagement_id = call.engagement.id()?.clone();
        let Phase::WrapUp { finalize, .. } = &mut call.phase else { return None };
        if *finalize != Finalize::No {
            return None;
        }
        *finalize = Finalize::Asked;
        let external_call_id = call.id.0.clone();
        self.tell(GuestMessage::FinalizeEngagement(EngagementOfCall {
            external_call_id,
            engagement_id: Some(engagement_id),
            ..Default::default()
        }));
        Some(())
    }

    fn open_record(&mut self, place: usize, open_in: OpenIn) -> Option<()> {
        let call = self.state.call.as_ref()?;
        let object_coordinates = call.callers.get(place)?.object_coordinates.clone()?;
        let engagement_id = call.engagement.id().cloned();
        self.tell(GuestMessage::NavigateToRecord(NavigateToRecord {
            engagement_id,
            object_coordinates,
            open_in: Some(open_in),
            ..Default::default()
        }));
        Some(())
    }

    fn test_incoming(&mut self, typed: &str) -> Option<()> {
        let can = self.state.capabilities.test_incoming && self.state.available && self.state.call.is_none();
        let from = phone_number::dialable(typed).ok().filter(|_| can)?;
        let to = self.state.from_number.clone();
        let id = self.fresh_id.clone();
        self.phone(&id, PhoneCommand::TestIncoming { from, to });
        Some(())
    }

    fn dismiss_notice(&mut self) -> Option<()> {
        if self.state.notices.is_empty() {
            return None;
        }
        self.state.notices.remove(0);
        Some(())
    }
}
