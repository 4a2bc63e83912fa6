//! Actions of the user.

use super::Transition;
use crate::action::{Action, Command, UserAction};
use crate::call::{Call, CallPhase, EndReason, EngagementState, Finalize};
use crate::phone::{CallId, PhoneCommand};
use crate::phone_number;
use crate::state::{Notice, PendingEngagement};
use calling_extensions::message::{
    CallOnly, Direction, EndStatus, EngagementOfCall, GuestMessage, IncomingCall, NavigateToRecord, OpenIn,
    OutgoingCall,
};

impl Transition {
    pub(super) fn on_user(&mut self, action: UserAction) -> Option<()> {
        if !self.state.is_logged_in() {
            return self.on_logged_out_user(action);
        }
        let can = self.state.capabilities;
        match action {
            UserAction::LogOut => self.log_out(),
            UserAction::SetAvailable(available) => self.set_available(available),
            UserAction::RetryMicrophone => self.ask_for_microphone(),
            UserAction::SetRingtone(on) => {
                self.state.ringtone_muted = !on;
                Some(())
            }
            UserAction::ChooseFromNumber(number) => self.choose_from_number(number),
            UserAction::Dial(number) => self.dial(&number),
            UserAction::Answer => self.answer(),
            UserAction::HangUp => self.hang_up(EndReason::HungUp),
            UserAction::Mute(on) => self.switch(can.mute, PhoneCommand::Mute(on)),
            UserAction::Hold(on) => self.switch(can.hold, PhoneCommand::Hold(on)),
            UserAction::Record(on) => self.switch(can.record, PhoneCommand::Record(on)),
            UserAction::SendDigit(digit) => self.send_digit(digit),
            UserAction::Transfer(number) => self.transfer(&number),
            #[cfg(feature = "softphone")]
            UserAction::Consult(consult) => self.consult(consult),
            UserAction::SetNotes { call, text, revision } => self.set_notes(&call, text, revision),
            UserAction::SetDisposition(disposition) => self.set_disposition(disposition),
            UserAction::SetProperty { name, value } => self.set_property(&name, value),
            UserAction::SaveCall => self.save_call(),
            UserAction::Finalize => self.finalize(),
            UserAction::OpenRecord(index, open_in) => self.open_record(index, open_in),
            UserAction::SimulateIncoming(number) => self.simulate_incoming(&number),
            UserAction::DismissNotice => self.dismiss_notice(),
            UserAction::SetExtra { key, json } => self.set_extra(key, json),
            UserAction::LoggedIn(_) | UserAction::LogInRefused(_) => None,
        }
    }

