//! The state transitions of the simulated HubSpot.
//!
//! `update` accepts every action in every state: an action that does not apply changes nothing. Ids come from a counter in the state,
//! so that a run can be reproduced from its actions.

mod calls;
mod dialing;
mod engagements;
mod frames;
mod navigation;
#[cfg(test)]
mod tests;

use super::{Action, Alert, AlertText, Call, Effect, FrameId, State};
use crate::faults::{self, Delivery, Faults};
use calling_extensions::{
    codec::{Id, Map, Value},
    message::{GuestMessage, Message, Ms},
};

/// How long a reordered message is held back, in milliseconds.
const REORDER_TIMEOUT_MS: Ms = 1_000.0;
/// The maximum number of alerts. Beyond it the oldest is removed.
const MAX_ALERTS: usize = 20;
/// The maximum length of a text from a widget, in characters.
const MAX_TEXT: usize = 500;

/// Applies an action: the next state, and the effects to perform.
pub fn update(state: &State, now: Ms, action: Action) -> (State, Vec<Effect>) {
    let mut transition = Transition { state: state.clone(), effects: Vec::new(), now };
    // `None` means that the rest of the action does not apply. Changes up to that point stay.
    let _ = transition.apply(action);
    (transition.state, transition.effects)
}

/// The processing of one action.
struct Transition {
    state: State,
    effects: Vec<Effect>,
    now: Ms,
}

impl Transition {
    fn apply(&mut self, action: Action) -> Option<()> {
        match action {
            Action::FrameOpened { frame, location, uses_calling_window, supports_inbound_calling } => {
                self.opened(frame, location, uses_calling_window, supports_inbound_calling);
            }
            Action::FrameReady { frame } => self.ready(&frame)?,
            Action::FrameTimedOut { frame } => self.timed_out(&frame)?,
            Action::FrameReloading { frame } => self.reloading(&frame)?,
            Action::FrameRemoved { frame } => self.removed(&frame)?,
            Action::FromWidget { frame, kind, data } => {
                let message = GuestMessage::decode(&kind, data.as_ref())?;
                self.on_widget_message(&frame, message)?;
            }
            Action::Dial(dial) => self.dial(dial),
            Action::CloseFrame { frame } => self.close(frame),
            Action::ReloadFrame { frame } => self.effects.push(Effect::Reload { frame }),
            Action::EndCall => self.end_call()?,
            Action::Visibility { frame, minimized, hidden } => self.visibility(&frame, minimized, hidden)?,
            Action::Send { frame, kind, data } => self.send(&frame, &kind, data),
            Action::SendMalformed { frame, malformed } => {
                let message_id = self.message_id();
                self.effects.push(Effect::PostMalformed { frame, malformed, message_id });
            }
            Action::SetFaults(faults) => self.state.faults = faults,
            Action::Release { frame } => self.release(&frame)?,
            Action::StartQueue => self.state.queue = Some(Default::default()),
            Action::CallTask { frame } => self.call_task(frame)?,
            Action::SkipTask => self.next_task(false)?,
            Action::LeaveQueue => self.state.queue = None,
            Action::NotPersisted => self.alert(AlertText::NotPersisted),
            Action::Dismiss { alert } => self.state.alerts.retain(|shown| shown.id != alert),
            Action::Reset => self.reset(),
        }
        Some(())
    }

    fn on_widget_message(&mut self, frame: &FrameId, message: GuestMessage) -> Option<()> {
        use GuestMessage::*;
        match message {
            Initialized(initialized) => self.initialized(frame, initialized),
            UserAvailable => self.available(frame, true),
            UserUnavailable => self.available(frame, false),
            LoggedIn => self.logged_in(frame, true),
            LoggedOut => self.logged_in(frame, false),
            IncomingCall(call) => self.incoming(frame, call),
            OutgoingCall(call) => self.outgoing(frame, call),
            CallAnswered(call) => self.answered(frame, &call.external_call_id),
            CallTransferred(call) => self.transferred(frame, &call.external_call_id),
            CallEnded(call) => self.ended(frame, &call),
            CallCompleted(call) => self.completed(frame, &call),
            FinalizeEngagement(call) => self.finalize(frame, "FINALIZE_ENGAGEMENT", &call),
            PublishToChannel(call) => self.finalize(frame, "PUBLISH_TO_CHANNEL", &call),
            NavigateToRecord(navigate) => self.navigate(frame, navigate),
            // It is not documented what HubSpot does with it.
            CallData(_) => None,
            Error(error) => {
                let message = error.message.filter(|message| !message.trim().is_empty())?;
                self.alert(AlertText::Widget(truncated(&message)));
                Some(())
            }
            ResizeWidget(size) => self.resize(frame, size),
            SetWidgetUrl(url) => self.url_changed(frame, &url.i_frame_url),
        }
    }

