//! HubSpot at your desk: a page that plays HubSpot for any calling widget, in whatever language that is written.
//!
//! # Reading order
//!
//! The rules need no browser and are tested without one:
//!
//! 1. [`crm`]: the made-up account: records, their numbers, who has which.
//! 2. [`desk`]: what HubSpot knows, what can happen, and what it does then: `update`.
//! 3. [`trouble`]: what goes wrong on purpose on the way to the widget.
//! 4. [`transcript`]: every message, with its time and direction; export and import.
//! 5. [`check`]: what a widget does wrong, in words, with the rule.
//! 6. [`scenario`]: files of steps and expectations, and how they are run.
//! 7. [`apps`], [`place`] and [`texts`]: what *Call from* offers, what the page's address asks for, and all its words.
//!
//! The rest is a page in a browser (wasm32 only): `rim` has the frames, the other pages and what is kept, `page` what is seen.

pub mod apps;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod check;
pub mod crm;
pub mod faults;
pub mod hubspot;
pub mod i18n;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod route;
pub mod scenario;
pub mod transcript;
