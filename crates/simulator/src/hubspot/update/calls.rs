//! Calls start, are answered, transferred, and end.

use super::{Transition, dialing::records_of, object, truncated};
use crate::{
    crm::{self, Account, ObjectType, Record, RecordId},
    hubspot::{AlertText, Call, CallPhase, FrameId},
};
use calling_extensions::{
    codec::{Map, Value},
    message::{CallEnded, Direction, IncomingCall, Ms, OutgoingCall},
};

/// The maximum number of calls. Beyond it the oldest call that is not open is removed.
const MAX_CALLS: usize = 200;

/// The fields of a message that starts a call.
struct NewCall {
    external_call_id: String,
    direction: Direction,
    from_number: Option<String>,
    to_number: Option<String>,
    started_at: Option<Ms>,
    create_engagement: bool,
    associations: Vec<RecordId>,
}

impl Transition {
    /// An app without `supportsInboundCalling` receives no calls: there is no engagement, no matching, and no call.
    pub(super) fn incoming(&mut self, frame: &FrameId, call: IncomingCall) -> Option<()> {
        if self.state.frame(frame).is_some_and(|frame| !frame.supports_inbound_calling) {
            self.alert(AlertText::InboundNotSupported);
            return None;
        }
        let callers = crm::callers(Account::get(), &call.from_number);
        let associations = if let [only] = callers[..] { vec![only.id.clone()] } else { Vec::new() };
        self.start_call(
            frame,
            NewCall {
                external_call_id: call.external_call_id,
                direction: Direction::Inbound,
                from_number: Some(call.from_number),
                to_number: Some(call.to_number),
                started_at: call.call_start_time,
                create_engagement: call.create_engagement.unwrap_or_default(),
                associations,
            },
        )?;
        if self.state.faults.matching_fails {
            let failure = super::failure("The records could not be searched for the caller's number.");
            self.send(frame, "CALLER_ID_MATCH_FAILED", Some(failure));
        } else {
            let matches = Value::List(callers.into_iter().map(caller_id_match).collect());
            let data = object([("callerIdMatches", matches)]);
            self.send(frame, "CALLER_ID_MATCH_SUCCEEDED", Some(data.into()));
        }
        Some(())
    }

    pub(super) fn outgoing(&mut self, frame: &FrameId, call: OutgoingCall) -> Option<()> {
        let associations = match &call.dialing_context {
            Some(context) => records_of(context),
            None => self.records_without_context(call.to_number.as_deref().unwrap_or_default()),
        };
        let serial = self.start_call(
            frame,
            NewCall {
                external_call_id: call.external_call_id,
                direction: Direction::Outbound,
                from_number: call.from_number,
                to_number: call.to_number,
                started_at: call.call_start_time,
                create_engagement: call.create_engagement.unwrap_or_default(),
                associations,
            },
        )?;
        let dialled = self.state.last_dial.take();
        if let (Some(queue), Some(dialled)) = (&mut self.state.queue, dialled)
            && queue.task().is_some_and(|task| task.record == dialled.record && task.number == dialled.number)
        {
            queue.call = Some(serial);
        }
        Some(())
    }

    pub(super) fn answered(&mut self, frame: &FrameId, id: &str) -> Option<()> {
        let now = self.now;
        let call = self.call(frame, id).filter(|call| call.phase == CallPhase::Ringing)?;
        call.phase = CallPhase::Talking;
        call.answered_at = Some(now);
        Some(())
    }

    /// A call that is transferred before it was answered ends with that.
    pub(super) fn transferred(&mut self, frame: &FrameId, id: &str) -> Option<()> {
        let now = self.now;
        let call = self.call(frame, id).filter(|call| call.phase <= CallPhase::Talking)?;
        call.transferred = true;
        if call.phase == CallPhase::Ringing {
            call.phase = CallPhase::TransferredUnanswered;
            call.ended_at = Some(now);
        }
        Some(())
    }

