//! Engagements are created, updated and finalized.

use super::{Transition, engagement_number, failure, number, object};
use crate::{
    crm::{Account, RecordId},
    hubspot::{CallPhase, Effect, FrameId},
};
use calling_extensions::{
    codec::{Payload, Value},
    message::{CallCompleted, EngagementOfCall, EngagementProperties, IframeLocation},
};

/// Added to all engagement ids, so that they are as long as HubSpot's.
const ENGAGEMENTS_FROM: u64 = 61_250_000_000;
/// The maximum length of an engagement property, in characters.
const MAX_PROPERTY: usize = 65_536;
/// The maximum number of properties of an engagement.
const MAX_PROPERTIES: usize = 100;

impl Transition {
    /// `None` if creating it fails. The widget receives an answer in either case.
    pub(super) fn create_engagement(&mut self, frame: &FrameId) -> Option<u64> {
        if self.state.faults.creation_fails {
            self.send(frame, "CREATE_ENGAGEMENT_FAILED", Some(failure("The engagement could not be created.")));
            return None;
        }
        let id = ENGAGEMENTS_FROM + self.next_id();
        let old = self.state.faults.old_engagement_created;
        let kind = if old { "ENGAGEMENT_CREATED" } else { "CREATE_ENGAGEMENT_SUCCEEDED" };
        self.send(frame, kind, Some(object([("engagementId", number(id))]).into()));
        Some(id)
    }

    pub(super) fn completed(&mut self, frame: &FrameId, completed: &CallCompleted) -> Option<()> {
        let answer = match self.save(frame, completed) {
            Ok(engagement) => ("UPDATE_ENGAGEMENT_SUCCEEDED", object([("engagementId", number(engagement))]).into()),
            Err(reason) => ("UPDATE_ENGAGEMENT_FAILED", failure(&reason)),
        };
        self.send(frame, answer.0, Some(answer.1));
        let of_task = self.completes_task(frame, completed);
        if of_task {
            self.next_task(true);
        }
        // In a task queue HubSpot closes the widget in any case.
        if of_task || completed.hide_widget.unwrap_or(true) {
            self.close_or_hide(frame);
        }
        Some(())
    }

    pub(super) fn finalize(&mut self, frame: &FrameId, kind: &str, asked: &EngagementOfCall) -> Option<()> {
        let fails = self.state.faults.finalizing_fails;
        let by_engagement = asked.engagement_id.as_ref().filter(|id| !id.is_none());
        let call = match by_engagement {
            Some(engagement) => self.call_of(frame, engagement),
            None => self.call(frame, &asked.external_call_id),
        };
        let call = call.filter(|call| call.engagement.is_some() && !fails);
        let mut answer = EngagementOfCall { error: None, ..asked.clone() };
        let word = match call {
            Some(call) => {
                call.finalized = true;
                answer.engagement_id = call.engagement.map(crate::hubspot::state::number_id);
                "SUCCEEDED"
            }
            None => "FAILED",
        };
        self.send(frame, &format!("{kind}_{word}"), Some(answer.to_map().into()));
        Some(())
    }

    /// Saves the properties of a call. The error is the reason for the user.
    fn save(&mut self, frame: &FrameId, completed: &CallCompleted) -> Result<u64, String> {
        let (now, fails) = (self.now, self.state.faults.update_fails);
        let given = completed.engagement_id.as_ref().filter(|id| !id.is_none());
        let call = match given {
            Some(id) => self.call_of(frame, id).ok_or_else(|| format!("There is no engagement {}.", id.text()))?,
            None => self.call(frame, &completed.external_call_id).ok_or("No engagement was created for this call.")?,
        };
        call.ended_at.get_or_insert(now);
        if call.phase < CallPhase::NotSaved {
            call.phase = CallPhase::NotSaved; // until it is
        }
        let Some(engagement) = call.engagement else { return Err("No engagement was created for this call.".into()) };
        if fails {
            return Err("The engagement could not be updated.".into());
        }
        let properties = completed.engagement_properties.clone().unwrap_or_default();
        fits(&properties)?;
        if let Some(callee) = callee(&properties).filter(|callee| !call.associations.contains(callee)) {
            call.associations.push(callee);
        }
        let mut merged = properties.to_map();
        merged.add_missing(&call.properties.to_map());
        call.properties = EngagementProperties::from_map(&merged);
        call.phase = CallPhase::Saved;
        Ok(engagement)
    }

    fn completes_task(&self, frame: &FrameId, completed: &CallCompleted) -> bool {
        let Some(serial) = self.state.queue.and_then(|queue| queue.call) else { return false };
        let given = completed.engagement_id.as_ref().and_then(engagement_number);
        let is_it = |external: &str, engagement| match given.filter(|id| *id > 0) {
            Some(given) => engagement == Some(given),
            None => external == completed.external_call_id,
        };
        let mut calls = self.state.calls.iter().filter(|call| call.serial == serial && call.frame == *frame);
        calls.any(|call| is_it(&call.external_call_id, call.engagement))
    }

    /// Closes the frame on a record. The frames of an app that receives calls are hidden and stay loaded.
    fn close_or_hide(&mut self, frame: &FrameId) {
        let location = self.state.frame(frame).map(|frame| frame.location);
        match location {
            Some(IframeLocation::Remote | IframeLocation::Window) => {
                self.visibility(frame, false, true);
            }
            Some(IframeLocation::Widget) | None => self.effects.push(Effect::Close { frame: frame.clone() }),
        }
    }
}

/// Checks the limits of engagement properties.
fn fits(properties: &EngagementProperties) -> Result<(), String> {
    let map = properties.to_map();
    if map.len() > MAX_PROPERTIES {
        return Err(format!("An engagement takes {MAX_PROPERTIES} properties at most; these are {}.", map.len()));
    }
    let is_long = |value: &Value| value.as_text().is_some_and(|text| text.chars().count() > MAX_PROPERTY);
    match map.iter().find(|(_, value)| is_long(value)) {
        Some((name, _)) => Err(format!("{} is longer than {MAX_PROPERTY} characters.", super::truncated(name))),
        None => Ok(()),
    }
}

/// The record of the other party, if the app names one that exists.
fn callee(properties: &EngagementProperties) -> Option<RecordId> {
    let object_id: u64 = properties.hs_call_callee_object_id.as_ref()?.parse().ok()?;
    let kind = properties.hs_call_callee_object_type.as_deref()?;
    let is_it = |id: &&RecordId| {
        id.object_id == object_id && (id.object_type_id == kind || id.object_type().wire_name() == kind)
    };
    Account::get().records.iter().map(|record| &record.id).find(is_it).cloned()
}
