//! Who may send messages to the widget: only the window that embeds it, from an allowed origin.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{COUNTRY_PREFIX, Control, Direction, Host, TestHarness, Value, json, run};

/// The widget is at `https://widget.example`, so that no origin is allowed because it is a loopback address.
#[test]
fn hubspot_is_answered_and_similar_origins_are_not() {
    run(async |harness| {
        let rows = [
            ("https://app.hubspot.com", true),
            ("https://app.hubspot.com.evil.example", false),
            ("https://app-eu1.hubspot.com", true),
            ("https://evilapp.hubspot.com", false),
            ("https://hubspot.com", false),
            ("http://foreign.example", false),
        ];
        for (origin, served) in rows {
            let mut page = harness.widget();
            page.origin = origin.into();
            page.guest = "https://widget.example/".into();
            let host = page.open(harness).await;
            if served {
                host.initialized().await;
                host.nothing_more().await;
            } else {
                assert_ignored(&host, origin).await;
            }
        }
    });
}

#[test]
fn another_site_gets_no_answer_from_a_widget_on_a_loopback_address() {
    run(async |harness| {
        let mut page = harness.widget();
        page.origin = "http://foreign.example".into();
        let host = page.open(harness).await;
        assert_ignored(&host, "http://foreign.example").await;
        // The same widget answers an allowed origin.
        let host = harness.widget().open(harness).await;
        host.initialized().await;
    });
}

#[test]
fn a_sibling_frame_of_another_site_is_ignored() {
    check_sibling(|_| "http://foreign.example".to_owned());
}

#[test]
fn a_sibling_frame_of_the_hosts_origin_is_ignored() {
    check_sibling(TestHarness::host_origin);
}

/// Another frame sends messages before and after the handshake.
#[track_caller]
fn check_sibling(origin: impl FnOnce(&TestHarness) -> String) {
    run(async |harness| {
        let mut page = harness.widget();
        page.syncs = Some(0);
        let host = page.open(harness).await;
        host.guest().click(Control::LogIn).await;
        host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
        let add = "return new Promise(resolve => {
            const frame = document.createElement('iframe');
            frame.id = 'unrelated';
            frame.src = arguments[0];
            frame.onload = () => resolve();
            document.body.append(frame);
        });";
        host.run(add, vec![json!(format!("{}/pages/unrelated.html", origin(harness)))]).await;
        assert_attack_is_ignored(&host, async || {
            host.frame("#unrelated").run("attack(top.frames[0]);", vec![]).await;
        })
        .await;
        let received = host.frame("#unrelated").run("return received();", vec![]).await;
        assert_eq!(received, json!([]), "the sibling received something");
    });
}

#[test]
fn a_window_that_opened_the_host_is_ignored() {
    run(async |harness| {
        let driver = harness.driver();
        driver.goto("http://foreign.example/pages/unrelated.html").await.unwrap();
        let attacker = driver.window().await.unwrap();
        let mut page = harness.widget();
        page.syncs = Some(0);
        let open = "window.opened = window.open(arguments[0]);";
        driver.execute(open, vec![json!(page.url())]).await.unwrap();
        let opened = harness.other_window(&attacker).await;
        driver.switch_to_window(opened.clone()).await.unwrap();
        let host = page.opened(harness);
        host.guest().click(Control::LogIn).await;
        host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
        assert_attack_is_ignored(&host, async || {
            driver.switch_to_window(attacker.clone()).await.unwrap();
            driver.execute("attack(opened.frames[0]);", Vec::<Value>::new()).await.unwrap();
            driver.switch_to_window(opened.clone()).await.unwrap();
        })
        .await;
        driver.switch_to_window(attacker).await.unwrap();
        let received = driver.execute("return received();", Vec::<Value>::new()).await.unwrap();
        assert_eq!(*received.json(), json!([]), "the opener received something");
    });
}

#[test]
fn a_host_url_that_is_not_the_hosts_is_ignored() {
    run(async |harness| {
        let mut page = harness.widget();
        page.syncs = Some(0);
        let host = page.open(harness).await;
        host.guest().see(Control::LogIn).await;
        let port = harness.server.host_port;
        let wrong = [
            "https://evil.example".to_owned(),
            "https://app.hubspot.com".to_owned(), // allowed, but not the origin of this host
            "not a url".to_owned(),
            "http://".to_owned(),
            "//".to_owned(),
            "javascript:alert(1)".to_owned(),
            format!("http://localhost:{port}.evil.example"),
            format!("http://localhost:{port}@evil.example"),
            format!("http://127.0.0.1:{port}"),
            format!("https://localhost:{port}"),
            "*".to_owned(),
            "null".to_owned(),
        ];
        for (number, host_url) in wrong.iter().enumerate() {
            let message = json!({"type": "SYNC", "messageId": format!("wrong{number}_1"), "hostUrl": host_url});
            host.post(&message.to_string()).await;
        }
        host.release_sync().await;
        host.initialized().await;
        host.nothing_more().await;
        assert_eq!(host.count(Direction::Received, "SYNC_ACK").await, 1);
    });
}

/// Asserts that the widget runs and does not answer the SYNCs of the host.
async fn assert_ignored(host: &Host<'_>, origin: &str) {
    host.guest().see(Control::LogIn).await;
    let asked = host.count(Direction::Sent, "SYNC").await;
    host.wait_for(asked + 5, Direction::Sent, "SYNC").await;
    let transcript = host.transcript().await;
    let received: Vec<_> = transcript.iter().filter(|line| line.direction == Direction::Received).collect();
    assert!(received.is_empty(), "{origin} received {received:?}");
}

/// Asserts that messages of another window have no effect before or after the handshake, and that the host is answered.
async fn assert_attack_is_ignored(host: &Host<'_>, attack: impl AsyncFn()) {
    attack().await;
    host.release_sync().await;
    host.initialized().await;
    attack().await;
    host.nothing_more().await;
    assert_eq!(host.count(Direction::Received, "SYNC_ACK").await, 1);
    host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
    host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
    host.guest().see_number(Control::DialNumber, "+16175550100").await;
    host.guest().click(Control::Call).await;
    host.next("OUTGOING_CALL_STARTED").await;
    attack().await; // including END_CALL
    host.nothing_more().await;
}
