//! The messages that passed, on all pages, and what of them is kept.

use super::{Handle, pages::Note, replaying, storage};
use crate::transcript::Entry;
use gloo::timers::callback::Timeout;

/// How many messages are kept over a reload: what the browser keeps is bounded.
const KEPT_ENTRIES: usize = 500;
/// How long the messages wait before they are kept, in milliseconds.
const KEEP_AFTER: u32 = 500;

impl Handle {
    /// A message has passed on this page.
    pub(super) fn record(&self, entry: Entry) {
        self.post(&Note::Said(entry.clone()));
        self.add(entry);
    }

    pub(super) fn add(&self, entry: Entry) {
        let heard = replaying::concerns(self, &entry).then(|| entry.clone());
        self.0.log.borrow_mut().add(entry);
        self.draw_soon();
        self.keep_transcript_soon();
        if let Some(entry) = heard {
            replaying::hear(self, &entry);
        }
    }

    pub(super) fn forget_transcript(&self) {
        self.0.log.borrow_mut().clear();
        storage::forget(storage::TRANSCRIPT);
        self.draw_soon();
    }

    fn keep_transcript_soon(&self) {
        if self.0.keeps.get() && self.0.keeping.borrow().is_none() {
            let handle = self.clone();
            let timeout = Timeout::new(KEEP_AFTER, move || {
                handle.0.keeping.take();
                handle.keep_transcript();
            });
            self.0.keeping.replace(Some(timeout));
        }
    }

    /// The newest messages; fewer where the browser keeps less.
    pub(super) fn keep_transcript(&self) {
        let transcript = self.messages().transcript;
        let mut count = KEPT_ENTRIES.min(transcript.len());
        while count > 0 && !storage::keep(storage::TRANSCRIPT, &transcript.newest(count)) {
            count /= 2;
        }
    }
}
