//! A reload loses nothing: the same call, its timer and the notes are back, and HubSpot hears no call message twice.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Direction, Host, Value, json, run};

/// Brings a call to each state, loads the frame or the whole host page anew, and goes on with it.
#[track_caller]
fn check(reload: impl AsyncFn(&Host<'_>)) {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        let widget = host.guest();
        host.initialized().await;
        widget.click("log-in").await;
        host.next("LOGGED_IN").await;

        reload(&host).await;
        assert_initialized(&host, true, Value::Null).await;
        widget.type_over("dial-number-input", "+16175550100").await;
        widget.click("outgoing-call").await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        let call = started["data"]["externalCallId"].clone();
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        host.next("CALL_ANSWERED").await;
        widget.type_into("#callingnotes", "half a sent").await;
        widget.click("#mute").await;
        widget.see_attribute("#mute", "aria-pressed", Some("true")).await;

        reload(&host).await;
        assert_initialized(&host, true, json!(12)).await;
        widget.see_value("#callingnotes", "half a sent").await;
        widget.type_into("#callingnotes", "ence").await;
        widget.click("end-call").await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "engagementId": 12, "callEndStatus": "COMPLETED"}));

        reload(&host).await;
        assert_initialized(&host, true, json!(12)).await;
        widget.see_value("#callingnotes", "half a sentence").await;
        widget.click("complete-call").await;
        let completed = host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        assert_eq!(completed["data"]["externalCallId"], call);
        assert_eq!(properties["hs_call_body"], "half a sentence");
        assert_eq!(properties["hs_timestamp"], started["data"]["callStartTime"].to_string().as_str());
        widget.see("dial-number-input").await;

        widget.click("log-out").await;
        host.next("LOGGED_OUT").await;
        reload(&host).await;
        assert_initialized(&host, false, Value::Null).await;
        widget.see("log-in").await;
    });
}

#[test]
fn of_the_host_page() {
    check(async |host| host.reload().await);
}

#[test]
fn of_the_frame_alone() {
    check(async |host| {
        host.guest().run("location.reload();", vec![]).await;
        // The npm host begins anew with each load of its frame.
    });
}

/// The browser copies a tab with its session storage; two tabs must not have the same call.
#[test]
fn a_copied_tab_is_no_second_call() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.guest().type_over("dial-number-input", "+16175550100").await;
        host.guest().click("outgoing-call").await;
        host.guest().see("#callingnotes").await;
        let original = stage.driver().window().await.unwrap();
        host.run("window.open(location.href);", vec![]).await;
        let copy = stage.other_window(&original).await;
        stage.driver().switch_to_window(copy).await.unwrap();
        let copied = stage.widget().opened(stage);
        assert_eq!(copied.initialized().await["data"].get("engagementId"), None);
        copied.nothing_more().await;
        assert!(!copied.guest().has("end-call").await);
        stage.driver().switch_to_window(original).await.unwrap();
        host.guest().click("end-call").await;
        host.guest().see("complete-call").await;
        assert_eq!(host.count(Direction::Handled, "CALL_ENDED").await, 1);
    });
}

/// What an older version kept, or nobody knows who, is discarded.
#[test]
fn a_kept_state_that_is_broken_is_discarded() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        for broken in ["", "null", "{}", "[1", "{\"version\": 999999}", "\u{fffd}"] {
            let break_all = "for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, arguments[0]);
                if (!sessionStorage.length) throw new Error('nothing is kept');";
            host.guest().click("log-in").await;
            host.guest().see("dial-number-input").await;
            host.guest().run(break_all, vec![json!(broken)]).await;
            host.reload().await;
            assert_initialized(&host, false, Value::Null).await;
            host.guest().see("log-in").await;
        }
    });
}

async fn assert_initialized(host: &Host<'_>, logged_in: bool, engagement: Value) {
    let initialized = host.initialized().await;
    assert_eq!(initialized["data"]["isLoggedIn"], logged_in, "{initialized}");
    assert_eq!(initialized["data"]["engagementId"], engagement, "{initialized}");
    host.nothing_more().await;
}
