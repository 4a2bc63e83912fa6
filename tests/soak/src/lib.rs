//! What the runs with faults have in common, in a simulated world (`tests/simulation`) and in a browser (`tests/long-use`): the faults,
//! and the ledger of what must come of each call.
//!
//! A failed expectation panics, as in a test.
#![allow(clippy::panic, reason = "a test harness: panicking is how a test fails")]

pub mod faults;
pub mod ledger;
