//! What follows from what happened.
//!
//! `update` is total and silent: what makes no sense in a state changes nothing. Ids come from a counter in the state, so
//! that every run can be repeated from its actions.

mod calls;
mod dialing;
mod engagements;
mod frames;
mod navigation;
#[cfg(test)]
mod tests;

use super::{Action, Alert, AlertText, Call, Effect, FrameId, State};
use crate::trouble::{self, Fate, Trouble};
use calling_extensions::{
    codec::{Id, Map, Value},
    message::{GuestMessage, Message, Ms},
};

/// How long a message waits to be overtaken, in milliseconds.
const OVERTAKEN_WITHIN: Ms = 1_000.0;
/// How many alerts are kept; the oldest give way.
const MAX_ALERTS: usize = 20;
/// How much of a text from a widget is shown or kept as a name, in characters.
const MAX_WORDS: usize = 500;

/// What follows from an action.
pub fn update(state: &State, now: Ms, action: Action) -> (State, Vec<Effect>) {
    let mut turn = Turn { state: state.clone(), effects: Vec::new(), now };
    // What makes no sense gives `None`, and what has been done until then stays.
    let _ = turn.take(action);
    (turn.state, turn.effects)
}

/// One action being worked off.
struct Turn {
    state: State,
    effects: Vec<Effect>,
    now: Ms,
}

impl Turn {
    fn take(&mut self, action: Action) -> Option<()> {
        match action {
            Action::FrameOpened { frame, location, uses_calling_window } => {
                self.opened(frame, location, uses_calling_window);
            }
            Action::FrameReady { frame } => self.ready(&frame)?,
            Action::FrameSilent { frame } => self.silent(&frame)?,
            Action::FrameLost { frame } => self.lost(&frame)?,
            Action::FrameGone { frame } => self.gone(&frame)?,
            Action::FromWidget { frame, kind, data } => {
                let message = GuestMessage::decode(&kind, data.as_ref())?;
                self.widget_says(&frame, message)?;
            }
            Action::Dial(dial) => self.dial(dial),
            Action::CloseFrame { frame } => self.close(frame),
            Action::ReloadFrame { frame } => self.effects.push(Effect::Reload { frame }),
            Action::EndCall => self.end_call()?,
            Action::Visibility { frame, minimized, hidden } => self.visibility(&frame, minimized, hidden)?,
            Action::Say { frame, kind, data } => self.say(&frame, &kind, data),
            Action::Mischief { frame, mischief } => {
                let message_id = self.message_id();
                self.effects.push(Effect::Mischief { frame, mischief, message_id });
            }
            Action::SetTrouble(trouble) => self.state.trouble = trouble,
            Action::Release { frame } => self.release(&frame)?,
            Action::StartQueue => self.state.queue = Some(Default::default()),
            Action::CallTask { frame } => self.call_task(frame)?,
            Action::SkipTask => self.next_task(false)?,
            Action::LeaveQueue => self.state.queue = None,
            Action::NotKept => self.alert(AlertText::NotKept),
            Action::Dismiss { alert } => self.state.alerts.retain(|shown| shown.id != alert),
            Action::Reset => self.reset(),
        }
        Some(())
    }

