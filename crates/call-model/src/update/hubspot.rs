//! Messages of HubSpot.

use super::Transition;
use crate::call::{CallPhase, EndReason, EngagementState, Finalize};
use crate::phone::CallId;
use crate::phone_number;
use crate::state::{DialRequest, HostInfo, HostLink, Notice};
use calling_extensions::message::{
    DialNumber, Engagement, ErrorInfo, GuestMessage, HostMessage, Initialized, Ms, Ready, Size,
};
use std::rc::Rc;

/// How long to wait for an answer about an engagement, in milliseconds. HubSpot answers in order, mostly without the id of the
/// call: a late answer must not be attributed to the next call, even when the frame was loaded again in between.
const ENGAGEMENT_TIMEOUT: Ms = 30_000.0;

impl Transition {
    /// The handshake is complete, for the first time or again: HubSpot is sent the current state, and no call message twice.
    pub(super) fn ready(&mut self, ready: Ready) -> Option<()> {
        let given = ready.engagement_id.filter(|id| !id.is_none());
        match &mut self.state.call {
            Some(call) if call.engagement == EngagementState::Pending => {
                if let Some(id) = given {
                    call.engagement = EngagementState::Known(id);
                    let answered = &call.id;
                    self.state.pending_engagements.retain(|pending| pending.call != *answered);
                }
            }
            Some(_) => {}
            None => self.state.inherited_engagement = given,
        }
        self.state.link = HostLink::Connected;
        self.state.host = Some(Rc::new(HostInfo {
            portal_id: ready.portal_id,
            user_id: ready.user_id,
            owner_id: ready.owner_id,
            location: ready.iframe_location,
            uses_calling_window: ready.uses_calling_window,
            url: ready.host_url,
        }));
        let engagement_id = self.state.call.as_ref().and_then(|call| call.engagement.id().cloned());
        let (width, height) = self.state.screen().size();
        let initialized = Initialized {
            is_logged_in: Some(self.state.is_logged_in()),
            is_available: Some(self.state.available),
            engagement_id: engagement_id.or_else(|| self.state.inherited_engagement.clone()),
            size_info: Some(Size::new(width, height)),
            ..Default::default()
        };
        self.send(GuestMessage::Initialized(initialized));
        Some(())
    }

    /// The handshake has not come yet, or will not come.
    pub(super) fn link(&mut self, link: HostLink) -> Option<()> {
        (self.state.link == HostLink::Waiting).then(|| self.state.link = link)
    }

    pub(super) fn on_hubspot(&mut self, message: HostMessage) -> Option<()> {
        use HostMessage::*;
        match message {
            DialNumber(dial) => self.dial_number(dial),
            EngagementCreated(engagement) | CreateEngagementSucceeded(engagement) => self.engagement_made(engagement),
            CreateEngagementFailed(engagement) => self.engagement_failed(engagement),
            UpdateEngagementSucceeded(_) => self.state.unsaved.take().map(drop),
            UpdateEngagementFailed(engagement) => self.save_failed(engagement),
            FinalizeEngagementSucceeded(_) | PublishToChannelSucceeded(_) => self.set_finalize(Finalize::Done),
            FinalizeEngagementFailed(_) | PublishToChannelFailed(_) => {
                self.set_finalize(Finalize::No)?;
                self.notice(Notice::FinalizeFailed);
                Some(())
            }
            CallerIdMatchFailed(_) => {
                self.state.call.as_ref().filter(|call| !call.is_over())?;
                self.notify_once(Notice::CallerMatchFailed)
            }
            NavigateToRecordFailed(_) => {
                self.notice(Notice::RecordNotShown);
                Some(())
            }
            CallerIdMatchSucceeded(found) => {
                let call = self.state.call.as_mut().filter(|call| !call.is_over())?;
                call.callers = found.caller_id_matches;
                Some(())
            }
            VisibilityChanged(now) => {
                self.state.hidden = now.is_hidden.unwrap_or_default() || now.is_minimized.unwrap_or_default();
                Some(())
            }
            EndCall(_) => self.hang_up(EndReason::EndedInHubSpot),
            _ => None,
        }
    }

    /// During a call and its wrap-up the number is stored, and shown when the keypad is back.
    fn dial_number(&mut self, dial: DialNumber) -> Option<()> {
        let spelled = dial.phone_number?;
        match phone_number::dialable(&spelled) {
            Ok(number) => {
                let serial = self.state.dial_request.as_ref().map_or(0, |request| request.serial.wrapping_add(1));
                let context = dial.context.unwrap_or_default();
                self.state.dial_request = Some(Rc::new(DialRequest { number, context, serial }));
            }
            Err(_) => self.notice(Notice::CannotDial { number: spelled }),
        }
        Some(())
    }

    fn engagement_made(&mut self, engagement: Engagement) -> Option<()> {
        let id = engagement.engagement_id.clone().filter(|id| !id.is_none())?;
        if engagement.external_call_id.is_none() && self.state.last_engagement.as_ref() == Some(&id) {
            return None; // reported again: its call, which may be over, has it
        }
        let answered = self.answered_call(&engagement)?;
        if let Some(call) = self.call_of(&answered) {
            call.engagement = EngagementState::Known(id.clone());
        }
        self.state.last_engagement = Some(id);
        Some(()) // an answer for an earlier call changes nothing else
    }

    fn engagement_failed(&mut self, engagement: Engagement) -> Option<()> {
        let answered = self.answered_call(&engagement)?;
        if let Some(call) = self.call_of(&answered).filter(|call| call.engagement != EngagementState::Failed) {
            call.engagement = EngagementState::Failed;
            self.notice(Notice::EngagementFailed { reason: reason(engagement.error) });
        }
        Some(())
    }

    /// Which call HubSpot's answer is about: the one it names, else the oldest that still waits for an answer, else the
    /// current one (HubSpot may send the id of an engagement more than once).
    fn answered_call(&mut self, engagement: &Engagement) -> Option<CallId> {
        let (now, pending_engagements) = (self.now, &mut self.state.pending_engagements);
        pending_engagements.retain(|pending_engagements| now - pending_engagements.asked_at < ENGAGEMENT_TIMEOUT);
        let named = engagement.external_call_id.as_deref().filter(|id| !id.is_empty());
        match named {
            Some(id) => {
                pending_engagements.retain(|pending_engagements| pending_engagements.call.0 != id);
                Some(CallId::from(id))
            }
            None if pending_engagements.is_empty() => self.state.call.as_ref().map(|call| call.id.clone()),
            None => Some(pending_engagements.remove(0).call),
        }
    }

    fn save_failed(&mut self, engagement: Engagement) -> Option<()> {
        let unsaved = self.state.unsaved.take()?;
        self.notice(Notice::SaveFailed { reason: reason(engagement.error), notes: unsaved.notes });
        Some(())
    }

    fn set_finalize(&mut self, to: Finalize) -> Option<()> {
        match &mut self.state.call.as_mut()?.phase {
            CallPhase::WrapUp { finalize, .. } if *finalize == Finalize::Asked => *finalize = to,
            _ => return None,
        }
        Some(())
    }
}

fn reason(error: Option<ErrorInfo>) -> Option<String> {
    error.and_then(|error| error.message).filter(|message| !message.is_empty())
}
