//! Frames that come late, are loaded anew or are gone: the call goes on in another, and HubSpot hears nothing twice.

use e2e::{Direction, SOMEBODY, Tabs, Value, json, run, tour};

const TAKEN_OVER: &str = "The call goes on here";

/// A calling window that is opened while it rings takes the call over, and its deadline.
#[test]
fn nobody_answers_while_the_window_opens() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
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
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["window"]).await;
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
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
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

/// The tab that acts is closed while the other side's phone rings: the answer is heard all the same, once.
#[test]
fn the_acting_tab_is_closed_while_dialing() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
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
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["window", "remote"]).await;
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
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote", "remote"]).await;
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
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
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
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "remote"]).await;
        let announce = "const channel = new BroadcastChannel('cti:62515:7');
            channel.postMessage(JSON.stringify({Hello: {takes_over: true}}));
            return new Promise(resolve => {
                channel.onmessage = event => resolve(Object.keys(JSON.parse(event.data)));
            });";
        let answer = tabs.at(0).await.guest().run(announce, vec![]).await;
        assert_eq!(answer, json!(["State"]));
        tabs.at(0).await.guest().click("log-in").await;
        tabs.see_everywhere("dial-number-input").await;
        tabs.assert_heard(&[("LOGGED_IN", 1)]).await;
        tabs.see_no_notice().await;
    });
}

/// HubSpot may make its side anew around a living frame: the frame keeps its place, and says nothing twice but INITIALIZED.
#[test]
fn another_host_shakes_hands_with_a_living_frame() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
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

/// The tab that acts goes away in mid-call: another takes over, with the call, its notes and its id.
#[test]
fn the_acting_tab_is_closed_in_mid_call() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote", "remote", "window"]).await;
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
