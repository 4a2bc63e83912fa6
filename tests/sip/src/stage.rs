//! A test: an exchange, back ends, and a browser.

use crate::{caller::Caller, network::Network};
use e2e::{Setting, TestHarness, dist, target};
use sip_exchange::{Account, Exchange, Options, Phone, is_isolated, sessions::BackEnd, voice};
use std::{path::PathBuf, sync::OnceLock, time::Duration};

/// Chromium does not use loopback for audio otherwise.
const AUDIO_OVER_LOOPBACK: &str = "--allow-loopback-in-peer-connection";
/// A microphone that is none, and no questions.
const FLAGS: [&str; 4] = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
];
/// How long a test may take.
const LIMIT: Duration = Duration::from_secs(150);
const RECORDER: &str = include_str!("recorder.js");

/// What a test has.
pub struct Stage<'a> {
    pub harness: &'a TestHarness,
    pub exchange: &'a mut Exchange,
}

/// Runs a test with the usual exchange.
///
/// # Panics
/// When the test fails, or this process can reach other machines.
pub fn run(test: impl AsyncFnOnce(&mut Stage<'_>)) {
    run_in(Options::default(), test);
}

/// Runs a test with an exchange of its own.
///
/// # Panics
/// When the test fails, or this process can reach other machines.
pub fn run_in(options: Options, test: impl AsyncFnOnce(&mut Stage<'_>)) {
    run_within(LIMIT, options, test);
}

/// As [`run_in`], for a test that takes long.
///
/// # Panics
/// When the test fails, or this process can reach other machines.
pub fn run_within(limit: Duration, options: Options, test: impl AsyncFnOnce(&mut Stage<'_>)) {
    check_isolation();
    run_on(limit, options, &[AUDIO_OVER_LOOPBACK], test);
}

/// As [`run_in`], with more flags for the browser.
///
/// # Panics
/// When the test fails, or this process can reach other machines.
pub fn run_with_flags(options: Options, more_flags: &[&str], test: impl AsyncFnOnce(&mut Stage<'_>)) {
    check_isolation();
    run_on(LIMIT, options, &[&[AUDIO_OVER_LOOPBACK], more_flags].concat(), test);
}

/// Runs a test in which networks come and go. At first the only one is `wifi`, with the address 10.1.0.2. The browser sends its audio
/// through them; everything else is on loopback.
///
/// # Panics
/// When the test fails, or this process can reach other machines.
pub fn run_with_networks(test: impl AsyncFnOnce(&mut Stage<'_>, &Network)) {
    check_isolation();
    let network = Network::enter();
    network.connect("wifi", "10.1.0.2");
    run_on(LIMIT, Options::default(), &[], async |stage| {
        network.require_interfaces(stage.exchange.ports());
        test(stage, &network).await;
    });
}

fn check_isolation() {
    assert!(
        is_isolated(),
        "these tests run where nothing but loopback can be reached: start them with `cargo xtask test --only sip`"
    );
}

fn run_on(limit: Duration, options: Options, more_flags: &[&str], test: impl AsyncFnOnce(&mut Stage<'_>)) {
    let setting = Setting { limit, browser_flags: flags(more_flags), ..Setting::default() };
    e2e::run_in(setting, async |harness| {
        let folder = fresh_folder();
        let mut exchange = Exchange::start(&folder, options).await.unwrap_or_else(|error| panic!("{error}"));
        harness.before_every_page(RECORDER).await;
        test(&mut Stage { harness, exchange: &mut exchange }).await;
    });
}

impl<'a> Stage<'a> {
    /// The phone that is no browser.
    pub fn phone(&self) -> &Phone {
        self.exchange.phone()
    }

    /// A back end of its own, which serves the widget.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn back_end(&self) -> BackEnd {
        BackEnd::start(self.exchange, Some(&dist()), 0).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The user opens the widget in the simulator, logs in, and is registered.
    pub async fn log_in(&self, account: Account) -> Caller<'a> {
        let caller = self.open(account).await;
        caller.log_in(self.exchange).await;
        caller
    }

    /// As [`Stage::log_in`], with the npm package as host, which keeps nothing of a call.
    pub async fn log_in_with_npm_host(&self, account: Account) -> Caller<'a> {
        let back_end = self.back_end().await;
        let caller = Caller::open_with_npm_host(self.harness, back_end, account).await;
        caller.log_in(self.exchange).await;
        caller
    }

    /// The user opens the widget in the simulator, in the current window.
    pub async fn open(&self, account: Account) -> Caller<'a> {
        let back_end = self.back_end().await;
        Caller::open(self.harness, back_end, account, self.harness.server.host_port).await
    }

    /// A second user, in a window and with a simulator of their own.
    ///
    /// # Panics
    /// When the browser opens no window.
    pub async fn log_in_beside(&self, account: Account) -> Caller<'a> {
        let caller = self.open_beside(account).await;
        caller.log_in(self.exchange).await;
        caller
    }

    /// As [`Stage::log_in_beside`], before the log-in.
    ///
    /// # Panics
    /// When the browser opens no window.
    pub async fn open_beside(&self, account: Account) -> Caller<'a> {
        let window = self.harness.driver().new_tab().await.expect("a window");
        self.harness.driver().switch_to_window(window).await.expect("the new window");
        self.harness.before_every_page(RECORDER).await;
        let back_end = self.back_end().await;
        // At another origin, so that the two simulators do not know each other.
        Caller::open(self.harness, back_end, account, self.harness.server.widget_port).await
    }
}

/// The flags, and what the microphone hears.
fn flags(more: &[&str]) -> &'static [&'static str] {
    static MICROPHONE: OnceLock<String> = OnceLock::new();
    let microphone = MICROPHONE.get_or_init(|| {
        let folder = target().join("sip");
        let file = folder.join("voice.wav");
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&file, voice()))
            .expect("a file for the microphone");
        format!("--use-file-for-fake-audio-capture={}", file.display())
    });
    // The flags of a test are static.
    let more = more.iter().map(|flag| &*String::leak((*flag).to_owned()));
    FLAGS.into_iter().chain([microphone.as_str()]).chain(more).collect::<Vec<_>>().leak()
}

/// Named after the test: the logs stay there until it runs again.
fn fresh_folder() -> PathBuf {
    let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let folder = target().join("sip").join(test);
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{}: {error}", folder.display()),
        _ => folder,
    }
}
