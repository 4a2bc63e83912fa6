//! The widget opens a record.

use super::Transition;
use crate::{
    crm::{self, Account, RecordId},
    hubspot::{Effect, FrameId},
};
use calling_extensions::{
    codec::{Id, Payload},
    message::{Direction, IframeLocation, NavigateToRecord, NavigateToRecordFailed, ObjectCoordinates, OpenIn},
};

impl Transition {
    pub(super) fn navigate(&mut self, frame: &FrameId, navigate: NavigateToRecord) -> Option<()> {
        let wanted = record(&navigate.object_coordinates).filter(|_| !self.state.faults.navigation_fails);
        let Some(record) = wanted else {
            let failed = NavigateToRecordFailed {
                engagement_id: navigate.engagement_id,
                object_coordinates: Some(navigate.object_coordinates),
                ..Default::default()
            };
            self.send(frame, "NAVIGATE_TO_RECORD_FAILED", Some(failed.to_map().into()));
            return Some(());
        };
        self.choose_caller(frame, navigate.engagement_id.as_ref(), &record);
        let location = self.state.frame(frame).map(|frame| frame.location);
        // The calling window cannot show records.
        let new_tab = navigate.open_in == Some(OpenIn::NewTab) || location == Some(IframeLocation::Window);
        self.effects.push(Effect::Show { frame: frame.clone(), record, new_tab });
        if !new_tab {
            self.effects.push(Effect::Reload { frame: frame.clone() });
        }
        Some(())
    }

    /// If several records have the caller's number, the call is associated with the one that is opened.
    fn choose_caller(&mut self, frame: &FrameId, engagement: Option<&Id>, record: &RecordId) -> Option<()> {
        let call = match engagement.filter(|id| !id.is_none()) {
            Some(engagement) => self.call_of(frame, engagement)?,
            None => {
                let serial = self.state.open_call().filter(|call| call.frame == *frame)?.serial;
                self.assign(frame, serial)?
            }
        };
        let number = call.from_number.as_deref().filter(|_| call.direction == Direction::Inbound)?;
        let calls = crm::callers(Account::get(), number).iter().any(|caller| caller.id == *record);
        if calls && call.associations.is_empty() {
            call.associations.push(record.clone());
        }
        Some(())
    }
}

/// The record with these coordinates, if it exists.
fn record(coordinates: &ObjectCoordinates) -> Option<RecordId> {
    let of_account = coordinates.portal_id.as_ref().is_none_or(|id| *id == Id::from(f64::from(crm::PORTAL_ID)));
    let object_id = coordinates.object_id.as_ref()?.text().parse().ok()?;
    let id = RecordId { object_type_id: coordinates.object_type_id.clone()?, object_id };
    (of_account && Account::get().record(&id).is_some()).then_some(id)
}
