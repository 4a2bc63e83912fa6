//! Several frames, one phone: the widget in two and in three top-level windows of one host, as HubSpot has it with a calling
//! window. Whichever is clicked, HubSpot hears every message of a call exactly once.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Direction, Entry, Frame, Host, PATIENCE, Stage, Value, json, run, tour, until};
use thirtyfour::WindowHandle;

const SOMEBODY: &str = "+16175550100";
const TAKEN_OVER: &str = "The call goes on here";

/// A whole call. `clicked` names the tab in which each of the five steps is done: log in, call, end, notes, save.
#[track_caller]
fn check(locations: &'static [&'static str], uses_calling_window: bool, clicked: [usize; 5]) {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, uses_calling_window);
        for location in locations {
            tabs.open(location).await;
        }
        tabs.see_no_notice().await; // nobody is gone
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
        tabs.see_no_notice().await;
        tabs.at(end).await.guest().click("log-out").await;
        tabs.see_everywhere("log-in").await;
        tabs.assert_heard(&[("LOGGED_IN", 1), ("LOGGED_OUT", 1)]).await;
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

/// An incoming call. `clicked` names the tab in which each of the five steps is done: log in, ring, answer, end, save.
#[track_caller]
fn check_inbound(locations: &'static [&'static str], uses_calling_window: bool, clicked: [usize; 5]) {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, uses_calling_window);
        for location in locations {
            tabs.open(location).await;
        }
        let [log_in, ring, answer, end, save] = clicked;
        tabs.at(log_in).await.guest().click("log-in").await;
        tabs.see_everywhere("dial-number-input").await;
        tour::call_oneself(&tabs.at(ring).await.guest(), async || ()).await;
        // Looking into each tab would take a part of the five seconds that it rings.
        tabs.at(answer).await.guest().click("answer-call").await;
        tabs.see_everywhere("#callingnotes").await;
        let ada = json!({"callerIdType": "CONTACT", "firstName": "Ada", "lastName": null});
        tabs.at(ring).await.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": [ada]})).await;
        tabs.see_everywhere("//h1[contains(., 'Ada') and not(contains(., 'null'))]").await;
        tabs.at(end).await.guest().click("end-call").await;
        tabs.see_everywhere("complete-call").await;
        tabs.at(save).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        let once = ["USER_AVAILABLE", "INCOMING_CALL", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"];
        tabs.assert_heard(&once.map(|kind| (kind, 1))).await;
        tabs.assert_heard(&[("CALL_TRANSFERRED", 0), ("OUTGOING_CALL_STARTED", 0)]).await;
    });
}

#[test]
fn an_incoming_call_answered_in_the_window() {
    check_inbound(&["remote", "window"], true, [0, 0, 1, 1, 1]);
}

#[test]
fn an_incoming_call_answered_in_the_remote_frame() {
    check_inbound(&["window", "remote"], true, [0, 1, 1, 1, 1]);
}

#[test]
fn an_incoming_call_without_a_calling_window_of_its_own() {
    check_inbound(&["remote", "window"], false, [0, 1, 1, 0, 1]);
}

#[test]
fn an_incoming_call_in_three_tabs() {
    check_inbound(&["remote", "remote", "window"], true, [2, 0, 1, 2, 0]);
}

/// A calling window that is opened while it rings takes the call over, and its deadline.
#[test]
fn nobody_answers_while_the_window_opens() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.at(0).await.guest().click("log-in").await;
        tour::call_oneself(&tabs.at(0).await.guest(), async || ()).await;
        tabs.at(0).await.guest().see("answer-call").await;
        tabs.open("window").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_heard(&[("INCOMING_CALL", 1), ("CALL_TRANSFERRED", 1), ("CALL_ENDED", 0), ("CALL_COMPLETED", 0)])
            .await;
        tabs.see_no_notice().await;
    });
}

/// A frame that comes in mid-call shows it, and says INITIALIZED with how things are.
#[test]
fn a_late_tab_gets_the_state() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("window").await;
        tabs.talk(0).await;
        tabs.at(0).await.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        tabs.at(0).await.guest().type_into("#callingnotes", "so far").await;
        for location in ["remote", "remote"] {
            let initialized = tabs.open(location).await;
            assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
            assert_eq!(initialized["data"]["engagementId"], 12, "{initialized}");
            tabs.last().await.guest().see_value("#callingnotes", "so far").await;
        }
        tabs.last().await.guest().click("end-call").await;
        tabs.last().await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("so far").await;
    });
}

