//! Several frames with one call: the widget in two and three windows of one host, as in HubSpot with a calling window. HubSpot
//! receives each message of a call exactly once, in whichever frame the user acts.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{CALLEE, Control, DEFAULT_TIMEOUT, Direction, Tabs, Value, json, run, tour, until};

/// A whole call. `clicked` names the tab in which each of the five steps is done: log in, call, end, notes, save.
#[track_caller]
fn check(locations: &'static [&'static str], uses_calling_window: bool, clicked: [usize; 5]) {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, uses_calling_window, locations).await;
        tabs.see_no_notice().await; // no frame was closed
        let [log_in, call, end, notes, save] = clicked;
        tabs.at(log_in).await.guest().click(Control::LogIn).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.at(call).await.guest().type_over(Control::DialNumber, CALLEE).await;
        tabs.at(call).await.guest().click(Control::Call).await;
        tabs.see_everywhere(Control::Notes).await;
        tabs.at(notes).await.guest().type_into(Control::Notes, "one state").await;
        for tab in tabs.all() {
            tabs.at(tab).await.guest().see_value(Control::Notes, "one state").await;
        }
        tabs.at(end).await.guest().click(Control::EndCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(save).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("one state").await;
        tabs.see_no_notice().await;
        tabs.at(end).await.guest().click(Control::LogOut).await;
        tabs.see_everywhere(Control::LogIn).await;
        tabs.assert_received(&[("LOGGED_IN", 1), ("LOGGED_OUT", 1)]).await;
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
    run(async |harness| {
        let tabs = Tabs::open_all(harness, uses_calling_window, locations).await;
        let [log_in, ring, answer, end, save] = clicked;
        tabs.at(log_in).await.guest().click(Control::LogIn).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tour::simulate_incoming(&tabs.at(ring).await.guest(), async || ()).await;
        // Switching to each tab would take a part of the ring time.
        tabs.at(answer).await.guest().click(Control::Answer).await;
        tabs.see_everywhere(Control::Notes).await;
        let ada = json!({"callerIdType": "CONTACT", "firstName": "Ada", "lastName": null});
        tabs.at(ring).await.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": [ada]})).await;
        tabs.see_everywhere("//h1[contains(., 'Ada') and not(contains(., 'null'))]").await;
        tabs.at(end).await.guest().click(Control::EndCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(save).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        let once = ["USER_AVAILABLE", "INCOMING_CALL", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"];
        tabs.assert_received(&once.map(|kind| (kind, 1))).await;
        tabs.assert_received(&[("CALL_TRANSFERRED", 0), ("OUTGOING_CALL_STARTED", 0)]).await;
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
fn an_incoming_call_when_calls_stay_in_the_remote_frame() {
    check_inbound(&["remote", "window"], false, [0, 1, 1, 0, 1]);
}

#[test]
fn an_incoming_call_in_three_tabs() {
    check_inbound(&["remote", "remote", "window"], true, [2, 0, 1, 2, 0]);
}

/// Text that is typed in a follower is not delayed by the leader, and an older state does not overwrite it.
#[test]
fn notes_that_are_typed_quickly_in_a_follower_lose_no_letter() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
        tabs.start_call(0).await;
        let click_often = "const [mute] = arguments; window.clicks = setInterval(() => mute.click(), 10);";
        tabs.at(1).await.guest().run_on(Control::Mute, click_often, vec![]).await;
        let text =
            "The quick brown fox jumps over the lazy dog, 0123456789 times; then it rests. Façade, naïve, \u{1f98a}!";
        let type_it = "const [area, text] = arguments;
            area.focus();
            return (async () => {
                for (const letter of text) {
                    document.execCommand('insertText', false, letter);
                    await new Promise(resolve => setTimeout(resolve));
                }
                return area.value;
            })();";
        let typed = tabs.at(0).await.guest().run_on(Control::Notes, type_it, vec![json!(text)]).await;
        assert_eq!(typed, text);
        tabs.at(1).await.guest().see_value(Control::Notes, text).await;
        tabs.at(0).await.guest().see_value(Control::Notes, text).await;
        tabs.at(1).await.guest().run("clearInterval(clicks);", vec![]).await;
        tabs.at(1).await.guest().click(Control::EndCall).await;
        tabs.at(1).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call(text).await;
    });
}

/// Each frame asks its own host for its size.
#[test]
fn every_tab_asks_for_the_size_of_its_screen() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
        tabs.at(0).await.guest().click(Control::LogIn).await;
        for tab in tabs.all() {
            let asked = tabs.at(tab).await.wait_for(1, Direction::Handled, "RESIZE_WIDGET").await;
            assert_eq!(asked[0].message["data"], json!({"width": 400, "height": 650}), "tab {tab}");
        }
        tabs.assert_received(&[("RESIZE_WIDGET", 2)]).await;
    });
}

/// HubSpot may send the same answer in each tab: the user gets one notice.
#[test]
fn a_message_that_comes_in_every_tab_is_shown_once() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
        tabs.start_call(0).await;
        for kind in ["CREATE_ENGAGEMENT_FAILED", "NAVIGATE_TO_RECORD_FAILED"] {
            for tab in tabs.all() {
                tabs.at(tab).await.send(kind, json!({"error": {"message": "The contact was deleted."}})).await;
                tabs.at(tab).await.flush().await;
            }
            tabs.see_everywhere("[role=alert]").await;
            tabs.at(0).await.guest().click(Control::CloseNotice).await;
            tabs.see_no_notice().await;
        }
        tabs.at(0).await.send("END_CALL", Value::Null).await;
        tabs.at(1).await.send("END_CALL", Value::Null).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(0).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("").await;
    });
}

