//! The handshake: it completes exactly once, in any order of loading.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, Direction, json, run};

#[test]
fn many_syncs_before_the_wasm_are_one_handshake() {
    run(async |harness| {
        harness.server.hold(".wasm");
        let host = harness.widget().open(harness).await;
        let early = host.wait_for(8, Direction::Sent, "SYNC").await;
        harness.server.release(".wasm");
        host.initialized().await;
        host.nothing_more().await;
        for (direction, kind) in
            [(Direction::Received, "SYNC_ACK"), (Direction::Handled, "READY"), (Direction::Handled, "INITIALIZED")]
        {
            assert_eq!(host.count(direction, kind).await, 1, "{kind}");
        }
        let acknowledged = host.wait_for(1, Direction::Received, "SYNC_ACK").await[0].message["messageId"].clone();
        let oldest = &early[..early.len() - 1];
        assert!(oldest.iter().all(|sync| sync.message["messageId"] != acknowledged), "only the newest is answered");
    });
}

#[test]
fn one_sync_before_the_wasm_is_enough() {
    run(async |harness| {
        harness.server.hold(".wasm");
        let mut page = harness.widget();
        page.syncs = Some(1);
        let host = page.open(harness).await;
        host.wait_for(1, Direction::Sent, "SYNC").await;
        harness.server.release(".wasm");
        host.initialized().await; // the host sends no other SYNC: the first one was not lost
        assert_eq!(host.count(Direction::Sent, "SYNC").await, 1);
    });
}

#[test]
fn the_acknowledgement_echoes_the_sync() {
    run(async |harness| {
        let mut page = harness.widget();
        page.sync = json!({
            "portalId": 62515, "userId": "77", "ownerId": 9_007_199_254_740_991_u64, "engagementId": null,
            "iframeLocation": "widget", "usesCallingWindow": false, "notYetInvented": {"a": [1, "b", null]},
        });
        let host = page.open(harness).await;
        host.initialized().await;
        let acknowledged = host.wait_for(1, Direction::Received, "SYNC_ACK").await.remove(0);
        let syncs = host.wait_for(1, Direction::Sent, "SYNC").await;
        let id = &acknowledged.message["messageId"];
        let sync =
            syncs.iter().find(|sync| sync.message["messageId"] == *id).expect("an answer to a SYNC of this host");
        let mut expected = sync.message.clone();
        expected["type"] = json!("SYNC_ACK");
        expected["version"] = json!("0.9.7");
        expected["iFrameUrl"] = json!(harness.guest_origin());
        expected["debugMode"] = acknowledged.message["debugMode"].clone();
        assert!(acknowledged.message["debugMode"].is_boolean());
        assert_eq!(acknowledged.message, expected);
    });
}

#[test]
fn a_log_in_before_the_handshake_is_reported_in_initialized() {
    run(async |harness| {
        let mut page = harness.widget();
        page.syncs = Some(0);
        let host = page.open(harness).await;
        host.guest().click(Control::LogIn).await;
        host.guest().see(Control::DialNumber).await;
        host.release_sync().await;
        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        host.nothing_more().await; // presence is never queued
    });
}

#[test]
fn a_call_before_the_handshake_is_reported_after_initialized() {
    run(async |harness| {
        let mut page = harness.widget();
        page.syncs = Some(0);
        let host = page.open(harness).await;
        host.guest().click(Control::LogIn).await;
        host.guest().type_over(Control::DialNumber, "+16175550100").await;
        host.guest().click(Control::Call).await;
        host.guest().click(Control::EndCall).await;
        host.guest().see(Control::SaveCall).await;
        host.release_sync().await;
        host.initialized().await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(started["data"]["externalCallId"], ended["data"]["externalCallId"]);
        host.nothing_more().await;
    });
}

#[test]
fn a_second_host_instance_gets_a_session_of_its_own() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        host.guest().click(Control::LogIn).await;
        host.next("LOGGED_IN").await;
        host.second_instance().await;
        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isLoggedIn"], true, "{initialized}");
        host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
        host.guest().see_number(Control::DialNumber, "+16175550100").await;
        host.guest().click(Control::Call).await;
        host.next("OUTGOING_CALL_STARTED").await;
        host.nothing_more().await;
        assert_eq!(host.count(Direction::Received, "SYNC_ACK").await, 2);
    });
}

#[test]
fn a_reload_of_the_host_repeats_the_handshake() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        host.reload().await;
        host.initialized().await;
        host.nothing_more().await;
        assert_eq!(host.count(Direction::Received, "SYNC_ACK").await, 1);
    });
}
