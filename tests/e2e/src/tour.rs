//! One way through all the screens, for those who look at each.

use crate::host_page::Host;
use serde_json::json;

/// Shows every screen and every open menu of an outbound call, one after the other, and lets `look` see each under its
/// name. The widget is fresh and its handshake done.
pub async fn outbound(host: &Host<'_>, mut look: impl AsyncFnMut(&str)) {
    let widget = host.guest();
    widget.see("log-in").await;
    look("login").await;

    widget.click("log-in").await;
    widget.see("dial-number-input").await;
    look("keypad").await;

    widget.click("from-number").await;
    widget.see("uk-number").await;
    look("from-number-menu").await;
    widget.click("us-number").await;

    host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
    widget.see_number("dial-number-input", "+16175550100").await;
    look("keypad-with-number").await;

    widget.click("outgoing-call").await;
    widget.see("end-call").await;
    look("dialing").await;

    widget.see("#callingnotes").await;
    host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 1})).await;
    look("calling").await;

    widget.click("#keypad").await;
    widget.see("//button[normalize-space(.)='5']").await;
    look("calling-keypad").await;

    widget.click("end-call").await;
    widget.see("complete-call").await;
    look("call-ended").await;

    widget.click("complete-call").await;
    widget.see("dial-number-input").await;
}