    /// Sends a message to a widget that is ready, with the active faults applied.
    fn send(&mut self, frame: &FrameId, kind: &str, data: Option<Value>) {
        if self.state.frame(frame).is_some_and(|frame| !frame.phase.is_ready()) {
            return;
        }
        let mut message = object([("type", kind.into()), ("messageId", self.message_id().into())]);
        if let Some(data) = data {
            message.set("data", data);
        }
        let mut unknown = None;
        let Faults { reorders, .. } = self.state.faults;
        let known = self.state.frames.iter_mut().find(|known| known.id == *frame);
        let held = known.map_or(&mut unknown, |known| &mut known.held);
        let waited = held.is_some();
        let deliveries = faults::send(&mut self.state.faults, held, Value::Map(message));
        if !waited && held.is_some() && reorders {
            let release = Action::Release { frame: frame.clone() };
            self.effects.push(Effect::After { ms: REORDER_TIMEOUT_MS, action: Box::new(release) });
        }
        self.post(frame, deliveries);
    }

    fn release(&mut self, frame: &FrameId) -> Option<()> {
        let known = self.state.frames.iter_mut().find(|known| known.id == *frame)?;
        let deliveries = faults::release(&self.state.faults, &mut known.held);
        self.post(frame, deliveries);
        Some(())
    }

    fn post(&mut self, frame: &FrameId, deliveries: Vec<Delivery>) {
        self.effects.extend(deliveries.into_iter().map(|delivery| match delivery {
            Delivery::Arrives { message, after } => Effect::Post { frame: frame.clone(), message, after },
            Delivery::Lost { message } => Effect::Lost { frame: frame.clone(), message },
        }));
    }

    /// Adds an alert. A repeated alert only increases its count.
    fn alert(&mut self, text: AlertText) {
        let at = self.now;
        if let Some(last) = self.state.alerts.last_mut().filter(|last| last.text == text) {
            last.at = at;
            last.times = last.times.saturating_add(1);
            return;
        }
        let id = self.next_id();
        self.state.alerts.push(Alert { id, at, text, times: 1 });
        if self.state.alerts.len() > MAX_ALERTS {
            self.state.alerts.remove(0);
        }
    }

    /// Frames stay open, and their widgets know earlier ids.
    fn reset(&mut self) {
        let old = std::mem::take(&mut self.state);
        self.state.frames = old.frames;
        self.state.frames.iter_mut().for_each(|frame| frame.held = None);
        self.state.presence = old.presence;
        self.state.ids = old.ids;
    }

    /// A new id.
    fn next_id(&mut self) -> u64 {
        self.state.ids += 1;
        self.state.ids
    }

    /// The prefix contains letters, so that it never equals the numeric prefix of a widget's ids.
    fn message_id(&mut self) -> String {
        format!("hubspot_{}", self.next_id())
    }

    /// The call with this id: the latest one that is not done, otherwise the latest. It is assigned to the frame.
    fn call(&mut self, frame: &FrameId, external_call_id: &str) -> Option<&mut Call> {
        let id = truncated(external_call_id);
        let of_id = |call: &&Call| call.external_call_id == id;
        let calls = || self.state.calls.iter().rev().filter(of_id);
        let serial = calls().find(|call| !call.is_done()).or_else(|| calls().next())?.serial;
        self.assign(frame, serial)
    }

    /// The call with this engagement. It is assigned to the frame.
    fn call_of(&mut self, frame: &FrameId, engagement: &Id) -> Option<&mut Call> {
        let engagement = engagement_number(engagement);
        let call =
            self.state.calls.iter().rev().find(|call| call.engagement.is_some() && call.engagement == engagement);
        let serial = call?.serial;
        self.assign(frame, serial)
    }

    fn assign(&mut self, frame: &FrameId, serial: u64) -> Option<&mut Call> {
        let call = self.state.calls.iter_mut().find(|call| call.serial == serial)?;
        call.frame = frame.clone();
        call.abandoned = false;
        Some(call)
    }
}

/// The numeric value of an id that was sent as a number or a string.
fn engagement_number(id: &Id) -> Option<u64> {
    id.text().parse().ok()
}

/// An id as a number. All ids here are far below 2^53.
fn number(id: u64) -> Value {
    Value::Number(id as f64)
}

/// An object with these fields.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Map {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The payload of a failure message.
fn failure(message: &str) -> Value {
    let error = object([("message", message.into())]);
    object([("error", error.into())]).into()
}

/// Limits the length of a text, so that a widget cannot fill the browser's storage.
fn truncated(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}
