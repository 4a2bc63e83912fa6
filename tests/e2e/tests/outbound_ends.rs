//! How outbound calls end, each with its own status, under the npm package as host.

use e2e::{COUNTRY_PREFIX, Control, Host, Value, json, run};
use std::time::Duration;

const CALLEE: &str = "+16175550100";

/// Calls a number that is not answered, and waits for the end of the call.
#[track_caller]
fn check_unanswered(number: &'static str, status: &'static str) {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = host.dial(number).await["externalCallId"].clone();
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 1})).await;
        let ended = host.next_within("CALL_ENDED", Duration::from_secs(25)).await;
        assert_eq!(ended["data"]["callEndStatus"], status, "{number}");
        host.guest().click(Control::SaveCall).await;
        assert_completed(&host, &call, status, "0").await;
    });
}

#[test]
fn a_busy_number_ends_busy() {
    check_unanswered("+16175550101", "BUSY");
}

#[test]
fn a_number_that_nobody_answers_ends_after_20_seconds() {
    check_unanswered("+16175550102", "NO_ANSWER");
}

#[test]
fn a_number_that_fails_ends_failed() {
    check_unanswered("+16175550104", "FAILED");
}

#[test]
fn a_call_that_drops_ends_failed_after_10_seconds_of_talk() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = host.dial("+16175550103").await["externalCallId"].clone();
        host.next("CALL_ANSWERED").await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "callEndStatus": "FAILED"}));
        host.guest().click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        let talked = completed["data"]["engagementProperties"]["hs_call_duration"].as_str().map(str::parse::<f64>);
        let talked = talked.expect("a text").expect("a number");
        assert!((9_900.0..15_000.0).contains(&talked), "{talked}");
        host.nothing_more().await;
    });
}

#[test]
fn hanging_up_while_dialing_ends_canceled() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = host.dial(CALLEE).await["externalCallId"].clone();
        host.guest().click(Control::EndCall).await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "callEndStatus": "CANCELED"}));
        host.guest().click(Control::SaveCall).await;
        assert_completed(&host, &call, "CANCELED", "0").await;
    });
}

#[test]
fn the_host_ends_the_call_with_end_call() {
    run(async |harness| {
        let host = harness.logged_in().await;
        for (answered, status) in [(false, "CANCELED"), (true, "COMPLETED")] {
            let call = host.dial(CALLEE).await["externalCallId"].clone();
            if answered {
                host.next("CALL_ANSWERED").await;
            }
            host.send("END_CALL", json!({"undocumented": [true]})).await;
            let ended = host.next("CALL_ENDED").await;
            assert_eq!(ended["data"], json!({"externalCallId": call, "callEndStatus": status}));
            host.send("END_CALL", Value::Null).await; // the second one belongs to no call
            host.guest().click(Control::SaveCall).await;
            host.next("CALL_COMPLETED").await;
        }
        host.nothing_more().await;
    });
}

#[test]
fn logging_out_completes_the_call() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = host.dial(CALLEE).await["externalCallId"].clone();
        host.guest().click(Control::EndCall).await;
        host.next("CALL_ENDED").await;
        if host.guest().has(Control::LogOut).await {
            host.guest().click(Control::LogOut).await;
        } else {
            host.guest().click(Control::SaveCall).await;
        }
        let completed = host.next("CALL_COMPLETED").await;
        assert_eq!(completed["data"]["externalCallId"], call);
        if !host.guest().has(Control::LogIn).await {
            host.guest().click(Control::LogOut).await;
        }
        let logged_out = host.next("LOGGED_OUT").await;
        assert_eq!(logged_out.get("data"), None, "{logged_out}");
        host.guest().see(Control::LogIn).await;
        host.nothing_more().await;
    });
}

async fn assert_completed(host: &Host<'_>, call: &Value, status: &str, duration: &str) {
    let completed = host.next("CALL_COMPLETED").await;
    let properties = &completed["data"]["engagementProperties"];
    assert_eq!(completed["data"]["externalCallId"], *call, "{completed}");
    assert_eq!(properties["hs_call_status"], status, "{completed}");
    assert_eq!(properties["hs_call_duration"], duration, "{completed}");
    host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
    host.nothing_more().await;
}
