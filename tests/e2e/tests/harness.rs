//! Tests of the harness itself, with the npm package on both sides.

use e2e::{DEFAULT_TIMEOUT, Direction, json, run, run_with_blocked_storage, until};

#[test]
fn npm_guest_and_npm_host_complete_the_handshake_on_two_origins() {
    run(async |harness| {
        let mut page = harness.guest_at("/pages/npm-guest.html");
        page.sync = json!({"portalId": 62515});
        let host = page.open(harness).await;
        host.next("READY").await;
        host.guest().run("cti.initialized({isLoggedIn: false});", vec![]).await;
        let initialized = host.next("INITIALIZED").await;
        assert_eq!(initialized["data"], json!({"isLoggedIn": false}));
        host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
        let acknowledged = host.wait_for(1, Direction::Received, "SYNC_ACK").await;
        assert_eq!(acknowledged[0].origin, harness.guest_origin());
        assert_eq!(acknowledged[0].message["portalId"], 62515);
        host.nothing_more().await;
    });
}

#[test]
fn any_https_origin_can_be_simulated() {
    run(async |harness| {
        let mut page = harness.guest_at("/pages/npm-guest.html");
        page.origin = "https://app.hubspot.com".into();
        page.guest = "https://widget.example/pages/npm-guest.html".into();
        let host = page.open(harness).await;
        host.next("READY").await;
        let acknowledged = host.wait_for(1, Direction::Received, "SYNC_ACK").await;
        assert_eq!(acknowledged[0].origin, "https://widget.example");
        assert_eq!(acknowledged[0].message["hostUrl"], "https://app.hubspot.com");
    });
}

/// The other tests require a console without errors: errors must be detected.
#[test]
fn errors_of_every_frame_are_seen() {
    run(async |harness| {
        let host = harness.guest_at("/pages/npm-guest.html").open(harness).await;
        host.next("READY").await;
        let wrong = "setTimeout(() => { throw new Error(arguments[0]); }); console.error(arguments[0] + ' logged');";
        for (frame, name) in [(host.guest(), "of the guest"), (harness.page(), "of the host")] {
            harness.expect_error(name);
            frame.run(wrong, vec![json!(name)]).await;
            for text in [format!("Error: {name}"), format!("{name} logged")] {
                until(&format!("{text:?} in the console"), DEFAULT_TIMEOUT, async || {
                    let console = harness.console().await;
                    let seen = console.iter().any(|line| line.starts_with("SEVERE") && line.contains(&text));
                    if seen { Ok(()) } else { Err(format!("it shows {console:#?}")) }
                })
                .await;
            }
        }
    });
}

/// The browser maps names without a port only, and finds no others.
#[test]
fn no_test_reaches_the_internet() {
    run(async |harness| {
        harness.driver().goto("http://anything.example/pages/unrelated.html").await.unwrap();
        let page = harness.page();
        assert_eq!(page.run("return Boolean(window.attack);", vec![]).await, true);
        // WebKitWebDriver reports no error, but the browser shows that there is no page.
        let is_refused = harness.driver().goto("http://anything.example:8080/pages/unrelated.html").await.is_err();
        assert!(is_refused || page.run("return Boolean(window.attack);", vec![]).await == false);
    });
}

/// Whether a frame of another site may use its storage: `allowed`, or the name of the exception.
const STORAGE: &str =
    "try { sessionStorage.setItem('a', 'b'); return 'allowed'; } catch (error) { return error.name; }";

#[test]
fn a_frame_of_another_site_has_storage() {
    run(async |harness| {
        let host = harness.logged_in().await;
        assert_eq!(host.guest().run(STORAGE, vec![]).await, "allowed");
    });
}

#[test]
fn in_a_browser_that_blocks_it_a_frame_of_another_site_has_no_storage() {
    run_with_blocked_storage(async |harness| {
        let host = harness.logged_in().await;
        assert_eq!(host.guest().run(STORAGE, vec![]).await, "SecurityError");
    });
}
