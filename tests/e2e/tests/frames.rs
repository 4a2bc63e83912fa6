//! Several frames, one phone: the widget in two and in three top-level windows of one host, as HubSpot has it with a calling
//! window. Whichever is clicked, HubSpot hears every message of a call exactly once.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Direction, Entry, Host, PATIENCE, Stage, json, run, until};
use thirtyfour::WindowHandle;

const SOMEBODY: &str = "+16175550100";

/// A whole call. `clicked` names the tab in which each of the five steps is done: log in, call, end, notes, save.
#[track_caller]
fn check(locations: &'static [&'static str], uses_calling_window: bool, clicked: [usize; 5]) {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, uses_calling_window);
        for location in locations {
            tabs.open(location).await;
        }
        let [log_in, call, end, notes, save] = clicked;
        tabs.at(log_in).await.guest().click("log-in").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.at(call).await.guest().type_over("dial-number-input", SOMEBODY).await;
        tabs.at(call).await.guest().click("outgoing-call").await;
        tabs.see_everywhere("#callingnotes").await;
        tabs.at(notes).await.guest().type_into("#callingnotes", "one brain").await;
        for tab in tabs.all() {
            tabs.at(tab).await.guest().see_value("#callingnotes", "one brain").await;
        }
        tabs.at(end).await.guest().click("end-call").await;
        tabs.see_everywhere("complete-call").await;
        tabs.at(save).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("one brain").await;
    });
}

#[test]
fn the_remote_frame_first_and_the_window_clicked() {
    check(&["remote", "window"], true, [1, 1, 1, 1, 1]);
}

#[test]
fn the_remote_frame_first_and_the_remote_frame_clicked() {
    check(&["remote", "window"], true, [0, 0, 0, 0, 0]);
}

#[test]
fn the_window_first() {
    check(&["window", "remote"], true, [0, 1, 0, 1, 0]);
}

#[test]
fn calls_stay_in_the_remote_frame() {
    check(&["remote", "window"], false, [1, 1, 0, 1, 0]);
}

#[test]
fn three_tabs_and_every_click_in_another() {
    check(&["remote", "remote", "window"], true, [0, 1, 2, 0, 1]);
}

/// The tab that acts goes away in mid-call: another takes over, with the call, its notes and its id.
#[test]
fn the_acting_tab_is_closed_in_mid_call() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "remote", "window"] {
            tabs.open(location).await;
        }
        tabs.at(0).await.guest().click("log-in").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.at(2).await.guest().type_over("dial-number-input", SOMEBODY).await;
        tabs.at(2).await.guest().click("outgoing-call").await;
        tabs.see_everywhere("#callingnotes").await;
        tabs.at(0).await.guest().type_into("#callingnotes", "still here").await;
        tabs.at(2).await.guest().see_value("#callingnotes", "still here").await;
        assert_eq!(tabs.heard_in(2, "OUTGOING_CALL_STARTED").await.len(), 1, "the calling window acts");
        tabs.close(2).await;
        // A click that comes while nobody acts yet is the next one's, or is done again by a person: this one waits for its
        // effect.
        until("the call to end in the tabs that are left", PATIENCE, async || {
            let guest = tabs.at(1).await.guest();
            if guest.has("complete-call").await {
                return Ok(());
            }
            if guest.has("end-call").await {
                guest.click("end-call").await;
            }
            Err("it goes on".to_owned())
        })
        .await;
        tabs.see_everywhere("complete-call").await;
        tabs.at(0).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("still here").await;
    });
}

/// A host that dials in one tab does not see the tab that acts.
#[test]
fn a_number_clicked_in_any_tab_can_be_called_in_any_other() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "window"] {
            tabs.open(location).await;
        }
        tabs.at(0).await.guest().click("log-in").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.at(0).await.send("DIAL_NUMBER", json!({"phoneNumber": SOMEBODY, "objectId": 51})).await;
        tabs.at(1).await.guest().see_number("dial-number-input", SOMEBODY).await;
        tabs.at(1).await.guest().click("outgoing-call").await;
        tabs.see_everywhere("end-call").await;
        let started = tabs.everything("OUTGOING_CALL_STARTED").await;
        assert_eq!(started.len(), 1);
        assert_eq!(started[0].message["data"]["dialingContext"], json!({"phoneNumber": SOMEBODY, "objectId": 51}));
    });
}

