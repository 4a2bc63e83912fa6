//! The pages that were left last, in local storage, which all tabs share.
//!
//! Firefox loses what a frame of another site writes to its session storage while it is left. Before a reload there is `beforeunload`;
//! when the page around the frame removes it, there is not.

use web_sys::Storage;

const LEFT_PAGES: &str = "cti-left-pages";

/// How many are kept: a page that is left may never come back.
const KEPT: usize = 8;

/// Remembers that this page was left.
pub fn add(page: &str) {
    change(page, true);
}

/// Whether this page was left; it no longer counts as left then.
pub fn take(page: &str) -> bool {
    change(page, false)
}

/// Returns whether the page was among them. Nothing is remembered where the browser blocks the storage.
fn change(page: &str, left: bool) -> bool {
    let Some(storage) = storage() else { return false };
    let before = storage.get_item(LEFT_PAGES).ok().flatten().unwrap_or_default();
    let was_left = before.split(' ').any(|it| it == page);
    if left != was_left {
        let others = before.split(' ').filter(|it| !it.is_empty() && *it != page);
        let pages: Vec<_> = left.then_some(page).into_iter().chain(others).take(KEPT).collect();
        let _ = storage.set_item(LEFT_PAGES, &pages.join(" "));
    }
    was_left
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
