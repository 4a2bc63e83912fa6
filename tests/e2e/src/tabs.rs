//! Several frames of one phone.

use crate::controls::{Control, Target};
use crate::frame::Frame;
use crate::host_page::Host;
use crate::test_harness::TestHarness;
use crate::transcript::{Direction, Entry};
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

/// A number that the mock phone answers.
pub const SOMEBODY: &str = "+16175550100";

/// The widget in several top-level windows of one browser, all of one host origin. Hosts and frames are named by their places.
pub struct Tabs<'a> {
    harness: &'a TestHarness,
    uses_calling_window: bool,
    pub user: u32,
    tabs: Vec<(WindowHandle, Host<'a>)>,
    closed: Vec<usize>,
    /// The messages of pages that are closed or were loaded again.
    gone: Vec<Entry>,
}

impl<'a> Tabs<'a> {
    pub fn new(harness: &'a TestHarness, uses_calling_window: bool) -> Self {
        Self { harness, uses_calling_window, user: 7, tabs: Vec::new(), closed: Vec::new(), gone: Vec::new() }
    }

    /// With a tab for each of these locations.
    pub async fn open_all(harness: &'a TestHarness, uses_calling_window: bool, locations: &[&str]) -> Self {
        let mut tabs = Self::new(harness, uses_calling_window);
        for location in locations {
            tabs.open(location).await;
        }
        tabs
    }

    /// Opens a tab: what its frame says in INITIALIZED.
    pub async fn open(&mut self, location: &str) -> Value {
        self.open_with(location, "").await
    }

    /// The script runs before the scripts of the pages.
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

    /// Loads the host page of a tab again, and returns what its frame sends in INITIALIZED then.
    pub async fn reload(&mut self, tab: usize) -> Value {
        let host = self.at(tab).await;
        host.flush().await;
        let before = host.transcript().await;
        host.reload().await;
        let initialized = host.initialized().await;
        self.gone.extend(before);
        initialized
    }

    /// Logs in and makes a call from this tab, until they talk and every tab shows it.
    pub async fn talk(&self, tab: usize) {
        let guest: Frame<'_> = self.at(tab).await.guest();
        guest.click(Control::LogIn).await;
        guest.type_over(Control::DialNumber, SOMEBODY).await;
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

    /// Tabs that are open.
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
        self.gone.extend(transcript);
        self.closed.push(tab);
        self.harness.driver().close_window().await.unwrap();
    }

    /// What one tab's host has heard of this type.
    pub async fn heard_in(&self, tab: usize, kind: &str) -> Vec<Entry> {
        let mut lines = self.at(tab).await.transcript().await;
        lines.retain(|line| line.direction == Direction::Handled && line.kind() == kind);
        lines
    }

    /// What all hosts together have heard of this type, closed ones included. Each is asked something first whose answer comes
    /// after all that.
    pub async fn everything(&self, kind: &str) -> Vec<Entry> {
        let mut lines = self.gone.clone();
        for tab in self.all() {
            let host = self.at(tab).await;
            host.flush().await;
            lines.extend(host.transcript().await);
        }
        lines.retain(|line| line.direction == Direction::Handled && line.kind() == kind);
        lines
    }

    pub async fn assert_heard(&self, expected: &[(&str, usize)]) {
        for (kind, count) in expected {
            let heard = self.everything(kind).await;
            assert_eq!(heard.len(), *count, "{kind}: {heard:#?}");
        }
    }

    pub async fn assert_one_call(&self, notes: &str) {
        let mut calls = Vec::new();
        for kind in ["OUTGOING_CALL_STARTED", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"] {
            let heard = self.everything(kind).await;
            assert_eq!(heard.len(), 1, "{kind} exactly once, and not {heard:#?}");
            calls.push(heard[0].message["data"]["externalCallId"].clone());
            if kind == "CALL_COMPLETED" {
                assert_eq!(heard[0].message["data"]["engagementProperties"]["hs_call_body"], notes);
            }
        }
        calls.dedup();
        assert_eq!(calls.len(), 1, "one call has one id: {calls:?}");
    }
}
