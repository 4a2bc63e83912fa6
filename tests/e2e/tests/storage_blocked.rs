//! A browser that blocks storage in frames of other sites, as private windows and many companies do.

use e2e::{Host, TestHarness, Value, json, run_with_blocked_storage};

#[track_caller]
fn check(test: impl AsyncFnOnce(&TestHarness)) {
    run_with_blocked_storage(async |harness| {
        // The widget asks for access with the log-in. Chromium refuses it to a site that the user has never opened, and logs that.
        harness.expect_error("requestStorageAccess");
        test(harness).await;
    });
}

/// The page around the frame stays; the frame itself is reloaded, as when HubSpot shows another record.
async fn reload_frame(host: &Host<'_>) {
    host.guest().run("location.reload();", vec![]).await;
    host.initialized().await;
}

#[test]
fn storage_is_really_blocked() {
    check(async |harness| {
        let host = harness.logged_in().await;
        let read = "try { sessionStorage.length; return 'allowed'; } catch (error) { return error.name; }";
        assert_eq!(host.guest().run(read, vec![]).await, json!("SecurityError"));
    });
}

#[test]
fn the_user_is_told_once() {
    check(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        widget.see_text("[role=alert]", "blocks storage").await;
        widget.click("[role=alert] button").await;
        widget.see_text("[role=status]", "console").await;
        reload_frame(&host).await;
        widget.see("dial-number-input").await;
        widget.click("log-out").await;
        widget.see("log-in").await;
        assert!(!widget.has("[role=alert]").await, "not told again");
        widget.click("log-in").await;
        widget.see("dial-number-input").await;
    });
}

#[test]
fn a_call_survives_a_reload_of_the_frame() {
    check(async |harness| {
        let host = harness.logged_in().await;
        let started = host.dial("+16175550100").await;
        host.next("CALL_ANSWERED").await;
        let widget = host.guest();
        widget.type_into("#callingnotes", "not lost").await;
        reload_frame(&host).await;
        widget.see_value("#callingnotes", "not lost").await;
        widget.click("end-call").await;
        host.next("CALL_ENDED").await;
        widget.click("complete-call").await;
        let completed = host.next("CALL_COMPLETED").await;
        assert_eq!(completed["data"]["externalCallId"], started["externalCallId"]);
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "not lost");
        reload_frame(&host).await;
        widget.see("dial-number-input").await;
    });
}

#[test]
fn leaving_the_page_is_questioned_during_a_call_only() {
    check(async |harness| {
        let host = harness.logged_in().await;
        let questioned = "const event = new Event('beforeunload', {cancelable: true});
            dispatchEvent(event); return event.defaultPrevented;";
        let widget = host.guest();
        assert_eq!(widget.run(questioned, vec![]).await, json!(false));
        host.dial("+16175550100").await;
        assert_eq!(widget.run(questioned, vec![]).await, json!(true));
        widget.click("end-call").await;
        widget.see("complete-call").await;
        assert_eq!(widget.run(questioned, vec![]).await, Value::Bool(false));
    });
}

/// Other scripts may keep something in `history.state` too.
#[test]
fn what_others_keep_in_the_history_stays() {
    check(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        widget.run("history.replaceState({...history.state, other: 1}, '');", vec![]).await;
        widget.click("log-out").await;
        widget.see("log-in").await;
        let left = "return [history.state.other, history.state['cti-state'] ?? null];";
        assert_eq!(widget.run(left, vec![]).await, json!([1, null]));
    });
}
