//! How outbound calls end, under the npm package as host. The tables of `call-model` have every way to end, and the simulator's scenarios
//! show them with this widget.

use e2e::{COUNTRY_PREFIX, Control, json, run};

const CALLEE: &str = "+16175550100";

#[test]
fn a_busy_number_ends_busy() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let call = host.dial("+16175550101").await["externalCallId"].clone();
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 1})).await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"]["callEndStatus"], "BUSY");
        host.guest().click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        assert_eq!(completed["data"]["externalCallId"], call, "{completed}");
        assert_eq!(properties["hs_call_status"], "BUSY", "{completed}");
        assert_eq!(properties["hs_call_duration"], "0", "{completed}");
        host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
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
