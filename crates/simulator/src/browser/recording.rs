//! Records the messages of all pages, and saves the newest.

use super::{HubSpotHandle, replay, storage, sync::SyncMessage};
use crate::transcript::Entry;
use gloo::timers::callback::Timeout;

/// The number of messages that are saved: the browser's storage is limited.
const SAVED_ENTRIES: usize = 500;
/// The delay before messages are saved, in milliseconds.
const SAVE_DELAY_MS: u32 = 500;

impl HubSpotHandle {
    /// Records a message of this page.
    pub(super) fn record(&self, entry: Entry) {
        self.post(&SyncMessage::Logged(entry.clone()));
        self.add(entry);
    }

    pub(super) fn add(&self, entry: Entry) {
        let awaited = replay::concerns(self, &entry).then(|| entry.clone());
        self.0.log.borrow_mut().add(entry);
        self.schedule_render();
        self.schedule_save();
        if let Some(entry) = awaited {
            replay::on_message(self, &entry);
        }
    }

    pub(super) fn remove_transcript(&self) {
        self.0.log.borrow_mut().clear();
        storage::remove(storage::TRANSCRIPT);
        self.schedule_render();
    }

    fn schedule_save(&self) {
        if self.0.is_leader.get() && self.0.save_timer.borrow().is_none() {
            let handle = self.clone();
            let timeout = Timeout::new(SAVE_DELAY_MS, move || {
                handle.0.save_timer.take();
                handle.save_transcript();
            });
            self.0.save_timer.replace(Some(timeout));
        }
    }

    /// Saves the newest messages; fewer if the storage is full.
    pub(super) fn save_transcript(&self) {
        let transcript = self.messages().transcript;
        let mut count = SAVED_ENTRIES.min(transcript.len());
        while count > 0 && !storage::save(storage::TRANSCRIPT, &transcript.newest(count)) {
            count /= 2;
        }
    }
}