#[test]
fn a_call_is_transferred_from_a_follower() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
        tabs.start_call(1).await;
        tabs.at(0).await.guest().click(Control::Transfer).await;
        tabs.at(0).await.guest().type_over(Control::TransferNumber, "+16175550199").await;
        tabs.at(0).await.guest().click(Control::TransferCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(1).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("").await;
        tabs.assert_received(&[("CALL_TRANSFERRED", 1)]).await;
    });
}

/// The leader may be in another tab than the host that sent DIAL_NUMBER.
#[test]
fn a_number_clicked_in_any_tab_can_be_called_in_any_other() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
        tabs.at(0).await.guest().click(Control::LogIn).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.at(0).await.send("DIAL_NUMBER", json!({"phoneNumber": CALLEE, "objectId": 51})).await;
        tabs.at(1).await.guest().see_number(Control::DialNumber, CALLEE).await;
        tabs.at(1).await.guest().click(Control::Call).await;
        tabs.see_everywhere(Control::EndCall).await;
        let started = tabs.received_by_all("OUTGOING_CALL_STARTED").await;
        assert_eq!(started.len(), 1);
        assert_eq!(started[0].message["data"]["dialingContext"], json!({"phoneNumber": CALLEE, "objectId": 51}));
    });
}

/// HubSpot's own window, at the origin of the handshake and without an opener.
#[test]
fn the_calling_window_is_opened_at_the_host() {
    run(async |harness| {
        harness.expect_error("calling-integration-popup-ui"); // this host has no such page
        let tabs = Tabs::open_all(harness, false, &["remote"]).await;
        let remote = harness.driver().window().await.unwrap();
        tabs.at(0).await.guest().click(Control::OpenWindow).await;
        let opened = harness.other_window(&remote).await;
        harness.driver().switch_to_window(opened).await.unwrap();
        let address = format!("{}/calling-integration-popup-ui/62515?usesCallingWindow=false", harness.host_origin());
        until("HubSpot's address", DEFAULT_TIMEOUT, async || {
            let is = harness.driver().current_url().await.map_err(|error| error.to_string())?;
            if is.as_str() == address { Ok(()) } else { Err(is.to_string()) }
        })
        .await;
        assert_eq!(harness.page().run("return window.opener;", vec![]).await, Value::Null);
        harness.driver().close_window().await.unwrap();
        tabs.at(0).await.guest().click(Control::LogIn).await;
        tabs.at(0).await.guest().see(Control::OpenWindow).await;
    });
}

/// Two users in one browser are independent.
#[test]
fn the_frames_of_another_user_are_separate() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
        tabs.user = 8;
        tabs.open("remote").await;
        tabs.at(0).await.guest().click(Control::LogIn).await;
        tabs.at(0).await.guest().see(Control::DialNumber).await;
        tabs.at(1).await.nothing_more().await;
        assert!(tabs.at(1).await.guest().has(Control::LogIn).await);
    });
}

/// A browser without Web Locks or BroadcastChannel: each frame runs standalone and logs that, and calls work.
#[track_caller]
fn check_standalone(script: &'static str, logged: &'static str) {
    run(async |harness| {
        let mut tabs = Tabs::new(harness, true);
        for location in ["remote", "window"] {
            tabs.open_with(location, script).await;
            tabs.last().await.guest().click(Control::LogIn).await;
            tabs.last().await.guest().see(Control::DialNumber).await;
            tabs.last().await.guest().type_over(Control::DialNumber, CALLEE).await;
            tabs.last().await.guest().click(Control::Call).await;
            tabs.last().await.guest().click(Control::EndCall).await;
            tabs.last().await.guest().click(Control::SaveCall).await;
            tabs.last().await.guest().see(Control::DialNumber).await;
        }
        for tab in tabs.all() {
            for kind in ["INITIALIZED", "LOGGED_IN", "OUTGOING_CALL_STARTED", "CALL_ENDED", "CALL_COMPLETED"] {
                assert_eq!(tabs.received_in(tab, kind).await.len(), 1, "{kind} in tab {tab}");
            }
        }
        let console = harness.console().await;
        let logged_lines = console.iter().filter(|line| line.starts_with("WARNING") && line.contains(logged)).count();
        assert_eq!(logged_lines, 2, "each of the two logs it once: {console:#?}");
    });
}

#[test]
fn without_locks_each_frame_runs_standalone() {
    check_standalone("delete Navigator.prototype.locks;", "no Web Locks");
}

/// As in a frame of a site whose storage is blocked.
#[test]
fn with_denied_locks_each_frame_runs_standalone() {
    // Firefox runs it in the empty first document of a frame too, where there are no locks.
    let denied = "if (globalThis.LockManager)
        LockManager.prototype.request = async () => { throw new DOMException('denied', 'SecurityError'); };";
    check_standalone(denied, "no Web Locks");
}

#[test]
fn without_a_channel_each_frame_runs_standalone() {
    check_standalone("BroadcastChannel = class { constructor() { throw new Error('none'); } };", "no BroadcastChannel");
}
