//! Calls that show all screens, for tests that examine each of them.

use crate::controls::Control;
use crate::frame::Frame;
use crate::host_page::Host;
use crate::test_harness::TestHarness;
use demo_app_rust::config::COUNTRY_PREFIX;
use serde_json::json;
use thirtyfour::Key;

/// Shows every screen, open menu and panel of an outbound call, and calls `look` with the name of each when its animations have
/// ended. The widget is not logged in, and its handshake is complete.
pub async fn outbound(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    widget.see(Control::LogIn).await;
    widget.settle().await;
    look("login").await;

    widget.click(Control::LogIn).await;
    widget.see(Control::DialNumber).await;
    widget.settle().await;
    look("keypad").await;

    widget.click(Control::FromNumber).await;
    widget.see(Control::OwnNumber(2)).await;
    widget.settle().await;
    look("from-number-menu").await;
    widget.click(Control::OwnNumber(1)).await;

    widget.click(Control::Availability).await;
    widget.see(Control::Available).await;
    widget.settle().await;
    look("availability-menu").await;
    widget.press(Key::Escape).await;
    widget.click(Control::DialNumber).await;

    host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
    widget.see_number(Control::DialNumber, "+16175550100").await;
    widget.settle().await;
    look("keypad-with-number").await;

    widget.click(Control::Call).await;
    widget.see(Control::EndCall).await;
    widget.settle().await;
    look("dialing").await;

    widget.see(Control::Notes).await;
    host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 1})).await;
    widget.settle().await;
    look("calling").await;

    widget.click(Control::Keypad).await;
    widget.see(Control::Key('5')).await;
    widget.settle().await;
    look("calling-keypad").await;

    widget.click(Control::Transfer).await;
    widget.see_number(Control::TransferNumber, COUNTRY_PREFIX).await;
    widget.settle().await;
    look("calling-transfer").await;

    widget.click(Control::EndCall).await;
    widget.see(Control::SaveCall).await;
    widget.settle().await;
    look("call-ended").await;

    widget.click(Control::SaveCall).await;
    widget.see(Control::DialNumber).await;
}

/// As [`outbound`], for an incoming call and for the notices about failures of HubSpot.
pub async fn inbound(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    widget.click(Control::LogIn).await;
    simulate_incoming(&widget, async || look("trigger-incoming").await).await;
    widget.see(Control::Answer).await;
    widget.settle().await;
    look("incoming").await;

    let coordinates = json!({"portalId": 62515, "objectId": 51, "objectTypeId": "0-1"});
    let ada =
        json!({"callerIdType": "CONTACT", "objectCoordinates": coordinates, "firstName": "Ada", "lastName": null});
    let engines = json!({"callerIdType": "COMPANY", "objectCoordinates": coordinates, "name": "Engines Ltd."});
    host.send("CALLER_ID_MATCH_SUCCEEDED", json!({"callerIdMatches": [ada, engines]})).await;
    widget.see("//*[contains(., 'Ada')]").await;
    widget.settle().await;
    look("incoming-matches").await;

    widget.click(Control::Answer).await;
    widget.see(Control::Notes).await;
    host.send("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "The contact was deleted."}})).await;
    widget.see_text("[role=alert]", "The contact was deleted.").await;
    widget.settle().await;
    look("calling-with-notice").await;

    widget.click(Control::EndCall).await;
    widget.see(Control::SaveCall).await;
    widget.settle().await;
    look("call-ended-without-engagement").await;

    widget.click(Control::SaveCall).await;
    widget.see(Control::DialNumber).await;
}

/// Shows what exists in a `remote` frame only, and the screen for a refused microphone. The widget is not logged in, and its
/// handshake is complete.
pub async fn remote_frame(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    widget.see(Control::OpenWindow).await;
    widget.settle().await;
    look("login-remote").await;

    widget.click(Control::LogIn).await;
    widget.see(Control::DialNumber).await;
    widget.see(Control::OpenWindow).await;
    widget.settle().await;
    look("keypad-remote").await;

    // The mock phone needs no microphone, so nobody can refuse it.
    restart_with(host, "state.microphone_refused = true;").await;
    widget.see(Control::RetryMicrophone).await;
    widget.settle().await;
    look("no-microphone").await;
}

/// Shows what the mocks cannot bring about: a log-in that is refused, and notices with a number and with notes. The user is logged in.
pub async fn stored_states(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    let number = json!([{"RefusedCall": {"number": "+16175550142"}}]);
    let notes = json!([{"SaveFailed": {"reason": "The contact was deleted.", "notes": "Wants 40 seats."}}]);
    let refused = json!([{"LogInRefused": {"reason": "The password is wrong."}}]);
    for (screen, change) in [
        ("keypad-with-refused-call", format!("state.notices = {number};")),
        ("keypad-with-lost-notes", format!("state.notices = {notes};")),
        ("login-refused", format!("state.session = null; state.available = false; state.notices = {refused};")),
    ] {
        restart_with(host, &change).await;
        widget.see("//main").await;
        widget.settle().await;
        look(screen).await;
    }
}

/// Shows a log-in that takes time: this frame follows another one, which does not answer. No page of this tab leads from then on.
pub async fn slow_log_in(harness: &TestHarness, look: impl AsyncFnOnce(&str)) {
    let never = "navigator.locks?.request('cti:62515:7', () => new Promise(() => {}));";
    harness.before_every_page(never).await;
    let host = harness.widget().remote().open(harness).await;
    host.initialized().await;
    let widget = host.guest();
    widget.click(Control::LogIn).await;
    widget.see_attribute(Control::LogIn, "aria-disabled", Some("true")).await;
    widget.settle().await;
    look("login-busy").await;
}

/// Reloads the host page and changes the state that the widget has stored when it is left: `state.available = true;`. The widget writes
/// it at `pagehide`; Firefox loses what a frame of another site writes then, and has only what was there before.
pub async fn restart_with(host: &Host<'_>, change: &str) {
    let script = format!(
        "for (const event of ['beforeunload', 'pagehide']) addEventListener(event, () => {{
            const snapshot = JSON.parse(sessionStorage.getItem('cti-state'));
            const {{state}} = snapshot;
            {change}
            sessionStorage.setItem('cti-state', JSON.stringify(snapshot));
        }});"
    );
    host.guest().run(&script, vec![]).await;
    host.reload().await;
    host.initialized().await;
}

/// Makes the user available and simulates an incoming call. `look` is called when the form is filled in.
pub async fn simulate_incoming(widget: &Frame<'_>, look: impl AsyncFnOnce()) {
    widget.click(Control::Availability).await;
    widget.click(Control::Available).await;
    widget.click(Control::TriggerIncoming).await;
    widget.type_over(Control::IncomingNumber, "+16175550142").await;
    widget.settle().await;
    look().await;
    widget.click(Control::CallMe).await;
}
