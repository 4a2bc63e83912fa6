//! The widget in a real browser: Chromium, Firefox or WebKit driven over WebDriver, widget and host on two origins,
//! HubSpot's npm package as host.
//!
//! Reading order: [`run`] starts a test, [`TestHarness`] is what it gets (servers and a browser), [`Host`] is a
//! host page with its transcript, [`Frame`] is what a user does inside the widget, [`Control`] is how its
//! elements are found, [`Tabs`] are several hosts and frames.
//!
//! A failed expectation panics with what was found instead, and [`run`] then writes the console, the transcript and a
//! screenshot to `target/e2e/<test>/`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test harness: panicking is how a test fails"
)]

mod accessibility_tree;
mod axe;
mod browser;
mod controls;
mod environment;
mod example_page;
mod frame;
mod host_page;
mod picture;
pub mod policy;
mod proxy;
mod server;
mod skipped;
mod snapshot;
mod steps;
mod tabs;
mod test_harness;
pub mod tour;
mod transcript;
mod wait;

pub use axe::violations;
pub use browser::{Browser, BrowserKind, FrameStorage};
pub use controls::{Control, Target, own_number};
pub use demo_app_rust::config::{COUNTRY_PREFIX, RING_TIME};
pub use demo_app_rust::i18n::{fill, languages};
pub use environment::{dist, example_backend, target};
pub use example_page::LogLine;
pub use frame::{Frame, ONE_PROCESS};
pub use host_page::{GUEST, Host, HostPage, encode};
pub use picture::Picture;
pub use serde_json::{Value, json};
pub use server::{Server, precompress};
pub use snapshot::Snapshots;
pub use tabs::{CALLEE, Tabs};
pub use test_harness::{Setting, TOUR_LIMIT, TestHarness, run, run_in, run_tour, run_with_blocked_storage};
pub use thirtyfour::Key;
pub use transcript::{Direction, Entry};
pub use wait::{DEFAULT_TIMEOUT, until};
