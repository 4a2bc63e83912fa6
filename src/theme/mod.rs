//! The global style sheets, for tests that mount the app without its page. `index.html` includes the same files.

/// The reset and the design tokens.
pub const SHEETS: [&str; 2] = [web_kit::theme::BASE, include_str!("tokens.css")];
