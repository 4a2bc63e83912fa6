//! The widget in a tab of its own, with no host around it.

#![allow(clippy::unwrap_used, reason = "a test")]

use e2e::{json, run};

#[test]
fn it_works() {
    run(async |stage| {
        stage.driver().goto(format!("{}/", stage.guest_origin())).await.unwrap();
        let widget = stage.page();
        widget.click("log-in").await;
        widget.type_over("dial-number-input", "+16175550100").await;
        widget.click("outgoing-call").await;
        widget.click("end-call").await;
        widget.click("complete-call").await;
        widget.see_number("dial-number-input", "+1").await;
    });
}

/// A page that talks to itself is no host.
#[test]
fn it_does_not_listen_to_itself() {
    run(async |stage| {
        stage.driver().goto(format!("{}/", stage.guest_origin())).await.unwrap();
        let widget = stage.page();
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