/// The calling window takes a call over without anybody being told that something was closed.
#[test]
fn a_window_that_is_opened_in_mid_call_takes_it_over() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.talk(0).await;
        tabs.at(0).await.guest().type_into("#callingnotes", "half").await;
        let initialized = tabs.open("window").await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        tabs.at(1).await.guest().see_value("#callingnotes", "half").await;
        tabs.at(1).await.guest().type_into("#callingnotes", " and half").await;
        tabs.at(1).await.guest().click("end-call").await;
        tabs.at(1).await.guest().see("complete-call").await;
        tabs.see_no_notice().await;
        assert_eq!(tabs.heard_in(1, "CALL_ENDED").await.len(), 1, "the calling window acts");
        tabs.at(0).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("half and half").await;
    });
}

/// Letters that are typed in a mirror do not wait for the frame that acts, and no older state puts them back.
#[test]
fn notes_that_are_typed_quickly_in_a_mirror_lose_no_letter() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.open("window").await;
        tabs.talk(0).await;
        let restless = "window.restless = setInterval(() => document.querySelector('#mute').click(), 10);";
        tabs.at(1).await.guest().run(restless, vec![]).await;
        let text =
            "The quick brown fox jumps over the lazy dog, 0123456789 times; then it rests. Façade, naïve, \u{1f98a}!";
        let type_it = "const area = document.querySelector('#callingnotes');
            area.focus();
            return (async () => {
                for (const letter of arguments[0]) {
                    document.execCommand('insertText', false, letter);
                    await new Promise(resolve => setTimeout(resolve));
                }
                return area.value;
            })();";
        let typed = tabs.at(0).await.guest().run(type_it, vec![json!(text)]).await;
        assert_eq!(typed, text);
        tabs.at(1).await.guest().see_value("#callingnotes", text).await;
        tabs.at(0).await.guest().see_value("#callingnotes", text).await;
        tabs.at(1).await.guest().run("clearInterval(restless);", vec![]).await;
        tabs.at(1).await.guest().click("end-call").await;
        tabs.at(1).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call(text).await;
    });
}

/// The tab that acts is closed while the other side's phone rings: the answer is heard all the same, once.
#[test]
fn the_acting_tab_is_closed_while_dialing() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "window"] {
            tabs.open(location).await;
        }
        tabs.at(0).await.guest().click("log-in").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.at(1).await.guest().type_over("dial-number-input", SOMEBODY).await;
        tabs.at(1).await.guest().click("outgoing-call").await;
        tabs.at(1).await.guest().see("end-call").await;
        tabs.close(1).await;
        tabs.at(0).await.guest().see("#callingnotes").await;
        tabs.at(0).await.guest().see_text("[role=alert]", TAKEN_OVER).await;
        tabs.at(0).await.guest().click("end-call").await;
        tabs.at(0).await.guest().click("complete-call").await;
        tabs.at(0).await.guest().see("dial-number-input").await;
        tabs.assert_one_call("").await;
    });
}

#[test]
fn the_acting_tab_is_closed_in_wrap_up() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["window", "remote"] {
            tabs.open(location).await;
        }
        tabs.talk(0).await;
        tabs.at(1).await.guest().type_into("#callingnotes", "not lost").await;
        tabs.at(0).await.guest().click("end-call").await;
        tabs.see_everywhere("complete-call").await;
        tabs.close(0).await;
        tabs.at(1).await.guest().see_text("[role=alert]", TAKEN_OVER).await;
        tabs.at(1).await.guest().see_value("#callingnotes", "not lost").await;
        tabs.at(1).await.guest().click("complete-call").await;
        tabs.at(1).await.guest().see("dial-number-input").await;
        tabs.assert_one_call("not lost").await;
    });
}

/// HubSpot loads the acting frame anew: another takes over, and the one that comes back mirrors it.
#[test]
fn the_acting_tab_is_loaded_anew_in_mid_call() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "remote"] {
            tabs.open(location).await;
        }
        tabs.talk(0).await;
        tabs.at(1).await.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        tabs.at(0).await.guest().type_into("#callingnotes", "twice ").await;
        tabs.at(1).await.guest().see_value("#callingnotes", "twice ").await;
        let initialized = tabs.reload(0).await;
        assert_eq!(initialized["data"]["engagementId"], 12, "{initialized}");
        tabs.at(0).await.guest().see_value("#callingnotes", "twice ").await;
        tabs.at(0).await.guest().type_into("#callingnotes", "here").await;
        tabs.at(1).await.guest().see_value("#callingnotes", "twice here").await;
        tabs.at(0).await.guest().click("end-call").await;
        tabs.see_everywhere("complete-call").await;
        tabs.at(0).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("twice here").await;
    });
}

