//! Colours, type and the reset, as CSS custom properties in [`GLOBAL`].
//!
//! Components never name a colour: they say `var(--accent)`, and the light, the dark and the forced palette follow from
//! the browser. A fork changes its brand here and nowhere else.

/// The global sheet. `index.html` has it inline for the first paint; tests that mount single components add it themselves.
pub const GLOBAL: &str = include_str!("global.css");
