//! Frames that join late, are reloaded or are closed: the call continues in another frame, and HubSpot receives nothing twice.

use e2e::{CALLEE, Control, Direction, Tabs, Value, json, run, tour};

/// A calling window that is opened while a call rings takes over the call and its deadline.
#[test]
fn a_ringing_call_is_transferred_though_the_window_takes_over() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
        tabs.at(0).await.guest().click(Control::LogIn).await;
        tour::simulate_incoming(&tabs.at(0).await.guest(), async || ()).await;
        tabs.at(0).await.guest().see(Control::Answer).await;
        tabs.open("window").await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_received(&[
            ("INCOMING_CALL", 1),
            ("CALL_TRANSFERRED", 1),
            ("CALL_ENDED", 0),
            ("CALL_COMPLETED", 0),
        ])
        .await;
        tabs.see_no_notice().await;
    });
}

/// A frame that joins during a call shows it, and sends INITIALIZED with the current state.
#[test]
fn a_late_tab_gets_the_state() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["window"]).await;
        tabs.start_call(0).await;
        tabs.at(0).await.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        tabs.at(0).await.guest().type_into(Control::Notes, "so far").await;
        for location in ["remote", "remote"] {
            let initialized = tabs.open(location).await;
            assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
            assert_eq!(initialized["data"]["engagementId"], 12, "{initialized}");
            tabs.last().await.guest().see_value(Control::Notes, "so far").await;
        }
        tabs.last().await.guest().click(Control::EndCall).await;
        tabs.last().await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("so far").await;
    });
}

/// The calling window takes over a call without a notice that a window was closed.
#[test]
fn a_window_that_is_opened_during_a_call_takes_it_over() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
        tabs.start_call(0).await;
        tabs.at(0).await.guest().type_into(Control::Notes, "half").await;
        let initialized = tabs.open("window").await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        tabs.at(1).await.guest().see_value(Control::Notes, "half").await;
        tabs.at(1).await.guest().type_into(Control::Notes, " and half").await;
        tabs.at(1).await.guest().click(Control::EndCall).await;
        tabs.at(1).await.guest().see(Control::SaveCall).await;
        tabs.see_no_notice().await;
        assert_eq!(tabs.received_in(1, "CALL_ENDED").await.len(), 1, "the calling window leads");
        tabs.at(0).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("half and half").await;
    });
}

/// The leader is closed while an outgoing call rings: the answer is still reported, once.
#[test]
fn the_leader_is_closed_while_dialing() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
        tabs.at(0).await.guest().click(Control::LogIn).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.at(1).await.guest().type_over(Control::DialNumber, CALLEE).await;
        tabs.at(1).await.guest().click(Control::Call).await;
        tabs.at(1).await.guest().see(Control::EndCall).await;
        tabs.close(1).await;
        tabs.at(0).await.guest().see(Control::Notes).await;
        tabs.at(0).await.guest().see_text("[role=alert]", harness.texts().taken_over).await;
        tabs.at(0).await.guest().click(Control::EndCall).await;
        tabs.at(0).await.guest().click(Control::SaveCall).await;
        tabs.at(0).await.guest().see(Control::DialNumber).await;
        tabs.assert_one_call("").await;
    });
}

#[test]
fn the_leader_is_closed_in_wrap_up() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["window", "remote"]).await;
        tabs.start_call(0).await;
        tabs.at(1).await.guest().type_into(Control::Notes, "not lost").await;
        tabs.at(0).await.guest().click(Control::EndCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.close(0).await;
        tabs.at(1).await.guest().see_text("[role=alert]", harness.texts().taken_over).await;
        tabs.at(1).await.guest().see_value(Control::Notes, "not lost").await;
        tabs.at(1).await.guest().click(Control::SaveCall).await;
        tabs.at(1).await.guest().see(Control::DialNumber).await;
        tabs.assert_one_call("not lost").await;
    });
}

/// Two tabs load at the same time, and the one that knows nothing is first.
#[test]
fn a_stored_call_leads_though_another_frame_came_first() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
        tabs.start_call(0).await;
        tabs.at(0).await.guest().type_into(Control::Notes, "kept").await;
        tabs.leave(0).await;
        let initialized = tabs.open("remote").await;
        assert_eq!(initialized["data"]["isLoggedIn"], false, "{initialized}");
        let initialized = tabs.come_back(0).await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        tabs.at(1).await.guest().see_value(Control::Notes, "kept").await;
        tabs.at(1).await.guest().click(Control::EndCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(0).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("kept").await;
    });
}

