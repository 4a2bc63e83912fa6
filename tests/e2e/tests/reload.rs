//! Reloads: the call, its timer and its notes are restored, and HubSpot receives no message of the call twice.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, Host, HostPage, RING_TIME, Value, json, run, tour};

/// Makes a call with a reload in each of its phases.
#[track_caller]
fn check(reload: impl AsyncFn(&Host<'_>)) {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();

        reload(&host).await;
        assert_initialized(&host, true, Value::Null).await;
        widget.type_over(Control::DialNumber, "+16175550100").await;
        widget.click(Control::Call).await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        let call = started["data"]["externalCallId"].clone();
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        host.next("CALL_ANSWERED").await;
        let answered_at = host.received_at("CALL_ANSWERED").await;
        widget.type_into(Control::Notes, "half a sent").await;
        widget.click(Control::Hold).await;
        widget.see_attribute(Control::Hold, "aria-pressed", Some("true")).await;
        widget.click(Control::Mute).await;
        widget.see_attribute(Control::Mute, "aria-pressed", Some("true")).await;

        reload(&host).await;
        assert_initialized(&host, true, json!(12)).await;
        widget.see_value(Control::Notes, "half a sent").await;
        for switch in [Control::Mute, Control::Hold] {
            widget.see_attribute(switch, "aria-pressed", Some("true")).await;
        }
        assert!(timer(&host).await + 2.0 >= (host.now().await - answered_at) / 1000.0, "the timer continues");
        widget.type_into(Control::Notes, "ence").await;
        widget.click(Control::EndCall).await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "engagementId": 12, "callEndStatus": "COMPLETED"}));
        let talked = host.received_at("CALL_ENDED").await - answered_at;

        reload(&host).await;
        assert_initialized(&host, true, json!(12)).await;
        widget.see_value(Control::Notes, "half a sentence").await;
        widget.click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        assert_eq!(completed["data"]["externalCallId"], call);
        assert_eq!(properties["hs_call_body"], "half a sentence");
        let duration = properties["hs_call_duration"].as_str().unwrap();
        assert!((duration.parse::<f64>().unwrap() - talked).abs() < 1_000.0, "{talked} ms, and {duration} reported");
        assert_eq!(properties["hs_timestamp"], started["data"]["callStartTime"].to_string().as_str());
        widget.see(Control::DialNumber).await;

        widget.click(Control::LogOut).await;
        host.next("LOGGED_OUT").await;
        reload(&host).await;
        assert_initialized(&host, false, Value::Null).await;
        widget.see(Control::LogIn).await;
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
        // The npm host restarts the handshake with each load of its frame.
    });
}

/// The outgoing call rings on during the reload: its answer is reported once.
#[track_caller]
fn check_while_dialing(reload: impl AsyncFn(&Host<'_>)) {
    run(async |harness| {
        let host = harness.logged_in().await;
        let started = host.dial("+16175550100").await;
        reload(&host).await;
        assert_initialized_first(&host, true, Value::Null).await;
        host.guest().see(Control::EndCall).await;
        let answered = host.next("CALL_ANSWERED").await;
        assert_eq!(answered["data"], json!({"externalCallId": started["externalCallId"]}));
        let waited = host.received_at("CALL_ANSWERED").await - started["callStartTime"].as_f64().unwrap();
        assert!((2_400.0..9_000.0).contains(&waited), "the mock answers after 2.5 s, not {waited} ms");
        host.hang_up_and_save().await;
        host.nothing_more().await;
    });
}

#[test]
fn of_the_host_page_while_dialing() {
    check_while_dialing(async |host| host.reload().await);
}

#[test]
fn of_the_frame_while_dialing() {
    check_while_dialing(async |host| {
        host.guest().run("location.reload();", vec![]).await;
    });
}

/// The duration counts from the answer, not from the end of the reload.
#[test]
fn the_answer_comes_during_the_reload() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let started = host.dial("+16175550100").await;
        let answered_at = started["callStartTime"].as_f64().unwrap() + 2_500.0;
        harness.server.hold(".wasm");
        host.reload().await;
        host.wait_until(answered_at + 2_000.0).await;
        harness.server.release(".wasm");
        host.initialized().await;
        host.next("CALL_ANSWERED").await;
        host.guest().see(Control::Notes).await;
        assert!(timer(&host).await >= 2.0, "the timer begins with the answer");
        host.guest().click(Control::EndCall).await;
        host.next("CALL_ENDED").await;
        let talked = host.received_at("CALL_ENDED").await - answered_at;
        host.guest().click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        let duration = completed["data"]["engagementProperties"]["hs_call_duration"].as_str().unwrap();
        assert!((duration.parse::<f64>().unwrap() - talked).abs() < 1_000.0, "{talked} ms, and {duration} reported");
        host.nothing_more().await;
    });
}