/// A frame that acted once and mirrors now keeps nothing: a call that was saved elsewhere does not come back with a reload.
#[test]
fn a_mirror_that_is_loaded_anew_has_no_call_of_its_own() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.talk(0).await;
        tabs.at(0).await.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        tabs.open("window").await;
        tabs.at(1).await.guest().click("end-call").await;
        tabs.at(1).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        let kept = tabs.at(0).await.guest().run("return sessionStorage.getItem('cti-state');", vec![]).await;
        assert_eq!(kept, Value::Null);
        let initialized = tabs.reload(0).await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        assert_eq!(initialized["data"].get("engagementId"), None, "{initialized}");
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("").await;
    });
}

/// A calling window that says it will take over and is gone before it does: the frame that gave way acts again, and nothing
/// that was clicked meanwhile is lost.
#[test]
fn a_window_that_is_gone_before_it_takes_over() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.open("remote").await;
        let announce = "const channel = new BroadcastChannel('cti:62515:7');
            channel.postMessage({hello: true});
            return new Promise(resolve => { channel.onmessage = event => resolve(Object.keys(event.data)); });";
        let answer = tabs.at(0).await.guest().run(announce, vec![]).await;
        assert_eq!(answer, json!(["state"]));
        tabs.at(0).await.guest().click("log-in").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_heard(&[("LOGGED_IN", 1)]).await;
        tabs.see_no_notice().await;
    });
}

/// HubSpot may make its side anew around a living frame: the frame keeps its place, and says nothing twice but INITIALIZED.
#[test]
fn another_host_shakes_hands_with_a_living_frame() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        tabs.open("remote").await;
        tabs.open("window").await;
        tabs.talk(0).await;
        for tab in tabs.all() {
            tabs.at(tab).await.second_instance().await;
            tabs.at(tab).await.wait_for(2, Direction::Handled, "INITIALIZED").await;
        }
        tabs.at(0).await.guest().click("end-call").await;
        tabs.see_everywhere("complete-call").await;
        tabs.at(1).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("").await;
        tabs.assert_heard(&[("INITIALIZED", 4)]).await;
    });
}

/// The size belongs to the frame and not to the call: each asks its own host for it.
#[test]
fn every_tab_asks_for_the_size_of_what_it_shows() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "window"] {
            tabs.open(location).await;
        }
        tabs.at(0).await.guest().click("log-in").await;
        for tab in tabs.all() {
            let asked = tabs.at(tab).await.wait_for(1, Direction::Handled, "RESIZE_WIDGET").await;
            assert_eq!(asked[0].message["data"], json!({"width": 400, "height": 650}), "tab {tab}");
        }
        tabs.assert_heard(&[("RESIZE_WIDGET", 2)]).await;
    });
}

/// HubSpot may give the same answer in each tab: it is told to the user once.
#[test]
fn what_every_tab_is_told_is_shown_once() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "window"] {
            tabs.open(location).await;
        }
        tabs.talk(0).await;
        for kind in ["CREATE_ENGAGEMENT_FAILED", "NAVIGATE_TO_RECORD_FAILED"] {
            for tab in tabs.all() {
                tabs.at(tab).await.send(kind, json!({"error": {"message": "The contact was deleted."}})).await;
                tabs.at(tab).await.flush().await;
            }
            tabs.see_everywhere("[role=alert]").await;
            tabs.at(0).await.guest().click("[role=alert] button").await;
            tabs.see_no_notice().await;
        }
        tabs.at(0).await.send("END_CALL", Value::Null).await;
        tabs.at(1).await.send("END_CALL", Value::Null).await;
        tabs.see_everywhere("complete-call").await;
        tabs.at(0).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("").await;
    });
}

#[test]
fn a_call_is_given_away_from_a_mirror() {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "window"] {
            tabs.open(location).await;
        }
        tabs.talk(1).await;
        tabs.at(0).await.guest().click("#transfer").await;
        tabs.at(0).await.guest().type_over("#call-panel input", "+16175550199").await;
        tabs.at(0).await.guest().click("#call-panel [type=submit]").await;
        tabs.see_everywhere("complete-call").await;
        tabs.at(1).await.guest().click("complete-call").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_one_call("").await;
        tabs.assert_heard(&[("CALL_TRANSFERRED", 1)]).await;
    });
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
        for tab in tabs.all() {
            tabs.at(tab).await.guest().see_text("[role=alert]", TAKEN_OVER).await;
        }
        tabs.at(1).await.guest().click("end-call").await;
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

