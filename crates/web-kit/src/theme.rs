//! The base style sheet.
//!
//! A page links to `theme/base.css` from its `index.html`, before its own sheets:
//!
//! ```html
//! <link data-trunk rel="inline" type="css" href="crates/web-kit/theme/base.css">
//! ```
//!
//! It resets what browsers style differently, marks the focus, respects reduced motion, and has the class `visually-hidden` for
//! text that is for assistive technology only. It needs the custom properties `--page`, `--text`, `--font`, `--accent` and
//! `--focus`.

/// The content of `theme/base.css`, for tests that mount a component without the page.
pub const BASE: &str = include_str!("../theme/base.css");