/// HubSpot reloads the leader: another frame takes over, and the reloaded one follows it.
#[test]
fn the_leader_is_reloaded_during_a_call() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote", "remote"]).await;
        tabs.start_call(0).await;
        tabs.at(1).await.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        tabs.at(0).await.guest().type_into(Control::Notes, "twice ").await;
        tabs.at(1).await.guest().see_value(Control::Notes, "twice ").await;
        let initialized = tabs.reload(0).await;
        assert_eq!(initialized["data"]["engagementId"], 12, "{initialized}");
        tabs.at(0).await.guest().see_value(Control::Notes, "twice ").await;
        tabs.at(0).await.guest().type_into(Control::Notes, "here").await;
        tabs.at(1).await.guest().see_value(Control::Notes, "twice here").await;
        tabs.at(0).await.guest().click(Control::EndCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(0).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("twice here").await;
    });
}

/// A former leader that follows now stores nothing: a call that was saved in another frame does not return after a reload.
#[test]
fn a_follower_that_is_reloaded_restores_no_call() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote"]).await;
        tabs.start_call(0).await;
        tabs.at(0).await.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        tabs.open("window").await;
        tabs.at(1).await.guest().click(Control::EndCall).await;
        tabs.at(1).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        let stored = tabs.at(0).await.guest().run("return sessionStorage.getItem('cti-state');", vec![]).await;
        assert_eq!(stored, Value::Null);
        let initialized = tabs.reload(0).await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        assert_eq!(initialized["data"].get("engagementId"), None, "{initialized}");
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("").await;
    });
}

/// A calling window announces that it takes over and is closed before it does: the earlier leader leads again, and no click is
/// lost.
#[test]
fn a_window_that_is_closed_before_it_takes_over() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "remote"]).await;
        let announce = "const channel = new BroadcastChannel('cti:62515:7');
            channel.postMessage(JSON.stringify({Hello: {takes_over: true}}));
            return new Promise(resolve => {
                channel.onmessage = event => resolve(Object.keys(JSON.parse(event.data)));
            });";
        let answer = tabs.at(0).await.guest().run(announce, vec![]).await;
        assert_eq!(answer, json!(["State"]));
        tabs.at(0).await.guest().click(Control::LogIn).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_received(&[("LOGGED_IN", 1)]).await;
        tabs.see_no_notice().await;
    });
}

/// HubSpot may start a second host for a running frame: the frame keeps its role and repeats nothing but INITIALIZED.
#[test]
fn a_second_host_repeats_the_handshake_with_a_running_frame() {
    run(async |harness| {
        let tabs = Tabs::open_all(harness, true, &["remote", "window"]).await;
        tabs.start_call(0).await;
        for tab in tabs.all() {
            tabs.at(tab).await.second_instance().await;
            tabs.at(tab).await.wait_for(2, Direction::Handled, "INITIALIZED").await;
        }
        tabs.at(0).await.guest().click(Control::EndCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(1).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("").await;
        tabs.assert_received(&[("INITIALIZED", 4)]).await;
    });
}

/// The leader is closed during a call: another frame takes over the call with its notes and its id.
#[test]
fn the_leader_is_closed_during_a_call() {
    run(async |harness| {
        let mut tabs = Tabs::open_all(harness, true, &["remote", "remote", "window"]).await;
        tabs.at(0).await.guest().click(Control::LogIn).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.at(2).await.guest().type_over(Control::DialNumber, CALLEE).await;
        tabs.at(2).await.guest().click(Control::Call).await;
        tabs.see_everywhere(Control::Notes).await;
        tabs.at(0).await.guest().type_into(Control::Notes, "still here").await;
        tabs.at(2).await.guest().see_value(Control::Notes, "still here").await;
        assert_eq!(tabs.received_in(2, "OUTGOING_CALL_STARTED").await.len(), 1, "the calling window leads");
        tabs.close(2).await;
        for tab in tabs.all() {
            tabs.at(tab).await.guest().see_text("[role=alert]", harness.texts().taken_over).await;
        }
        tabs.at(1).await.guest().click(Control::EndCall).await;
        tabs.see_everywhere(Control::SaveCall).await;
        tabs.at(0).await.guest().click(Control::SaveCall).await;
        tabs.see_everywhere(Control::DialNumber).await;
        tabs.assert_one_call("still here").await;
    });
}
