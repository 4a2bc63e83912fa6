//! The widget in several windows, which share one call.

use crate::controls::{Control, Target};
use crate::frame::Frame;
use crate::host_page::Host;
use crate::test_harness::TestHarness;
use crate::transcript::{Direction, Entry};
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

/// A number that the mock phone system answers.
pub const CALLEE: &str = "+16175550100";

/// The widget in several top-level windows of one browser, all with the same host origin. Each is named by its index.
pub struct Tabs<'a> {
    harness: &'a TestHarness,
    uses_calling_window: bool,
    pub user: u32,
    tabs: Vec<(WindowHandle, Host<'a>)>,
    closed: Vec<usize>,
    /// The messages of pages that were closed or reloaded.
    earlier: Vec<Entry>,
}

impl<'a> Tabs<'a> {
    pub fn new(harness: &'a TestHarness, uses_calling_window: bool) -> Self {
        Self { harness, uses_calling_window, user: 7, tabs: Vec::new(), closed: Vec::new(), earlier: Vec::new() }
    }

    /// With a tab for each of these locations.
    pub async fn open_all(harness: &'a TestHarness, uses_calling_window: bool, locations: &[&str]) -> Self {
        let mut tabs = Self::new(harness, uses_calling_window);
        for location in locations {
            tabs.open(location).await;
        }
        tabs
    }

    /// Opens a tab, and returns the INITIALIZED of its frame.
    pub async fn open(&mut self, location: &str) -> Value {
        self.open_with(location, "").await
    }

    /// As [`Tabs::open`], with a script that runs before the scripts of the pages.
    pub async fn open_with(&mut self, location: &str, script: &str) -> Value {
        let driver = self.harness.driver();
        let window =
            if self.tabs.is_empty() { driver.window().await.unwrap() } else { driver.new_tab().await.unwrap() };
        driver.switch_to_window(window.clone()).await.unwrap();
        self.harness.before_every_page(script).await;
        let mut page = self.harness.widget();
        page.sync = json!({
            "portalId": 62515, "userId": self.user, "iframeLocation": location,
            "usesCallingWindow": self.uses_calling_window,
        });
        let host = page.open(self.harness).await;
        let initialized = host.initialized().await;
        self.tabs.push((window, host));
        initialized
    }

    /// Reloads the host page of a tab, and returns the new INITIALIZED of its frame.
    pub async fn reload(&mut self, tab: usize) -> Value {
        let host = self.at(tab).await;
        host.flush().await;
        let before = host.transcript().await;
        host.reload().await;
        let initialized = host.initialized().await;
        self.earlier.extend(before);
        initialized
    }

    /// Leaves the page of a tab for an empty one.
    pub async fn leave(&mut self, tab: usize) {
        let host = self.at(tab).await;
        host.flush().await;
        let before = host.transcript().await;
        self.harness.driver().goto("about:blank").await.unwrap();
        self.earlier.extend(before);
    }

    /// Comes back to the page that was left, and returns the INITIALIZED of its frame.
    pub async fn come_back(&self, tab: usize) -> Value {
        let host = self.at(tab).await;
        host.load().await;
        host.initialized().await
    }

    /// Logs in and makes a call in this tab, and waits until every tab shows that it is answered.
    pub async fn start_call(&self, tab: usize) {
        let guest: Frame<'_> = self.at(tab).await.guest();
        guest.click(Control::LogIn).await;
        guest.type_over(Control::DialNumber, CALLEE).await;
        guest.click(Control::Call).await;
        self.see_everywhere(Control::Notes).await;
    }

    /// The tab that was opened last.
    pub async fn last(&self) -> &Host<'a> {
        self.at(self.tabs.len() - 1).await
    }

    pub async fn see_no_notice(&self) {
        for tab in self.all() {
            self.at(tab).await.guest().see_none("[role=alert]").await;
        }
    }

    /// The open tabs.
    pub fn all(&self) -> Vec<usize> {
        (0..self.tabs.len()).filter(|tab| !self.closed.contains(tab)).collect()
    }

    pub async fn at(&self, tab: usize) -> &Host<'a> {
        let (window, host) = &self.tabs[tab];
        self.harness.driver().switch_to_window(window.clone()).await.unwrap();
        host
    }

    pub async fn see_everywhere(&self, target: impl Into<Target<'_>>) {
        let target = target.into();
        for tab in self.all() {
            self.at(tab).await.guest().see(target).await;
        }
    }

    pub async fn close(&mut self, tab: usize) {
        let transcript = self.at(tab).await.transcript().await;
        self.earlier.extend(transcript);
        self.closed.push(tab);
        self.harness.driver().close_window().await.unwrap();
    }

    /// The messages of this type that the host of one tab has received.
    pub async fn received_in(&self, tab: usize, kind: &str) -> Vec<Entry> {
        let mut lines = self.at(tab).await.transcript().await;
        lines.retain(|line| line.direction == Direction::Handled && line.kind() == kind);
        lines
    }

    /// The messages of this type that all hosts together have received, closed ones included. The open ones are flushed first.
    pub async fn received_by_all(&self, kind: &str) -> Vec<Entry> {
        let mut lines = self.earlier.clone();
        for tab in self.all() {
            let host = self.at(tab).await;
            host.flush().await;
            lines.extend(host.transcript().await);
        }
        lines.retain(|line| line.direction == Direction::Handled && line.kind() == kind);
        lines
    }

    pub async fn assert_received(&self, expected: &[(&str, usize)]) {
        for (kind, count) in expected {
            let received = self.received_by_all(kind).await;
            assert_eq!(received.len(), *count, "{kind}: {received:#?}");
        }
    }

    pub async fn assert_one_call(&self, notes: &str) {
        let mut calls = Vec::new();
        for kind in ["OUTGOING_CALL_STARTED", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"] {
            let received = self.received_by_all(kind).await;
            assert_eq!(received.len(), 1, "{kind} should come exactly once, not {received:#?}");
            calls.push(received[0].message["data"]["externalCallId"].clone());
            if kind == "CALL_COMPLETED" {
                assert_eq!(received[0].message["data"]["engagementProperties"]["hs_call_body"], notes);
            }
        }
        calls.dedup();
        assert_eq!(calls.len(), 1, "one call has one id: {calls:?}");
    }
}
