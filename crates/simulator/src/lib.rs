//! HubSpot Simulator: a page that stands in for HubSpot, to develop and test calling widgets. A widget can be written in any language.
//!
//! # Reading order
//!
//! These modules need no browser and are tested without one:
//!
//! 1. [`crm`]: the simulated account with its records and phone numbers, and caller matching.
//! 2. [`hubspot`]: the simulated HubSpot: its state, its actions, and `update`.
//! 3. [`faults`]: fault injection and malformed messages.
//! 4. [`transcript`]: the log of all messages; export, import and replay.
//! 5. [`check`]: the protocol check, which finds errors in a widget's messages.
//! 6. [`scenario`]: scenario files, and the state machine that runs them.
//! 7. [`apps`], [`route`] and [`i18n`]: the entries of *Call from*, the page's address, and the texts.
//!
//! Two modules are compiled for the browser only (wasm32): `browser` has the frames, the synchronization between pages and the
//! storage, `page` the components.

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
