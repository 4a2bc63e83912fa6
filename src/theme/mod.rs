//! How everything looks, as plain style sheets. `index.html` carries them inline, so that the page has its colours before the
//! program has arrived; brotli makes three kilobytes of all of them.
//!
//! No rule names a colour but those in `global.css`: the others say `var(--accent)`, and the light, the dark and the forced palette
//! follow from the browser. A fork changes its brand there and nowhere else.

/// The sheets as they stand in the page, for tests that mount the app without it.
pub const SHEETS: &str =
    concat!(include_str!("global.css"), include_str!("components.css"), include_str!("screens.css"));
