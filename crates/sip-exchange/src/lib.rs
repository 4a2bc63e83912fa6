//! A telephone exchange on loopback: kamailio registers users and connects calls, rtpengine translates between the audio of browsers
//! and of phones, coturn relays it where that is asked for, and baresip is a phone that is no browser. For the tests of the SIP
//! telephony, and to try it.
//!
//! It is for Linux: elsewhere this crate is empty.
//!
//! [`Exchange::start`] starts all of it. [`Phone`] is the remote control of baresip. [`sessions`] is the log-in of the widget.
#![cfg(target_os = "linux")]

mod accounts;
mod certificate;
mod config;
mod error;
mod exchange;
mod monitor;
mod namespace;
mod netstring;
mod phone;
mod ports;
mod programs;
mod service;
pub mod sessions;
pub mod simulator;
mod tokens;
mod turn;
mod wav;

pub use accounts::{ALICE, ANSWERS, Account, Answer, BOB, CAROL, DESK, DOMAIN, NEVER_ANSWERS, SILENT, UNKNOWN_NUMBER};
pub use certificate::Certificate;
pub use error::Error;
pub use exchange::{Exchange, Options};
pub use namespace::is_isolated;
pub use phone::{Event, Phone};
pub use ports::Ports;
pub use programs::{Missing, check_programs};
pub use wav::voice;
