//! Presence and incoming calls, under the npm package as host.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Host, Stage, Value, json, run, tour};

const US: &str = "+16179483986";
const CALLER: &str = "+16175550142";

#[test]
fn availability_is_told_and_ends_with_the_log_out() {
    run(async |stage| {
        let host = logged_in(stage).await;
        let widget = host.guest();
        widget.click("toggle-availability").await;
        for (choice, message) in [("user-available", "USER_AVAILABLE"), ("user-unavailable", "USER_UNAVAILABLE")] {
            widget.click(choice).await;
            assert_eq!(host.next(message).await.get("data"), None);
            widget.click(choice).await; // it is so already
            host.nothing_more().await;
        }
        widget.click("user-available").await;
        host.next("USER_AVAILABLE").await;
        widget.click("log-out").await;
        host.next("USER_UNAVAILABLE").await;
        host.next("LOGGED_OUT").await;
        widget.click("log-in").await;
        host.next("LOGGED_IN").await;
        widget.click("toggle-availability").await;
        widget.see_attribute("user-unavailable", "aria-checked", Some("true")).await;
        host.nothing_more().await;
    });
}

#[test]
fn answered_and_saved() {
    run(async |stage| {
        let host = logged_in(stage).await;
        let widget = host.guest();
        let call = ring(&host).await;
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 9, "externalCallId": call})).await;
        let coordinates = json!({"portalId": 62515, "objectId": 51, "objectTypeId": "0-1", "newer": true});
        let ada =
            json!({"callerIdType": "CONTACT", "objectCoordinates": coordinates, "firstName": "Ada", "lastName": null});
        host.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": [ada]})).await;
        widget.see("//h1[normalize-space(.)='Ada']").await; // not "Ada null"
        widget.click("//button[contains(., 'record')]").await;
        let navigate = host.next("NAVIGATE_TO_RECORD").await;
        assert_eq!(navigate["data"], json!({"engagementId": 9, "objectCoordinates": coordinates, "openIn": "NEW_TAB"}));
        widget.click("answer-call").await;
        assert_eq!(host.next("CALL_ANSWERED").await["data"], json!({"externalCallId": call}));
        widget.type_into("#callingnotes", "called back").await;
        widget.click("end-call").await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "engagementId": 9, "callEndStatus": "COMPLETED"}));
        widget.click("complete-call").await;
        let completed = host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        assert_eq!(
            *properties,
            json!({
                "hs_timestamp": properties["hs_timestamp"], "hs_call_body": "called back",
                "hs_call_duration": properties["hs_call_duration"], "hs_call_status": "COMPLETED",
                "hs_call_direction": "INBOUND", "hs_call_from_number": CALLER, "hs_call_to_number": US,
            })
        );
        host.nothing_more().await;
    });
}

#[test]
fn declined() {
    run(async |stage| {
        let host = logged_in(stage).await;
        let call = ring(&host).await;
        host.guest().click("end-call").await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "callEndStatus": "REJECTED"}));
        host.guest().click("complete-call").await;
        let completed = host.next("CALL_COMPLETED").await;
        // REJECTED is an end and no status of an engagement.
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_status"], "CANCELED");
        host.nothing_more().await;
    });
}

#[test]
fn given_away_when_nobody_answers() {
    run(async |stage| {
        let host = logged_in(stage).await;
        let call = ring(&host).await;
        let transferred = host.next("CALL_TRANSFERRED").await;
        assert_eq!(transferred["data"], json!({"externalCallId": call}));
        host.guest().see_number("dial-number-input", "+1").await;
        host.nothing_more().await; // that was the last of it
    });
}

#[test]
fn nobody_rings_who_is_unavailable() {
    run(async |stage| {
        let host = logged_in(stage).await;
        let widget = host.guest();
        widget.click("toggle-availability").await;
        widget.see("user-available").await;
        if widget.has("toggle-incoming-call-option").await {
            assert!(!widget.is_enabled("toggle-incoming-call-option").await);
        }
        assert!(!widget.has("incoming-number-input").await, "the form is hidden, and not there either");
        host.nothing_more().await;
    });
}

async fn logged_in(stage: &Stage) -> Host<'_> {
    let host = stage.widget().open(stage).await;
    host.initialized().await;
    host.guest().click("log-in").await;
    host.next("LOGGED_IN").await;
    host
}

/// Somebody calls: the call's id.
async fn ring(host: &Host<'_>) -> Value {
    tour::call_oneself(&host.guest(), async || ()).await;
    host.next("USER_AVAILABLE").await;
    let incoming = host.next("INCOMING_CALL").await;
    let call = incoming["data"]["externalCallId"].clone();
    assert!(call.is_string() && incoming["data"]["callStartTime"].is_u64(), "{incoming}");
    assert_eq!(
        incoming["data"],
        json!({
            "externalCallId": call, "fromNumber": CALLER, "toNumber": US,
            "callStartTime": incoming["data"]["callStartTime"], "createEngagement": true,
        })
    );
    host.guest().see("answer-call").await;
    call
}