/// A browser that does not give what frames need to agree: each acts for itself and says so, and calls work.
#[track_caller]
fn check_alone(script: &'static str, logged: &'static str) {
    run(async |stage| {
        let mut tabs = Tabs::new(stage, true);
        for location in ["remote", "window"] {
            tabs.open_with(location, script).await;
            tabs.last().await.guest().click("log-in").await;
            tabs.last().await.guest().see("dial-number-input").await;
            tabs.last().await.guest().type_over("dial-number-input", SOMEBODY).await;
            tabs.last().await.guest().click("outgoing-call").await;
            tabs.last().await.guest().click("end-call").await;
            tabs.last().await.guest().click("complete-call").await;
            tabs.last().await.guest().see("dial-number-input").await;
        }
        for tab in tabs.all() {
            for kind in ["INITIALIZED", "LOGGED_IN", "OUTGOING_CALL_STARTED", "CALL_ENDED", "CALL_COMPLETED"] {
                assert_eq!(tabs.heard_in(tab, kind).await.len(), 1, "{kind} in tab {tab}");
            }
        }
        let console = stage.console().await;
        let said = console.iter().filter(|line| line.starts_with("WARNING") && line.contains(logged)).count();
        assert_eq!(said, 2, "each of the two says it once: {console:#?}");
    });
}

#[test]
fn without_locks_each_frame_is_alone() {
    check_alone("delete Navigator.prototype.locks;", "no Web Locks");
}

/// As in a frame of a site whose storage is blocked.
#[test]
fn with_locks_that_are_denied_each_frame_is_alone() {
    let denied = "LockManager.prototype.request = async () => { throw new DOMException('denied', 'SecurityError'); };";
    check_alone(denied, "no Web Locks");
}

#[test]
fn without_a_channel_each_frame_is_alone() {
    check_alone("BroadcastChannel = class { constructor() { throw new Error('none'); } };", "no BroadcastChannel");
}

struct Tabs<'a> {
    stage: &'a Stage,
    uses_calling_window: bool,
    user: u32,
    tabs: Vec<(WindowHandle, Host<'a>)>,
    closed: Vec<usize>,
    /// What was heard by pages that are closed or were loaded anew.
    gone: Vec<Entry>,
}

impl<'a> Tabs<'a> {
    fn new(stage: &'a Stage, uses_calling_window: bool) -> Self {
        Self { stage, uses_calling_window, user: 7, tabs: Vec::new(), closed: Vec::new(), gone: Vec::new() }
    }

    /// Opens a tab: what its frame says in INITIALIZED.
    async fn open(&mut self, location: &str) -> Value {
        self.open_with(location, "").await
    }

    /// The script runs before the scripts of the pages.
    async fn open_with(&mut self, location: &str, script: &str) -> Value {
        let driver = self.stage.driver();
        let window =
            if self.tabs.is_empty() { driver.window().await.unwrap() } else { driver.new_tab().await.unwrap() };
        driver.switch_to_window(window.clone()).await.unwrap();
        self.stage.before_every_page(script).await;
        let mut page = self.stage.widget();
        page.sync = json!({
            "portalId": 62515, "userId": self.user, "iframeLocation": location,
            "usesCallingWindow": self.uses_calling_window,
        });
        let host = page.open(self.stage).await;
        let initialized = host.initialized().await;
        self.tabs.push((window, host));
        initialized
    }

    /// Loads the host page of a tab anew: what its frame says in INITIALIZED then.
    async fn reload(&mut self, tab: usize) -> Value {
        let host = self.at(tab).await;
        host.flush().await;
        let before = host.transcript().await;
        host.reload().await;
        let initialized = host.initialized().await;
        self.gone.extend(before);
        initialized
    }

    /// Logs in and makes a call from this tab, until they talk and every tab shows it.
    async fn talk(&self, tab: usize) {
        let guest: Frame<'_> = self.at(tab).await.guest();
        guest.click("log-in").await;
        guest.type_over("dial-number-input", SOMEBODY).await;
        guest.click("outgoing-call").await;
        self.see_everywhere("#callingnotes").await;
    }

    /// The tab that was opened last.
    async fn last(&self) -> &Host<'a> {
        self.at(self.tabs.len() - 1).await
    }

    async fn see_no_notice(&self) {
        for tab in self.all() {
            let guest = self.at(tab).await.guest();
            until(&format!("no notice in tab {tab}"), PATIENCE, async || {
                if guest.has("[role=alert]").await { Err("there is one".to_owned()) } else { Ok(()) }
            })
            .await;
        }
    }

    /// Tabs that are open.
    fn all(&self) -> Vec<usize> {
        (0..self.tabs.len()).filter(|tab| !self.closed.contains(tab)).collect()
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
        self.gone.extend(transcript);
        self.closed.push(tab);
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
        let mut lines = self.gone.clone();
        for tab in self.all() {
            let host = self.at(tab).await;
            host.flush().await;
            lines.extend(host.transcript().await);
        }
        lines.retain(|line| line.direction == Direction::Handled && line.kind() == kind);
        lines
    }

    async fn assert_heard(&self, expected: &[(&str, usize)]) {
        for (kind, count) in expected {
            let heard = self.everything(kind).await;
            assert_eq!(heard.len(), *count, "{kind}: {heard:#?}");
        }
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