/// Two users of one browser have nothing to do with each other.
#[test]
fn another_user_is_another_phone() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.user = 8;
        tabs.open("remote").await;
        tabs.at(0).await.guest().click("log-in").await;
        tabs.at(0).await.guest().see("dial-number-input").await;
        tabs.at(1).await.nothing_more().await;
        assert!(tabs.at(1).await.guest().has("log-in").await);
    });
}

/// A browser without Web Locks: each frame acts for itself, and calls work.
#[test]
fn without_locks_each_frame_is_alone() {
    run(async |stage| {
        stage.before_every_page("delete Navigator.prototype.locks;").await;
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.at(0).await.guest().click("log-in").await;
        tabs.at(0).await.guest().see("dial-number-input").await;
        assert_eq!(tabs.at(0).await.guest().run("return navigator.locks ?? null;", vec![]).await, json!(null));
        tabs.at(0).await.guest().type_over("dial-number-input", SOMEBODY).await;
        tabs.at(0).await.guest().click("outgoing-call").await;
        tabs.at(0).await.guest().click("end-call").await;
        tabs.at(0).await.guest().click("complete-call").await;
        tabs.at(0).await.guest().see("dial-number-input").await;
        for kind in ["LOGGED_IN", "OUTGOING_CALL_STARTED", "CALL_ENDED", "CALL_COMPLETED"] {
            assert_eq!(tabs.everything(kind).await.len(), 1, "{kind}");
        }
    });
}

struct Tabs<'a> {
    stage: &'a Stage,
    uses_calling_window: bool,
    user: u32,
    tabs: Vec<(WindowHandle, Host<'a>)>,
    /// Open tabs; the transcripts of closed ones are kept.
    closed: Vec<(usize, Vec<Entry>)>,
}

impl<'a> Tabs<'a> {
    fn new(stage: &'a Stage, uses_calling_window: bool) -> Self {
        Self { stage, uses_calling_window, user: 7, tabs: Vec::new(), closed: Vec::new() }
    }

    async fn open(&mut self, location: &str) {
        let driver = self.stage.driver();
        let window =
            if self.tabs.is_empty() { driver.window().await.unwrap() } else { driver.new_tab().await.unwrap() };
        driver.switch_to_window(window.clone()).await.unwrap();
        let mut page = self.stage.widget();
        page.sync = json!({
            "portalId": 62515, "userId": self.user, "iframeLocation": location,
            "usesCallingWindow": self.uses_calling_window,
        });
        let host = page.open(self.stage).await;
        host.initialized().await;
        self.tabs.push((window, host));
    }

    /// Tabs that are open.
    fn all(&self) -> Vec<usize> {
        (0..self.tabs.len()).filter(|tab| self.closed.iter().all(|(closed, _)| closed != tab)).collect()
    }

    async fn at(&self, tab: usize) -> &Host<'a> {
        let (window, host) = &self.tabs[tab];
        self.stage.driver().switch_to_window(window.clone()).await.unwrap();
        host
    }

    async fn see_everywhere(&self, name: &str) {
        for tab in self.all() {
            self.at(tab).await.guest().see(name).await;
        }
    }

    async fn close(&mut self, tab: usize) {
        let transcript = self.at(tab).await.transcript().await;
        self.closed.push((tab, transcript));
        self.stage.driver().close_window().await.unwrap();
    }

    /// What one tab's host has heard of this type.
    async fn heard_in(&self, tab: usize, kind: &str) -> Vec<Entry> {
        let mut lines = self.at(tab).await.transcript().await;
        lines.retain(|line| line.direction == Direction::Handled && line.kind() == kind);
        lines
    }

    /// What all hosts together have heard of this type, closed ones included. Each is asked something first whose answer comes
    /// after all that.
    async fn everything(&self, kind: &str) -> Vec<Entry> {
        let mut lines: Vec<Entry> = self.closed.iter().flat_map(|(_, transcript)| transcript.clone()).collect();
        for tab in self.all() {
            let host = self.at(tab).await;
            host.flush().await;
            lines.extend(host.transcript().await);
        }
        lines.retain(|line| line.direction == Direction::Handled && line.kind() == kind);
        lines
    }

    async fn assert_one_call(&self, notes: &str) {
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
