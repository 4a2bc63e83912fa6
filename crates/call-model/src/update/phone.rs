//! What the phone system says.

use super::Turn;
use crate::phone::{CallId, PhoneCommand, PhoneEvent, PhoneNews};
use crate::state::{EndReason, Notice, Phase};
use calling_extensions::message::{CallOnly, EndStatus, GuestMessage, Ms};

impl Turn {
    pub(super) fn phone_says(&mut self, event: PhoneEvent) -> Option<()> {
        let PhoneEvent { call: id, news } = event;
        if let PhoneNews::Incoming { from, to } = news {
            return self.incoming(id, from, to);
        }
        let phase = &mut self.call_of(&id)?.phase;
        match (phase, news) {
            (Phase::Dialing, PhoneNews::Answered) => self.answered(id),
            (Phase::Dialing, PhoneNews::Busy) => self.end(EndStatus::Busy, EndReason::Busy),
            (Phase::Dialing, PhoneNews::NotAnswered) => self.end(EndStatus::NoAnswer, EndReason::NotAnswered),
            (Phase::Dialing, PhoneNews::HungUp) => self.end(EndStatus::Busy, EndReason::Busy),
            (Phase::Ringing, PhoneNews::HungUp | PhoneNews::NotAnswered) => {
                self.end(EndStatus::Missed, EndReason::Missed)
            }
            (Phase::Talking { .. }, PhoneNews::HungUp) => self.end(EndStatus::Completed, EndReason::OtherHungUp),
            (Phase::Dialing | Phase::Ringing, PhoneNews::Failed | PhoneNews::Dropped) => {
                self.end(EndStatus::Failed, EndReason::Failed)
            }
            (Phase::Talking { .. }, PhoneNews::Failed | PhoneNews::Dropped) => {
                self.end(EndStatus::Failed, EndReason::Dropped)
            }
            (Phase::Talking { muted, .. }, PhoneNews::Muted(on)) => set(muted, on),
            (Phase::Talking { held, .. }, PhoneNews::Held(on)) => set(held, on),
            (Phase::Talking { .. }, PhoneNews::Recording(on)) => self.recording(on),
            (Phase::Talking { .. }, PhoneNews::Transferred) => {
                self.tell(GuestMessage::CallTransferred(CallOnly::new(id.0)));
                self.end(EndStatus::Completed, EndReason::Transferred)
            }
            (Phase::Talking { .. }, PhoneNews::TransferFailed) => {
                self.notice(Notice::TransferFailed);
                Some(())
            }
            // The call went on while the page was loaded anew; HubSpot has heard of its start already.
            (phase @ Phase::Dialing, PhoneNews::Resumed { answered_at: Some(since) }) => {
                *phase = Phase::Talking { since, muted: false, held: false };
                self.tell(GuestMessage::CallAnswered(CallOnly::new(id.0)));
                Some(())
            }
            _ => None,
        }
    }

    fn incoming(&mut self, id: CallId, from: String, to: String) -> Option<()> {
        if self.call_of(&id).is_some() {
            return None; // it is the call that rings already
        }
        let on = self.state.call.as_ref().is_some_and(|call| !call.is_over());
        if on || !self.state.logged_in || !self.state.available || self.state.microphone_refused {
            self.phone(&id, PhoneCommand::RefuseAsBusy);
            if on {
                self.notice(Notice::RefusedCall { number: from });
            }
            return Some(());
        }
        self.fresh_id = id;
        self.ring(&from, &to);
        Some(())
    }

    fn answered(&mut self, id: CallId) -> Option<()> {
        let since: Ms = self.now;
        self.call_of(&id)?.phase = Phase::Talking { since, muted: false, held: false };
        self.tell(GuestMessage::CallAnswered(CallOnly::new(id.0)));
        Some(())
    }

    /// What counts is the time that was recorded, however often it was switched on and off.
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