    fn widget_says(&mut self, frame: &FrameId, message: GuestMessage) -> Option<()> {
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
            // Nobody knows what HubSpot does with it; the transcript has it.
            CallData(_) => None,
            Error(error) => {
                let message = error.message.filter(|message| !message.trim().is_empty())?;
                self.alert(AlertText::Widget(words(&message)));
                Some(())
            }
            ResizeWidget(size) => self.resize(frame, size),
            SetWidgetUrl(url) => self.moves(frame, &url.i_frame_url),
        }
    }

    /// Says something to a widget that has shaken hands; there is trouble on the way.
    fn say(&mut self, frame: &FrameId, kind: &str, data: Option<Value>) {
        if self.state.frame(frame).is_some_and(|frame| !frame.phase.is_ready()) {
            return;
        }
        let mut message = object([("type", kind.into()), ("messageId", self.message_id().into())]);
        if let Some(data) = data {
            message.set("data", data);
        }
        let mut unknown = None;
        let Trouble { reorders, .. } = self.state.trouble;
        let known = self.state.frames.iter_mut().find(|known| known.id == *frame);
        let held = known.map_or(&mut unknown, |known| &mut known.held);
        let waited = held.is_some();
        let fates = trouble::send(&mut self.state.trouble, held, Value::Map(message));
        if !waited && held.is_some() && reorders {
            let release = Action::Release { frame: frame.clone() };
            self.effects.push(Effect::After { ms: OVERTAKEN_WITHIN, action: Box::new(release) });
        }
        self.post(frame, fates);
    }

    fn release(&mut self, frame: &FrameId) -> Option<()> {
        let known = self.state.frames.iter_mut().find(|known| known.id == *frame)?;
        let fates = trouble::release(&self.state.trouble, &mut known.held);
        self.post(frame, fates);
        Some(())
    }

    fn post(&mut self, frame: &FrameId, fates: Vec<Fate>) {
        self.effects.extend(fates.into_iter().map(|fate| match fate {
            Fate::Arrives { message, after } => Effect::Post { frame: frame.clone(), message, after },
            Fate::Lost { message } => Effect::Lost { frame: frame.clone(), message },
        }));
    }

    /// Shows an alert. The same one again only counts up: a widget may say it a thousand times.
    fn alert(&mut self, text: AlertText) {
        let at = self.now;
        if let Some(last) = self.state.alerts.last_mut().filter(|last| last.text == text) {
            last.at = at;
            last.times = last.times.saturating_add(1);
            return;
        }
        let id = self.fresh();
        self.state.alerts.push(Alert { id, at, text, times: 1 });
        if self.state.alerts.len() > MAX_ALERTS {
            self.state.alerts.remove(0);
        }
    }

    /// The frames are still there, and the widgets in them know the ids that were given out.
    fn reset(&mut self) {
        let old = std::mem::take(&mut self.state);
        self.state.frames = old.frames;
        self.state.frames.iter_mut().for_each(|frame| frame.held = None);
        self.state.presence = old.presence;
        self.state.ids = old.ids;
    }

    /// An id that was never given out before.
    fn fresh(&mut self) -> u64 {
        self.state.ids += 1;
        self.state.ids
    }

    /// There is a letter in it, so that no widget takes it for the beginning of an id of its own.
    fn message_id(&mut self) -> String {
        format!("desk_{}", self.fresh())
    }

    /// The call that a message is about: the latest of that id, best one that is not done with. Whoever speaks of a call
    /// holds it.
    fn call(&mut self, frame: &FrameId, external_call_id: &str) -> Option<&mut Call> {
        let id = words(external_call_id);
        let of_id = |call: &&Call| call.external_call_id == id;
        let calls = || self.state.calls.iter().rev().filter(of_id);
        let serial = calls().find(|call| !call.is_done()).or_else(|| calls().next())?.serial;
        self.hold(frame, serial)
    }

    /// The call of an engagement.
    fn call_of(&mut self, frame: &FrameId, engagement: &Id) -> Option<&mut Call> {
        let engagement = engagement_number(engagement);
        let call =
            self.state.calls.iter().rev().find(|call| call.engagement.is_some() && call.engagement == engagement);
        let serial = call?.serial;
        self.hold(frame, serial)
    }

    fn hold(&mut self, frame: &FrameId, serial: u64) -> Option<&mut Call> {
        let call = self.state.calls.iter_mut().find(|call| call.serial == serial)?;
        call.frame = frame.clone();
        call.abandoned = false;
        Some(call)
    }
}

/// The number that an id spells, in whichever form it came.
fn engagement_number(id: &Id) -> Option<u64> {
    id.text().parse().ok()
}

/// An object of these fields.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Map {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Why something failed, as HubSpot says it.
fn failure(message: &str) -> Value {
    let error = object([("message", message.into())]);
    object([("error", error.into())]).into()
}

/// The beginning of a text, so that no widget fills the browser's storage.
fn words(text: &str) -> String {
    text.chars().take(MAX_WORDS).collect()
}
