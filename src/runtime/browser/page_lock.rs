//! Whether the page that has stored the state is gone, when nothing in the storage says that it was left.
//!
//! Firefox loses what a frame of another site writes to its storage while the page around it removes the frame, and a crash writes nothing.
//! So each page holds a Web Lock with an id of its own, and names it in its storage. If the lock of the page before is free, that page is
//! gone. In the copy of a tab the original holds it.

use super::persistence;
use std::cell::Cell;
use std::mem::forget;
use web_kit::locks::{LockEvent, LockManager, LockRequest};

/// The id of the page that this storage belongs to.
const PAGE: &str = "cti-page";

/// Locks the id of this page. Then calls `start`: at once, unless the browser has to be asked whether the page before is gone.
pub fn lock(id: &str, start: impl FnOnce() + 'static) {
    let session = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
    let (Some(session), Some(locks)) = (session, LockManager::of_browser()) else { return start() };
    let before = session.get_item(PAGE).ok().flatten();
    let _ = session.set_item(PAGE, id);
    // Locks are held as long as the page is there.
    forget(locks.request(&name(id), LockRequest::Queue, |_| ()));
    let Some(before) = before.filter(|_| persistence::is_unmarked(&session)) else { return start() };
    let start = Cell::new(Some(start));
    forget(locks.request(&name(&before), LockRequest::IfFree, move |event| {
        if event == LockEvent::Granted {
            persistence::mark_as_left(&session);
        }
        if let Some(start) = start.take() {
            start();
        }
    }));
}

fn name(page: &str) -> String {
    ["cti-page:", page].concat()
}