    fn set_available(&mut self, available: bool) -> Option<()> {
        if self.state.available == available {
            return None;
        }
        self.state.available = available;
        self.send(if available { GuestMessage::UserAvailable } else { GuestMessage::UserUnavailable });
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
        let can = self.state.can_dial() && !self.state.microphone_refused;
        let number = phone_number::dialable(typed).ok().filter(|_| can)?;
        // The context belongs to the number that was clicked in HubSpot; a typed number has none.
        let clicked = self.state.dial_request.take().filter(|request| request.number == number);
        let context = clicked.map(|request| request.context.clone());
        let id = self.begin(Direction::Outbound, &number, CallPhase::Dialing);
        let from_number = self.state.from_number.clone();
        self.send(GuestMessage::OutgoingCall(OutgoingCall {
            external_call_id: id.0.clone(),
            to_number: Some(number.clone()),
            from_number: Some(from_number.clone()).filter(|number| !number.is_empty()),
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
        let id = self.begin(Direction::Inbound, from, CallPhase::Ringing);
        if let Some(call) = self.call_of(&id) {
            to.clone_into(&mut call.own_number);
        }
        self.send(GuestMessage::IncomingCall(IncomingCall {
            external_call_id: id.0.clone(),
            from_number: from.to_owned(),
            to_number: to.to_owned(),
            call_start_time: Some(self.now),
            create_engagement: Some(true),
            ..Default::default()
        }));
        self.commands.push(Command::After(self.state.ring_time, Action::RingTimeout(id)));
    }

    /// Starts a call. The previous one, if it is still in wrap-up, is completed first.
    fn begin(&mut self, direction: Direction, number: &str, phase: CallPhase) -> CallId {
        self.complete();
        let id = self.fresh_id.clone();
        let properties = self.state.session.as_ref().map(|session| session.account.call_texts()).unwrap_or_default();
        self.state.pending_engagements.push(PendingEngagement { call: id.clone(), asked_at: self.now });
        self.state.call = Some(Call {
            id: id.clone(),
            direction,
            number: number.to_owned(),
            own_number: self.state.from_number.clone(),
            started_at: self.now,
            phase,
            engagement: self.state.inherited_engagement.take().map_or(EngagementState::Pending, EngagementState::Known),
            notes: String::new(),
            notes_revision: 0,
            callers: Vec::new(),
            recording_since: None,
            recorded: 0.0,
            disposition: None,
            digits: String::new(),
            properties,
            #[cfg(feature = "softphone")]
            rings: false,
            #[cfg(feature = "softphone")]
            consultation: None,
        });
        id
    }

    fn answer(&mut self) -> Option<()> {
        let now = self.now;
        let call = self.state.call.as_mut().filter(|call| call.phase == CallPhase::Ringing)?;
        call.phase = CallPhase::Talking { since: now, muted: false, held: false };
        let id = call.id.clone();
        self.phone(&id, PhoneCommand::Answer);
        self.send(GuestMessage::CallAnswered(CallOnly::new(id.0)));
        Some(())
    }

    /// Ends the call in any phase. The status depends on the phase.
    pub(super) fn hang_up(&mut self, reason: EndReason) -> Option<()> {
        let call = self.state.call.as_ref()?;
        let id = call.id.clone();
        let (command, status, by_user) = match call.phase {
            CallPhase::Dialing => (PhoneCommand::HangUp, EndStatus::Canceled, EndReason::Canceled),
            CallPhase::Ringing => (PhoneCommand::Reject, EndStatus::Rejected, EndReason::Rejected),
            CallPhase::Talking { .. } => (PhoneCommand::HangUp, EndStatus::Completed, EndReason::HungUp),
            CallPhase::WrapUp { .. } => return None,
        };
        self.phone(&id, command);
        self.end(status, if reason == EndReason::HungUp { by_user } else { reason })
    }

    /// Sends a command to the phone system. The state changes when its event confirms it.
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

    /// Nobody answered in time: the call is transferred, and CALL_TRANSFERRED is the last message about it.
    pub(super) fn ring_timeout(&mut self, id: &CallId) -> Option<()> {
        self.call_of(id).filter(|call| call.phase == CallPhase::Ringing)?;
        self.phone(id, PhoneCommand::Transfer(None));
        self.send(GuestMessage::CallTransferred(CallOnly::new(id.0.clone())));
        self.state.call = None;
        Some(())
    }

    /// The last edit wins. A revision that is too low means two edits at the same time; the next revision is above both. Notes that
    /// come after their call was completed are shown to the user.
    fn set_notes(&mut self, call: &CallId, text: String, revision: u32) -> Option<()> {
        let Some(call) = self.call_of(call) else {
            self.notice(Notice::SaveFailed { reason: None, notes: text });
            return Some(());
        };
        call.notes = text;
        call.notes_revision = if revision > call.notes_revision { revision } else { call.notes_revision + 1 };
        Some(())
    }

    fn set_disposition(&mut self, disposition: Option<String>) -> Option<()> {
        self.state.call.as_mut()?.disposition = disposition;
        Some(())
    }

    pub(super) fn set_property(&mut self, name: &str, value: String) -> Option<()> {
        self.state.call.as_mut()?.properties.set(name, value);
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
        let CallPhase::WrapUp { finalize, .. } = &mut call.phase else { return None };
        if *finalize != Finalize::No {
            return None;
        }
        *finalize = Finalize::Asked;
        let external_call_id = call.id.0.clone();
        self.send(GuestMessage::FinalizeEngagement(EngagementOfCall {
            external_call_id,
            engagement_id: Some(engagement_id),
            ..Default::default()
        }));
        Some(())
    }

    fn open_record(&mut self, index: usize, open_in: OpenIn) -> Option<()> {
        let call = self.state.call.as_ref()?;
        let object_coordinates = call.callers.get(index)?.object_coordinates.clone()?;
        let engagement_id = call.engagement.id().cloned();
        self.send(GuestMessage::NavigateToRecord(NavigateToRecord {
            engagement_id,
            object_coordinates,
            open_in: Some(open_in),
            ..Default::default()
        }));
        Some(())
    }

    fn simulate_incoming(&mut self, typed: &str) -> Option<()> {
        let can = self.state.capabilities.simulate_incoming
            && self.state.available
            && self.state.can_dial()
            && self.state.call.is_none();
        let from = phone_number::dialable(typed).ok().filter(|_| can)?;
        let to = self.state.from_number.clone();
        let id = self.fresh_id.clone();
        self.phone(&id, PhoneCommand::SimulateIncoming { from, to });
        Some(())
    }

    pub(super) fn dismiss_notice(&mut self) -> Option<()> {
        if self.state.notices.is_empty() {
            return None;
        }
        self.state.notices.remove(0);
        Some(())
    }

    fn set_extra(&mut self, key: String, json: String) -> Option<()> {
        if self.state.extras.get(&key) == Some(&json) {
            return None;
        }
        self.state.extras.insert(key, json);
        Some(())
    }
}
