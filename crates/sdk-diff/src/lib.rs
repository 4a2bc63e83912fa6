//! Compares a version of `@hubspot/calling-extensions-sdk` with the crate `calling-extensions`: message types, handlers, constants, types
//! with their fields, and methods. It runs nothing of the package: it reads its declarations and its constants.
//!
//! The package does not describe what HubSpot sends to the widget beyond the names of the messages, so payloads of that direction are
//! not compared.

pub mod compare;
mod error;
pub mod npm;
mod ours;
pub mod package;
mod report;
mod typescript;

pub use error::{Error, Result};
pub use report::{Finding, Report};