/// An incoming call rings on, for the ring time in total, and is transferred once.
#[test]
fn while_it_rings() {
    run(async |harness| {
        let host = harness.logged_in().await;
        tour::simulate_incoming(&host.guest(), async || ()).await;
        host.next("USER_AVAILABLE").await;
        let incoming = host.next("INCOMING_CALL").await;
        host.guest().see(Control::Answer).await;
        host.reload().await;
        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isAvailable"], true, "{initialized}");
        let transferred = host.next("CALL_TRANSFERRED").await;
        assert_eq!(transferred["data"]["externalCallId"], incoming["data"]["externalCallId"]);
        let rang = host.received_at("CALL_TRANSFERRED").await - incoming["data"]["callStartTime"].as_f64().unwrap();
        assert!(
            (RING_TIME - 100.0..RING_TIME + 4_000.0).contains(&rang),
            "it rings for {RING_TIME} ms, not for {rang} ms"
        );
        host.guest().see(Control::DialNumber).await;
        host.reload().await;
        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isAvailable"], true, "{initialized}");
        host.nothing_more().await;
    });
}

/// The ringtone stays muted after a reload.
#[test]
fn the_muted_ringtone_stays_muted() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        widget.click(Control::Availability).await;
        widget.click(Control::Ringtone).await;
        widget.see_attribute(Control::Ringtone, "aria-checked", Some("false")).await;
        host.reload().await;
        host.initialized().await;
        widget.click(Control::Availability).await;
        widget.see_attribute(Control::Ringtone, "aria-checked", Some("false")).await;
    });
}

/// HubSpot opens the record, and READY then has the engagement of the call.
#[test]
fn the_engagement_of_ready_belongs_to_the_restored_call() {
    run(async |harness| {
        let host = harness.logged_in().await;
        host.dial("+16175550100").await;
        host.next("CALL_ANSWERED").await;
        let host = HostPage { sync: json!({"engagementId": 77}), ..harness.widget() }.open(harness).await;
        assert_initialized(&host, true, json!(77)).await;
        host.guest().click(Control::EndCall).await;
        assert_eq!(host.next("CALL_ENDED").await["data"]["engagementId"], 77);
        host.guest().click(Control::SaveCall).await;
        assert_eq!(host.next("CALL_COMPLETED").await["data"]["engagementId"], 77);
        host.nothing_more().await;
    });
}

async fn assert_initialized(host: &Host<'_>, logged_in: bool, engagement: Value) {
    let initialized = host.initialized().await;
    assert_eq!(initialized["data"]["isLoggedIn"], logged_in, "{initialized}");
    assert_eq!(initialized["data"]["engagementId"], engagement, "{initialized}");
    host.nothing_more().await;
}

/// As [`assert_initialized`], when another message may follow.
async fn assert_initialized_first(host: &Host<'_>, logged_in: bool, engagement: Value) {
    let initialized = host.initialized().await;
    assert_eq!(initialized["data"]["isLoggedIn"], logged_in, "{initialized}");
    assert_eq!(initialized["data"]["engagementId"], engagement, "{initialized}");
}

/// What the timer shows, in seconds.
async fn timer(host: &Host<'_>) -> f64 {
    let shown = host.guest().see("[role=timer]").await.text().await.unwrap();
    let parts: Vec<f64> = shown.split(':').map(|part| part.parse().unwrap()).collect();
    parts.iter().fold(0.0, |seconds, part| seconds * 60.0 + part)
}
