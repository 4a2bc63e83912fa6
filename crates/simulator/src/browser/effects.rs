//! Performs effects on the page that has the frame.

use super::{HubSpotHandle, PageEvent, sync::SyncMessage};
use crate::{
    hubspot::{Effect, FrameId},
    transcript::{Direction, Entry, LOST},
};
use calling_extensions::codec::{Map, Value};
use gloo::timers::callback::Timeout;
use std::rc::Rc;

impl HubSpotHandle {
    pub(super) fn perform(&self, effect: Effect) {
        match effect {
            Effect::After { ms, action } => {
                let handle = self.clone();
                Timeout::new(ms.max(0.0) as u32, move || handle.dispatch(*action)).forget();
            }
            effect => {
                if let Some(effect) = self.perform_locally(effect) {
                    self.post(&SyncMessage::Perform(effect));
                }
            }
        }
    }

    /// Performs an effect if its frame is on this page, otherwise returns it.
    pub(super) fn perform_locally(&self, effect: Effect) -> Option<Effect> {
        let frames = &self.0.frames;
        match effect {
            Effect::Post { frame, message, after } if frames.has(&frame) => self.post_to_widget(frame, message, after),
            Effect::Lost { frame, message } if frames.has(&frame) => {
                let ignored = Some(LOST.to_owned());
                let at = js_sys::Date::now();
                self.record(Entry { at, frame, direction: Direction::ToWidget, message, ignored });
            }
            Effect::PostMalformed { frame, malformed, message_id } if frames.has(&frame) => {
                frames.post(&frame, &malformed.value(&message_id, &self.last_sync(&frame)));
            }
            Effect::Resize { frame, size } if frames.has(&frame) => {
                frames.resize(&frame, &size);
                self.schedule_render();
            }
            Effect::Close { frame } if frames.has(&frame) => {
                self.close_frame(&frame);
                self.emit(PageEvent::FrameClosed);
            }
            Effect::Reload { frame } if frames.has(&frame) => self.reload_frame(&frame),
            Effect::Show { frame, record, new_tab } if frames.has(&frame) => {
                self.emit(PageEvent::Show { record, new_tab });
            }
            effect => return Some(effect),
        }
        None
    }

    /// The last SYNC to a frame. Empty if it is no longer in the transcript.
    fn last_sync(&self, frame: &FrameId) -> Map {
        let is_sync = |entry: &&Rc<Entry>| {
            entry.frame == *frame && entry.direction == Direction::ToWidget && entry.kind() == "SYNC"
        };
        let transcript = self.messages().transcript;
        let sync = transcript.iter().rev().map(|(_, entry)| entry).find(is_sync);
        sync.and_then(|entry| entry.message.as_map().cloned()).unwrap_or_default()
    }

    fn post_to_widget(&self, frame: FrameId, message: Value, after: f64) {
        if after > 0.0 {
            let handle = self.clone();
            Timeout::new(after as u32, move || handle.0.frames.post(&frame, &message)).forget();
        } else {
            self.0.frames.post(&frame, &message);
        }
    }
}
