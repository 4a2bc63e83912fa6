//! DIAL_NUMBER for a clicked number, the task queue, and END_CALL.

use super::{Transition, number, object};
use crate::{
    crm::{self, Account, ObjectType, RecordId},
    hubspot::{AlertText, Dial, Frame, FrameId, FramePhase, Queue},
};
use calling_extensions::{
    codec::{Map, Value},
    message::IframeLocation,
};

impl Transition {
    /// A newer click replaces an older one that is still pending.
    pub(super) fn dial(&mut self, dial: Dial) {
        self.state.pending_dial = Some(dial);
        self.send_pending_dial();
    }

    pub(super) fn send_pending_dial(&mut self) {
        let Some(frame) = self.state.pending_dial.as_ref().and_then(|dial| self.frame_for_dial(dial)) else { return };
        if let Some(dial) = self.state.pending_dial.take() {
            self.visibility(&frame, false, false);
            let data = self.dial_number(&dial);
            self.send(&frame, "DIAL_NUMBER", Some(data.into()));
            self.state.last_dial = Some(dial);
        }
    }

    /// A frame cannot dial any more: if a pending click needs it, the user is alerted.
    pub(super) fn cancel_pending_dial(&mut self, frame: &FrameId) {
        let others = self.state.frames.iter().any(|other| other.id != *frame && other.phase != FramePhase::TimedOut);
        let waited_for = |dial: &mut Dial| dial.frame.as_ref().map_or(!others, |wanted| wanted == frame);
        if let Some(dial) = self.state.pending_dial.take_if(waited_for) {
            self.alert(AlertText::NotDialled(dial.number));
        }
    }

    pub(super) fn end_call(&mut self) -> Option<()> {
        let frame = self.state.active_call()?.frame.clone();
        self.send(&frame, "END_CALL", Some(Map::new().into()));
        Some(())
    }

    pub(super) fn call_task(&mut self, frame: Option<FrameId>) -> Option<()> {
        let task = self.state.queue?.task()?;
        let (property, number) = (task.property.clone(), task.number.clone());
        self.dial(Dial { frame, record: task.record.clone(), callee: task.record.clone(), property, number });
        Some(())
    }

    pub(super) fn next_task(&mut self, done: bool) -> Option<()> {
        let queue = self.state.queue?;
        queue.task()?;
        self.state.queue = Some(Queue { at: queue.at + 1, done: queue.done + usize::from(done), call: None });
        Some(())
    }

    /// The calling window if calls take place there, otherwise the frame on the page of the click, otherwise any frame that is ready.
    /// `None` while that frame is not ready.
    fn frame_for_dial(&self, dial: &Dial) -> Option<FrameId> {
        let frames = &self.state.frames;
        let can_dial = |frame: &&Frame| frame.phase == FramePhase::Initialized;
        let is_window =
            |frame: &&Frame| frame.location == IframeLocation::Window && frame.uses_calling_window != Some(false);
        let window = frames.iter().filter(can_dial).find(is_window);
        let beside = dial.frame.as_ref().and_then(|id| self.state.frame(id));
        match (window, beside) {
            (Some(window), _) => Some(window.id.clone()),
            // The calling window is about to open.
            (None, Some(beside)) if leaves_calls_to_window(beside) => None,
            (None, Some(beside)) => Some(beside).filter(can_dial).map(|frame| frame.id.clone()),
            (None, None) => {
                let on_pages = frames
                    .iter()
                    .filter(|frame| frame.location != IframeLocation::Window && !leaves_calls_to_window(frame));
                on_pages.rev().find(can_dial).map(|frame| frame.id.clone())
            }
        }
    }

    fn dial_number(&self, dial: &Dial) -> Map {
        let record = &dial.record;
        let kind = record.object_type();
        // Integrators have seen 0 for tickets.
        let subject = if kind == ObjectType::Ticket { 0 } else { record.object_id };
        let callee = object([
            ("calleeId", number(dial.callee.object_id)),
            ("calleeObjectTypeId", dial.callee.object_type_id.as_str().into()),
        ]);
        object([
            ("phoneNumber", dial.number.as_str().into()),
            ("phone_number", dial.number.as_str().into()),
            ("ownerId", number(crm::OWNER_ID.into())),
            ("subjectId", number(subject)),
            ("objectId", number(record.object_id)),
            ("objectType", kind.wire_name().into()),
            ("portalId", number(crm::PORTAL_ID.into())),
            ("countryCode", country(dial).into()),
            ("calleeInfo", callee.into()),
            ("startTimestamp", Value::Number(self.now)),
            ("toPhoneNumberSrc", dial.property.as_str().into()),
            ("threadId", number(0)),
        ])
    }
}

fn leaves_calls_to_window(frame: &Frame) -> bool {
    frame.location == IframeLocation::Remote && frame.uses_calling_window == Some(true)
}

fn country(dial: &Dial) -> &'static str {
    let numbers = Account::get().record(&dial.callee).map(|record| record.numbers.as_slice()).unwrap_or_default();
    let own = numbers.iter().find(|own| own.property == dial.property && own.number == dial.number);
    own.map_or(crm::HOME, |own| &own.country)
}

/// The records in a DIAL_NUMBER: the one on the page, and the one that is called.
pub(super) fn records_of(context: &Value) -> Vec<RecordId> {
    let text = |value: Option<&Value>| value.and_then(|value| value.read::<String>());
    let callee = context.get("calleeInfo").and_then(|callee| {
        let object_type_id = text(callee.get("calleeObjectTypeId"))?;
        Some(RecordId { object_type_id, object_id: text(callee.get("calleeId"))?.parse().ok()? })
    });
    let page = text(context.get("objectType")).zip(text(context.get("objectId"))).and_then(|(kind, id)| {
        let is_page =
            |record: &RecordId| record.object_type().wire_name() == kind && record.object_id.to_string() == id;
        Account::get().records.iter().map(|record| &record.id).find(|record| is_page(record)).cloned()
    });
    let known = |record: &RecordId| Account::get().record(record).is_some();
    let mut records: Vec<_> = page.into_iter().chain(callee).filter(known).collect();
    records.dedup();
    records
}