    pub(super) fn ended(&mut self, frame: &FrameId, ended: &CallEnded) -> Option<()> {
        let now = self.now;
        let by_id = self.call(frame, &ended.external_call_id).is_some();
        let call = match &ended.engagement_id {
            Some(engagement) if !by_id => self.call_of(frame, engagement),
            _ => self.call(frame, &ended.external_call_id),
        };
        let call = call.filter(|call| call.phase <= CallPhase::Talking)?;
        call.phase = CallPhase::Ended;
        call.ended_at = Some(now);
        call.end_status = ended.call_end_status;
        Some(())
    }

    /// Marks calls as abandoned. A later message about such a call revokes that.
    pub(super) fn abandon(&mut self, which: impl Fn(&Call) -> bool) {
        self.state.calls.iter_mut().filter(|call| call.is_open() && which(call)).for_each(|call| call.abandoned = true);
    }

    /// `None` if the call has already started: several frames may report it, and messages may come twice.
    fn start_call(&mut self, frame: &FrameId, new_call: NewCall) -> Option<u64> {
        let external_call_id = truncated(&new_call.external_call_id);
        if self.state.calls.iter().any(|call| call.is_active() && call.external_call_id == external_call_id) {
            return None;
        }
        // An outgoing call replaces all earlier calls. An incoming call can interrupt one that is active.
        let calls_out = new_call.direction == Direction::Outbound;
        self.abandon(|call| calls_out || !call.is_active());
        let serial = self.next_id();
        let engagement = new_call.create_engagement.then(|| self.create_engagement(frame)).flatten();
        self.evict_oldest_call();
        self.state.calls.push(Call {
            serial,
            external_call_id,
            frame: frame.clone(),
            direction: new_call.direction,
            from_number: new_call.from_number.as_deref().map(truncated),
            to_number: new_call.to_number.as_deref().map(truncated),
            engagement,
            associations: new_call.associations,
            phase: CallPhase::Ringing,
            started_at: new_call.started_at.filter(|at| at.is_finite()).unwrap_or(self.now),
            answered_at: None,
            ended_at: None,
            end_status: None,
            transferred: false,
            finalized: false,
            properties: Default::default(),
            abandoned: false,
        });
        Some(serial)
    }

    fn evict_oldest_call(&mut self) {
        let calls = &mut self.state.calls;
        if calls.len() >= MAX_CALLS {
            let position = calls.iter().position(|call| !call.is_open()).unwrap_or_default();
            calls.remove(position);
        }
    }

    /// Without a context only contacts and companies are associated: those of the clicked number, otherwise the only one that has the
    /// number.
    fn records_without_context(&self, number: &str) -> Vec<RecordId> {
        let callers = crm::callers(Account::get(), number);
        let clicked =
            self.state.last_dial.as_ref().filter(|dial| callers.iter().any(|record| record.id == dial.callee));
        if let Some(dial) = clicked {
            let is_known = |id: &&RecordId| matches!(id.object_type(), ObjectType::Contact | ObjectType::Company);
            let mut records: Vec<_> = [&dial.record, &dial.callee].into_iter().filter(is_known).cloned().collect();
            records.dedup();
            return records;
        }
        if let [only] = callers[..] { vec![only.id.clone()] } else { Vec::new() }
    }
}

/// A match in CALLER_ID_MATCH_SUCCEEDED. Missing names are null.
fn caller_id_match(record: &Record) -> Value {
    let coordinates = object([
        ("portalId", Value::Number(crm::PORTAL_ID.into())),
        ("objectId", Value::Number(record.id.object_id as f64)),
        ("objectTypeId", record.id.object_type_id.as_str().into()),
    ]);
    let property = |name: &str| record.properties.get(name).cloned().flatten().map_or(Value::Null, Value::from);
    let map: Map = match record.id.object_type() {
        ObjectType::Contact => object([
            ("callerIdType", "CONTACT".into()),
            ("objectCoordinates", coordinates.into()),
            ("firstName", property("firstname")),
            ("lastName", property("lastname")),
            ("email", property("email")),
        ]),
        _ => object([
            ("callerIdType", "COMPANY".into()),
            ("objectCoordinates", coordinates.into()),
            ("name", property("name")),
        ]),
    };
    map.into()
}
