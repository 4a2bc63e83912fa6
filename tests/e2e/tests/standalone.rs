//! The widget without a host: in a tab of its own, or in a page that does not answer.

#![allow(clippy::unwrap_used, reason = "a test")]

use e2e::{COUNTRY_PREFIX, Control, json, run};

#[test]
fn a_notice_says_so_and_calls_work() {
    run(async |harness| {
        harness.driver().goto(format!("{}/", harness.guest_origin())).await.unwrap();
        let widget = harness.page();
        widget.see_text("[role=status]", harness.texts().no_frame).await;
        // <simulator>
        let [_, simulator, _] = harness.texts().in_simulator;
        let link = widget.see(e2e::Target::Button(simulator)).await;
        assert_eq!(link.attr("href").await.unwrap().as_deref(), Some("./simulator/"));
        // </simulator>
        widget.click(Control::LogIn).await;
        widget.type_over(Control::DialNumber, "+16175550100").await;
        widget.click(Control::Call).await;
        widget.click(Control::EndCall).await;
        widget.click(Control::SaveCall).await;
        widget.see_number(Control::DialNumber, COUNTRY_PREFIX).await;
    });
}

/// A host that does not send SYNC: after a while a notice says what to check. It disappears when the handshake comes.
#[test]
fn an_overdue_handshake_is_shown() {
    run(async |harness| {
        let mut page = harness.widget();
        page.syncs = Some(0);
        let host = page.open(harness).await;
        host.guest().see(Control::LogIn).await;
        let notice = harness.texts().handshake_overdue;
        host.guest().see_text("[role=status]", notice).await;
        host.release_sync().await;
        host.initialized().await;
        host.guest().see_no_text("[role=status]", notice).await;
    });
}

/// Messages that the page posts to itself are ignored.
#[test]
fn messages_to_itself_are_ignored() {
    run(async |harness| {
        harness.driver().goto(format!("{}/", harness.guest_origin())).await.unwrap();
        let widget = harness.page();
        widget.click(Control::LogIn).await;
        widget.see(Control::DialNumber).await;
        let script = "window.received = [];
            addEventListener('message', event => received.push(event.data.type));
            postMessage({type: 'SYNC', messageId: '1_1', hostUrl: location.origin}, '*');
            postMessage({type: 'DIAL_NUMBER', messageId: '1_2', data: {phoneNumber: '+19005550199'}}, '*');
            postMessage({type: 'UNKNOWN_TYPE', messageId: '1_3'}, '*');
            return new Promise(resolve => addEventListener('message', event => {
                if (event.data === 'last') resolve(received);
                if (event.data.type === 'UNKNOWN_TYPE') postMessage('last', '*');
            }));";
        let received = widget.run(script, vec![]).await;
        assert_eq!(received, json!(["SYNC", "DIAL_NUMBER", "UNKNOWN_TYPE", null]), "there is no answer");
        widget.see_number(Control::DialNumber, COUNTRY_PREFIX).await;
    });
}
