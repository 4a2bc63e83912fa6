//! What the tests of the SIP telephony have in common.
#![allow(clippy::expect_used, clippy::panic, reason = "a test harness: panicking is how a test fails")]

use e2e::{Setting, TestHarness, run_in, target};
use sip_exchange::{Exchange, Options, is_isolated};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

/// A microphone that beeps, no questions, and connections over loopback, which Chromium does not use otherwise.
const FLAGS: [&str; 5] = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
];

/// Runs a test with an exchange of its own.
///
/// # Panics
/// When the test fails, or this process can reach other machines.
pub fn run_with_exchange(options: Options, test: impl AsyncFnOnce(&TestHarness, &mut Exchange)) {
    assert!(
        is_isolated(),
        "these tests run where nothing but loopback can be reached: start them with `cargo xtask test --only sip`"
    );
    let setting = Setting { limit: Duration::from_secs(120), browser_flags: &FLAGS, ..Setting::default() };
    run_in(setting, async |harness| {
        let folder = fresh_folder();
        let mut exchange = Exchange::start(&folder, options).await.unwrap_or_else(|error| panic!("{error}"));
        test(harness, &mut exchange).await;
    });
}

/// The logs stay there.
fn fresh_folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    target().join("sip").join(format!("{}-{number}", std::process::id()))
}
