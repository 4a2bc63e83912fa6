//! Events of the phone system.

use super::Transition;
use crate::call::{CallPhase, EndReason};
use crate::phone::{CallEvent, CallId, PhoneCommand, PhoneEvent};
use crate::state::{Line, Notice};
use calling_extensions::message::{CallOnly, EndStatus, GuestMessage, Ms};

impl Transition {
    pub(super) fn on_phone(&mut self, event: PhoneEvent) -> Option<()> {
        match event {
            PhoneEvent::Connected => self.line(Line::Connected),
            PhoneEvent::Disconnected { reason } => self.line(Line::Lost { reason }),
            PhoneEvent::SessionExpired => self.session_expired(),
            #[cfg(feature = "softphone")]
            PhoneEvent::Capabilities { can, consult } => {
                let known = (self.state.capabilities, self.state.can_consult) == (can, consult);
                (self.state.capabilities, self.state.can_consult) = (can, consult);
                (!known).then_some(())
            }
            PhoneEvent::Call { call, event } => self.on_call_event(call, event),
        }
    }

    fn on_call_event(&mut self, id: CallId, event: CallEvent) -> Option<()> {
        if let CallEvent::Incoming { from, to } = event {
            return self.incoming(id, from, to);
        }
        #[cfg(feature = "softphone")]
        if let CallEvent::Waiting { from } = event {
            return self.waiting(&id, from);
        }
        #[cfg(feature = "softphone")]
        if event == CallEvent::Ringing {
            let call = self.call_of(&id).filter(|call| call.phase == CallPhase::Dialing)?;
            return set(&mut call.rings, true);
        }
        let now = self.now;
        let phase = &mut self.call_of(&id)?.phase;
        match (phase, event) {
            (CallPhase::Dialing, CallEvent::Answered) => self.answered(id),
            (CallPhase::Dialing, CallEvent::Busy) => self.end(EndStatus::Busy, EndReason::Busy),
            (CallPhase::Dialing, CallEvent::NotAnswered) => self.end(EndStatus::NoAnswer, EndReason::NotAnswered),
            (CallPhase::Dialing, CallEvent::HungUp) => self.end(EndStatus::Busy, EndReason::Busy),
            (CallPhase::Ringing, CallEvent::HungUp | CallEvent::NotAnswered) => {
                self.end(EndStatus::Missed, EndReason::Missed)
            }
            (CallPhase::Talking { .. }, CallEvent::HungUp) => self.end(EndStatus::Completed, EndReason::OtherHungUp),
            (CallPhase::Ringing, CallEvent::AnsweredElsewhere) => self.answered_elsewhere(id),
            (CallPhase::Dialing | CallPhase::Ringing, CallEvent::Failed { reason }) => {
                self.end_with(EndStatus::Failed, EndReason::Failed, reason)
            }
            (CallPhase::Dialing | CallPhase::Ringing, CallEvent::Dropped) => {
                self.end(EndStatus::Failed, EndReason::Failed)
            }
            (CallPhase::Talking { .. }, CallEvent::Failed { reason }) => {
                self.end_with(EndStatus::Failed, EndReason::Dropped, reason)
            }
            (CallPhase::Talking { .. }, CallEvent::Dropped) => self.end(EndStatus::Failed, EndReason::Dropped),
            (CallPhase::Talking { muted, .. }, CallEvent::Muted(on)) => set(muted, on),
            (CallPhase::Talking { held, .. }, CallEvent::Held(on)) => set(held, on),
            (CallPhase::Talking { .. }, CallEvent::Recording(on)) => self.recording(on),
            #[cfg(feature = "audio")]
            (CallPhase::Dialing | CallPhase::Ringing | CallPhase::Talking { .. }, CallEvent::Audio(event)) => {
                self.audio(event)
            }
            #[cfg(feature = "softphone")]
            (CallPhase::Talking { .. }, CallEvent::Consult(event)) => self.on_consultation(event),
            (_, CallEvent::Property { name, value }) => self.set_property(&name, value),
            (CallPhase::Talking { .. }, CallEvent::Transferred) => {
                self.send(GuestMessage::CallTransferred(CallOnly::new(id.0)));
                self.end(EndStatus::Completed, EndReason::Transferred)
            }
            (CallPhase::Talking { .. }, CallEvent::TransferFailed) => {
                self.notice(Notice::TransferFailed);
                Some(())
            }
            // The call continued during the reload; HubSpot was sent its start before.
            (phase @ CallPhase::Dialing, CallEvent::Resumed { answered_at: Some(since) }) => {
                // A time that is no number could be stored, but not be read again: the call would be lost at the next reload.
                let since = if since.is_finite() { since } else { now };
                *phase = CallPhase::Talking { since, muted: false, held: false };
                self.send(GuestMessage::CallAnswered(CallOnly::new(id.0)));
                Some(())
            }
            _ => None,
        }
    }

    fn incoming(&mut self, id: CallId, from: String, to: String) -> Option<()> {
        if self.call_of(&id).is_some() {
            return None; // this call is known
        }
        let on = self.state.call.as_ref().is_some_and(|call| !call.is_over());
        if on || !self.state.is_logged_in() || !self.state.available || self.state.microphone_refused {
            self.phone(&id, PhoneCommand::RejectAsBusy);
            if on {
                self.notice(Notice::RefusedCall { number: from });
            }
            return Some(());
        }
        self.fresh_id = id;
        self.ring(&from, &to);
        Some(())
    }

    /// A second call is only reported here: it rings when the first one is over.
    #[cfg(feature = "softphone")]
    fn waiting(&mut self, id: &CallId, from: String) -> Option<()> {
        if !self.state.is_logged_in() || !self.state.available {
            self.phone(id, PhoneCommand::RejectAsBusy);
        } else {
            self.notice(Notice::WaitingCall { number: from });
        }
        Some(())
    }

    /// Another device has the call now: like an unanswered call that is transferred, it ends here with CALL_TRANSFERRED.
    fn answered_elsewhere(&mut self, id: CallId) -> Option<()> {
        self.send(GuestMessage::CallTransferred(CallOnly::new(id.0)));
        self.state.call = None;
        self.notice(Notice::AnsweredElsewhere);
        Some(())
    }

    fn answered(&mut self, id: CallId) -> Option<()> {
        let since: Ms = self.now;
        self.call_of(&id)?.phase = CallPhase::Talking { since, muted: false, held: false };
        self.send(GuestMessage::CallAnswered(CallOnly::new(id.0)));
        Some(())
    }

    /// Adds up the recorded time over all starts and stops.
    fn recording(&mut self, on: bool) -> Option<()> {
        let now = self.now;
        let call = self.talking().filter(|call| call.recording_since.is_some() != on)?;
        call.recorded = call.recorded_until(now);
        call.recording_since = on.then_some(now);
        Some(())
    }
}

fn set(flag: &mut bool, on: bool) -> Option<()> {
    (*flag != on).then(|| *flag = on)
}
