//! The widget's phone on SIP with an exchange. These tests are one program, so that two of them run at a time: they mostly wait for audio.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

mod connection;
mod exchange;
mod inbound;
mod media;
mod network;
mod outbound;
mod outbound_ends;
mod settings;
mod two_widgets;
