//! How a call ends and how it is completed: neither may happen twice.

use super::Transition;
use crate::call::{CallPhase, EndReason, Finalize};
use crate::state::Unsaved;
use calling_extensions::message::{CallCompleted, CallEnded, EndStatus, EngagementProperties, GuestMessage, Ms};

impl Transition {
    /// The call is over: HubSpot is sent CALL_ENDED, and wrap-up begins.
    pub(super) fn end(&mut self, status: EndStatus, reason: EndReason) -> Option<()> {
        self.end_with(status, reason, None)
    }

    /// Like [`Self::end`], with the reason that the phone system gave.
    pub(super) fn end_with(&mut self, status: EndStatus, reason: EndReason, detail: Option<String>) -> Option<()> {
        let now = self.now;
        let call = self.state.call.as_mut().filter(|call| !call.is_over())?;
        let talked = match call.phase {
            CallPhase::Talking { since, .. } => (now - since).max(0.0),
            _ => 0.0,
        };
        call.recorded = call.recorded_until(now);
        call.recording_since = None;
        call.phase = CallPhase::WrapUp { ended_at: now, talked, status, reason, detail, finalize: Finalize::No };
        let ended = CallEnded {
            external_call_id: call.id.0.clone(),
            engagement_id: call.engagement.id().cloned(),
            call_end_status: Some(status),
            ..Default::default()
        };
        self.send(GuestMessage::CallEnded(ended));
        Some(())
    }

    /// Completes the call: it is saved, the user logs out, or the next call begins. A call that is not over stays.
    pub(super) fn complete(&mut self) {
        let Some(call) = self.state.call.take_if(|call| call.is_over()) else { return };
        let CallPhase::WrapUp { talked, status, .. } = call.phase else { return };
        let engagement_id = call.engagement.id().cloned();
        let properties = EngagementProperties {
            hs_timestamp: Some(whole_ms(call.started_at)),
            hs_call_body: Some(call.notes.clone()),
            hs_call_duration: Some(whole_ms(talked)),
            hs_call_status: Some(status.engagement_status()),
            hs_call_direction: Some(call.direction),
            hs_call_disposition: call.disposition.clone(),
            hs_call_from_number: known(call.from_number()),
            hs_call_to_number: known(call.to_number()),
            other: call.properties,
            ..Default::default()
        };
        self.state.unsaved =
            Some(Unsaved { call: call.id.clone(), engagement: engagement_id.clone(), notes: call.notes });
        self.send(GuestMessage::CallCompleted(CallCompleted {
            external_call_id: call.id.0,
            engagement_id,
            hide_widget: Some(false),
            engagement_properties: Some(properties),
            ..Default::default()
        }));
    }
}

/// Whole milliseconds as text: the properties of an engagement are strings.
fn whole_ms(ms: Ms) -> String {
    (ms.round() as i64).to_string()
}

/// `None` for an empty number: the account may have none.
fn known(number: &str) -> Option<String> {
    (!number.is_empty()).then(|| number.to_owned())
}
