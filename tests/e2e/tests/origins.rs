//! Who may speak to the widget: the window that embeds it, from an origin that is allowed, and nobody else.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{COUNTRY_PREFIX, Control, Direction, Host, TestHarness, Value, json, run};

/// The widget is at `https://widget.example`, so that nothing is allowed for being on this machine.
#[test]
fn hubspot_is_served_and_who_looks_like_it_is_not() {
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
fn a_foreign_site_gets_nothing_from_a_widget_on_this_machine() {
    run(async |harness| {
        let mut page = harness.widget();
        page.origin = "http://foreign.example".into();
        let host = page.open(harness).await;
        assert_ignored(&host, "http://foreign.example").await;
        // And the same widget serves who may be served.
        let host = harness.widget().open(harness).await;
        host.initialized().await;
    });
}

#[test]
fn a_sibling_frame_of_a_foreign_site_is_nobody() {
    check_sibling(|_| "http://foreign.example".to_owned());
}

#[test]
fn a_sibling_frame_of_the_hosts_own_origin_is_nobody() {
    check_sibling(TestHarness::host_origin);
}

/// The stranger speaks first, and again when the hands are shaken.
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
            frame.id = 'stranger';
            frame.src = arguments[0];
            frame.onload = () => resolve();
            document.body.append(frame);
        });";
        host.run(add, vec![json!(format!("{}/pages/stranger.html", origin(harness)))]).await;
        assert_stranger_is_ignored(&host, async || {
            host.frame("#stranger").run("attack(top.frames[0]);", vec![]).await;
        })
        .await;
        let received = host.frame("#stranger").run("return received();", vec![]).await;
        assert_eq!(received, json!([]), "the sibling was told something");
    });
}

#[test]
fn a_window_that_opened_the_host_is_nobody() {
    run(async |harness| {
        let driver = harness.driver();
        driver.goto("http://foreign.example/pages/stranger.html").await.unwrap();
        let stranger = driver.window().await.unwrap();
        let mut page = harness.widget();
        page.syncs = Some(0);
        let open = "window.opened = window.open(arguments[0]);";
        driver.execute(open, vec![json!(page.url())]).await.unwrap();
        let opened = harness.other_window(&stranger).await;
        driver.switch_to_window(opened.clone()).await.unwrap();
        let host = page.opened(harness);
        host.guest().click(Control::LogIn).await;
        host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
        assert_stranger_is_ignored(&host, async || {
            driver.switch_to_window(stranger.clone()).await.unwrap();
            driver.execute("attack(opened.frames[0]);", Vec::<Value>::new()).await.unwrap();
            driver.switch_to_window(opened.clone()).await.unwrap();
        })
        .await;
        driver.switch_to_window(stranger).await.unwrap();
        let received = driver.execute("return received();", Vec::<Value>::new()).await.unwrap();
        assert_eq!(*received.json(), json!([]), "the opener was told something");
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
            "https://app.hubspot.com".to_owned(), // allowed, but not where this one comes from
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

/// The widget runs, and the host goes on asking for an answer that does not come.
async fn assert_ignored(host: &Host<'_>, origin: &str) {
    host.guest().see(Control::LogIn).await;
    let asked = host.count(Direction::Sent, "SYNC").await;
    host.wait_for(asked + 5, Direction::Sent, "SYNC").await;
    let transcript = host.transcript().await;
    let received: Vec<_> = transcript.iter().filter(|line| line.direction == Direction::Received).collect();
    assert!(received.is_empty(), "{origin} was told {received:?}");
}

/// A stranger speaks before and after the handshake: the real host gets through, and nothing has changed.
async fn assert_stranger_is_ignored(host: &Host<'_>, attack: impl AsyncFn()) {
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
    attack().await; // its END_CALL included
    host.nothing_more().await;
}
