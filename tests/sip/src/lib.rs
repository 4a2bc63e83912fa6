//! What the tests of the SIP telephony have in common: [`run`] gives a test a [`Stage`] with an exchange of its own, [`Stage::open`]
//! opens the simulator with the widget in it, and [`Caller`] is a user there, with the messages that HubSpot gets.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test harness: panicking is how a test fails")]

mod audio;
mod caller;
mod link;
mod network;
mod stage;

pub use caller::{CallRecord, Caller};
pub use e2e::{Control, DEFAULT_TIMEOUT, Frame, TestHarness, Value, json, until};
pub use link::Link;
pub use network::Network;
pub use sip_exchange::{
    ALICE, ANSWERS, Account, BOB, CAROL, Certificate, DESK, Exchange, NEVER_ANSWERS, Options, Phone, Ports,
    UNKNOWN_NUMBER, sessions::Settings,
};
pub use stage::{Stage, run, run_in, run_with_flags, run_with_networks, run_within};

use std::time::Duration;

/// How long a call may be without audio after its connection was lost: the way is checked again, and another one searched for.
pub const RECOVERY: Duration = Duration::from_secs(60);
