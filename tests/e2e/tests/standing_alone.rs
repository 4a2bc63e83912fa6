//! The widget in a tab of its own, with no host around it.

#![allow(clippy::unwrap_used, reason = "a test")]

use e2e::{DEFAULT_TIMEOUT, json, run, until};

#[test]
fn it_says_so_and_works() {
    run(async |harness| {
        harness.driver().goto(format!("{}/", harness.guest_origin())).await.unwrap();
        let widget = harness.page();
        widget.see("//*[contains(text(), 'This page is not in HubSpot')]").await;
        widget.see("//a[@href='./simulator/' and normalize-space(.)='simulator']").await;
        widget.click("log-in").await;
        widget.type_over("dial-number-input", "+16175550100").await;
        widget.click("outgoing-call").await;
        widget.click("end-call").await;
        widget.click("complete-call").await;
        widget.see_number("dial-number-input", "+1").await;
    });
}

/// A page around it that says nothing: after a while the widget says what to check, and stops saying it when the host
/// speaks after all.
#[test]
fn a_handshake_that_does_not_come_is_shown() {
    run(async |harness| {
        let mut page = harness.widget();
        page.syncs = Some(0);
        let host = page.open(harness).await;
        host.guest().see("log-in").await;
        host.guest().see("//*[contains(text(), 'HubSpot has not answered yet')]").await;
        host.release_sync().await;
        host.initialized().await;
        until("the notice to go", DEFAULT_TIMEOUT, async || {
            let is_there = host.guest().has("//*[contains(text(), 'HubSpot has not answered yet')]").await;
            if is_there { Err("it stays".to_owned()) } else { Ok(()) }
        })
        .await;
    });
}

/// A page that talks to itself is no host.
#[test]
fn it_does_not_listen_to_itself() {
    run(async |harness| {
        harness.driver().goto(format!("{}/", harness.guest_origin())).await.unwrap();
        let widget = harness.page();
        widget.click("log-in").await;
        widget.see("dial-number-input").await;
        let talk = "window.heard = [];
            addEventListener('message', event => heard.push(event.data.type));
            postMessage({type: 'SYNC', messageId: '1_1', hostUrl: location.origin}, '*');
            postMessage({type: 'DIAL_NUMBER', messageId: '1_2', data: {phoneNumber: '+19005550199'}}, '*');
            postMessage({type: 'NOBODY_KNOWS', messageId: '1_3'}, '*');
            return new Promise(resolve => addEventListener('message', event => {
                if (event.data === 'last') resolve(heard);
                if (event.data.type === 'NOBODY_KNOWS') postMessage('last', '*');
            }));";
        let heard = widget.run(talk, vec![]).await;
        assert_eq!(heard, json!(["SYNC", "DIAL_NUMBER", "NOBODY_KNOWS", null]), "there is no answer among them");
        widget.see_number("dial-number-input", "+1").await;
    });
}
