//! One way through all the screens, for those who look at each.

use crate::frame::Frame;
use crate::host_page::Host;
use serde_json::json;
use thirtyfour::Key;

/// Shows every screen, open menu and panel of an outbound call, one after the other, and lets `look` see each under its
/// name, with nothing moving any more. The widget is fresh and its handshake done.
pub async fn outbound(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    widget.see("log-in").await;
    widget.settle().await;
    look("login").await;

    widget.click("log-in").await;
    widget.see("dial-number-input").await;
    widget.settle().await;
    look("keypad").await;

    widget.click("from-number").await;
    widget.see("uk-number").await;
    widget.settle().await;
    look("from-number-menu").await;
    widget.click("us-number").await;

    widget.click("toggle-availability").await;
    widget.see("user-available").await;
    widget.settle().await;
    look("availability-menu").await;
    widget.press(Key::Escape).await;
    widget.click("dial-number-input").await;

    host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
    widget.see_number("dial-number-input", "+16175550100").await;
    widget.settle().await;
    look("keypad-with-number").await;

    widget.click("outgoing-call").await;
    widget.see("end-call").await;
    widget.settle().await;
    look("dialing").await;

    widget.see("#callingnotes").await;
    host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 1})).await;
    widget.settle().await;
    look("calling").await;

    widget.click("#keypad").await;
    widget.see("//button[normalize-space(.)='5']").await;
    widget.settle().await;
    look("calling-keypad").await;

    widget.click("#transfer").await;
    widget.see_number("transfer-number-input", "+1").await;
    widget.settle().await;
    look("calling-transfer").await;

    widget.click("end-call").await;
    widget.see("complete-call").await;
    widget.settle().await;
    look("call-ended").await;

    widget.click("complete-call").await;
    widget.see("dial-number-input").await;
}

/// The same of an incoming call, and of what a user is told when HubSpot fails.
pub async fn inbound(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    widget.click("log-in").await;
    call_oneself(&widget, async || look("trigger-incoming").await).await;
    widget.see("answer-call").await;
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

    widget.click("answer-call").await;
    widget.see("#callingnotes").await;
    host.send("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "The contact was deleted."}})).await;
    widget.see("//*[contains(text(), 'The contact was deleted.')]").await;
    widget.settle().await;
    look("calling-with-notice").await;

    widget.click("end-call").await;
    widget.see("complete-call").await;
    widget.settle().await;
    look("call-ended-without-engagement").await;

    widget.click("complete-call").await;
    widget.see("dial-number-input").await;
}

/// What an outbound call in a `widget` frame does not pass: the way to the calling window, and the screen for who has refused the
/// microphone. The frame is a `remote` one, fresh, and its handshake done.
pub async fn aside(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    let window = "//a[contains(@href, 'calling-integration-popup-ui')]";
    widget.see(window).await;
    widget.settle().await;
    look("login-remote").await;

    widget.click("log-in").await;
    widget.see("dial-number-input").await;
    widget.see(window).await;
    widget.settle().await;
    look("keypad-remote").await;

    // The mock phone system needs no microphone, so the refusal is written into the stored state.
    let refuse = "const stored = JSON.parse(sessionStorage.getItem('cti-state'));
        stored.state.microphone_refused = true;
        sessionStorage.setItem('cti-state', JSON.stringify(stored));";
    widget.run(refuse, vec![]).await;
    host.reload().await;
    host.initialized().await;
    widget.see("ask-again").await;
    widget.settle().await;
    look("no-microphone").await;
}

/// Becomes available and has the phone ring. `look` sees the form before it is sent.
pub async fn call_oneself(widget: &Frame<'_>, look: impl AsyncFnOnce()) {
    widget.click("toggle-availability").await;
    widget.click("user-available").await;
    widget.click("toggle-incoming-call-option").await;
    widget.type_over("incoming-number-input", "+16175550142").await;
    widget.settle().await;
    look().await;
    widget.click("incoming-call").await;
}
