//! A browser that blocks storage in frames of other sites, as private windows and many companies do.

use e2e::{Control, FrameStorage, Host, Setting, Value, json, run_in, run_with_blocked_storage};

/// The page around the frame stays; the frame itself is reloaded, as when HubSpot shows another record.
async fn reload_frame(host: &Host<'_>) {
    host.guest().run("location.reload();", vec![]).await;
    host.initialized().await;
}

#[test]
fn storage_is_blocked() {
    run_with_blocked_storage(async |harness| {
        let host = harness.logged_in().await;
        let read = "try { sessionStorage.length; return 'allowed'; } catch (error) { return error.name; }";
        assert_eq!(host.guest().run(read, vec![]).await, json!("SecurityError"));
    });
}

#[test]
fn the_user_is_notified_once() {
    run_with_blocked_storage(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        widget.see_text("[role=alert]", widget.texts().storage_blocked).await;
        widget.click(Control::CloseNotice).await;
        widget.see_text("[role=status]", widget.texts().notice[0].trim()).await;
        reload_frame(&host).await;
        widget.see(Control::DialNumber).await;
        widget.click(Control::LogOut).await;
        widget.see(Control::LogIn).await;
        assert!(!widget.has("[role=alert]").await, "not notified again");
        widget.click(Control::LogIn).await;
        widget.see(Control::DialNumber).await;
    });
}

#[test]
fn a_call_survives_a_reload_of_the_frame() {
    run_with_blocked_storage(async |harness| {
        let host = harness.logged_in().await;
        let started = host.dial("+16175550100").await;
        host.next("CALL_ANSWERED").await;
        let widget = host.guest();
        widget.type_into(Control::Notes, "not lost").await;
        reload_frame(&host).await;
        widget.see_value(Control::Notes, "not lost").await;
        widget.click(Control::EndCall).await;
        host.next("CALL_ENDED").await;
        widget.click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        assert_eq!(completed["data"]["externalCallId"], started["externalCallId"]);
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "not lost");
        reload_frame(&host).await;
        widget.see(Control::DialNumber).await;
    });
}

#[test]
fn leaving_the_page_needs_a_confirmation_during_a_call_only() {
    run_with_blocked_storage(async |harness| {
        let host = harness.logged_in().await;
        let needs_confirmation = "const event = new Event('beforeunload', {cancelable: true});
            dispatchEvent(event); return event.defaultPrevented;";
        let widget = host.guest();
        assert_eq!(widget.run(needs_confirmation, vec![]).await, json!(false));
        host.dial("+16175550100").await;
        assert_eq!(widget.run(needs_confirmation, vec![]).await, json!(true));
        widget.click(Control::EndCall).await;
        widget.see(Control::SaveCall).await;
        assert_eq!(widget.run(needs_confirmation, vec![]).await, Value::Bool(false));
    });
}

/// Firefox leaves a frame of another site its `sessionStorage`, but neither locks nor a channel to other frames.
#[test]
fn a_call_survives_a_reload_of_the_page_where_only_session_storage_works() {
    run_in(Setting { storage: FrameStorage::SessionOnly, ..Setting::default() }, async |harness| {
        let host = harness.widget().remote().open(harness).await;
        host.initialized().await;
        let widget = host.guest();
        let open = "try { new BroadcastChannel('a'); return 'allowed'; } catch (error) { return error.name; }";
        assert_eq!(widget.run(open, vec![]).await, "SecurityError");
        host.log_in().await;
        let started = host.dial("+16175550100").await;
        host.next("CALL_ANSWERED").await;
        widget.type_into(Control::Notes, "not lost").await;
        host.reload().await;
        host.initialized().await;
        widget.see_value(Control::Notes, "not lost").await;
        let completed = host.hang_up_and_save().await;
        assert_eq!(completed["data"]["externalCallId"], started["externalCallId"]);
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "not lost");
        host.nothing_more().await;
    });
}

/// Other scripts may use `history.state` too.
#[test]
fn values_of_other_scripts_stay_in_the_history_state() {
    run_with_blocked_storage(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        widget.run("history.replaceState({...history.state, other: 1}, '');", vec![]).await;
        widget.click(Control::LogOut).await;
        widget.see(Control::LogIn).await;
        let left = "return [history.state.other, history.state['cti-state'] ?? null];";
        assert_eq!(widget.run(left, vec![]).await, json!([1, null]));
    });
}
